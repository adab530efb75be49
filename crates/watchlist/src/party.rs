//! A listed party, in FollowTheMoney terms (<https://followthemoney.tech/explorer/>).

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
}
