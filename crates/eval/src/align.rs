//! Which entity of a reading is which entity of the gold, and which spans are the same.

use crate::gold::GoldEntity;
use lagebild_entities::EntityId;
use lagebild_reading::Reading;
use lagebild_span::Span;
use std::collections::BTreeMap;

/// Overlap of two spans in characters, as a share of the longer one.
pub(crate) fn overlap(text: &str, a: Span, b: Span) -> f64 {
    let shared = Span::between(a.start().max(b.start()), a.end().min(b.end()).max(a.start().max(b.start())));
    let count = |span: Span| span.of(text).chars().count();
    count(shared) as f64 / count(a).max(count(b)).max(1) as f64
}

/// True when two spans are the same, or the first contains the second.
pub(crate) fn covers(text: &str, predicted: Span, gold: Span) -> bool {
    overlap(text, predicted, gold) >= 0.5 || predicted.contains(gold)
}

/// The first occurrence of an exact quote.
pub(crate) fn find(text: &str, quote: &str) -> Option<Span> {
    text.find(quote).map(|at| Span::new(at, at + quote.len()))
}

/// Every occurrence of a form as a whole word.
fn occurrences(text: &str, form: &str) -> Vec<Span> {
    let whole = |at: usize| {
        let before = text[..at].chars().next_back();
        let after = text[at + form.len()..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    };
    text.match_indices(form)
        .map(|(at, _)| at)
        .filter(|at| whole(*at))
        .map(|at| Span::new(at, at + form.len()))
        .collect()
}

/// Every occurrence of a form that begins a word ("Ukraine" in "Ukraine-Krieg", not "er" in "Lieferung"), or that stands in a
/// script which writes words together or prefixes to them.
pub(crate) fn beginnings(text: &str, form: &str) -> Vec<Span> {
    // Latin, Greek, Cyrillic and what lies between.
    let spaced = |letter: char| letter.is_alphanumeric() && letter < '\u{590}';
    let begins = |at: &usize| !text[..*at].chars().next_back().is_some_and(spaced);
    let all = text.match_indices(form).map(|(at, _)| at).filter(begins);
    all.map(|at| Span::new(at, at + form.len())).collect()
}

/// All gold mentions: a longer form wins over a shorter one inside it, of whichever entity.
pub(crate) fn gold_mentions<'g>(text: &str, entities: &'g [GoldEntity]) -> Vec<(Span, &'g str)> {
    let mut all: Vec<(Span, &str)> = Vec::new();
    for entity in entities {
        let mut spans: Vec<Span> = entity.forms.iter().flat_map(|form| occurrences(text, form)).collect();
        spans.sort_unstable();
        spans.dedup();
        all.extend(spans.into_iter().map(|span| (span, entity.name.as_str())));
    }
    let inside = |span: Span| all.iter().any(|(other, _)| *other != span && other.contains(span));
    all.iter().copied().filter(|(span, _)| !inside(*span)).collect()
}

/// For each entity of the reading the gold entity that most of its mentions agree with.
pub(crate) fn vote<'g>(reading: &Reading, gold: &[(Span, &'g str)]) -> BTreeMap<EntityId, &'g str> {
    let mut votes: BTreeMap<EntityId, Vec<(&'g str, usize)>> = BTreeMap::new();
    for mention in &reading.mentions {
        for (span, name) in gold.iter().filter(|(span, _)| covers(&reading.text, mention.span, *span)) {
            let _ = span;
            let counts = votes.entry(mention.entity).or_default();
            match counts.iter_mut().find(|(voted, _)| voted == name) {
                Some((_, count)) => *count += 1,
                None => counts.push((name, 1)),
            }
        }
    }
    // The first of the most frequent, as in Python's `Counter.most_common`.
    let winner = |counts: Vec<(&'g str, usize)>| {
        let most = counts.iter().map(|(_, count)| *count).max()?;
        counts.into_iter().find(|(_, count)| *count == most).map(|(name, _)| name)
    };
    votes.into_iter().filter_map(|(id, counts)| Some((id, winner(counts)?))).collect()
}
