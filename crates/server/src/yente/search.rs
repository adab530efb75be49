//! `GET /search/{dataset}`: text, filters, sorting, facets.

use super::filter::{self, Filter};
use super::matching::{MOST_WARNINGS, cut};
use super::params::{Param, ParamKind, Params};
use super::refusal::json_response;
use super::{MOST_RESULTS, Refusal, WINDOW};
use crate::app::{Now, Shared};
use crate::data::{Found, Snapshot};
use crate::query;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use indexmap::{IndexMap, IndexSet};
use lagebild_ftm::{Entity, Kind, Model, country_name, topic_label};
use serde::Serialize;
use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

/// Values counted in a facet.
const MOST_VALUES: usize = 1000;
/// Facets that there are.
const FACETS: &[&str] = &["datasets", "schema", "countries", "identifiers", "topics", "genders"];

/// What the operation takes.
pub(crate) const PARAMS: &[Param] = &[
    Param { name: "q", kind: ParamKind::Text(""), title: "Query text" },
    Param { name: "schema", kind: ParamKind::Text("Thing"), title: "Types of entities that can match" },
    Param { name: "include_dataset", kind: ParamKind::Texts(500), title: "Only these data sets" },
    Param { name: "exclude_dataset", kind: ParamKind::Texts(500), title: "Not these data sets" },
    Param { name: "exclude_schema", kind: ParamKind::Texts(500), title: "Not these types of entities" },
    Param { name: "changed_since", kind: ParamKind::Moment, title: "Only entities changed after this" },
    Param { name: "countries", kind: ParamKind::Texts(500), title: "Only with these countries" },
    Param { name: "topics", kind: ParamKind::Texts(500), title: "Only with these topics" },
    Param { name: "datasets", kind: ParamKind::Texts(500), title: "Only in these data sets, for facets" },
    Param { name: "filter", kind: ParamKind::Texts(500), title: "Only with these values, as field:value" },
    Param { name: "limit", kind: ParamKind::Integer(10, MOST_RESULTS), title: "Most results" },
    Param { name: "offset", kind: ParamKind::Integer(0, 9499), title: "Results to pass over" },
    Param { name: "sort", kind: ParamKind::Texts(20), title: "Sorting, as field:asc or field:desc" },
    Param { name: "target", kind: ParamKind::Flag(None), title: "Only targets, or only others" },
    Param { name: "fuzzy", kind: ParamKind::Flag(Some(false)), title: "word~ finds words like it" },
    Param { name: "simple", kind: ParamKind::Flag(Some(false)), title: "Simple syntax that never fails" },
    Param {
        name: "facets",
        kind: ParamKind::Choices(FACETS, &["countries", "topics", "datasets"]),
        title: "Facets to count",
    },
    Param {
        name: "filter_op",
        kind: ParamKind::Choice(&["OR", "AND"]),
        title: "Of several values in a field: one or all",
    },
];

/// How many there are.
#[derive(Debug, Serialize)]
pub(super) struct Total {
    value: usize,
    relation: &'static str,
}

impl Total {
    pub(super) fn of(value: usize) -> Self {
        Self { value, relation: "eq" }
    }
}

#[derive(Serialize)]
struct Answer<'s> {
    limit: usize,
    offset: usize,
    total: Total,
    results: Vec<&'s Entity>,
    facets: IndexMap<String, Facet>,
    /// What was asked for and cannot be anywhere. yente has no such field; its clients pass over it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    warnings: Vec<String>,
}

#[derive(Serialize)]
struct Facet {
    label: String,
    values: Vec<FacetValue>,
}

#[derive(Serialize)]
struct FacetValue {
    name: String,
    label: String,
    count: usize,
}

/// Answers a search.
pub(super) async fn search(
    State(app): State<Shared>,
    Now(snapshot): Now,
    Path(dataset): Path<String>,
    RawQuery(raw): RawQuery,
) -> Result<Response, Refusal> {
    let params = Params::parse(PARAMS, raw.as_deref(), app.strict())?;
    app.quick().run(move |_| answer(&snapshot, &dataset, &params)).await?
}

