//! Whether words that share keys with a listed name are that name: the comparison of `lagebild-names`.

use super::{Candidate, Found, Hit, Spotted};
use crate::party::{NameQuality, Party, PartyName};
use lagebild_names::scores::in_text::{BY_CONSONANTS, WEAK};
use lagebild_names::{Name, NameKind, Options, THRESHOLD, compare, score};
use std::collections::{BTreeMap, HashMap};

/// Compares what was found with listed names; each pair once.
pub(super) struct Verifier<'p> {
    parties: &'p [Party],
    scores: HashMap<(String, (u32, u32)), Option<f64>>,
}

impl<'p> Verifier<'p> {
    pub(super) fn new(parties: &'p [Party]) -> Self {
        Self { parties, scores: HashMap::new() }
    }

    fn named(&self, id: (u32, u32)) -> Option<(&'p Party, &'p PartyName)> {
        let party = self.parties.get(id.0 as usize)?;
        Some((party, party.names.get(id.1 as usize)?))
    }

    /// How well the words fit the name, 0 to 1; none for too little.
    pub(super) fn score(&mut self, hit: &Hit) -> Option<f64> {
        let weak = |name: &PartyName| if name.quality == NameQuality::Weak { WEAK } else { 1.0 };
        if let Some((score, _)) = hit.said {
            return self.named(hit.id).map(|(_, name)| score * weak(name));
        }
        let key = (hit.bare.clone(), hit.id);
        if let Some(known) = self.scores.get(&key) {
            return *known;
        }
        let found = self.named(hit.id).and_then(|(party, name)| {
            let (query, listed) = pair(&hit.bare, party, name);
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
        let (party, name) = self.named(hit.id)?;
        let mut explanation = if let Some((_, why)) = hit.said {
            vec![why.to_owned()]
        } else {
            let (query, listed) = pair(&hit.bare, party, name);
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
            list: party.list().into(),
            party: party.id.clone(),
            name: name.full.clone(),
            schema: party.schema.clone(),
            score,
            explanation,
        })
    }
}

/// The party as a candidate for all of these words: by the name of it that fits them best, none when none does.
pub(crate) fn whole(words: &str, party: &Party) -> Option<Candidate> {
    let scored = party.names.iter().map(|name| {
        let (query, listed) = pair(words, party, name);
        (score(&query, &listed, Options::default()), name)
    });
    let (score, name) = scored.max_by(|(one, _), (other, _)| one.total_cmp(other))?;
    let (query, listed) = pair(words, party, name);
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
fn pair(words: &str, party: &Party, name: &PartyName) -> (Name, Name) {
    let kind = NameKind::of_schema(&party.schema);
    let family = name.part("lastName").next().unwrap_or_default();
    (Name::parse(words, kind), Name::parse(&name.full, kind).with_family(family))
}
