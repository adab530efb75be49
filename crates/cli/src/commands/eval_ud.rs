//! `lagebild eval ud` and `lagebild eval ner`: the grammar against treebanks and name corpora.

use super::train::{load, read_all};
use crate::exit::{Exit, UsageError};
use anyhow::Result;
use lagebild_grammar::eval::{self, Count, TreeScores};
use lagebild_grammar::{Model, read_conllu, read_germeval};
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::PathBuf;

/// Arguments of both.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Language of a shipped model (de), or a model file
    #[arg(long)]
    model: String,
    /// Files with gold annotation
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

/// CoNLL 2018 measures on each treebank, with gold tokens and from raw text.
pub(crate) fn trees(args: &Args) -> Result<Exit> {
    let treebanks = read_all(&args.files, read_conllu)?;
    with_model(&args.model, |model| {
        let mut text = String::new();
        for (file, gold) in args.files.iter().zip(&treebanks) {
            add_head(&mut text, file, gold.len());
            add_trees(&mut text, "gold tokens", &eval::gold_tokens(model, gold));
            add_trees(&mut text, "raw text", &eval::raw_text(model, gold));
        }
        text
    })
}

/// Precision, recall and F1 of names per class.
pub(crate) fn names(args: &Args) -> Result<Exit> {
    let corpora = read_all(&args.files, read_germeval)?;
    with_model(&args.model, |model| {
        let mut text = String::new();
        for (file, gold) in args.files.iter().zip(&corpora) {
            add_head(&mut text, file, gold.len());
            for (class, count) in eval::names(model, gold) {
                add_count(&mut text, &class, count);
            }
        }
        text
    })
}

/// Prints what is measured with a shipped model or one from a file.
fn with_model(name: &str, measure: impl Fn(&Model) -> String) -> Result<Exit> {
    let text = if let Some(model) = Model::shipped(name) {
        measure(model)
    } else if name.len() == 2 {
        let shipped: Vec<&str> = Model::shipped_languages().collect();
        return Err(UsageError(format!(
            "no model for `{name}` is shipped; there are: {}",
            shipped.join(", ")
        ))
        .into());
    } else {
        measure(&load(name.as_ref())?)
    };
    std::io::stdout().write_all(text.as_bytes())?;
    Ok(Exit::Done)
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
