//! `lagebild train`: makes a grammar model from treebanks and name corpora, or the tables by which names are compared from
//! spellings. The same data give the same bytes.

use crate::exit::{Exit, UsageError};
use anyhow::{Context, Result};
use lagebild_grammar::train::{self, Settings};
use lagebild_grammar::{Clusters, Gold, Known, Model, read_conllu, read_germeval};
use std::path::{Path, PathBuf};

/// Arguments of `lagebild train`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// What to train; `parser` also trains morphology and lemmas
    #[arg(value_enum)]
    part: Part,
    /// Language of the data, ISO 639-1 (not for `spellings`)
    #[arg(long, default_value = "")]
    language: String,
    /// For `spellings`: groups of spellings of the same name, one group a line, separated by commas
    #[arg(long, value_name = "FILE")]
    spellings: Option<PathBuf>,
    /// Model file to write
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Model to start from: its other parts are kept
    #[arg(long, value_name = "FILE")]
    base: Option<PathBuf>,
    /// What is known of words, one a line, between tabs: the word, its cluster (below 65536, 0 for none) and, if known,
    /// classes (below 256, 0 for none) of its parts of speech, of its inflections and of the kinds of name that it is
    #[arg(long, value_name = "FILE")]
    clusters: Option<PathBuf>,
    /// Markdown that says what the model was made from, under which licence and with which scores
    #[arg(long, value_name = "FILE")]
    card: Option<PathBuf>,
    /// Treebank in CoNLL-U; may be given several times
    #[arg(long, value_name = "FILE")]
    treebank: Vec<PathBuf>,
    /// Names in the tab-separated form of GermEval 2014; may be given several times
    #[arg(long, value_name = "FILE")]
    names: Vec<PathBuf>,
    /// Runs from nothing, of which the mean is kept: more are better, and take longer
    #[arg(long, default_value_t = Settings::default().runs as u32, value_parser = clap::value_parser!(u32).range(1..=50))]
    runs: u32,
    /// Passes over the data in each run
    #[arg(long, default_value_t = Settings::default().rounds)]
    rounds: usize,
    /// Rows of the parser's table: 2 to this power. One more doubles its part of the file
    #[arg(long, default_value_t = Settings::default().parser_bits, value_parser = clap::value_parser!(u32).range(10..=24))]
    parser_bits: u32,
    /// Rows of the tagger's table
    #[arg(long, default_value_t = Settings::default().tagger_bits, value_parser = clap::value_parser!(u32).range(10..=24))]
    tagger_bits: u32,
    /// Rows of the tables of morphology and names
    #[arg(long, default_value_t = Settings::default().other_bits, value_parser = clap::value_parser!(u32).range(10..=24))]
    other_bits: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Part {
    Tagger,
    Parser,
    Ner,
    All,
    /// The confusion tables of names, from --spellings
    Spellings,
}

/// Trains and writes the model.
pub(crate) fn run(args: &Args) -> Result<Exit> {
    if args.part == Part::Spellings {
        return spellings(args);
    }
    if args.language.is_empty() {
        return Err(UsageError("say of which language the data are: --language".into()).into());
    }
    let (trees, names) = (args.part != Part::Ner, matches!(args.part, Part::Ner | Part::All));
    if trees && args.treebank.is_empty() || args.part == Part::Ner && args.names.is_empty() {
        let missing = if trees { "--treebank" } else { "--names" };
        return Err(UsageError(format!("nothing to learn from: give {missing}")).into());
    }
    let treebanks = read_all(&args.treebank, read_conllu)?;
    let corpora = read_all(&args.names, read_germeval)?;
    let mut model = start(args)?;
    let settings = Settings {
        runs: args.runs as usize,
        rounds: args.rounds,
        parser_bits: args.parser_bits,
        tagger_bits: args.tagger_bits,
        other_bits: args.other_bits,
    };
    let mut progress = |what: &str| eprintln!("training: {what}");
    match args.part {
        Part::Tagger => train::tags(&mut model, &treebanks, settings, &mut progress),
        Part::Parser => train::trees(&mut model, &treebanks, settings, &mut progress),
        Part::All => train::treebanks(&mut model, &treebanks, settings, &mut progress),
        Part::Ner | Part::Spellings => {}
    }
    if names && !corpora.is_empty() {
        train::names(&mut model, &corpora, settings, &mut progress);
    }
    if let Some(card) = &args.card {
        model.set_card(&read(card)?);
    }
    std::fs::write(&args.out, model.to_bytes())
        .with_context(|| format!("cannot write {}", args.out.display()))?;
    Ok(Exit::Done)
}

/// The model to start from, or an empty one with its clusters.
fn start(args: &Args) -> Result<Model> {
    if let Some(base) = &args.base {
        return load(base);
    }
    let text = args.clusters.as_deref().map(read).transpose()?.unwrap_or_default();
    let mut pairs = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let wrong =
            || format!("line {number} of the clusters: not a word and up to four numbers between tabs");
        pairs.push(known(line).with_context(wrong)?);
    }
    Ok(Model::new(&args.language, Clusters::new(pairs)))
}

/// A word and what is known of it.
fn known(line: &str) -> Option<(&str, Known)> {
    let (word, rest) = line.split_once('\t')?;
    let mut numbers = rest.split('\t');
    let cluster = numbers.next()?.parse().ok()?;
    let mut class = || numbers.next().map_or(Some(0), |number| number.parse().ok());
    let known = Known { cluster, kind: class()?, inflection: class()?, name: class()? };
    numbers.next().is_none().then_some((word, known))
}

/// Reads a model file.
pub(super) fn load(path: &Path) -> Result<Model> {
    let bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    Model::load(&bytes).with_context(|| path.display().to_string())
}

type Reader = fn(&str) -> std::result::Result<Vec<Gold>, lagebild_grammar::CorpusError>;

/// Reads every corpus; the first that is wrong stops with its name and line.
pub(super) fn read_all(paths: &[PathBuf], reader: Reader) -> Result<Vec<Vec<Gold>>> {
    paths.iter().map(|path| reader(&read(path)?).with_context(|| path.display().to_string())).collect()
}

fn read(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

/// Learns `data/names/confusions.yaml`.
fn spellings(args: &Args) -> Result<Exit> {
    let missing = || UsageError("nothing to learn from: give --spellings".into());
    let file = args.spellings.as_ref().ok_or_else(missing)?;
    let lines = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let tables = lagebild_names::train::train(&lines, |progress| eprintln!("{progress}"));
    std::fs::write(&args.out, tables).with_context(|| format!("cannot write {}", args.out.display()))?;
    Ok(Exit::Done)
}
