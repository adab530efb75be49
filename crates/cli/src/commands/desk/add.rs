//! `lagebild desk add`: articles are read and stored.

use super::{Args, Lists};
use crate::commands::read::ocr;
use crate::exit::Exit;
use crate::print::{Format, plain, print, print_json};
use anyhow::Result;
use jiff::civil::Date;
use lagebild_desk::{Added, Archived, Opened, Store};
use lagebild_document::{Document, DocumentError, Options, input};
use lagebild_reading::{Knowledge, Reading};
use lagebild_watchlist::Watchlist;
use rayon::prelude::*;
use std::fmt::Write;
use std::path::PathBuf;

/// Documents that are stored together: a run that is cut off loses at most these.
const BATCH: usize = 64;

/// Arguments of `lagebild desk add`.
#[derive(clap::Args)]
pub(super) struct Add {
    /// The case
    case: String,
    /// Files, folders, or - for standard input
    #[arg(required = true, value_name = "FILE")]
    inputs: Vec<PathBuf>,
    /// Language of all inputs (de, en, ru, …) instead of finding it
    #[arg(long, value_name = "CODE")]
    language: Option<String>,
    /// Day of publication of all inputs instead of finding it
    #[arg(long, value_name = "DATE")]
    published: Option<Date>,
    /// Day whose lists and measures count (default: day of publication, else today)
    #[arg(long, value_name = "DATE")]
    as_of: Option<Date>,
    /// Largest input in MiB
    #[arg(long, value_name = "MIB", default_value_t = 64)]
    max_size: u64,
    #[command(flatten)]
    lists: Lists,
}

/// Reads, stores, says what is new.
pub(super) fn run(args: &Args, add: &Add) -> Result<Exit> {
    let mut store = args.new_store()?;
    let stored = add.lists.watchlist(add.as_of)?;
    let watchlist = stored.as_ref().unwrap_or_else(|| Watchlist::starter());
    open_case(args, &mut store, &add.case)?;
    let options = Options {
        format: None,
        language: add.language.clone(),
        published: add.published,
        max_bytes: add.max_size.saturating_mul(1 << 20),
        recogniser: ocr::recogniser(true, add.language.as_deref()),
        ..Options::default()
    };
    let documents = input::documents(&add.inputs, &options);
    let (added, failed) = take(args, (&add.case, add.as_of), &mut store, documents, watchlist)?;
    let failed: Vec<String> = failed.iter().map(|(input, reason)| format!("{input}: {reason}")).collect();
    for line in &failed {
        eprintln!("lagebild: not read: {}", plain(line));
    }
    let case = store.case(&add.case)?;
    match args.format {
        Format::Json => {
            print_json(&serde_json::json!({"case": case, "documents": added, "not_read": failed}))?
        }
        Format::Text => {
            let new = added.iter().filter(|it| !it.known).count();
            let mut text = format!("{new} stored");
            if new < added.len() {
                let _ = write!(text, ", {} were there already", added.len() - new);
            }
            let _ = writeln!(text, "; in the case {}: {} wait for a decision", case.id, case.pending);
            print(&text)?
        }
    };
    Ok(if failed.is_empty() { Exit::Done } else { Exit::SomeInputsFailed })
}

/// A case that takes documents in as they come.
pub(crate) struct Intake {
    args: Args,
    store: Store,
    case: String,
}

impl Intake {
    /// Opens the case of a desk, each made where there is none.
    pub(crate) fn open(file: PathBuf, case: &str) -> Result<Self> {
        let args = Args { store: file, user: None, key: None, format: Format::Text, job: super::Job::Cases };
        let mut store = args.new_store()?;
        open_case(&args, &mut store, case)?;
        Ok(Self { args, store, case: case.to_owned() })
    }

    /// Reads and stores documents; how many the case did not have, and what could not be read.
    pub(crate) fn add(
        &mut self,
        documents: impl Iterator<Item = Result<Document, DocumentError>>,
        as_of: Option<Date>,
        watchlist: &Watchlist,
    ) -> Result<(usize, Vec<Failed>)> {
        let (added, failed) = take(&self.args, (&self.case, as_of), &mut self.store, documents, watchlist)?;
        Ok((added.iter().filter(|one| !one.known).count(), failed))
    }
}

fn open_case(args: &Args, store: &mut Store, case: &str) -> Result<()> {
    if !store.cases()?.iter().any(|known| known.id == case) {
        let opened = Opened { title: String::new(), four_eyes: false };
        args.act(|doing| Ok(store.open_case(case, opened, doing)?))?;
    }
    Ok(())
}

/// An input that could not be read, with the reason.
type Failed = (String, String);

/// Reads documents and stores them, a batch at a time.
fn take(
    args: &Args,
    case: (&str, Option<Date>),
    store: &mut Store,
    documents: impl Iterator<Item = Result<Document, DocumentError>>,
    watchlist: &Watchlist,
) -> Result<(Vec<Added>, Vec<Failed>)> {
    let (mut added, mut failed) = (Vec::new(), Vec::new());
    let mut batch = Vec::with_capacity(BATCH);
    for document in documents {
        match document {
            Ok(document) => batch.push(document),
            Err(error) => failed.push((error.input(), error.reason())),
        }
        if batch.len() == BATCH {
            added.extend(keep(args, case, store, std::mem::take(&mut batch), watchlist)?);
        }
    }
    added.extend(keep(args, case, store, batch, watchlist)?);
    Ok((added, failed))
}

fn keep(
    args: &Args,
    (case, as_of): (&str, Option<Date>),
    store: &mut Store,
    batch: Vec<Document>,
    watchlist: &Watchlist,
) -> Result<Vec<Added>> {
    if batch.is_empty() {
        return Ok(Vec::new());
    }
    let today = jiff::Zoned::now().date();
    let read: Vec<(Archived, Reading)> = batch
        .into_par_iter()
        .map(|mut document| {
            let day = as_of.or(document.published);
            if day.is_none() {
                document.warnings.push(format!(
                    "the day of publication is not known: lists and measures are those of {today} (give --published or --as-of)"
                ));
            }
            let archived = Archived::from(document.clone());
            let knowledge = Knowledge { watchlist, ..Knowledge::built_in() };
            (archived, lagebild_reading::read(document, knowledge, day.unwrap_or(today)))
        })
        .collect();
    args.act(|doing| Ok(store.add(case, &read, watchlist, doing)?))
}
