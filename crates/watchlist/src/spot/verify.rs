//! Whether words that share keys with a listed name are that name: the comparison of `lagebild-names`.

use super::parties::{Head, ListedName, Parties};
use super::{Candidate, Found, Hit, Spotted};
use crate::party::{NameQuality, Party, PartyName, list_of};
use lagebild_names::scores::in_text::{BY_CONSONANTS, WEAK};
use lagebild_names::{Name, NameKind, Options, THRESHOLD, compare, score};
use std::collections::{BTreeMap, HashMap};

/// Compares what was found with listed names; each pair once.
pub(super) struct Verifier<'p> {
    parties: Parties<'p>,
    scores: HashMap<(String, (u32, u32)), Option<f64>>,
}

impl<'p> Verifier<'p> {
    pub(super) fn new(parties: Parties<'p>) -> Self {
        Self { parties, scores: HashMap::new() }
    }

    /// How well the words fit the name, 0 to 1; none for too little.
    pub(super) fn score(&mut self, hit: &Hit) -> Option<f64> {
        let weak = |name: ListedName| if name.quality == NameQuality::Weak { WEAK } else { 1.0 };
        if let Some((score, _)) = hit.said {
            return self.parties.name(hit.id).map(|(_, name)| score * weak(name));
        }
        let key = (hit.bare.clone(), hit.id);
        if let Some(known) = self.scores.get(&key) {
            return *known;
        }
        let found = self.parties.name(hit.id).and_then(|(head, name)| {
            let (query, listed) = names(&hit.bare, head, name);
            let score = score(&query, &listed, Options::default());
            let least = if hit.by_sound { BY_CONSONANTS } else { THRESHOLD };
            (score >= least).then_some(score * weak(name))
        });
        self.scores.insert(key, found);
        found
    }

    /// The place with its candidates, best first, each party once.
    pub(super) fn spotted(&self, found: Found) -> Spotted {
        let partial = found.partial();
        let inflected = found.hits.iter().all(|(hit, _)| hit.inflected);
        let mut best: BTreeMap<u32, (Hit, f64)> = BTreeMap::new();
        for (hit, score) in found.hits {
            if best.get(&hit.id.0).is_none_or(|(_, known)| score > *known) {
                best.insert(hit.id.0, (hit, score));
            }
        }
        let candidates = best.into_values().filter_map(|(hit, score)| self.candidate(&hit, score));
        let mut candidates: Vec<Candidate> = candidates.collect();
        candidates.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.party.cmp(&b.party)));
        Spotted { span: found.span, inflected, partial, candidates }
    }

    fn candidate(&self, hit: &Hit, score: f64) -> Option<Candidate> {
        let (head, name) = self.parties.name(hit.id)?;
        let mut explanation = if let Some((_, why)) = hit.said {
            vec![why.to_owned()]
        } else {
            let (query, listed) = names(&hit.bare, head, name);
            compare(&query, &listed, Options::default()).explain(&query, &listed)
        };
        let note = match name.quality {
            NameQuality::Weak => "the publisher calls this name weak",
            NameQuality::Former => "a former name",
            NameQuality::Unlisted => "a known spelling that the publisher does not give",
            NameQuality::Primary | NameQuality::Alias => "",
        };
        explanation.extend((!note.is_empty()).then(|| note.to_owned()));
        Some(Candidate {
            list: list_of(head.id).into(),
            party: head.id.into(),
            name: name.full.into(),
            schema: head.schema.into(),
            score,
            explanation,
        })
    }
}

/// The party as a candidate for all of these words: by the name of it that fits them best, none when none does.
pub(crate) fn whole(words: &str, party: &Party) -> Option<Candidate> {
    let pair = |name: &PartyName| {
        prepared(words, &party.schema, (&name.full, name.part("lastName").next().unwrap_or_default()))
    };
    let scored = party.names.iter().map(|name| {
        let (query, listed) = pair(name);
        (score(&query, &listed, Options::default()), name)
    });
    let (score, name) = scored.max_by(|(one, _), (other, _)| one.total_cmp(other))?;
    let (query, listed) = pair(name);
    let weak = if name.quality == NameQuality::Weak { WEAK } else { 1.0 };
    (score >= THRESHOLD).then(|| Candidate {
        list: party.list().into(),
        party: party.id.clone(),
        name: name.full.clone(),
        schema: party.schema.clone(),
        score: score * weak,
        explanation: compare(&query, &listed, Options::default()).explain(&query, &listed),
    })
}

/// The words and the listed name, prepared for the comparison.
fn names(words: &str, head: Head, name: ListedName) -> (Name, Name) {
    prepared(words, head.schema, (name.full, name.family))
}

fn prepared(words: &str, schema: &str, (full, family): (&str, &str)) -> (Name, Name) {
    let kind = NameKind::of_schema(schema);
    (Name::parse(words, kind), Name::parse(full, kind).with_family(family))
}