fn answer(snapshot: &Snapshot, dataset: &str, params: &Params) -> Result<Response, Refusal> {
    known_dataset(snapshot, dataset)?;
    let (limit, offset) = window(params);
    let filter = filter_of(snapshot, dataset, params)?;
    let mut found = text_results(snapshot, params)?;
    found.retain(|(place, _)| snapshot.entities.at(*place).is_some_and(|entity| filter.lets_through(entity)));
    // One that is asked for twice is counted once.
    let facets: IndexSet<&String> = params.texts("facets").iter().collect();
    let facets = facets.into_iter().map(|name| (name.clone(), facet(snapshot, name, &found))).collect();
    sort(snapshot, params.texts("sort"), &mut found)?;
    let page = found.iter().skip(offset).take(limit);
    let answer = Answer {
        limit,
        offset,
        total: Total::of(found.len()),
        results: page.filter_map(|(place, _)| snapshot.entities.at(*place)).collect(),
        facets,
        warnings: warnings(snapshot, params),
    };
    Ok(json_response(StatusCode::OK, &answer))
}

/// Values of filters that no entity can have, since there are none such: what is not found by them was not looked for.
fn warnings(snapshot: &Snapshot, params: &Params) -> Vec<String> {
    let mut warnings = Vec::new();
    let mut say = |what: &str, value: &str| warnings.push(format!("there is no {what} '{}'", cut(value)));
    for value in params.texts("countries").iter().filter(|it| country_name(&it.to_lowercase()).is_none()) {
        say("country with the code", value);
    }
    for value in params.texts("topics").iter().filter(|it| topic_label(it).is_none()) {
        say("topic", value);
    }
    for name in ["datasets", "include_dataset", "exclude_dataset"] {
        for value in params.texts(name).iter().filter(|it| snapshot.config.get(it).is_none()) {
            say("data set", value);
        }
    }
    for value in params.texts("exclude_schema").iter().filter(|it| Model::shipped().schema(it).is_none()) {
        say("type of entity", value);
    }
    let fields = params.texts("filter").iter().filter_map(|given| given.split_once(':'));
    for (field, _) in fields.filter(|(field, _)| !filter::is_field(field)) {
        say("field", field);
    }
    warnings.truncate(MOST_WARNINGS);
    warnings
}

/// Refuses data sets that are not there.
pub(super) fn known_dataset(snapshot: &Snapshot, name: &str) -> Result<(), Refusal> {
    snapshot.config.get(name).map(|_| ()).ok_or_else(|| Refusal::not_found("No such dataset."))
}

/// Limit and offset, kept within the window that can be reached.
pub(super) fn window(params: &Params) -> (usize, usize) {
    let limit = params.count("limit");
    (limit, params.count("offset").min(WINDOW - limit.min(WINDOW)))
}

fn filter_of(snapshot: &Snapshot, dataset: &str, params: &Params) -> Result<Filter, Refusal> {
    let schema =
        Model::shipped().schema(params.text("schema")).ok_or_else(|| Refusal::bad("Invalid schema"))?;
    let mut fields: Vec<(String, String)> = Vec::new();
    for field in ["countries", "topics", "datasets"] {
        fields.extend(params.texts(field).iter().map(|value| (field.to_owned(), value.clone())));
    }
    for given in params.texts("filter") {
        let (field, value) =
            given.split_once(':').ok_or_else(|| Refusal::bad(format!("Invalid filter: '{given}'")))?;
        fields.push((field.to_owned(), value.to_owned()));
    }
    fields.extend(params.flag("target").map(|target| ("target".to_owned(), target.to_string())));
    Ok(Filter::of(snapshot, dataset)
        .datasets(params.texts("include_dataset"), params.texts("exclude_dataset"))
        .schema(schema, params.texts("exclude_schema"))
        .fields(fields, params.text("filter_op") == "AND")
        .changed_since(params.text("changed_since")))
}

/// Weight of an entity that bears the very name that is asked for, and that the full text does not find by itself.
const BEARER: f32 = 10.0;

/// Entities that fit the text, each with its weight; and those of which the whole text is a name, as screening finds them.
/// A name may hold what the syntax of queries takes for something else, or refuses.
fn text_results(snapshot: &Snapshot, params: &Params) -> Result<Vec<Found>, Refusal> {
    let named = snapshot.screen.bearers(params.text("q")).into_iter();
    let named: Vec<u32> =
        named.filter_map(|number| snapshot.screened.get(number as usize).copied()).collect();
    let mut found = match full_text(snapshot, params) {
        Err(_) if !named.is_empty() => Vec::new(),
        found => found?,
    };
    let mut known: HashSet<u32> = found.iter().map(|(place, _)| *place).collect();
    found.extend(named.into_iter().filter(|place| known.insert(*place)).map(|place| (place, BEARER)));
    Ok(found)
}

