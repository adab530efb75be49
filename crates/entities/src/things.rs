//! The things that a document names, while they are being found: what identifies each, and where it is named.

use crate::model::{Entities, Entity, EntityId, EntityKind, Form, Gender, Match, Mention};
use crate::words::bare;
use lagebild_span::Span;
use std::collections::{BTreeMap, BTreeSet};

/// What makes two mentions mentions of one thing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Key {
    /// A country by its code.
    Country(String),
    /// A named thing of the world data.
    Named(usize, usize),
    /// A state body by kind and country.
    Body(String, Option<String>),
    /// A listed party by its id: two full names of one party in one text are one thing.
    Party(String),
    /// Something else by kind and folded name.
    Name(u8, String),
}

/// What is known of a thing beside its key.
#[derive(Clone, Debug)]
pub(crate) struct Thing {
    pub(crate) kind: EntityKind,
    pub(crate) name: String,
    pub(crate) country: Option<String>,
    pub(crate) role: Option<Span>,
    pub(crate) gender: Option<Gender>,
    pub(crate) is_media: bool,
    pub(crate) is_state: bool,
    /// True for a thing of the world data.
    pub(crate) known: bool,
    pub(crate) matches: Vec<Match>,
}

impl Thing {
    pub(crate) fn new(kind: EntityKind, name: impl Into<String>) -> Self {
        Self {
            kind,
            name: name.into(),
            country: None,
            role: None,
            gender: None,
            is_media: false,
            is_state: kind == EntityKind::Country,
            known: false,
            matches: Vec::new(),
        }
    }
}

/// All things and mentions found so far.
#[derive(Default)]
pub(crate) struct Things {
    keys: BTreeMap<Key, usize>,
    list: Vec<Thing>,
    mentions: Vec<(usize, Span, Form)>,
    /// Places in `mentions` by first byte, and the longest mention: what touches a span is found near it.
    by_start: BTreeMap<u32, Vec<usize>>,
    longest: u32,
    /// Where each thing is named: thing, first byte, and the place in `mentions` with the end.
    places: BTreeSet<(usize, u32, usize, u32)>,
    /// State bodies by kind.
    bodies: BTreeMap<String, BTreeSet<usize>>,
    /// Things by two words of their names: the last, and one more.
    by_words: BTreeMap<(String, String), Vec<usize>>,
}

/// No name has more bytes than this: how long a mention can be is how far back what touches a word is looked for.
const LONGEST_NAME: usize = 2_000;

/// How many things of one pair of words are compared: a text that names more persons of one surname and given name was made
/// by a machine.
const SAME_WORDS: usize = 64;

impl Things {
    /// The thing with a key, made where there is none.
    pub(crate) fn thing(&mut self, key: Key, make: impl FnOnce() -> Thing) -> usize {
        if let Some(at) = self.keys.get(&key) {
            return *at;
        }
        let at = self.list.len();
        let thing = make();
        for pair in word_pairs(&bare(&thing.name)) {
            self.by_words.entry(pair).or_default().push(at);
        }
        self.list.push(thing);
        self.key(key, at);
        at
    }

    fn key(&mut self, key: Key, thing: usize) {
        if let Key::Body(kind, _) = &key {
            self.bodies.entry(kind.clone()).or_default().insert(thing);
        }
        self.keys.insert(key, thing);
    }

    /// Things whose names share their last word and one more with this name (folded), in their order.
    pub(crate) fn sharing_words(&self, folded: &str) -> BTreeSet<usize> {
        let pairs = word_pairs(folded).into_iter();
        pairs
            .filter_map(|pair| self.by_words.get(&pair))
            .flat_map(|of| of.iter().take(SAME_WORDS))
            .copied()
            .collect()
    }

    pub(crate) fn known(&self, key: &Key) -> Option<usize> {
        self.keys.get(key).copied()
    }

