//! The reconciliation API 0.2 (<https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/>), as
//! OpenRefine uses it.

use super::algorithms;
use super::filter::Filter;
use super::matching::{
    Asked, Example, MOST_WARNINGS, Scored, THRESHOLD, can_be_asked, cut, scored, texts, too_much,
};
use super::params::{Param, ParamKind, Params};
use super::refusal::json_response;
use super::search::known_dataset;
use super::{MOST_QUERIES, MOST_RESULTS, Refusal};
use crate::app::{Now, Shared};
use crate::data::Snapshot;
use crate::work::Wanted;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use bytes::Bytes;
use indexmap::IndexMap;
use lagebild_ftm::{Entity, Kind, Model, Property, Schema, clean, country_name, topic_label};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Properties that may be added at once.
const MOST_PROPERTIES: usize = 100;

/// What the operation takes.
pub(crate) const PARAMS: &[Param] = &[
    Param { name: "algorithm", kind: ParamKind::Text("best"), title: "Name of the comparison" },
    Param { name: "changed_since", kind: ParamKind::Moment, title: "Only entities changed after this" },
];

/// Says what the service can do, and where.
pub(super) async fn manifest(
    State(app): State<Shared>,
    Now(snapshot): Now,
    Path(dataset): Path<String>,
    RawQuery(raw): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    known_dataset(&snapshot, &dataset)?;
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
    let base = format!("{}://{host}", app.scheme());
    let service = format!("{base}/reconcile/{dataset}");
    let query = raw.filter(|raw| !raw.is_empty()).map(|raw| format!("?{raw}")).unwrap_or_default();
    let at = |path: &str| json!({"service_url": service, "service_path": format!("{path}{query}")});
    let title = snapshot.config.get(&dataset).map_or(dataset.as_str(), |it| it.title());
    let types: Vec<Value> = types(&snapshot, &dataset).into_iter().map(described).collect();
    let choices = json!([
        {"id": "caption", "value": "caption", "name": "User-readable value"},
        {"id": "raw", "value": "raw", "name": "Machine-readable value"},
    ]);
    let settings = json!([
        {"name": "limit", "label": "Limit", "type": "number", "default": 0,
         "help_text": "Most values in a row (0 for all).", "choices": []},
        {"name": "render", "label": "Value rendering", "type": "select", "default": "caption",
         "help_text": "Values for readers (Russia) or for programs (ru).", "choices": choices},
    ]);
    let manifest = json!({
        "versions": ["0.2"],
        "name": format!("{title} (Lagebild)"),
        "identifierSpace": "https://www.opensanctions.org/reference/#schema",
        "schemaSpace": "https://www.opensanctions.org/reference/#schema",
        "documentation": format!("{base}/openapi.json"),
        "batchSize": 3,
        "view": {"url": format!("{base}/party/{{{{id}}}}")},
        "preview": {"url": format!("{base}/party/{{{{id}}}}/preview"), "width": 430, "height": 600},
        "suggest": {"entity": at("/suggest/entity"), "type": at("/suggest/type"), "property": at("/suggest/property")},
        "extend": {
            "propose_properties": at("/extend/property"),
            // The name of the specification, and the one that yente gives.
            "property_settings": settings,
            "propose_settings": settings,
        },
        "defaultTypes": types,
    });
    Ok(json_response(StatusCode::OK, &manifest))
}

/// The schemata of a data set's entities that may be compared, and those that they inherit from.
pub(super) fn types(snapshot: &Snapshot, dataset: &str) -> Vec<&'static Schema> {
    let filter = Filter::of(snapshot, dataset);
    let mut names: BTreeSet<&str> = BTreeSet::new();
    let there = snapshot.entities.all().iter().filter(|entity| filter.lets_through(entity));
    for schema in there.map(|entity| entity.schema).filter(|schema| schema.matchable) {
        names.extend(schema.lineage.iter().map(String::as_str));
    }
    let model = Model::shipped();
    names.into_iter().filter_map(|name| model.schema(name)).collect()
}

/// A schema as reconciliation clients see a type.
pub(super) fn described(schema: &Schema) -> Value {
    let description = schema.description.as_deref().unwrap_or(&schema.label);
    json!({"id": schema.name, "name": schema.plural, "description": description})
}

