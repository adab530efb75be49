//! `lagebild eval spotting`: listed names in plain text, what is found and how fast.

use crate::commands::lists::Choice;
use crate::exit::Exit;
use crate::print::print_line;
use anyhow::{Context, Result};
use lagebild_watchlist::Watchlist;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// Arguments of `lagebild eval spotting`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Plain text in UTF-8
    #[arg(required = true)]
    files: Vec<PathBuf>,
    #[command(flatten)]
    lists: Choice,
    /// Language of the texts (ISO 639-1): tells which endings names may have
    #[arg(long)]
    language: Option<String>,
    /// Print every name found, with the party that fits best
    #[arg(long)]
    show: bool,
    /// Write the names of all parties to this file, one a line: for a peer to run on the same names
    #[arg(long, value_name = "FILE")]
    names_out: Option<PathBuf>,
}

/// What was found in all files.
#[derive(Default)]
struct Tally {
    bytes: usize,
    full: usize,
    partial: usize,
    time: Duration,
    /// Times each name was found, with the party's name and score.
    names: BTreeMap<(String, String), usize>,
}

/// Spots each file as one text, on one core, and prints the sums.
pub(crate) fn run(args: &Args) -> Result<Exit> {
    let stored = args.lists.watchlist(None)?;
    let watchlist = stored.as_ref().unwrap_or_else(|| Watchlist::starter());
    if let Some(path) = &args.names_out {
        let place = || format!("cannot write {}", path.display());
        let mut out = std::io::BufWriter::new(std::fs::File::create(path).with_context(place)?);
        for name in watchlist.parties().flat_map(|party| party.names) {
            writeln!(out, "{}", name.full.replace('\n', " ")).with_context(place)?;
        }
    }
    let mut tally = Tally::default();
    for file in &args.files {
        let text =
            std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
        let start = Instant::now();
        let spotted = watchlist.spot(&text, args.language.as_deref());
        tally.time += start.elapsed();
        tally.bytes += text.len();
        for found in spotted {
            if found.partial {
                tally.partial += 1;
            } else {
                tally.full += 1;
            }
            let best = found
                .candidates
                .first()
                .map(|best| format!("{} ({}, {:.2})", best.name, best.list, best.score));
            *tally.names.entry((found.span.of(&text).to_owned(), best.unwrap_or_default())).or_default() += 1;
        }
    }
    if args.show {
        let mut names: Vec<_> = tally.names.iter().collect();
        names.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
        for ((words, best), count) in names {
            print_line(&format!("{count:>6}  {words} = {best}"))?;
        }
    }
    print_line(&format!(
        "{} files, {:.1} MB: {} full names and {} parts of names found of {} parties in {:.3} s, {:.1} MB/s on one core",
        args.files.len(),
        tally.bytes as f64 / 1e6,
        tally.full,
        tally.partial,
        watchlist.len(),
        tally.time.as_secs_f64(),
        tally.bytes as f64 / 1e6 / tally.time.as_secs_f64().max(1e-9)
    ))
}
