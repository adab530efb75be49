//! The analyst's desk: cases that are kept, items to decide, decisions that can be proved, lists that are watched.
//!
//! ```text
//! act ──► entry of the case's chain ──► tables (queue, search)      bundle = chain + documents + lists
//! ```
//! Every change is an [`Act`], appended to the chain of its case ([`chain`]): who, when, what, and the hash of the entry before.
//! The tables of the store are worked out from the entries alone, so that a bundle that is read in elsewhere gives the same
//! desk. What a decision was made on ([`Shown`]) stands in its entry, with the hashes of texts, lists, program and models.
//!
//! Knows cases, items and people by name. It must not know files of lists, arguments, terminals or HTTP, and never asks a clock:
//! whoever calls says who acts and when.

mod act;
pub mod bundle;
pub mod chain;
mod error;
mod found;
mod hash;
mod model;
mod notices;
mod people;
pub mod sign;
mod store;
pub mod verify;
mod watch;

pub use act::{Act, Choice, Decision, Evidence, Opened, Removal, Stored};
pub use error::DeskError;
pub use found::{Archived, found};
pub use model::{
    Found, Item, ItemKind, ItemRef, Listed, News, Place, Remembered, Shown, State, Watched, folded,
};
pub use notices::{Detail, Kept, ListDay, Notice, Outgoing, Target, Told, What};
pub use people::{PASSWORD_LEAST, Person, PersonRole, SessionLimits, Vouched};
pub use store::{
    Access, Added, Case, Counts, Doing, Filter, Forgotten, Search, Spelling, Store, Verdict, Whom,
};
pub use watch::{Changes, Subject};
