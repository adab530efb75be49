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
use std::cell::Cell;
use std::collections::{HashMap, HashSet};

/// Entities that are written into one answer in place of their ids; further ones stay ids.
const MOST_NESTED: usize = 10_000;

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
    let answer = app.quick().run(move |_| {
        around(&snapshot, &id, |found| {
            if params.flag("nested") == Some(false) {
                return Ok(json_response(StatusCode::OK, found));
            }
            Ok(json_response(StatusCode::OK, &Around::of(&snapshot.entities, found).nest(found, &[])))
        })
    });
    answer.await?
}

/// Answers with an entity and, property by property, the entities next to it.
pub(super) async fn adjacent(
    State(app): State<Shared>,
    Now(snapshot): Now,
    Path(id): Path<String>,
    RawQuery(raw): RawQuery,
) -> Result<Response, Refusal> {
    let params = Params::parse(ADJACENT_PARAMS, raw.as_deref(), app.strict())?;
    let answer = app.quick().run(move |_| {
        around(&snapshot, &id, |found| {
            let around = Around::of(&snapshot.entities, found);
            let mut adjacent = IndexMap::new();
            let links = found.schema.properties.values().filter(|property| property.kind == Kind::Entity);
            for property in links {
                let (total, page) = around.page(property, &params);
                if total > 0 {
                    adjacent.insert(property.name.as_str(), page);
                }
            }
            Ok(json_response(StatusCode::OK, &json!({"entity": found, "adjacent": adjacent})))
        })
    });
    answer.await?
}

/// Answers with the entities next to one by one property.
pub(super) async fn of_property(
    State(app): State<Shared>,
    Now(snapshot): Now,
    Path((id, property)): Path<(String, String)>,
    RawQuery(raw): RawQuery,
) -> Result<Response, Refusal> {
    let params = Params::parse(ADJACENT_PARAMS, raw.as_deref(), app.strict())?;
    let answer = app.quick().run(move |_| {
        around(&snapshot, &id, |found| {
            let property = found.schema.properties.get(&property).filter(|it| it.kind == Kind::Entity);
            let property = property.ok_or_else(|| Refusal::not_found("No such property!"))?;
            let page = Around::of(&snapshot.entities, found).page(property, &params).1;
            Ok(json_response(StatusCode::OK, &page))
        })
    });
    answer.await?
}

/// What is answered of an entity; the way to it where it was merged into another.
fn around(
    snapshot: &Snapshot,
    id: &str,
    answer: impl FnOnce(&Entity) -> Result<Response, Refusal>,
) -> Result<Response, Refusal> {
    match find(snapshot, id)? {
        Found::Here(entity) => answer(entity),
        Found::Moved(response) => Ok(response),
    }
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

/// What is around an entity.
struct Around<'s> {
    entities: &'s Entities,
    entity: &'s Entity,
    /// The ids of the entity, of those next to it, and of those that links next to it lead to.
    ids: HashSet<&'s str>,
    /// Who points to it, by the property that it is seen as, in the data's order, each once.
    inbound: HashMap<&'static str, Vec<&'s Entity>>,
    /// Entities that may still be written in place of their ids.
    left: Cell<usize>,
}

impl<'s> Around<'s> {
    fn of(entities: &'s Entities, entity: &'s Entity) -> Self {
        let mut ids: HashSet<&str> = HashSet::from([entity.id.as_str()]);
        let mut inbound: HashMap<&'static str, Vec<&Entity>> = HashMap::new();
        let mut seen: HashSet<(&str, &str)> = HashSet::new();
        let mut next: Vec<&Entity> = Vec::new();
        for link in entities.inbound(&entity.id) {
            let Some(from) = entities.at(link.from) else { continue };
            if seen.insert((link.seen_as, &from.id)) {
                inbound.entry(link.seen_as).or_default().push(from);
            }
            next.push(from);
        }
        next.extend(entity.of_kind(Kind::Entity).filter_map(|id| entities.get(id)));
        ids.extend(next.iter().map(|it| it.id.as_str()));
        for link in next.iter().filter(|it| it.schema.edge.is_some()) {
            let ends = link.of_kind(Kind::Entity).filter_map(|id| entities.get(id));
            ids.extend(ends.map(|it| it.id.as_str()));
        }
        Self { entities, entity, ids, inbound, left: Cell::new(MOST_NESTED) }
    }

    /// How many entities a property leads to, and a page of them.
    fn page(&self, property: &Property, params: &Params) -> (usize, Value) {
        let mut next: Vec<&Entity> = if property.stub {
            self.inbound.get(property.name.as_str()).cloned().unwrap_or_default()
        } else {
            let mut seen = HashSet::new();
            let ids = self.entity.values(&property.name).iter();
            ids.filter_map(|id| self.entities.get(id)).filter(|it| seen.insert(it.id.as_str())).collect()
        };
        for given in params.texts("sort").iter().rev() {
            let (field, order) = given.rsplit_once(':').unwrap_or((given, "asc"));
            let key =
                |entity: &&Entity| filter::values(entity, field).into_iter().min().map(str::to_lowercase);
            next.sort_by_cached_key(key);
            if order == "desc" {
                next.reverse();
            }
        }
        let (limit, offset) = window(params);
        let path = [self.entity.id.as_str()];
        let results: Vec<Value> =
            next.iter().skip(offset).take(limit).map(|it| self.nest(it, &path)).collect();
        let total = next.len();
        (total, json!({"limit": limit, "offset": offset, "total": Total::of(total), "results": results}))
    }

    /// An entity with those around it in place of their ids: one link away, and what a link leads to. `path` holds the ids that
    /// were passed on the way, which are not entered again.
    fn nest(&self, entity: &Entity, path: &[&str]) -> Value {
        let mut written = serde_json::to_value(entity).unwrap_or_default();
        let Some(properties) = written.get_mut("properties").and_then(Value::as_object_mut) else {
            return written;
        };
        let mut further = path.to_vec();
        further.push(&entity.id);
        for (property, ids) in entity.stated().filter(|(property, _)| property.kind == Kind::Entity) {
            let values = ids.iter().filter(|id| path.len() < 2 || !path.contains(&id.as_str()));
            let values = values.map(|id| self.end(id, path, &further)).collect();
            properties.insert(property.name.clone(), Value::Array(values));
        }
        if path.len() <= 1 {
            let mut seen: HashSet<(&str, &str)> = HashSet::new();
            for inbound in self.entities.inbound(&entity.id) {
                let Some(next) = self.entities.at(inbound.from) else { continue };
                let id = next.id.as_str();
                let is_new =
                    !path.contains(&id) && self.ids.contains(id) && seen.insert((inbound.seen_as, id));
                if !is_new || !self.take() {
                    continue;
                }
                let value = self.nest(next, &further);
                if let Value::Array(values) =
                    properties.entry(inbound.seen_as).or_insert_with(|| Value::Array(Vec::new()))
                {
                    values.push(value);
                }
            }
        }
        written
    }

    /// What stands for an id: the entity, where it is around and was not passed already.
    fn end(&self, id: &str, path: &[&str], further: &[&str]) -> Value {
        match self.entities.get(id).filter(|it| self.ids.contains(it.id.as_str())) {
            Some(next) if !path.contains(&id) && self.take() => self.nest(next, further),
            _ => Value::String(id.to_owned()),
        }
    }

    fn take(&self) -> bool {
        let left = self.left.get();
        self.left.set(left.saturating_sub(1));
        left > 0
    }
}
