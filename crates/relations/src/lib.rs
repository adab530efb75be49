//! How named parties stand to each other: who owns, leads, employs, supplies, sanctions whom; members, allies, relatives.
//!
//! Read from predicates, role nouns and their phrases by the words of a language (`data/lexicon/<language>/relations.yaml`), as
//! kinds of one inventory (`data/relations.yaml`). Both sides are named, and what syntax does not say stays out: a wrong
//! relation is worse than a missing one. Knows no goods, lists or law.

mod deeds;
mod fill;
mod kinds;
mod lexicon;
mod model;
mod owned;
mod relations;
mod roles;
mod scene;
mod verbs;

pub use kinds::{Kind, Label, kind, kinds};
pub use model::{Relation, RelationId};
pub use relations::relations;

use lagebild_language::Language;

/// True when there are words for relations in this language.
pub fn reads(language: &Language) -> bool {
    language.lexicon::<lexicon::Words>().is_some()
}
