//! The provisions, by regime and day.

use super::layout::{Page, field, problem};
use super::words::Tongue;
use crate::app::{Now, Shared};
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use jiff::civil::Date;
use lagebild_goods::Goods;
use lagebild_measures::{Measure, Measures};
use maud::{Markup, html};
use std::collections::BTreeSet;

/// The provisions in force on a day.
pub(super) async fn list(
    State(app): State<Shared>,
    Now(snapshot): Now,
    RawQuery(raw): RawQuery,
    headers: HeaderMap,
) -> Response {
    let tongue = Tongue::of(raw.as_deref(), &headers);
    let pairs: Vec<_> = form_urlencoded::parse(raw.as_deref().unwrap_or_default().as_bytes()).collect();
    let given =
        |wanted: &str| pairs.iter().find(|(name, _)| name == wanted).map_or("", |(_, value)| value.as_ref());
    let written = given("on");
    let on = if written.is_empty() { Some(app.today()) } else { written.parse::<Date>().ok() };
    let Some(on) = on else {
        let why = format!("{} {written}", tongue.say("wrong_day"));
        return problem(&snapshot, tongue, "/measures", StatusCode::UNPROCESSABLE_ENTITY, &why);
    };
    let regime = given("regime");
    let measures = Measures::shipped();
    let regimes: BTreeSet<&str> = measures.all().iter().map(|measure| measure.regime.as_str()).collect();
    let found: Vec<&Measure> =
        measures.in_force(on).filter(|it| regime.is_empty() || it.regime == regime).collect();
    let body = html! {
        form.columns method="get" action="/measures" {
            (field(tongue.say("on_day"), "on", "date", &on.to_string()))
            p.field {
                label for="f-regime" { (tongue.say("regime")) }
                select id="f-regime" name="regime" {
                    option value="" { (tongue.say("all_regimes")) }
                    @for name in regimes { option value=(name) selected[name == regime] { (name) } }
                }
            }
            input type="hidden" name="lang" value=(tongue.code());
            p { button.main type="submit" { (tongue.say("show")) } }
        }
        div.wide role="region" aria-label=(tongue.say("measures")) tabindex="0" {
            table {
                caption { (found.len()) " " (tongue.say("measures")) " · " time datetime=(on) { (on) } }
                thead { tr { th scope="col" { (tongue.say("provision")) } th scope="col" { (tongue.say("regime")) }
                    th scope="col" { (tongue.say("since")) } th scope="col" { (tongue.say("says")) } } }
                tbody {
                    @for measure in found {
                        tr {
                            th scope="row" { a href={"/measures/" (measure.id) "?lang=" (tongue.code())} { (measure.citation()) } }
                            td { (measure.regime) }
                            td { (days(tongue, measure)) }
                            td { (measure.record.what) }
                        }
                    }
                }
            }
        }
    };
    Page { tongue, path: "/measures", title: tongue.say("measures_title"), body, snapshot: &snapshot }
        .answer(StatusCode::OK)
}

fn days(tongue: Tongue, measure: &Measure) -> Markup {
    html! {
        @match measure.record.in_force_from { Some(day) => { time datetime=(day) { (day) } }, None => "–" }
        @if let Some(day) = measure.record.in_force_to { " " (tongue.say("until")) " " time datetime=(day) { (day) } }
    }
}

/// One provision.
pub(super) async fn one(
    Now(snapshot): Now,
    Path(id): Path<String>,
    RawQuery(raw): RawQuery,
    headers: HeaderMap,
) -> Response {
    let tongue = Tongue::of(raw.as_deref(), &headers);
    let Some(measure) = Measures::shipped().get(&id) else {
        return problem(&snapshot, tongue, "/measures", StatusCode::NOT_FOUND, tongue.say("not_found"));
    };
    let record = &measure.record;
    let label = |id: &String| {
        Goods::shipped().class(id).map_or(id.clone(), |class| class.label(tongue.code()).to_owned())
    };
    let goods: Vec<String> = record.goods.iter().map(label).collect();
    let status = serde_json::to_value(record.status).unwrap_or_default();
    let body = html! {
        p { (record.what) }
        dl.facts {
            dt { (tongue.say("regime")) } dd { (measure.regime) }
            dt { (tongue.say("since")) } dd { (days(tongue, measure)) }
            dt { (tongue.say("status")) } dd { (status.as_str().unwrap_or_default().replace('_', " ")) }
            dt { (tongue.say("goods")) } dd { (goods.join(", ")) }
            @if !record.exceptions.is_empty() {
                dt { (tongue.say("exceptions")) }
                dd { ul { @for exception in &record.exceptions {
                    @let value = serde_json::to_value(exception).unwrap_or_default();
                    @for field in ["name", "what", "note"] { @if let Some(words) = value[field].as_str() { li { (words) } } }
                } } }
            }
            dt { (tongue.say("source")) }
            dd { @if record.source.starts_with("https://") { a href=(record.source) rel="noreferrer noopener" { (record.source) } } @else { (record.source) } }
        }
        @if record.verification.rests_on_memory() { p.notice { (tongue.say("memory")) } }
    };
    Page { tongue, path: "/measures", title: &measure.citation(), body, snapshot: &snapshot }
        .answer(StatusCode::OK)
}
