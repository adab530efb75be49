//! Errors in the form that yente's clients expect.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

/// Why a request is refused.
#[derive(Debug)]
pub enum Refusal {
    /// With a sentence.
    Detail(StatusCode, String),
    /// Fields that are not as they should be: 422, each with type, place and message.
    Fields(Vec<Value>),
}

impl Refusal {
    /// There is no such thing.
    pub fn not_found(what: &str) -> Self {
        Self::Detail(StatusCode::NOT_FOUND, what.to_owned())
    }

    /// The request makes no sense.
    pub fn bad(why: impl Into<String>) -> Self {
        Self::Detail(StatusCode::BAD_REQUEST, why.into())
    }

    /// One field is not as it should be.
    pub fn field(kind: &str, place: &[&str], message: &str, input: &Value) -> Self {
        Self::Fields(vec![json!({"type": kind, "loc": place, "msg": message, "input": input})])
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let (status, detail) = match self {
            Self::Detail(status, detail) => (status, Value::String(detail)),
            Self::Fields(fields) => (StatusCode::UNPROCESSABLE_ENTITY, Value::Array(fields)),
        };
        json_response(status, &json!({"detail": detail}))
    }
}

/// A value as a JSON answer.
pub(super) fn json_response(status: StatusCode, value: &impl serde::Serialize) -> Response {
    match serde_json::to_vec(value) {
        Ok(body) => (status, [("content-type", "application/json")], body).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
