//! Recorded calls of another server with this API, put to ours: does it answer with the same status, headers, shape and
//! entities, and is what was found there found here at least as high up?

use crate::data::{Config, DatasetConfig, Entities};
use axum::Router;
use axum::body::Body;
use axum::http::Request;
use http_body_util::BodyExt;
use serde::Deserialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use tower::ServiceExt;

/// Headers that must be the same.
const HEADERS: [&str; 3] = ["content-type", "location", "x-batch-size"];
/// Lists that are sets there: they come in another order with every answer.
const SETS: [&str; 2] = [".referents", ".defaultTypes"];
/// Places whose keys differ from one comparison to another, or hold free text.
const FREE: [&str; 3] = [".explanations", ".features", ".config"];

/// A recorded call.
#[derive(Debug, Deserialize)]
pub struct Recording {
    /// What was asked.
    pub request: Asked,
    /// Status of the answer.
    pub status: u16,
    /// Its headers.
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
    /// Its body: JSON, or text where it was none.
    pub body: Value,
}

/// A recorded request.
#[derive(Debug, Deserialize)]
pub struct Asked {
    /// `GET` or `POST`.
    pub method: String,
    /// Path and query.
    pub url: String,
    /// Body; empty for none.
    #[serde(default)]
    pub body: String,
}

/// How a recorded call went here.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Name of the recording.
    pub name: String,
    /// What differs.
    pub differences: Vec<String>,
}

/// Why recordings cannot be played.
#[derive(Debug, thiserror::Error)]
pub enum ReplayError {
    /// A file could not be read.
    #[error("{0}: {1}")]
    File(PathBuf, std::io::Error),
    /// A file is no recording.
    #[error("{0} is no recording: {1}")]
    Recording(PathBuf, serde_json::Error),
    /// There are none.
    #[error("{0}: no recordings in it (NAME.json with request, status, headers, body)")]
    None(PathBuf),
}

/// The recordings of a folder, by name. `openapi.json` is a description, no call.
pub fn recordings(folder: &Path) -> Result<Vec<(String, Recording)>, ReplayError> {
    let wrong = |error| ReplayError::File(folder.into(), error);
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).map_err(wrong)?.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.retain(|path| path.extension().is_some_and(|end| end == "json") && !path.ends_with("openapi.json"));
    paths.sort();
    let mut all = Vec::new();
    for path in paths {
        let json = std::fs::read(&path).map_err(|error| ReplayError::File(path.clone(), error))?;
        let recording =
            serde_json::from_slice(&json).map_err(|error| ReplayError::Recording(path.clone(), error))?;
        all.push((path.file_stem().unwrap_or_default().to_string_lossy().into_owned(), recording));
    }
    if all.is_empty() { Err(ReplayError::None(folder.into())) } else { Ok(all) }
}

/// The data sets that the recordings ran on: those of the recorded catalogue, from `datasets/NAME/entities.ftm.json`.
pub fn config(folder: &Path, recordings: &[(String, Recording)]) -> Config {
    let catalogue = recordings.iter().find(|(_, it)| it.request.url == "/catalog");
    let listed = catalogue.and_then(|(_, it)| it.body["datasets"].as_array()).cloned().unwrap_or_default();
    let datasets = listed.iter().filter_map(|dataset| {
        let name = dataset["name"].as_str()?.to_owned();
        let path = folder.join("datasets").join(&name).join("entities.ftm.json");
        Some(DatasetConfig {
            title: dataset["title"].as_str().map(Into::into),
            version: dataset["version"].as_str().map(Into::into),
            path: path.is_file().then_some(path),
            name,
            ..DatasetConfig::default()
        })
    });
    Config { datasets: datasets.collect() }
}

