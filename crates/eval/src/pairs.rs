//! Names compared pair by pair: parties of two lists that are the same, against others that share a word with them.

use crate::parties::{Directory, Pair, words};
use lagebild_names::{Name, NameKind, Options, Record, compare_records};
use std::collections::{BTreeSet, HashMap};

/// Two parties by their names, and whether they are the same.
#[derive(Debug, Clone, serde::Serialize)]
pub struct NamePair {
    /// `Person`, `Organization`, `Vessel`.
    pub schema: String,
    /// All names of one.
    pub query: Vec<String>,
    /// All names of the other.
    pub candidate: Vec<String>,
    /// Whether they are the same party.
    pub same: bool,
}

/// Recall and false positives of a set of pairs at every threshold.
#[derive(Debug, Clone, Default, serde::Serialize)]
pub struct PairReport {
    /// Pairs that are the same, and that are not.
    pub pairs: [usize; 2],
    /// Share of the same found at the threshold, and of the others taken for the same.
    pub at_threshold: [f64; 2],
    /// Recall at the threshold that lets at most this share of the others through: share, threshold, recall.
    pub at_false_positives: Vec<[f64; 3]>,
    /// Pairs of parties compared in a second, on one core.
    pub per_second: f64,
}

/// Others for each party at most; the first that share a word.
const MOST_OTHERS: usize = 20;

/// The pairs of one type: those of the table that are the same, and each first party with others of the second's list
/// that share a word with one of its names. `primary` takes the first name of each only.
pub fn name_pairs(rows: &[Pair], of: &str, directory: &Directory, primary: bool) -> Vec<NamePair> {
    let mut by_word: HashMap<String, Vec<u32>> = HashMap::new();
    for (number, party) in directory.parties() {
        let all: BTreeSet<String> = party.names.iter().flat_map(|name| split(&name.full)).collect();
        for word in all {
            by_word.entry(word).or_default().push(number);
        }
    }
    let names = |number: u32| -> Vec<String> {
        let party = directory.party(number).into_iter();
        party
            .flat_map(|party| &party.names)
            .map(|name| name.full.clone())
            .take(if primary { 1 } else { usize::MAX })
            .collect()
    };
    let mut pairs = Vec::new();
    for row in rows.iter().filter(|row| row.r#type == of) {
        let number = |list: &str, id: &str| directory.number(&format!("{list}:{id}"));
        let (Some(a), Some(b)) = (number(&row.list_a, &row.id_a), number(&row.list_b, &row.id_b)) else {
            continue;
        };
        let schema = directory.party(a).map(|party| party.schema.clone()).unwrap_or_default();
        let mut push = |candidate: u32, same: bool| {
            pairs.push(NamePair {
                schema: schema.clone(),
                query: names(a),
                candidate: names(candidate),
                same,
            });
        };
        push(b, row.suspect == "0");
        let same = &directory.bearers_of(a) | &directory.bearers_of(b);
        let asked = names(a);
        let sharing =
            asked.iter().flat_map(|name| split(name)).filter_map(|word| by_word.get(&word)).flatten();
        let prefix = format!("{}:", row.list_b.to_lowercase());
        let other = |number: &&u32| {
            let party = directory.party(**number);
            party.is_some_and(|party| party.schema == schema && party.id.to_lowercase().starts_with(&prefix))
                && !same.contains(*number)
        };
        let others: BTreeSet<u32> = sharing.filter(other).copied().collect();
        others.into_iter().take(MOST_OTHERS).for_each(|number| push(number, false));
    }
    pairs
}

fn split(name: &str) -> Vec<String> {
    words(name).split(' ').filter(|word| word.chars().count() > 2).map(String::from).collect()
}

/// Compares every pair by names alone.
pub fn compare_pairs(pairs: &[NamePair], false_positives: &[f64]) -> PairReport {
    let record = |names: &[String], kind| Record {
        names: names.iter().map(|name| Name::parse(name, kind)).collect(),
        ..Record::default()
    };
    let prepared: Vec<(Record, Record)> = pairs
        .iter()
        .map(|pair| {
            let kind = NameKind::of_schema(&pair.schema);
            (record(&pair.query, kind), record(&pair.candidate, kind))
        })
        .collect();
    let began = std::time::Instant::now();
    let scores: Vec<f64> =
        prepared.iter().map(|(a, b)| compare_records(a, b, Options::default()).score).collect();
    let seconds = began.elapsed().as_secs_f64();
    let share = |same: bool, threshold: f64| {
        let of = pairs.iter().zip(&scores).filter(|(pair, _)| pair.same == same);
        let (all, reached) = of.fold((0usize, 0usize), |(all, reached), (_, score)| {
            (all + 1, reached + usize::from(*score >= threshold))
        });
        reached as f64 / all.max(1) as f64
    };
    let same = pairs.iter().filter(|pair| pair.same).count();
    let threshold = lagebild_names::THRESHOLD;
    let mut others: Vec<f64> =
        pairs.iter().zip(&scores).filter(|(pair, _)| !pair.same).map(|(_, score)| *score).collect();
    others.sort_by(|a, b| b.total_cmp(a));
    let at = |rate: f64| {
        let let_through = (others.len() as f64 * rate).floor();
        let at = others
            .iter()
            .zip(0..)
            .find(|(_, n)| f64::from(*n) >= let_through)
            .map_or(0.0, |(score, _)| *score);
        let least = at + 1e-9;
        [rate, least, share(true, least)]
    };
    PairReport {
        pairs: [same, pairs.len() - same],
        at_threshold: [share(true, threshold), share(false, threshold)],
        at_false_positives: false_positives.iter().map(|&rate| at(rate)).collect(),
        per_second: pairs.len() as f64 / seconds.max(f64::MIN_POSITIVE),
    }
}
