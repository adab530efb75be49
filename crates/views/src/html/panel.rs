//! The side panel: listed names, transfers, provisions, statements, names, timeline, each linked to its words.

use super::provisions::provisions;
use crate::{told, words};
use lagebild_entities::{Entity, EntityId};
use lagebild_reading::Reading;
use lagebild_relations::Relation;
use lagebild_statements::Statement;
use lagebild_transfers::{Standing, Transfer};
use maud::{Markup, html};
use std::collections::BTreeMap;

/// The panel of one document.
pub(crate) fn panel(at: usize, reading: &Reading) -> Markup {
    html! {
        aside.panel aria-label="What was found" {
            (facts(reading))
            @let listed = told::listed(reading);
            (section(at, 1, "Names that may be listed", listed.len(), &html! {
                ul { @for entity in &listed { (name_entry(at, reading, entity)) } }
            }))
            (section(at, 2, "Transfers", reading.transfers.len(), &html! {
                (flows(reading))
                @let (sure, unsure) = told::sure_and_unsure(reading);
                ol { @for transfer in sure { (transfer_entry(at, reading, transfer)) } }
                @if !unsure.is_empty() {
                    details {
                        summary { (unsure.len()) " less sure" }
                        ol { @for transfer in unsure { (transfer_entry(at, reading, transfer)) } }
                    }
                }
            }))
            (section(at, 7, "Relations", reading.relations.len(), &html! {
                ol { @for relation in &reading.relations { (relation_entry(at, reading, relation)) } }
            }))
            (section(at, 3, "Provisions", reading.findings.len(), &html! { (provisions(at, reading)) }))
            (section(at, 4, "Statements", reading.statements.len(), &html! {
                @let (sure, unsure): (Vec<_>, Vec<_>) = reading.statements.iter().partition(|one| one.is_sure());
                ol { @for statement in sure { (statement_entry(at, reading, statement)) } }
                @if !unsure.is_empty() {
                    details {
                        summary { (unsure.len()) " less sure" }
                        ol { @for statement in unsure { (statement_entry(at, reading, statement)) } }
                    }
                }
            }))
            (section(at, 5, "Other names", reading.entities.len() - listed.len(), &html! {
                ul { @for entity in reading.entities.iter().filter(|one| one.matches.is_empty()) { (name_entry(at, reading, entity)) } }
            }))
            (section(at, 6, "Timeline", dated(reading), &html! { (timeline(at, reading)) }))
            @if !reading.warnings.is_empty() {
                section.warnings { h2 { "Warnings" } ul { @for warning in &reading.warnings { li { (warning) } } } }
            }
        }
    }
}

fn facts(reading: &Reading) -> Markup {
    let about = &reading.document;
    html! {
        p.facts {
            (words::clean(&about.source)) " · " (about.language.as_deref().unwrap_or("language unknown")) " · "
            @match about.published {
                Some(day) => { "published " time datetime=(day) { (day) } },
                None => "date unknown",
            }
            " · measures as of " time datetime=(reading.stamp.as_of) { (reading.stamp.as_of) }
            " · lists: " (words::clean(&reading.stamp.watchlist.lists_in_words()))
        }
    }
}

fn section(at: usize, number: usize, title: &str, count: usize, body: &Markup) -> Markup {
    html! {
        section id={"d" (at) "-section-" (number)} data-section=(number) {
            h2 { (title) " " span.count { (count) } }
            @if count == 0 { p.none { "None found." } } @else { (body) }
        }
    }
}

/// A list item that leads to its words.
fn entry(at: usize, id: &str, class: &str, body: &Markup) -> Markup {
    html! {
        li.entry class=(class) id={"d" (at) "-" (id)} data-id={"d" (at) "-" (id)} {
            a.goto href={"#d" (at) "-at-" (id)} { (id) }
            div { (body) }
        }
    }
}

pub(super) fn quoted(reading: &Reading, span: lagebild_span::Span) -> Markup {
    html! {
        q dir="auto" lang=[reading.document.language.as_deref()] { (words::words(reading, span)) }
        @if let Some(place) = reading.document.cited(span) { " " span.place { "(" (place) ")" } }
    }
}

fn who(reading: &Reading, id: Option<EntityId>) -> Markup {
    html! { bdi { (words::name(reading, id)) } }
}

/// How well founded a transfer is: sign, word, and a style of its own.
pub(super) fn standing(value: Standing) -> Markup {
    let word = words::standing(value);
    html! { span.standing data-standing=(word) { (words::sign(value)) " " (word) } }
}

fn certainty(code: &str, word: &str) -> Markup {
    html! { span.certainty data-code=(code) title={"FactBank " (code)} { (word) } }
}