/// Puts a recorded call to the server that answers from this data.
pub async fn play(router: &Router, data: &Entities, name: &str, recording: &Recording) -> Outcome {
    let mut outcome = Outcome { name: name.to_owned(), differences: Vec::new() };
    let form = recording.request.url.starts_with("/reconcile");
    let kind = if form { "application/x-www-form-urlencoded" } else { "application/json" };
    let request = Request::builder()
        .method(recording.request.method.as_str())
        .uri(recording.request.url.replace(' ', "%20"))
        .header("host", "127.0.0.1")
        .header("content-type", kind)
        .body(Body::from(recording.request.body.clone()));
    let Ok(request) = request else {
        outcome.differences.push("the request cannot be made".into());
        return outcome;
    };
    let Ok(response) = router.clone().oneshot(request).await;
    if response.status().as_u16() != recording.status {
        outcome.differences.push(format!("status {} instead of {}", response.status(), recording.status));
    }
    for header in HEADERS {
        let ours = response.headers().get(header).and_then(|value| value.to_str().ok());
        let theirs = recording.headers.get(header).map(String::as_str);
        if theirs.is_some() && ours != theirs {
            outcome.differences.push(format!("{header}: {ours:?} instead of {theirs:?}"));
        }
    }
    let body =
        response.into_body().collect().await.map(http_body_util::Collected::to_bytes).unwrap_or_default();
    let ours: Value = serde_json::from_slice(&body).unwrap_or_else(|_| String::from_utf8_lossy(&body).into());
    compare(&ours, &recording.body, data, &mut outcome.differences);
    outcome
}

fn compare(ours: &Value, theirs: &Value, data: &Entities, differences: &mut Vec<String>) {
    let (mut here, mut there) = (BTreeMap::new(), BTreeMap::new());
    shape(ours, "", &mut here);
    shape(theirs, "", &mut there);
    for (path, kinds) in &there {
        match here.get(path) {
            None => differences.push(format!("{path} is missing")),
            Some(other) if kinds.is_disjoint(other) && !other.contains("null") && !kinds.contains("null") => {
                differences.push(format!("{path} is {other:?} instead of {kinds:?}"));
            }
            Some(_) => {}
        }
    }
    if let (Some(ours), Some(theirs)) = (ours["detail"].as_str(), theirs["detail"].as_str())
        && ours != theirs
    {
        differences.push(format!("detail “{ours}” instead of “{theirs}”"));
    }
    ranks(ours, theirs, differences);
    // What a search finds is ranked.
    let none = Entities::default();
    let data = if theirs.get("facets").is_some() { &none } else { data };
    order((ours, theirs), "", data, differences);
    if theirs["responses"].is_object() || theirs.get("results").is_none() {
        return;
    }
    let total = |value: &Value| value["total"]["value"].as_u64();
    if total(ours) != total(theirs) {
        differences.push(format!("total {:?} instead of {:?}", total(ours), total(theirs)));
    }
    let here: BTreeSet<&str> = keys(&ours["results"]).into_iter().collect();
    let missing: Vec<&str> = keys(&theirs["results"]).into_iter().filter(|id| !here.contains(id)).collect();
    if !missing.is_empty() {
        differences.push(format!("results missing: {missing:?}"));
    }
}

/// Of candidates (what has a score): the best that is a match there, and what is as good there, must be no lower here, but for
/// others of the same score. Weaker ones may be no match here at all.
fn ranks(ours: &Value, theirs: &Value, differences: &mut Vec<String>) {
    match (ours, theirs) {
        (Value::Array(mine), Value::Array(wanted)) => {
            let best = wanted.first().map(|it| &it["score"]);
            let is_best = |it: &Value| {
                is_candidate(it) && it["match"] == true && best.is_some_and(|best| it["score"] == *best)
            };
            for (rank, it) in wanted.iter().enumerate().filter(|(_, it)| is_best(it)) {
                let place = mine.iter().position(|other| other["id"] == it["id"]);
                let score = place.and_then(|at| mine.get(at)?["score"].as_f64());
                let above = mine.iter().filter(|other| other["score"].as_f64() > score).count();
                if place.is_none() || above > rank {
                    let (place, id) = (place.map(|at| at + 1), &it["id"]);
                    differences
                        .push(format!("the true match {id} has rank {place:?} instead of {}", rank + 1));
                }
            }
        }
        (Value::Object(mine), Value::Object(wanted)) => {
            for (key, value) in wanted {
                ranks(mine.get(key).unwrap_or(&Value::Null), value, differences);
            }
        }
        _ => {}
    }
}

