//! Downloads: of published lists, which are checked before they replace anything, and of pages, feeds and files.
//!
//! ```text
//! publishers.yaml ── download (a file beside the store) ── Store::add (format, whole, not shrunk, not older) ── a version
//! an address ── robots.txt, pace, public addresses only, type, size, time: at each redirect ── a copy with its record
//! ```
//! The only crate that speaks to the network, and only where a user asks for it ([`update`], [`Fetcher`]).
//!
//! Knows addresses and limits. It must not know what a list or a page means (the store judges a list), and keeps the old
//! version when in doubt.

mod download;
mod fetcher;
mod publishers;
mod reach;
mod robots;
mod settings;
mod update;

pub use download::{Limits, Marks, Problem};
pub use fetcher::{Answer, Copy, Fetcher};
pub use publishers::{Publisher, Token, publishers};
pub use reach::is_public;
pub use settings::{Settings, Watching};
pub use update::{Outcome, UpdateError, update};
