//! `FollowTheMoney` entities, one JSON object a line (OpenSanctions' `entities.ftm.json`).
//!
//! Links (`Ownership`, `Directorship`, …) become those of the parties (`ftm_links`); a `Sanction`'s programme and day of
//! listing go to the party that it names; other entities that are no party (`Address`, …) are passed over. Where a file
//! says who is listed (by a `Sanction`, `target` or the topic), the others are marked as only named.

use super::ListReading;
use super::ftm_links::Around;
use crate::party::{NameQuality, Party, PartyName};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::BufRead;

const PARTIES: [&str; 8] =
    ["Person", "Organization", "Company", "LegalEntity", "PublicBody", "Vessel", "Airplane", "CryptoWallet"];
const NAMES: [(&str, NameQuality); 4] = [
    ("name", NameQuality::Alias),
    ("alias", NameQuality::Alias),
    ("weakAlias", NameQuality::Weak),
    ("previousName", NameQuality::Former),
];
const SANCTION: [&str; 4] = ["program", "programId", "listingDate", "authority"];

#[derive(Deserialize)]
pub(super) struct Entity {
    #[serde(default)]
    pub(super) id: String,
    pub(super) schema: String,
    #[serde(default)]
    caption: String,
    /// Only `OpenSanctions` says so.
    #[serde(default)]
    target: Option<bool>,
    #[serde(default)]
    pub(super) properties: BTreeMap<String, Vec<serde_json::Value>>,
}

pub(super) fn read(source: impl BufRead, list: &str) -> ListReading {
    let mut reading = ListReading::default();
    let mut around = Around::default();
    let mut by_id: HashMap<String, usize> = HashMap::new();
    let mut listed: HashSet<usize> = HashSet::new();
    let mut passed_over: BTreeMap<String, usize> = BTreeMap::new();
    for (number, line) in (1u64..).zip(source.lines()) {
        match entity(line) {
            Ok(Some(entity)) if PARTIES.contains(&entity.schema.as_str()) => {
                let at = reading.parties.len();
                by_id.insert(entity.id.clone(), at);
                listed.extend(Some(at).filter(|_| is_listed(&entity)));
                around.nested(&entity);
                reading.parties.push(party(entity, list));
            }
            Ok(Some(entity)) if Around::takes(&entity.schema) => around.take(entity, None),
            Ok(Some(entity)) => *passed_over.entry(entity.schema).or_default() += 1,
            Ok(None) => {}
            Err(reason) => reading.problem(format!("line {number}"), reason),
        }
    }
    for sanction in &around.sanctions {
        listed.extend(sanctioned(sanction, &by_id, &mut reading));
    }
    for (at, party) in reading.parties.iter_mut().enumerate().filter(|_| !listed.is_empty()) {
        party.only_named = !listed.contains(&at);
    }
    (reading.stated, reading.unresolved) = around.stated(list, |id| by_id.contains_key(id));
    reading.left_out = passed_over.iter().map(|(schema, count)| format!("{count} {schema}")).collect();
    if reading.unresolved > 0 {
        reading
            .left_out
            .push(format!("{} links between entities that are no party of the file", reading.unresolved));
    }
    for party in std::mem::take(&mut reading.parties) {
        reading.keep(party);
    }
    reading
}

/// The entity on a line; none on an empty one.
fn entity(line: std::io::Result<String>) -> Result<Option<Entity>, String> {
    let line = line.map_err(|error| error.to_string())?;
    if line.trim().is_empty() {
        return Ok(None);
    }
    serde_json::from_str(&line).map(Some).map_err(|error| error.to_string())
}

fn is_listed(entity: &Entity) -> bool {
    let mut topics = entity.properties.get("topics").into_iter().flatten().map(text);
    entity.target == Some(true) || topics.any(|topic| topic.starts_with("sanction"))
}

/// Gives what a sanction says to the parties that it names; which these are.
fn sanctioned(sanction: &Entity, by_id: &HashMap<String, usize>, reading: &mut ListReading) -> Vec<usize> {
    let named = sanction.properties.get("entity").into_iter().flatten();
    let named: Vec<usize> = named.filter_map(|id| by_id.get(text(id)).copied()).collect();
    for &at in &named {
        let Some(party) = reading.parties.get_mut(at) else { continue };
        for property in SANCTION {
            let values = sanction.properties.get(property).into_iter().flatten();
            values.for_each(|value| party.add(property, text(value)));
        }
    }
    named
}

fn party(entity: Entity, list: &str) -> Party {
    let mut party = Party { id: format!("{list}:{}", entity.id), schema: entity.schema, ..Party::default() };
    party.add_name(PartyName { full: entity.caption, quality: NameQuality::Primary, ..PartyName::default() });
    for (property, values) in &entity.properties {
        let quality = NAMES.iter().find(|(name, _)| name == property).map(|(_, quality)| *quality);
        for value in values.iter().map(text) {
            match quality {
                Some(quality) => {
                    party.add_new_name(PartyName { full: value.into(), quality, ..PartyName::default() });
                }
                None => party.add(property, value),
            }
        }
    }
    party
}

/// A value, or the id of an entity that stands in its place.
pub(super) fn text(value: &serde_json::Value) -> &str {
    value.as_str().or_else(|| value.get("id")?.as_str()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn a_party_with_its_sanction_and_a_broken_line() {
        let lines = r#"{"id":"s","schema":"Sanction","properties":{"entity":["p"],"program":["XX"],"listingDate":["2022-01-01"]}}
{"id":"p","schema":"Person","caption":"Anna Muster","properties":{"name":["Anna Muster"],"weakAlias":["Anni"],"birthDate":["1950"]}}
{"id":
{"id":"a","schema":"Address","properties":{}}
"#;
        let reading = read(lines.as_bytes(), "os");
        let [party] = reading.parties.as_slice() else { unreachable!("one party") };
        assert_eq!((party.id.as_str(), party.names.len()), ("os:p", 2));
        assert_eq!((party.first("program"), party.first("birthDate")), (Some("XX"), Some("1950")));
        assert_eq!(reading.problems[0].place, "line 3");
        assert_eq!(reading.left_out, ["1 Address"]);
    }
}
