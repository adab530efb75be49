//! The index file, opened.

use crate::layout::{MAGIC, SECTIONS, Section};
use crate::{compile::List, facts::Facts};
use lagebild_mapped::{Mapped, Misfit, u32_at, u64_at};
use lagebild_names::{Name, Outline};
use lagebild_watchlist::{Party, Stamp, Watchlist};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// A list in an index.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListStamp {
    /// Short name, such as `ofac-sdn`.
    pub name: String,
    /// The day that the list states, ISO 8601; empty when it states none.
    pub date: String,
    /// SHA-256 over its parties, in hexadecimal.
    pub hash: String,
    /// How many parties it has.
    pub parties: usize,
}

/// What an index was made of: another of any of these is another index.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndexStamp {
    /// Version of the program that compiled it.
    pub software: String,
    /// SHA-256 of that part of the program which an index comes from and is read by, dependencies included.
    pub build: String,
    /// SHA-256 of what the program knows of names and countries: the files in `data/names` and `data/world`.
    pub knowledge: String,
    /// Its lists.
    pub lists: Vec<ListStamp>,
    /// All parties.
    pub parties: usize,
    /// All names.
    pub names: usize,
}

/// Why an index could not be opened or written.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// The file could not be read or written.
    #[error("{0}: {1}")]
    File(PathBuf, std::io::Error),
    /// The bytes are no index, or of another layout.
    #[error("{0} is no index of this version; compile it again")]
    Layout(PathBuf),
    /// The bytes are not those that were written: a fault of the disk, or a file that breaks off.
    #[error(
        "{0}: the index is damaged (its content does not have its checksum), so nothing is answered from it; remove the file, \
         and it is compiled again from the lists"
    )]
    Damaged(PathBuf),
    /// It was made by another program, or with other knowledge of names: its answers would not be this program's.
    #[error(
        "{0}: the index was made by another build of the program or with other data on names; compile it again"
    )]
    Foreign(PathBuf),
}

impl IndexStamp {
    /// The stamp of what this very program makes of lists.
    pub(crate) fn of(lists: Vec<ListStamp>) -> Self {
        Self {
            software: env!("CARGO_PKG_VERSION").into(),
            build: env!("BUILD_HASH").into(),
            knowledge: format!("{}{}", lagebild_names::DATA_HASH, env!("DATA_HASH")),
            lists,
            ..Self::default()
        }
    }

    /// Whether this very program made it; which lists it was made of is another question.
    fn is_ours(&self) -> bool {
        let own = Self::of(Vec::new());
        (&self.software, &self.build, &self.knowledge) == (&own.software, &own.build, &own.knowledge)
    }
}

/// Compiled lists, ready to be asked. It may be shared between threads.
#[derive(Debug)]
pub struct Index {
    file: Mapped,
    stamp: IndexStamp,
}

impl Index {
    /// Maps an index file into memory. All of it is read once, for its checksum; refused is what does not have it, and what
    /// this very program did not make.
    pub fn open(path: &Path) -> Result<Self, IndexError> {
        Self::new(Mapped::open(path, MAGIC, SECTIONS), path)
    }

    /// Reads an index file into memory, for a program that runs for long: one that was mapped would be killed by whoever cuts
    /// the file off meanwhile. Refused is the same as by [`Index::open`].
    pub fn load(path: &Path) -> Result<Self, IndexError> {
        Self::new(Mapped::load(path, MAGIC, SECTIONS), path)
    }

    /// An index from the bytes of such a file. None where [`Index::open`] would refuse the file.
    pub fn from_bytes(bytes: Vec<u8>) -> Option<Self> {
        Self::new(Mapped::from_bytes(bytes, MAGIC, SECTIONS), Path::new("")).ok()
    }

    /// Lists compiled for this run only.
    pub fn of_lists(lists: &[List]) -> Option<Self> {
        Self::from_bytes(crate::compile(lists))
    }

    /// The built-in list, compiled for this run: for a first look, not for compliance.
    pub fn starter() -> Option<Self> {
        let starter = Watchlist::starter();
        let Stamp { name, date, hash, .. } = starter.stamp().clone();
        let parties: Vec<Party> = starter.parties().collect();
        let stamp = ListStamp { name, date, hash, parties: parties.len() };
        Self::of_lists(&[List { stamp, parties }])
    }

    fn new(file: Result<Mapped, Misfit>, path: &Path) -> Result<Self, IndexError> {
        let file = file.map_err(|misfit| match misfit {
            Misfit::File(error) => IndexError::File(path.into(), error),
            Misfit::Layout => IndexError::Layout(path.into()),
            Misfit::Damaged => IndexError::Damaged(path.into()),
        })?;
        let stamp: Option<IndexStamp> = serde_json::from_slice(file.get(Section::Stamp as usize)).ok();
        let stamp = stamp.filter(IndexStamp::is_ours).ok_or_else(|| IndexError::Foreign(path.into()))?;
        Ok(Self { file, stamp })
    }

    /// What it was made of.
    pub fn stamp(&self) -> &IndexStamp {
        &self.stamp
    }

    /// SHA-256 of its content, as the file states it.
    pub fn hash(&self) -> String {
        self.file.hash()
    }

