//! Our own operations: reading articles, spotting listed names in a text, checking a flow against measures.

mod check;
mod problem;
mod read;
mod spot;

pub use problem::Problem;
pub(crate) use read::{Day, options, page, readings};

use crate::app::Shared;
use crate::openapi::Operation;
use axum::Router;
use axum::routing::post;

/// Greatest text that is read, in bytes.
pub(crate) const MOST_TEXT: usize = 1_000_000;

/// The routes.
pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/read", post(read::read))
        .route("/spot", post(spot::spot))
        .route("/check", post(check::check))
}

/// The operations, for the OpenAPI description.
pub(crate) const OPERATIONS: &[Operation] = &[
    Operation {
        method: "post",
        path: "/read",
        summary: "Read an article: text, HTML or JSON in, the reading out (docs/reading.md)",
        params: read::PARAMS,
        body: Some(("application/json", read::EXAMPLE)),
        answers: &[200, 400, 413, 415, 422],
    },
    Operation {
        method: "post",
        path: "/spot",
        summary: "Which listed parties does this text name",
        params: &[],
        body: Some(("text/plain", "Kim Jong Un met Vladimir Putin.")),
        answers: &[200, 400, 413, 422],
    },
    Operation {
        method: "post",
        path: "/check",
        summary: "Which provisions a flow touches on a day",
        params: &[],
        body: Some(("application/json", check::EXAMPLE)),
        answers: &[200, 400, 422],
    },
];
