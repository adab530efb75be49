//! Our own operations: reading articles, spotting listed names in a text, checking a flow against measures.

mod check;
mod problem;
mod read;
mod spot;

pub use problem::Problem;
pub(crate) use read::{Day, options, page, readings};

use crate::app::Shared;
use crate::openapi::forms::{Articles, Checked, Flow, Spots};
use crate::openapi::reading::Readings;
use crate::openapi::{Media, Operation};
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
        tag: "reading",
        summary: "Read an article: text, HTML or JSON in, the reading out (docs/reading.md)",
        params: read::PARAMS,
        body: &[
            Media::json::<Articles>().such_as(read::EXAMPLE),
            Media::text("text/plain"),
            Media::text("text/html"),
            Media::text("text/markdown"),
            Media::text("application/x-ndjson"),
        ],
        answer: &[Media::json::<Readings>(), Media::text("text/html")],
        refusals: (&[400, 408, 413, 415, 422], Media::problem()),
    },
    Operation {
        method: "post",
        path: "/spot",
        tag: "reading",
        summary: "Which listed parties does this text name",
        params: &[],
        body: &[
            Media::text("text/plain").such_as("Kim Jong Un met Vladimir Putin."),
            Media::bytes("application/octet-stream"),
        ],
        answer: &[Media::json::<Spots>()],
        refusals: (&[400, 413, 422], Media::problem()),
    },
    Operation {
        method: "post",
        path: "/check",
        tag: "reading",
        summary: "Which provisions a flow touches on a day",
        params: &[],
        body: &[Media::json::<Flow>().such_as(check::EXAMPLE)],
        answer: &[Media::json::<Checked>()],
        refusals: (&[400, 413, 422], Media::problem()),
    },
];
