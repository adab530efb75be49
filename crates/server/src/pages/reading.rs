//! Paste or upload an article, and see it read.

use super::layout::{Page, field, problem};
use super::words::Tongue;
use crate::app::Shared;
use crate::reading::{Problem, readings};
use axum::extract::{Multipart, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use lagebild_document::Options;
use maud::html;

/// Languages that articles are read in, by their own names.
const LANGUAGES: [(&str, &str); 5] =
    [("de", "Deutsch"), ("en", "English"), ("fr", "Français"), ("ko", "한국어"), ("ru", "Русский")];

/// The form.
pub(super) async fn form(State(app): State<Shared>, RawQuery(raw): RawQuery, headers: HeaderMap) -> Response {
    let tongue = Tongue::of(raw.as_deref(), &headers);
    let snapshot = app.snapshot();
    let body = html! {
        p { (tongue.say("read_intro")) }
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
    RawQuery(raw): RawQuery,
    headers: HeaderMap,
    form: Multipart,
) -> Response {
    let tongue = Tongue::of(raw.as_deref(), &headers);
    let refused = |why: Problem| problem(&app.snapshot(), tongue, "/", why.status, &why.detail);
    let sent = match sent(form).await {
        Ok(sent) => sent,
        Err(why) => return refused(why),
    };
    let reading = Shared::clone(&app);
    let done = app.on_worker(move || {
        let read = readings(&reading, &sent.source, &sent.content, &sent.options, None)?;
        let case = lagebild_case::merge(read);
        Ok(lagebild_views::html::case_below(&case, &bar(tongue)))
    });
    match done.await.map_err(Problem::from).and_then(|page| page) {
        Ok(page) => {
            let policy = lagebild_views::html::policy();
            let policy =
                policy.replace("form-action 'none'", "form-action 'self'") + "; frame-ancestors 'none'";
            ([("content-type", "text/html; charset=utf-8"), ("content-security-policy", &policy)], page)
                .into_response()
        }
        Err(why) => refused(why),
    }
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
            "published" => {
                sent.options.published = std::str::from_utf8(&content).ok().and_then(|day| day.parse().ok());
            }
            "language" => {
                let known = LANGUAGES.iter().find(|(code, _)| code.as_bytes() == &content[..]);
                sent.options.language = known.map(|(code, _)| (*code).to_owned());
            }
            _ => {}
        }
    }
    Ok(sent)
}
