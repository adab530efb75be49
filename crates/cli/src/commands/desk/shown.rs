//! Items and reports for a person at a terminal.

use crate::print::plain;
use lagebild_desk::verify::Report;
use lagebild_desk::{Act, Item, ItemKind, Listed};
use std::fmt::Write;

/// An item in some lines: what is needed to decide it.
pub(super) fn item(item: &Item, all: bool) -> String {
    let shown = &item.shown;
    let mut text = format!("{}@{}  {}", item.item, item.version, state(item));
    let _ = writeln!(text, "\n  {}: {}", shown.kind.word(), plain(&shown.name));
    let most = if all { usize::MAX } else { 6 };
    for party in shown.parties.iter().take(most) {
        let _ = writeln!(text, "    {}", plain(&party_in_words(party)));
        if all {
            for why in &party.why {
                let _ = writeln!(text, "        {}", plain(why));
            }
        }
    }
    for detail in shown.details.iter().take(if all { usize::MAX } else { 3 }) {
        let _ = writeln!(text, "    {}", plain(detail));
    }
    for place in shown.places.iter().take(if all { usize::MAX } else { 1 }) {
        let _ = writeln!(text, "    │ “{}” [document {}]", plain(&place.words), place.document);
    }
    if item.documents > 1 {
        let _ = writeln!(text, "    in {} documents", item.documents);
    }
    if let Some(news) = &shown.news {
        let _ = writeln!(text, "    NEW: {}", plain(news));
    }
    if let Some(it) = &shown.remembered {
        let _ = writeln!(
            text,
            "    remembered: {} by {} in {}, {}",
            it.choice.word(),
            plain(&it.by),
            it.case,
            day(it.at)
        );
    }
    if let (Some(reason), true) = (&item.reason, all) {
        let _ = writeln!(text, "    because: {}", plain(reason));
    }
    if let (Some(note), true) = (&item.note, all) {
        let _ = writeln!(text, "    note: {}", plain(note));
    }
    text
}

fn day(at: jiff::Timestamp) -> String {
    at.to_zoned(jiff::tz::TimeZone::UTC).date().to_string()
}

fn state(item: &Item) -> String {
    let mut words = item.state.word().to_owned();
    if let (Some(choice), Some(by)) = (item.choice, &item.by) {
        let _ = write!(words, ": {} by {}", choice.word(), plain(by));
    }
    if let Some(by) = &item.confirmed_by {
        let _ = write!(words, ", confirmed by {}", plain(by));
    }
    if let Some(to) = &item.assigned {
        let _ = write!(words, " · for {}", plain(to));
    }
    if let Some(due) = item.due {
        let _ = write!(words, " · due {due}");
    }
    words
}

fn party_in_words(party: &Listed) -> String {
    let mut words = format!("{} {} ({:.2})", party.party, party.name, party.score);
    for (label, values) in [("born", &party.birth), ("listed", &party.listed), ("under", &party.programmes)] {
        if !values.is_empty() {
            let _ = write!(words, ", {label} {}", values.join("/"));
        }
    }
    words
}

/// How to decide, under a queue.
pub(super) fn help(items: &[Item]) -> String {
    let Some(first) = items.first() else { return String::new() };
    let choice = if first.shown.kind == ItemKind::Hit { "same" } else { "relevant" };
    format!(
        "decide with: lagebild desk decide {}@{} {choice} --reason WHY ({})\n",
        first.item,
        first.version,
        first.shown.kind.choices()
    )
}

/// An act on one line.
pub(super) fn act(act: &Act) -> String {
    match act {
        Act::Open(opened) => {
            format!("opened{}", if opened.four_eyes { ", with four eyes" } else { "" })
        }
        Act::Document(stored) => {
            format!(
                "stored document {} {}: {} found",
                stored.number,
                plain(&stored.source),
                stored.found.len()
            )
        }
        Act::Decide(it) => {
            let stale = if it.stale.is_empty() {
                String::new()
            } else {
                format!(" [stale: {}]", it.stale.join(", "))
            };
            format!(
                "item {}: {} “{}”: {}{stale}",
                it.item,
                it.choice.word(),
                plain(&it.shown.name),
                plain(&it.reason)
            )
        }
        Act::Confirm { item, decision, .. } => format!("item {item}: confirmed entry {decision}"),
        Act::Undo { item, decision, reason, .. } => {
            format!("item {item}: took entry {decision} back: {}", plain(reason))
        }
        Act::Recall { item, case, decision } => {
            format!("item {item}: open again, as entry {decision} of {case} was taken back")
        }
        Act::Assign { item, to, due, .. } => {
            let due = due.map(|due| format!(" until {due}")).unwrap_or_default();
            format!("item {item}: for {}{due}", plain(to.as_deref().unwrap_or("nobody")))
        }
        Act::Note { item: Some(item), text } => format!("item {item}: noted: {}", plain(text)),
        Act::Note { item: None, text } => format!("noted: {}", plain(text)),
        Act::Remove(it) => format!(
            "removed the content of {} entries, {} documents, {} items: {}",
            it.entries.len(),
            it.documents.len(),
            it.items.len(),
            plain(&it.reason)
        ),
        Act::Retain { days: Some(days) } => format!("documents and notes are kept for {days} days"),
        Act::Retain { days: None } => "documents and notes are kept for as long as the case is".into(),
        Act::Watch { changes, .. } => {
            let words: Vec<String> =
                changes.iter().map(|change| format!("{}: {}", change.party, plain(&change.words))).collect();
            format!("lists changed: {}", words.join("; "))
        }
    }
}

/// What was verified.
pub(super) fn report(name: &str, report: &Report) -> String {
    let mut text = format!(
        "{name}: case {}, {} entries, {} decisions, {} documents\n  head {}\n",
        plain(&report.case),
        report.entries,
        report.decisions,
        report.documents,
        report.head
    );
    let chain = if report.is_whole() { "whole" } else { "NOT WHOLE" };
    let _ = writeln!(text, "  chain: {chain}");
    for problem in &report.problems {
        let place = if problem.entry == 0 { "bundle".into() } else { format!("entry {}", problem.entry) };
        let _ = writeln!(text, "    {place}: {}", plain(&problem.what));
    }
    if report.taken_away > 0 {
        let _ = writeln!(text, "  content removed from {} entries", report.taken_away);
    }
    for it in &report.removed {
        let words = plain(&it.why);
        let _ = writeln!(text, "    entry {}: by {}, {}: {words}", it.entry, plain(&it.by), day(it.at));
    }
    let unexplained = report.taken_away - report.removed.len() as u64;
    if unexplained > 0 {
        let _ = writeln!(text, "    of {unexplained} no entry says who removed it, and why");
    }
    for (key, count) in &report.signed {
        let _ = writeln!(text, "  signed with {key}: {count} entries");
    }
    if report.unsigned > 0 {
        let _ = writeln!(
            text,
            "  not signed: {} entries (who wrote the whole chain anew would not be found)",
            report.unsigned
        );
    }
    let _ = writeln!(text, "  read again, the same bytes: {} of {}", report.replayed, report.documents);
    for why in &report.not_replayed {
        let _ = writeln!(text, "    not read again: {}", plain(why));
    }
    text
}