    /// A further key for a thing.
    pub(crate) fn alias(&mut self, key: Key, thing: usize) {
        if !self.keys.contains_key(&key) {
            self.key(key, thing);
        }
    }

    pub(crate) fn get(&self, thing: usize) -> Option<&Thing> {
        self.list.get(thing)
    }

    pub(crate) fn get_mut(&mut self, thing: usize) -> Option<&mut Thing> {
        self.list.get_mut(thing)
    }

    pub(crate) fn all(&self) -> impl Iterator<Item = (usize, &Thing)> {
        self.list.iter().enumerate()
    }

    /// State bodies by kind.
    pub(crate) fn bodies(&self) -> impl Iterator<Item = (&str, &BTreeSet<usize>)> {
        self.bodies.iter().map(|(kind, things)| (kind.as_str(), things))
    }

    /// Adds a mention unless these words already are one; true when it did.
    pub(crate) fn mention(&mut self, thing: usize, span: Span, form: Form) -> bool {
        let known = || self.near(span).any(|(_, other, _)| *other == span);
        let new = !span.is_empty() && span.len() <= LONGEST_NAME && !known();
        if new {
            let place = self.mentions.len();
            self.by_start.entry(span.start()).or_default().push(place);
            self.places.insert((thing, span.start(), place, span.end()));
            self.longest = self.longest.max(span.end() - span.start());
            self.mentions.push((thing, span, form));
        }
        new
    }

    /// The mentions that may touch a span, in text order.
    fn near(&self, span: Span) -> impl Iterator<Item = &(usize, Span, Form)> {
        let from = span.start().saturating_sub(self.longest);
        let places = self.by_start.range(from..span.end().max(from)).flat_map(|(_, places)| places);
        places.filter_map(|at| self.mentions.get(*at))
    }

    /// True for one word of a longer name of a firm or the like: "Océan Indien Fret" does not name India.
    pub(crate) fn names_organisation(&self, span: Span) -> bool {
        let body = |thing: &Thing| thing.kind == EntityKind::Organisation && !thing.known && !thing.is_state;
        self.near(span).any(|(thing, other, form)| {
            *form == Form::Name
                && other.contains(span)
                && *other != span
                && self.list.get(*thing).is_some_and(body)
        })
    }

    /// Things of the world data with their place there.
    pub(crate) fn named(&self) -> Vec<((usize, usize), usize)> {
        let named = self.keys.iter().filter_map(|(key, at)| match key {
            Key::Named(file, row) => Some(((*file, *row), *at)),
            _ => None,
        });
        named.collect()
    }

    /// Mentions of things of a kind, with the thing.
    pub(crate) fn mentioned(&self, kind: EntityKind) -> impl Iterator<Item = (usize, Span)> {
        let of_kind = move |thing: usize| self.list.get(thing).is_some_and(|thing| thing.kind == kind);
        self.mentions
            .iter()
            .filter(move |(thing, _, _)| of_kind(*thing))
            .map(|(thing, span, _)| (*thing, *span))
    }

    /// Which of these things is named last before a span.
    pub(crate) fn last_before(&self, things: &BTreeSet<usize>, span: Span) -> Option<usize> {
        let last = |thing: &usize| {
            let until = (*thing, span.start(), usize::MAX, u32::MAX);
            let mut before = self.places.range((*thing, 0, 0, 0)..=until).rev();
            before.find(|(_, _, _, end)| *end <= span.start())
        };
        let before = things.iter().filter_map(last).max_by_key(|(_, start, place, _)| (*start, *place));
        before.map(|(thing, _, _, _)| *thing)
    }

