//! Cases against what a person expects of them: which tellings are one claim, how many independent origins it has, who said it
//! first, which words name one thing.
//!
//! Reading and merging are measured apart: over what the readings found ("found"), and over all that is told ("all").

mod gold;
mod score;

pub use gold::{CaseError, Named, Report, Telling, reports};
pub use score::{CaseScores, score};

use jiff::civil::Date;
use lagebild_document::{Format, Options};
use lagebild_reading::{Knowledge, Reading};

/// Reads the text of a report as of its day; none where it cannot be read.
pub fn read(report: &Report, knowledge: Knowledge) -> Option<Reading> {
    let options = Options {
        format: Some(Format::Text),
        language: Some(report.language.clone()),
        published: Some(report.published),
        ..Options::default()
    };
    let as_of: Date = report.published;
    let documents = lagebild_document::read(&report.id, report.text.as_bytes(), &options);
    let document = documents.into_iter().next()?.ok()?;
    Some(lagebild_reading::read(document, knowledge, as_of))
}
