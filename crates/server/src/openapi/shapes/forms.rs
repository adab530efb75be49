//! What is sent to our own operations, and their answers beside a reading.

use super::reading::{DataStamp, Finding};
use serde::Deserialize;
use utoipa::ToSchema;

/// One article, or several.
#[derive(Deserialize, ToSchema)]
#[serde(untagged)]
pub(crate) enum Articles {
    One(Article),
    Many(Vec<Article>),
}

#[derive(Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub(crate) struct Article {
    text: String,
    #[serde(default)]
    title: Option<String>,
    /// Day of publication.
    #[serde(default)]
    published: Option<String>,
    #[serde(default)]
    language: Option<String>,
    #[serde(default)]
    url: Option<String>,
}

#[derive(Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub(crate) struct Spots {
    watchlist: DataStamp,
    spotted: Vec<Spot>,
    #[serde(default)]
    warnings: Vec<String>,
}

/// A listed name in a text.
#[derive(Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub(crate) struct Spot {
    start: u32,
    end: u32,
    text: String,
    inflected: bool,
    /// A part of a name, such as a surname alone: it needs confirmation.
    partial: bool,
    candidates: Vec<Candidate>,
}

#[derive(Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub(crate) struct Candidate {
    list: String,
    party: String,
    name: String,
    schema: String,
    /// From 0 to 1.
    score: f64,
    explanation: Vec<String>,
}

/// What goes from whom to whom. One country at least, goods or listed parties at least.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Flow, example = json!({"from": "KP", "to": "RU", "goods": "artillery_ammunition", "on": "2023-09-13"}))]
pub(crate) struct Flow {
    /// Country that gives: ISO 3166-1 alpha-2 or its English name.
    #[serde(default)]
    pub(crate) from: Option<String>,
    /// Country that gets.
    #[serde(default)]
    pub(crate) to: Option<String>,
    /// Class of goods.
    #[serde(default)]
    pub(crate) goods: Option<String>,
    /// Day whose measures count; today where none is given.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date)]
    pub(crate) on: Option<jiff::civil::Date>,
    /// Quantity and the unit of a cap.
    #[serde(default)]
    #[schema(value_type = Option<Vec<serde_json::Value>>)]
    pub(crate) quantity: Option<(f64, String)>,
    /// Listed parties that take part.
    #[serde(default)]
    pub(crate) listed: Vec<String>,
}

#[derive(Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub(crate) struct Checked {
    as_of: String,
    /// SHA-256 of the measures.
    measures: String,
    findings: Vec<Finding>,
}

/// The form of the page that reads.
#[derive(Deserialize, ToSchema)]
pub(crate) struct ArticleForm {
    #[serde(default)]
    text: Option<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Binary)]
    file: Option<String>,
    #[serde(default)]
    published: Option<String>,
    #[serde(default)]
    language: Option<String>,
}

/// The form of the page that screens.
#[derive(Deserialize, ToSchema)]
pub(crate) struct ScreeningForm {
    /// A table, as text.
    #[serde(default)]
    table: Option<String>,
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    threshold: Option<String>,
}

/// Signing in, or out.
#[derive(Deserialize, ToSchema)]
pub(crate) struct SignForm {
    /// The form's token: without it, and the cookie that goes with it, nothing is done.
    token: String,
    /// To sign in.
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    password: Option<String>,
}

/// What is done to an item of the desk.
#[derive(Deserialize, ToSchema)]
pub(crate) struct DeskForm {
    /// The form's token: without it, and the cookie that goes with it, nothing is done.
    token: String,
    /// `decide`, `confirm`, `undo` or `assign`.
    act: String,
    /// The version of the item that was seen.
    #[serde(default)]
    version: Option<String>,
    /// `same`, `another` or `unsure` of a hit; `relevant`, `not` or `unsure` of a flow or finding.
    #[serde(default)]
    choice: Option<String>,
    #[serde(default)]
    reason: Option<String>,
    #[serde(default)]
    note: Option<String>,
    /// To whom it is given.
    #[serde(default)]
    to: Option<String>,
    /// Until when.
    #[serde(default)]
    due: Option<String>,
}