/// An entity as reconciliation clients see it.
pub(super) fn named(entity: &Entity, name: &str) -> Value {
    json!({"id": entity.id, "name": name, "description": entity.schema.label, "type": [described(entity.schema)]})
}

/// Answers queries, or adds properties to entities that were chosen.
pub(super) async fn reconcile(
    State(app): State<Shared>,
    Now(snapshot): Now,
    Path(dataset): Path<String>,
    RawQuery(raw): RawQuery,
    body: Bytes,
) -> Result<Response, Refusal> {
    let params = Params::parse(PARAMS, raw.as_deref(), app.strict())?;
    app.quick()
        .run(move |wanted| {
            let form: IndexMap<String, String> = form_urlencoded::parse(&body).into_owned().collect();
            let extend = form.get("extend").filter(|text| !text.trim().is_empty());
            let (size, answer) = if let Some(extend) = extend {
                extended(&snapshot, extend)?
            } else {
                known_dataset(&snapshot, &dataset)?;
                queried(&snapshot, &dataset, &params, form.get("queries").map_or("", String::as_str), wanted)?
            };
            let mut response = json_response(StatusCode::OK, &answer);
            response.headers_mut().insert("x-batch-size", HeaderValue::from(size));
            Ok(response)
        })
        .await?
}

fn queried(
    snapshot: &Snapshot,
    dataset: &str,
    params: &Params,
    queries: &str,
    wanted: &Wanted,
) -> Result<(usize, Value), Refusal> {
    let queries: IndexMap<String, Value> =
        serde_json::from_str(queries).map_err(|_| Refusal::bad("Cannot decode reconciliation queries"))?;
    if queries.len() > MOST_QUERIES {
        return Err(Refusal::bad(format!("Too many queries in one batch (limit: {MOST_QUERIES})")));
    }
    let algorithm = algorithms::by_name(params.text("algorithm"))?;
    let everything: Vec<&Schema> = Model::shipped().schema("Thing").into_iter().collect();
    let mut answers = IndexMap::new();
    for (name, query) in &queries {
        wanted.check()?;
        let types = asked_types(query)?;
        let example = example(query, &types)?;
        let limit = query.get("limit").and_then(Value::as_u64).unwrap_or(5).min(MOST_RESULTS as u64) as usize;
        let asked = Asked { limit, threshold: THRESHOLD, cutoff: 0.0, algorithm, weights: &IndexMap::new() };
        let filter = Filter::of(snapshot, dataset)
            .schemata(if types.is_empty() { &everything } else { &types })
            .changed_since(params.text("changed_since"));
        let results: Vec<Value> = scored(snapshot, &example, &filter, &asked).iter().map(result).collect();
        let mut answer = json!({"result": results});
        if !example.warnings.is_empty() {
            answer["warnings"] = json!(example.warnings);
        }
        answers.insert(name, answer);
    }
    Ok((answers.len(), json!(answers)))
}

fn result(scored: &Scored) -> Value {
    let mut value = named(scored.entity, &scored.entity.caption);
    value["score"] = json!(scored.score);
    value["match"] = json!(scored.matched);
    value
}

/// The types that a query names.
fn asked_types(query: &Value) -> Result<Vec<&'static Schema>, Refusal> {
    let names = query.get("type").and_then(texts).unwrap_or_default();
    let model = Model::shipped();
    let known = |name: &String| {
        model.schema(name).ok_or_else(|| Refusal::bad(format!("Unknown schema: '{}'", cut(name))))
    };
    names.iter().map(known).collect()
}

