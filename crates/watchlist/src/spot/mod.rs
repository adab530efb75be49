//! Listed names in running text.
//!
//! The text is cut into words, each word gives the keys that it may stand for (`key.rs`), and listed names are
//! looked up by the key of their family name or first word. Scripts without a key are compared letter by letter.

mod bodies;
mod exact;
mod persons;
mod rules;
mod words;

use crate::party::{NameQuality, Party, PartyName};
use lagebild_span::Span;
use std::collections::BTreeMap;

/// A listed name in a text.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Spotted {
    /// The words.
    pub span: Span,
    /// True when the name carries an ending or stands in a compound ("Kims", "Putin-Besuch").
    pub inflected: bool,
    /// True for a part of a name, such as a surname alone: it needs confirmation.
    pub partial: bool,
    /// The parties that it may be, best first.
    pub candidates: Vec<Candidate>,
}

/// A party that a spotted name may be.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Candidate {
    /// Short name of the list.
    pub list: String,
    /// The party's id.
    pub party: String,
    /// The listed name that fits best.
    pub name: String,
    /// The party's FollowTheMoney schema.
    pub schema: String,
    /// From 0 to 1: how well the words fit the listed name.
    pub score: f64,
    /// Why, a line each.
    pub explanation: Vec<String>,
}

/// What one listed name found in the text.
struct Hit {
    span: Span,
    party: u32,
    name: u32,
    inflected: bool,
    partial: bool,
    score: f64,
    why: String,
}

/// Looks up names of a fixed set of parties.
#[derive(Debug)]
pub(crate) struct Spotter {
    persons: persons::Persons,
    bodies: bodies::Bodies,
    exact: exact::Exact,
}

impl Spotter {
    pub(crate) fn new(parties: &[Party]) -> Self {
        let mut persons = persons::Persons::default();
        let mut bodies = bodies::Bodies::default();
        let mut exact = exact::Exact::default();
        for (at, party) in parties.iter().enumerate() {
            for (number, name) in party.names.iter().enumerate() {
                let id = (at as u32, number as u32);
                if exact.add(id, name) {
                    continue;
                }
                if party.schema == "Person" {
                    persons.add(id, name, party.list());
                } else {
                    bodies.add(id, name, &party.schema, party.list());
                }
            }
        }
        Self { persons, bodies, exact }
    }

    pub(crate) fn spot(&self, text: &str, parties: &[Party]) -> Vec<Spotted> {
        let words = words::cut(text);
        let mut hits = self.persons.full(&words);
        hits.extend(self.bodies.find(&words, text));
        hits.extend(self.exact.find(&words, text));
        let mut spotted = longest(hits, parties);
        let surnames = self.persons.surnames(&words, &confirmed(&spotted, parties));
        for part in longest(surnames, parties) {
            if !spotted.iter().any(|known| known.span.overlaps(part.span)) {
                spotted.push(part);
            }
        }
        spotted.sort_by_key(|found| found.span);
        spotted
    }
}

/// Parties whose full name stands in the text.
fn confirmed(spotted: &[Spotted], parties: &[Party]) -> Vec<u32> {
    let full = spotted.iter().filter(|found| !found.partial);
    let ids: Vec<&str> = full.flat_map(|found| &found.candidates).map(|c| c.party.as_str()).collect();
    let among = |party: &Party| ids.contains(&party.id.as_str());
    (0..).zip(parties).filter(|(_, party)| among(party)).map(|(at, _)| at).collect()
}

/// Hits grouped by span; of overlapping spans the longest stays.
fn longest(hits: Vec<Hit>, parties: &[Party]) -> Vec<Spotted> {
    let mut spans: BTreeMap<Span, Vec<Hit>> = BTreeMap::new();
    for hit in hits {
        spans.entry(hit.span).or_default().push(hit);
    }
    let mut order: Vec<(Span, Vec<Hit>)> = spans.into_iter().collect();
    order.sort_by_key(|(span, hits)| {
        (hits.iter().all(|hit| hit.partial), std::cmp::Reverse(span.len()), span.start)
    });
    let mut kept: Vec<Spotted> = Vec::new();
    for (span, hits) in order {
        if !kept.iter().any(|known| known.span.overlaps(span)) {
            kept.push(spotted(span, hits, parties));
        }
    }
    kept
}

fn spotted(span: Span, hits: Vec<Hit>, parties: &[Party]) -> Spotted {
    let partial = hits.iter().all(|hit| hit.partial);
    let inflected = hits.iter().all(|hit| hit.inflected);
    let mut best: BTreeMap<u32, Hit> = BTreeMap::new();
    for hit in hits {
        let better = best.get(&hit.party).is_none_or(|known| hit.score > known.score);
        if better {
            best.insert(hit.party, hit);
        }
    }
    let mut candidates: Vec<Candidate> =
        best.into_values().filter_map(|hit| candidate(hit, parties)).collect();
    candidates.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.party.cmp(&b.party)));
    Spotted { span, inflected, partial, candidates }
}

fn candidate(hit: Hit, parties: &[Party]) -> Option<Candidate> {
    let party = parties.get(hit.party as usize)?;
    let name = party.names.get(hit.name as usize)?;
    let mut explanation = vec![hit.why];
    let note = match name.quality {
        NameQuality::Weak => "the publisher calls this name weak",
        NameQuality::Former => "a former name",
        NameQuality::Unlisted => "a known spelling that the publisher does not give",
        NameQuality::Primary | NameQuality::Alias => "",
    };
    if !note.is_empty() {
        explanation.push(note.into());
    }
    Some(Candidate {
        list: party.list().into(),
        party: party.id.clone(),
        name: name.full.clone(),
        schema: party.schema.clone(),
        score: hit.score,
        explanation,
    })
}

/// A listed person's family name and other names: as published, else by position (the last word, or the first
/// word of a name in the order of Korean and Chinese).
fn family_and_given(name: &PartyName) -> (Vec<String>, Vec<String>) {
    let split = |text: &str| -> Vec<String> {
        text.split(|c: char| c.is_whitespace() || c == '-')
            .filter(|w| !w.is_empty())
            .map(String::from)
            .collect()
    };
    let family: Vec<String> = name.part("lastName").flat_map(split).collect();
    if !family.is_empty() {
        let others = ["firstName", "secondName", "middleName", "patronymic"];
        let given = others.iter().flat_map(|kind| name.part(kind)).flat_map(split).collect();
        return (family, given);
    }
    let mut words = split(&name.full);
    let Some(last) = words.pop() else { return (Vec::new(), Vec::new()) };
    (vec![last], words)
}
