//! Who looked at what, for those who have to answer for it.

use super::{Done, Seen, Visit, queue, say};
use crate::pages::words::Tongue;
use axum::http::StatusCode;
use axum::response::Response;
use lagebild_desk::{Access, Store};
use maud::html;

/// Lines on a page.
const SHOWN: u64 = 200;

pub(super) async fn access(visit: Visit) -> Response {
    visit.quick(|visit, store| page(visit, store)).await
}

fn page(visit: &Visit, store: &Store) -> Done {
    let (tongue, view) = (visit.tongue, &visit.view);
    let skip = (view.page - 1).saturating_mul(SHOWN);
    let mut lines = store.accesses(view.case.as_deref(), skip, SHOWN + 1)?;
    let more = lines.len() as u64 > SHOWN;
    lines.truncate(SHOWN as usize);
    let cases = store.cases()?;
    let body = html! {
        p { (tongue.say("access_note")) " " (store.access_days()?) "." }
        form.columns method="get" action="/desk/access" {
            (queue::of_case(tongue, view.case.as_deref(), &cases))
            input type="hidden" name="lang" value=(tongue.code());
            p { button.main type="submit" { (tongue.say("desk_show")) } }
        }
        @if lines.is_empty() { p { (tongue.say("access_none")) } }
        @else {
            div.wide role="region" aria-label=(tongue.say("access_title")) tabindex="0" { table {
                thead { tr { th scope="col" { (tongue.say("desk_when")) } th scope="col" { (tongue.say("desk_who")) }
                    th scope="col" { (tongue.say("access_what")) } th scope="col" { (tongue.say("desk_case")) }
                    th scope="col" { (tongue.say("access_address")) } } }
                tbody { @for line in &lines { tr {
                    td { (say::moment(line.at)) } td dir="auto" { (line.who) } td { (what(tongue, line)) }
                    td { (line.case) } td dir="auto" { (line.address) }
                } } }
            } }
        }
        (queue::turned(visit, "/desk/access", view.page, more))
    };
    // Who looks at this looks at no case.
    Ok((Seen::Nothing, visit.page("/desk/access", tongue.say("access_title"), &body, StatusCode::OK)))
}

fn what(tongue: Tongue, line: &Access) -> &str {
    match line.what.as_str() {
        "queue" => tongue.say("desk_queue"),
        "search" => tongue.say("desk_search"),
        "item" => tongue.say("access_item"),
        "document" => tongue.say("access_document"),
        "case" => tongue.say("desk_case"),
        "bundle" => tongue.say("desk_bundle"),
        other => other,
    }
}