    /// The thing of one of these kinds that is named last before a place, within `reach` bytes; of two names that end at one
    /// place the one whose kind comes later.
    pub(crate) fn right_before(&self, start: u32, reach: u32, kinds: &[EntityKind]) -> Option<(usize, Span)> {
        let rank = |thing: usize| {
            kinds.iter().position(|kind| self.list.get(thing).is_some_and(|it| it.kind == *kind))
        };
        let reached = Span::between(start.saturating_sub(reach), start);
        let ended =
            self.near(reached).filter(|(_, span, _)| span.end() <= start && start - span.end() <= reach);
        let ranked = ended.filter_map(|(thing, span, _)| Some((rank(*thing)?, *thing, *span)));
        ranked.max_by_key(|(rank, _, span)| (span.end(), *rank)).map(|(_, thing, span)| (thing, span))
    }

    /// True when a mention touches these words.
    pub(crate) fn covers(&self, span: Span) -> bool {
        self.near(span).any(|(_, other, _)| other.overlaps(span))
    }

    /// The things whose mentions touch a span, each with the mention, in order.
    pub(crate) fn touching(&self, span: Span) -> impl Iterator<Item = (usize, Span)> {
        let touching = self.near(span).filter(move |(_, other, _)| other.overlaps(span));
        touching.map(|(thing, other, _)| (*thing, *other))
    }

    /// Each person's name: of its full names in the text the one with most words, without an ending where it can be had.
    fn name_persons(&mut self, text: &str) {
        let rank = |name: &str| (name.split([' ', '-']).count(), std::cmp::Reverse(name.len()));
        let mut best: BTreeMap<usize, &str> = BTreeMap::new();
        for (thing, span, _) in self.mentions.iter().filter(|(_, _, form)| *form == Form::Name) {
            let name = span.of(text);
            let known = best.entry(*thing).or_insert(name);
            if rank(name) > rank(known) {
                *known = name;
            }
        }
        for (thing, name) in best {
            // A Cyrillic name inflects in every word: the data's own form is better where it is as full.
            let kept = |person: &Thing| {
                person.name.contains(|c: char| ('\u{400}'..'\u{500}').contains(&c))
                    && rank(&person.name).0 >= rank(name).0
            };
            let person =
                self.list.get_mut(thing).filter(|thing| thing.kind == EntityKind::Person && !kept(thing));
            if let Some(person) = person {
                name.clone_into(&mut person.name);
            }
        }
    }

    /// Entities in order of first mention. A mention inside a longer one of another thing's name is left out.
    /// A person is called by the longest of its names in the text.
    pub(crate) fn finish(mut self, text: &str) -> Entities {
        self.mentions.sort_by_key(|(_, span, _)| (span.start(), std::cmp::Reverse(span.end())));
        // Longer ones come first at each place, so one that ends before an earlier one's end lies inside it.
        let mut reached = 0;
        self.mentions.retain(|(_, span, _)| {
            let inside = span.end() <= reached;
            reached = reached.max(span.end());
            !inside
        });
        self.name_persons(text);
        let mut ids: BTreeMap<usize, EntityId> = BTreeMap::new();
        let mut entities = Entities::default();
        for (thing, span, form) in &self.mentions {
            let next = EntityId(ids.len() as u32 + 1);
            let id = *ids.entry(*thing).or_insert(next);
            if id == next {
                entities.entities.extend(self.list.get(*thing).map(|thing| entity(id, thing)));
            }
            entities.mentions.push(Mention { entity: id, span: *span, form: *form });
        }
        entities
    }
}

/// The last word of a folded name with each other one; none for a name of one word.
fn word_pairs(folded: &str) -> BTreeSet<(String, String)> {
    let words: Vec<&str> = folded.split([' ', '-']).collect();
    let Some((last, others)) = words.split_last() else { return BTreeSet::new() };
    others.iter().map(|other| ((*last).to_owned(), (*other).to_owned())).collect()
}

fn entity(id: EntityId, thing: &Thing) -> Entity {
    Entity {
        id,
        kind: thing.kind,
        name: thing.name.clone(),
        country: thing.country.clone(),
        role: thing.role,
        matches: thing.matches.clone(),
        is_media: thing.is_media,
        gender: thing.gender,
        is_state: thing.is_state,
    }
}
