//! What is asked.

use lagebild_ftm::Model;
use lagebild_table::Record;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A party to look for: at least a name or an identifier.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Query {
    /// FollowTheMoney schema, such as `Person`; none asks for everything.
    #[serde(default)]
    pub schema: Option<String>,
    /// Spellings of its name.
    #[serde(default)]
    pub names: Vec<String>,
    /// FollowTheMoney properties: `birthDate`, `nationality`, `gender`, `passportNumber`, `imoNumber`, `address`, …
    #[serde(default)]
    pub properties: BTreeMap<String, Vec<String>>,
}

impl Query {
    /// A query for one name.
    pub fn name(name: &str, schema: Option<&str>) -> Self {
        Self { schema: schema.map(Into::into), names: vec![name.into()], properties: BTreeMap::new() }
    }
}

impl Query {
    /// What a row of a table says. A kind of party that is not known asks for `schema`, or for all.
    pub fn of_record(record: Record, schema: Option<&str>) -> Self {
        let known = |written: &str| {
            let model = || Model::shipped().schema(written).map(|schema| schema.name.clone());
            lagebild_names::schema_called(written).map(Into::into).or_else(model)
        };
        Self {
            schema: record.schema.as_deref().and_then(known).or_else(|| schema.map(Into::into)),
            names: record.names,
            properties: record.properties,
        }
    }
}

/// How much is wanted.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// Hits with less are left out, 0 to 1.
    pub cutoff: f64,
    /// Hits with at least this are matches, 0 to 1.
    pub threshold: f64,
    /// Most hits to answer.
    pub limit: usize,
    /// Only parties of these lists; empty for all.
    pub lists: Vec<String>,
    /// Parties that are not wanted, by id.
    pub exclude: Vec<String>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            cutoff: lagebild_names::scores::SHOWN,
            threshold: lagebild_names::THRESHOLD,
            limit: 10,
            lists: Vec::new(),
            exclude: Vec::new(),
        }
    }
}
