//! From a query to hits.

use crate::{
    Hit, Index, NameMatch, Options, Query, Reason,
    candidates::{Gathering, entries},
    compile::{identifier_key, written_key},
    facts::{Facts, plain_identifier},
};
use lagebild_names::scores::{JUST_A_MATCH, MOST_LIFT, NEAR};
use lagebild_names::{Contribution, Name, NameKind, Record, compare, compare_fields, score};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

thread_local! {
    static GATHERING: RefCell<Gathering> = RefCell::new(Gathering::default());
}

/// The best pair of names of a party.
#[derive(Debug, Clone, Copy, Default)]
struct Pair {
    score: f64,
    /// Place among the names asked for, number of the listed name; none when only an identifier led here.
    names: Option<(usize, u32)>,
    /// A name asked for is on the list, word for word.
    same: bool,
}

impl Pair {
    fn take(&mut self, score: f64, names: (usize, u32)) {
        if score > self.score || self.names.is_none() {
            *self = Self { score, names: Some(names), ..*self };
        }
    }
}

/// A party that was judged, before it is explained.
struct Judged {
    number: u32,
    pair: Pair,
    score: f64,
    facts: Facts,
    reasons: Vec<Contribution>,
}

/// The scores of listed names, by the place of the name asked for and the bytes of the listed one: many stand on several lists.
/// None where the two are of different kinds.
type Scores<'a> = HashMap<(usize, &'a [u8]), Option<f64>>;

