//! `GET /openapi.json`: the description of all operations, made from what they themselves declare.

use crate::yente::Param;
use axum::response::IntoResponse;
use serde_json::{Map, Value, json};

/// One operation as it is described.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Operation {
    /// `get` or `post`.
    pub(crate) method: &'static str,
    /// Its path; names in braces are parameters.
    pub(crate) path: &'static str,
    /// What it does.
    pub(crate) summary: &'static str,
    /// Parameters of the query.
    pub(crate) params: &'static [Param],
    /// Media type and example of the body, where it takes one.
    pub(crate) body: Option<(&'static str, &'static str)>,
    /// Statuses that it answers with.
    pub(crate) answers: &'static [u16],
}

/// Answers with the description.
pub(crate) async fn openapi() -> impl IntoResponse {
    ([("content-type", "application/json")], description().to_string())
}

/// The description (OpenAPI 3.1).
pub fn description() -> Value {
    let mut paths: Map<String, Value> = Map::new();
    for operation in crate::yente::OPERATIONS.iter().chain(crate::reading::OPERATIONS) {
        let path = paths.entry(operation.path).or_insert_with(|| json!({}));
        path[operation.method] = described(operation);
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Lagebild",
            "version": env!("CARGO_PKG_VERSION"),
            "summary": "Screening in the API of yente, and reading of news articles.",
        },
        "paths": paths,
        "components": {"securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}},
        "security": [{}, {"token": []}],
    })
}

fn described(operation: &Operation) -> Value {
    let mut parameters: Vec<Value> = operation.path.split('/').filter_map(path_parameter).collect();
    parameters.extend(operation.params.iter().map(Param::described));
    let answers: Map<String, Value> = operation
        .answers
        .iter()
        .map(|&status| {
            let words = axum::http::StatusCode::from_u16(status).ok().and_then(|it| it.canonical_reason());
            (status.to_string(), json!({"description": words.unwrap_or_default()}))
        })
        .collect();
    let id: String = format!("{} {}", operation.method, operation.path)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join("_");
    let mut value = json!({
        "operationId": id, "summary": operation.summary, "parameters": parameters, "responses": answers,
    });
    if let Some((media, example)) = operation.body {
        let example = serde_json::from_str(example).unwrap_or_else(|_| Value::String(example.into()));
        let mut content = Map::new();
        content.insert(media.into(), json!({"schema": {}, "example": example}));
        value["requestBody"] = json!({"required": true, "content": content});
    }
    value
}

fn path_parameter(part: &str) -> Option<Value> {
    let name = part.strip_prefix('{')?.strip_suffix('}')?;
    Some(json!({"name": name, "in": "path", "required": true, "schema": {"type": "string"}}))
}
