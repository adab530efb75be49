//! Counts what a merged case has in common with its expectations.

use super::gold::{Report, Telling};
use crate::tally::{Accuracy, Tally};
use lagebild_case::{Case, CaseEntity, CaseEntityId, Claim};
use lagebild_span::Span;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// Sums over a case. A pair of two fields: over what the readings found, and over all that is told.
#[derive(Clone, Debug, Default)]
pub struct CaseScores {
    /// Tellings that the readings found.
    pub found: Accuracy,
    /// Pairs of tellings in one claim, of those found.
    pub claims: Tally,
    /// The same of all tellings.
    pub claims_all: Tally,
    /// Claims whose numbers of independent origins, and of those that deny, are exactly right, of those found.
    pub origins: Accuracy,
    /// The same of all claims.
    pub origins_all: Accuracy,
    /// Claims whose first voice is right, of those found.
    pub first: Accuracy,
    /// The same of all claims.
    pub first_all: Accuracy,
    /// Words for things that the readings found.
    pub names: Accuracy,
    /// Sums of the B-cubed precision and recall of the words found, and their number.
    cubed: (f64, f64, usize),
    /// The same of all words; those not found stand alone.
    cubed_all: (f64, f64, usize),
    /// What went wrong, a line each.
    pub notes: Vec<String>,
}

impl CaseScores {
    /// F1 of B-cubed (Bagga and Baldwin 1998) over the words for things that were found.
    pub fn entities(&self) -> f64 {
        f1(self.cubed)
    }

    /// The same over all words for things.
    pub fn entities_all(&self) -> f64 {
        f1(self.cubed_all)
    }
}

fn f1((precision, recall, _): (f64, f64, usize)) -> f64 {
    if precision + recall > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 }
}

impl fmt::Display for CaseScores {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "tellings found {} of {}; words for things found {} of {}",
            self.found.right, self.found.of, self.names.right, self.names.of
        )?;
        writeln!(f, "{:<28} {:>8} {:>8}", "", "found", "all")?;
        let mut row = |what, found: f64, all: f64| writeln!(f, "{what:<28} {found:>8.3} {all:>8.3}");
        row("claims, pairwise F1", self.claims.f1(), self.claims_all.f1())?;
        row("claims, pairwise precision", self.claims.precision(), self.claims_all.precision())?;
        row("claims, pairwise recall", self.claims.recall(), self.claims_all.recall())?;
        row("origins exactly right", self.origins.share(), self.origins_all.share())?;
        row("first voice right", self.first.share(), self.first_all.share())?;
        row("entities, B-cubed F1", self.entities(), self.entities_all())
    }
}

/// A telling with its document.
struct Told<'a> {
    document: usize,
    telling: &'a Telling,
    /// Claim and voice that have its words.
    found: Option<(usize, usize)>,
}

/// Scores a case. The readings are those of the reports, in their order.
pub fn score(reports: &[Report], case: &Case) -> CaseScores {
    let mut scores = CaseScores::default();
    let named = Naming::new(reports, case, &mut scores);
    let all = reports
        .iter()
        .enumerate()
        .flat_map(|(document, report)| report.tells.iter().map(move |telling| (document, telling)));
    let told: Vec<Told> = all
        .map(|(document, telling)| Told { document, telling, found: find(case, document, telling.span) })
        .collect();
    for one in &told {
        scores.found.add(one.found.is_some());
        if one.found.is_none() {
            let id = reports.get(one.document).map_or("", |report| &report.id);
            scores.notes.push(format!("not found: {id} {}", one.telling.claim));
        }
    }
    pairs(reports, case, &told, &mut scores);
    for key in told.iter().map(|one| &one.telling.claim).collect::<BTreeSet<_>>() {
        let all: Vec<&Told> = told.iter().filter(|one| one.telling.claim == *key).collect();
        claim(reports, case, &named, &all, &mut scores);
    }
    scores
}

