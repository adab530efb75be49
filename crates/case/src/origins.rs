//! Copies of one report folded into one origin.
//!
//! Two documents are copies when one holds most of the other's runs of words ("shingles"; Broder 1997, On the
//! resemblance and containment of documents). Forty papers that print one agency report are one source.

use lagebild_reading::Reading;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};

/// Words in a shingle.
const SHINGLE: usize = 6;
/// Share of the shorter document's shingles that the other one holds, from which on they are copies.
const COPIED: f64 = 0.5;
/// A shingle in more documents than this is a phrase of the trade (a disclaimer), not evidence of copying.
const COMMON: usize = 50;

/// Documents that go back to one report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Origin {
    /// The document that was published first (or given first, where dates are missing).
    pub first: usize,
    /// All documents of this origin, in the order given.
    pub documents: Vec<usize>,
}

/// Groups the readings by origin, in order of the first document of each.
pub(crate) fn fold(readings: &[Reading]) -> Vec<Origin> {
    let shingles: Vec<BTreeSet<u64>> = readings.iter().map(|reading| shingles(&reading.text)).collect();
    let mut parent: Vec<usize> = (0..readings.len()).collect();
    for ((a, b), shared) in shared_shingles(&shingles) {
        let shorter = shingles[a].len().min(shingles[b].len());
        if shared as f64 >= COPIED * shorter as f64 {
            let (a, b) = (root(&parent, a), root(&parent, b));
            parent[a.max(b)] = a.min(b);
        }
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for document in 0..readings.len() {
        groups.entry(root(&parent, document)).or_default().push(document);
    }
    groups
        .into_values()
        .map(|documents| Origin { first: earliest(readings, &documents), documents })
        .collect()
}

fn earliest(readings: &[Reading], documents: &[usize]) -> usize {
    let day = |document: &usize| {
        let published = readings[*document].document.published;
        (published.is_none(), published, *document)
    };
    documents.iter().copied().min_by_key(day).unwrap_or_default()
}

fn root(parent: &[usize], mut at: usize) -> usize {
    while parent[at] != at {
        at = parent[at];
    }
    at
}

/// How many shingles each pair of documents shares.
fn shared_shingles(shingles: &[BTreeSet<u64>]) -> BTreeMap<(usize, usize), usize> {
    let mut holders: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (document, set) in shingles.iter().enumerate() {
        for shingle in set {
            holders.entry(*shingle).or_default().push(document);
        }
    }
    let mut shared = BTreeMap::new();
    for documents in holders.values().filter(|documents| documents.len() <= COMMON) {
        for (at, a) in documents.iter().enumerate() {
            for b in &documents[at + 1..] {
                *shared.entry((*a, *b)).or_default() += 1;
            }
        }
    }
    shared
}

fn shingles(text: &str) -> BTreeSet<u64> {
    let words: Vec<String> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect();
    words
        .windows(SHINGLE)
        .map(|window| {
            let mut hasher = DefaultHasher::new();
            window.hash(&mut hasher);
            hasher.finish()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const REPORT: &str = "Der Zug erreichte am frühen Morgen die Grenze und fuhr ohne Halt weiter nach Osten, \
        wo ihn eine Abordnung des Ministeriums mit Brot und Salz empfing.";

    #[test]
    fn a_copy_shares_most_shingles_and_a_report_on_the_same_event_does_not() {
        let copy = format!("{REPORT} (dpa)");
        let other = "Am frühen Morgen kam der Zug an der Grenze an. Eine Abordnung begrüßte die Gäste im Osten \
            des Landes, danach ging es ohne Halt weiter.";
        let sets: Vec<_> = [REPORT, &copy, other].into_iter().map(shingles).collect();
        let shared = shared_shingles(&sets);
        assert!(shared[&(0, 1)] as f64 >= COPIED * sets[0].len() as f64);
        assert!(!shared.contains_key(&(0, 2)), "{shared:?}");
    }
}
