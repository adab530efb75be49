//! What can be compared of a party besides its names.

use lagebild_names::Record;
use lagebild_watchlist::Party;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Properties of the FollowTheMoney model that hold identifiers.
pub(crate) const IDENTIFIERS: [&str; 21] = [
    "imoNumber",
    "mmsi",
    "callSign",
    "innCode",
    "ogrnCode",
    "kppCode",
    "okpoCode",
    "leiCode",
    "swiftBic",
    "isin",
    "dunsCode",
    "uscCode",
    "vatCode",
    "taxNumber",
    "registrationNumber",
    "passportNumber",
    "idNumber",
    "socialSecurityNumber",
    "uniqueEntityId",
    "unRef",
    "serialNumber",
];

/// Properties that hold countries.
const COUNTRIES: [&str; 6] = ["nationality", "citizenship", "country", "jurisdiction", "flag", "mainCountry"];

/// Comparable facts, as they lie in the index.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Facts {
    pub(crate) id: String,
    pub(crate) schema: String,
    pub(crate) caption: String,
    pub(crate) birth_dates: Vec<String>,
    pub(crate) countries: Vec<String>,
    pub(crate) gender: Option<String>,
    pub(crate) identifiers: Vec<(String, String)>,
    pub(crate) addresses: Vec<String>,
}

impl Facts {
    /// Gathers the facts from the properties of a FollowTheMoney entity.
    pub(crate) fn of(properties: &BTreeMap<String, Vec<String>>) -> Self {
        let all = |name: &str| properties.get(name).into_iter().flatten();
        let mut countries: Vec<String> = COUNTRIES.iter().flat_map(|name| all(name)).cloned().collect();
        countries.sort();
        countries.dedup();
        Self {
            birth_dates: all("birthDate").chain(all("incorporationDate")).cloned().collect(),
            countries,
            gender: all("gender").next().cloned(),
            identifiers: IDENTIFIERS
                .iter()
                .flat_map(|name| all(name).map(|value| ((*name).to_string(), value.clone())))
                .collect(),
            addresses: all("address").cloned().collect(),
            ..Self::default()
        }
    }

    /// The facts of a listed party.
    pub(crate) fn of_party(party: &Party) -> Self {
        let head = (party.id.clone(), party.schema.clone(), party.caption.clone());
        Self { id: head.0, schema: head.1, caption: head.2, ..Self::of(&party.properties) }
    }

    /// As the comparison of records takes them, without names.
    pub(crate) fn record(self) -> Record {
        Record {
            names: Vec::new(),
            birth_dates: self.birth_dates,
            countries: self.countries,
            gender: self.gender,
            identifiers: self.identifiers,
            addresses: self.addresses,
        }
    }
}

/// An identifier as it is looked up: letters and digits in lower case. None when too short to say anything.
pub(crate) fn plain_identifier(value: &str) -> Option<String> {
    let plain: String = value.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let plain = plain.strip_prefix("imo").map_or(plain.clone(), Into::into);
    (plain.chars().count() >= 5).then_some(plain)
}
