//! Downloads of published lists: conditional, limited in size and time, checked before they replace anything.
//!
//! ```text
//! publishers.yaml ── download (a file beside the store) ── Store::add (format, whole, not shrunk, not older) ── a version
//! ```
//! The only crate that speaks to the network, and only where a user asks for it ([`update`]).
//!
//! Knows addresses and limits. It must not know what a list means (the store judges a file), and keeps the old version
//! when in doubt.

mod download;
mod publishers;
mod update;

pub use download::{Limits, Problem};
pub use publishers::{Publisher, Token, publishers};
pub use update::{Outcome, UpdateError, update};
