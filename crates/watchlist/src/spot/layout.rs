//! The file of compiled lists: its sections.

use crate::watchlist::Stamp;
use lagebild_mapped::{Magic, Mapped, Misfit, Sections};
use serde::{Deserialize, Serialize};

/// Begins every such file; the digit is the version of the layout.
pub(crate) const MAGIC: &Magic = b"Lagebild names 1";

/// What the file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Section {
    /// JSON: [`Made`].
    Made,
    /// Records: parties as JSON.
    Parties,
    /// Records: [`super::parties::Head`] of each party.
    Heads,
    /// Records: [`super::parties::ListedName`], one party after the other.
    Names,
    /// Parties by the hash of their id.
    Ids,
    /// Numbers of keys by the hash of the key.
    Keys,
    /// Records: [`super::persons::Name`].
    Persons,
    /// Persons' names by family name and first given name.
    PersonPairs,
    /// Persons' names by family name and the first letter of the first given name.
    PersonInitials,
    /// Records: [`super::persons::Family`].
    Families,
    /// Families by the key of the name.
    FamilyKeys,
    /// Records: [`super::bodies::Name`].
    Bodies,
    /// Bodies' names by their first two words.
    BodyPairs,
    /// Bodies' names by their only word.
    BodySingles,
    /// On how many lists a name of one word stands, by its key and letters.
    BodyLists,
    /// The keys of bodies' first words.
    BodyFirsts,
    /// Records: [`super::exact::Name`].
    Exact,
    /// Names that are compared letter by letter, by their first two letters.
    ExactStarts,
    /// The words of such persons' names, by their hashes.
    ExactWords,
    /// Names (by their places in `Names`) by the consonants of family and first name.
    Foreign,
    /// Parties by the hash of a number that they bear.
    Identifiers,
}

const SECTIONS: usize = Section::Identifiers as usize + 1;

/// What a file was made of, and by what: of anything else it is made anew.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Made {
    /// SHA-256 of the part of the program that makes and reads it, dependencies included.
    pub(crate) build: String,
    /// The data that spotting and names rest on, by their hashes.
    pub(crate) knowledge: String,
    /// The lists.
    pub(crate) stamp: Stamp,
}

impl Made {
    /// What this very program makes of lists.
    pub(crate) fn of(stamp: Stamp) -> Self {
        let knowledge = format!("{}{}", lagebild_names::DATA_HASH, crate::DATA_HASH);
        Self { build: env!("BUILD_HASH").into(), knowledge, stamp }
    }
}

/// Sections while they are gathered.
pub(super) struct Gathered(Sections);

impl Gathered {
    pub(super) fn new() -> Self {
        Self(Sections::new(SECTIONS))
    }

    pub(super) fn put(&mut self, section: Section, bytes: Vec<u8>) {
        *self.0.of(section as usize) = bytes;
    }

    pub(super) fn finish(self, made: Made) -> Compiled {
        Compiled { file: self.0.finish(MAGIC), made }
    }
}

/// A file of compiled lists, opened.
#[derive(Debug)]
pub(crate) struct Compiled {
    file: Mapped,
    made: Made,
}

/// How [`Mapped`] comes by a file.
pub(crate) type Opening = fn(&std::path::Path, &Magic, usize) -> Result<Mapped, Misfit>;

impl Compiled {
    /// Opens a file; none where it is damaged, or not this very program's.
    pub(crate) fn open(path: &std::path::Path, opening: Opening) -> Option<Self> {
        let file = opening(path, MAGIC, SECTIONS).ok()?;
        let made: Made = serde_json::from_slice(file.get(Section::Made as usize)).ok()?;
        let ours = Made::of(made.stamp.clone());
        (made == ours).then_some(Self { file, made })
    }

    pub(crate) fn stamp(&self) -> &Stamp {
        &self.made.stamp
    }

    /// The whole file.
    pub(crate) fn bytes(&self) -> &[u8] {
        self.file.bytes()
    }

    pub(super) fn section(&self, section: Section) -> &[u8] {
        self.file.get(section as usize)
    }
}
