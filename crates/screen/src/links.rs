//! Relations that the lists state, from both their ends.

use crate::{
    Index,
    layout::{Section, Sections},
};
use lagebild_mapped::u32_at;
use lagebild_watchlist::{End, Link, Party, list_of};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// A link in the index, with the numbers of the parties at its ends.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Stored {
    pub(crate) from: Option<u32>,
    pub(crate) to: Option<u32>,
    pub(crate) link: Link,
}

/// The same while it is written.
#[derive(Serialize)]
struct Written<'a> {
    from: Option<u32>,
    to: Option<u32>,
    link: &'a Link,
}

/// A relation of a party to another one, as the list states it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Related {
    /// What the party is to the other one, in words: "owned by".
    pub said: &'static str,
    /// Id of the other party; none where the list gives a name that none of its parties bears, or several do.
    pub party: Option<String>,
    /// How the other one is called.
    pub name: String,
    /// Its FollowTheMoney schema; empty where only its name is known.
    pub schema: String,
    /// The other one is on the list: not only named in its file.
    pub listed: bool,
    /// Number of the other party in the index.
    #[serde(skip)]
    pub number: Option<u32>,
    /// The list that states it.
    pub list: String,
    /// The link itself.
    pub link: Link,
}

/// Adds the links of all parties to an index.
pub(crate) fn push_links(sections: &mut Sections, parties: &[&Party]) {
    let linked = parties.iter().flat_map(|party| &party.links).next().is_some();
    let numbered = (0u32..).zip(parties).filter(|_| linked);
    let numbers: HashMap<&str, u32> =
        numbered.clone().map(|(number, party)| (party.id.as_str(), number)).collect();
    let mut of_party: Vec<(u32, u32)> = Vec::new();
    for (count, link) in (0u32..).zip(numbered.flat_map(|(_, party)| &party.links)) {
        let number = |end: &End| end.party().and_then(|id| numbers.get(id)).copied();
        let written = Written { from: number(&link.from), to: number(&link.to), link };
        let at = sections.end(Section::Links);
        sections.push_u32(Section::LinkOffsets, at);
        sections.of(Section::Links).extend(serde_json::to_vec(&written).unwrap_or_default());
        of_party.extend(written.from.into_iter().chain(written.to).map(|party| (party, count)));
    }
    let end = sections.end(Section::Links);
    sections.push_u32(Section::LinkOffsets, end);
    of_party.sort_unstable();
    of_party.dedup();
    let mut entries = of_party.iter().peekable();
    for party in 0..parties.len() as u32 {
        let at = sections.end(Section::PartyLinks) / 4;
        sections.push_u32(Section::PartyLinkOffsets, at);
        while let Some((_, link)) = entries.next_if(|(owner, _)| *owner == party) {
            sections.push_u32(Section::PartyLinks, *link);
        }
    }
    let at = sections.end(Section::PartyLinks) / 4;
    sections.push_u32(Section::PartyLinkOffsets, at);
}

impl Index {
    /// The relations that lists state of a party, whichever side's entry states them, in the order of the lists.
    pub fn links(&self, party: u32) -> Vec<Related> {
        let id = self.facts(party).id;
        self.stored_links(party).filter_map(|stored| self.related(&stored, party, &id)).collect()
    }

    fn related(&self, stored: &Stored, party: u32, id: &str) -> Option<Related> {
        let other = stored.link.other(id)?;
        let number = if stored.from == Some(party) { stored.to } else { stored.from };
        let (name, schema, listed) = match (other, number) {
            (End::Name(name), _) => (name.clone(), String::new(), false),
            (End::Party(id), None) => (id.clone(), String::new(), false),
            (End::Party(_), Some(number)) => self.shown(number),
        };
        Some(Related {
            said: stored.link.said(id),
            party: other.party().map(String::from),
            name,
            schema,
            listed,
            number,
            list: list_of(id).into(),
            link: stored.link.clone(),
        })
    }

    /// Name and schema of a party, and whether it is listed.
    pub(crate) fn shown(&self, number: u32) -> (String, String, bool) {
        let party = self.party(number).unwrap_or_default();
        (party.caption, party.schema, !party.only_named)
    }

    pub(crate) fn stored_links(&self, party: u32) -> impl Iterator<Item = Stored> {
        let offsets = self.section(Section::PartyLinkOffsets);
        let at = |party: usize| u32_at(offsets, party).map_or(0, |at| at as usize);
        let numbers = self.section(Section::PartyLinks);
        // A damaged offset must not make this run long.
        let end = at(party as usize + 1).min(numbers.len() / 4);
        let numbers = (at(party as usize)..end).filter_map(|at| u32_at(numbers, at));
        numbers.filter_map(|number| {
            serde_json::from_slice(self.record((Section::LinkOffsets, Section::Links), number)?).ok()
        })
    }
}
