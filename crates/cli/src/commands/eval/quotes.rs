//! `lagebild eval quotes`: who says what, against articles in the format of the German Wikinews corpus.

use crate::exit::Exit;
use crate::print::{print, print_line};
use anyhow::{Context, Result, ensure};
use lagebild_eval::quotes::{Article, Quotations, QuoteScores};
use lagebild_grammar::Encoder;
use lagebild_language::Languages;
use lagebild_page::Page;
use lagebild_watchlist::Watchlist;
use std::path::{Path, PathBuf};

/// Arguments of `lagebild eval quotes`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Folder of articles (JSON files with tokens, sentences and annotations)
    folder: PathBuf,
    /// Folder to write the predicted quotations to, in the same format
    #[arg(long, value_name = "OUT")]
    write: Option<PathBuf>,
}

/// Reads the given tokens of every article; the annotations are looked at only to score.
pub(crate) fn run(args: &Args) -> Result<Exit> {
    let place = || format!("cannot read {}", args.folder.display());
    let mut files: Vec<PathBuf> = std::fs::read_dir(&args.folder)
        .with_context(place)?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    files.retain(|file| file.extension().is_some_and(|ending| ending == "json"));
    files.sort();
    ensure!(!files.is_empty(), "{}: no articles (.json)", args.folder.display());
    if let Some(out) = &args.write {
        std::fs::create_dir_all(out).with_context(|| format!("cannot make {}", out.display()))?;
    }
    let mut scores = QuoteScores::default();
    for file in &files {
        let json =
            std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
        let place = || format!("{}: no article in the corpus' format", file.display());
        let predicted = predictions(&serde_json::from_str(&json).with_context(place)?);
        let gold: Quotations = serde_json::from_str(&json).with_context(place)?;
        scores.add(&predicted.annotations, &gold.annotations);
        if let Some(out) = &args.write {
            write(&out.join(file.file_name().unwrap_or_default()), &predicted)?;
        }
    }
    print_line(&format!("{} articles", scores.documents))?;
    for (name, [p, r, f1]) in scores.figures() {
        print(&format!("{name:<8} P {:.1}  R {:.1}  F1 {:.1}\n", 100.0 * p, 100.0 * r, 100.0 * f1))?;
    }
    Ok(Exit::Done)
}

fn predictions(article: &Article) -> Quotations {
    let (document, analysis) = article.prepared(Encoder::shipped().ok());
    let page = Page::with_analysis(&document, Languages::shipped(), analysis);
    let entities = lagebild_entities::resolve(&page, Watchlist::starter());
    let clauses = lagebild_reading::clauses(&page);
    let statements = lagebild_statements::attribute(&page, &clauses, &entities);
    article.predictions(&statements, &entities, &page.analysis)
}

fn write(file: &Path, quotations: &Quotations) -> Result<()> {
    let json = serde_json::to_vec_pretty(quotations)?;
    std::fs::write(file, json).with_context(|| format!("cannot write {}", file.display()))
}
