//! The index file (`lagebild_mapped`): its sections. All numbers are little-endian.

use lagebild_mapped::{Magic, Mapped};

/// Begins every index; the digit is the version of the layout.
pub(crate) const MAGIC: &Magic = b"Lagebild index 8";

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
    /// u128: the outlines that parts of names have, each once.
    Outlines,
    /// u32: the parts of each name by their places in `Outlines`, one name after the other.
    Parts,
    /// u32: where each name's parts begin in `Parts`, counted in parts; one more for the end.
    PartOffsets,
    /// u64, ascending: the keys.
    Keys,
    /// u32: where each key's names begin in `Postings`, counted in entries; one more for the end.
    KeyOffsets,
    /// u32, ascending within a key: names with the part that stands there (`candidates::entry`).
    Postings,
    /// JSON: the links that parties state ([`crate::links::Stored`]), one after the other.
    Links,
    /// u32: where each link begins in `Links`; one more for the end.
    LinkOffsets,
    /// u32: the links of each party, whichever end of them it is, by their numbers, one party after the other.
    PartyLinks,
    /// u32: where each party's links begin in `PartyLinks`, counted in links; one more for the end.
    PartyLinkOffsets,
}

pub(crate) const SECTIONS: usize = Section::PartyLinkOffsets as usize + 1;

/// Sections while they are gathered.
pub(crate) struct Sections(lagebild_mapped::Sections);

impl Default for Sections {
    fn default() -> Self {
        Self(lagebild_mapped::Sections::new(SECTIONS))
    }
}

impl Sections {
    pub(crate) fn of(&mut self, section: Section) -> &mut Vec<u8> {
        self.0.of(section as usize)
    }

    pub(crate) fn push_u32(&mut self, section: Section, value: u32) {
        self.of(section).extend(value.to_le_bytes());
    }

    /// The length of a section in bytes, as an offset.
    pub(crate) fn end(&mut self, section: Section) -> u32 {
        self.of(section).len() as u32
    }

    /// The whole file.
    pub(crate) fn finish(self) -> Mapped {
        self.0.finish(MAGIC)
    }
}
