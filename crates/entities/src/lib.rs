//! Mentions in a document and the real things that they denote.

mod model;

pub use model::{Entities, Entity, EntityId, EntityKind, Form, Match, Mention};
