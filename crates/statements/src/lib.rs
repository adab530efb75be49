//! Who says what, through whom, and how sure.
//!
//! [`attribute`] walks the blocks of a document. A block is cut into units (sentences, never broken inside a
//! quotation); a unit's cues ("sagte", "laut", "so X") lead to what is said and to who says it; a unit without a cue
//! may go on with what the last speaker said. Words come from `data/lexicon/<language>/{reporting,certainty}.yaml`.

mod attribute;
mod certainty;
mod clause;
mod content;
mod cues;
mod inflect;
mod lexicon;
mod model;
mod phrases;
pub mod quotes;
mod speaker;
mod units;

pub use attribute::attribute;
pub use certainty::{Weighed, certainty_of};
pub use model::{Act, Certainty, Manner, Statement, StatementId};

use lagebild_language::Language;

/// True when there are words for who says what in this language.
pub fn reads(language: &Language) -> bool {
    language.lexicon::<lexicon::Lexicon>().is_some()
}
