//! Paste or upload an article, and see it read.

use super::layout::{Page, field, problem};
use super::words::Tongue;
use crate::app::{Now, Shared};
use crate::reading::{Day, Problem, options, page, readings};
use axum::extract::{Multipart, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use bytes::Bytes;
use lagebild_document::Options;
use maud::html;
use std::sync::Arc;

/// Languages that articles are read in, by their own names.
pub(crate) const LANGUAGES: [(&str, &str); 5] =
    [("de", "Deutsch"), ("en", "English"), ("fr", "Français"), ("ko", "한국어"), ("ru", "Русский")];

/// The form.
pub(super) async fn form(
    State(app): State<Shared>,
    Now(snapshot): Now,
    RawQuery(raw): RawQuery,
    headers: HeaderMap,
) -> Response {
    let tongue = Tongue::of(raw.as_deref(), &headers);
    let body = html! {
        p { (tongue.say("read_intro")) }
        @if app.desk().is_some() { p { a href={"/desk?lang=" (tongue.code())} data-key="6" { (tongue.say("desk_title")) } } }
        @if snapshot.versions.iter().all(|version| version.entities == 0) { p.notice { (tongue.say("no_lists")) } }
        form method="post" action={"/?lang=" (tongue.code())} enctype="multipart/form-data" {
            p.field {
                label for="f-text" { (tongue.say("text")) }
                textarea id="f-text" name="text" rows="14" dir="auto" {}
            }
            p.field {
                label for="f-file" { (tongue.say("file")) }
                input id="f-file" name="file" type="file" accept=".txt,.html,.htm,.md,.json,.jsonl";
            }
            (field(tongue.say("published"), "published", "date", ""))
            p.field {
                label for="f-language" { (tongue.say("text_language")) }
                select id="f-language" name="language" {
                    option value="" { (tongue.say("found_out")) }
                    @for (code, name) in LANGUAGES { option value=(code) lang=(code) { (name) } }
                }
            }
            p { button.main type="submit" { (tongue.say("read_button")) } }
        }
    };
    Page { tongue, path: "/", title: tongue.say("read_title"), body, snapshot: &snapshot }
        .answer(StatusCode::OK)
}

/// What the form sent.
#[derive(Default)]
struct Sent {
    source: String,
    content: Bytes,
    options: Options,
}

/// The reading.
pub(super) async fn read(
    State(app): State<Shared>,
    Now(snapshot): Now,
    RawQuery(raw): RawQuery,
    headers: HeaderMap,
    form: Multipart,
) -> Response {
    let tongue = Tongue::of(raw.as_deref(), &headers);
    let shown = Arc::clone(&snapshot);
    let done = match sent(form).await {
        Err(why) => Err(why),
        Ok(sent) => {
            let day = Day { as_of: None, today: app.today() };
            let read = app.long().run(move |wanted| {
                let read = readings(&snapshot, (&sent.source, &sent.content), &sent.options, day, wanted)?;
                Ok(page(read, &bar(tongue)))
            });
            read.await.map_err(Problem::from).and_then(|page| page)
        }
    };
    done.unwrap_or_else(|why| problem(&shown, tongue, "/", why.status, &why.detail))
}

/// The way back, above the case file.
fn bar(tongue: Tongue) -> maud::Markup {
    html! {
        p.above { a href={"/?lang=" (tongue.code())} { "← " (tongue.say("read_title")) } }
    }
}

async fn sent(mut form: Multipart) -> Result<Sent, Problem> {
    let wrong =
        |error: axum::extract::multipart::MultipartError| Problem::new(error.status(), error.body_text());
    let mut sent = Sent::default();
    let (mut published, mut language) = (String::new(), String::new());
    while let Some(field) = form.next_field().await.map_err(wrong)? {
        let name = field.name().unwrap_or_default().to_owned();
        let file = field.file_name().unwrap_or_default().to_owned();
        let content = field.bytes().await.map_err(wrong)?;
        match name.as_str() {
            "text" if sent.content.is_empty() && !content.iter().all(u8::is_ascii_whitespace) => {
                sent.source = "pasted.txt".into();
                sent.content = content;
            }
            "file" if !content.is_empty() => {
                // Only the last part of a path counts, and only to tell the format and to show it.
                sent.source = file.rsplit(['/', '\\']).next().unwrap_or("upload.txt").to_owned();
                sent.content = content;
            }
            "published" => published = String::from_utf8_lossy(&content).trim().to_owned(),
            "language" => language = String::from_utf8_lossy(&content).trim().to_owned(),
            _ => {}
        }
    }
    // What was said of the text and cannot be understood is no reason to judge it by another day.
    sent.options = options(&published, &language)?;
    Ok(sent)
}
