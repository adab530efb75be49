//! The side panel: provisions, transfers, statements, names, timeline, each linked to its words.

use crate::words;
use lagebild_entities::{Entity, EntityId};
use lagebild_measures::Verdict;
use lagebild_reading::{Reading, TransferFinding};
use lagebild_statements::Statement;
use lagebild_transfers::Transfer;
use maud::{Markup, html};
use std::collections::BTreeMap;

/// The panel of one document.
pub(crate) fn panel(at: usize, reading: &Reading) -> Markup {
    html! {
        aside.panel aria-label="What was found" {
            (facts(reading))
            (section(at, 1, "Provisions", reading.findings.len(), &html! { (provisions(at, reading)) }))
            (section(at, 2, "Transfers", reading.transfers.len(), &html! {
                (flows(reading))
                ol { @for transfer in &reading.transfers { (transfer_entry(at, reading, transfer)) } }
            }))
            (section(at, 3, "Statements", reading.statements.len(), &html! {
                ol { @for statement in &reading.statements { (statement_entry(at, reading, statement)) } }
            }))
            (section(at, 4, "Names", reading.entities.len(), &html! {
                ul { @for entity in &reading.entities { (name_entry(at, reading, entity)) } }
            }))
            (section(at, 5, "Timeline", dated(reading), &html! { (timeline(at, reading)) }))
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

fn quoted(reading: &Reading, span: lagebild_span::Span) -> Markup {
    html! { q dir="auto" lang=[reading.document.language.as_deref()] { (words::words(reading, span)) } }
}

fn who(reading: &Reading, id: Option<EntityId>) -> Markup {
    html! { bdi { (words::name(reading, id)) } }
}

fn certainty(code: &str, word: &str) -> Markup {
    html! { span.certainty data-code=(code) title={"FactBank " (code)} { (word) } }
}

/// Provisions that bind every State one by one; those that need a link to their issuer folded by issuer.
fn provisions(at: usize, reading: &Reading) -> Markup {
    let mut binding: BTreeMap<(Verdict, &str, String), Vec<&TransferFinding>> = BTreeMap::new();
    let mut linked: BTreeMap<&str, Vec<&TransferFinding>> = BTreeMap::new();
    for finding in &reading.findings {
        let inner = &finding.finding;
        if inner.verdict == Verdict::WouldApplyWithNexus {
            linked.entry(&inner.issuer).or_default().push(finding);
        } else {
            binding.entry((inner.verdict, &inner.regime, inner.citation())).or_default().push(finding);
        }
    }
    html! {
        ul.provisions {
            @for ((_, regime, citation), findings) in &binding {
                li.provision {
                    strong { (citation) } " " span.meta { (regime) }
                    @for finding in findings { (finding_entry(at, reading, finding)) }
                }
            }
            @for (issuer, findings) in &linked {
                li.provision {
                    details {
                        summary { "Would apply with a link to " (issuer) " · " (findings.len()) }
                        @for finding in findings { (finding_entry(at, reading, finding)) }
                    }
                }
            }
        }
    }
}

fn finding_entry(at: usize, reading: &Reading, finding: &TransferFinding) -> Markup {
    let inner = &finding.finding;
    let item = reading.transfers.iter().find(|transfer| transfer.id == finding.transfer);
    let code = inner.verdict.code();
    html! {
        div.finding {
            p {
                span.verdict data-code=(code) { (code.replace('_', " ")) } " by "
                a.goto href={"#d" (at) "-at-" (finding.transfer)} { (finding.transfer.to_string()) }
                @if let Some(transfer) = item { " " (quoted(reading, transfer.item)) }
            }
            p { @if inner.verdict == Verdict::WouldApplyWithNexus { (inner.citation()) ": " } (inner.why) }
            @if !inner.missing.is_empty() { p.missing { "To be sure, find out: " (inner.missing.join("; ")) } }
            @if !inner.exceptions.is_empty() { p.missing { "Exceptions that may apply: " (inner.exceptions.join("; ")) } }
            @if !inner.also.is_empty() {
                p.missing {
                    "Less clearly also: "
                    @for (n, related) in inner.also.iter().enumerate() {
                        @if n > 0 { "; " } (related.citation()) " (" (related.verdict.code().replace('_', " ")) ")"
                    }
                }
            }
            @if inner.verification.rests_on_memory() {
                p.memory { "Not re-read in an official text: check paragraph, date and content." }
            }
        }
    }
}

/// Each pair of giver and receiver once, with what is said to go between them.
fn flows(reading: &Reading) -> Markup {
    let mut flows: BTreeMap<(Option<EntityId>, Option<EntityId>), Vec<&Transfer>> = BTreeMap::new();
    for transfer in &reading.transfers {
        flows.entry((transfer.giver, transfer.receiver)).or_default().push(transfer);
    }
    html! {
        div.flows aria-hidden="true" {
            @for ((giver, receiver), transfers) in &flows {
                div.flow {
                    span.end { (who(reading, *giver)) }
                    span.arrow { (transfers.iter().map(|transfer| transfer.id.to_string()).collect::<Vec<_>>().join(" ")) }
                    span.end { (who(reading, *receiver)) }
                }
            }
        }
    }
}

fn transfer_entry(at: usize, reading: &Reading, transfer: &Transfer) -> Markup {
    entry(
        at,
        &transfer.id.to_string(),
        "t",
        &html! {
            p { (who(reading, transfer.giver)) " → " (who(reading, transfer.receiver)) ": "
                (transfer.class.as_deref().unwrap_or("not specified").replace('_', " ")) }
            p { (quoted(reading, transfer.item)) }
            p.meta {
                (certainty(transfer.certainty.code(), words::certainty(transfer.certainty)))
                " · " (words::status(transfer.status))
                " · " @if transfer.source.is_some() { "says " (who(reading, transfer.source)) } @else { "source not named" }
                @if let Some(date) = &transfer.time { " · " (words::dates(date)) }
            }
            (explanation(&transfer.explanation))
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
    let count = reading.mentions.iter().filter(|mention| mention.entity == entity.id).count();
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
            @for hit in &entity.matches {
                details {
                    summary { "listed: " (hit.party) " " bdi { (hit.name) } " · " (format!("{:.2}", hit.score)) }
                    (lines(&hit.explanation))
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
