//! Dates as plain data; serialised as the reading contract wants them (`docs/reading.md`).

use jiff::civil::Date;
use lagebild_span::Span;
use serde::Serialize;

/// A day, month, year or longer time.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DateRange {
    /// First day; none when it is open.
    pub from: Option<Date>,
    /// Last day; none when it is open.
    pub to: Option<Date>,
    /// How exact the words are.
    pub precision: Precision,
    /// The words.
    pub words: Span,
}

/// How exact a date is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Precision {
    Day,
    Week,
    Month,
    Year,
    Interval,
}
