//! The corpus of our own (`corpus/`): passages with what a person reads in them, and how far a reading agrees.
//!
//! One half is for development and lies open; the other is packed ([`packed`]) and only ever counted.

mod law;
mod lesson;
mod passage;
mod related;
mod score;

pub use law::{Answer, LawRow, law};
pub use lesson::{Lesson, lesson};
pub use passage::{CorpusError, Passage, packed, passages};
pub use related::{RelationScores, related};
pub use score::{CorpusScores, Shown, read, score};
