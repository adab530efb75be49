//! `lagebild eval corpus`: readings against the project's own corpus of short passages.

use crate::exit::Exit;
use crate::print::print;
use anyhow::{Context, Result, ensure};
use lagebild_eval::corpus::{CorpusScores, Passage, packed, passages, read, score};
use lagebild_reading::Knowledge;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Arguments of `lagebild eval corpus`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Files of passages (.md), folders of them, or a packed file (.xz), of which sums alone are printed
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// Print what went wrong (open files only)
    #[arg(long)]
    show: bool,
    /// Only this language (BCP 47)
    #[arg(long)]
    language: Option<String>,
}

/// Reads every passage; the expectation is looked at only to score.
pub(crate) fn run(args: &Args) -> Result<Exit> {
    let mut scores: BTreeMap<String, CorpusScores> = BTreeMap::new();
    for path in &args.paths {
        for file in files(path)? {
            let (passages, open) = load(&file).with_context(|| format!("{}", file.display()))?;
            let wanted =
                |passage: &&Passage| args.language.as_deref().is_none_or(|code| passage.language() == code);
            let wanted: Vec<&Passage> = passages.iter().filter(wanted).collect();
            let readings: Vec<_> =
                wanted.par_iter().map(|passage| read(passage, Knowledge::built_in())).collect();
            for (passage, reading) in wanted.into_iter().zip(readings) {
                let sums = scores.entry(passage.language().to_owned()).or_default();
                let Some(reading) = reading else { continue };
                let before = sums.notes.len();
                score(passage, &reading, sums);
                if !open {
                    sums.notes.truncate(before);
                }
            }
        }
    }
    ensure!(!scores.is_empty(), "no passages");
    for (language, sums) in &scores {
        if args.show {
            for note in &sums.notes {
                print(&format!("{note}\n"))?;
            }
        }
        print(&format!("{language}: {sums}"))?;
    }
    Ok(Exit::Done)
}

fn files(path: &Path) -> Result<Vec<PathBuf>> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let entries = std::fs::read_dir(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut files: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.retain(|file| file.extension().is_some_and(|ending| ending == "md"));
    files.sort();
    Ok(files)
}

/// The passages of a file, and whether it lies open.
fn load(file: &Path) -> Result<(Vec<Passage>, bool)> {
    if file.extension().is_some_and(|ending| ending == "xz") {
        return Ok((packed(&std::fs::read(file)?)?, false));
    }
    Ok((passages(&std::fs::read_to_string(file)?)?, true))
}
