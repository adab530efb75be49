//! The built-in list: `data/lists/starter.yaml` as parties.

use crate::party::{NameQuality, Party, PartyName};
use crate::watchlist::{Stamp, hash};
use serde::{Deserialize, Serialize};

/// The file as a whole.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct StarterFile {
    pub(crate) name: String,
    pub(crate) date: String,
    pub(crate) lists: Vec<SourceList>,
    pub(crate) parties: Vec<Row>,
}

/// A list that parties were transcribed from.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SourceList {
    pub(crate) list: String,
    pub(crate) publisher: String,
    pub(crate) date: String,
}

/// One line of the file.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Row {
    pub(crate) id: String,
    pub(crate) schema: String,
    pub(crate) listed: Option<String>,
    #[serde(default)]
    pub(crate) program: Vec<String>,
    pub(crate) country: Option<String>,
    pub(crate) birth: Option<String>,
    pub(crate) imo: Option<String>,
    pub(crate) role: Option<String>,
    pub(crate) names: Vec<String>,
    #[serde(default)]
    pub(crate) weak: Vec<String>,
    #[serde(default)]
    pub(crate) written: Vec<String>,
}

/// Reads the embedded file.
pub(crate) fn load() -> Result<StarterFile, lagebild_data::DataError> {
    const JSON: &str = include_str!(concat!(env!("OUT_DIR"), "/lists-starter.json"));
    lagebild_data::embedded("lists/starter.yaml", JSON)
}

/// The stamp of what was transcribed from a list.
pub(crate) fn stamp(list: &SourceList, parties: &[Party]) -> Stamp {
    let own: Vec<Party> = parties.iter().filter(|party| party.list() == list.list).cloned().collect();
    Stamp { name: list.list.clone(), date: list.date.clone(), hash: hash(&own), lists: Vec::new() }
}

impl Row {
    /// The line as a party.
    pub(crate) fn party(&self) -> Party {
        let mut party = Party { id: self.id.clone(), schema: self.schema.clone(), ..Party::default() };
        let groups = [
            (&self.names, NameQuality::Alias),
            (&self.weak, NameQuality::Weak),
            (&self.written, NameQuality::Unlisted),
        ];
        for (names, quality) in groups {
            for name in names {
                let quality = if party.names.is_empty() { NameQuality::Primary } else { quality };
                party.add_name(self.name(name, quality));
            }
        }
        self.describe(&mut party);
        party
    }

    fn name(&self, written: &str, quality: NameQuality) -> PartyName {
        let family_first = self.country.as_deref().is_some_and(lagebild_names::family_name_first);
        let halves = (self.schema == "Person").then(|| written.split_once(", ")).flatten();
        let Some((family, given)) = halves else {
            return PartyName { full: written.into(), quality, ..PartyName::default() };
        };
        let full = if family_first { format!("{family} {given}") } else { format!("{given} {family}") };
        let parts = vec![("lastName".into(), family.into()), ("firstName".into(), given.into())];
        PartyName { full, parts, script: None, quality }
    }

    fn describe(&self, party: &mut Party) {
        let (country, role) = match self.schema.as_str() {
            "Person" => ("nationality", "position"),
            "Vessel" => ("flag", "type"),
            _ => ("country", "description"),
        };
        let single = [
            ("listingDate", &self.listed),
            (country, &self.country),
            ("birthDate", &self.birth),
            ("imoNumber", &self.imo),
            (role, &self.role),
        ];
        for (property, value) in single {
            party.add(property, value.as_deref().unwrap_or_default());
        }
        self.program.iter().for_each(|program| party.add("program", program));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    const YAML: &str = include_str!("../../../data/lists/starter.yaml");

    #[test]
    fn every_line_is_valid() {
        let file: StarterFile = lagebild_data::parse("starter.yaml", YAML).unwrap();
        let lists: BTreeSet<&str> = file.lists.iter().map(|list| list.list.as_str()).collect();
        let mut ids = BTreeSet::new();
        for row in &file.parties {
            assert!(ids.insert(&row.id), "{} stands twice", row.id);
            assert!(lists.contains(row.id.split(':').next().unwrap()), "{}: unknown list", row.id);
            assert!(["Person", "Organization", "Vessel"].contains(&row.schema.as_str()), "{}", row.id);
            assert!(row.listed.as_ref().unwrap().parse::<jiff::civil::Date>().is_ok(), "{}", row.id);
            assert!(!row.names.is_empty(), "{} has no name", row.id);
            let all = row.names.iter().chain(&row.weak).chain(&row.written);
            assert!(row.schema != "Person" || all.clone().all(|n| n.contains(", ")), "{}", row.id);
        }
        assert!(file.lists.iter().all(|list| !list.publisher.is_empty() && !list.date.is_empty()));
    }

    #[test]
    fn a_wrong_entry_is_named_with_file_line_and_field() {
        let wrong = "name: x\ndate: 2026-01-01\nlists: []\nparties:\n- {id: a, shema: Person, names: [x]}\n";
        let error = lagebild_data::parse::<StarterFile>("starter.yaml", wrong).unwrap_err();
        assert_eq!((error.file.as_str(), error.line), ("starter.yaml", 5));
        assert!(error.field.contains("parties[0]") && error.message.contains("shema"), "{error}");
    }
}
