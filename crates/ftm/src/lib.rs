//! The FollowTheMoney data model (<https://followthemoney.tech>): kinds of things and links between them as data
//! (`data/ftm`), entities as JSON Lines, and values brought into the form in which they are compared.
//!
//! Knows the model and the form of values. It must not know where entities come from, how names compare or what is asked.

mod caption;
mod clean;
mod entity;
mod model;
mod records;

pub use clean::{clean, country_name, topic_label};
pub use entity::{Entity, EntityError};
pub use model::{Model, Property, Schema, ValueType};
pub use records::{Edge, Kind};

/// SHA-256 of the embedded model.
pub const DATA_HASH: &str = env!("DATA_HASH");
