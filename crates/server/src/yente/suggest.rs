//! What OpenRefine offers while a user types: entities, properties, types.

use super::filter::Filter;
use super::params::{Param, ParamKind, Params};
use super::reconcile::{described, named, types};
use super::refusal::json_response;
use super::search::known_dataset;
use super::{MOST_RESULTS, Refusal};
use crate::app::{Now, Shared};
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use lagebild_ftm::{Kind, Model, Property};
use serde_json::{Value, json};

/// Properties and types that are suggested.
const MOST: usize = 5;

/// What the suggestions take.
pub(crate) const PARAMS: &[Param] = &[
    Param { name: "prefix", kind: ParamKind::Prefix, title: "What was typed" },
    Param { name: "limit", kind: ParamKind::Integer(10, MOST_RESULTS), title: "Most suggestions" },
];

/// What `/extend/property` takes.
pub(crate) const EXTENSION_PARAMS: &[Param] = &[
    Param { name: "type", kind: ParamKind::Text("Thing"), title: "Type of the entities" },
    Param { name: "limit", kind: ParamKind::Integer(0, i64::MAX), title: "Most properties (0 for all)" },
];

/// Entities with a name that begins so.
pub(super) async fn entity(
    State(app): State<Shared>,
    Now(snapshot): Now,
    Path(dataset): Path<String>,
    RawQuery(raw): RawQuery,
) -> Result<Response, Refusal> {
    let params = Params::parse(PARAMS, raw.as_deref(), app.strict())?;
    app.quick()
        .run(move |_| {
            known_dataset(&snapshot, &dataset)?;
            let filter = Filter::of(&snapshot, &dataset);
            let unready = || {
                Refusal::Detail(
                    StatusCode::SERVICE_UNAVAILABLE,
                    "The full text index could not be built.".into(),
                )
            };
            let found = snapshot
                .text()
                .ok_or_else(unready)?
                .complete(params.text("prefix"))
                .map_err(|_| unready())?;
            let entities = found.iter().filter_map(|(place, _)| snapshot.entities.at(*place));
            let entities = entities.filter(|entity| filter.lets_through(entity)).take(params.count("limit"));
            let result: Vec<Value> = entities
                .map(|entity| {
                    let name =
                        entity.schema.caption.iter().find_map(|property| entity.values(property).first());
                    let mut value = named(entity, name.unwrap_or(&entity.caption));
                    // `notable` is the name of the specification, `type` the one that yente gives.
                    value["notable"] = value["type"].clone();
                    value
                })
                .collect();
            Ok(suggestions(&params, &result))
        })
        .await?
}

/// Properties whose name or label begins so.
pub(super) async fn property(
    State(app): State<Shared>,
    Now(snapshot): Now,
    Path(dataset): Path<String>,
    RawQuery(raw): RawQuery,
) -> Result<Response, Refusal> {
    let params = Params::parse(PARAMS, raw.as_deref(), app.strict())?;
    known_dataset(&snapshot, &dataset)?;
    let types = types(&snapshot, &dataset);
    let own =
        types.iter().flat_map(|schema| schema.properties.values().filter(|it| it.schema == schema.name));
    let mut found: Vec<&Property> = own
        .filter(|it| {
            !it.hidden && it.kind != Kind::Entity && begins(params.text("prefix"), &[&it.name, &it.label])
        })
        .collect();
    found.sort_by_key(|property| property.qualified());
    let result: Vec<Value> = found
        .iter()
        .take(MOST)
        .map(|it| {
            // The specification knows a description only as a text.
            let description = it.description.as_deref().unwrap_or_default();
            json!({"id": it.qualified(), "name": it.label, "description": description})
        })
        .collect();
    Ok(suggestions(&params, &result))
}

/// Types whose name or label begins so.
pub(super) async fn schema(
    State(app): State<Shared>,
    Now(snapshot): Now,
    Path(dataset): Path<String>,
    RawQuery(raw): RawQuery,
) -> Result<Response, Refusal> {
    let params = Params::parse(PARAMS, raw.as_deref(), app.strict())?;
    known_dataset(&snapshot, &dataset)?;
    let types = types(&snapshot, &dataset);
    let found = types.iter().filter(|it| begins(params.text("prefix"), &[&it.name, &it.label, &it.plural]));
    let result: Vec<Value> = found.take(MOST).map(|it| described(it)).collect();
    Ok(suggestions(&params, &result))
}

/// Properties that may be added to entities of a type, those shown first in front.
pub(super) async fn extension(
    State(app): State<Shared>,
    Now(snapshot): Now,
    Path(dataset): Path<String>,
    RawQuery(raw): RawQuery,
) -> Result<Response, Refusal> {
    let params = Params::parse(EXTENSION_PARAMS, raw.as_deref(), app.strict())?;
    known_dataset(&snapshot, &dataset)?;
    let name = params.text("type");
    let schema =
        Model::shipped().schema(name).ok_or_else(|| Refusal::bad(format!("Invalid type: {name}")))?;
    let shown = |property: &&Property| !property.hidden && property.kind != Kind::Entity && !property.stub;
    let mut properties: Vec<&Property> = schema.properties.values().filter(shown).collect();
    properties.sort_by_key(|property| (!schema.featured.contains(&property.name), property.name.clone()));
    let limit = params.count("limit");
    properties.truncate(if limit == 0 { usize::MAX } else { limit });
    properties.sort_by(|a, b| a.name.cmp(&b.name));
    let listed: Vec<Value> = properties.iter().map(|it| json!({"id": it.name, "name": it.label})).collect();
    Ok(json_response(StatusCode::OK, &json!({"limit": limit, "type": name, "properties": listed})))
}

fn suggestions(params: &Params, result: &[Value]) -> Response {
    let answer = json!({
        "code": "/api/status/ok", "status": "200 OK", "prefix": params.text("prefix"), "result": result,
    });
    json_response(StatusCode::OK, &answer)
}

fn begins(prefix: &str, texts: &[&str]) -> bool {
    let prefix = prefix.trim().to_lowercase();
    !prefix.is_empty() && texts.iter().any(|text| text.to_lowercase().contains(&prefix))
}
