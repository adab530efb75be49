//! `lagebild eval relations`: relations between named parties against passages of our own.

use super::corpus::{files, load};
use crate::exit::Exit;
use crate::print::print;
use anyhow::{Context, Result, ensure};
use lagebild_eval::corpus::{RelationScores, read, related};
use lagebild_language::Languages;
use lagebild_reading::Knowledge;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Arguments of `lagebild eval relations`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Files of passages (.md) or folders of them
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// Words of languages from this folder instead of those built in (`data/lexicon`)
    #[arg(long)]
    lexicon: Option<PathBuf>,
    /// Print what went wrong; of a file named `test` sums alone are printed
    #[arg(long)]
    show: bool,
}

/// Reads every passage; the expectation is looked at only to score.
pub(crate) fn run(args: &Args) -> Result<Exit> {
    let languages = args.lexicon.as_deref().map(Languages::read).transpose()?;
    let built_in = Knowledge::built_in();
    let languages = languages.as_ref().unwrap_or(built_in.languages);
    let knowledge = Knowledge { languages, ..built_in };
    for path in &args.paths {
        for file in files(path)? {
            let scores = one(&file, knowledge)?;
            for (language, sums) in &scores {
                let open = file.file_stem().is_none_or(|stem| stem != "test");
                for note in sums.notes.iter().filter(|_| args.show && open) {
                    print(&format!("{note}\n"))?;
                }
                print(&format!("{} {language}: {sums}", file.display()))?;
            }
        }
    }
    Ok(Exit::Done)
}

fn one(file: &Path, knowledge: Knowledge) -> Result<BTreeMap<String, RelationScores>> {
    let (passages, _) = load(file).with_context(|| format!("{}", file.display()))?;
    ensure!(!passages.is_empty(), "{}: no passages", file.display());
    let mut scores: BTreeMap<String, RelationScores> = BTreeMap::new();
    for passage in &passages {
        let Some(reading) = read(passage, knowledge) else { continue };
        related(passage, &reading, scores.entry(passage.language().to_owned()).or_default());
    }
    Ok(scores)
}
