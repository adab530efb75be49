//! `POST /read`.

use super::{MOST_TEXT, Problem};
use crate::app::{App, Shared};
use crate::yente::{Param, ParamKind, Params};
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use jiff::civil::Date;
use lagebild_document::{Document, Options};
use lagebild_reading::Reading;

/// What the operation takes.
pub(super) const PARAMS: &[Param] = &[
    Param {
        name: "as_of",
        kind: ParamKind::Text(""),
        title: "Day whose measures count; else that of publication",
    },
    Param {
        name: "language",
        kind: ParamKind::Text(""),
        title: "Language of the text, ISO 639-1; else it is found",
    },
    Param {
        name: "published",
        kind: ParamKind::Text(""),
        title: "Day of publication; else it is read from the text",
    },
    Param { name: "format", kind: ParamKind::Choice(&["json", "html"]), title: "Form of the answer" },
];

/// A body for the description.
pub(super) const EXAMPLE: &str = r#"{"title": "Talks", "published": "2023-09-13", "text": "North Korea may supply Russia with artillery shells, the White House said."}"#;

/// Reads what was sent.
pub(super) async fn read(
    State(app): State<Shared>,
    RawQuery(raw): RawQuery,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let params = Params::parse(PARAMS, raw.as_deref(), true)?;
    if body.len() > MOST_TEXT {
        return Err(Problem::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            format!("More than {MOST_TEXT} bytes of text."),
        ));
    }
    let media = headers.get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok()).unwrap_or("text/plain");
    let source = source(media).ok_or_else(|| {
        Problem::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            format!("`{media}` is not read; send text/plain, text/html, text/markdown or application/json."),
        )
    })?;
    let (as_of, options) = (day(&params, "as_of")?, options(&params)?);
    let html = params.text("format") == "html";
    let reading = Shared::clone(&app);
    let answer = app.on_worker(move || one_reading(&reading, source, &body, &options, as_of, html)).await;
    answer.map_err(Problem::from)?
}

fn one_reading(
    app: &App,
    source: &str,
    body: &[u8],
    options: &Options,
    as_of: Option<Date>,
    html: bool,
) -> Result<Response, Problem> {
    let mut readings = readings(app, source, body, options, as_of)?;
    if html {
        let page = lagebild_views::html::case(&lagebild_case::merge(readings));
        return Ok(([("content-type", "text/html; charset=utf-8")], page).into_response());
    }
    let value = if readings.len() == 1 {
        serde_json::to_vec(&readings.swap_remove(0))
    } else {
        serde_json::to_vec(&readings)
    };
    let body = value.map_err(|error| Problem::new(StatusCode::INTERNAL_SERVER_ERROR, error.to_string()))?;
    Ok(([("content-type", "application/json")], body).into_response())
}

/// The readings of what a body holds: one article, or many in JSON.
pub(crate) fn readings(
    app: &App,
    source: &str,
    body: &[u8],
    options: &Options,
    as_of: Option<Date>,
) -> Result<Vec<Reading>, Problem> {
    let documents: Vec<Document> = lagebild_document::read(source, body, options)
        .into_iter()
        .collect::<Result<_, _>>()
        .map_err(|error| Problem::new(StatusCode::UNPROCESSABLE_ENTITY, error.to_string()))?;
    if documents.is_empty() {
        return Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "There is no text to read."));
    }
    let snapshot = app.snapshot();
    let knowledge = snapshot.knowledge();
    let read = |document: Document| {
        let day = as_of.or(document.published).unwrap_or_else(|| app.today());
        lagebild_reading::read(document, knowledge, day)
    };
    Ok(documents.into_iter().map(read).collect())
}

/// A name whose ending says how to read what has this media type.
fn source(media: &str) -> Option<&'static str> {
    match media.split(';').next().unwrap_or_default().trim() {
        "text/plain" | "application/octet-stream" | "" => Some("request.txt"),
        "text/html" | "application/xhtml+xml" => Some("request.html"),
        "text/markdown" => Some("request.md"),
        "application/json" => Some("request.json"),
        "application/x-ndjson" | "application/jsonl" => Some("request.jsonl"),
        _ => None,
    }
}

fn options(params: &Params) -> Result<Options, Problem> {
    let language = Some(params.text("language").to_owned()).filter(|code| !code.is_empty());
    Ok(Options { published: day(params, "published")?, language, ..Options::default() })
}

fn day(params: &Params, name: &str) -> Result<Option<Date>, Problem> {
    let text = params.text(name);
    if text.is_empty() {
        return Ok(None);
    }
    let wrong = |_| {
        Problem::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            format!("{name}: `{text}` is no day such as 2023-09-13."),
        )
    };
    text.parse().map(Some).map_err(wrong)
}
