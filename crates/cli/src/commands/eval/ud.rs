//! `lagebild eval ud` and `lagebild eval ner`: the grammar against treebanks and name corpora.

use crate::exit::{Exit, UsageError};
use anyhow::{Context, Result, anyhow};
use lagebild_grammar::eval::{self, Count, TreeScores};
use lagebild_grammar::{CorpusError, Encoder, Gold, Instructions, read_conllu, read_germeval};
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Arguments of both.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Language of the files (de)
    #[arg(long, alias = "model")]
    language: String,
    /// Tensors of another encoder than the shipped one (a file that `training/` wrote)
    #[arg(long, value_name = "FILE", requires = "labels")]
    encoder: Option<PathBuf>,
    /// Its labels
    #[arg(long, value_name = "FILE")]
    labels: Option<PathBuf>,
    /// Instructions of the processor to use: portable, avx2, avx512 [default: the fastest there are]
    #[arg(long, value_name = "NAME")]
    instructions: Option<String>,
    /// Files with gold annotation
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

/// CoNLL 2018 measures on each treebank, with gold tokens and from raw text.
pub(crate) fn trees(args: &Args) -> Result<Exit> {
    let treebanks = read_all(&args.files, read_conllu)?;
    with_encoder(args, |encoder| {
        let mut text = String::new();
        for (file, gold) in args.files.iter().zip(&treebanks) {
            add_head(&mut text, file, gold.len());
            add_trees(&mut text, "gold tokens", &eval::gold_tokens(encoder, &args.language, gold));
            let start = Instant::now();
            let scores = eval::raw_text(encoder, &args.language, gold);
            let seconds = start.elapsed().as_secs_f64();
            add_trees(&mut text, "raw text", &scores);
            let speed = scores.words.found as f64 / seconds;
            let _ =
                writeln!(text, "  {speed:.0} words a second from raw text to trees and names, one thread");
        }
        text
    })
}

/// Precision, recall and F1 of names per class.
pub(crate) fn names(args: &Args) -> Result<Exit> {
    let corpora = read_all(&args.files, read_germeval)?;
    with_encoder(args, |encoder| {
        let mut text = String::new();
        for (file, gold) in args.files.iter().zip(&corpora) {
            add_head(&mut text, file, gold.len());
            for (class, count) in eval::names(encoder, &args.language, gold) {
                add_count(&mut text, &class, count);
            }
        }
        text
    })
}

/// Prints what is measured with the encoder asked for.
fn with_encoder(args: &Args, measure: impl Fn(&Encoder) -> String) -> Result<Exit> {
    let name = |instructions: &Instructions| instructions.name();
    let available = Instructions::available();
    let instructions = match &args.instructions {
        None => Instructions::detect(),
        Some(asked) => *available.iter().find(|known| name(known) == asked).ok_or_else(|| {
            let known: Vec<&str> = available.iter().map(name).collect();
            UsageError(format!("no instructions `{asked}` on this machine; there are: {}", known.join(", ")))
        })?,
    };
    let text = match (&args.encoder, &args.labels) {
        (Some(tensors), Some(labels)) => {
            let of =
                |path: &Path| std::fs::read(path).with_context(|| format!("cannot read {}", path.display()));
            let encoder = Encoder::load(&of(tensors)?, &of(labels)?)
                .with_context(|| format!("cannot use {}", tensors.display()))?;
            measure(&encoder.with_instructions(instructions))
        }
        _ => measure(
            &Encoder::shipped_by(instructions).map_err(|error| anyhow!("the shipped encoder: {error}"))?,
        ),
    };
    std::io::stdout().write_all(text.as_bytes())?;
    Ok(Exit::Done)
}

type Reader = fn(&str) -> std::result::Result<Vec<Gold>, CorpusError>;

/// Reads every corpus; the first that is wrong stops with its name and line.
fn read_all(paths: &[PathBuf], reader: Reader) -> Result<Vec<Vec<Gold>>> {
    let read = |path: &PathBuf| {
        let text =
            std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        reader(&text).with_context(|| path.display().to_string())
    };
    paths.iter().map(read).collect()
}

fn add_head(text: &mut String, file: &std::path::Path, sentences: usize) {
    let _ = writeln!(text, "{}: {sentences} sentences", file.display());
}

fn add_trees(text: &mut String, how: &str, scores: &TreeScores) {
    let _ = writeln!(text, " {how}");
    let rows = [
        ("sentences", scores.sentences),
        ("words", scores.words),
        ("UPOS", scores.upos),
        ("UAS", scores.uas),
        ("LAS", scores.las),
        ("MLAS", scores.mlas),
        ("lemmas", scores.lemmas),
        ("nsubj", scores.subjects),
        ("Mood=Sub", scores.subjunctive),
        ("Case", scores.case),
    ];
    for (name, count) in rows {
        add_count(text, name, count);
    }
}

fn add_count(text: &mut String, name: &str, count: Count) {
    let [precision, recall, f1] = [count.precision(), count.recall(), count.f1()].map(|share| share * 100.0);
    let _ =
        writeln!(text, "  {name:<10} P {precision:6.2}  R {recall:6.2}  F1 {f1:6.2}  ({} gold)", count.gold);
}
