//! Who says what, through whom, and how sure.
//!
//! [`attribute`] reads the predicates of each sentence (`lagebild_predicates`): what a word of saying governs is said, its subject
//! says it, and the same layer tells how sure. A sentence without such a word may go on with what was said before. Words
//! that the layer does not know come from `data/lexicon/<language>/statements.yaml`.

mod attribute;
mod back;
mod confidence;
mod continued;
mod governed;
mod learned;
mod lexicon;
mod marks;
mod model;
mod person;
mod phrases;
mod quoted;
mod reach;
mod sayings;
mod scene;
mod source;
mod weigh;
mod within;

pub use attribute::attribute;
pub use confidence::Support;
pub use model::{Act, Certainty, Manner, Statement, StatementId};
pub use within::Within;

use lagebild_language::Language;

/// True when there are words for who says what in this language.
pub fn reads(language: &Language) -> bool {
    language.lexicon::<lexicon::Words>().is_some()
}
