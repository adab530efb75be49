//! Watching lists: what a new version changes for those who are named in cases, and for those who are watched.
//!
//! Only parties that came, changed or went are asked: names against an index of these alone. The score of a name and a party does
//! not depend on who else is listed, so this finds what asking the whole list would.

use crate::model::{Found, ItemRef, Watched};
use crate::notices::What;
use lagebild_names::scores::SHOWN;
use lagebild_screen::{Hit, Index, List, ListStamp, Options, Query};
use lagebild_watchlist::Party;
use lagebild_watchlist::store::{Changed, Difference, difference};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What a list changed about an item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// The item that was there before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<u64>,
    /// The party.
    pub party: String,
    /// What changed, in words.
    pub words: String,
    /// A name that was on no list before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub found: Option<Found>,
}

/// Somebody watched of whom a list changed something.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Subject {
    /// Who is watched.
    #[serde(flatten)]
    pub watched: Watched,
    /// The party.
    pub party: String,
    /// Its name on the list.
    pub listed: String,
    /// How like the names are, 0 to 1.
    pub score: f64,
    /// What changed, in words.
    pub words: String,
}

/// What lists changed.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Changes {
    /// The lists that changed: name with the day before and the day now.
    pub lists: Vec<String>,
    /// Parties that came, changed and went.
    pub parties: [usize; 3],
    /// Items with news.
    pub items: Vec<(ItemRef, String)>,
    /// Watched names and parties with news.
    pub watched: Vec<Subject>,
}

/// A version of a list against the one before.
pub(crate) struct Turn {
    pub(crate) difference: Difference,
    pub(crate) day: String,
    pub(crate) list: String,
    /// Parties that came or changed, as they are now.
    new: Option<Index>,
    /// Parties that changed or went, as they were.
    old: Option<Index>,
    came: BTreeSet<String>,
    changed: BTreeMap<String, Changed>,
    gone: BTreeSet<String>,
}

/// What a new version says of a name.
pub(crate) struct Answer {
    pub(crate) hit: Hit,
    pub(crate) words: String,
}

impl Turn {
    /// What became of a list.
    pub(crate) fn new(list: &str, day: &str, before: &[Party], now: &[Party]) -> Self {
        let difference = difference(before, now);
        let ids = |named: &[lagebild_watchlist::store::Named]| -> BTreeSet<String> {
            named.iter().map(|named| named.id.clone()).collect()
        };
        let changed: BTreeMap<String, Changed> =
            difference.changed.iter().map(|changed| (changed.id.clone(), changed.clone())).collect();
        let (came, gone) = (ids(&difference.added), ids(&difference.removed));
        let some = |parties: &[Party], wanted: &BTreeSet<String>| {
            let wanted = |party: &&Party| wanted.contains(&party.id) || changed.contains_key(&party.id);
            let parties: Vec<Party> = parties.iter().filter(wanted).cloned().collect();
            let stamp = ListStamp {
                name: list.into(),
                date: day.into(),
                hash: String::new(),
                parties: parties.len(),
            };
            if parties.is_empty() { None } else { Index::of_lists(&[List { stamp, parties }]) }
        };
        let (new, old) = (some(now, &came), some(before, &gone));
        Self { difference, day: day.into(), list: list.into(), new, old, came, changed, gone }
    }

    /// What the new version says of a name that it did not say before; `all` also what it still says of changed parties.
    pub(crate) fn ask(&self, name: &str, schema: Option<&str>, all: bool) -> Vec<Answer> {
        let query = Query::name(name, schema);
        let options = Options { limit: usize::MAX, ..Options::default() };
        let hits = |index: &Option<Index>| -> Vec<Hit> {
            index.as_ref().map(|index| index.screen(&query, &options)).unwrap_or_default()
        };
        let matched = |hit: &Hit| hit.matched && hit.score >= SHOWN;
        let (now, before) = (hits(&self.new), hits(&self.old));
        let mut answers = Vec::new();
        for hit in now.into_iter().filter(matched) {
            let known = before.iter().any(|old| old.party == hit.party && matched(old));
            let words = match self.changed.get(&hit.party) {
                Some(changed) => self.change_in_words(changed),
                None => format!("listed since {} ({})", self.day, self.list),
            };
            if all || !known {
                answers.push(Answer { hit, words });
            }
        }
        for hit in before.into_iter().filter(|hit| all && matched(hit) && self.gone.contains(&hit.party)) {
            answers.push(Answer { hit, words: self.gone_in_words() });
        }
        answers
    }

    /// What became of a party; none where it stayed as it was.
    pub(crate) fn party(&self, id: &str) -> Option<String> {
        if self.gone.contains(id) {
            return Some(self.gone_in_words());
        }
        self.changed.get(id).map(|changed| self.change_in_words(changed))
    }

    /// What became of a party, and the fields in which it changed; none where it stayed as it was.
    pub(crate) fn became(&self, id: &str) -> Option<(What, Vec<String>)> {
        if self.came.contains(id) {
            return Some((What::Listed, Vec::new()));
        }
        if self.gone.contains(id) {
            return Some((What::Removed, Vec::new()));
        }
        let fields = &self.changed.get(id)?.fields;
        let names = fields.iter().find(|field| field.field == "name");
        let what = match names {
            Some(names) if !names.added.is_empty() => What::NewAlias,
            Some(names) if !names.removed.is_empty() => What::AliasGone,
            _ => What::Changed,
        };
        Some((what, fields.iter().map(|field| field.field.clone()).collect()))
    }

    /// The parties that changed or went.
    pub(crate) fn touched(&self) -> impl Iterator<Item = &String> {
        self.changed.keys().chain(&self.gone)
    }

    fn gone_in_words(&self) -> String {
        format!("removed from {} ({})", self.list, self.day)
    }

    /// "new alias: X; birthDate now 1970, no longer 1971 (un-sc, 2026-11-01)".
    fn change_in_words(&self, changed: &Changed) -> String {
        let mut words = Vec::new();
        for field in &changed.fields {
            let (came, went) = (field.added.join(", "), field.removed.join(", "));
            words.push(match (field.field.as_str(), came.is_empty(), went.is_empty()) {
                ("name", false, true) => format!("new alias: {came}"),
                ("name", true, false) => format!("alias no longer listed: {went}"),
                (field, false, true) => format!("{field}: {came} added"),
                (field, true, false) => format!("{field}: {went} removed"),
                (field, _, _) => format!("{field}: now {came}, before {went}"),
            });
        }
        format!("{} ({}, {})", words.join("; "), self.list, self.day)
    }
}
