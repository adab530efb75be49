//! Documents in, readings out: on several threads, in the order given, with bounded memory.

use super::account::Account;
use super::output::Sink;
use anyhow::Result;
use indicatif::{ProgressBar, ProgressStyle};
use jiff::civil::Date;
use lagebild_document::{Document, DocumentError};
use lagebild_grammar::Encoder;
use lagebild_reading::{Knowledge, Reading, Stamp};
use lagebild_transfers::Standing;
use rayon::prelude::*;
use sha2::{Digest, Sha256};

/// Documents read side by side before their readings are handed on.
const BATCH: usize = 64;

/// How a run went.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tally {
    /// What became of every input.
    pub(crate) account: Account,
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
    /// Names alone.
    pub(crate) quick: bool,
    /// Transfers of less confidence are left out.
    pub(crate) min_confidence: f32,
}

impl Work<'_> {
    /// Reads all documents into the sink. An input that cannot be read is put down in the account and the others go on.
    pub(crate) fn run(
        &self,
        documents: impl Iterator<Item = Result<Document, DocumentError>>,
        sink: &mut Sink,
    ) -> Result<Tally> {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(self.threads).build()?;
        let progress = progress();
        let mut tally = Tally::default();
        let mut documents = documents.peekable();
        let mut begun = false;
        while documents.peek().is_some() {
            let batch = self.batch(&mut documents, sink, &mut tally.account);
            let language = batch.first().filter(|_| !std::mem::replace(&mut begun, true));
            let language = language.and_then(|document| document.language.clone());
            let readings: Vec<Reading> = std::thread::scope(|scope| {
                if let Some(language) = language {
                    scope.spawn(move || lagebild_reading::prepare(&language, self.knowledge));
                }
                pool.install(|| batch.into_par_iter().map(|document| self.read(document)).collect())
            });
            for reading in readings {
                tally.count(&reading);
                let made_with = self.made_with(reading.document.language.as_deref(), reading.stamp.as_of);
                progress.suspend(|| sink.take(reading, &made_with))?;
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
        account: &mut Account,
    ) -> Vec<Document> {
        let mut batch = Vec::with_capacity(BATCH);
        for document in documents.by_ref() {
            match document {
                Ok(document) => {
                    let made_with = self.made_with(document.language.as_deref(), self.day_of(&document));
                    let already_read = sink.holds(&document, &made_with);
                    account.document(&document, already_read);
                    if !already_read {
                        batch.push(document);
                    }
                }
                Err(error) => account.unread(&error),
            }
            if batch.len() == BATCH {
                break;
            }
        }
        batch
    }

    fn read(&self, mut document: Document) -> Reading {
        if self.as_of.or(document.published).is_none() {
            document.warnings.push(format!(
                "the day of publication is not known: lists and measures are those of {} (give --published or --as-of)",
                self.today
            ));
        }
        let as_of = self.day_of(&document);
        let read = if self.quick { lagebild_reading::quick } else { lagebild_reading::read };
        read(document, self.knowledge, as_of).at_least(self.min_confidence)
    }

    /// The day on which a document is read.
    fn day_of(&self, document: &Document) -> Date {
        self.as_of.or(document.published).unwrap_or(self.today)
    }

    /// Hash of everything but the document that its reading depends on.
    fn made_with(&self, language: Option<&str>, as_of: Date) -> String {
        let language = language.map(|code| self.knowledge.languages.of(code));
        let stamp = Stamp::of(self.knowledge, language.as_ref(), as_of);
        let made_with = (stamp, Encoder::HASH, self.quick, self.min_confidence);
        let json = serde_json::to_vec(&made_with).unwrap_or_default();
        let hex = format!("{:x}", Sha256::digest(json));
        hex.get(..16).unwrap_or(&hex).to_owned()
    }
}

impl Tally {
    fn count(&mut self, reading: &Reading) {
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
