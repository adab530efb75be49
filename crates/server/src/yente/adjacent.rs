//! `GET /entities/…`: one entity, with the entities around it.

use super::filter;
use super::params::{Param, ParamKind, Params};
use super::refusal::json_response;
use super::search::{Total, window};
use super::{MOST_RESULTS, Refusal};
use crate::app::{Now, Shared};
use crate::data::{Entities, Snapshot};
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use indexmap::IndexMap;
use lagebild_ftm::{Entity, Kind, Property};
use serde_json::{Value, json};
use std::collections::HashSet;

/// What `/entities/{id}` takes.
pub(crate) const ENTITY_PARAMS: &[Param] =
    &[Param { name: "nested", kind: ParamKind::Flag(Some(true)), title: "With the entities around it" }];

/// What `/entities/{id}/adjacent` takes.
pub(crate) const ADJACENT_PARAMS: &[Param] = &[
    Param { name: "sort", kind: ParamKind::Texts(20), title: "Sorting, as field:asc or field:desc" },
    Param {
        name: "limit",
        kind: ParamKind::Integer(10, MOST_RESULTS),
        title: "Most results of each property",
    },
    Param { name: "offset", kind: ParamKind::Integer(0, 9499), title: "Results to pass over" },
];

/// Answers with an entity.
pub(super) async fn entity(
    State(app): State<Shared>,
    Now(snapshot): Now,
    Path(id): Path<String>,
    RawQuery(raw): RawQuery,
) -> Result<Response, Refusal> {
    let params = Params::parse(ENTITY_PARAMS, raw.as_deref(), app.strict())?;
    let found = match find(&snapshot, &id)? {
        Found::Here(entity) => entity,
        Found::Moved(response) => return Ok(response),
    };
    if params.flag("nested") == Some(false) {
        return Ok(json_response(StatusCode::OK, found));
    }
    Ok(json_response(StatusCode::OK, &nested(&snapshot.entities, found)))
}

/// Answers with an entity and, property by property, the entities next to it.
pub(super) async fn adjacent(
    State(app): State<Shared>,
    Now(snapshot): Now,
    Path(id): Path<String>,
    RawQuery(raw): RawQuery,
) -> Result<Response, Refusal> {
    let params = Params::parse(ADJACENT_PARAMS, raw.as_deref(), app.strict())?;
    let found = match find(&snapshot, &id)? {
        Found::Here(entity) => entity,
        Found::Moved(response) => return Ok(response),
    };
    let mut around = IndexMap::new();
    for property in found.schema.properties.values().filter(|property| property.kind == Kind::Entity) {
        let (total, page) = page(&snapshot, found, property, &params);
        if total > 0 {
            around.insert(property.name.as_str(), page);
        }
    }
    Ok(json_response(StatusCode::OK, &json!({"entity": found, "adjacent": around})))
}

/// Answers with the entities next to one by one property.
pub(super) async fn of_property(
    State(app): State<Shared>,
    Now(snapshot): Now,
    Path((id, property)): Path<(String, String)>,
    RawQuery(raw): RawQuery,
) -> Result<Response, Refusal> {
    let params = Params::parse(ADJACENT_PARAMS, raw.as_deref(), app.strict())?;
    let found = match find(&snapshot, &id)? {
        Found::Here(entity) => entity,
        Found::Moved(response) => return Ok(response),
    };
    let property = found.schema.properties.get(&property).filter(|property| property.kind == Kind::Entity);
    let property = property.ok_or_else(|| Refusal::not_found("No such property!"))?;
    Ok(json_response(StatusCode::OK, &page(&snapshot, found, property, &params).1))
}

enum Found<'s> {
    Here(&'s Entity),
    Moved(Response),
}

fn find<'s>(snapshot: &'s Snapshot, id: &str) -> Result<Found<'s>, Refusal> {
    if let Some(entity) = snapshot.entities.get(id) {
        return Ok(Found::Here(entity));
    }
    let merged = snapshot.entities.merged(id).ok_or_else(|| Refusal::not_found("No such entity!"))?;
    let id: String = form_urlencoded::byte_serialize(merged.id.as_bytes()).collect();
    let place = format!("/entities/{}", id.replace('+', "%20"));
    Ok(Found::Moved((StatusCode::PERMANENT_REDIRECT, [("location", place)]).into_response()))
}

