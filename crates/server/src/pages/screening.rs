//! Screen a name or a table, with the explanation of each score.

use super::layout::{Page, field, problem};
use super::table;
use super::words::Tongue;
use crate::app::{Now, Shared};
use crate::data::Snapshot;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use bytes::Bytes;
use indexmap::IndexMap;
use lagebild_screen::{AlignedPart, Hit, Mention, Options, Query};
use maud::{Markup, html};

/// Letters of a name; what is longer is none.
const LONGEST_NAME: usize = 1000;
/// Hits shown of one query.
const SHOWN: usize = 10;
/// The identifiers that one field stands for.
const IDENTIFIERS: [&str; 5] = ["passportNumber", "idNumber", "imoNumber", "registrationNumber", "taxNumber"];

type Form = IndexMap<String, String>;

/// The empty form.
pub(super) async fn form(Now(snapshot): Now, RawQuery(raw): RawQuery, headers: HeaderMap) -> Response {
    let tongue = Tongue::of(raw.as_deref(), &headers);
    page(&snapshot, tongue, &Form::new(), &html! {})
}

/// The form with what was found.
pub(super) async fn screen(
    State(app): State<Shared>,
    Now(snapshot): Now,
    RawQuery(raw): RawQuery,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let tongue = Tongue::of(raw.as_deref(), &headers);
    let form: Form = form_urlencoded::parse(&body).into_owned().collect();
    let worked = std::sync::Arc::clone(&snapshot);
    let done = app.long().run(move |_| {
        let given = |name: &str| form.get(name).map_or("", |value| value.trim());
        let found = if given("table").is_empty() {
            Ok(one(&worked, tongue, &form))
        } else {
            table::screened(&worked, tongue, given("table"), threshold(&form))
        };
        found.map(|found| page(&worked, tongue, &form, &found))
    });
    let failed = |why: &str| problem(&snapshot, tongue, "/screen", StatusCode::UNPROCESSABLE_ENTITY, why);
    match done.await {
        Ok(Ok(answer)) => answer,
        Ok(Err(why)) => failed(&why),
        Err(_) => failed(tongue.say("problem")),
    }
}

fn page(snapshot: &Snapshot, tongue: Tongue, form: &Form, found: &Markup) -> Response {
    let value = |name: &str| form.get(name).map_or("", String::as_str);
    let least = if value("threshold").is_empty() { "0.7" } else { value("threshold") };
    let kinds = [
        ("", tongue.say("any")),
        ("Person", tongue.say("person")),
        ("Organization", tongue.say("organisation")),
        ("Vessel", tongue.say("vessel")),
    ];
    let body = html! {
        p { (tongue.say("screen_intro")) }
        form.columns method="post" action={"/screen?lang=" (tongue.code())} {
            (field(tongue.say("name"), "name", "text", value("name")))
            p.field {
                label for="f-schema" { (tongue.say("kind")) }
                select id="f-schema" name="schema" {
                    @for (code, name) in kinds { option value=(code) selected[code == value("schema")] { (name) } }
                }
            }
            (field(tongue.say("birth"), "birthDate", "text", value("birthDate")))
            (field(tongue.say("country"), "country", "text", value("country")))
            (field(tongue.say("identifier"), "identifier", "text", value("identifier")))
            p.field {
                label for="f-threshold" { (tongue.say("threshold")) }
                input id="f-threshold" name="threshold" type="number" min="0" max="1" step="0.05" value=(least);
            }
            p { button.main type="submit" { (tongue.say("screen_button")) } }
        }
        (found)
        details.table open[!value("table").is_empty()] {
            summary { (tongue.say("screen_table_button")) }
            form method="post" action={"/screen?lang=" (tongue.code())} {
                p.field {
                    label for="f-table" { (tongue.say("table")) }
                    textarea id="f-table" name="table" rows="8" dir="auto" spellcheck="false" { (value("table")) }
                }
                p { button type="submit" { (tongue.say("screen_table_button")) } }
            }
        }
    };
    Page { tongue, path: "/screen", title: tongue.say("screen_title"), body, snapshot }.answer(StatusCode::OK)
}

fn threshold(form: &Form) -> f64 {
    form.get("threshold")
        .and_then(|text| text.parse::<f64>().ok())
        .filter(|it| (0.0..=1.0).contains(it))
        .unwrap_or(0.7)
}

