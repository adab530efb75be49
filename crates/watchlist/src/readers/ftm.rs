//! `FollowTheMoney` entities, one JSON object a line (OpenSanctions' `entities.ftm.json`).
//!
//! Entities that are no party (`Sanction`, `Address`, `Ownership`, …) are passed over; a `Sanction`'s programme and
//! day of listing go to the party that it names.

use super::ListReading;
use crate::party::{NameQuality, Party, PartyName};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
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
struct Entity {
    id: String,
    schema: String,
    #[serde(default)]
    caption: String,
    #[serde(default)]
    properties: BTreeMap<String, Vec<serde_json::Value>>,
}

pub(super) fn read(source: impl BufRead, list: &str) -> ListReading {
    let mut reading = ListReading::default();
    let mut by_id: HashMap<String, usize> = HashMap::new();
    let mut sanctions: Vec<Entity> = Vec::new();
    let mut passed_over: BTreeMap<String, usize> = BTreeMap::new();
    for (number, line) in (1u64..).zip(source.lines()) {
        let entity = line.map_err(|error| error.to_string()).and_then(|line| {
            if line.trim().is_empty() {
                Ok(None)
            } else {
                serde_json::from_str::<Entity>(&line).map(Some).map_err(|e| e.to_string())
            }
        });
        match entity {
            Ok(Some(entity)) if PARTIES.contains(&entity.schema.as_str()) => {
                by_id.insert(entity.id.clone(), reading.parties.len());
                reading.parties.push(party(entity, list));
            }
            Ok(Some(entity)) if entity.schema == "Sanction" => sanctions.push(entity),
            Ok(Some(entity)) => *passed_over.entry(entity.schema).or_default() += 1,
            Ok(None) => {}
            Err(reason) => reading.problem(format!("line {number}"), reason),
        }
    }
    for sanction in &sanctions {
        let of = sanction.properties.get("entity").into_iter().flatten().filter_map(|id| by_id.get(text(id)));
        for &at in of {
            let Some(party) = reading.parties.get_mut(at) else { continue };
            for property in SANCTION {
                let values = sanction.properties.get(property).into_iter().flatten();
                values.for_each(|value| party.add(property, text(value)));
            }
        }
    }
    reading.left_out = passed_over.iter().map(|(schema, count)| format!("{count} {schema}")).collect();
    for party in std::mem::take(&mut reading.parties) {
        reading.keep(party);
    }
    reading
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
fn text(value: &serde_json::Value) -> &str {
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
