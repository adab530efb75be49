//! The queue: what waits, the most pressing first.

use super::view::{KINDS, STATES, View};
use super::{Done, Seen, Visit, item, say, text};
use crate::guard::age;
use crate::pages::words::Tongue;
use axum::http::StatusCode;
use axum::response::Response;
use lagebild_desk::{Case, Filter, Item, ItemKind, State, Store};
use lagebild_watchlist::store::stale_days;
use maud::{Markup, html};

/// Items on a page.
const SHOWN: u64 = 50;

pub(super) async fn queue(visit: Visit) -> Response {
    visit.quick(|visit, store| page(visit, store)).await
}

fn page(visit: &Visit, store: &Store) -> Done {
    let (tongue, view) = (visit.tongue, &visit.view);
    let skip = (view.page - 1).saturating_mul(SHOWN);
    // One more than is shown tells whether there is a next page.
    let mut items = store.queue(&Filter { skip, limit: SHOWN + 1, ..view.filter(&visit.user) })?;
    let more = items.len() as u64 > SHOWN;
    items.truncate(SHOWN as usize);
    for item in &items {
        visit.saw(&item.item.case);
    }
    let counts = store.counts(view.case.as_deref())?;
    let cases = store.cases()?;
    let body = html! {
        (item::done(visit, store)?)
        p { strong { (counts.pending) } " " (tongue.say("desk_waiting")) " " (counts.items) " " (tongue.say("desk_items")) "." }
        (narrowing(tongue, view, &cases))
        section.hits {
            h2 { (tongue.say("desk_queue")) }
            @if items.is_empty() { p { (tongue.say("desk_empty")) } }
            ol start=(skip + 1) { @for item in &items { li.hit tabindex="0" { (line(visit, item)) } } }
            (turned(visit, "/desk", view.page, more))
        }
        (all_cases(tongue, &cases))
        (lists(visit))
    };
    Ok((Seen::Queue, visit.page("/desk", tongue.say("desk_title"), &body, StatusCode::OK)))
}

/// Links to the pages before and after.
pub(super) fn turned(visit: &Visit, path: &str, page: u64, more: bool) -> Markup {
    let at = |page: u64| format!("{}&page={page}", visit.address(path));
    html! {
        @if page > 1 || more {
            nav.pages aria-label=(visit.tongue.say("pages")) {
                @if page > 1 { a rel="prev" href=(at(page - 1)) { (visit.tongue.say("page_before")) } " " }
                span { (page) }
                @if more { " " a rel="next" href=(at(page + 1)) { (visit.tongue.say("page_after")) } }
            }
        }
    }
}

/// The field that narrows to a case.
pub(super) fn of_case(tongue: Tongue, chosen: Option<&str>, cases: &[Case]) -> Markup {
    html! {
        p.field {
            label for="f-case" { (tongue.say("desk_case")) }
            select id="f-case" name="case" {
                option value="" { (tongue.say("desk_all_cases")) }
                @for case in cases { option value=(case.id) selected[chosen == Some(case.id.as_str())] { (case.id) } }
            }
        }
    }
}

fn narrowing(tongue: Tongue, view: &View, cases: &[Case]) -> Markup {
    html! {
        form.columns method="get" action="/desk" {
            (of_case(tongue, view.case.as_deref(), cases))
            p.field {
                label for="f-state" { (tongue.say("desk_state")) }
                select id="f-state" name="state" {
                    option value="" { (tongue.say("desk_that_waits")) }
                    @for state in STATES { option value=(state.word()) selected[view.state == Some(state)] { (say::state(tongue, state)) } }
                }
            }
            p.field {
                label for="f-kind" { (tongue.say("kind")) }
                select id="f-kind" name="kind" {
                    option value="" { (tongue.say("any")) }
                    @for kind in KINDS { option value=(kind.word()) selected[view.kind == Some(kind)] { (say::kind(tongue, kind)) } }
                }
            }
            p.field {
                label for="f-mine" { (tongue.say("desk_given_to")) }
                select id="f-mine" name="mine" {
                    option value="" { (tongue.say("desk_anybody")) }
                    option value="1" selected[view.mine] { (tongue.say("desk_me")) }
                }
            }
            input type="hidden" name="lang" value=(tongue.code());
            p { button.main type="submit" { (tongue.say("desk_show")) } }
        }
    }
}