/// How many entities a property leads to, and a page of them.
fn page(snapshot: &Snapshot, entity: &Entity, property: &Property, params: &Params) -> (usize, Value) {
    let entities = &snapshot.entities;
    let mut next: Vec<&Entity> = if property.stub {
        let inbound = entities.inbound(&entity.id).iter().filter(|it| it.seen_as == property.name);
        inbound.filter_map(|it| entities.at(it.from)).collect()
    } else {
        entity.values(&property.name).iter().filter_map(|id| entities.get(id)).collect()
    };
    let mut seen = HashSet::new();
    next.retain(|entity| seen.insert(entity.id.as_str()));
    for given in params.texts("sort").iter().rev() {
        let (field, order) = given.rsplit_once(':').unwrap_or((given, "asc"));
        next.sort_by_key(|entity| filter::values(entity, field).into_iter().min().map(str::to_lowercase));
        if order == "desc" {
            next.reverse();
        }
    }
    let (limit, offset) = window(params);
    let around: HashSet<&str> = surroundings(entities, entity);
    let path = [entity.id.as_str()];
    let results: Vec<Value> =
        next.iter().skip(offset).take(limit).map(|it| nest(entities, it, &around, &path)).collect();
    let total = next.len();
    (total, json!({"limit": limit, "offset": offset, "total": Total::of(total), "results": results}))
}

/// An entity with those around it in place of their ids: one link away, and what a link leads to.
fn nested(entities: &Entities, entity: &Entity) -> Value {
    nest(entities, entity, &surroundings(entities, entity), &[])
}

/// The ids of an entity, of those next to it, and of those that links next to it lead to.
fn surroundings<'s>(entities: &'s Entities, entity: &'s Entity) -> HashSet<&'s str> {
    let mut around: HashSet<&str> = HashSet::from([entity.id.as_str()]);
    let inbound = entities.inbound(&entity.id).iter().filter_map(|it| entities.at(it.from));
    let outbound = entity.of_kind(Kind::Entity).filter_map(|id| entities.get(id));
    let next: Vec<&Entity> = inbound.chain(outbound).collect();
    around.extend(next.iter().map(|it| it.id.as_str()));
    for link in next.iter().filter(|it| it.schema.edge.is_some()) {
        around.extend(link.of_kind(Kind::Entity).filter_map(|id| entities.get(id)).map(|it| it.id.as_str()));
    }
    around
}

/// `path` holds the ids that were passed on the way, which are not entered again.
fn nest(entities: &Entities, entity: &Entity, around: &HashSet<&str>, path: &[&str]) -> Value {
    let mut written = serde_json::to_value(entity).unwrap_or_default();
    let Some(properties) = written.get_mut("properties").and_then(Value::as_object_mut) else {
        return written;
    };
    let mut further = path.to_vec();
    further.push(&entity.id);
    for (property, ids) in entity.stated().filter(|(property, _)| property.kind == Kind::Entity) {
        let values =
            ids.iter().filter(|id| path.is_empty() || !path.contains(&id.as_str()) || path.len() == 1);
        let values: Vec<Value> = values
            .map(|id| match entities.get(id).filter(|it| around.contains(it.id.as_str())) {
                Some(next) if !path.contains(&id.as_str()) => nest(entities, next, around, &further),
                _ => Value::String(id.clone()),
            })
            .collect();
        properties.insert(property.name.clone(), Value::Array(values));
    }
    if path.len() <= 1 {
        for inbound in entities.inbound(&entity.id) {
            let Some(next) = entities.at(inbound.from) else { continue };
            if path.contains(&next.id.as_str()) || !around.contains(next.id.as_str()) {
                continue;
            }
            let value = nest(entities, next, around, &further);
            match properties.entry(inbound.seen_as).or_insert_with(|| Value::Array(Vec::new())) {
                Value::Array(values) if !values.iter().any(|known| known["id"] == value["id"]) => {
                    values.push(value);
                }
                _ => {}
            }
        }
    }
    written
}
