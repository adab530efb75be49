//! Listed names in running text.
//!
//! The text is cut into words, each word gives the listed keys that it may stand for (`key.rs`), and listed names are
//! looked up by the keys of two of their words. What is found so is then compared with the listed name by
//! `lagebild-names`, which scores and explains it. Scripts without a key are compared letter by letter.

mod bodies;
mod exact;
mod foreign;
mod identifiers;
mod keys;
mod layout;
mod parties;
mod persons;
mod rules;
mod verify;
mod words;

use crate::party::{Party, PartyName};
pub use identifiers::Identifier;
pub(crate) use identifiers::{bears, single};
use lagebild_span::Span;
pub(crate) use layout::{Compiled, MAGIC, Made, Opening};
pub(crate) use parties::Parties;
use std::collections::BTreeMap;
use verify::Verifier;
pub(crate) use verify::whole;

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
    /// The party and which of its names.
    id: (u32, u32),
    inflected: bool,
    partial: bool,
    /// True for a name found by the consonants of another script: it has to be closer.
    by_sound: bool,
    /// The words without endings, to be compared with the listed name.
    bare: String,
    /// Score and reason where there is nothing to compare.
    said: Option<(f64, &'static str)>,
}

/// A place in the text with the listed parties that it may name, each with its score.
struct Found {
    span: Span,
    hits: Vec<(Hit, f64)>,
}

/// Looks up names of a fixed set of parties, in the file that is compiled of them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spotter<'a> {
    parties: Parties<'a>,
    keys: keys::Keys<'a>,
    persons: persons::Persons<'a>,
    bodies: bodies::Bodies<'a>,
    exact: exact::Exact<'a>,
    foreign: foreign::Foreign<'a>,
    identifiers: identifiers::Identifiers<'a>,
}

/// Compiles these parties.
pub(crate) fn compile(made: Made, parties: &[Party]) -> Compiled {
    let mut keys = keys::KeysBuilder::default();
    let mut persons = persons::PersonsBuilder::default();
    let mut bodies = bodies::BodiesBuilder::default();
    let mut exact = exact::ExactBuilder::default();
    let mut foreign = foreign::ForeignBuilder::default();
    let mut identifiers = identifiers::IdentifiersBuilder::default();
    let mut places = 0u32..;
    for (at, party) in (0u32..).zip(parties) {
        identifiers.add(at, party);
        for ((number, name), place) in (0u32..).zip(&party.names).zip(&mut places) {
            let id = (at, number);
            if exact.add(id, name, party.schema == "Person") {
                continue;
            }
            if party.schema == "Person" {
                persons.add(id, name, party.list(), &mut keys);
                foreign.add(place, party, name);
            } else {
                bodies.add(id, name, (&party.schema, party.list()), &mut keys);
            }
        }
    }
    let mut gathered = layout::Gathered::new();
    gathered.put(layout::Section::Made, serde_json::to_vec(&made).unwrap_or_default());
    gathered.put(layout::Section::Keys, keys.finish());
    parties::compile(parties, &mut gathered);
    persons.finish(&mut gathered);
    bodies.finish(&mut gathered);
    exact.finish(&mut gathered);
    foreign.finish(&mut gathered);
    identifiers.finish(&mut gathered);
    gathered.finish(made)
}

impl<'a> Spotter<'a> {
    pub(crate) fn of(file: &'a Compiled) -> Self {
        Self {
            parties: Parties::of(file),
            keys: keys::Keys::of(file),
            persons: persons::Persons::of(file),
            bodies: bodies::Bodies::of(file),
            exact: exact::Exact::of(file),
            foreign: foreign::Foreign::of(file),
            identifiers: identifiers::Identifiers::of(file),
        }
    }

    pub(crate) fn spot(&self, text: &str, language: Option<&str>) -> Vec<Spotted> {
        let mut verifier = Verifier::new(self.parties);
        let seen = self.scan(text, language);
        let hits = seen.hits.into_iter().chain(bodies::shown_ships(text, seen.ships));
        let mut found = longest(hits, &mut verifier);
        let surnames = longest(self.persons.surnames(&seen.surnames, &found), &mut verifier);
        let taken = Taken::of(&found);
        found.extend(surnames.into_iter().filter(|part| !taken.overlaps(part.span)));
        found.sort_by_key(|found| found.span);
        found.into_iter().map(|found| verifier.spotted(found)).collect()
    }

    /// Numbers in the text that name a party, or whose kind is told.
    pub(crate) fn identifiers(&self, text: &str) -> Vec<Identifier> {
        self.identifiers.find(text)
    }

