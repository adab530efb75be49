//! The words of all documents, searched.

use super::{Done, Seen, Visit, queue};
use crate::pages::layout::field;
use axum::http::StatusCode;
use axum::response::Response;
use lagebild_desk::Store;
use maud::html;

/// Documents shown.
const SHOWN: u64 = 100;

pub(super) async fn search(visit: Visit) -> Response {
    visit.quick(|visit, store| page(visit, store)).await
}

fn page(visit: &Visit, store: &Store) -> Done {
    let tongue = visit.tongue;
    let asked = visit.asked("q").unwrap_or_default();
    let case = visit.view.case.as_deref();
    let found = store.search(&asked, case, SHOWN)?;
    for hit in &found {
        visit.saw(&hit.case);
    }
    // Who was asked for in vain was asked for all the same.
    if found.is_empty() && !asked.trim().is_empty() {
        visit.saw(case.unwrap_or_default());
    }
    let cases = store.cases()?;
    let body = html! {
        form.columns method="get" action="/desk/search" {
            (field(tongue.say("desk_search_label"), "q", "search", &asked))
            (queue::of_case(tongue, case, &cases))
            input type="hidden" name="lang" value=(tongue.code());
            p { button.main type="submit" { (tongue.say("search_button")) } }
        }
        @if !asked.trim().is_empty() {
            section aria-live="polite" {
                h2 { (tongue.say("desk_documents_title")) " " span.count { (found.len()) } }
                @if found.len() as u64 == SHOWN { p.notice { (tongue.say("desk_more_found")) } }
                ol.found { @for hit in &found { li.hit tabindex="0" {
                    a href={"/desk/cases/" (hit.case) "/documents/" (hit.number) "?lang=" (tongue.code())} dir="auto" {
                        @if hit.title.is_empty() { (hit.source) } @else { (hit.title) }
                    }
                    " " span.id { (hit.case) " · " span dir="auto" { (hit.source) } }
                    p.words dir="auto" { (hit.words) }
                } } }
            }
        }
    };
    Ok((Seen::Search, visit.page("/desk/search", tongue.say("desk_search"), &body, StatusCode::OK)))
}