/// One item on its line.
fn line(visit: &Visit, item: &Item) -> Markup {
    let (tongue, shown) = (visit.tongue, &item.shown);
    html! {
        h3 {
            a href=(visit.address(&item::path(&item.item))) dir="auto" { (say::name(tongue, shown)) }
            " " span.schema { (say::kind(tongue, shown.kind)) } " " span.id { (item.item) }
        }
        p {
            @if item.state == State::Open { (say::state(tongue, item.state)) } @else { strong { (say::standing(tongue, item)) } }
            " · " (tongue.say("desk_rank")) " " (item.rank)
            @if shown.kind == ItemKind::Hit { " · " (tongue.say("desk_entries")) ": " (shown.parties.len()) }
            @if item.documents > 1 { " · " (tongue.say("desk_documents")) ": " (item.documents) }
            @if let Some(to) = &item.assigned { " · " (tongue.say("desk_for")) " " span dir="auto" { (to) } }
            @if let Some(due) = item.due { " · " (tongue.say("desk_due")) " " (due) }
        }
        @if let Some(news) = &shown.news { p.matched { (tongue.say("desk_news")) ": " (news) } }
        @if let Some(place) = shown.places.first() { p.words dir="auto" { (text::with_name(&place.words, &shown.name)) } }
    }
}

fn all_cases(tongue: Tongue, cases: &[Case]) -> Markup {
    html! {
        section {
            h2 { (tongue.say("desk_cases")) }
            @if cases.is_empty() { p { (tongue.say("desk_no_cases")) } }
            @else {
                div.wide role="region" aria-label=(tongue.say("desk_cases")) tabindex="0" { table {
                    thead { tr { th scope="col" { (tongue.say("desk_case")) } th scope="col" { (tongue.say("desk_about")) }
                        th scope="col" { (tongue.say("desk_documents")) } th scope="col" { (tongue.say("desk_items")) }
                        th scope="col" { (tongue.say("desk_that_waits")) } th scope="col" { (tongue.say("desk_four_eyes")) } } }
                    tbody { @for case in cases { tr {
                        th scope="row" { a href={"/desk/cases/" (case.id) "?lang=" (tongue.code())} { (case.id) } }
                        td dir="auto" { (case.title) }
                        td.number { (case.documents) } td.number { (case.items) } td.number { (case.pending) }
                        td { (yes(tongue, case.four_eyes)) }
                    } } }
                } }
            }
        }
    }
}

pub(super) fn yes(tongue: Tongue, it: bool) -> &'static str {
    if it { tongue.say("desk_yes") } else { tongue.say("desk_no") }
}

/// The versions of the lists that are served now, and how old they are.
fn lists(visit: &Visit) -> Markup {
    let (tongue, today) = (visit.tongue, visit.app.today());
    html! {
        section {
            h2 { (tongue.say("lists")) }
            p { (tongue.say("desk_lists_note")) }
            ul { @for version in &visit.snapshot.versions {
                li { (aged(tongue, &version.dataset, &version.date, age(&version.date, today))) }
            } }
            @if visit.snapshot.versions.is_empty() { p.notice { (tongue.say("no_lists")) } }
        }
    }
}

/// A list with its day, its age, and whether it is too old to decide on without a thought.
pub(super) fn aged(tongue: Tongue, list: &str, date: &str, age: Option<i32>) -> Markup {
    let stale = age.is_some_and(|days| days > i32::from(stale_days(list)));
    html! {
        (list) " " @if date.is_empty() { (tongue.say("desk_no_day")) } @else { (date) }
        @if let Some(days) = age { " (" (days) " " (tongue.say("desk_days_old")) ")" }
        @if stale { " " strong.matched { (tongue.say("desk_stale")) } }
    }
}
