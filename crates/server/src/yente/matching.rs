//! `POST /match/{dataset}`: which entities the examples may be.

use super::algorithms::{self, Algorithm, Compares};
use super::filter::Filter;
use super::params::{Param, ParamKind, Params};
use super::refusal::json_response;
use super::search::{Total, known_dataset};
use super::{MOST_QUERIES, MOST_RESULTS, Refusal};
use crate::app::{Now, Shared};
use crate::data::Snapshot;
use crate::work::Wanted;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use bytes::Bytes;
use indexmap::{IndexMap, IndexSet};
use lagebild_ftm::{Entity, Kind, Model, Schema, clean};
use lagebild_screen::{Hit, Options, Query};
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::collections::HashSet;

/// Least score of a match.
pub(super) const THRESHOLD: f64 = 0.7;
/// Parties judged for one example before filters; all, where these leave too few of them.
const CANDIDATES: usize = 500;

/// Letters of a name.
const LONGEST_NAME: usize = 1000;
/// Names of one example.
const MOST_NAMES: usize = 500;
/// Values of one example, names included.
const MOST_VALUES: usize = 1000;
/// Warnings of one example.
pub(super) const MOST_WARNINGS: usize = 20;

/// What the operation takes.
pub(crate) const PARAMS: &[Param] = &[
    Param { name: "limit", kind: ParamKind::Integer(5, MOST_RESULTS), title: "Most results of each query" },
    Param { name: "threshold", kind: ParamKind::Number(THRESHOLD), title: "Least score of a match" },
    Param { name: "cutoff", kind: ParamKind::Number(THRESHOLD), title: "Least score of a result" },
    Param { name: "algorithm", kind: ParamKind::Text("best"), title: "Name of the comparison" },
    Param { name: "include_dataset", kind: ParamKind::Texts(500), title: "Only these data sets" },
    Param { name: "exclude_schema", kind: ParamKind::Texts(500), title: "Not these types of entities" },
    Param { name: "exclude_dataset", kind: ParamKind::Texts(500), title: "Not these data sets" },
    Param { name: "topics", kind: ParamKind::Texts(500), title: "Only with one of these topics" },
    Param { name: "changed_since", kind: ParamKind::Moment, title: "Only entities changed after this" },
    Param { name: "exclude_entity_ids", kind: ParamKind::Texts(50), title: "Not these entities" },
];

/// Answers a batch.
pub(super) async fn matching(
    State(app): State<Shared>,
    Now(snapshot): Now,
    Path(dataset): Path<String>,
    RawQuery(raw): RawQuery,
    body: Bytes,
) -> Result<Response, Refusal> {
    let params = Params::parse(PARAMS, raw.as_deref(), app.strict())?;
    let strict = app.strict() || raw.is_some_and(|raw| raw.contains("strict=true"));
    app.quick().run(move |wanted| answer(&snapshot, &dataset, &params, &body, strict, wanted)).await?
}

/// A request's body, checked.
struct Batch {
    queries: IndexMap<String, Value>,
    weights: IndexMap<String, f64>,
    config: Map<String, Value>,
}

#[derive(Serialize)]
struct Responses<'s> {
    responses: IndexMap<String, Matches<'s>>,
    limit: usize,
}

#[derive(Serialize)]
struct Matches<'s> {
    status: u16,
    results: Vec<Scored<'s>>,
    total: Total,
    query: Value,
    /// What was not looked for or not compared. yente has no such field; its clients pass over it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    warnings: Vec<String>,
}

/// An entity with its score.
#[derive(Serialize)]
pub(super) struct Scored<'s> {
    #[serde(flatten)]
    pub(super) entity: &'s Entity,
    pub(super) score: f64,
    pub(super) explanations: IndexMap<String, Value>,
    #[serde(rename = "match")]
    pub(super) matched: bool,
    /// It bears the very name of the example.
    #[serde(skip)]
    same: bool,
}