fn one(snapshot: &Snapshot, tongue: Tongue, form: &Form) -> Markup {
    let given = |name: &str| form.get(name).map(|value| value.trim()).filter(|value| !value.is_empty());
    let mut query = Query { schema: given("schema").map(Into::into), ..Query::default() };
    query.names.extend(given("name").map(Into::into));
    for property in ["birthDate", "country"] {
        query.properties.extend(given(property).map(|value| (property.to_owned(), vec![value.to_owned()])));
    }
    for property in IDENTIFIERS {
        query
            .properties
            .extend(given("identifier").map(|value| (property.to_owned(), vec![value.to_owned()])));
    }
    let hits = hits(snapshot, &query, threshold(form));
    html! {
        section.hits aria-live="polite" {
            h2 { (tongue.say("hits")) " " span.count { (hits.len()) } }
            @if hits.is_empty() { p { (tongue.say("none_found")) } }
            ol { @for hit in &hits { li { (shown(snapshot, tongue, hit)) } } }
        }
    }
}

/// The hits of a query.
pub(super) fn hits(snapshot: &Snapshot, query: &Query, threshold: f64) -> Vec<Hit> {
    if query.names.iter().any(|name| name.chars().count() > LONGEST_NAME) {
        return Vec::new();
    }
    let options = Options { cutoff: threshold, threshold, limit: SHOWN, ..Options::default() };
    snapshot.screen.screen(query, &options)
}

/// The id and the address of the party of a hit.
pub(super) fn party<'s>(snapshot: &'s Snapshot, hit: &Hit) -> (&'s str, String) {
    let place = snapshot.screened.get(hit.number as usize).copied();
    let id = place.and_then(|place| snapshot.entities.at(place)).map_or("", |entity| entity.id.as_str());
    (id, super::party::address(id))
}

fn shown(snapshot: &Snapshot, tongue: Tongue, hit: &Hit) -> Markup {
    let (id, address) = party(snapshot, hit);
    html! {
        article.hit tabindex="0" {
            h3 {
                a href={(address) "?lang=" (tongue.code())} dir="auto" { (hit.caption) }
                " " span.schema { (hit.schema) } " " span.id { (id) }
            }
            p.score {
                meter min="0" max="1" value=(format!("{:.3}", hit.score)) { (format!("{:.2}", hit.score)) }
                " " strong { (format!("{:.2}", hit.score)) } " "
                @if hit.matched { span.matched { (tongue.say("match")) } } @else { span { (tongue.say("no_match")) } }
            }
            details {
                summary { (tongue.say("why")) }
                (explained(tongue, hit))
            }
        }
    }
}

/// The score taken apart.
pub(super) fn explained(tongue: Tongue, hit: &Hit) -> Markup {
    html! {
        @if let Some(name) = &hit.name {
            table {
                caption { (tongue.say("name")) " · " bdi { (name.query) } " ↔ " bdi { (name.listed) } }
                thead { tr { th scope="col" { (tongue.say("asked")) } th scope="col" { (tongue.say("listed_as")) }
                    th scope="col" { (tongue.say("rule")) } th scope="col" { (tongue.say("score")) } } }
                tbody {
                    @for part in &name.parts { (aligned(part)) }
                    @for left in &name.query_unmatched { (alone(left, true, tongue.say("only_asked"))) }
                    @for left in &name.listed_unmatched { (alone(left, false, tongue.say("only_listed"))) }
                }
            }
            @for remark in &name.remarks { p { (remark) } }
        }
        ul.reasons {
            @for reason in &hit.reasons { li { code { (reason.field) } " " (format!("{:+.2}", reason.points)) " " (reason.words) } }
        }
    }
}

fn aligned(part: &AlignedPart) -> Markup {
    html! {
        tr { td dir="auto" { (part.query.text) } td dir="auto" { (part.listed.text) } td { (part.rule) } td { (format!("{:.2}", part.similarity)) } }
    }
}

fn alone(mention: &Mention, asked: bool, words: &str) -> Markup {
    html! {
        tr {
            td dir="auto" { @if asked { (mention.text) } }
            td dir="auto" { @if !asked { (mention.text) } }
            td { (words) }
            td {}
        }
    }
}
