//! `lagebild eval corpus`: readings against the project's own corpus of short passages.

use crate::exit::Exit;
use crate::print::print;
use anyhow::{Context, Result, ensure};
use lagebild_eval::corpus::{Answer, CorpusScores, LawRow, Passage, law, packed, passages, read, score};
use lagebild_reading::Knowledge;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::fmt::Write;
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
    /// What the measures answer to the transfers that people read in open files; with --show each transfer
    #[arg(long)]
    law: bool,
}

/// Reads every passage; the expectation is looked at only to score.
pub(crate) fn run(args: &Args) -> Result<Exit> {
    if args.law {
        return by_law(args);
    }
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
    let shown: Vec<_> = scores.values().flat_map(|sums| sums.shown.iter().copied()).collect();
    let transfers = shown.iter().map(|one| (one.support.confidence(), [one.right, one.wrong]));
    print(&reliability("transfers: shown, both sides right, a wrong party", &transfers.collect::<Vec<_>>()))?;
    let said = scores.values().flat_map(|sums| &sums.said);
    let statements = said.map(|(support, right)| (support.confidence(), [*right]));
    print(&reliability("statements: shown, rightly said by the speaker", &statements.collect::<Vec<_>>()))?;
    Ok(Exit::Done)
}

/// The transfers of the open files against the measures in force on the day of their passage.
fn by_law(args: &Args) -> Result<Exit> {
    let mut rows: Vec<LawRow> = Vec::new();
    for path in &args.paths {
        for file in files(path)? {
            let (passages, open) = load(&file).with_context(|| format!("{}", file.display()))?;
            ensure!(open, "{}: --law is for open files", file.display());
            let wanted =
                |passage: &&Passage| args.language.as_deref().is_none_or(|code| passage.language() == code);
            rows.extend(passages.iter().filter(wanted).flat_map(law));
        }
    }
    let mut out = String::new();
    if args.show {
        for row in &rows {
            let part = |value: &Option<String>| value.clone().unwrap_or_else(|| "-".into());
            let (from, to, class) = (part(&row.from), part(&row.to), part(&row.class));
            let (passage, on, answer, told) = (&row.passage, row.on, row.answer.words(), &row.told);
            let provisions = row.provisions.join(" ");
            let _ = writeln!(out, "{passage}\t{on}\t{answer}\t{from}\t{to}\t{class}\t{told}\t{provisions}");
        }
    }
    let _ = writeln!(out, "{} transfers", rows.len());
    for answer in Answer::ALL {
        let count = rows.iter().filter(|row| row.answer == answer).count();
        let classless = rows.iter().filter(|row| row.answer == answer && row.class.is_none()).count();
        let _ = writeln!(out, "  {:18} {count:5}  of these without a class {classless}", answer.words());
    }
    print(&out)
}

/// How often what is told with a confidence is so: a share for each of `N` questions.
fn reliability<const N: usize>(of: &str, shown: &[(f32, [bool; N])]) -> String {
    /// Borders of confidence between which things are counted together.
    const BORDERS: [f32; 7] = [0.0, 0.2, 0.4, 0.5, 0.6, 0.7, 0.8];
    let mut table = format!("confidence of {of}\n");
    for (at, from) in BORDERS.iter().enumerate() {
        let to = BORDERS.get(at + 1).copied().unwrap_or(f32::INFINITY);
        let inside: Vec<&[bool; N]> = shown
            .iter()
            .filter(|(confidence, _)| (*from..to).contains(confidence))
            .map(|(_, so)| so)
            .collect();
        let _ = write!(table, "  from {from:.1}  {:5}", inside.len());
        for question in 0..N {
            let so = inside.iter().filter(|so| so.get(question) == Some(&true)).count();
            let _ = write!(table, "  {:.2}", so as f64 / inside.len().max(1) as f64);
        }
        table.push('\n');
    }
    table
}

/// The files of passages that a path names.
pub(crate) fn files(path: &Path) -> Result<Vec<PathBuf>> {
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
pub(crate) fn load(file: &Path) -> Result<(Vec<Passage>, bool)> {
    let name = file.display().to_string();
    if file.extension().is_some_and(|ending| ending == "xz") {
        return Ok((packed(&name, &std::fs::read(file)?)?, false));
    }
    Ok((passages(&name, &std::fs::read_to_string(file)?)?, true))
}
