//! `lagebild watch FOLDER|FEEDS.yaml…`: new files and new items of feeds are read as they come.

mod feeds;
mod folders;
mod output;
mod sources;
mod state;

use super::desk::Intake;
use super::fetch::{Copies, Reach, now};
use super::lists::Choice;
use super::read::Work;
use crate::exit::{Exit, UsageError};
use crate::print::{plain, print_line};
use anyhow::{Context, Result};
use jiff::SignedDuration;
use jiff::civil::Date;
use lagebild_document::{Document, DocumentError};
use lagebild_fetch::{Fetcher, Settings};
use lagebild_reading::Knowledge;
use lagebild_watchlist::Watchlist;
use output::Output;
use sources::Source;
use state::State;
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Arguments of `lagebild watch`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Folders, and files that name feeds (docs/watch.md)
    #[arg(required = true, value_name = "FOLDER|FEEDS.yaml")]
    sources: Vec<PathBuf>,
    /// One round, then the end: for cron
    #[arg(long)]
    once: bool,
    /// Time between two rounds (90s, 5m, 2h; default: 5m)
    #[arg(long, value_name = "TIME", conflicts_with = "once")]
    every: Option<SignedDuration>,
    /// File to which readings are added, a line of JSON each
    #[arg(long, short, value_name = "FILE", help_heading = "Output")]
    out: Option<PathBuf>,
    /// Folder for one file for each document
    #[arg(long, value_name = "DIR", conflicts_with = "out", help_heading = "Output")]
    out_dir: Option<PathBuf>,
    /// File of a desk whose case takes them in
    #[arg(long, value_name = "FILE", conflicts_with_all = ["out", "out_dir"], requires = "case", help_heading = "Output")]
    desk: Option<PathBuf>,
    /// The case, made where there is none
    #[arg(long, value_name = "NAME", requires = "desk", help_heading = "Output")]
    case: Option<String>,
    /// Keep each copy of what is fetched in this folder (with --out-dir: its folder copies)
    #[arg(long, value_name = "DIR", help_heading = "Download")]
    copies: Option<PathBuf>,
    #[command(flatten)]
    reach: Reach,
    #[command(flatten)]
    lists: Choice,
    /// Day whose lists and measures count (default: day of publication, else today)
    #[arg(long, value_name = "DATE")]
    as_of: Option<Date>,
    /// Look for names alone, without grammar
    #[arg(long)]
    quick: bool,
    /// Threads (default: all cores)
    #[arg(long, value_name = "N", default_value_t = 0)]
    threads: usize,
}

/// Where the user wants readings.
#[derive(Clone, Copy)]
enum Target<'a> {
    File(&'a Path),
    Folder(&'a Path),
    /// A desk and its case.
    Desk(&'a Path, &'a str),
}

impl Args {
    fn target(&self) -> Result<Target<'_>> {
        match (&self.out, &self.out_dir, &self.desk, &self.case) {
            (Some(file), ..) => Ok(Target::File(file)),
            (_, Some(folder), ..) => Ok(Target::Folder(folder)),
            (.., Some(desk), Some(case)) => Ok(Target::Desk(desk, case)),
            _ => {
                let words = "say where readings go: --out FILE, --out-dir DIR, or --desk FILE --case NAME";
                Err(UsageError(words.into()).into())
            }
        }
    }
}

/// A watch at work.
struct Watch<'a> {
    args: &'a Args,
    settings: Settings,
    watchlist: &'a Watchlist,
    fetcher: Fetcher,
    copies: Option<Copies>,
    output: Output,
    state: State,
    log: File,
    round: Round,
}

/// What came in within a round.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Round {
    from_folders: usize,
    from_feeds: usize,
    failed: usize,
    /// What is left for the next rounds: files that grow, items beyond the most of one round, pages to be asked for again.
    waiting: usize,
}