fn answer(
    snapshot: &Snapshot,
    dataset: &str,
    params: &Params,
    body: &[u8],
    strict: bool,
    wanted: &Wanted,
) -> Result<Response, Refusal> {
    let batch = batch(body)?;
    known_dataset(snapshot, dataset)?;
    let algorithm = algorithms::by_name(params.text("algorithm"))?;
    if let Some(unknown) = batch.config.keys().find(|key| strict || !algorithm.config.contains_key(*key)) {
        let name = &algorithm.name;
        return Err(Refusal::bad(format!("Invalid configuration parameter: {unknown} for algorithm {name}")));
    }
    if batch.queries.len() > MOST_QUERIES {
        return Err(Refusal::bad(format!("Too many queries in one batch (limit: {MOST_QUERIES})")));
    }
    if batch.queries.is_empty() {
        return Err(Refusal::bad("No queries provided."));
    }
    let asked = Asked::new(params, algorithm, &batch.weights);
    let mut examples = Vec::new();
    for (name, query) in &batch.queries {
        examples.push((name.clone(), example(query, strict)?));
    }
    let mut responses = IndexMap::new();
    for (name, example) in examples {
        wanted.check()?;
        let filter = Filter::of(snapshot, dataset)
            .datasets(params.texts("include_dataset"), params.texts("exclude_dataset"))
            .schema(example.schema, params.texts("exclude_schema"))
            .fields(
                params.texts("topics").iter().map(|topic| ("topics".into(), topic.clone())).collect(),
                false,
            )
            .changed_since(params.text("changed_since"))
            .without(params.texts("exclude_entity_ids"));
        let results = scored(snapshot, &example, &filter, &asked);
        let total = Total::of(results.iter().filter(|result| result.matched).count());
        let query =
            json!({"id": example.id, "schema": example.schema.name, "properties": example.properties});
        let warnings = example.warnings;
        responses.insert(name, Matches { status: 200, results, total, query, warnings });
    }
    let size = HeaderValue::from(responses.len());
    let mut response = json_response(StatusCode::OK, &Responses { responses, limit: asked.limit });
    response.headers_mut().insert("x-batch-size", size);
    Ok(response)
}

/// How the results are chosen.
pub(super) struct Asked<'a> {
    pub(super) limit: usize,
    pub(super) threshold: f64,
    pub(super) cutoff: f64,
    pub(super) algorithm: &'static Algorithm,
    pub(super) weights: &'a IndexMap<String, f64>,
}

impl<'a> Asked<'a> {
    fn new(params: &Params, algorithm: &'static Algorithm, weights: &'a IndexMap<String, f64>) -> Self {
        let threshold = params.number("threshold");
        let cutoff = params.number("cutoff").min(threshold);
        Self { limit: params.count("limit"), threshold, cutoff, algorithm, weights }
    }
}

/// An example to look for.
#[derive(Debug)]
pub(super) struct Example {
    pub(super) id: Value,
    pub(super) schema: &'static Schema,
    pub(super) properties: IndexMap<String, Vec<String>>,
    /// What of it is not looked for or not compared.
    pub(super) warnings: Vec<String>,
}

fn batch(body: &[u8]) -> Result<Batch, Refusal> {
    let value: Value = serde_json::from_slice(body).map_err(|error| {
        let context = json!({"error": error.to_string()});
        Refusal::Fields(vec![json!({
            "type": "json_invalid", "loc": ["body", error.column()], "msg": "JSON decode error", "input": {}, "ctx": context
        })])
    })?;
    let Value::Object(mut object) = value else {
        let message = "Input should be a valid dictionary or object to extract fields from";
        return Err(Refusal::field("model_attributes_type", &["body"], message, &value));
    };
    let queries = match object.remove("queries") {
        Some(Value::Object(queries)) => queries.into_iter().collect(),
        Some(other) => {
            let message = "Input should be a valid dictionary";
            return Err(Refusal::field("dict_type", &["body", "queries"], message, &other));
        }
        None => {
            return Err(Refusal::field(
                "missing",
                &["body", "queries"],
                "Field required",
                &Value::Object(object),
            ));
        }
    };
    let mut weights = IndexMap::new();
    if let Some(Value::Object(given)) = object.remove("weights") {
        for (feature, weight) in given {
            let number = weight.as_f64().ok_or_else(|| {
                Refusal::field(
                    "float_type",
                    &["body", "weights", &feature],
                    "Input should be a valid number",
                    &weight,
                )
            })?;
            weights.insert(feature, number);
        }
    }
    let config = match object.remove("config") {
        Some(Value::Object(config)) => config,
        _ => Map::new(),
    };
    Ok(Batch { queries, weights, config })
}

