//! Deciding, confirming, taking back, giving to somebody: a form that was sent.

use super::item::{Refused, named, page, path};
use super::view::View;
use super::{Done, Failure, Seen, Visit, say};
use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use jiff::Timestamp;
use jiff::civil::Date;
use lagebild_desk::{Choice, DeskError, Doing, ItemRef, Store, Verdict};
use std::collections::HashMap;

const CHOICES: [Choice; 5] = [Choice::Same, Choice::Another, Choice::Unsure, Choice::Relevant, Choice::Not];

type Form = HashMap<String, String>;

pub(super) async fn act(Path((case, number)): Path<(String, String)>, visit: Visit, body: Bytes) -> Response {
    let form: Form = form_urlencoded::parse(&body).into_owned().collect();
    let own =
        visit.app.desk().is_some_and(|desk| desk.is_own(&visit.headers, &visit.user, given(&form, "token")));
    if !own {
        return visit.problem(StatusCode::FORBIDDEN, visit.tongue.say("desk_forged"));
    }
    if visit.role < crate::guard::needed_to(given(&form, "act")) {
        return visit.problem(StatusCode::FORBIDDEN, visit.tongue.say("desk_role"));
    }
    visit.quick(move |visit, store| sent(visit, store, &named(case, &number)?, &form)).await
}

fn given<'f>(form: &'f Form, name: &str) -> &'f str {
    form.get(name).map_or("", |value| value.trim())
}

/// Does what was sent, then shows the next item; what was refused is shown with what was entered.
fn sent(visit: &Visit, store: &mut Store, item: &ItemRef, form: &Form) -> Done {
    let next = visit.view.next(store, &visit.user, item)?;
    match done(visit, store, item, form) {
        Ok(()) if matches!(given(form, "act"), "decide" | "confirm") => {
            Ok((Seen::Nothing, onward(visit, item, next.as_ref())))
        }
        Ok(()) => Ok((Seen::Nothing, see(&visit.address(&path(item))))),
        Err(why) => {
            let why = match why {
                Failure::Plain(status, why) => (status, why),
                Failure::Desk(error) => say::error(visit.tongue, &error),
            };
            let entered = |name| given(form, name).to_owned();
            let (choice, reason, note) = (entered("choice"), entered("reason"), entered("note"));
            page(visit, store, item, &Refused { why: Some(why), choice, reason, note })
        }
    }
}

fn done(visit: &Visit, store: &mut Store, item: &ItemRef, form: &Form) -> Result<(), Failure> {
    let doing = Doing { by: &visit.user, at: Timestamp::now(), signer: None };
    let wrong = |words: &'static str| Failure::Plain(StatusCode::UNPROCESSABLE_ENTITY, words.to_owned());
    // Without the version that was seen nothing is known of what the decision was made on.
    let seen = given(form, "version").parse().map_err(|_| wrong(visit.tongue.say("desk_no_version")))?;
    let reason = given(form, "reason");
    match given(form, "act") {
        "decide" => {
            let chosen = CHOICES.into_iter().find(|choice| choice.word() == given(form, "choice"));
            let choice = chosen.ok_or_else(|| wrong(visit.tongue.say("desk_no_choice")))?;
            let note = Some(given(form, "note")).filter(|note| !note.is_empty());
            store.decide(item, Some(seen), Verdict { choice, reason, note }, &doing)?;
        }
        "confirm" => drop(store.confirm(item, Some(seen), &doing)?),
        "undo" if reason.is_empty() => return Err(DeskError::NoReason.into()),
        "undo" => drop(store.undo(item, Some(seen), reason, &doing)?),
        "assign" => {
            let written = given(form, "due");
            let due: Option<Date> = if written.is_empty() {
                None
            } else {
                Some(written.parse().map_err(|_| wrong(visit.tongue.say("wrong_day")))?)
            };
            let to = Some(given(form, "to")).filter(|to| !to.is_empty());
            store.assign(item, Some(seen), (to, due), &doing)?;
        }
        _ => return Err(wrong(visit.tongue.say("desk_no_act"))),
    }
    Ok(())
}

/// To the next item, or to the queue where none is left, with what was done.
fn onward(visit: &Visit, item: &ItemRef, next: Option<&ItemRef>) -> Response {
    let done =
        form_urlencoded::Serializer::new(String::new()).append_pair("done", &item.to_string()).finish();
    let view = View { page: 1, ..visit.view.clone() };
    let path = next.map_or_else(|| "/desk".to_owned(), path);
    see(&format!("{path}?{}&{done}", view.query(visit.tongue)))
}

/// The answer that has a browser ask for a page, so that loading it again sends nothing twice.
fn see(address: &str) -> Response {
    (StatusCode::SEE_OTHER, [(header::LOCATION, address)]).into_response()
}
