//! `lagebild eval self`: does every listed party answer to its own names?

use crate::commands::lists::Choice;
use crate::exit::Exit;
use crate::print::{print, print_line};
use anyhow::Result;
use indicatif::{ProgressBar, ProgressStyle};
use lagebild_eval::own::own_names;
use lagebild_names::THRESHOLD;
use lagebild_screen::Options;

/// Arguments of `lagebild eval self`.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    lists: Choice,
    /// Print so many of the names that miss their party, or another of the same name
    #[arg(long, value_name = "N", default_value_t = 0)]
    misses: usize,
    /// Ask only each Nth party, of all lists alike
    #[arg(long, value_name = "N", default_value_t = 1)]
    every: usize,
    /// Threads (default: all cores)
    #[arg(long, value_name = "N", default_value_t = 0)]
    threads: usize,
}

/// Screens every party by its own names as `lagebild screen` does; [`Exit::Found`] when too many miss it.
pub(crate) fn run(args: &Args) -> Result<Exit> {
    let index = args.lists.index(None)?;
    let stamp = index.stamp();
    print_line(&format!("{} parties, {} names of {} lists", stamp.parties, stamp.names, stamp.lists.len()))?;
    let bar = ProgressBar::new(u64::from(index.parties()));
    let style = ProgressStyle::with_template("{pos} of {len} parties, {per_sec}, {eta} left");
    let bar = style.map_or(bar.clone(), |style| bar.with_style(style));
    let options = Options { cutoff: THRESHOLD, ..Options::default() };
    let report = own_names(&index, &options, args.every, args.threads, &|parties| bar.inc(parties as u64));
    bar.finish_and_clear();
    for miss in report.misses.iter().take(args.misses) {
        print_line(&miss.to_string())?;
    }
    print(&report.text())?;
    Ok(if report.good() { Exit::Done } else { Exit::Found })
}