/// Each pair of giver and receiver once for each standing, with what is said to go between them.
fn flows(reading: &Reading) -> Markup {
    /// Giver, receiver, and how sure.
    type Flow = (Option<EntityId>, Option<EntityId>, Standing);
    let mut flows: BTreeMap<Flow, Vec<&Transfer>> = BTreeMap::new();
    for transfer in &reading.transfers {
        flows.entry((transfer.giver, transfer.receiver, transfer.standing())).or_default().push(transfer);
    }
    html! {
        div.flows aria-hidden="true" {
            @for ((_, _, founded), transfers) in &flows {
                @if let Some(first) = transfers.first() {
                    div.flow data-standing=(words::standing(*founded)) {
                        span.end { bdi { (words::giver(reading, first)) } }
                        span.arrow {
                            (words::sign(*founded)) " "
                            (transfers.iter().map(|transfer| transfer.id.to_string()).collect::<Vec<_>>().join(" "))
                        }
                        span.end { bdi { (words::receiver(reading, first)) } }
                    }
                }
            }
        }
    }
}

fn transfer_entry(at: usize, reading: &Reading, transfer: &Transfer) -> Markup {
    let founded = transfer.standing();
    let status = words::status(transfer.status);
    entry(
        at,
        &transfer.id.to_string(),
        "t",
        &html! {
            p { (standing(founded)) " " bdi { (words::giver(reading, transfer)) } " → " bdi { (words::receiver(reading, transfer)) } ": "
                (words::goods(transfer.class.as_deref())) }
            p { (quoted(reading, transfer.item)) }
            p.meta {
                @if status != words::standing(founded) { (status) " · " }
                @if transfer.source.is_some() { "says " (who(reading, transfer.source)) } @else { "source not named" }
                @if let Some(date) = &transfer.time { " · " (words::dates(date)) }
                @if !transfer.contradicted_by.is_empty() {
                    @if founded.is_negative() { " · against" } @else { " · denied in" }
                    @for other in &transfer.contradicted_by { " " a href={"#d" (at) "-" (other)} { (other.to_string()) } }
                }
            }
            (explanation(&transfer.explanation))
        },
    )
}

fn relation_entry(at: usize, reading: &Reading, relation: &Relation) -> Markup {
    entry(
        at,
        &relation.id.to_string(),
        "r",
        &html! {
            p { bdi { (words::relation(reading, relation)) } }
            @for span in relation.evidence.iter().skip(1) { p { (quoted(reading, *span)) } }
            p.meta {
                (certainty(relation.certainty.code(), words::certainty(relation.certainty)))
                @if relation.source.is_some() { " · says " (who(reading, relation.source)) }
            }
            (explanation(&relation.explanation))
        },
    )
}

fn statement_entry(at: usize, reading: &Reading, statement: &Statement) -> Markup {
    entry(
        at,
        &statement.id.to_string(),
        "s",
        &html! {
            p {
                @match (statement.speaker, statement.speaker_words) {
                    (Some(id), _) => (who(reading, Some(id))),
                    (None, Some(span)) => { "unnamed source (" (quoted(reading, span)) ")" },
                    (None, None) => "source not named",
                }
                " " (words::act(statement.act))
                @if statement.channel.is_some() { ", via " (who(reading, statement.channel)) }
            }
            p { (quoted(reading, statement.content)) }
            p.meta { (certainty(statement.certainty.code(), words::certainty(statement.certainty))) }
            (explanation(&statement.explanation))
        },
    )
}

fn name_entry(at: usize, reading: &Reading, entity: &Entity) -> Markup {
    let count = told::mentions(reading, entity);
    let class = if entity.matches.is_empty() { "m" } else { "m listed" };
    entry(
        at,
        &entity.id.to_string(),
        class,
        &html! {
            p { strong { bdi { (entity.name) } } " " span.meta {
                (format!("{:?}", entity.kind).to_lowercase())
                @if let Some(country) = &entity.country { ", " (country) }
                " · " (count) "×"
            } }
            @if let Some(role) = entity.role { p { (quoted(reading, role)) } }
            @if !entity.matches.is_empty() {
                details {
                    summary { "may be listed: " (told::entries(entity)) }
                    @for hit in &entity.matches {
                        div.listing {
                            p { strong { (hit.party) } " " bdi { (hit.name) } " · score " (format!("{:.2}", hit.score)) }
                            p.meta { (told::facts(reading, &hit.party)) }
                            (explanation(&hit.explanation))
                        }
                    }
                }
            }
        },
    )
}

fn explanation(lines_: &[String]) -> Markup {
    html! { @if !lines_.is_empty() { details { summary { "why" } (lines(lines_)) } } }
}

fn lines(lines: &[String]) -> Markup {
    html! { ul.why { @for line in lines { li { (line) } } } }
}

fn dated(reading: &Reading) -> usize {
    reading.events.iter().filter(|event| event.date.is_some()).count()
}

fn timeline(at: usize, reading: &Reading) -> Markup {
    let mut events: Vec<_> =
        reading.events.iter().filter_map(|event| Some((event.date.as_ref()?, event))).collect();
    events.sort_by_key(|(date, _)| (date.from, date.to));
    html! {
        ol.timeline {
            @for (date, event) in events {
                (entry(at, &event.id.to_string(), "v", &html! {
                    p { time datetime=[date.from] { (words::dates(date)) } " · " (event.kind) }
                    p { (quoted(reading, event.span)) }
                    p.meta {
                        @for (n, party) in event.participants.iter().enumerate() { @if n > 0 { ", " } (who(reading, Some(*party))) }
                        " · " (certainty(event.certainty.code(), words::certainty(event.certainty)))
                    }
                }))
            }
        }
    }
}
