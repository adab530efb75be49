//! `POST /read`.

use super::{MOST_TEXT, Problem};
use crate::app::{Now, Shared};
use crate::data::Snapshot;
use crate::work::Wanted;
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
    Now(snapshot): Now,
    RawQuery(raw): RawQuery,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let params = Params::parse(PARAMS, raw.as_deref(), true)?;
    let media = headers.get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok()).unwrap_or("text/plain");
    let source = source(media).ok_or_else(|| {
        Problem::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            format!("`{media}` is not read; send text/plain, text/html, text/markdown or application/json."),
        )
    })?;
    let options = options(params.text("published"), params.text("language"))?;
    let (as_of, today) = (day("as_of", params.text("as_of"))?, app.today());
    let html = params.text("format") == "html";
    let answer = app.long().run(move |wanted| {
        let day = Day { as_of, today };
        let readings = readings(&snapshot, (source, &body), &options, day, wanted)?;
        if html { Ok(page(readings, &maud::html! {})) } else { json(readings) }
    });
    answer.await.map_err(Problem::from)?
}

fn json(mut readings: Vec<Reading>) -> Result<Response, Problem> {
    let value = if readings.len() == 1 {
        serde_json::to_vec(&readings.swap_remove(0))
    } else {
        serde_json::to_vec(&readings)
    };
    let body = value.map_err(|error| Problem::new(StatusCode::INTERNAL_SERVER_ERROR, error.to_string()))?;
    Ok(([("content-type", "application/json")], body).into_response())
}

/// Readings as a page, with the content policy that fits it, below something else.
pub(crate) fn page(readings: Vec<Reading>, above: &maud::Markup) -> Response {
    let page = lagebild_views::html::case_below(&lagebild_case::merge(readings), above);
    let policy = lagebild_views::html::policy().replace("form-action 'none'", "form-action 'self'");
    let policy = policy + "; frame-ancestors 'none'";
    let headers = [("content-type", "text/html; charset=utf-8"), ("content-security-policy", &policy)];
    (headers, crate::shown::overrides(page)).into_response()
}

/// The day whose measures count.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Day {
    /// As it was asked for.
    pub(crate) as_of: Option<Date>,
    /// For a text that states none.
    pub(crate) today: Date,
}

/// The readings of what a body holds: one article, or many in JSON.
pub(crate) fn readings(
    snapshot: &Snapshot,
    (source, body): (&str, &[u8]),
    options: &Options,
    day: Day,
    wanted: &Wanted,
) -> Result<Vec<Reading>, Problem> {
    if body.len() > MOST_TEXT {
        return Err(Problem::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            format!("More than {MOST_TEXT} bytes of text."),
        ));
    }
    let documents: Vec<Document> = lagebild_document::read(source, body, options)
        .into_iter()
        .collect::<Result<_, _>>()
        .map_err(|error| Problem::new(StatusCode::UNPROCESSABLE_ENTITY, error.to_string()))?;
    if documents.is_empty() {
        return Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "There is no text to read."));
    }
    let knowledge = snapshot.knowledge();
    let mut readings = Vec::new();
    for mut document in documents {
        wanted.check()?;
        let of_text = day.as_of.or(document.published);
        let on = of_text.unwrap_or(day.today);
        if of_text.is_none() {
            let said = format!(
                "the day of the text is not known: judged by the law of {on}, the day of this reading"
            );
            document.warnings.push(said);
        }
        document.warnings.extend(starter(snapshot));
        readings.push(lagebild_reading::read(document, knowledge, on));
    }
    Ok(readings)
}

/// Says that there are no lists but the built-in ones.
pub(super) fn starter(snapshot: &Snapshot) -> Option<String> {
    let said = "no list of the store is served: listed parties are looked for in the built-in starter list of some dozens only";
    snapshot.reads_starter().then(|| said.to_owned())
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

/// What a request says of a text, as it was written; empty where it says nothing.
pub(crate) fn options(published: &str, language: &str) -> Result<Options, Problem> {
    let is_code = |code: &str| {
        let mut parts = code.split(['-', '_']);
        let first = parts.next().unwrap_or_default();
        (2..=3).contains(&first.len())
            && first.bytes().all(|byte| byte.is_ascii_alphabetic())
            && code.len() < 20
    };
    if !language.is_empty() && !is_code(language) {
        return Err(Problem::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            format!("language: `{language}` is no code of a language such as de (ISO 639-1)."),
        ));
    }
    let language = Some(language.to_owned()).filter(|code| !code.is_empty());
    Ok(Options { published: day("published", published)?, language, ..Options::default() })
}

fn day(name: &str, text: &str) -> Result<Option<Date>, Problem> {
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
