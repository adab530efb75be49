//! Documents in, readings out: on several threads, in the order given, with bounded memory.

use super::output::Sink;
use anyhow::Result;
use indicatif::{ProgressBar, ProgressStyle};
use jiff::civil::Date;
use lagebild_document::{Document, DocumentError};
use lagebild_reading::{Knowledge, Reading, Stamp};
use lagebild_transfers::Standing;
use rayon::prelude::*;
use sha2::{Digest, Sha256};

/// Documents read side by side before their readings are handed on.
const BATCH: usize = 64;

/// How a run went.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tally {
    /// Documents read.
    pub(crate) read: usize,
    /// Inputs that could not be read.
    pub(crate) failed: usize,
    /// Documents that the folder already held.
    pub(crate) skipped: usize,
    /// Readings in which an entity matches a listed party.
    pub(crate) with_listed: usize,
    /// The best founded transfer by which a provision is touched, in any reading.
    pub(crate) touched: Option<Standing>,
}

/// One run over many documents.
pub(crate) struct Work<'a> {
    pub(crate) knowledge: Knowledge<'a>,
    /// The day asked for; otherwise each document's day of publication, otherwise `today`.
    pub(crate) as_of: Option<Date>,
    pub(crate) today: Date,
    pub(crate) threads: usize,
}

impl Work<'_> {
    /// Reads all documents into the sink. An input that cannot be read is reported and the others go on.
    pub(crate) fn run(
        &self,
        documents: impl Iterator<Item = Result<Document, DocumentError>>,
        sink: &mut Sink,
    ) -> Result<Tally> {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(self.threads).build()?;
        let progress = progress();
        let mut tally = Tally::default();
        let mut documents = documents.peekable();
        while documents.peek().is_some() {
            let batch: Vec<Document> = self.batch(&mut documents, sink, &mut tally, &progress);
            let language =
                batch.first().filter(|_| tally.read == 0).and_then(|document| document.language.clone());
            let readings: Vec<Reading> = std::thread::scope(|scope| {
                if let Some(language) = language {
                    scope.spawn(move || lagebild_reading::prepare(&language, self.knowledge));
                }
                pool.install(|| batch.into_par_iter().map(|document| self.read(document)).collect())
            });
            for reading in readings {
                tally.count(&reading);
                progress.suspend(|| sink.take(reading, &self.made_with()))?;
                progress.inc(1);
            }
        }
        progress.finish_and_clear();
        Ok(tally)
    }

    fn batch(
        &self,
        documents: &mut impl Iterator<Item = Result<Document, DocumentError>>,
        sink: &Sink,
        tally: &mut Tally,
        progress: &ProgressBar,
    ) -> Vec<Document> {
        let mut batch = Vec::with_capacity(BATCH);
        for document in documents.by_ref() {
            match document {
                Ok(document) if sink.holds(&document, &self.made_with()) => tally.skipped += 1,
                Ok(document) => batch.push(document),
                Err(error) => {
                    tally.failed += 1;
                    progress.suspend(|| eprintln!("lagebild: {error}"));
                }
            }
            if batch.len() == BATCH {
                break;
            }
        }
        batch
    }

    fn read(&self, mut document: Document) -> Reading {
        let as_of = self.as_of.or(document.published).unwrap_or_else(|| {
            document.warnings.push(format!(
                "the day of publication is not known: lists and measures are those of {} (give --published or --as-of)",
                self.today
            ));
            self.today
        });
        lagebild_reading::read(document, self.knowledge, as_of)
    }

    /// Hash of everything but the document that a reading depends on.
    fn made_with(&self) -> String {
        let made_with = (Stamp::of(self.knowledge, self.as_of.unwrap_or(self.today)), self.as_of.is_some());
        let json = serde_json::to_vec(&made_with).unwrap_or_default();
        let hex = format!("{:x}", Sha256::digest(json));
        hex.get(..16).unwrap_or(&hex).to_owned()
    }
}

impl Tally {
    fn count(&mut self, reading: &Reading) {
        self.read += 1;
        self.with_listed += usize::from(reading.entities.iter().any(|entity| !entity.matches.is_empty()));
        let touched = |code: &str| code.starts_with("touched");
        let founded = reading.findings.iter().filter(|finding| touched(finding.finding.verdict.code()));
        self.touched = founded.map(|finding| finding.standing).chain(self.touched).min();
    }
}

fn progress() -> ProgressBar {
    let bar = ProgressBar::no_length();
    if let Ok(style) = ProgressStyle::with_template("{spinner} {pos} read, {per_sec}, {elapsed}") {
        bar.set_style(style);
    }
    bar
}
