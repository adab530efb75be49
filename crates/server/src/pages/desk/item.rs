//! One item: what is decided on, and the form to decide it.

use super::text::{Paper, Span};
use super::{Done, Failure, Seen, Visit, queue, say};
use crate::guard::age;
use crate::pages::party;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::civil::Date;
use lagebild_desk::{Choice, DeskError, Filter, Item, ItemKind, ItemRef, Listed, State, Store};
use maud::{Markup, html};
use serde_json::Value;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// Other items of the same party that are shown.
const OTHERS: u64 = 8;
/// Values of one property of a listed party that are shown.
const MOST_VALUES: usize = 12;

/// The choices with their keys.
const CHOICES: [(Choice, &str); 5] = [
    (Choice::Same, "s"),
    (Choice::Another, "a"),
    (Choice::Relevant, "r"),
    (Choice::Not, "n"),
    (Choice::Unsure, "u"),
];

/// What somebody entered that was not taken, and why.
#[derive(Default)]
pub(super) struct Refused {
    pub(super) why: Option<(StatusCode, String)>,
    pub(super) choice: String,
    pub(super) reason: String,
    pub(super) note: String,
}

/// The path of an item's page.
pub(super) fn path(item: &ItemRef) -> String {
    // A case's name has letters, digits, `-`, `_` and `.` only.
    format!("/desk/items/{}/{}", item.case, item.number)
}

/// An item as a path names it.
pub(super) fn named(case: String, number: &str) -> Result<ItemRef, Failure> {
    let number = number.parse().map_err(|_| DeskError::NoItem(ItemRef { case: case.clone(), number: 0 }))?;
    Ok(ItemRef { case, number })
}

pub(super) async fn item(Path((case, number)): Path<(String, String)>, visit: Visit) -> Response {
    visit.quick(move |visit, store| page(visit, store, &named(case, &number)?, &Refused::default())).await
}

/// The page of an item, with what was refused where something was.
pub(super) fn page(visit: &Visit, store: &Store, item: &ItemRef, refused: &Refused) -> Done {
    let tongue = visit.tongue;
    let item = store.item(item)?;
    let case = store.case(&item.item.case)?;
    visit.saw(&case.id);
    let status = refused.why.as_ref().map_or(StatusCode::OK, |(status, _)| *status);
    let next = visit.view.next(store, &visit.user, &item.item)?;
    let body = html! {
        (done(visit, store)?)
        @if let Some((_, why)) = &refused.why { p.problem role="alert" { (why) } }
        p.facts {
            (say::kind(tongue, item.shown.kind)) " · " span.id { (item.item) } " · "
            a href={"/desk/cases/" (case.id) "?lang=" (tongue.code())} dir="auto" {
                @if case.title.is_empty() { (case.id) } @else { (case.title) }
            }
            " · " (tongue.say("desk_rank")) " " (item.rank)
            @if let Some(to) = &item.assigned { " · " (tongue.say("desk_for")) " " span dir="auto" { (to) } }
            @if let Some(due) = item.due { " · " (tongue.say("desk_due")) " " (due) }
        }
        p { strong { (say::standing(tongue, &item)) } }
        @if let Some(reason) = &item.reason { p dir="auto" { (tongue.say("desk_reason")) ": " (reason) } }
        @if let Some(note) = &item.note { p dir="auto" { (tongue.say("desk_note")) ": " (note) } }
        (earlier(visit, &item))
        div.beside {
            section { h2 { (tongue.say("desk_words")) } (words(visit, store, &item)?) }
            section { h2 { (beside(visit, &item)) } (facts(visit, &item)) }
        }
        (deciding(visit, &item, case.four_eyes, refused))
        p { @if let Some(next) = &next { a rel="next" data-desk="l" href=(visit.address(&path(next))) { (tongue.say("desk_later")) } } }
        (others(visit, store, &item)?)
    };
    Ok((Seen::Item, visit.page(&path(&item.item), &say::name(tongue, &item.shown), &body, status)))
}

fn beside(visit: &Visit, item: &Item) -> &'static str {
    if item.shown.kind == ItemKind::Hit {
        visit.tongue.say("desk_listed")
    } else {
        visit.tongue.say("desk_known")
    }
}

/// News of the lists, and decisions on the same name and party in other cases.
fn earlier(visit: &Visit, item: &Item) -> Markup {
    let tongue = visit.tongue;
    html! {
        @if let Some(news) = &item.shown.news { p.notice { strong { (tongue.say("desk_news")) } ": " (news) } }
        @if let Some(it) = &item.shown.remembered {
            p.notice {
                strong { (tongue.say("desk_remembered")) } ": " (say::choice(tongue, it.choice)) " – "
                span dir="auto" { (it.by) } ", " (say::moment(it.at)) ", " (tongue.say("desk_case")) " " (it.case)
            }
        }
    }
}

