//! The parties that a name may mean: each once, however many lists it is on, with what tells it from others and why it was
//! found.

use super::together::{Party, together};
use super::words::Tongue;
use crate::data::Snapshot;
use lagebild_ftm::{Entity, Kind, country_name};
use lagebild_screen::{AlignedPart, Hit, Mention};
use maud::{Markup, html};
use std::collections::BTreeSet;

/// Parties on a page.
const SHOWN: usize = 10;
/// Values shown of one kind.
const MOST_VALUES: usize = 4;

/// Which of the results are shown, and where the others are.
pub(super) struct Pages {
    /// From 1.
    pub(super) page: usize,
    /// The address without the page.
    pub(super) address: String,
    /// Whether there are more than can be reached.
    pub(super) more: bool,
}

/// A page of what was found.
pub(super) fn results(snapshot: &Snapshot, tongue: Tongue, hits: &[Hit], pages: &Pages) -> Markup {
    let parties = together(snapshot, hits);
    let first = pages.page.saturating_sub(1).saturating_mul(SHOWN);
    html! {
        h2 { (tongue.say("hits")) " " span.count { (parties.len()) @if pages.more { "+" } } }
        @if hits.is_empty() { p { (tongue.say("none_found")) } }
        @if pages.more { p.notice { (tongue.say("more_hits")) } }
        ol start=(first + 1) { @for party in parties.iter().skip(first).take(SHOWN) { li { (shown(snapshot, tongue, party)) } } }
        (turned(tongue, pages, parties.len(), SHOWN))
    }
}

/// Links to the pages before and after this one.
pub(super) fn turned(tongue: Tongue, pages: &Pages, count: usize, shown: usize) -> Markup {
    let here = pages.page.max(1);
    html! {
        @if count > shown {
            nav.pages aria-label=(tongue.say("pages")) {
                @if here > 1 { a rel="prev" href={(pages.address) "&page=" (here - 1)} { (tongue.say("page_before")) } " " }
                span { (here) " / " (count.div_ceil(shown)) }
                @if here * shown < count { " " a rel="next" href={(pages.address) "&page=" (here + 1)} { (tongue.say("page_after")) } }
            }
        }
    }
}

/// The entity and the address of the party of a hit.
pub(super) fn party<'s>(snapshot: &'s Snapshot, hit: &Hit) -> Option<(&'s Entity, String)> {
    let place = snapshot.screened.get(hit.number as usize).copied()?;
    let entity = snapshot.entities.at(place)?;
    Some((entity, super::party::address(&entity.id)))
}

fn shown(snapshot: &Snapshot, tongue: Tongue, party: &Party) -> Markup {
    let hit = party.best;
    html! {
        article.hit tabindex="0" {
            @if let Some((entity, address)) = party.listed.first() {
                h3 {
                    a href={(address) "?lang=" (tongue.code())} dir="auto" { (hit.caption) }
                    " " span.schema { (hit.schema) } " " span.id { (entity.id) }
                }
            }
            (facts(snapshot, tongue, party))
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

/// What tells the party from others: birth dates, countries, programmes, the lists that it is on.
fn facts(snapshot: &Snapshot, tongue: Tongue, party: &Party) -> Markup {
    let entities = || party.listed.iter().map(|(entity, _)| *entity);
    let births: BTreeSet<&str> =
        entities().flat_map(|it| it.values("birthDate")).map(String::as_str).collect();
    let countries: BTreeSet<&str> = entities()
        .flat_map(|it| it.of_kind(Kind::Country))
        .map(|code| country_name(code).unwrap_or(code))
        .collect();
    let programmes: BTreeSet<&str> = entities().flat_map(|entity| programmes(snapshot, entity)).collect();
    let all = [
        (tongue.say("born"), births),
        (tongue.say("country"), countries),
        (tongue.say("programme"), programmes),
    ];
    html! {
        dl.facts {
            @for (label, values) in all {
                @if !values.is_empty() {
                    dt { (label) }
                    dd dir="auto" {
                        (values.iter().take(MOST_VALUES).copied().collect::<Vec<_>>().join("; "))
                        @if values.len() > MOST_VALUES { " +" (values.len() - MOST_VALUES) }
                    }
                }
            }
            dt { (tongue.say("on_lists")) }
            dd { ul { @for (entity, address) in &party.listed { li {
                a href={(address) "?lang=" (tongue.code())} { (titles(snapshot, entity)) }
            } } } }
        }
    }
}

fn titles(snapshot: &Snapshot, entity: &Entity) -> String {
    let title = |name: &String| snapshot.config.get(name).map_or(name.clone(), |it| it.title().to_owned());
    entity.datasets.iter().map(title).collect::<Vec<_>>().join(", ")
}

fn programmes<'s>(snapshot: &'s Snapshot, entity: &Entity) -> impl Iterator<Item = &'s str> {
    let listings =
        snapshot.entities.inbound(&entity.id).iter().filter_map(|it| snapshot.entities.at(it.from));
    listings
        .filter(|listing| listing.schema.is_a("Sanction"))
        .flat_map(|listing| listing.values("program").iter().chain(listing.values("programId")))
        .map(String::as_str)
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
