//! `lagebild eval transfers`: givers, recipients and artifacts against corpora of event arguments.

use crate::exit::Exit;
use crate::print::{print, print_line};
use anyhow::{Context, Result};
use lagebild_eval::transfers::{EventScores, event_document, roles};
use lagebild_reading::Knowledge;
use std::path::PathBuf;

/// Arguments of `lagebild eval transfers`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Files of RAMS or `WikiEvents` (JSON Lines)
    #[arg(required = true)]
    files: Vec<PathBuf>,
}

/// Prints a table for each file. A line that is of neither corpus is an error: nothing is skipped silently.
pub(crate) fn run(args: &Args) -> Result<Exit> {
    for file in &args.files {
        let text =
            std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
        let mut scores = EventScores::default();
        for (line, number) in text.lines().zip(1..) {
            let document = event_document(line).with_context(|| format!("{}:{number}", file.display()))?;
            scores.add(&document, Knowledge::built_in());
        }
        let (events, found) = (scores.events, scores.found);
        print_line(&format!("{}: {events} events, a transfer read at {found} of them", file.display()))?;
        for (role, (read, nearest)) in roles().iter().zip(scores.read.iter().zip(&scores.nearest)) {
            print(&format!(
                "  {role:<10} P {:.3}  R {:.3}  F1 {:.3}   nearest: P {:.3}  R {:.3}  F1 {:.3}\n",
                read.precision(),
                read.recall(),
                read.f1(),
                nearest.precision(),
                nearest.recall(),
                nearest.f1()
            ))?;
        }
    }
    Ok(Exit::Done)
}