/// The claim and voice that tell most of these words.
fn find(case: &Case, document: usize, words: Span) -> Option<(usize, usize)> {
    let mut best: Option<(usize, (usize, usize))> = None;
    for (at, claim) in case.claims.iter().enumerate() {
        for (voice, said) in claim.voices.iter().enumerate() {
            let here = said.tellings.iter().filter(|telling| telling.document == document);
            for telling in here {
                let shared = shared(telling.words, words);
                let enough = 2 * shared >= telling.words.len().min(words.len());
                if enough && shared > 0 && best.is_none_or(|(most, _)| shared > most) {
                    best = Some((shared, (at, voice)));
                }
            }
        }
    }
    best.map(|(_, place)| place)
}

fn shared(a: Span, b: Span) -> usize {
    a.end().min(b.end()).saturating_sub(a.start().max(b.start())) as usize
}

/// Pairs of tellings; of all, also those with what nobody expects in the claim.
fn pairs(reports: &[Report], case: &Case, told: &[Told], scores: &mut CaseScores) {
    let id = |one: &Told| reports.get(one.document).map_or("", |report| report.id.as_str());
    for (at, one) in told.iter().enumerate() {
        for other in &told[at + 1..] {
            let expected = one.telling.claim == other.telling.claim;
            let both = one.found.zip(other.found);
            let given = both.is_some_and(|((a, _), (b, _))| a == b);
            let tally = |tally: &mut Tally| {
                tally.add(
                    usize::from(expected && given),
                    usize::from(given && !expected),
                    usize::from(expected && !given),
                );
            };
            tally(&mut scores.claims_all);
            if both.is_some() {
                tally(&mut scores.claims);
                if expected != given {
                    let what = if given { "wrongly one claim" } else { "not one claim" };
                    scores.notes.push(format!(
                        "{what}: {} {}, {} {}",
                        id(one),
                        one.telling.claim,
                        id(other),
                        other.telling.claim
                    ));
                }
            }
        }
    }
    // What stands beside expected tellings in a claim and is none of them is wrong there, unless its document tells nothing else.
    for (at, claim) in case.claims.iter().enumerate() {
        let expected: Vec<&Told> =
            told.iter().filter(|one| one.found.is_some_and(|(claim, _)| claim == at)).collect();
        let documents: BTreeSet<usize> =
            claim.voices.iter().flat_map(|voice| voice.documents.iter().copied()).collect();
        let strange =
            documents.iter().filter(|document| expected.iter().all(|one| one.document != **document));
        scores.claims_all.add(0, strange.count() * expected.len(), 0);
    }
}

/// Origins and first voice of one claim.
fn claim(reports: &[Report], case: &Case, named: &Naming, all: &[&Told], scores: &mut CaseScores) {
    let key = all.first().map_or("", |one| one.telling.claim.as_str());
    let found: Vec<&&Told> = all.iter().filter(|one| one.found.is_some()).collect();
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for (claim, _) in found.iter().filter_map(|one| one.found) {
        *counts.entry(claim).or_default() += 1;
    }
    let main = counts.iter().max_by_key(|(_, count)| **count).and_then(|(at, _)| case.claims.get(*at));
    let given = main.map(|claim| (claim.origins, claim.denials));
    let first = |told: &[&Told]| main.is_some_and(|claim| first_is_right(reports, claim, named, told));
    let found: Vec<&Told> = found.into_iter().copied().collect();
    if !found.is_empty() {
        scores.origins.add(given == Some(origins(&found)));
        scores.first.add(first(&found));
        if given != Some(origins(&found)) {
            scores
                .notes
                .push(format!("{key}: origins {given:?}, expected of those found {:?}", origins(&found)));
        }
        if !first(&found) {
            scores.notes.push(format!("{key}: first voice"));
        }
    }
    scores.origins_all.add(given == Some(origins(all)));
    scores.first_all.add(first(all));
}

/// Independent origins that tell, and that deny; what is told at all has one.
fn origins(told: &[&Told]) -> (usize, usize) {
    let count = |denies: bool| {
        let some: Vec<_> = told.iter().filter(|one| one.telling.denies == denies).collect();
        let known: BTreeSet<_> = some.iter().filter_map(|one| one.telling.origin.as_ref()).collect();
        known.len().max(usize::from(!some.is_empty()))
    };
    (count(false), count(true))
}

