//! A case on two screens: of each document the listed names, what goes from whom to whom, and the provisions, a line each.

use super::page::{ALERT, BOLD, Page, of_standing};
use super::reading::{flow_line, mark};
use crate::{told, words};
use lagebild_case::Case;
use lagebild_measures::Verdict;
use lagebild_reading::{Reading, TransferFinding};
use std::collections::BTreeMap;

/// Prints the short form of a case; what is longer than a line is cut.
pub fn short(case: &Case, width: usize) -> String {
    let mut page = Page::new(width);
    for (at, reading) in case.readings.iter().enumerate() {
        if at > 0 {
            page.blank();
        }
        document(&mut page, reading);
    }
    page.finish()
}

fn document(page: &mut Page, reading: &Reading) {
    let about = &reading.document;
    page.line("", BOLD, &words::clean(about.title.as_deref().unwrap_or(&about.source)));
    let listed: Vec<String> = told::listed(reading).into_iter().map(|one| words::clean(&one.name)).collect();
    if !listed.is_empty() {
        page.line("  may be listed", ALERT, &listed.join(", "));
    }
    let (sure, unsure) = told::sure_and_unsure(reading);
    for transfer in sure {
        let style = of_standing(transfer.standing());
        page.line(&format!("  {}", mark(transfer)), style, &flow_line(reading, transfer, true));
    }
    if !unsure.is_empty() {
        let ids: Vec<String> = unsure.iter().map(|transfer| transfer.id.to_string()).collect();
        page.line("  less sure transfers", super::page::MAYBE, &ids.join(", "));
    }
    let (regimes, linked) = told::findings(reading);
    let mut less_clear: Vec<&str> = Vec::new();
    for regime in &regimes {
        for (verdict, findings) in by_verdict(reading, regime.groups.iter().flatten().copied()) {
            if !findings.iter().any(|finding| is_clear(finding.finding.verdict)) {
                less_clear.push(regime.code);
                continue;
            }
            let style = findings.first().map_or(BOLD, |finding| super::findings::style(finding));
            let text = format!("{} by {}", regime.code, told::ids(&findings));
            page.line(&format!("  {verdict}"), style, &text);
        }
    }
    less_clear.extend(linked.keys().copied());
    less_clear.dedup();
    if !less_clear.is_empty() {
        page.line("  less clearly also", super::page::MAYBE, &less_clear.join(", "));
    }
}

/// What stands in a line of its own.
fn is_clear(verdict: Verdict) -> bool {
    matches!(
        verdict,
        Verdict::Touched
            | Verdict::CapQuantityUnknown
            | Verdict::ExceptionMayApply
            | Verdict::TouchedIndirectly
    )
}

/// What says that nothing was found, or nothing is known.
fn is_silent(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::NoMeasureFound | Verdict::NoData)
}

/// What the findings of a regime come to, each once, with the findings that do; the clearest first.
fn by_verdict<'r>(
    reading: &Reading,
    findings: impl Iterator<Item = &'r TransferFinding>,
) -> Vec<(String, Vec<&'r TransferFinding>)> {
    let mut verdicts: BTreeMap<_, (String, Vec<&TransferFinding>)> = BTreeMap::new();
    for finding in findings.filter(|finding| !is_silent(finding.finding.verdict)) {
        let word = words::verdict(reading, finding);
        let key = (finding.finding.verdict, finding.standing, word.clone());
        verdicts.entry(key).or_insert_with(|| (word, Vec::new())).1.push(finding);
    }
    verdicts.into_values().collect()
}
