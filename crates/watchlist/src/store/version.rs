//! What the store knows of one version of a list, and which version holds on a day.

use crate::party::{NameQuality, Party};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// One version of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The list's short name, such as `ofac-sdn`.
    pub name: String,
    /// The day that its file states, ISO 8601; empty when it states none.
    pub date: String,
    /// The day on which it was added, ISO 8601.
    #[serde(default)]
    pub added: String,
    /// Where it came from: an address, or names of files.
    #[serde(default)]
    pub source: String,
    /// The format that it was read in, such as `un-xml`.
    #[serde(default)]
    pub format: String,
    /// How many parties it has.
    pub parties: usize,
    /// How many of each FollowTheMoney schema.
    #[serde(default)]
    pub schemata: BTreeMap<String, usize>,
    /// How many names they have.
    #[serde(default)]
    pub names: usize,
    /// How many of these the publisher calls weak.
    #[serde(default)]
    pub weak_names: usize,
    /// How many relations between parties they state.
    #[serde(default)]
    pub links: usize,
    /// How many relations lead to nobody on the list: those that give a name are among `links`.
    #[serde(default)]
    pub unresolved_links: usize,
    /// How many records could not be read or had to be mended.
    pub problems: usize,
    /// SHA-256 over its parties, in hexadecimal.
    pub hash: String,
}

impl Entry {
    /// The day from which it holds: the one that the file states, else the one on which it was added. Empty when
    /// neither is known.
    pub fn day(&self) -> &str {
        if self.date.is_empty() { &self.added } else { &self.date }
    }

    /// Counts parties and names.
    pub(super) fn count(&mut self, parties: &[Party]) {
        self.parties = parties.len();
        for party in parties {
            self.links += party.links.len();
            *self.schemata.entry(party.schema.clone()).or_default() += 1;
            self.names += party.names.len();
            self.weak_names += party.names.iter().filter(|name| name.quality == NameQuality::Weak).count();
        }
    }
}

/// The version of a list (oldest first) that holds on a day: the last one that is not younger. Where all are younger
/// it is the oldest one, since a list that is too young says more than none; its `day` shows it. Without a day the last.
pub fn in_force(versions: &[Entry], day: Option<Date>) -> Option<&Entry> {
    let Some(day) = day else { return versions.last() };
    let day = day.to_string();
    versions.iter().rev().find(|version| version.day() <= day.as_str()).or_else(|| versions.first())
}

/// After how many days a list is called stale that `publishers.yaml` does not know: most change about weekly.
const STALE_DAYS: u16 = 14;

/// What `data/lists/publishers.yaml` says of a list's age; its other fields are for the download.
#[derive(Deserialize)]
struct Publisher {
    name: String,
    stale_days: u16,
}

/// After how many days without a newer version a list is called stale.
pub fn stale_days(list: &str) -> u16 {
    static ALL: LazyLock<Vec<Publisher>> = LazyLock::new(|| {
        const JSON: &str = include_str!(concat!(env!("OUT_DIR"), "/lists-publishers.json"));
        lagebild_data::embedded("lists/publishers.yaml", JSON).unwrap_or_default()
    });
    ALL.iter().find(|publisher| publisher.name == list).map_or(STALE_DAYS, |publisher| publisher.stale_days)
}

/// One hash over versions of lists: another hash, another content. Names an index that is compiled of them.
pub fn combined_hash(entries: &[Entry]) -> String {
    let mut digest = Sha256::new();
    for entry in entries {
        digest.update(entry.name.as_bytes());
        digest.update([0]);
        digest.update(entry.hash.as_bytes());
        digest.update([0]);
    }
    lagebild_mapped::hex(&digest.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(date: &str) -> Entry {
        Entry { date: date.into(), added: "2026-01-01".into(), ..Entry::default() }
    }

    #[test]
    fn publishers_say_when_a_list_is_stale() {
        assert_eq!((stale_days("ofac-consolidated"), stale_days("my-own")), (90, 14));
    }

    #[test]
    fn the_version_of_a_day_is_the_last_that_is_not_younger() {
        let versions = [version("2024-01-10"), version("2024-03-01"), version("")];
        let day = |day: &str| in_force(&versions, day.parse().ok()).map(Entry::day).unwrap();
        assert_eq!(day("2024-03-01"), "2024-03-01");
        assert_eq!(day("2024-02-29"), "2024-01-10");
        assert_eq!(day("2026-01-02"), "2026-01-01");
        assert_eq!(day("2020-01-01"), "2024-01-10", "none is old enough: the oldest");
        assert_eq!(in_force(&versions, None), versions.last());
        assert_eq!(in_force(&[], None), None);
    }
}
