//! The index file: a head that says where its sections lie, then the sections.
//!
//! ```text
//! "Lagebild index 2"   16 bytes
//! SHA-256              32 bytes, over all that follows
//! sections             u64 offset, u64 length of each, in the order of `Section`
//! …                    the sections, each beginning at a multiple of eight
//! ```
//! All numbers are little-endian. Every access is checked: a damaged file gives wrong or no answers, never a crash.

use sha2::{Digest, Sha256};
use std::ops::Range;

/// Begins every index; the digit is the version of the layout.
pub(crate) const MAGIC: &[u8; 16] = b"Lagebild index 3";
const HEAD: usize = MAGIC.len() + 32;

/// What the file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Section {
    /// JSON: [`crate::IndexStamp`].
    Stamp,
    /// Parties as JSON, one after the other.
    Parties,
    /// u32: where each party begins in `Parties`; one more for the end.
    PartyOffsets,
    /// What can be compared of each party besides its names ([`crate::facts::Facts`]).
    Facts,
    /// u32: where each party's facts begin; one more for the end.
    FactOffsets,
    /// Prepared names.
    Names,
    /// u32: where each name begins in `Names`; one more for the end.
    NameOffsets,
    /// u32: the party of each name.
    NameParties,
    /// u64: outlines of the parts of each name, one name after the other.
    Outlines,
    /// u32: where each name's outlines begin in `Outlines`; one more for the end.
    OutlineOffsets,
    /// u64, ascending: the keys.
    Keys,
    /// u32: where each key's names begin in `Postings`, counted in entries; one more for the end.
    KeyOffsets,
    /// u32, ascending within a key: names with the part that stands there (`candidates::entry`).
    Postings,
}

const SECTIONS: usize = Section::Postings as usize + 1;

/// Sections while they are gathered.
#[derive(Default)]
pub(crate) struct Sections([Vec<u8>; SECTIONS]);

impl Sections {
    pub(crate) fn of(&mut self, section: Section) -> &mut Vec<u8> {
        &mut self.0[section as usize]
    }

    pub(crate) fn push_u32(&mut self, section: Section, value: u32) {
        self.of(section).extend(value.to_le_bytes());
    }

    /// The length of a section in bytes, as an offset.
    pub(crate) fn end(&self, section: Section) -> u32 {
        self.0[section as usize].len() as u32
    }

    /// The whole file.
    pub(crate) fn finish(self) -> Vec<u8> {
        let mut places = Vec::new();
        let mut body = Vec::new();
        let table = SECTIONS * 16;
        for section in &self.0 {
            body.resize(body.len().next_multiple_of(8), 0);
            places.extend(((HEAD + table + body.len()) as u64).to_le_bytes());
            places.extend((section.len() as u64).to_le_bytes());
            body.extend(section);
        }
        let digest = Sha256::new().chain_update(&places).chain_update(&body).finalize();
        [MAGIC.as_slice(), &digest, &places, &body].concat()
    }
}

/// Where each section lies in the bytes of a file.
#[derive(Debug)]
pub(crate) struct Layout([Range<usize>; SECTIONS]);

impl Layout {
    /// None when the bytes are no index of this version, or were cut short.
    pub(crate) fn parse(bytes: &[u8]) -> Option<Self> {
        bytes.starts_with(MAGIC).then_some(())?;
        let mut places: [Range<usize>; SECTIONS] = std::array::from_fn(|_| 0..0);
        for (at, place) in places.iter_mut().enumerate() {
            let number = |from: usize| {
                let eight = bytes.get(from..from + 8)?.try_into().ok()?;
                usize::try_from(u64::from_le_bytes(eight)).ok()
            };
            let (start, length) = (number(HEAD + at * 16)?, number(HEAD + at * 16 + 8)?);
            *place = start..start.checked_add(length).filter(|&end| end <= bytes.len())?;
        }
        Some(Self(places))
    }

    /// The bytes of a section.
    pub(crate) fn get<'a>(&self, bytes: &'a [u8], section: Section) -> &'a [u8] {
        bytes.get(self.0[section as usize].clone()).unwrap_or_default()
    }
}

/// The hash that the file states of itself, and whether it holds.
pub(crate) fn stated_hash(bytes: &[u8]) -> (String, bool) {
    let stated = bytes.get(MAGIC.len()..HEAD).unwrap_or_default();
    let found = Sha256::digest(bytes.get(HEAD..).unwrap_or_default());
    (hex(stated), found.as_slice() == stated)
}

/// The hash that the file states of itself.
pub(crate) fn hash(bytes: &[u8]) -> String {
    hex(bytes.get(MAGIC.len()..HEAD).unwrap_or_default())
}

/// Bytes in hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .map(|n| char::from(b"0123456789abcdef"[usize::from(n)]))
        .collect()
}

/// The number at place `at` of a section of u32.
pub(crate) fn u32_at(section: &[u8], at: usize) -> Option<u32> {
    section.get(at * 4..at * 4 + 4)?.try_into().ok().map(u32::from_le_bytes)
}

/// The number at place `at` of a section of u64.
pub(crate) fn u64_at(section: &[u8], at: usize) -> Option<u64> {
    section.get(at * 8..at * 8 + 8)?.try_into().ok().map(u64::from_le_bytes)
}
