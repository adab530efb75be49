//! Search parties, and everything that is known of one.

use super::hit::{Pages, turned};
use super::layout::{Page, field, problem};
use super::words::Tongue;
use crate::app::{Now, Shared};
use crate::data::Snapshot;
use crate::query;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use lagebild_ftm::{Entity, Kind, country_name, topic_label};
use maud::{DOCTYPE, Markup, html};
use std::collections::BTreeMap;

/// Results shown.
const SHOWN: usize = 50;
/// Entities around a party that are shown of each kind.
const SHOWN_AROUND: usize = 50;

/// The address of a party's page.
pub(super) fn address(id: &str) -> String {
    let id: String = form_urlencoded::byte_serialize(id.as_bytes()).collect();
    format!("/party/{}", id.replace('+', "%20"))
}

/// Searches.
pub(super) async fn search(
    State(app): State<Shared>,
    Now(snapshot): Now,
    RawQuery(raw): RawQuery,
    headers: HeaderMap,
) -> Response {
    let tongue = Tongue::of(raw.as_deref(), &headers);
    let pairs: Vec<_> = form_urlencoded::parse(raw.as_deref().unwrap_or_default().as_bytes()).collect();
    let asked =
        pairs.iter().find(|(name, _)| name == "q").map_or(String::new(), |(_, value)| value.to_string());
    let found = std::sync::Arc::clone(&snapshot);
    let text = asked.clone();
    let places = app.quick().run(move |_| places(&found, &text)).await.ok().flatten();
    let Some(places) = places else {
        let why = tongue.say("search_refused");
        return problem(&snapshot, tongue, "/find", StatusCode::UNPROCESSABLE_ENTITY, why);
    };
    let page =
        pairs.iter().find(|(name, _)| name == "page").and_then(|(_, page)| page.parse().ok()).unwrap_or(1);
    let here = form_urlencoded::Serializer::new(String::from("/find?"))
        .append_pair("lang", tongue.code())
        .append_pair("q", &asked)
        .finish();
    let pages = Pages { page, address: here, more: false };
    let first = page.saturating_sub(1).saturating_mul(SHOWN);
    let parties: Vec<&Entity> = places.iter().filter_map(|place| snapshot.entities.at(*place)).collect();
    let body = html! {
        form.columns method="get" action="/find" {
            (field(tongue.say("search_label"), "q", "search", &asked))
            input type="hidden" name="lang" value=(tongue.code());
            p { button.main type="submit" { (tongue.say("search_button")) } }
        }
        @if !asked.trim().is_empty() {
            section aria-live="polite" {
                h2 { span.count { (parties.len()) } " " (tongue.say("results")) }
                ol.found start=(first + 1) {
                    @for entity in parties.iter().skip(first).take(SHOWN) {
                        li.hit tabindex="0" {
                            a href={(address(&entity.id)) "?lang=" (tongue.code())} dir="auto" { (entity.caption) }
                            " " span.schema { (entity.schema.label) } " " span.id { (entity.id) }
                        }
                    }
                }
                (turned(tongue, &pages, parties.len(), SHOWN))
            }
        }
    };
    Page { tongue, path: "/find", title: tongue.say("search_title"), body, snapshot: &snapshot }
        .answer(StatusCode::OK)
}

/// What is found; none where it could not be looked for.
fn places(snapshot: &Snapshot, text: &str) -> Option<Vec<u32>> {
    if text.trim().is_empty() {
        return Some(Vec::new());
    }
    let asked = query::parse_simple(text);
    if asked.is_too_much() {
        return None;
    }
    let found = snapshot.text().and_then(|index| index.find(&asked).ok())?;
    let is_thing =
        |place: &u32| snapshot.entities.at(*place).is_some_and(|entity| entity.schema.is_a("Thing"));
    Some(found.into_iter().map(|(place, _)| place).filter(is_thing).collect())
}

