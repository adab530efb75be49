//! The forms of requests and answers, as types: what the description says of them. The tests read every real answer into them
//! and refuse what they do not know, so that they cannot fall behind. Answers are written by those who make them, most of
//! which know nothing of HTTP; so the forms stand here.

#![allow(dead_code, reason = "nothing is kept in them: their form is what counts")]

pub(crate) mod forms;
pub(crate) mod reading;
pub(crate) mod yente;

use serde::Deserialize;
use serde_json::Value;
use utoipa::{OpenApi, ToSchema};

/// All forms; those that they hold come along.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Lagebild",
        description = "Screening in the API of yente, and reading of news articles.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0")
    ),
    components(schemas(
        Problem,
        Refusal,
        yente::SearchAnswer,
        yente::MatchQuery,
        yente::MatchAnswer,
        yente::FtmEntity,
        yente::Adjacent,
        yente::Page,
        yente::Manifest,
        yente::ReconcileForm,
        yente::ReconcileAnswer,
        yente::Suggestions,
        yente::PropertyList,
        yente::Catalog,
        yente::AlgorithmList,
        yente::Status,
        yente::Ready,
        reading::Readings,
        forms::Articles,
        forms::Spots,
        forms::Flow,
        forms::Checked,
        forms::ArticleForm,
        forms::ScreeningForm,
        forms::DeskForm,
        forms::SignForm,
    ))
)]
pub(super) struct Shapes;

/// Problem details (RFC 9457).
#[derive(Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
#[schema(example = json!({"type": "about:blank", "title": "Unprocessable Entity", "status": 422, "detail": "Give `from`, `to` or both."}))]
pub(crate) struct Problem {
    #[serde(rename = "type")]
    kind: String,
    title: String,
    status: u16,
    /// What is wrong, and what to do.
    detail: String,
}

/// A refusal in yente's form.
#[derive(Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
#[schema(example = json!({"detail": "No such dataset."}))]
pub(crate) struct Refusal {
    detail: Detail,
}

/// A sentence, or what is wrong with which field.
#[derive(Deserialize, ToSchema)]
#[serde(untagged)]
pub(crate) enum Detail {
    Sentence(String),
    Fields(Vec<FieldError>),
}

/// What is wrong with a field.
#[derive(Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub(crate) struct FieldError {
    #[serde(rename = "type")]
    kind: String,
    /// Where it is: names, and places in the text.
    loc: Vec<Step>,
    msg: String,
    /// What was given.
    #[serde(default)]
    input: Value,
    #[serde(default)]
    ctx: Value,
}

/// A step on the way to a field.
#[derive(Deserialize, ToSchema)]
#[serde(untagged)]
pub(crate) enum Step {
    Name(String),
    Place(u64),
}
