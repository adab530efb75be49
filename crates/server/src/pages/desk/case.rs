//! A case: its documents, who did what, whether its chain is whole, and the whole of it as a file.

use super::{Done, Seen, Visit, queue, say};
use crate::pages::words::Tongue;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use lagebild_desk::chain::{self, Entry, Head, Problem};
use lagebild_desk::verify::{self, Trust};
use lagebild_desk::{Act, Case, DeskError, Store, Stored};
use maud::{Markup, html};

/// Documents on a page, and acts.
const SHOWN: usize = 100;

pub(super) async fn case(Path(case): Path<String>, visit: Visit) -> Response {
    // Going through a long chain takes its time.
    visit.work(|app| app.long(), move |visit, store| page(visit, store, &case)).await
}

/// The case as a file that proves itself.
pub(super) async fn bundle(Path(case): Path<String>, visit: Visit) -> Response {
    let job = move |visit: &Visit, store: &mut Store| {
        let bytes = store.export(&case)?.to_bytes(None)?;
        // A case's name has letters, digits, `-`, `_` and `.` only.
        let name = format!("attachment; filename=\"{case}.bundle\"");
        let headers = [("content-type", "application/octet-stream"), ("content-disposition", &name)];
        visit.saw(&case);
        Ok((Seen::Bundle, (headers, bytes).into_response()))
    };
    visit.work(|app| app.long(), job).await
}

fn page(visit: &Visit, store: &Store, id: &str) -> Done {
    let tongue = visit.tongue;
    let case = store.case(id)?;
    visit.saw(id);
    let chain = store.chain(id)?;
    let title = if case.title.is_empty() { id } else { &case.title };
    let body = html! {
        p.facts {
            (tongue.say("desk_case")) " " span.id { (case.id) } " · " (tongue.say("desk_documents")) ": " (case.documents)
            " · " a href={"/desk?lang=" (tongue.code()) "&case=" (case.id)} { (case.pending) " " (tongue.say("desk_waiting")) " " (case.items) }
            " · " (tongue.say("desk_four_eyes")) ": " (queue::yes(tongue, case.four_eyes))
            @if let Some(days) = case.keep_days { " · " (tongue.say("retain")) " " (days) " " (tongue.say("retain_days")) }
            @if case.removed > 0 { " · " (tongue.say("removed_of_them")) ": " (case.removed) }
        }
        (proof(visit, store, &case, &chain)?)
        (documents(visit, &case, &chain)?)
        (acts(tongue, &case, &chain)?)
    };
    Ok((Seen::Case, visit.page(&format!("/desk/cases/{id}"), title, &body, StatusCode::OK)))
}

/// Whether the chain is whole; on demand whether all that the case holds is what its chain says.
fn proof(visit: &Visit, store: &Store, case: &Case, entries: &[Entry]) -> Result<Markup, DeskError> {
    let tongue = visit.tongue;
    let all = visit.asked("verify").is_some();
    let problems: Vec<Problem> = if all {
        verify::check(&store.export(&case.id)?, &Trust::default()).problems
    } else {
        chain::problems(&case.id, entries, &[])
    };
    Ok(html! {
        section {
            h2 { (tongue.say("desk_proof")) }
            @if problems.is_empty() {
                p role="status" { strong { (if all { tongue.say("desk_all_whole") } else { tongue.say("desk_chain_whole") }) } }
            } @else {
                p.problem role="alert" { strong { (tongue.say("desk_not_whole")) } }
                ul { @for problem in &problems { li { (tongue.say("desk_entry")) " " (problem.entry) ": " (problem.what) } } }
            }
            dl.facts {
                dt { (tongue.say("desk_chain_entries")) } dd { (case.entries) }
                dt { (tongue.say("desk_head")) } dd { code { (case.head) } }
            }
            p { (tongue.say("desk_proof_note")) }
            p {
                a href={"/desk/cases/" (case.id) "?lang=" (tongue.code()) "&verify=1"} { (tongue.say("desk_verify")) } " · "
                a href={"/desk/cases/" (case.id) "/bundle?lang=" (tongue.code())} download { (tongue.say("desk_bundle")) }
            }
        }
    })
}

