//! Which provisions the transfers may concern: those that bind every State first, one by one; those that need a link
//! to their issuer as one line an issuer.

use super::page::{ALERT, MAYBE, Page};
use lagebild_measures::Verdict;
use lagebild_reading::{Reading, TransferFinding};
use std::collections::{BTreeMap, BTreeSet};

pub(crate) fn findings(page: &mut Page, reading: &Reading) {
    if reading.findings.is_empty() {
        return;
    }
    page.heading("WHICH PROVISIONS THAT MAY CONCERN");
    let (linked, binding): (Vec<_>, Vec<_>) =
        reading.findings.iter().partition(|finding| finding.finding.verdict == Verdict::WouldApplyWithNexus);
    for group in by_provision(&binding) {
        provision(page, &group);
    }
    by_issuer(page, &linked);
    page.blank();
    page.note(2, "Evidence states, not legal judgements. Official texts govern.");
}

fn provision(page: &mut Page, findings: &[&TransferFinding]) {
    let Some(first) = findings.first() else { return };
    let finding = &first.finding;
    let verdict = finding.verdict.code().replace('_', " ");
    let style = if verdict.starts_with("touched") { ALERT } else { MAYBE };
    page.item(
        &verdict,
        style,
        &format!("{} ({}) · {}", finding.citation(), finding.regime, transfers(findings)),
    );
    page.text(6, &finding.why);
    if !finding.missing.is_empty() {
        page.note(6, &format!("to be sure, find out: {}", finding.missing.join("; ")));
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
    if finding.verification.rests_on_memory() {
        page.note(6, "not re-read in an official text: check paragraph, date and content");
    }
}

/// Law that binds only whoever has a link to its issuer.
fn by_issuer(page: &mut Page, findings: &[&TransferFinding]) {
    let mut issuers: BTreeMap<&str, Vec<&TransferFinding>> = BTreeMap::new();
    for finding in findings {
        issuers.entry(&finding.finding.issuer).or_default().push(finding);
    }
    for (issuer, findings) in issuers {
        let provisions: BTreeSet<String> =
            findings.iter().map(|finding| finding.finding.citation()).collect();
        page.item(
            "would apply with nexus",
            MAYBE,
            &format!(
                "if a person, territory, vessel, bank or item of {issuer} takes part: {} · {}",
                provisions.into_iter().collect::<Vec<_>>().join("; "),
                transfers(&findings)
            ),
        );
    }
}

/// The transfers of some findings, each once.
fn transfers(findings: &[&TransferFinding]) -> String {
    let ids: BTreeSet<_> = findings.iter().map(|finding| finding.transfer).collect();
    ids.into_iter().map(|id| id.to_string()).collect::<Vec<_>>().join(", ")
}

/// Findings with the same provision, evidence state and reason, in order of first appearance.
fn by_provision<'r>(findings: &[&'r TransferFinding]) -> Vec<Vec<&'r TransferFinding>> {
    let mut groups: Vec<Vec<&TransferFinding>> = Vec::new();
    let mut at: BTreeMap<(String, &str, &str), usize> = BTreeMap::new();
    for finding in findings {
        let key = (finding.finding.citation(), finding.finding.verdict.code(), finding.finding.why.as_str());
        let index = *at.entry(key).or_insert_with(|| {
            groups.push(Vec::new());
            groups.len() - 1
        });
        groups[index].push(finding);
    }
    // The clearest first; among equals in order of appearance.
    groups.sort_by_key(|group| group.first().map(|finding| finding.finding.verdict));
    groups
}
