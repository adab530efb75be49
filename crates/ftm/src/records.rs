//! What stands in `data/ftm`.

use serde::{Deserialize, Serialize};

/// A schema as the file has it: its own properties only.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SchemaRecord {
    pub(crate) name: String,
    pub(crate) label: String,
    pub(crate) plural: String,
    #[serde(default)]
    pub(crate) description: Option<String>,
    #[serde(default)]
    pub(crate) extends: Vec<String>,
    #[serde(default)]
    pub(crate) featured: Vec<String>,
    #[serde(default)]
    pub(crate) required: Vec<String>,
    #[serde(default)]
    pub(crate) caption: Vec<String>,
    #[serde(default, rename = "abstract")]
    pub(crate) is_abstract: bool,
    #[serde(default)]
    pub(crate) matchable: bool,
    #[serde(default)]
    pub(crate) hidden: bool,
    #[serde(default)]
    pub(crate) edge: Option<Edge>,
    #[serde(default)]
    pub(crate) properties: Vec<PropertyRecord>,
}

/// Which properties of a link hold its two ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Edge {
    /// Property that holds where the link begins.
    pub source: String,
    /// Property that holds where it ends.
    pub target: String,
    /// What the source does to the target, in words.
    pub label: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PropertyRecord {
    pub(crate) name: String,
    pub(crate) label: String,
    #[serde(default, rename = "type")]
    pub(crate) kind: Kind,
    #[serde(default)]
    pub(crate) range: Option<String>,
    #[serde(default)]
    pub(crate) reverse: Option<ReverseRecord>,
    #[serde(default)]
    pub(crate) matchable: Option<bool>,
    #[serde(default)]
    pub(crate) hidden: bool,
    #[serde(default)]
    pub(crate) description: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReverseRecord {
    pub(crate) name: String,
    pub(crate) label: String,
}

/// Type of a property's values.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names are those of the model, explained in data/ftm/types.yaml")]
pub enum Kind {
    Address,
    Checksum,
    Country,
    Date,
    Email,
    Entity,
    Gender,
    Html,
    Identifier,
    Ip,
    Json,
    Language,
    Mimetype,
    Name,
    Number,
    Phone,
    #[default]
    String,
    Text,
    Topic,
    Url,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TypeRecord {
    pub(crate) name: Kind,
    pub(crate) label: String,
    pub(crate) plural: String,
    #[serde(default)]
    pub(crate) group: Option<String>,
    pub(crate) matchable: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CountryRecord {
    pub(crate) code: String,
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) names: Vec<String>,
    #[serde(default)]
    pub(crate) alpha3: Option<String>,
    #[serde(default)]
    pub(crate) numeric: Option<String>,
}
