//! The parties of compiled lists, and what spotting needs of each of their names.

use super::layout::{Compiled, Gathered, Section};
use crate::party::{NameQuality, Party};
use lagebild_mapped::{Multimap, Records, RecordsBuilder, hash_of, multimap};
use serde::{Deserialize, Serialize};

/// The parties of a file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Parties<'a> {
    whole: Records<'a>,
    heads: Records<'a>,
    names: Records<'a>,
    ids: Multimap<'a>,
}

/// Of a party what every hit on it needs.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct Head<'a> {
    pub(crate) id: &'a str,
    pub(crate) schema: &'a str,
    /// The place of its first name among all names.
    first_name: u32,
}

/// A listed name.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct ListedName<'a> {
    pub(crate) party: u32,
    /// Which of the party's names.
    pub(crate) number: u32,
    pub(crate) full: &'a str,
    /// The first family name, where the list tells it.
    pub(crate) family: &'a str,
    pub(crate) quality: NameQuality,
}

impl<'a> Parties<'a> {
    pub(crate) fn of(file: &'a Compiled) -> Self {
        Self {
            whole: Records::of(file.section(Section::Parties)),
            heads: Records::of(file.section(Section::Heads)),
            names: Records::of(file.section(Section::Names)),
            ids: Multimap::of(file.section(Section::Ids)),
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.whole.len()
    }

    /// A party as its list has it.
    pub(crate) fn get(&self, number: u32) -> Option<Party> {
        serde_json::from_slice(self.whole.get(number)?).ok()
    }

    /// The party of an id; of several the last one.
    pub(crate) fn of_id(&self, id: &str) -> Option<Party> {
        let bearers: Vec<u32> = self.ids.get(hash_of(id.as_bytes())).collect();
        bearers.into_iter().rev().filter_map(|number| self.get(number)).find(|party| party.id == id)
    }

    pub(super) fn head(&self, number: u32) -> Option<Head<'a>> {
        postcard::from_bytes(self.heads.get(number)?).ok()
    }

    /// A party's name by its place among the party's names.
    pub(super) fn name(&self, (party, number): (u32, u32)) -> Option<(Head<'a>, ListedName<'a>)> {
        let head = self.head(party)?;
        let name = self.name_at(head.first_name.checked_add(number)?)?;
        (name.party == party).then_some((head, name))
    }

    /// A name by its place among all names.
    pub(super) fn name_at(&self, place: u32) -> Option<ListedName<'a>> {
        postcard::from_bytes(self.names.get(place)?).ok()
    }
}

/// Puts down the parties of a file.
pub(super) fn compile(parties: &[Party], into: &mut Gathered) {
    let (mut whole, mut heads, mut names) =
        (RecordsBuilder::default(), RecordsBuilder::default(), RecordsBuilder::default());
    for (at, party) in (0u32..).zip(parties) {
        whole.push(&serde_json::to_vec(party).unwrap_or_default());
        let head = Head { id: &party.id, schema: &party.schema, first_name: names.len() };
        heads.push(&record(&head));
        for (number, name) in (0u32..).zip(&party.names) {
            let family = name.part("lastName").next().unwrap_or_default();
            let listed = ListedName { party: at, number, full: &name.full, family, quality: name.quality };
            names.push(&record(&listed));
        }
    }
    let ids = parties.iter().map(|party| hash_of(party.id.as_bytes())).zip(0u32..);
    into.put(Section::Ids, multimap(ids));
    into.put(Section::Parties, whole.finish());
    into.put(Section::Heads, heads.finish());
    into.put(Section::Names, names.finish());
}

/// A record in the form of `postcard`.
pub(super) fn record(value: &impl Serialize) -> Vec<u8> {
    postcard::to_stdvec(value).unwrap_or_default()
}

/// The records of a section.
pub(super) fn records(all: &[impl Serialize]) -> Vec<u8> {
    let mut builder = RecordsBuilder::default();
    for one in all {
        builder.push(&record(one));
    }
    builder.finish()
}
