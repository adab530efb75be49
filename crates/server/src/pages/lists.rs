//! Which lists are loaded, of which day.

use super::layout::Page;
use super::words::Tongue;
use crate::app::{Now, Shared};
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use maud::html;

/// The lists.
pub(super) async fn lists(
    State(app): State<Shared>,
    Now(snapshot): Now,
    RawQuery(raw): RawQuery,
    headers: HeaderMap,
) -> Response {
    let tongue = Tongue::of(raw.as_deref(), &headers);
    let body = html! {
        @if let Some(failure) = app.failure() {
            p.problem role="alert" { (tongue.say("reload_failed")) " " (failure.at.strftime("%F %T UTC").to_string()) ": " (failure.why) }
        }
        @if snapshot.versions.is_empty() { p.notice { (tongue.say("no_lists")) } }
        div.wide role="region" aria-label=(tongue.say("lists")) tabindex="0" {
            table {
                thead { tr { th scope="col" { (tongue.say("dataset")) } th scope="col" { (tongue.say("version")) }
                    th scope="col" { (tongue.say("entities")) } th scope="col" { (tongue.say("problems")) }
                    th scope="col" { (tongue.say("hash")) } } }
                tbody {
                    @for version in &snapshot.versions {
                        tr {
                            th scope="row" { (snapshot.config.get(&version.dataset).map_or(version.dataset.as_str(), |it| it.title())) }
                            td { (version.stated) }
                            td.number { (version.entities) }
                            td.number title=(version.first_problems.join("\n")) { (version.problems) }
                            td { code { (version.hash.get(..12).unwrap_or_default()) } }
                        }
                    }
                }
            }
        }
    };
    Page { tongue, path: "/lists", title: tongue.say("lists_title"), body, snapshot: &snapshot }
        .answer(StatusCode::OK)
}