/// What the full text has for a query.
fn full_text(snapshot: &Snapshot, params: &Params) -> Result<Vec<Found>, Refusal> {
    let text = params.text("q").trim();
    let node = if params.flag("simple") == Some(true) {
        query::parse_simple(text)
    } else {
        let fuzzy = params.flag("fuzzy") == Some(true);
        query::parse(text, fuzzy).map_err(|_| Refusal::bad("Search error: query_shard_exception"))?
    };
    if node.is_too_much() {
        return Err(Refusal::bad("Search error: too_many_clauses"));
    }
    if node == query::Node::All {
        return Ok((0..snapshot.entities.all().len() as u32).map(|place| (place, 1.0)).collect());
    }
    let index = snapshot.text().ok_or_else(|| {
        Refusal::Detail(StatusCode::SERVICE_UNAVAILABLE, "The full text index could not be built.".into())
    })?;
    index.find(&node).map_err(|_| Refusal::bad("Search error: query_shard_exception"))
}

/// Sorts by the fields asked for; then by how well the text fits and how much is known of the entity; then by id.
fn sort(snapshot: &Snapshot, sorts: &[String], found: &mut [Found]) -> Result<(), Refusal> {
    let mut keys: Vec<(&str, bool)> = Vec::new();
    for given in sorts {
        let (field, order) = given.rsplit_once(':').unwrap_or((given, "asc"));
        if field != "_score" && !filter::is_field(field) {
            return Err(Refusal::bad("Search error: search_phase_execution_exception"));
        }
        keys.push((field, order == "desc"));
    }
    let weight = |place: u32, score: f32| {
        let entity = snapshot.entities.at(place);
        let count: usize = entity.map_or(0, |it| it.properties.iter().map(|(_, values)| values.len()).sum());
        score + (0.5 * count as f32).sqrt()
    };
    let weights: HashMap<u32, f32> =
        found.iter().map(|&(place, score)| (place, weight(place, score))).collect();
    let weight = |place: u32| weights.get(&place).copied().unwrap_or_default();
    found.sort_by(|&(a, _), &(b, _)| {
        let (Some(left), Some(right)) = (snapshot.entities.at(a), snapshot.entities.at(b)) else {
            return Ordering::Equal;
        };
        for &(field, descending) in &keys {
            let order = if field == "_score" {
                weight(a).total_cmp(&weight(b))
            } else {
                compare(left, right, field, descending)
            };
            let order = if descending { order.reverse() } else { order };
            if order != Ordering::Equal {
                return order;
            }
        }
        weight(b).total_cmp(&weight(a)).then_with(|| left.id.cmp(&right.id))
    });
    Ok(())
}

/// Compares two entities by a field. Those without a value come last in either order.
fn compare(left: &Entity, right: &Entity, field: &str, descending: bool) -> Ordering {
    let pick = |entity| {
        let values = filter::values(entity, field);
        if descending { values.into_iter().max() } else { values.into_iter().min() }
    };
    match (pick(left), pick(right)) {
        (Some(left), Some(right)) => left.to_lowercase().cmp(&right.to_lowercase()),
        (None, None) => Ordering::Equal,
        (one, _) => {
            let last = if one.is_none() { Ordering::Greater } else { Ordering::Less };
            if descending { last.reverse() } else { last }
        }
    }
}

fn facet(snapshot: &Snapshot, field: &str, found: &[Found]) -> Facet {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for entity in found.iter().filter_map(|(place, _)| snapshot.entities.at(*place)) {
        for value in filter::values(entity, field) {
            *counts.entry(value).or_default() += 1;
        }
    }
    let mut counts: Vec<(&str, usize)> = counts.into_iter().collect();
    counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    counts.truncate(MOST_VALUES);
    let model = Model::shipped();
    let label = match field {
        "datasets" => "Data sources".to_owned(),
        "schema" => "Entity types".to_owned(),
        _ => model.group(field).map_or_else(|| field.to_owned(), |group| group.plural.clone()),
    };
    let values = counts.into_iter().map(|(name, count)| FacetValue {
        name: name.to_owned(),
        label: value_label(snapshot, field, name),
        count,
    });
    Facet { label, values: values.collect() }
}

fn value_label(snapshot: &Snapshot, field: &str, value: &str) -> String {
    let model = Model::shipped();
    let label = match field {
        "datasets" => snapshot.config.get(value).map(|dataset| dataset.title().to_owned()),
        "schema" => model.schema(value).map(|schema| schema.plural.clone()),
        _ => match model.group(field).map(|group| group.kind) {
            Some(Kind::Country) => country_name(value).map(Into::into),
            Some(Kind::Topic) => topic_label(value).map(Into::into),
            Some(Kind::Gender) => {
                value.get(..1).map(|first| first.to_uppercase() + value.get(1..).unwrap_or_default())
            }
            _ => None,
        },
    };
    label.unwrap_or_else(|| value.to_owned())
}