/// The words that the item rests on, each with its document, what the reading says of them, and the lists it was read with.
fn words(visit: &Visit, store: &Store, item: &Item) -> Result<Markup, DeskError> {
    let tongue = visit.tongue;
    let mut papers = BTreeMap::new();
    for place in &item.shown.places {
        if let Entry::Vacant(free) = papers.entry(place.document) {
            free.insert(Paper::of(store, &item.item.case, place.document)?);
        }
    }
    Ok(html! {
        @for place in &item.shown.places {
            @if let Some(paper) = papers.get(&place.document) {
                @let span = Span { start: place.start as usize, end: place.end as usize };
                article.place {
                    h3 {
                        a href={"/desk/cases/" (item.item.case) "/documents/" (place.document) "?lang=" (tongue.code()) "#here"} dir="auto" {
                            (paper.title())
                        }
                        @if let Some(day) = paper.archived.document.published { " " span.schema { (day) } }
                    }
                    blockquote dir="auto" { (paper.words(span)) }
                    (paper.claims(tongue, span))
                    p.stamp { (tongue.say("desk_read_with")) " " (read_with(visit, &paper.read.stamp)) }
                }
            }
        }
        @if item.documents > item.shown.places.len() as u64 {
            p { (tongue.say("desk_in_all")) ": " (item.documents) }
        }
    })
}

/// The lists of a reading with their days, as old as they are today.
pub(super) fn read_with(visit: &Visit, stamp: &Value) -> Markup {
    let list = &stamp["watchlist"];
    let members = match list["lists"].as_array() {
        Some(members) if !members.is_empty() => members.iter().collect(),
        _ => vec![list],
    };
    html! {
        @for (at, member) in members.into_iter().enumerate() {
            @if at > 0 { ", " }
            @let date = member["date"].as_str().unwrap_or_default();
            (queue::aged(visit.tongue, member["name"].as_str().unwrap_or_default(), date, age(date, visit.app.today())))
        }
    }
}

/// The parties that the name may be, and what else is known.
fn facts(visit: &Visit, item: &Item) -> Markup {
    html! {
        @for party in &item.shown.parties { (listed(visit, party)) }
        @if !item.shown.details.is_empty() {
            ul { @for detail in &item.shown.details { li dir="auto" { (detail) } } }
        }
    }
}

/// A listed party as it was when the document was read, and as its list has it now.
fn listed(visit: &Visit, party: &Listed) -> Markup {
    let tongue = visit.tongue;
    let rows = [
        (tongue.say("born"), &party.birth),
        (tongue.say("programme"), &party.programmes),
        (tongue.say("desk_listed_on"), &party.listed),
    ];
    let title = visit.snapshot.config.get(party.list()).map_or(party.list(), |it| it.title());
    html! {
        article.party {
            h3 dir="auto" { (party.name) " " span.id { (party.party) } }
            p.score {
                meter min="0" max="1" value=(format!("{:.3}", party.score)) { (format!("{:.2}", party.score)) }
                " " (tongue.say("score")) " " strong { (format!("{:.2}", party.score)) }
            }
            dl.facts {
                dt { (tongue.say("on_lists")) } dd { (title) }
                @for (label, values) in rows { @if !values.is_empty() { dt { (label) } dd dir="auto" { (values.join("; ")) } } }
            }
            @if !party.why.is_empty() {
                details { summary { (tongue.say("why")) } ul { @for why in &party.why { li dir="auto" { (why) } } } }
            }
            (entry(visit, party))
        }
    }
}

fn entry(visit: &Visit, party: &Listed) -> Markup {
    let tongue = visit.tongue;
    let own = party.party.split_once(':').map_or(party.party.as_str(), |(_, id)| id);
    let entities = &visit.snapshot.entities;
    // An entity of a data set has its own id; that of a party says the list too.
    let of_set = || entities.get(own).filter(|entity| entity.datasets.iter().any(|set| set == party.list()));
    let entity = entities.get(&party.party).or_else(of_set);
    html! {
        @if let Some(entity) = entity {
            details open {
                summary { (tongue.say("desk_entry_now")) }
                dl.facts {
                    @for (property, values) in entity.stated().filter(|(property, _)| property.kind != lagebild_ftm::Kind::Entity) {
                        dt { (property.label) }
                        dd { ul { @for value in values.iter().take(MOST_VALUES) { li dir="auto" { (party::value_of(property.kind, value)) } } } }
                    }
                }
                p { a href={(party::address(&entity.id)) "?lang=" (tongue.code())} { (tongue.say("desk_entry_page")) } }
            }
        } @else { p { (tongue.say("desk_entry_gone")) } }
    }
}

