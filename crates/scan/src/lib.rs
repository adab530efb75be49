//! Batches in Arrow columns: documents in, readings out; names in, hits out.
//!
//! ```text
//! documents (id, text, …) ── scan ──► the same rows: hits, statements, transfers, findings, or the error
//! names (name, …) ────────── screen ► the same rows: the listed parties that each may be
//! ```
//! Both are pure: a batch, the lists and the day are arguments, one row gives one row, in its place. A row that cannot be read says so
//! in its column `error` and stops no other. What wants many cores or machines cuts its rows into batches and hands each to one of them:
//! Python does (`crates/python`), and so may any engine that speaks Arrow.
//!
//! Knows Arrow and where lists are taken from. It must not know how a text is read, nor threads, clocks, Python or an engine.

mod column;
mod error;
mod lists;
mod reader;
mod row;
mod scan;
mod schema;
mod screen;

pub use error::{ListsError, ScanError};
pub use lists::Lists;
pub use reader::Reader;
pub use scan::{scan, scan_schema};
pub use screen::{screen, screen_schema};
