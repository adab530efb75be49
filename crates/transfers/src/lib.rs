//! What is said to go from whom to whom, and what happened when and where.

mod bystander;
mod clause;
mod contradict;
mod cue;
mod dates;
mod events;
mod find;
mod forms;
mod item;
mod lexicon;
mod lists;
mod merge;
mod model;
mod phrase;
mod quantity;
mod roles;
mod standing;
mod transfers;
mod view;
mod words;

pub use dates::dates;
pub use events::events;
pub use model::{DateRange, Event, EventId, Precision, Quantity, Status, Transfer, TransferId};
pub use standing::Standing;
pub use transfers::transfers;

/// True when there are words for transfers in this language (BCP 47).
pub fn reads(language: &str) -> bool {
    lexicon::shipped(language).is_some()
}
