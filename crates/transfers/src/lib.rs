//! What is said to go from whom to whom, and what happened when and where.

mod above;
mod confidence;
mod contradict;
mod events;
mod find;
mod frames;
mod headline;
mod item;
mod later;
mod learned;
mod lists;
mod merge;
mod model;
mod pronoun;
mod quantity;
mod scene;
mod slots;
mod standing;
mod status;
mod transfers;
mod words;

pub use confidence::{Found, Support};
pub use events::events;
pub use lagebild_page::{DateRange, Precision};
pub use model::{Event, EventId, Quantity, Status, Transfer, TransferId};
pub use standing::Standing;
pub use transfers::transfers;

use lagebild_language::Language;

/// True when there are words for transfers in this language.
pub fn reads(language: &Language) -> bool {
    language.lexicon::<frames::Frames>().is_some()
}
