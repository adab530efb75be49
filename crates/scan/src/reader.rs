//! How documents are read: what is known, and the day that counts.

use jiff::civil::Date;
use lagebild_document::Document;
use lagebild_reading::{Knowledge, Reading};

/// How documents are read. The same for all documents of a batch.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    /// Languages, lists, goods, measures.
    pub knowledge: Knowledge<'a>,
    /// The day that counts; none for each document's day of publication.
    pub as_of: Option<Date>,
    /// The day that counts for a document of which no day is known.
    pub today: Date,
    /// Look for names alone, without grammar.
    pub quick: bool,
    /// Transfers and statements of less confidence are left out, 0 to 1.
    pub min_confidence: f32,
    /// The most bytes that a text may have.
    pub max_bytes: u64,
}

impl<'a> Reader<'a> {
    /// Reads all that there is in texts of up to 64 MiB, by the day of publication, else by `today`.
    pub fn new(knowledge: Knowledge<'a>, today: Date) -> Self {
        Self { knowledge, as_of: None, today, quick: false, min_confidence: 0.0, max_bytes: 64 << 20 }
    }

    /// The reading of a document.
    pub fn read(&self, mut document: Document) -> Reading {
        let day = self.as_of.or(document.published);
        if day.is_none() {
            let said = "the day of publication is not known: lists and measures are those of";
            document.warnings.push(format!("{said} {} (give `published` or `as_of`)", self.today));
        }
        let read = if self.quick { lagebild_reading::quick } else { lagebild_reading::read };
        read(document, self.knowledge, day.unwrap_or(self.today)).at_least(self.min_confidence)
    }
}