/// The form to decide; to confirm what somebody else proposed; to take back; to give to somebody.
fn deciding(visit: &Visit, item: &Item, four_eyes: bool, refused: &Refused) -> Markup {
    let tongue = visit.tongue;
    let kind = item.shown.kind;
    let own = item.by.as_deref() == Some(visit.user.as_str());
    html! {
        section.decide aria-labelledby="decide" {
            h2 #decide { (tongue.say("desk_decide")) }
            @if four_eyes { p { (tongue.say("desk_four_eyes_note")) } }
            @if item.state == State::Proposed {
                @if own { p.notice { (tongue.say("desk_own_waits")) } }
                @else if visit.role < crate::guard::needed_to("confirm") { p.notice { (tongue.say("desk_confirm_other")) } }
                @else {
                    form method="post" action=(visit.address(&path(&item.item))) {
                        (hidden(visit, item, "confirm"))
                        p { button.main type="submit" data-desk="c" { (tongue.say("desk_confirm")) } }
                    }
                }
            }
            form method="post" action=(visit.address(&path(&item.item))) data-decide="" {
                (hidden(visit, item, "decide"))
                fieldset {
                    legend { (question(visit, kind)) }
                    @for (choice, key) in CHOICES { @if kind.takes(choice) {
                        label.choice {
                            input type="radio" name="choice" value=(choice.word()) data-desk=(key) required
                                checked[refused.choice == choice.word()];
                            " " (say::choice(tongue, choice)) " " kbd { (key) }
                        }
                    } }
                }
                p.field {
                    label for="f-reason" { (tongue.say("desk_reason")) }
                    input id="f-reason" name="reason" type="text" required value=(refused.reason) dir="auto" autocomplete="on";
                }
                p.field {
                    label for="f-note" { (tongue.say("desk_note_more")) }
                    textarea id="f-note" name="note" rows="2" dir="auto" { (refused.note) }
                }
                p { button.main type="submit" { (tongue.say("desk_decide_next")) } }
            }
            @if item.choice.is_some() { (undo(visit, item, "item")) }
            details {
                summary { (tongue.say("desk_give")) }
                form.columns method="post" action=(visit.address(&path(&item.item))) {
                    (hidden(visit, item, "assign"))
                    p.field { label for="f-to" { (tongue.say("desk_give_to")) }
                        input id="f-to" name="to" type="text" value=(item.assigned.as_deref().unwrap_or_default()) dir="auto"; }
                    p.field { label for="f-due" { (tongue.say("desk_due")) }
                        input id="f-due" name="due" type="date" value=(item.due.map(|due: Date| due.to_string()).unwrap_or_default()); }
                    p { button type="submit" { (tongue.say("desk_give")) } }
                }
            }
        }
    }
}

fn question(visit: &Visit, kind: ItemKind) -> &'static str {
    if kind == ItemKind::Hit {
        visit.tongue.say("desk_question_hit")
    } else {
        visit.tongue.say("desk_question_flow")
    }
}

fn hidden(visit: &Visit, item: &Item, act: &str) -> Markup {
    html! {
        input type="hidden" name="token" value=(visit.forms.token);
        input type="hidden" name="version" value=(item.version);
        input type="hidden" name="act" value=(act);
    }
}

/// The form that takes a decision back. `place` keeps two of them on one page apart.
fn undo(visit: &Visit, item: &Item, place: &str) -> Markup {
    let tongue = visit.tongue;
    html! {
        form.undo method="post" action=(visit.address(&path(&item.item))) {
            (hidden(visit, item, "undo"))
            label for={"f-undo-" (place)} { (tongue.say("desk_undo_why")) }
            " " input id={"f-undo-" (place)} name="reason" type="text" required value=(tongue.say("desk_slip")) dir="auto";
            " " button type="submit" data-desk="z" { (tongue.say("desk_undo")) " " span dir="auto" { (item.item) } }
        }
    }
}

/// What was just decided, with the way back.
pub(super) fn done(visit: &Visit, store: &Store) -> Result<Markup, DeskError> {
    let asked = visit.asked("done");
    let Some((case, number)) = asked.as_deref().and_then(|it| it.rsplit_once('/')) else {
        return Ok(html! {});
    };
    let Ok(number) = number.parse() else { return Ok(html! {}) };
    let item = match store.item(&ItemRef { case: case.to_owned(), number }) {
        Err(DeskError::NoItem(_)) => return Ok(html! {}),
        item => item?,
    };
    visit.saw(&item.item.case);
    Ok(html! {
        div.done role="status" {
            p {
                a href=(visit.address(&path(&item.item))) { (item.item) } " " bdi { (say::name(visit.tongue, &item.shown)) } " – "
                (say::standing(visit.tongue, &item))
            }
            @if item.choice.is_some() { (undo(visit, &item, "done")) }
        }
    })
}

/// What else names the same parties, with what was decided there.
fn others(visit: &Visit, store: &Store, item: &Item) -> Result<Markup, DeskError> {
    let tongue = visit.tongue;
    let mut found: Vec<Item> = Vec::new();
    for party in &item.shown.parties {
        let filter = Filter { party: Some(party.party.clone()), limit: OTHERS, ..Filter::default() };
        for other in store.queue(&filter)? {
            if other.item != item.item && !found.iter().any(|known| known.item == other.item) {
                found.push(other);
            }
        }
    }
    found.truncate(OTHERS as usize);
    for other in &found {
        visit.saw(&other.item.case);
    }
    Ok(html! {
        @if !found.is_empty() {
            section {
                h2 { (tongue.say("desk_others")) }
                ul { @for other in &found { li {
                    a href=(visit.address(&path(&other.item))) dir="auto" { (say::name(tongue, &other.shown)) } " " span.id { (other.item) }
                    " – " (say::standing(tongue, other))
                    @if let Some(reason) = &other.reason { ": " span dir="auto" { (reason) } }
                } } }
            }
        }
    })
}
