//! A case file for people and programs: terminal, HTML, CSV, FollowTheMoney.
//!
//! Views show and never work anything out: what they print is in the reading or the case. Words of a document
//! are hostile: each view escapes them for its medium.

pub mod csv;
pub mod ftm;
pub mod html;
pub mod terminal;
mod told;
mod words;