fn documents(visit: &Visit, case: &Case, chain: &[Entry]) -> Result<Markup, DeskError> {
    let tongue = visit.tongue;
    let mut stored: Vec<Stored> = Vec::new();
    for entry in chain {
        if let Some(Act::Document(document)) = entry.act()? {
            stored.push(document);
        }
    }
    let page = usize::try_from(visit.view.page).unwrap_or(usize::MAX);
    let skip = (page - 1).saturating_mul(SHOWN);
    let at = |page: usize| format!("/desk/cases/{}?lang={}&page={page}", case.id, tongue.code());
    Ok(html! {
        section {
            h2 { (tongue.say("desk_documents_title")) " " span.count { (stored.len()) } }
            ol.found start=(skip + 1) { @for document in stored.iter().skip(skip).take(SHOWN) { li.hit tabindex="0" {
                a href={"/desk/cases/" (case.id) "/documents/" (document.number) "?lang=" (tongue.code())} dir="auto" {
                    (document.title.as_deref().filter(|title| !title.is_empty()).unwrap_or(&document.source))
                }
                " " span.id dir="auto" { (document.source) } " · " (document.found.len()) " " (tongue.say("desk_found_in"))
            } } }
            @if stored.len() > SHOWN {
                nav.pages aria-label=(tongue.say("pages")) {
                    @if page > 1 { a rel="prev" href=(at(page - 1)) { (tongue.say("page_before")) } " " }
                    span { (page) " / " (stored.len().div_ceil(SHOWN)) }
                    @if skip + SHOWN < stored.len() { " " a rel="next" href=(at(page + 1)) { (tongue.say("page_after")) } }
                }
            }
        }
    })
}

/// Who did what, the last first. Documents stand above.
fn acts(tongue: Tongue, case: &Case, chain: &[Entry]) -> Result<Markup, DeskError> {
    let mut rows: Vec<(Head, Markup)> = Vec::new();
    for entry in chain.iter().rev() {
        let words = match entry.act()? {
            Some(Act::Document(_)) => continue,
            Some(act) => done(tongue, case, &act),
            None => html! { (tongue.say("desk_taken_away")) },
        };
        rows.push((entry.parsed()?, words));
        if rows.len() == SHOWN {
            break;
        }
    }
    Ok(html! {
        section {
            h2 { (tongue.say("desk_done")) }
            div.wide role="region" aria-label=(tongue.say("desk_done")) tabindex="0" { table {
                thead { tr { th scope="col" { (tongue.say("desk_entry")) } th scope="col" { (tongue.say("desk_when")) }
                    th scope="col" { (tongue.say("desk_who")) } th scope="col" { (tongue.say("desk_did")) } } }
                tbody { @for (head, words) in &rows { tr {
                    td.number { (head.entry) } td { (say::moment(head.at)) } td dir="auto" { (head.by) } td dir="auto" { (words) }
                } } }
            } }
        }
    })
}

fn numbers(numbers: &[u64]) -> String {
    let numbers: Vec<String> = numbers.iter().map(u64::to_string).collect();
    if numbers.is_empty() { "–".to_owned() } else { numbers.join(", ") }
}

/// An act in words.
fn done(tongue: Tongue, case: &Case, act: &Act) -> Markup {
    let on = |number: &u64| {
        html! { a href={"/desk/items/" (case.id) "/" (number) "?lang=" (tongue.code())} { (case.id) "/" (number) } }
    };
    match act {
        Act::Open(_) => html! { (tongue.say("desk_opened")) },
        Act::Document(stored) => html! { (stored.source) },
        Act::Decide(it) => html! {
            (on(&it.item)) " " bdi { (say::name(tongue, &it.shown)) } ": " strong { (say::choice(tongue, it.choice)) } " – " bdi { (it.reason) }
            @if let Some(note) = &it.note { " (" bdi { (note) } ")" }
            @if !it.stale.is_empty() { " " span.matched { (tongue.say("desk_under_stale")) ": " (it.stale.join(", ")) } }
        },
        Act::Confirm { item, decision, .. } => {
            html! { (on(item)) ": " (tongue.say("desk_confirmed")) " " (decision) }
        }
        Act::Undo { item, decision, reason, .. } => {
            html! { (on(item)) ": " (tongue.say("desk_took_back")) " " (decision) " – " bdi { (reason) } }
        }
        Act::Recall { item, case: other, decision } => {
            html! { (on(item)) ": " (tongue.say("desk_recalled")) " " (other) "/" (decision) }
        }
        Act::Assign { item, to, due, .. } => html! {
            (on(item)) ": " (tongue.say("desk_for")) " " bdi { (to.as_deref().unwrap_or("–")) }
            @if let Some(due) = due { ", " (tongue.say("desk_due")) " " (due) }
        },
        Act::Note { item, text } => {
            html! { @if let Some(item) = item { (on(item)) ": " } (tongue.say("desk_note")) " – " bdi { (text) } }
        }
        Act::Remove(it) => html! {
            (tongue.say("removed_entries")) " " (numbers(&it.entries)) "; " (tongue.say("removed_documents")) " " (numbers(&it.documents))
            "; " (tongue.say("removed_items")) " " (numbers(&it.items)) " – " bdi { (it.reason) }
        },
        Act::Retain { days } => html! {
            (tongue.say("retain")) " " @if let Some(days) = days { (days) " " (tongue.say("retain_days")) } @else { (tongue.say("retain_always")) }
        },
        Act::Watch { changes, .. } => html! {
            (tongue.say("desk_lists_changed")) ": "
            @for (at, change) in changes.iter().enumerate() { @if at > 0 { "; " } (change.party) " " bdi { (change.words) } }
        },
    }
}
