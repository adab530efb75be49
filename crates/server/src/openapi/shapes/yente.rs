//! The forms of yente's operations.

use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// How many there are.
#[derive(Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub(crate) struct Total {
    value: usize,
    /// Always `eq`.
    relation: String,
}

/// An entity of FollowTheMoney. Values are texts; where neighbours are asked for, they stand in place of their ids.
#[derive(Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub(crate) struct FtmEntity {
    id: String,
    caption: String,
    schema: String,
    properties: BTreeMap<String, Vec<Value>>,
    datasets: Vec<String>,
    /// Ids that were merged into this one.
    referents: Vec<String>,
    /// Whether a list names it.
    target: bool,
    first_seen: Option<String>,
    last_seen: Option<String>,
    last_change: Option<String>,
}

#[derive(Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub(crate) struct SearchAnswer {
    limit: usize,
    offset: usize,
    total: Total,
    results: Vec<FtmEntity>,
    facets: BTreeMap<String, Facet>,
    /// What was asked for and cannot be anywhere.
    #[serde(default)]
    warnings: Vec<String>,
}

#[derive(Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub(crate) struct Facet {
    label: String,
    values: Vec<FacetValue>,
}

#[derive(Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub(crate) struct FacetValue {
    name: String,
    label: String,
    count: usize,
}

#[derive(Deserialize, ToSchema)]
pub(crate) struct MatchQuery {
    /// Examples by a name of one's own, at most 100.
    queries: BTreeMap<String, Example>,
    /// Features and how much they count.
    #[serde(default)]
    weights: BTreeMap<String, f64>,
    /// Settings of the algorithm; accepted by name, without effect.
    #[serde(default)]
    config: BTreeMap<String, Value>,
}

/// What is known of somebody.
#[derive(Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub(crate) struct Example {
    #[serde(default)]
    id: Option<String>,
    /// Type of entity, such as `Person`.
    schema: String,
    properties: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub(crate) struct MatchAnswer {
    /// Answers by the names of the queries.
    responses: BTreeMap<String, Matches>,
    limit: usize,
}

#[derive(Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub(crate) struct Matches {
    status: u16,
    results: Vec<Scored>,
    total: Total,
    /// The example as it was understood.
    query: Example,
    /// What was not looked for or not compared.
    #[serde(default)]
    warnings: Vec<String>,
}

/// An entity with its score.
#[derive(Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub(crate) struct Scored {
    id: String,
    caption: String,
    schema: String,
    properties: BTreeMap<String, Vec<String>>,
    datasets: Vec<String>,
    referents: Vec<String>,
    target: bool,
    first_seen: Option<String>,
    last_seen: Option<String>,
    last_change: Option<String>,
    /// From 0 to 1.
    score: f64,
    /// By feature.
    explanations: BTreeMap<String, Explanation>,
    /// Whether the score reaches the threshold.
    #[serde(rename = "match")]
    matched: bool,
}

/// What a feature did to the score.
#[derive(Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub(crate) struct Explanation {
    detail: String,
    score: f64,
    query: Option<String>,
    candidate: Option<String>,
}

/// An entity with those next to it.
#[derive(Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub(crate) struct Adjacent {
    entity: FtmEntity,
    /// By property.
    adjacent: BTreeMap<String, Page>,
}

/// A page of entities.
#[derive(Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub(crate) struct Page {
    limit: usize,
    offset: usize,
    total: Total,
    results: Vec<FtmEntity>,
}

/// What a reconciliation service says of itself.
#[derive(Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
#[serde(rename_all = "camelCase")]
pub(crate) struct Manifest {
    versions: Vec<String>,
    name: String,
    identifier_space: String,
    schema_space: String,
    documentation: String,
    batch_size: usize,
    view: BTreeMap<String, Value>,
    preview: BTreeMap<String, Value>,
    suggest: BTreeMap<String, Value>,
    extend: BTreeMap<String, Value>,
    default_types: Vec<Named>,
}

/// Queries, or ids and properties, each as JSON in a field of a form.
#[derive(Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub(crate) struct ReconcileForm {
    /// `{"q": {"query": "…", "type": "Person", "limit": 5, "properties": [{"pid": "country", "v": "kp"}]}}`
    #[serde(default)]
    queries: Option<String>,
    /// `{"ids": ["…"], "properties": [{"id": "name"}]}`
    #[serde(default)]
    extend: Option<String>,
}

