//! What can be compared of a party besides its names.

use crate::country;
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
        let mut countries: Vec<String> =
            COUNTRIES.iter().flat_map(|name| all(name)).flat_map(|written| country::codes(written)).collect();
        countries.sort();
        countries.dedup();
        let dates = all("birthDate").chain(all("incorporationDate"));
        Self {
            birth_dates: dates.flat_map(|date| dates_in(date)).collect(),
            countries,
            gender: all("gender").next().and_then(|written| gender(written)),
            identifiers: IDENTIFIERS
                .iter()
                .flat_map(|name| {
                    all(name).map(|value| ((*name).to_string(), without_label(value).to_string()))
                })
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

/// The dates in an EDTF date (ISO 8601-2): itself without its marks of doubt, or the years of a range.
fn dates_in(edtf: &str) -> Vec<String> {
    const LONGEST_RANGE: i32 = 15;
    let plain = edtf.trim().trim_end_matches(['~', '?', '%']);
    let year = |date: &str| date.trim().get(..4).and_then(|year| year.parse::<i32>().ok());
    if let Some((from, to)) = plain.split_once('/')
        && let (Some(from), Some(to)) = (year(from), year(to))
        && (0..=LONGEST_RANGE).contains(&(to - from))
    {
        return (from..=to).map(|year| year.to_string()).collect();
    }
    vec![plain.to_string()]
}

/// `M`, `Male`, `male` and `мужской` are one.
fn gender(written: &str) -> Option<String> {
    let first = written.trim().chars().next()?.to_ascii_lowercase();
    match first {
        'm' | 'м' => Some("male".into()),
        'f' | 'w' | 'ж' => Some("female".into()),
        _ => None,
    }
}

/// `IMO 9187629` is the number alone.
fn without_label(value: &str) -> &str {
    let value = value.trim();
    let head = value.get(..3).filter(|head| head.eq_ignore_ascii_case("imo"));
    head.and_then(|head| value.strip_prefix(head)).map_or(value, str::trim_start)
}

/// An identifier as it is looked up: letters and digits in lower case. None when too short to say anything.
pub(crate) fn plain_identifier(value: &str) -> Option<String> {
    let plain: String = value.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    (plain.chars().count() >= 5).then_some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lists_write_becomes_comparable() {
        let properties = [
            ("birthDate", vec!["1967/1969", "1984~", "1970-05-12"]),
            ("nationality", vec!["Russian Federation", "ir"]),
            ("gender", vec!["M"]),
            ("imoNumber", vec!["IMO 9187629"]),
        ];
        let owned = |values: &Vec<&str>| values.iter().map(|value| (*value).to_string()).collect();
        let facts =
            Facts::of(&properties.iter().map(|(name, values)| ((*name).into(), owned(values))).collect());
        assert_eq!(facts.birth_dates, ["1967", "1968", "1969", "1984", "1970-05-12"]);
        assert_eq!(facts.countries, ["ir", "ru"]);
        assert_eq!(facts.gender.as_deref(), Some("male"));
        assert_eq!(plain_identifier(&facts.identifiers[0].1).as_deref(), Some("9187629"));
    }
}