fn is_candidate(value: &Value) -> bool {
    value.get("score").is_some() && value.get("match").is_some()
}

/// What both list must come in the same order, in lists within lists too. Candidates are ranked by scores that may differ.
/// What points to an entity comes there in another order with every answer; the order of the data will do.
fn order(both: (&Value, &Value), path: &str, data: &Entities, differences: &mut Vec<String>) {
    match both {
        (Value::Array(mine), Value::Array(wanted)) => {
            if !wanted.iter().any(is_candidate) && !SETS.iter().any(|set| path.ends_with(set)) {
                differences
                    .extend(other_order(both, data).map(|said| format!("{path}: in another order, {said}")));
            }
            for value in mine.iter().filter(|it| it.is_object()) {
                let same = wanted.iter().find(|it| key(it).is_some() && key(it) == key(value));
                order((value, same.unwrap_or(&Value::Null)), &format!("{path}[]"), data, differences);
            }
        }
        (Value::Object(mine), Value::Object(wanted)) => {
            for (name, value) in wanted.iter().filter(|(name, _)| !is_free(&format!("{path}.{name}"))) {
                let mine = mine.get(name).unwrap_or(&Value::Null);
                order((mine, value), &format!("{path}.{name}"), data, differences);
            }
        }
        _ => {}
    }
}

/// Where what both lists have comes in another order than there, and not in that of the data either.
fn other_order((ours, theirs): (&Value, &Value), data: &Entities) -> Option<String> {
    let (here, there) = (keys(ours), keys(theirs));
    let common = |one: &[&'_ str], other: &[&str]| -> Vec<String> {
        one.iter().filter(|key| other.contains(key)).map(|&key| key.to_owned()).collect()
    };
    let (here, there) = (common(&here, &there), common(&there, &here));
    let (one, other) = here.iter().zip(&there).find(|(one, other)| one != other)?;
    let places: Option<Vec<u32>> = here.iter().map(|id| data.place(id)).collect();
    let as_in_data = places.is_some_and(|places| places.is_sorted());
    (!as_in_data).then(|| format!("“{one}” where “{other}” comes"))
}

/// What a member of a list is known by: its id, name or value, or the text that it is.
fn key(value: &Value) -> Option<&str> {
    let of = |name: &str| value.get(name).and_then(Value::as_str);
    value.as_str().or_else(|| of("id")).or_else(|| of("name")).or_else(|| of("str"))
}

fn keys(list: &Value) -> Vec<&str> {
    list.as_array().into_iter().flatten().filter_map(key).collect()
}

fn is_free(path: &str) -> bool {
    FREE.iter().any(|free| path.ends_with(free))
}

