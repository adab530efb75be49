//! Screen a name, with the explanation of each score. The question stands in the address, so that "back" works and a result
//! can be had again; a table is sent in the body.

use super::hit::{Pages, results};
use super::layout::{Page, field, problem};
use super::table;
use super::words::Tongue;
use crate::app::{Now, Shared};
use crate::data::Snapshot;
use crate::yente::Refusal;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use bytes::Bytes;
use indexmap::IndexMap;
use lagebild_screen::{Hit, Options, Query};
use maud::{Markup, html};
use std::sync::Arc;

/// Letters of a name; what is longer is none.
pub(super) const LONGEST_NAME: usize = 1000;
/// Hits that can be reached by turning pages.
const MOST_HITS: usize = 200;
/// The identifiers that one field stands for.
const IDENTIFIERS: [&str; 5] = ["passportNumber", "idNumber", "imoNumber", "registrationNumber", "taxNumber"];
/// What asks for something.
const ASKING: [&str; 2] = ["name", "identifier"];
/// What makes a question narrower.
const NARROWING: [&str; 4] = ["schema", "birthDate", "country", "threshold"];

type Form = IndexMap<String, String>;

/// The form, with what was found if something is asked for.
pub(super) async fn form(
    State(app): State<Shared>,
    Now(snapshot): Now,
    RawQuery(raw): RawQuery,
    headers: HeaderMap,
) -> Response {
    let tongue = Tongue::of(raw.as_deref(), &headers);
    let form: Form =
        form_urlencoded::parse(raw.as_deref().unwrap_or_default().as_bytes()).into_owned().collect();
    let is_given = |name: &str| form.get(name).is_some_and(|value| !value.trim().is_empty());
    if !ASKING.iter().chain(&NARROWING).any(|name| is_given(name)) {
        return page(&snapshot, tongue, &Form::new(), &html! {});
    }
    let worked = Arc::clone(&snapshot);
    let done = app.quick().run(move |_| {
        let found = one(&worked, tongue, &form)?;
        Ok(page(&worked, tongue, &form, &found))
    });
    answered(done.await, &snapshot, tongue)
}

/// The form with what was found for a table, or for a name that was sent in the body.
pub(super) async fn screen(
    State(app): State<Shared>,
    Now(snapshot): Now,
    RawQuery(raw): RawQuery,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let tongue = Tongue::of(raw.as_deref(), &headers);
    let form: Form = form_urlencoded::parse(&body).into_owned().collect();
    let worked = Arc::clone(&snapshot);
    let done = app.long().run(move |wanted| {
        let text = form.get("table").map_or("", |text| text.trim());
        let found = if text.is_empty() {
            one(&worked, tongue, &form)?
        } else {
            table::screened(&worked, tongue, text, threshold(tongue, &form)?, wanted)?
        };
        Ok(page(&worked, tongue, &form, &found))
    });
    answered(done.await, &snapshot, tongue)
}

fn answered(
    done: Result<Result<Response, String>, Refusal>,
    snapshot: &Snapshot,
    tongue: Tongue,
) -> Response {
    let failed = |status: StatusCode, why: &str| problem(snapshot, tongue, "/screen", status, why);
    match done {
        Ok(Ok(answer)) => answer,
        Ok(Err(why)) => failed(StatusCode::UNPROCESSABLE_ENTITY, &why),
        Err(_) => failed(StatusCode::INTERNAL_SERVER_ERROR, tongue.say("problem")),
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
        form.columns method="get" action="/screen" {
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
            input type="hidden" name="lang" value=(tongue.code());
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

fn threshold(tongue: Tongue, form: &Form) -> Result<f64, String> {
    let text = form.get("threshold").map_or("", |text| text.trim());
    if text.is_empty() {
        return Ok(0.7);
    }
    // A decimal comma is how half of Europe writes it.
    let number = text.replace(',', ".").parse::<f64>().ok().filter(|it| (0.0..=1.0).contains(it));
    number.ok_or_else(|| format!("{}: {text}", tongue.say("wrong_threshold")))
}

/// A question and what of it could not be understood.
struct Question {
    query: Query,
    doubts: Vec<String>,
}

fn question(tongue: Tongue, form: &Form) -> Result<Question, String> {
    let given = |name: &str| form.get(name).map(|value| value.trim()).filter(|value| !value.is_empty());
    let mut query = Query::default();
    let mut doubts = Vec::new();
    if let Some(schema) = given("schema") {
        let known = lagebild_ftm::Model::shipped().schema(schema);
        let known = known.ok_or_else(|| format!("{}: {schema}", tongue.say("wrong_kind")))?;
        query.schema = Some(known.name.clone());
    }
    query.names.extend(given("name").map(Into::into));
    if query.names.iter().any(|name| name.chars().count() > LONGEST_NAME) {
        return Err(tongue.say("name_too_long").to_owned());
    }
    if let Some(written) = given("birthDate") {
        match lagebild_table::dates(written) {
            Some(dates) => drop(query.properties.insert("birthDate".into(), dates)),
            None => doubts.push(format!("{} {written}", tongue.say("no_date"))),
        }
    }
    if let Some(written) = given("country") {
        let (known, unknown) = lagebild_table::countries(written);
        query.properties.insert("country".into(), known);
        doubts.extend(unknown.iter().map(|it| format!("{} {it}", tongue.say("no_country"))));
    }
    for property in IDENTIFIERS {
        let value = given("identifier").map(|value| (property.to_owned(), vec![value.to_owned()]));
        query.properties.extend(value);
    }
    let says_something = |text: &str| text.chars().any(char::is_alphanumeric);
    if !ASKING.iter().any(|name| given(name).is_some_and(says_something)) {
        return Err(tongue.say("nothing_asked").to_owned());
    }
    Ok(Question { query, doubts })
}

fn one(snapshot: &Snapshot, tongue: Tongue, form: &Form) -> Result<Markup, String> {
    let question = question(tongue, form)?;
    let hits = hits(snapshot, &question.query, threshold(tongue, form)?, MOST_HITS);
    let page = form.get("page").and_then(|page| page.parse().ok()).unwrap_or(1);
    let kept = ASKING.iter().chain(&NARROWING).filter_map(|name| Some((*name, form.get(*name)?)));
    let address = form_urlencoded::Serializer::new(String::from("/screen?"))
        .append_pair("lang", tongue.code())
        .extend_pairs(kept)
        .finish();
    let pages = Pages { page, address, more: hits.len() >= MOST_HITS };
    Ok(html! {
        section.hits aria-live="polite" {
            @for doubt in &question.doubts { p.problem role="alert" { (doubt) } }
            (results(snapshot, tongue, &hits, &pages))
        }
    })
}

/// The hits of a query.
pub(super) fn hits(snapshot: &Snapshot, query: &Query, threshold: f64, limit: usize) -> Vec<Hit> {
    let options = Options { cutoff: threshold, threshold, limit, ..Options::default() };
    snapshot.screen.screen(query, &options)
}
