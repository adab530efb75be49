//! What kind of thing bears a name: it decides how its parts weigh. Which schema of FollowTheMoney is of which kind stands in
//! `data/names/schemas.yaml`.

use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

/// The kind of party a name belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum NameKind {
    /// A human being.
    #[serde(alias = "person")]
    Person,
    /// A company, authority, armed group or other body.
    #[serde(alias = "organisation")]
    Organisation,
    /// A ship.
    #[serde(alias = "vessel")]
    Vessel,
    /// Anything else, or not known.
    #[serde(alias = "other")]
    Other,
}

/// All kinds of names, for a query that names no schema.
const ALL: [NameKind; 4] = [NameKind::Person, NameKind::Organisation, NameKind::Vessel, NameKind::Other];

/// A row of the file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    kind: NameKind,
    #[serde(default)]
    bears: Vec<NameKind>,
    #[serde(default)]
    asks: Vec<NameKind>,
    #[serde(default)]
    called: Vec<String>,
}

/// The rows by schema, and the schema of each word.
struct Schemata {
    rows: BTreeMap<String, Row>,
    called: HashMap<String, String>,
}

static SCHEMATA: LazyLock<Schemata> = LazyLock::new(|| {
    let json = include_str!(concat!(env!("OUT_DIR"), "/schemas.json"));
    let mut rows: BTreeMap<String, Row> =
        lagebild_data::embedded("names/schemas.yaml", json).unwrap_or_default();
    let mut called = HashMap::new();
    for (schema, row) in &mut rows {
        called.extend(row.called.drain(..).map(|word| (word, schema.clone())));
        if row.bears.is_empty() {
            row.bears.push(row.kind);
        }
        if row.asks.is_empty() {
            row.asks.clone_from(&row.bears);
        }
    }
    Schemata { rows, called }
});

impl NameKind {
    /// The kind behind a FollowTheMoney schema name.
    pub fn of_schema(schema: &str) -> Self {
        SCHEMATA.rows.get(schema).map_or(Self::Other, |row| row.kind)
    }

    /// The kinds of name that a listed party of this schema may bear.
    pub fn of_party(schema: &str) -> &'static [NameKind] {
        SCHEMATA.rows.get(schema).map_or(&ALL[3..], |row| &row.bears)
    }

    /// The kinds of name that a query of this schema may mean; all when it names none, or one that is not known.
    pub fn asked_for(schema: Option<&str>) -> &'static [NameKind] {
        schema.and_then(|schema| SCHEMATA.rows.get(schema)).map_or(&ALL, |row| &row.asks)
    }
}

/// The schema that a publisher or a table calls by this word, in any case: `Person` for "Individual". None for other words.
pub fn schema_called(word: &str) -> Option<&'static str> {
    SCHEMATA.called.get(&word.trim().to_lowercase()).map(String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_schema_is_compared_borne_and_asked_for() {
        let (person, body) = (NameKind::Person, NameKind::Organisation);
        assert_eq!(NameKind::of_schema("Company"), body);
        assert_eq!(NameKind::of_party("LegalEntity"), [person, body]);
        assert_eq!(NameKind::asked_for(Some("Asset")), &ALL[1..]);
        assert_eq!(NameKind::of_party("Asset"), [NameKind::Other]);
        assert_eq!(NameKind::asked_for(None), ALL);
        assert_eq!(NameKind::asked_for(Some("Nonsense")), ALL);
        assert_eq!((schema_called(" Individual "), schema_called("spoon")), (Some("Person"), None));
    }

    #[test]
    fn the_data_file_is_well_formed_and_a_wrong_entry_is_named() {
        let yaml = include_str!("../../../data/names/schemas.yaml");
        lagebild_data::parse::<BTreeMap<String, Row>>("schemas.yaml", yaml).unwrap();
        let wrong = yaml.replace("kind: vessel", "kind: boat");
        let error = lagebild_data::parse::<BTreeMap<String, Row>>("schemas.yaml", &wrong).unwrap_err();
        assert_eq!(error.field, "Vessel.kind");
    }
}
