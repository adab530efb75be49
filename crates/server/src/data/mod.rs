//! What the server answers from: data sets, their entities, and the indexes over them. All of it is one
//! [`Snapshot`] that is replaced as a whole, so that a request sees one state only.

mod config;
mod entities;
mod listed;
mod load;
mod text;

pub use config::{Config, ConfigError, DatasetConfig};
pub use entities::Entities;
pub use load::{LoadError, Snapshot};
pub use text::{Found, Text};
