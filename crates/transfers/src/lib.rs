//! What is said to go from whom to whom, and what happened when and where.

mod bystander;
mod clause;
mod contradict;
mod cue;
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

pub use events::events;
pub use lagebild_page::{DateRange, Precision};
pub use model::{Event, EventId, Quantity, Status, Transfer, TransferId};
pub use standing::Standing;
pub use transfers::transfers;

use lagebild_language::Language;

/// True when there are words for transfers in this language.
pub fn reads(language: &Language) -> bool {
    language.lexicon::<lexicon::Indexed>().is_some()
}
