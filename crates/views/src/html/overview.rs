//! What several documents say together, above the documents.

use super::panel::standing;
use crate::export::kind;
use crate::lists::Lists;
use crate::words;
use lagebild_case::{Case, CaseEntity, Claim, Telling};
use maud::{Markup, html};

/// The overview of a case with more than one document.
pub(crate) fn section(case: &Case) -> Markup {
    html! {
        section.overview aria-label="The case" {
            h1 { (case.readings.len()) " documents, " (case.origins.len()) " independent origins" }
            (origins(case))
            @if !case.claims.is_empty() {
                h2 { "Claims, and who makes them" }
                @for claim in &case.claims { (one(case, claim)) }
            }
            (entities(case))
        }
    }
}

fn origins(case: &Case) -> Markup {
    html! {
        @for origin in case.origins.iter().filter(|origin| origin.documents.len() > 1) {
            p { "Copies of one report: "
                @for (n, at) in origin.documents.iter().enumerate() { @if n > 0 { ", " } a href={"#d" (at)} { (words::document(case, *at)) } }
            }
        }
    }
}

/// Who is named in several documents, may be listed, or was decided about: on which lists, and why the documents mean one.
fn entities(case: &Case) -> Markup {
    let told = |entity: &&CaseEntity| {
        words::documents(entity) > 1 || !entity.matches.is_empty() || !entity.decided.is_empty()
    };
    let lists = Lists::of(case);
    html! {
        details {
            summary { "Who is named" }
            ul {
                @for entity in case.entities.iter().filter(told) {
                    li id={"case-" (entity.id)} {
                        bdi { (words::clean(&entity.name)) } " "
                        span.meta {
                            (kind(entity))
                            @if let Some(country) = &entity.country { ", " (country) }
                            @match words::documents(entity) { 1 => " · 1 document", many => { " · " (many) " documents" } }
                        }
                        @let on = lists.told(entity);
                        @if !on.is_empty() { " · may be listed: " (on.join(", ")) }
                        @for reason in &entity.decided { " · " (words::clean(reason)) }
                        @if !entity.joined.is_empty() { (joined(case, entity)) }
                    }
                }
            }
        }
    }
}

fn joined(case: &Case, entity: &CaseEntity) -> Markup {
    html! {
        details {
            summary { "why one" }
            ul.why {
                @for one in &entity.joined {
                    li {
                        a href={"#d" (one.appearance.document)} { (words::document(case, one.appearance.document)) } ": "
                        (words::clean(&one.reasons.join("; ")))
                    }
                }
            }
        }
    }
}

/// A claim with its voices, the first one first; where only one document tells it, folded.
fn one(case: &Case, claim: &Claim) -> Markup {
    let history = words::history(claim);
    html! {
        details id={"claim-" (claim.id)} open[claim.voices.len() > 1] {
            summary { bdi { (words::claim(case, claim)) } " – " (words::origins(claim)) }
            ol {
                @for voice in &claim.voices {
                    li {
                        bdi { (words::voice(case, claim, voice)) } " "
                        @for telling in &voice.tellings { (link(telling)) " " }
                    }
                }
            }
            @if !history.is_empty() { p { "Told as: " (history) } }
        }
    }
}

fn link(telling: &Telling) -> Markup {
    let local = match (telling.transfer, telling.statement) {
        (Some(id), _) => id.to_string(),
        (None, Some(id)) => id.to_string(),
        (None, None) => return html! {},
    };
    html! {
        a.told href={"#d" (telling.document) "-" (local)} {
            (telling.document + 1) "/" (local) " " (standing(telling.standing))
        }
    }
}
