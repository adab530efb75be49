//! Which provisions the transfers may concern, folded by regime: those that bind every State first, one by one; those that
//! need a link to their issuer as one line, which `explain` opens.

use super::page::{ALERT, Page, of_standing};
use crate::{told, words};
use anstyle::Style;
use lagebild_reading::{Reading, TransferFinding};
use std::collections::{BTreeMap, BTreeSet};

pub(crate) fn findings(page: &mut Page, reading: &Reading, explain: bool) {
    if reading.findings.is_empty() {
        return;
    }
    page.heading("WHICH PROVISIONS THAT MAY CONCERN");
    let (regimes, linked) = told::findings(reading);
    for regime in &regimes {
        page.wrapped(&format!("{} · {}", regime.issuer, regime.code), "  ", "  ", super::page::BOLD);
        for group in &regime.groups {
            provision(page, reading, group, explain);
        }
        folded(page, regime, explain);
    }
    by_issuer(page, &linked, explain);
    page.blank();
    page.note(2, "Evidence states, not legal judgements. Official texts govern.");
}

fn provision(page: &mut Page, reading: &Reading, findings: &[&TransferFinding], explain: bool) {
    let Some(first) = findings.first() else { return };
    let finding = &first.finding;
    let mark = format!("{} {}", words::sign(first.standing), words::verdict(reading, first));
    page.item(&mark, style(first), &format!("{} · {}", finding.citation(), told::ids(findings)));
    page.text(6, &finding.why);
    if !finding.missing.is_empty() {
        page.note(6, &format!("to be sure, find out: {}", finding.missing.join("; ")));
    }
    if finding.verification.rests_on_memory() {
        page.note(6, "not re-read in an official text: check paragraph, date and content");
    }
    if !explain {
        return;
    }
    if !finding.exceptions.is_empty() {
        page.note(6, &format!("exceptions that may apply: {}", finding.exceptions.join("; ")));
    }
    if !finding.also.is_empty() {
        let also: Vec<String> = finding
            .also
            .iter()
            .map(|related| format!("{} ({})", related.citation(), related.verdict.code().replace('_', " ")))
            .collect();
        page.note(6, &format!("less clearly also: {}", also.join("; ")));
    }
}

/// How many more provisions of a regime there are; `explain` names them.
fn folded(page: &mut Page, regime: &told::Regime<'_>, explain: bool) {
    let more: BTreeSet<String> =
        regime.more.iter().flatten().map(|finding| finding.finding.citation()).collect();
    if more.is_empty() {
        return;
    }
    let count = told::and_more(more.len());
    let names = more.into_iter().collect::<Vec<_>>().join("; ");
    let text = if explain { format!("{count}: {names}") } else { format!("{count} (--explain names them)") };
    page.note(4, &text);
}

pub(super) fn style(finding: &TransferFinding) -> Style {
    if told::is_alarming(finding) { ALERT } else { of_standing(finding.standing) }
}

/// Law that binds only whoever has a link to its issuer.
fn by_issuer(page: &mut Page, linked: &BTreeMap<&str, Vec<&TransferFinding>>, explain: bool) {
    if linked.is_empty() {
        return;
    }
    page.blank();
    let issuers: Vec<&str> = linked.keys().copied().collect();
    let more = if explain { "" } else { " (--explain opens them)" };
    let count: usize = linked.values().map(|findings| provisions(findings).len()).sum();
    page.text(
        2,
        &format!("would apply with nexus: {count} provisions, if a person, territory, vessel, bank or item of one of these takes part: {}{more}", issuers.join("; ")),
    );
    for (issuer, findings) in linked.iter().filter(|_| explain) {
        let (shown, more) = told::fold(findings);
        let shown = provisions(&shown);
        let more = provisions(&more).difference(&shown).count();
        let more = if more == 0 { String::new() } else { format!("; {}", told::and_more(more)) };
        let shown = shown.into_iter().collect::<Vec<_>>().join("; ");
        page.text(6, &format!("{issuer}: {shown}{more} · {}", told::ids(findings)));
    }
}

fn provisions(findings: &[&TransferFinding]) -> BTreeSet<String> {
    findings.iter().map(|finding| finding.finding.citation()).collect()
}