/// Each path with the types of values found there; the members of a list share one path.
fn shape(value: &Value, path: &str, shapes: &mut BTreeMap<String, BTreeSet<&'static str>>) {
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "truth value",
        Value::Number(_) => "number",
        Value::String(_) => "text",
        Value::Array(_) => "list",
        Value::Object(_) => "object",
    };
    shapes.entry(path.to_owned()).or_default().insert(kind);
    // Which properties candidates have depends on which candidates there are.
    let of_candidates = path.starts_with(".responses") && path.ends_with(".properties");
    if of_candidates || is_free(path) {
        return;
    }
    match value {
        Value::Array(values) => values.iter().for_each(|value| shape(value, &format!("{path}[]"), shapes)),
        Value::Object(fields) => {
            for (key, value) in fields {
                shape(value, &format!("{path}.{key}"), shapes);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::{Entities, compare};
    use serde_json::{Value, json};

    /// Entities in this order: s, t, u.
    fn data() -> Entities {
        let mut data = Entities::default();
        for id in ["s", "t", "u"] {
            let line = json!({"id": id, "schema": "Sanction", "properties": {}}).to_string();
            data.add(lagebild_ftm::Entity::parse(&line).unwrap(), "d");
        }
        data
    }

    fn differences(ours: &Value, theirs: &Value) -> Vec<String> {
        let mut differences = Vec::new();
        compare(ours, theirs, &data(), &mut differences);
        differences
    }

    #[test]
    fn scores_may_differ_but_no_field_may_be_missing() {
        let theirs = json!({"responses": {"q": {"results": [{"id": "a", "score": 0.9, "match": true}]}}});
        let ours =
            json!({"responses": {"q": {"results": [{"id": "a", "score": 1.0, "match": true, "more": 1}]}}});
        assert_eq!(differences(&ours, &theirs), [""; 0]);
        let less = json!({"responses": {"q": {"results": [{"id": "a", "score": "1"}]}}});
        assert_eq!(differences(&less, &theirs).len(), 2);
    }

    #[test]
    fn a_true_match_may_be_no_lower() {
        let theirs = json!({"responses": {"q": {"results": [{"id": "a", "score": 0.9, "match": true}]}}});
        let ours = json!({"responses": {"q": {"results": [
            {"id": "b", "score": 1.0, "match": true}, {"id": "a", "score": 0.9, "match": true}]}}});
        assert!(differences(&ours, &theirs)[0].contains("rank Some(2)"));
    }

    #[test]
    fn searches_find_the_same_in_the_same_order() {
        let of = |ids: &[&str]| {
            let results: Vec<Value> = ids.iter().map(|id| json!({"id": id})).collect();
            json!({"total": {"value": ids.len()}, "results": results, "facets": {}})
        };
        assert_eq!(differences(&of(&["a", "b"]), &of(&["a", "b"])), [""; 0]);
        let other = ".results: in another order, “b” where “a” comes";
        assert_eq!(differences(&of(&["b", "a"]), &of(&["a", "b"])), [other]);
        assert_eq!(differences(&of(&["a"]), &of(&["a", "b"])).len(), 2);
    }

    #[test]
    fn what_stands_beside_an_entity_has_an_order_too() {
        let of = |links: &[&str], names: &[&str]| {
            let links: Vec<Value> = links.iter().map(|id| json!({"id": id})).collect();
            json!({"id": "a", "properties": {"sanctions": links, "name": names}})
        };
        let theirs = of(&["s", "t"], &["Anna", "Anne"]);
        assert_eq!(differences(&theirs, &theirs), [""; 0]);
        assert!(
            differences(&of(&["t", "s"], &["Anna", "Anne"]), &theirs)[0].contains(".properties.sanctions")
        );
        assert_eq!(differences(&theirs, &of(&["t", "s"], &["Anna", "Anne"])), [""; 0], "as in the data");
        assert!(differences(&of(&["s", "t"], &["Anne", "Anna"]), &theirs)[0].contains(".properties.name"));
        assert_eq!(differences(&of(&["s", "u", "t"], &["Anna", "Anne"]), &theirs), [""; 0]);
    }

    #[test]
    fn candidates_of_one_score_have_no_order() {
        let of = |ids: &[&str]| {
            let results: Vec<Value> =
                ids.iter().map(|id| json!({"id": id, "score": 1.0, "match": true})).collect();
            json!({"responses": {"q": {"results": results}}})
        };
        assert_eq!(differences(&of(&["b", "a"]), &of(&["a", "b"])), [""; 0]);
        assert!(differences(&of(&["b"]), &of(&["a", "b"]))[0].contains("rank None"));
    }
}
