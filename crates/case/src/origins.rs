//! Copies and translations of one report folded into one origin.
//!
//! Forty papers that print one agency report are one source (`lagebild_copies`). A translation shares no words, but names the same
//! things and numbers within days.

use crate::entities::{CaseEntityId, Lookup};
use crate::text;
use lagebild_copies::Print;
use lagebild_reading::Reading;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// What more documents than this name does not show that one translates another.
const COMMON: usize = 50;
/// Share of all anchors of two documents that they have in common, from which on one translates the other.
const TRANSLATED: f64 = 0.6;
/// Anchors that a translation shares at least.
const ANCHORS: usize = 5;
/// Days within which a translation is printed.
const DAYS: i32 = 3;

/// Documents that go back to one report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Origin {
    /// The document that was published first (or given first, where dates are missing).
    pub first: usize,
    /// All documents of this origin, in the order given.
    pub documents: Vec<usize>,
    /// Why they are one, a line for each link.
    pub reasons: Vec<String>,
}

/// Groups the readings by origin, in order of the first document of each.
pub(crate) fn fold(readings: &[Reading], lookup: &Lookup) -> Vec<Origin> {
    let mut groups = Groups { parent: (0..readings.len()).collect(), reasons: Vec::new() };
    let prints: Vec<Print> = readings.iter().map(print).collect();
    for copies in lagebild_copies::groups(&prints) {
        let Some((first, others)) = copies.split_first() else { continue };
        for other in others {
            groups.join(
                *first,
                *other,
                format!("documents {first} and {other}: near-copies, by the words of their sentences"),
            );
        }
    }
    let anchors: Vec<BTreeSet<Anchor>> =
        readings.iter().enumerate().map(|(document, reading)| anchors(document, reading, lookup)).collect();
    for ((a, b), shared) in shared_anchors(readings, &anchors) {
        if is_translation(readings, &anchors, (a, b), shared) {
            groups.join(a, b, format!("documents {a} and {b}: a translation, by {shared} names and numbers"));
        }
    }
    groups.origins(readings)
}

struct Groups {
    parent: Vec<usize>,
    reasons: Vec<(usize, String)>,
}

impl Groups {
    fn root(&self, mut at: usize) -> usize {
        while self.parent[at] != at {
            at = self.parent[at];
        }
        at
    }

    fn join(&mut self, a: usize, b: usize, reason: String) {
        let (x, y) = (self.root(a), self.root(b));
        if x != y {
            self.parent[x.max(y)] = x.min(y);
            self.reasons.push((a, reason));
        }
    }

    fn origins(&self, readings: &[Reading]) -> Vec<Origin> {
        let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for document in 0..readings.len() {
            groups.entry(self.root(document)).or_default().push(document);
        }
        let reasons = |documents: &[usize]| {
            let inside = self.reasons.iter().filter(|(document, _)| documents.contains(document));
            inside.map(|(_, reason)| reason.clone()).collect()
        };
        let origin = |documents: Vec<usize>| Origin {
            first: earliest(readings, &documents),
            reasons: reasons(&documents),
            documents,
        };
        groups.into_values().map(origin).collect()
    }
}

fn earliest(readings: &[Reading], documents: &[usize]) -> usize {
    let day = |document: &usize| {
        let published = readings[*document].document.published;
        (published.is_none(), published, *document)
    };
    documents.iter().copied().min_by_key(day).unwrap_or_default()
}

/// The sentences that tell news.
fn print(reading: &Reading) -> Print {
    Print::of(None, text::sentences(reading).into_iter().map(|sentence| sentence.of(&reading.text)))
}

/// The pairs of sets that share a member and may be compared; a member of more sets than `common` does not count.
fn pairs<T: Ord>(
    sets: &[BTreeSet<T>],
    common: usize,
    may: impl Fn(usize, usize) -> bool,
) -> BTreeSet<(usize, usize)> {
    let mut holders: BTreeMap<&T, Vec<usize>> = BTreeMap::new();
    for (document, set) in sets.iter().enumerate() {
        for member in set {
            holders.entry(member).or_default().push(document);
        }
    }
    let mut pairs = BTreeSet::new();
    for documents in holders.values().filter(|documents| documents.len() <= common) {
        for (at, a) in documents.iter().enumerate() {
            let others = documents.get(at + 1..).unwrap_or_default();
            pairs.extend(others.iter().filter(|b| may(*a, **b)).map(|b| (*a, *b)));
        }
    }
    pairs
}

/// What a translation leaves as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Anchor {
    Named(CaseEntityId),
    Number(u64),
}

fn anchors(document: usize, reading: &Reading, lookup: &Lookup) -> BTreeSet<Anchor> {
    let named = reading.entities.iter().filter(|entity| !entity.is_media);
    let named = named.filter_map(|entity| Some(Anchor::Named(lookup.find(document, entity.id)?.id)));
    let sentences = text::sentences(reading);
    let numbers = sentences.iter().flat_map(|span| text::numbers(span.of(&reading.text)));
    named.chain(numbers.map(Anchor::Number)).collect()
}

/// Pairs in two languages that share something rare, with the number of all anchors that they share.
fn shared_anchors(readings: &[Reading], anchors: &[BTreeSet<Anchor>]) -> Vec<((usize, usize), usize)> {
    let two_languages = |a: usize, b: usize| {
        let language = |at: usize| readings.get(at).map(|reading| &reading.document.language);
        language(a) != language(b)
    };
    let pairs = pairs(anchors, COMMON, two_languages);
    pairs.into_iter().map(|(a, b)| ((a, b), anchors[a].intersection(&anchors[b]).count())).collect()
}

fn is_translation(
    readings: &[Reading],
    anchors: &[BTreeSet<Anchor>],
    (a, b): (usize, usize),
    shared: usize,
) -> bool {
    let (first, second) = (&readings[a].document, &readings[b].document);
    let near = match (first.published, second.published) {
        (Some(one), Some(other)) => (other - one).get_days().abs() <= DAYS,
        _ => true,
    };
    let counted = anchors[a].intersection(&anchors[b]).any(|anchor| matches!(anchor, Anchor::Number(_)));
    let all = anchors[a].union(&anchors[b]).count();
    near && counted && shared >= ANCHORS && shared as f64 >= TRANSLATED * all as f64
}
