//! Publishers' sanctions lists, the compiled index, screening, and spotting listed names in text.
//!
//! [`Watchlist::starter`] is the small built-in list; [`Watchlist::spot`] finds its names in a text.
//!
//! Knows publishers' formats and what a list states. It must not know sentences, transfers or measures, nor judge: a
//! record it cannot read is reported, and no party is left out in silence. It opens no address (`fetch` does).

mod key;
pub mod link;
pub mod party;
pub mod readers;
mod spot;
mod starter;
pub mod store;
mod watchlist;

/// SHA-256 of the embedded rules for spotting, and of the starter list.
pub const DATA_HASH: &str = env!("DATA_HASH");

pub use link::{End, Hold, Link};
pub use party::{NameQuality, Party, PartyName, list_of};
pub use spot::{Candidate, Identifier, Spotted};
pub use watchlist::{Stamp, Watchlist};

/// What the README shows, run as a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
