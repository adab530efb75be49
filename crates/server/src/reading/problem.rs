//! Errors of our own operations: problem details (RFC 9457).

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// Why a request is refused.
#[derive(Debug)]
pub struct Problem {
    /// Status of the answer.
    pub status: StatusCode,
    /// What is wrong, and what to do.
    pub detail: String,
}

impl Problem {
    /// A problem with a sentence about it.
    pub fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        Self { status, detail: detail.into() }
    }
}

impl From<crate::yente::Refusal> for Problem {
    fn from(refusal: crate::yente::Refusal) -> Self {
        match refusal {
            crate::yente::Refusal::Detail(status, detail) => Self::new(status, detail),
            crate::yente::Refusal::Fields(fields) => {
                let said = fields.iter().map(|it| {
                    let name = it["loc"].as_array().and_then(|loc| loc.last()).and_then(|it| it.as_str());
                    format!("{}: {}", name.unwrap_or("?"), it["msg"].as_str().unwrap_or_default())
                });
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, said.collect::<Vec<_>>().join("; "))
            }
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let title = self.status.canonical_reason().unwrap_or("Error");
        let body = json!({"type": "about:blank", "title": title, "status": self.status.as_u16(), "detail": self.detail});
        (self.status, [("content-type", "application/problem+json")], body.to_string()).into_response()
    }
}
