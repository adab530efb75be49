//! A document of a case: its words, with listed names marked, and what is said to go from whom to whom.

use super::text::{Paper, Span, marked};
use super::{Done, Seen, Visit, item};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use lagebild_desk::{DeskError, ItemRef, Store};
use maud::html;

pub(super) async fn document(Path((case, number)): Path<(String, String)>, visit: Visit) -> Response {
    visit
        .quick(move |visit, store| {
            let item = item::named(case, &number)?;
            page(visit, store, &item.case, item.number)
        })
        .await
}

fn page(visit: &Visit, store: &Store, case: &str, number: u64) -> Done {
    let tongue = visit.tongue;
    visit.saw(case);
    if !(1..=store.case(case)?.documents).contains(&number) {
        return Err(DeskError::NoItem(ItemRef { case: case.into(), number }).into());
    }
    let paper = Paper::of(store, case, number)?;
    let about = &paper.archived.document;
    let text = &paper.archived.text;
    let is_listed = |id: &str| paper.read.entities.iter().any(|it| it.id == id && !it.matches.is_empty());
    let listed = paper.read.mentions.iter().filter(|mention| is_listed(&mention.entity));
    let mut spans: Vec<Span> = listed.map(|mention| mention.span).collect();
    spans.extend(paper.read.transfers.iter().map(|transfer| transfer.item));
    let body = html! {
        p.facts {
            a href={"/desk/cases/" (case) "?lang=" (tongue.code())} { (case) } " · " span dir="auto" { (about.source) }
            @if let Some(day) = about.published { " · " (day) }
            " · SHA-256 " code { (about.sha256.get(..12).unwrap_or_default()) }
        }
        p.stamp { (tongue.say("desk_read_with")) " " (item::read_with(visit, &paper.read.stamp)) }
        p { (tongue.say("desk_marked")) }
        article.text #here dir="auto" lang=[about.language.as_deref()] {
            (marked(text, Span { start: 0, end: text.len() }, spans))
        }
        @if !paper.read.transfers.is_empty() {
            section {
                h2 { (tongue.say("desk_flows")) }
                @for transfer in &paper.read.transfers { (paper.claims(tongue, transfer.item)) }
            }
        }
    };
    let path = format!("/desk/cases/{case}/documents/{number}");
    Ok((Seen::Document, visit.page(&path, paper.title(), &body, StatusCode::OK)))
}
