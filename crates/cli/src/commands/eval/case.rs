//! `lagebild eval case`: a merged case against what is expected of it.

use crate::exit::Exit;
use crate::print::print;
use anyhow::{Context, Result, ensure};
use lagebild_eval::case::{read, reports, score};
use lagebild_reading::Knowledge;
use rayon::prelude::*;
use std::path::PathBuf;

/// Arguments of `lagebild eval case`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Files of marked reports (corpus/case), each a case of its own
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Print what went wrong; not meant for the blind half
    #[arg(long)]
    show: bool,
}

/// Reads and merges the reports of each file; the marks are looked at only to score.
pub(crate) fn run(args: &Args) -> Result<Exit> {
    for file in &args.files {
        let name = file.display();
        let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {name}"))?;
        let reports = reports(&text).with_context(|| format!("{name}"))?;
        let readings: Vec<_> =
            reports.par_iter().filter_map(|report| read(report, Knowledge::built_in())).collect();
        ensure!(readings.len() == reports.len(), "{name}: not every report can be read");
        let scores = score(&reports, &lagebild_case::merge(readings));
        if args.show {
            for note in &scores.notes {
                print(&format!("{note}\n"))?;
            }
        }
        print(&format!("{name}: {} reports\n{scores}", reports.len()))?;
    }
    Ok(Exit::Done)
}