/// Watches until it is told to stop.
pub(crate) fn run(args: &Args) -> Result<Exit> {
    let sources = sources::of(&args.sources)?;
    let settings = args.reach.settings()?;
    let every = match args.every {
        None => Duration::from_secs(settings.watch.every_s),
        Some(every) => every.try_into().map_err(|_| UsageError("--every wants a time above zero".into()))?,
    };
    let stored = args.lists.watchlist(args.as_of)?;
    let watchlist = stored.as_ref().unwrap_or_else(|| Watchlist::starter());
    let mut watch = Watch::open(args, settings, watchlist)?;
    loop {
        watch.round = Round::default();
        for source in &sources {
            match source {
                Source::Folder(folder) => watch.folder(folder)?,
                Source::Feed(feed) => watch.feed(feed)?,
            }
        }
        watch.announce()?;
        if args.once {
            return Ok(if watch.round.failed > 0 { Exit::SomeInputsFailed } else { Exit::Done });
        }
        std::thread::sleep(every.max(Duration::from_secs(1)));
    }
}

impl<'a> Watch<'a> {
    fn open(args: &'a Args, settings: Settings, watchlist: &'a Watchlist) -> Result<Self> {
        let target = args.target()?;
        let base = match target {
            Target::File(file) => state::with(file, "watch"),
            Target::Folder(folder) => {
                std::fs::create_dir_all(folder)
                    .with_context(|| format!("cannot make {}", folder.display()))?;
                folder.join("watch")
            }
            Target::Desk(desk, case) => state::with(desk, &format!("{case}.watch")),
        };
        let state = State::open(state::with(&base, "state"))?;
        let output = match target {
            Target::File(file) => Output::file(file, state.seen.output)?,
            Target::Folder(folder) => Output::folder(folder)?,
            Target::Desk(desk, case) => Output::Desk(Box::new(Intake::open(desk.to_owned(), case)?)),
        };
        let copies = args.copies.clone().or_else(|| Some(args.out_dir.as_ref()?.join("copies")));
        let log = OpenOptions::new().create(true).append(true).open(state::with(&base, "log"))?;
        Ok(Self {
            args,
            fetcher: args.reach.fetcher(settings.clone()),
            settings,
            watchlist,
            copies: copies.map(|folder| Copies::open(&folder)).transpose()?,
            output,
            state,
            log,
            round: Round::default(),
        })
    }

    /// Reads documents and puts down what could not be read; how many were.
    fn take(&mut self, documents: impl Iterator<Item = Result<Document, DocumentError>>) -> Result<usize> {
        let work = Work {
            knowledge: Knowledge { watchlist: self.watchlist, ..Knowledge::built_in() },
            as_of: self.args.as_of,
            today: today(),
            threads: self.args.threads,
            quick: self.args.quick,
            min_confidence: 0.0,
        };
        let came = self.output.take(&work, documents)?;
        for (input, reason) in came.failed {
            self.failed(&input, &reason)?;
        }
        Ok(came.read)
    }

    /// Puts down what could not be read or fetched: a line of JSON in the log, and one on standard error.
    fn failed(&mut self, input: &str, reason: &str) -> Result<()> {
        self.round.failed += 1;
        let at = now();
        writeln!(self.log, "{}", serde_json::json!({"at": at, "input": input, "reason": reason}))?;
        eprintln!("lagebild: {}: {}", plain(input), plain(reason));
        Ok(())
    }

    /// Keeps what has been seen, after the readings of it are on the disk.
    fn save(&mut self) -> Result<()> {
        self.state.seen.output = self.output.bytes();
        self.state.save()
    }

    /// Says in one line what came in.
    fn announce(&self) -> Result<()> {
        let Round { from_folders, from_feeds, failed, waiting } = self.round;
        let more =
            |count: usize, words: &str| if count > 0 { format!(", {count} {words}") } else { String::new() };
        print_line(&format!(
            "{}  {} read: {from_folders} from folders, {from_feeds} from feeds{}{}",
            now(),
            from_folders + from_feeds,
            more(failed, "failed"),
            more(waiting, "wait for the next round"),
        ))?;
        Ok(())
    }
}

fn today() -> Date {
    jiff::Zoned::now().date()
}