/// What a query is about: the one type that it names, or everything, of which a filter leaves the types that it names.
fn example(query: &Value, types: &[&'static Schema]) -> Result<Example, Refusal> {
    let model = Model::shipped();
    let schema = match types {
        [only] => only,
        _ => model.schema("Thing").ok_or_else(|| Refusal::bad("Unknown schema: 'Thing'"))?,
    };
    let mut properties: IndexMap<String, Vec<String>> = IndexMap::new();
    let mut warnings = Vec::new();
    match query.get("query") {
        None | Some(Value::Null) => {}
        Some(Value::String(text)) => drop(properties.insert("name".into(), vec![text.to_owned()])),
        Some(_) => return Err(Refusal::bad("Cannot decode reconciliation queries")),
    }
    for given in query.get("properties").and_then(Value::as_array).into_iter().flatten() {
        let pid = given.get("pid").and_then(Value::as_str).unwrap_or_default();
        let of_types = || types.iter().find_map(|it| it.properties.get(pid));
        let property = model.property(pid).or_else(|| schema.properties.get(pid)).or_else(of_types);
        let (Some(property), Some(value)) = (property, given.get("v")) else {
            warnings.push(format!("there is no property '{}': left aside", cut(pid)));
            continue;
        };
        for value in given_values(value) {
            if let Some(value) = clean(property.kind, &value) {
                properties.entry(property.name.clone()).or_default().push(value);
            } else {
                let (value, name) = (cut(&value), &property.name);
                warnings.push(format!("'{value}' cannot be read as {name}: not compared"));
            }
        }
    }
    if let Some(why) = too_much(schema, &properties) {
        return Err(Refusal::bad(why));
    }
    if !can_be_asked(schema, &properties) {
        warnings.push("there is neither a name nor a number to look for: nothing was looked for".into());
    }
    warnings.truncate(MOST_WARNINGS);
    Ok(Example { id: Value::Null, schema, properties, warnings })
}

/// The values of a property in a query: one or several, each written out or the name of an entity that was found before.
fn given_values(value: &Value) -> Vec<String> {
    let one = |value: &Value| {
        let value = value.get("name").or_else(|| value.get("id")).unwrap_or(value);
        texts(&json!([value])).unwrap_or_default()
    };
    match value {
        Value::Array(values) => values.iter().flat_map(one).collect(),
        value => one(value),
    }
}

/// Values of the properties that were asked for.
fn extended(snapshot: &Snapshot, query: &str) -> Result<(usize, Value), Refusal> {
    let query: Value =
        serde_json::from_str(query).map_err(|_| Refusal::bad("Cannot decode extension request"))?;
    let ids: Vec<&str> = query["ids"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    if ids.len() > MOST_QUERIES {
        return Err(Refusal::bad(format!("Too many queries in one batch (limit: {MOST_QUERIES})")));
    }
    if query["properties"].as_array().is_some_and(|all| all.len() > MOST_PROPERTIES) {
        return Err(Refusal::bad(format!("Too many properties (limit: {MOST_PROPERTIES})")));
    }
    let (mut meta, mut rows) = (IndexMap::new(), IndexMap::new());
    for id in ids {
        let Some(entity) = snapshot.entities.get(id) else {
            if snapshot.entities.merged(id).is_some() {
                return Err(Refusal::bad("Please specify the canonical entity ID, not a referent"));
            }
            rows.insert(id, IndexMap::new());
            continue;
        };
        let mut row = IndexMap::new();
        for asked in query["properties"].as_array().into_iter().flatten() {
            let Some(property) = asked["id"].as_str().and_then(|id| entity.schema.properties.get(id)) else {
                continue;
            };
            meta.entry(&property.name)
                .or_insert_with(|| json!({"id": property.name, "name": property.label}));
            row.insert(property.name.as_str(), cells(entity, property, &asked["settings"]));
        }
        rows.insert(id, row);
    }
    let meta: Vec<&Value> = meta.values().collect();
    Ok((rows.len(), json!({"meta": meta, "rows": rows})))
}

fn cells(entity: &Entity, property: &Property, settings: &Value) -> Vec<Value> {
    let limit =
        settings["limit"].as_u64().or_else(|| settings["limit"].as_str()?.parse().ok()).unwrap_or(0) as usize;
    let raw = settings["render"] == "raw";
    let values = entity.values(&property.name).iter().take(if limit == 0 { usize::MAX } else { limit });
    values
        .map(|value| {
            let shown = match property.kind {
                _ if raw => None,
                Kind::Country => country_name(value),
                Kind::Topic => topic_label(value),
                _ => None,
            };
            json!({"str": shown.unwrap_or(value)})
        })
        .collect()
}
