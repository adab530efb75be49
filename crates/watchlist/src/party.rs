//! A listed party, in FollowTheMoney terms (<https://followthemoney.tech/explorer/>).

use crate::link::{End, Link};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One party of one list, with everything that its publisher says of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Party {
    /// Stable id: the list's short name and the publisher's reference, such as `ofac-sdn:20157`.
    pub id: String,
    /// FollowTheMoney schema: `Person`, `Organization`, `Company`, `Vessel`, `Airplane`, `LegalEntity`, ….
    pub schema: String,
    /// The publisher's primary name.
    pub caption: String,
    /// All names, the primary one first.
    pub names: Vec<PartyName>,
    /// FollowTheMoney properties other than names: `birthDate`, `nationality`, `imoNumber`, `program`, ….
    pub properties: BTreeMap<String, Vec<String>>,
    /// Relations that its entry states.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// The file names it without listing it: FollowTheMoney data hold owners and relatives of those who are listed.
    #[serde(default, skip_serializing_if = "is_false")]
    pub only_named: bool,
}

/// Short name of the list that a party is on, by the party's id: what stands before the colon.
pub fn list_of(id: &str) -> &str {
    id.split(':').next().unwrap_or_default()
}

impl Party {
    /// Short name of the list that the party is on.
    pub fn list(&self) -> &str {
        list_of(&self.id)
    }

    /// The first value of a property.
    pub fn first(&self, property: &str) -> Option<&str> {
        self.properties.get(property)?.first().map(String::as_str)
    }

    /// Adds a value to a property; empty values and repetitions are left out.
    pub fn add(&mut self, property: &str, value: &str) {
        let value = value.trim();
        if value.is_empty() {
            return;
        }
        let values = self.properties.entry(property.into()).or_default();
        if !values.iter().any(|known| known == value) {
            values.push(value.into());
        }
    }

    /// Puts something before its id, and before those of the parties that it states relations to.
    pub fn prefix(&mut self, prefix: &str) {
        self.id.insert_str(0, prefix);
        for end in self.links.iter_mut().flat_map(|link| [&mut link.from, &mut link.to]) {
            if let End::Party(id) = end {
                id.insert_str(0, prefix);
            }
        }
    }

    /// Adds a name; an empty one is left out. The first one becomes the caption.
    pub fn add_name(&mut self, name: PartyName) {
        if name.full.is_empty() {
            return;
        }
        if self.caption.is_empty() {
            self.caption.clone_from(&name.full);
        }
        self.names.push(name);
    }

    /// Adds a name that is not there yet: for files that repeat a name in every row.
    pub fn add_new_name(&mut self, name: PartyName) {
        if !self.names.iter().any(|known| known.full == name.full) {
            self.add_name(name);
        }
    }
}

impl PartyName {
    /// Words of one kind of part, such as `lastName`, in order.
    pub fn part(&self, kind: &str) -> impl Iterator<Item = &str> {
        self.parts.iter().filter(move |(known, _)| known == kind).map(|(_, words)| words.as_str())
    }
}

/// One name of a party.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PartyName {
    /// The whole name as published.
    pub full: String,
    /// Its parts where the publisher gives them: FollowTheMoney property (`firstName`, `lastName`,
    /// `patronymic`, `title`, …) and words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<(String, String)>,
    /// ISO 15924 code of its script, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub script: Option<String>,
    /// How good the publisher says it is.
    #[serde(default)]
    pub quality: NameQuality,
}

/// The publisher's own word on a name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NameQuality {
    /// The primary name.
    Primary,
    /// A good alias.
    #[default]
    Alias,
    /// A weak ("low quality") alias: never enough alone.
    Weak,
    /// A former name.
    Former,
    /// A known spelling that the publisher does not give (the starter list only).
    Unlisted,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks with a reference")]
pub(crate) fn is_false(flag: &bool) -> bool {
    !flag
}
