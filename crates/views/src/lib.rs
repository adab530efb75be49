//! A case file for people and programs: terminal, HTML, CSV, FollowTheMoney, and the forms of other programs ([`export`]).
//!
//! Views show and never work anything out: what they print is in the reading or the case. Words of a document
//! are hostile: each view escapes them for its medium.
//!
//! Knows media and their escapes. It must not read files, screen or check anything, nor word a finding as a judgement.

pub mod csv;
pub mod export;
pub mod ftm;
pub mod html;
pub mod links;
mod lists;
pub mod screened;
pub mod terminal;
mod told;
mod words;