    /// The listed bodies of which all of `name` is a name; abbreviations and ordinary words only when it is `sure` that they
    /// name a body in the news.
    pub(crate) fn named(&self, name: &str, sure: bool) -> Option<Spotted> {
        let mut verifier = Verifier::new(self.parties);
        let mut words = words::Words::new(name, None, self.keys);
        words.next_stretch();
        let exact = words.get(0).filter(|word| word.exact).map(|word| self.exact.find(word.span, name));
        let whole = |hit: &Hit| hit.span == Span::new(0, name.len());
        let hits =
            self.bodies.named(&words, sure).into_iter().chain(exact.into_iter().flatten().filter(whole));
        // Abbreviations of two scripts are not compared by sound: ЕС is not ES.
        let written = |hit: &Hit| {
            let listed = self.parties.name(hit.id);
            let same = || {
                listed.is_some_and(|(_, listed)| listed.full.to_lowercase().contains(&name.to_lowercase()))
            };
            words.list.len() > 1 || same()
        };
        let hits = hits.filter(written);
        longest(hits, &mut verifier).into_iter().next().map(|found| verifier.spotted(found))
    }

    /// Everything in the text that shares keys with a listed name.
    fn scan(&self, text: &str, language: Option<&str>) -> Seen {
        let mut seen = Seen::default();
        let mut words = words::Words::new(text, language, self.keys);
        while words.next_stretch() {
            let exact = words.list.iter().filter(|word| word.exact).map(|word| word.span);
            seen.hits.extend(self.foreign.find(&exact.collect::<Vec<_>>(), text));
            for at in 0..words.list.len() {
                let Some(word) = words.get(at).filter(|_| words.begins(at)) else { continue };
                if word.exact {
                    seen.hits.extend(self.exact.find(word.span, text));
                } else if let Some(forms) = words.forms(at) {
                    seen.hits.extend(self.persons.full(&words, at, &forms));
                    self.bodies.find(&words, at, &forms, &mut seen);
                    seen.surnames.extend(self.persons.surname(&words, at, forms));
                }
            }
        }
        seen
    }
}

/// What a text has that may be listed names.
#[derive(Default)]
struct Seen {
    hits: Vec<Hit>,
    ships: Vec<bodies::Ship>,
    surnames: Vec<persons::Surname>,
}

impl Hit {
    fn new(span: Span, id: (u32, u32)) -> Self {
        Self { span, id, inflected: false, partial: false, by_sound: false, bare: String::new(), said: None }
    }
}

impl Found {
    fn partial(&self) -> bool {
        self.hits.iter().all(|(hit, _)| hit.partial)
    }

    /// The parties that are named in full here.
    fn parties(&self) -> impl Iterator<Item = u32> {
        self.hits.iter().filter(|(hit, _)| !hit.partial).map(|(hit, _)| hit.id.0)
    }
}

/// Hits that stand the comparison, by span; of overlapping spans the longest stays.
fn longest(hits: impl IntoIterator<Item = Hit>, verifier: &mut Verifier) -> Vec<Found> {
    let mut spans: BTreeMap<Span, Vec<(Hit, f64)>> = BTreeMap::new();
    for hit in hits {
        if let Some(score) = verifier.score(&hit) {
            spans.entry(hit.span).or_default().push((hit, score));
        }
    }
    let mut order: Vec<Found> = spans.into_iter().map(|(span, hits)| Found { span, hits }).collect();
    order.sort_by_key(|found| (found.partial(), std::cmp::Reverse(found.span.len()), found.span.start()));
    let mut taken = Taken::default();
    order.retain(|found| taken.take(found.span));
    order
}

/// Spans that do not overlap, by their start.
#[derive(Default)]
struct Taken(BTreeMap<u32, u32>);

impl Taken {
    fn of(found: &[Found]) -> Self {
        Self(found.iter().map(|found| (found.span.start(), found.span.end())).collect())
    }

    fn overlaps(&self, span: Span) -> bool {
        self.0.range(..span.end()).next_back().is_some_and(|(_, end)| *end > span.start())
    }

    /// Takes a span unless it overlaps one that is taken.
    fn take(&mut self, span: Span) -> bool {
        let free = !self.overlaps(span);
        if free {
            self.0.insert(span.start(), span.end());
        }
        free
    }
}

/// A listed person's family name and other names: as published, else by position (the last word, or the first
/// word of a name in the order of Korean and Chinese).
fn family_and_given(name: &PartyName) -> (Vec<String>, Vec<String>) {
    let split = |text: &str| -> Vec<String> {
        text.split(|c: char| c.is_whitespace() || c == '-')
            .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
            .filter(|word| !word.is_empty())
            .map(String::from)
            .collect()
    };
    let family: Vec<String> = name.part("lastName").flat_map(split).collect();
    if !family.is_empty() {
        let others = ["firstName", "secondName", "middleName", "patronymic", "fatherName"];
        let given = others.iter().flat_map(|kind| name.part(kind)).flat_map(split).collect();
        return (family, given);
    }
    let mut words = split(&name.full);
    let Some(last) = words.pop() else { return (Vec::new(), Vec::new()) };
    (vec![last], words)
}
