//! `POST /check`: a flow against measures.

use super::Problem;
use crate::app::Shared;
use crate::openapi::forms::Flow as Given;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use lagebild_measures::{Asked, Measures};
use serde_json::json;

/// A body for the description.
pub(super) const EXAMPLE: &str =
    r#"{"from": "KP", "to": "RU", "goods": "artillery_ammunition", "on": "2023-09-13"}"#;

/// Checks a flow.
pub(super) async fn check(State(app): State<Shared>, body: Bytes) -> Result<Response, Problem> {
    let given: Given = serde_json::from_slice(&body).map_err(|error| wrong(error.to_string()))?;
    let on = given.on.unwrap_or_else(|| app.today());
    let Given { from, to, goods, quantity, listed, .. } = given;
    let asked = Asked { from, to, goods, quantity, listed };
    let flow = asked.flow().map_err(|error| wrong(error.to_string()))?;
    let measures = Measures::shipped();
    let answer = json!({"as_of": on, "measures": measures.hash(), "findings": measures.check(&flow, on)});
    Ok(([("content-type", "application/json")], answer.to_string()).into_response())
}

fn wrong(why: impl Into<String>) -> Problem {
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, why)
}
