//! Screening: which listed parties may a name or a record be, how sure, and why.
//!
//! ```text
//! lists ── compile ──► index file ── Index::open ──► screen(query) ──► hits with explanation
//! ```
//! The index is one file, mapped into memory: opening it costs next to nothing, and it may be replaced while others
//! read it. [`Index::screen`] first gathers candidates that share sounds with the query (`candidates`), then compares
//! names ([`lagebild_names::score`]) and what else is known ([`lagebild_names::compare_records`]).
//!
//! Knows the index and the order of hits. It must not know documents, readings or HTTP, and never hides a candidate
//! because of a clock, a thread or the order of keys: the same lists and query give the same hits.

mod candidates;
mod compile;
mod country;
mod entity;
mod facts;
mod hit;
mod index;
mod layout;
mod links;
mod owners;
mod query;
mod said;
mod screen;
mod stored;

pub use compile::{List, compile};
pub use entity::entities;
pub use hit::{AlignedPart, Hit, Mention, NameMatch, Reason};
pub use index::{Index, IndexError, IndexStamp, ListStamp, write};
pub use links::Related;
pub use owners::{DirectShares, Owner, Owners};
pub use query::{Options, Query};
pub use said::Said;
pub use stored::{StoredError, stored, stored_in_memory};