/// True where the first voice is that of the first telling: by speaker, and by day.
fn first_is_right(reports: &[Report], claim: &Claim, named: &Naming, told: &[&Told]) -> bool {
    let day = |one: &Told| reports.get(one.document).map(|report| report.published);
    let Some(first) = told.iter().min_by_key(|one| (day(one), one.document)) else { return false };
    let Some(voice) = claim.voices.first() else { return false };
    let speaker = first.telling.speaker.as_ref().and_then(|key| named.by_key.get(key)).copied();
    voice.speaker == speaker && voice.first == day(first)
}

/// Which entity of the case the words for each thing denote.
struct Naming {
    by_key: BTreeMap<String, CaseEntityId>,
}

impl Naming {
    fn new(reports: &[Report], case: &Case, scores: &mut CaseScores) -> Self {
        let mut words: Vec<(&str, Option<CaseEntityId>, usize)> = Vec::new();
        for (document, report) in reports.iter().enumerate() {
            for named in &report.names {
                let entity = denoted(case, document, named.span);
                scores.names.add(entity.is_some());
                if entity.is_none() {
                    let words = named.span.of(&report.text);
                    scores.notes.push(format!("{}: not found: “{words}”", report.id));
                }
                words.push((&named.thing, entity.map(|entity| entity.id), document));
            }
        }
        let found: Vec<_> = words.iter().copied().filter(|(_, entity, _)| entity.is_some()).collect();
        scores.cubed = cubed(&found);
        scores.cubed_all = cubed(&words);
        let mut counts: BTreeMap<&str, BTreeMap<CaseEntityId, usize>> = BTreeMap::new();
        for (thing, entity, _) in &found {
            if let Some(entity) = entity {
                *counts.entry(thing).or_default().entry(*entity).or_default() += 1;
            }
        }
        for (thing, entities) in counts.iter().filter(|(_, entities)| entities.len() > 1) {
            scores.notes.push(format!("{thing} is several: {entities:?}"));
        }
        let mut bearers: BTreeMap<CaseEntityId, BTreeSet<&str>> = BTreeMap::new();
        for (thing, entity, _) in &found {
            if let Some(entity) = entity {
                bearers.entry(*entity).or_default().insert(thing);
            }
        }
        for (entity, things) in bearers.iter().filter(|(_, things)| things.len() > 1) {
            scores.notes.push(format!("{entity} is several: {things:?}"));
        }
        let most = |counts: BTreeMap<CaseEntityId, usize>| counts.into_iter().max_by_key(|(_, count)| *count);
        let by_key = counts.into_iter().filter_map(|(key, counts)| Some((key.to_owned(), most(counts)?.0)));
        Self { by_key: by_key.collect() }
    }
}

/// The entity of the mention that shares most of these words.
fn denoted(case: &Case, document: usize, words: Span) -> Option<&CaseEntity> {
    let reading = case.readings.get(document)?;
    let near = reading
        .mentions
        .iter()
        .filter(|mention| 2 * shared(mention.span, words) >= words.len().min(mention.span.len()));
    let best = near
        .filter(|mention| shared(mention.span, words) > 0)
        .max_by_key(|mention| shared(mention.span, words))?;
    case.entity(document, best.entity)
}

/// B-cubed: the precision and recall of each word's entity, summed.
fn cubed(words: &[(&str, Option<CaseEntityId>, usize)]) -> (f64, f64, usize) {
    let mut sums = (0.0, 0.0, words.len());
    for (at, (thing, entity, _)) in words.iter().enumerate() {
        let same_entity = |other: usize| other == at || (entity.is_some() && words[other].1 == *entity);
        let mut count = (0u32, 0u32, 0u32);
        for (other, (other_thing, _, _)) in words.iter().enumerate() {
            let (given, expected) = (same_entity(other), other_thing == thing);
            count.0 += u32::from(given);
            count.1 += u32::from(expected);
            count.2 += u32::from(given && expected);
        }
        sums.0 += f64::from(count.2) / f64::from(count.0);
        sums.1 += f64::from(count.2) / f64::from(count.1);
    }
    let all = words.len().max(1) as f64;
    (sums.0 / all, sums.1 / all, sums.2)
}
