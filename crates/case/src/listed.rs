//! Relations that the lists themselves state, between parties that are both named in the case.

use crate::entities::{CaseEntity, CaseEntityId};
use lagebild_reading::{Reading, Stamp};
use lagebild_watchlist::{Link, list_of};
use serde::Serialize;
use std::collections::BTreeMap;

/// A relation that a list states between two parties, which two of those named in the case may be.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ListedRelation {
    /// Who may be the one end: the owner, the leader, ….
    pub from: CaseEntityId,
    /// Who may be the other.
    pub to: CaseEntityId,
    /// What the second is to the first, in words: "owned by".
    pub said: &'static str,
    /// The list that states it.
    pub list: String,
    /// The day of that list.
    pub version: Option<String>,
    /// What it states, by the ids of its parties.
    pub link: Link,
}

/// The relations, in the order of the documents that name the parties.
pub(crate) fn between(readings: &[Reading], entities: &[CaseEntity]) -> Vec<ListedRelation> {
    let mut bearers: BTreeMap<&str, Vec<CaseEntityId>> = BTreeMap::new();
    for entity in entities {
        for hit in &entity.matches {
            bearers.entry(&hit.party).or_default().push(entity.id);
        }
    }
    let may_be = |party: Option<&str>| party.and_then(|id| bearers.get(id)).into_iter().flatten();
    let mut all: Vec<ListedRelation> = Vec::new();
    for reading in readings {
        for (party, link) in
            reading.listings.iter().flat_map(|one| one.links.iter().map(move |link| (one, link)))
        {
            let list = list_of(&party.party);
            for &from in may_be(link.from.party()) {
                for &to in may_be(link.to.party()).filter(|to| **to != from) {
                    let one = ListedRelation {
                        from,
                        to,
                        said: link.to.party().map_or("linked to", |id| link.said(id)),
                        list: list.into(),
                        version: version(&reading.stamp, list),
                        link: link.clone(),
                    };
                    if !all.contains(&one) {
                        all.push(one);
                    }
                }
            }
        }
    }
    all
}

fn version(stamp: &Stamp, list: &str) -> Option<String> {
    let of_list = stamp.watchlist.lists.iter().find(|one| one.name == list);
    of_list.unwrap_or(&stamp.watchlist).date.clone()
}
