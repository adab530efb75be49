//! Everything that has a date, in order.

use lagebild_reading::Reading;
use lagebild_transfers::{DateRange, EventId, TransferId};
use serde::Serialize;

/// Something with a date.
#[derive(Clone, Debug, Serialize)]
pub struct Moment {
    /// When, with the words that say so.
    pub date: DateRange,
    /// Number of the document.
    pub document: usize,
    /// What it is.
    #[serde(flatten)]
    pub what: What,
}

/// What a moment is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// An event of the document.
    Event(EventId),
    /// A transfer of the document.
    Transfer(TransferId),
}

/// Builds the timeline of all readings: by first day (open beginnings first), then by document.
pub(crate) fn build(readings: &[Reading]) -> Vec<Moment> {
    let mut moments: Vec<Moment> =
        readings.iter().enumerate().flat_map(|(at, reading)| of(at, reading)).collect();
    moments.sort_by_key(|moment| (moment.date.from, moment.date.to, moment.document));
    moments
}

fn of(document: usize, reading: &Reading) -> impl Iterator<Item = Moment> {
    let events = reading.events.iter().filter_map(move |event| {
        Some(Moment { date: event.date.clone()?, document, what: What::Event(event.id) })
    });
    let transfers = reading.transfers.iter().filter_map(move |transfer| {
        Some(Moment { date: transfer.time.clone()?, document, what: What::Transfer(transfer.id) })
    });
    events.chain(transfers).filter(|moment| moment.date.from.is_some() || moment.date.to.is_some())
}
