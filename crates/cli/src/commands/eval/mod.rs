//! `lagebild eval …`: measures the product against data given by path. Nothing is skipped silently.

mod case;
mod corpus;
mod language;
mod lists;
mod names;
mod own;
mod parties;
mod quotes;
mod relations;
mod spotting;
mod transfers;
mod ud;
mod yente;

use crate::exit::Exit;
use crate::print::{print, print_line};
use anyhow::{Context, Result, ensure};
use clap::Subcommand;
use jiff::civil::Date;
use lagebild_document::Options;
use lagebild_eval::{Gold, Scores};
use lagebild_reading::Knowledge;
use std::path::{Path, PathBuf};

/// What to measure.
#[derive(Subcommand)]
pub(crate) enum Eval {
    /// Readings against hand-made gold case files (NAME.txt with NAME.yaml)
    Gold {
        /// Folder of gold files
        folder: PathBuf,
        /// Print what went wrong
        #[arg(long)]
        show: bool,
    },
    /// Statements and transfers against the project's own corpus of short passages
    Corpus(corpus::Args),
    /// Merged cases against what is expected of them: claims, origins, first voices, entities
    Case(case::Args),
    /// The grammar against treebanks in CoNLL-U
    Ud(ud::Args),
    /// The grammar's names against a corpus in the form of GermEval 2014
    Ner(ud::Args),
    /// The language of short texts: tables of lines, beginnings of the sentences of treebanks
    Language(language::Args),
    /// The readers of publishers' list files against counts that are known
    Lists(lists::Args),
    /// Names compared pair by pair
    Names(names::Args),
    /// Screening against tables of people who are, or are not, on the lists
    Parties(parties::Args),
    /// Screening of every listed party by each of its own names, with and without its schema
    #[command(name = "self")]
    Own(own::Args),
    /// Quotations in German against articles in the format of the Wikinews corpus
    Quotes(quotes::Args),
    /// Listed names in plain text: what is found, and how fast
    Spotting(spotting::Args),
    /// Givers, recipients and artifacts of transfers against RAMS or `WikiEvents`
    Transfers(transfers::Args),
    /// Relations between named parties against passages of our own
    Relations(relations::Args),
    /// The server against recorded calls of yente (NAME.json, and the data sets they ran on in `datasets/`)
    Yente {
        /// Folder of recordings
        folder: PathBuf,
    },
}

/// Runs a measurement.
pub(crate) fn run(eval: &Eval) -> Result<Exit> {
    match eval {
        Eval::Gold { folder, show } => gold(folder, *show),
        Eval::Corpus(args) => corpus::run(args),
        Eval::Case(args) => case::run(args),
        Eval::Ud(args) => ud::trees(args),
        Eval::Ner(args) => ud::names(args),
        Eval::Language(args) => language::run(args),
        Eval::Lists(args) => lists::run(args),
        Eval::Names(args) => names::run(args),
        Eval::Parties(args) => parties::run_parties(args),
        Eval::Own(args) => own::run(args),
        Eval::Quotes(args) => quotes::run(args),
        Eval::Spotting(args) => spotting::run(args),
        Eval::Transfers(args) => transfers::run(args),
        Eval::Relations(args) => relations::run(args),
        Eval::Yente { folder } => yente::run(folder),
    }
}

fn gold(folder: &Path, show: bool) -> Result<Exit> {
    let entries = std::fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut files: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "yaml"))
        .collect();
    files.sort();
    ensure!(!files.is_empty(), "{}: no gold files (NAME.yaml beside NAME.txt)", folder.display());
    let mut scores = Scores::default();
    for file in &files {
        if show {
            scores.notes.push(format!("# {}", file.display()));
        }
        one(file, &mut scores)?;
    }
    if show {
        for note in &scores.notes {
            print_line(note)?;
        }
    }
    print(&scores.to_string())
}

fn one(file: &Path, scores: &mut Scores) -> Result<()> {
    let yaml = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let gold: Gold = lagebild_data::parse(&file.display().to_string(), &yaml)?;
    let article = file.with_extension("txt");
    let bytes = std::fs::read(&article).with_context(|| format!("cannot read {}", article.display()))?;
    let published = gold.document.published.as_deref().map(str::parse::<Date>).transpose()?;
    let options = Options { published, language: Some(gold.document.language.clone()), ..Options::default() };
    let as_of = published.unwrap_or_else(|| jiff::Zoned::now().date());
    for document in lagebild_document::read(&article.display().to_string(), &bytes, &options) {
        lagebild_eval::score(&lagebild_reading::read(document?, Knowledge::built_in(), as_of), &gold, scores);
    }
    Ok(())
}