impl Index {
    /// The parties that the query may mean, the likeliest first, each with what led to its score. More than the limit come
    /// only where more bear the very name that is asked for: none of these is left out.
    pub fn screen(&self, query: &Query, options: &Options) -> Vec<Hit> {
        if options.limit == 0 {
            return Vec::new();
        }
        let asked = asked(query);
        let facts = Facts::of(&query.properties);
        let lift = if facts == Facts::default() { 0.0 } else { MOST_LIFT };
        let record = facts.record();
        let mut pairs: BTreeMap<u32, Pair> = BTreeMap::new();
        self.by_name(&asked, options.cutoff - lift, &mut pairs);
        self.by_writing(&asked, &mut pairs);
        self.by_identifier(&record, &mut pairs);
        let judged = pairs.into_iter().map(|(number, pair)| self.judge(number, pair, &record));
        let mut judged: Vec<Judged> =
            judged.filter(|one| one.score >= options.cutoff && wanted(one, query, options)).collect();
        judged.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.number.cmp(&b.number)));
        let kept = judged.into_iter().zip(0..).filter(|(one, rank)| *rank < options.limit || one.pair.same);
        kept.map(|(one, _)| self.hit(one, &asked, options)).collect()
    }

    /// The parties that bear the name, word for word: in any order, case and punctuation.
    pub fn bearers(&self, name: &str) -> Vec<u32> {
        let found = self.written(name).filter_map(|name| self.party_of_name(name));
        found.collect::<BTreeSet<u32>>().into_iter().collect()
    }

    /// How many pairs of names [`Index::screen`] compares in full for a query: what its time goes into.
    pub fn compared(&self, query: &Query, options: &Options) -> usize {
        let lift = if Facts::of(&query.properties) == Facts::default() { 0.0 } else { MOST_LIFT };
        self.by_name(&asked(query), options.cutoff - lift, &mut BTreeMap::new())
    }

    /// Compares the names that may reach `least` with those asked for; then, of the parties that are hits or nearly, the
    /// other names. Answers how many pairs were compared.
    fn by_name(&self, asked: &[Name], least: f64, pairs: &mut BTreeMap<u32, Pair>) -> usize {
        let mut compared: BTreeSet<(usize, u32)> = BTreeSet::new();
        let mut scores = Scores::new();
        for (at, name) in asked.iter().enumerate() {
            // What is only near a hit leads to the other names of its party.
            let candidates = GATHERING.with_borrow_mut(|gathering| gathering.names(self, name, least - NEAR));
            for number in candidates {
                compared.insert((at, number));
                self.pair(asked, (at, number), least - NEAR, (pairs, &mut scores));
            }
        }
        let near: Vec<u32> = pairs.values().filter_map(|pair| Some(pair.names?.1)).collect();
        for number in near.into_iter().flat_map(|number| self.names_beside(number)) {
            for at in 0..asked.len() {
                if compared.insert((at, number)) {
                    self.pair(asked, (at, number), 0.0, (pairs, &mut scores));
                }
            }
        }
        pairs.retain(|_, pair| pair.score >= least);
        compared.len()
    }

    /// Compares a name asked for with one that is listed, if they are of one kind.
    fn pair<'a>(
        &'a self,
        asked: &[Name],
        names: (usize, u32),
        least: f64,
        (pairs, scores): (&mut BTreeMap<u32, Pair>, &mut Scores<'a>),
    ) {
        let Some(bytes) = self.name_bytes(names.1) else { return };
        let compared = || {
            let (name, listed) = asked.get(names.0).zip(Name::from_bytes(bytes))?;
            let same_kind = name.kind() == listed.kind();
            same_kind.then(|| score(name, &listed, lagebild_names::Options::default()))
        };
        let Some(score) = *scores.entry((names.0, bytes)).or_insert_with(compared) else { return };
        if let Some(party) = self.party_of_name(names.1).filter(|_| score >= least) {
            pairs.entry(party).or_default().take(score, names);
        }
    }

    /// Adds the parties that bear one of the names, word for word, whatever the comparison makes of it.
    fn by_writing(&self, asked: &[Name], pairs: &mut BTreeMap<u32, Pair>) {
        for (at, name) in asked.iter().enumerate() {
            for number in self.written(name.text()) {
                let Some(listed) = self.name(number).filter(|listed| listed.kind() == name.kind()) else {
                    continue;
                };
                let Some(party) = self.party_of_name(number) else { continue };
                let pair = pairs.entry(party).or_default();
                let score = score(name, &listed, lagebild_names::Options::default()).max(JUST_A_MATCH);
                // Of names that are as like, the one that is written so is shown.
                if score >= pair.score {
                    *pair = Pair { score, names: Some((at, number)), same: true };
                }
                pair.same = true;
            }
        }
    }

    /// The listed names that are written like this one.
    fn written(&self, name: &str) -> impl Iterator<Item = u32> {
        let posting = written_key(name).map(|key| self.posting(key));
        posting.into_iter().flat_map(entries).map(|(name, _)| name)
    }

    /// Adds the parties that bear one of the identifiers.
    fn by_identifier(&self, asked: &Record, pairs: &mut BTreeMap<u32, Pair>) {
        for plain in asked.identifiers.iter().filter_map(|(_, value)| plain_identifier(value)) {
            for (name, _) in entries(self.posting(identifier_key(&plain))) {
                if let Some(party) = self.party_of_name(name) {
                    pairs.entry(party).or_default();
                }
            }
        }
    }

    fn judge(&self, number: u32, pair: Pair, asked: &Record) -> Judged {
        let facts = self.facts(number);
        let (score, mut reasons) = compare_fields(pair.score, asked, &facts.clone().record());
        for reason in reasons.iter_mut().filter(|reason| pair.same && reason.field == "name") {
            reason.reason = "same name as listed".into();
        }
        Judged { number, pair, score, facts, reasons }
    }

    fn hit(&self, one: Judged, asked: &[Name], options: &Options) -> Hit {
        let name = one.pair.names.and_then(|(at, number)| {
            let query = asked.get(at)?;
            let listed = self.name(number)?;
            let comparison = compare(query, &listed, lagebild_names::Options::default());
            Some(NameMatch::new(query, &listed, &comparison))
        });
        let reason = |it: Contribution| Reason { field: it.field, points: it.points, words: it.reason };
        Hit {
            number: one.number,
            party: one.facts.id,
            schema: one.facts.schema,
            caption: one.facts.caption,
            score: one.score,
            matched: one.score >= options.threshold,
            name,
            same: one.pair.same,
            reasons: one.reasons.into_iter().map(reason).collect(),
        }
    }
}

/// Whether the options and the schema let a party through.
fn wanted(one: &Judged, query: &Query, options: &Options) -> bool {
    let list = one.facts.id.split(':').next().unwrap_or_default();
    let listed = options.lists.is_empty() || options.lists.iter().any(|name| name == list);
    let asked = NameKind::asked_for(query.schema.as_deref());
    listed
        && NameKind::of_party(&one.facts.schema).iter().any(|kind| asked.contains(kind))
        && !options.exclude.contains(&one.facts.id)
}

/// The names asked for, prepared for each kind of party that the schema may mean.
fn asked(query: &Query) -> Vec<Name> {
    let mut texts: Vec<&str> = Vec::new();
    // As they are given, blanks and all: what a hit explains are places in them.
    for text in query.names.iter().map(String::as_str).filter(|text| !text.trim().is_empty()) {
        if !texts.iter().any(|known| known.trim() == text.trim()) {
            texts.push(text);
        }
    }
    let kinds = NameKind::asked_for(query.schema.as_deref());
    texts.iter().flat_map(|text| kinds.iter().map(|&kind| Name::parse(text, kind))).collect()
}