/// Reads an example, its values cleaned. Properties that its schema does not have are left aside, as yente does, unless
/// `strict`; so are values that are none of their type.
fn example(query: &Value, strict: bool) -> Result<Example, Refusal> {
    let mut warnings = Vec::new();
    let name = query.get("schema").and_then(Value::as_str);
    let properties = query.get("properties").and_then(Value::as_object);
    let place = ["body", "queries", "q"];
    let missing =
        |field: &str| Refusal::field("missing", &[&place[..], &[field]].concat(), "Field required", query);
    let (name, properties) =
        (name.ok_or_else(|| missing("schema"))?, properties.ok_or_else(|| missing("properties"))?);
    let wrong = |why: String| Refusal::bad(format!("Cannot parse example entity: {why}"));
    let schema = Model::shipped().schema(name).ok_or_else(|| wrong(format!("Unknown schema: '{name}'")))?;
    if !schema.matchable && schema.name != "Thing" {
        return Err(wrong(format!("Non-matchable schema for query: {name}")));
    }
    let mut cleaned: IndexMap<String, Vec<String>> = IndexMap::new();
    for (property, values) in properties {
        let values = texts(values).ok_or_else(|| {
            let message = "Input should be a valid string or list";
            Refusal::field("list_type", &["body", "queries", "q", "properties", property], message, values)
        })?;
        let Some(known) = schema.properties.get(property).filter(|known| !known.stub) else {
            if strict {
                return Err(wrong(format!("{name} has no property '{property}'")));
            }
            warnings.push(format!("{name} has no property '{}': left aside", cut(property)));
            continue;
        };
        let mut distinct: IndexSet<String> = IndexSet::new();
        for value in values {
            match clean(known.kind, &value) {
                Some(value) => drop(distinct.insert(value)),
                None if strict => return Err(wrong(format!("'{value}' cannot be read as {property}"))),
                None => {
                    warnings.push(format!("'{}' cannot be read as {property}: not compared", cut(&value)));
                }
            }
        }
        if !distinct.is_empty() {
            cleaned.insert(property.clone(), distinct.into_iter().collect());
        }
    }
    combine_names(&mut cleaned).map_err(&wrong)?;
    if let Some(why) = too_much(schema, &cleaned) {
        return Err(wrong(why));
    }
    if !can_be_asked(schema, &cleaned) {
        warnings.push("there is neither a name nor a number to look for: nothing was looked for".into());
    }
    warnings.truncate(MOST_WARNINGS);
    let id = query.get("id").cloned().unwrap_or_default();
    Ok(Example { id, schema, properties: cleaned, warnings })
}

/// Whether there is anything by which a party can be found: a name that says something, or a number.
pub(super) fn can_be_asked(schema: &Schema, properties: &IndexMap<String, Vec<String>>) -> bool {
    let says_something = |value: &String| value.chars().any(char::is_alphanumeric);
    let finds = |property: &String| {
        let kind = schema.properties.get(property).map(|it| it.kind);
        matches!(kind, Some(Kind::Name | Kind::Identifier))
    };
    properties.iter().any(|(property, values)| finds(property) && values.iter().any(says_something))
}

/// The beginning of a text, for a warning.
pub(super) fn cut(text: &str) -> String {
    const MOST: usize = 100;
    text.chars().take(MOST).collect()
}

/// Names are compared part by part with many others, and values with values: what is no name by its length, and thousands of
/// values, would keep others waiting.
pub(super) fn too_much(schema: &Schema, properties: &IndexMap<String, Vec<String>>) -> Option<String> {
    let is_name = |property: &String| schema.properties.get(property).is_some_and(|it| it.kind == Kind::Name);
    let names = || properties.iter().filter(|(property, _)| is_name(property)).flat_map(|(_, names)| names);
    if names().any(|name| name.chars().count() > LONGEST_NAME) {
        return Some(format!("a name has more than {LONGEST_NAME} letters"));
    }
    if names().count() > MOST_NAMES {
        return Some(format!("there are more than {MOST_NAMES} names"));
    }
    let values: usize = properties.values().map(Vec::len).sum();
    (values > MOST_VALUES).then(|| format!("there are more than {MOST_VALUES} values"))
}

/// The texts of a property: one, or a list of them. Numbers and truth values are written out.
pub(super) fn texts(value: &Value) -> Option<Vec<String>> {
    let one = |value: &Value| match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    };
    match value {
        Value::String(text) => Some(vec![text.clone()]),
        Value::Array(values) => Some(values.iter().filter_map(one).collect()),
        _ => None,
    }
}

/// Makes names of their parts where no name is given. Refuses, before it makes them, more than there may be.
fn combine_names(properties: &mut IndexMap<String, Vec<String>>) -> Result<(), String> {
    if properties.contains_key("name") {
        return Ok(());
    }
    let count = |name: &str| properties.get(name).map_or(0, Vec::len);
    if count("lastName").saturating_mul(count("firstName")) > MOST_NAMES {
        return Err(format!("first and last names make more than {MOST_NAMES} names"));
    }
    let part = |name: &str| properties.get(name).cloned().unwrap_or_default();
    let middle: Vec<String> =
        ["secondName", "middleName", "fatherName"].iter().flat_map(|name| part(name)).take(1).collect();
    let mut names = Vec::new();
    for last in part("lastName") {
        for first in part("firstName") {
            let parts = std::iter::once(&first).chain(&middle).chain([&last]);
            names.push(parts.cloned().collect::<Vec<_>>().join(" "));
            if !middle.is_empty() {
                names.push(format!("{first} {last}"));
            }
        }
    }
    if !names.is_empty() {
        properties.insert("name".into(), names);
    }
    Ok(())
}

