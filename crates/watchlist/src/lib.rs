//! Publishers' sanctions lists, the compiled index, screening, and spotting listed names in text.
//!
//! [`Watchlist::starter`] is the small built-in list; [`Watchlist::spot`] finds its names in a text.

mod key;
pub mod party;
pub mod readers;
mod spot;
mod starter;
pub mod store;
mod watchlist;

pub use party::{NameQuality, Party, PartyName};
pub use spot::{Candidate, Identifier, Spotted};
pub use watchlist::{Stamp, Watchlist};