    /// How many parties there are; their numbers are 0 to this.
    pub fn parties(&self) -> u32 {
        u32::try_from(self.section(Section::PartyOffsets).len() / 4).unwrap_or(u32::MAX).saturating_sub(1)
    }

    /// A party as its list has it.
    pub fn party(&self, number: u32) -> Option<Party> {
        serde_json::from_slice(self.record((Section::PartyOffsets, Section::Parties), number)?).ok()
    }

    pub(crate) fn facts(&self, party: u32) -> Facts {
        let bytes = self.record((Section::FactOffsets, Section::Facts), party).unwrap_or_default();
        postcard::from_bytes(bytes).unwrap_or_default()
    }

    pub(crate) fn names(&self) -> usize {
        self.section(Section::NameParties).len() / 4
    }

    pub(crate) fn name(&self, number: u32) -> Option<Name> {
        Name::from_bytes(self.name_bytes(number)?)
    }

    /// A name as it lies in the index: the same bytes for the same name.
    pub(crate) fn name_bytes(&self, number: u32) -> Option<&[u8]> {
        self.record((Section::NameOffsets, Section::Names), number)
    }

    pub(crate) fn party_of_name(&self, name: u32) -> Option<u32> {
        u32_at(self.section(Section::NameParties), name as usize)
    }

    /// The parts of a name, each by the number of its outline.
    pub(crate) fn parts(&self, name: u32) -> impl Iterator<Item = u32> {
        let offsets = self.section(Section::PartOffsets);
        let at = |name: usize| u32_at(offsets, name).map_or(0, |at| at as usize * 4);
        let bytes =
            self.section(Section::Parts).get(at(name as usize)..at(name as usize + 1)).unwrap_or_default();
        bytes.chunks_exact(4).map(|four| u32::from_le_bytes(four.try_into().unwrap_or_default()))
    }

    /// The outline of this number; an empty one where there is none.
    pub(crate) fn outline(&self, number: u32) -> Outline {
        let at = number as usize * Outline::BYTES;
        let bytes = self.section(Section::Outlines).get(at..at + Outline::BYTES);
        bytes.and_then(|bytes| bytes.try_into().ok()).map(Outline::from_bytes).unwrap_or_default()
    }

    /// The numbers of the names of a party that one name is of.
    pub(crate) fn names_beside(&self, name: u32) -> std::ops::Range<u32> {
        let party = self.party_of_name(name);
        let same = |number: &u32| party.is_some() && self.party_of_name(*number) == party;
        let before = (0..name).rev().take_while(same).count() as u32;
        let after = (name..self.names() as u32).take_while(same).count() as u32;
        name - before..name + after
    }

    /// The names that stand at a key, as bytes of u32.
    pub(crate) fn posting(&self, key: u64) -> &[u8] {
        let keys = self.section(Section::Keys);
        let (mut from, mut to) = (0, keys.len() / 8);
        while from < to {
            let middle = usize::midpoint(from, to);
            match u64_at(keys, middle) {
                Some(found) if found < key => from = middle + 1,
                _ => to = middle,
            }
        }
        if u64_at(keys, from) != Some(key) {
            return &[];
        }
        let offsets = self.section(Section::KeyOffsets);
        let at = |place| u32_at(offsets, place).map(|entry| entry as usize * 4);
        let (Some(start), Some(end)) = (at(from), at(from + 1)) else { return &[] };
        self.section(Section::Postings).get(start..end).unwrap_or_default()
    }

    pub(crate) fn record(&self, (offsets, section): (Section, Section), number: u32) -> Option<&[u8]> {
        let offsets = self.section(offsets);
        let (start, end) = (u32_at(offsets, number as usize)?, u32_at(offsets, number as usize + 1)?);
        self.section(section).get(start as usize..end as usize)
    }

    pub(crate) fn section(&self, section: Section) -> &[u8] {
        self.file.get(section as usize)
    }
}

/// Writes an index where readers have either the old one or the new one ([`lagebild_mapped::write`]).
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), IndexError> {
    lagebild_mapped::write(path, bytes).map_err(|error| IndexError::File(path.into(), error))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Options, Query, compile};
    use lagebild_watchlist::PartyName;
    use proptest::prelude::*;

    fn bytes() -> Vec<u8> {
        let mut party = Party { id: "x:1".into(), schema: "Person".into(), ..Party::default() };
        party.add_name(PartyName { full: "Anna Muster-Beispiel".into(), ..PartyName::default() });
        party.add("birthDate", "1970-01-02");
        compile(&[List { stamp: ListStamp::default(), parties: vec![party] }])
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(300))]

        /// Even a file that was made to have its checksum never crashes whoever opens or asks it.
        #[test]
        fn damage_does_not_crash(at in 0usize..20_000, value: u8) {
            let mut bytes = bytes();
            let length = bytes.len();
            bytes[at % length] = value;
            lagebild_mapped::seal(&mut bytes);
            if let Some(index) = Index::from_bytes(bytes) {
                let all = Options { cutoff: 0.0, ..Options::default() };
                index.screen(&Query::name("Anna Muster", None), &all);
                index.party(0);
                index.links(0);
                index.owners(0);
            }
        }
    }
}