/// One party.
pub(super) async fn party(
    Now(snapshot): Now,
    Path(id): Path<String>,
    RawQuery(raw): RawQuery,
    headers: HeaderMap,
) -> Response {
    let tongue = Tongue::of(raw.as_deref(), &headers);
    let Some(entity) = snapshot.entities.get(&id) else {
        return match snapshot.entities.merged(&id) {
            Some(entity) => Redirect::permanent(&address(&entity.id)).into_response(),
            None => problem(&snapshot, tongue, "/find", StatusCode::NOT_FOUND, tongue.say("no_party")),
        };
    };
    let body = html! {
        p.facts {
            (entity.schema.label) " · " span.id { (entity.id) } " · " (entity.datasets.join(", "))
            @for topic in entity.values("topics") { " · " strong { (topic_label(topic).unwrap_or(topic)) } }
        }
        (properties(tongue, entity))
        (around(&snapshot, tongue, entity))
        @if !entity.referents.is_empty() {
            section { h2 { (tongue.say("merged")) } p.ids { (entity.referents.join(", ")) } }
        }
    };
    let mut page = Page { tongue, path: "/find", title: &entity.caption, body, snapshot: &snapshot };
    page.body = html! { div dir="auto" { (page.body) } };
    page.answer(StatusCode::OK)
}

fn properties(tongue: Tongue, entity: &Entity) -> Markup {
    html! {
        div.wide role="region" aria-label=(&entity.caption) tabindex="0" {
            table {
                thead { tr { th scope="col" { (tongue.say("property")) } th scope="col" { (tongue.say("values")) } } }
                tbody {
                    @for (property, values) in entity.stated().filter(|(property, _)| property.kind != Kind::Entity) {
                        tr {
                            th scope="row" { (property.label) }
                            td { ul { @for value in values { li dir="auto" { (value_of(property.kind, value)) } } } }
                        }
                    }
                }
            }
        }
    }
}

pub(super) fn value_of(kind: Kind, value: &str) -> Markup {
    let shown = match kind {
        Kind::Country => country_name(value),
        Kind::Topic => topic_label(value),
        _ => None,
    };
    html! {
        @if kind == Kind::Url && (value.starts_with("https://") || value.starts_with("http://")) {
            a href=(value) rel="noreferrer noopener" { (value) }
        } @else { (shown.unwrap_or(value)) }
    }
}

/// What is linked to the party, by the kind of link.
fn around(snapshot: &Snapshot, tongue: Tongue, entity: &Entity) -> Markup {
    let mut groups: BTreeMap<&str, Vec<(Option<&Entity>, &Entity)>> = BTreeMap::new();
    for inbound in snapshot.entities.inbound(&entity.id) {
        let Some(link) = snapshot.entities.at(inbound.from) else { continue };
        let label =
            entity.schema.properties.get(inbound.seen_as).map_or(inbound.seen_as, |it| it.label.as_str());
        let ends = link.of_kind(Kind::Entity).filter(|id| *id != entity.id);
        let mut ends = ends.filter_map(|id| snapshot.entities.get(id)).peekable();
        let group = groups.entry(label).or_default();
        if link.schema.edge.is_none() || ends.peek().is_none() {
            group.push((None, link));
        } else {
            group.extend(ends.map(|end| (Some(link), end)));
        }
    }
    for (property, values) in entity.stated().filter(|(property, _)| property.kind == Kind::Entity) {
        let ends = values.iter().filter_map(|id| snapshot.entities.get(id)).map(|end| (None, end));
        groups.entry(property.label.as_str()).or_default().extend(ends);
    }
    html! {
        @if !groups.is_empty() {
            section {
                h2 { (tongue.say("around")) }
                @for (label, ends) in &groups {
                    h3 { (label) " " span.count { (ends.len()) } }
                    ul {
                        @for (link, end) in ends.iter().take(SHOWN_AROUND) {
                            li {
                                a href={(address(&end.id)) "?lang=" (tongue.code())} dir="auto" { (end.caption) }
                                " " span.schema { (end.schema.label) }
                                @let said = link.unwrap_or(end);
                                @for featured in ["role", "relationship", "percentage", "authority", "program", "startDate", "listingDate"] {
                                    @for value in said.values(featured).iter().take(2) { " · " span dir="auto" { (value) } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A small page that OpenRefine shows beside a candidate.
pub(super) async fn preview(Now(snapshot): Now, Path(id): Path<String>) -> Response {
    let Some(entity) = snapshot.entities.get(&id) else { return StatusCode::NOT_FOUND.into_response() };
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head { meta charset="utf-8"; title { (entity.caption) } link rel="stylesheet" href="/assets/server.css"; }
            body {
                main {
                    h1 dir="auto" { (entity.caption) }
                    p { (entity.schema.label) " · " (entity.id) }
                    dl {
                        @for name in &entity.schema.featured {
                            @for value in entity.values(name).iter().take(3) { dt { (name) } dd dir="auto" { (value) } }
                        }
                    }
                }
            }
        }
    };
    axum::response::Html(crate::shown::overrides(page.into_string())).into_response()
}
