//! Mentions in a document and the real things that they denote.
//!
//! [`resolve`] takes a page and gives its entities: countries with their names, adjectives,
//! capitals and governments; state bodies; media; places; persons with their roles; listed parties. What the words
//! mean is data: `data/world` (names of things) and `data/lexicon/<language>/entities.yaml` (words around them).

mod bodies;
mod continued;
mod doubt;
mod form;
mod form_index;
mod gazetteer;
mod identifiers;
mod known;
mod lexicon;
mod listed;
mod model;
mod organisations;
mod people;
mod resolve;
mod roles;
mod short;
mod things;
mod whole;
mod words;
mod world;

/// SHA-256 of the names of countries, bodies, outlets, places and figures.
pub const DATA_HASH: &str = env!("DATA_HASH");

pub use model::{Entities, Entity, EntityId, EntityKind, Form, Gender, Match, Mention};
pub use resolve::resolve;