/// The entities that the example may be, the likeliest first. As in [`lagebild_screen::Index::screen`], the limit cuts
/// off none that bears the very name.
pub(super) fn scored<'s>(
    snapshot: &'s Snapshot,
    example: &Example,
    filter: &Filter,
    asked: &Asked,
) -> Vec<Scored<'s>> {
    let mut query = Query { schema: Some(example.schema.name.clone()), ..Query::default() };
    for (property, values) in &example.properties {
        let kind = example.schema.properties.get(property).map(|it| it.kind);
        if kind == Some(Kind::Name) {
            query.names.extend(values.iter().cloned());
        } else if asked.algorithm.compares == Compares::Records {
            query.properties.insert(property.clone(), values.clone());
        }
    }
    let mut options = Options {
        cutoff: if asked.weights.is_empty() { asked.cutoff } else { 0.0 },
        threshold: asked.threshold,
        limit: CANDIDATES,
        lists: filter.scope().to_vec(),
        exclude: Vec::new(),
    };
    if options.lists.is_empty() || asked.limit == 0 {
        return Vec::new();
    }
    let hits = snapshot.screen.screen(&query, &options);
    let are_all = hits.len() < options.limit;
    let mut results = let_through(snapshot, &hits, filter, asked);
    if !are_all && results.len() < asked.limit {
        // What the filter lets through may stand behind all that it does not.
        options.limit = usize::MAX;
        results = let_through(snapshot, &snapshot.screen.screen(&query, &options), filter, asked);
    }
    results.sort_by(|a, b| b.score.total_cmp(&a.score));
    let kept = results.into_iter().zip(0..);
    kept.filter(|(result, rank)| *rank < asked.limit || result.same).map(|(result, _)| result).collect()
}

/// The entities of hits that a filter lets through, each once, with their scores.
fn let_through<'s>(snapshot: &'s Snapshot, hits: &[Hit], filter: &Filter, asked: &Asked) -> Vec<Scored<'s>> {
    // One that is in several data sets is met in each.
    let mut seen = HashSet::new();
    let places = hits.iter().filter_map(|hit| Some((hit, *snapshot.screened.get(hit.number as usize)?)));
    let entities = places.filter_map(|(hit, place)| Some((hit, place, snapshot.entities.at(place)?)));
    entities
        .filter(|(_, place, entity)| filter.lets_through(entity) && seen.insert(*place))
        .map(|(hit, _, entity)| result(entity, hit, asked))
        .filter(|result| result.score > asked.cutoff)
        .collect()
}

fn result<'s>(entity: &'s Entity, hit: &Hit, asked: &Asked) -> Scored<'s> {
    let mut explanations = IndexMap::new();
    let mut score = hit.score;
    if !asked.weights.is_empty() {
        let points = hit.reasons.iter().map(|it| it.points * asked.algorithm.weight(it.field, asked.weights));
        score = points.sum::<f64>().clamp(0.0, 1.0);
    }
    for reason in &hit.reasons {
        let Some(feature) =
            asked.algorithm.feature(reason.field, reason.points > 0.0 || reason.field == "name")
        else {
            continue;
        };
        let name = hit.name.as_ref().filter(|_| reason.field == "name");
        let detail = name.map_or_else(|| reason.words.clone(), words);
        let explanation = json!({
            "detail": detail,
            "score": name.map_or(reason.points, |name| name.score),
            "query": name.map(|name| &name.query),
            "candidate": name.map(|name| &name.listed),
        });
        explanations.insert(feature.to_owned(), explanation);
    }
    Scored { entity, score, explanations, matched: score >= asked.threshold, same: hit.same }
}

/// How two names were taken for each other, part by part.
fn words(name: &lagebild_screen::NameMatch) -> String {
    let mut said: Vec<String> = Vec::new();
    for part in &name.parts {
        said.push(format!(
            "{} = {} ({}, {:.2})",
            part.query.text, part.listed.text, part.rule, part.similarity
        ));
    }
    said.extend(name.query_unmatched.iter().map(|it| format!("only asked for: {}", it.text)));
    said.extend(name.listed_unmatched.iter().map(|it| format!("only listed: {}", it.text)));
    said.extend(name.remarks.iter().map(|&it| it.to_owned()));
    said.join("; ")
}