/// Values of entities that were chosen, or results by the names of the queries.
#[derive(Deserialize, ToSchema)]
#[serde(untagged)]
pub(crate) enum ReconcileAnswer {
    Extended(Extension),
    Found(BTreeMap<String, Candidates>),
}

#[derive(Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub(crate) struct Extension {
    meta: Vec<Property>,
    /// By id of the entity, then by property.
    rows: BTreeMap<String, BTreeMap<String, Vec<Cell>>>,
}

#[derive(Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub(crate) struct Cell {
    str: String,
}

#[derive(Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub(crate) struct Candidates {
    result: Vec<CandidateEntity>,
    #[serde(default)]
    warnings: Vec<String>,
}

#[derive(Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub(crate) struct CandidateEntity {
    id: String,
    name: String,
    description: String,
    #[serde(rename = "type")]
    types: Vec<Named>,
    score: f64,
    #[serde(rename = "match")]
    matched: bool,
}

/// Something with an id and a name.
#[derive(Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub(crate) struct Named {
    id: String,
    name: String,
    #[serde(default)]
    description: Option<String>,
    /// Of an entity: its types.
    #[serde(rename = "type", default)]
    #[schema(no_recursion)]
    types: Vec<Named>,
    /// The same as `type`, by the name of the specification.
    #[serde(default)]
    #[schema(no_recursion)]
    notable: Vec<Named>,
}

#[derive(Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub(crate) struct Property {
    id: String,
    name: String,
}

#[derive(Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub(crate) struct Suggestions {
    code: String,
    status: String,
    prefix: String,
    result: Vec<Named>,
}

#[derive(Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub(crate) struct PropertyList {
    limit: usize,
    #[serde(rename = "type")]
    of: String,
    properties: Vec<Property>,
}

#[derive(Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub(crate) struct Catalog {
    datasets: Vec<Dataset>,
    current: Vec<String>,
    outdated: Vec<String>,
    index_stale: bool,
}

#[derive(Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
#[allow(clippy::struct_excessive_bools, reason = "the fields are yente's")]
pub(crate) struct Dataset {
    name: String,
    title: String,
    license: Option<String>,
    summary: Option<String>,
    description: Option<String>,
    url: Option<String>,
    updated_at: Option<String>,
    last_export: Option<String>,
    entity_count: Option<usize>,
    thing_count: Option<usize>,
    version: String,
    category: Option<String>,
    tags: Vec<String>,
    publisher: Option<Value>,
    coverage: Option<Value>,
    resources: Vec<Value>,
    /// Data sets that it is made of.
    children: Vec<String>,
    deprecation: Option<Value>,
    deprecated: bool,
    load: bool,
    entities_url: Option<String>,
    delta_url: Option<String>,
    namespace: bool,
    index_version: String,
    index_current: bool,
    /// SHA-256.
    checksum: Option<String>,
}

#[derive(Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub(crate) struct AlgorithmList {
    algorithms: Vec<Algorithm>,
    default: String,
    best: String,
}

#[derive(Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub(crate) struct Algorithm {
    name: String,
    description: String,
    features: BTreeMap<String, Feature>,
    docs: AlgorithmDocs,
}

#[derive(Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub(crate) struct AlgorithmDocs {
    name: String,
    description: String,
    config: BTreeMap<String, Setting>,
    features: BTreeMap<String, Feature>,
}

#[derive(Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub(crate) struct Feature {
    description: String,
    coefficient: f64,
    url: String,
}

#[derive(Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub(crate) struct Setting {
    #[serde(rename = "type")]
    kind: String,
    description: String,
    #[serde(default)]
    default: Option<Value>,
}

#[derive(Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
#[schema(example = json!({"status": "ok"}))]
pub(crate) struct Status {
    status: String,
}

#[derive(Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub(crate) struct Ready {
    status: String,
    /// When the data was loaded.
    loaded: String,
    lists: Vec<ListAge>,
    /// When it could not be loaded anew.
    reload_failed: Option<String>,
}

#[derive(Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub(crate) struct ListAge {
    dataset: String,
    date: String,
    age_days: Option<i64>,
}
