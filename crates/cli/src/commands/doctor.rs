//! `lagebild doctor`: whether everything is there that the other commands need. It changes nothing.

use super::lists::{age, stale, standard_folder};
use crate::exit::Exit;
use crate::print::print;
use anyhow::Result;
use lagebild_grammar::Encoder;
use lagebild_measures::Measures;
use lagebild_watchlist::store::Store;
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// Less free space than this is told: seven large lists with their index take about that.
const LEAST_SPACE: u64 = 1 << 30;

/// Arguments of `lagebild doctor`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Folder of the lists (else `$LAGEBILD_LISTS`, else the standard data folder)
    #[arg(long, value_name = "FOLDER", default_value_os_t = standard_folder())]
    lists: PathBuf,
    /// File of the desk (else `$LAGEBILD_DESK`, else beside the lists)
    #[cfg(feature = "desk")]
    #[arg(long, value_name = "FILE", default_value_os_t = super::desk::standard_file())]
    store: PathBuf,
    /// The server's file of data sets
    #[cfg(feature = "serve")]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Address that the server shall listen on
    #[cfg(feature = "serve")]
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8000")]
    listen: std::net::SocketAddr,
}

/// How a thing is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Good,
    /// Everything runs, but less well than it could.
    Lacking,
    Wrong,
}

/// What was found, in a sentence.
struct Found(State, String);

impl Found {
    fn good(words: impl Into<String>) -> Self {
        Self(State::Good, words.into())
    }

    fn lacking(words: impl Into<String>) -> Self {
        Self(State::Lacking, words.into())
    }

    fn wrong(words: impl Into<String>) -> Self {
        Self(State::Wrong, words.into())
    }
}

/// Looks at everything; 4 where something is wrong.
pub(crate) fn run(args: &Args) -> Result<Exit> {
    let mut found = vec![model(), measures(), ocr()];
    found.extend(lists(&Store::new(&args.lists)));
    found.push(space(&args.lists));
    #[cfg(feature = "desk")]
    found.push(desk(&args.store));
    #[cfg(feature = "serve")]
    {
        found.extend(args.config.as_deref().map(config));
        found.push(address(args.listen));
    }
    let mut out = String::new();
    for Found(state, words) in &found {
        let sign = match state {
            State::Good => "ok     ",
            State::Lacking => "lacking",
            State::Wrong => "WRONG  ",
        };
        let _ = writeln!(out, "{sign}  {words}");
    }
    print(&out)?;
    let wrong = found.iter().any(|Found(state, _)| *state == State::Wrong);
    Ok(if wrong { Exit::DataProblem } else { Exit::Done })
}

fn model() -> Found {
    match Encoder::shipped() {
        Ok(_) => Found::good(format!("models: the encoder can be read ({})", Encoder::HASH)),
        Err(error) => {
            Found::wrong(format!("models: {error}. The program file is damaged; install it again."))
        }
    }
}

fn measures() -> Found {
    let measures = Measures::shipped();
    let (count, hash) = (measures.all().len(), measures.hash().get(..12).unwrap_or_default());
    if count == 0 {
        return Found::wrong("measures: none can be read. The program file is damaged; install it again.");
    }
    Found::good(format!("measures: {count} provisions ({hash})"))
}

/// Whether scanned pages can be read.
fn ocr() -> Found {
    match super::read::ocr::told() {
        Ok(program) => Found::good(format!("scanned pages: recognised by {program}")),
        Err(reason) => Found::lacking(format!("scanned pages: not read: {reason}")),
    }
}

fn lists(store: &Store) -> Vec<Found> {
    let entries = match store.entries() {
        Ok(entries) => entries,
        Err(error) => return vec![Found::wrong(format!("lists: {error}"))],
    };
    if entries.is_empty() {
        let words = "lists: none yet, only the built-in starter list of some dozens of parties. `lagebild lists update` \
                     brings some.";
        return vec![Found::lacking(words)];
    }
    let today = jiff::Zoned::now().date();
    let told = entries.iter().map(|entry| {
        let days =
            age(entry, today).map_or_else(|| "of no known day".to_owned(), |days| format!("{days} days old"));
        let words = format!("list {}: {} parties, {days}", entry.name, entry.parties);
        match store.load(entry) {
            Err(error) => Found::wrong(format!("{words}, but {error}")),
            Ok(_) if stale(entry, today) => Found::lacking(format!(
                "{words}: stale. `lagebild lists update {}` asks its publisher.",
                entry.name
            )),
            Ok(_) => Found::good(words),
        }
    });
    told.collect()
}

/// The space where lists, index and desk are kept.
#[cfg(unix)]
fn space(folder: &Path) -> Found {
    let there = folder.ancestors().find(|it| it.exists()).unwrap_or(Path::new("."));
    match rustix::fs::statvfs(there) {
        Err(error) => Found::lacking(format!("space: {}: {error}", there.display())),
        Ok(disk) => {
            let free = disk.f_bavail.saturating_mul(disk.f_frsize);
            let words = format!("space: {} MiB free at {}", free >> 20, there.display());
            if free < LEAST_SPACE { Found::lacking(words + "; 1 GiB is wanted") } else { Found::good(words) }
        }
    }
}

#[cfg(not(unix))]
fn space(folder: &Path) -> Found {
    Found::lacking(format!("space: not looked at on this system ({})", folder.display()))
}

#[cfg(feature = "desk")]
fn desk(file: &Path) -> Found {
    if !file.exists() {
        return Found::good(format!("desk: none yet at {}; `lagebild desk open` makes one", file.display()));
    }
    match lagebild_desk::Store::open_existing(file) {
        Ok(_) => Found::good(format!("desk: {} can be opened", file.display())),
        Err(error) => Found::wrong(format!("desk: {}: {error}", file.display())),
    }
}

#[cfg(feature = "serve")]
fn config(file: &Path) -> Found {
    let checked = lagebild_server::data::Config::read(file)
        .and_then(|config| config.check().map(|()| config.datasets.len()));
    match checked {
        Ok(count) => Found::good(format!("config: {} names {count} data sets", file.display())),
        Err(error) => Found::wrong(format!("config: {error}")),
    }
}

#[cfg(feature = "serve")]
fn address(address: std::net::SocketAddr) -> Found {
    match std::net::TcpListener::bind(address) {
        Ok(_) => Found::good(format!("address: {address} is free for `lagebild serve`")),
        Err(error) => Found::lacking(format!(
            "address: {address}: {error}. If that is not a server of yours, choose another with --listen."
        )),
    }
}
