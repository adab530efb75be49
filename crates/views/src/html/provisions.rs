//! The provisions of the side panel, folded by regime.

use super::panel::{quoted, standing};
use crate::{told, words};
use lagebild_reading::{Reading, TransferFinding};
use maud::{Markup, html};

/// Provisions that bind every State, one regime after the other; those that need a link to their issuer closed, by issuer.
pub(crate) fn provisions(at: usize, reading: &Reading) -> Markup {
    let (regimes, linked) = told::findings(reading);
    let count: usize = linked.values().map(Vec::len).sum();
    html! {
        ul.provisions {
            @for regime in &regimes {
                li.provision {
                    strong { (regime.issuer) } " " span.meta { (regime.code) }
                    @for group in &regime.groups { (finding_entry(at, reading, group)) }
                    (folded(at, reading, &regime.more))
                }
            }
            @if !linked.is_empty() {
                li.provision {
                    details {
                        summary { "Would apply with a link to " (linked.keys().copied().collect::<Vec<_>>().join("; ")) " · " (count) }
                        @for findings in linked.values() {
                            @let (shown, more) = told::fold(findings);
                            @for finding in &shown { (finding_entry(at, reading, std::slice::from_ref(finding))) }
                            (folded(at, reading, &more.into_iter().map(|one| vec![one]).collect::<Vec<_>>()))
                        }
                    }
                }
            }
        }
    }
}

/// What is beyond the most specific provisions, closed.
fn folded(at: usize, reading: &Reading, more: &[Vec<&TransferFinding>]) -> Markup {
    html! {
        @if !more.is_empty() {
            details.more {
                summary { (told::and_more(more.len())) }
                @for group in more { (finding_entry(at, reading, group)) }
            }
        }
    }
}

/// Findings that say the same of several transfers.
fn finding_entry(at: usize, reading: &Reading, findings: &[&TransferFinding]) -> Markup {
    let Some(first) = findings.first() else { return html! {} };
    let inner = &first.finding;
    let alarming = told::is_alarming(first).then_some("yes");
    html! {
        div.finding {
            p {
                span.verdict data-code=(inner.verdict.code()) data-alarming=[alarming] { (words::verdict(reading, first)) }
                " " (inner.citation())
            }
            @for finding in findings { (touching(at, reading, finding)) }
            p { (inner.why) }
            @if !inner.missing.is_empty() { p.missing { "To be sure, find out: " (inner.missing.join("; ")) } }
            @if !inner.exceptions.is_empty() || !inner.also.is_empty() {
                details {
                    summary { "exceptions and weaker provisions" }
                    @if !inner.exceptions.is_empty() { p.missing { "Exceptions that may apply: " (inner.exceptions.join("; ")) } }
                    @if !inner.also.is_empty() {
                        p.missing {
                            "Less clearly also: "
                            @for (n, related) in inner.also.iter().enumerate() {
                                @if n > 0 { "; " } (related.citation()) " (" (related.verdict.code().replace('_', " ")) ")"
                            }
                        }
                    }
                }
            }
            @if inner.verification.rests_on_memory() {
                p.memory { "Not re-read in an official text: check paragraph, date and content." }
            }
        }
    }
}

/// The transfer that touches it, linked to its words.
fn touching(at: usize, reading: &Reading, finding: &TransferFinding) -> Markup {
    let item = reading.transfers.iter().find(|transfer| transfer.id == finding.transfer);
    html! {
        p {
            a.goto href={"#d" (at) "-at-" (finding.transfer)} { (finding.transfer.to_string()) }
            " " (standing(finding.standing))
            @if let Some(transfer) = item { " " (quoted(reading, transfer.item)) }
        }
    }
}
