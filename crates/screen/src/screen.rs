//! From a query to hits.

use crate::{
    Hit, Index, NameMatch, Options, Query, Reason,
    candidates::{Gathering, split},
    compile::identifier_key,
    facts::{Facts, plain_identifier},
    kinds::{kind_of_party, kinds_of},
};
use lagebild_names::{Contribution, Name, NameKind, Record, compare, compare_fields, score};
use std::cell::RefCell;
use std::collections::BTreeMap;

/// Names compared in full for a query of one name; a query of many spellings shares them out.
const MOST_COMPARED: usize = 96;
/// At least so many are compared for each spelling.
const LEAST_COMPARED: usize = 12;
/// Other fields lift a pair of names by no more than this; what lies deeper below the cutoff cannot become a hit.
const MOST_LIFT: f64 = 0.2;

thread_local! {
    static GATHERING: RefCell<Gathering> = RefCell::new(Gathering::default());
}

/// The best pair of names of a party.
#[derive(Debug, Clone, Copy, Default)]
struct Pair {
    score: f64,
    /// Place among the names asked for, number of the listed name; none when only an identifier led here.
    names: Option<(usize, u32)>,
}

/// A party that was judged, before it is explained.
struct Judged {
    number: u32,
    pair: Pair,
    score: f64,
    facts: Facts,
    reasons: Vec<Contribution>,
}

impl Index {
    /// The parties that the query may mean, the likeliest first, each with what led to its score.
    pub fn screen(&self, query: &Query, options: &Options) -> Vec<Hit> {
        let asked = asked(query);
        let facts = Facts::of(&query.properties);
        let mut pairs: BTreeMap<u32, Pair> = BTreeMap::new();
        self.by_name(&asked, options, &mut pairs);
        self.by_identifier(&facts, &mut pairs);
        let record = facts.record();
        let judged = pairs.into_iter().map(|(number, pair)| self.judge(number, pair, &record));
        let mut judged: Vec<Judged> =
            judged.filter(|one| one.score >= options.cutoff && wanted(one, query, options)).collect();
        judged.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.number.cmp(&b.number)));
        judged.truncate(options.limit);
        judged.into_iter().map(|one| self.hit(one, &asked, options)).collect()
    }

    /// Compares the names that share enough with those asked for.
    fn by_name(&self, asked: &[Name], options: &Options, pairs: &mut BTreeMap<u32, Pair>) {
        let most = (MOST_COMPARED / asked.len().max(1)).max(LEAST_COMPARED);
        GATHERING.with_borrow_mut(|gathering| {
            for (at, name) in asked.iter().enumerate() {
                for number in gathering.names(self, name, name.kind(), most) {
                    let Some(listed) = self.name(number) else { continue };
                    let score = score(name, &listed, lagebild_names::Options::default());
                    let Some(party) = self.party_of_name(number) else { continue };
                    if score + MOST_LIFT < options.cutoff {
                        continue;
                    }
                    let best = pairs.entry(party).or_default();
                    if score > best.score {
                        *best = Pair { score, names: Some((at, number)) };
                    }
                }
            }
        });
    }

    /// Adds the parties that bear one of the identifiers.
    fn by_identifier(&self, facts: &Facts, pairs: &mut BTreeMap<u32, Pair>) {
        for plain in facts.identifiers.iter().filter_map(|(_, value)| plain_identifier(value)) {
            for four in self.posting(identifier_key(&plain)).chunks_exact(4) {
                let (name, _) = split(u32::from_le_bytes(four.try_into().unwrap_or_default()));
                if let Some(party) = self.party_of_name(name) {
                    pairs.entry(party).or_default();
                }
            }
        }
    }

    fn judge(&self, number: u32, pair: Pair, asked: &Record) -> Judged {
        let facts = self.facts(number);
        let (score, reasons) = compare_fields(pair.score, asked, &facts.clone().record());
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
            reasons: one.reasons.into_iter().map(reason).collect(),
        }
    }
}

/// Whether the options and the schema let a party through.
fn wanted(one: &Judged, query: &Query, options: &Options) -> bool {
    let list = one.facts.id.split(':').next().unwrap_or_default();
    let listed = options.lists.is_empty() || options.lists.iter().any(|name| name == list);
    let kinds = kinds_of(query.schema.as_deref());
    let unsure = one.facts.schema == "LegalEntity" && kinds.contains(&NameKind::Person);
    listed
        && (unsure || kinds.contains(&kind_of_party(&one.facts.schema)))
        && !options.exclude.contains(&one.facts.id)
}

/// The names asked for, prepared for each kind of party that the schema may mean.
fn asked(query: &Query) -> Vec<Name> {
    let mut texts: Vec<&str> = Vec::new();
    for text in query.names.iter().map(|text| text.trim()).filter(|text| !text.is_empty()) {
        if !texts.contains(&text) {
            texts.push(text);
        }
    }
    let kinds = kinds_of(query.schema.as_deref());
    texts.iter().flat_map(|text| kinds.iter().map(|&kind| Name::parse(text, kind))).collect()
}
