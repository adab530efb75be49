//! Organisations, ships and other things in a text: their words in order, legal forms left out.

use super::keys::{Form, KeyId, Keys};
use super::rules::rules;
use super::words::{Tie, Words};
use super::{Hit, Seen};
use crate::key::key;
use crate::party::{NameQuality, PartyName};
use crate::romanise::romanise;
use foldhash::{HashMap, HashSet};
use std::collections::BTreeSet;

/// Shortest single word that is told alone.
const SINGLE_LENGTH: usize = 5;
/// Shortest single word that is told alone though only one list has it.
const SINGLE_RARE: usize = 9;
/// How far, in words, a word for a ship or a company may stand from its name.
const NEAR: usize = 4;

/// Listed bodies by the keys of their first two words, or of their only one.
#[derive(Debug, Default)]
pub(super) struct Bodies {
    names: Vec<Name>,
    pairs: HashMap<(KeyId, KeyId), Vec<u32>>,
    single: HashMap<KeyId, Single>,
    /// Keys of first words, of either kind.
    first: HashSet<KeyId>,
}

/// The bodies of one name of a single word.
#[derive(Debug, Default)]
struct Single {
    names: Vec<u32>,
    /// The lists that have such a name, by its letters: a key alone is too little here.
    lists: HashMap<Box<str>, BTreeSet<Box<str>>>,
}

#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "independent marks of a listed name")]
struct Name {
    party: u32,
    number: u32,
    keys: Box<[KeyId]>,
    vessel: bool,
    /// True for ordinary words, which need a sign that a company is meant.
    ordinary: bool,
    curated: bool,
    /// True for a name that ends in a small letter itself ("Gardiens de la révolution").
    ends_small: bool,
    /// Of a single word: its letters.
    letters: Option<Box<str>>,
}

/// What may be a ship's name.
pub(super) struct Ship {
    hit: Hit,
    /// A word for ships stands near.
    near: bool,
    /// In quotation marks, or of several words.
    marked: bool,
}

impl Bodies {
    pub(super) fn add(
        &mut self,
        id: (u32, u32),
        name: &PartyName,
        (schema, list): (&str, &str),
        keys: &mut Keys,
    ) {
        let vessel = schema == "Vessel";
        let words: Vec<String> = core_words(&name.full);
        let ordinary = words.iter().all(|word| rules().is_ordinary(word));
        let short = words.iter().any(|word| word.chars().count() < SINGLE_LENGTH);
        let weak = name.quality == NameQuality::Weak;
        let alone = words.len() == 1 && !vessel;
        let numbers: Option<Box<[KeyId]>> = if words.iter().any(|word| key(word).is_empty())
            || weak
            || (alone && short)
            || (ordinary && !alone && !vessel)
        {
            None
        } else {
            words.iter().map(|word| keys.of_listed(word)).collect()
        };
        let Some(numbers) = numbers else { return };
        let at = self.names.len() as u32;
        let mut letters = None;
        match *numbers {
            [] => return,
            [only] => {
                letters = words.first().and_then(|word| romanise(word)).map(String::into_boxed_str);
                let single = self.single.entry(only).or_default();
                single.names.push(at);
                single.lists.entry(letters.clone().unwrap_or_default()).or_default().insert(list.into());
                self.first.insert(only);
            }
            [first, second, ..] => {
                self.pairs.entry((first, second)).or_default().push(at);
                self.first.insert(first);
            }
        }
        let curated = name.quality == NameQuality::Unlisted;
        let ending = name.full.split_whitespace().next_back().unwrap_or_default();
        let ends_small = ending.starts_with(char::is_lowercase);
        self.names.push(Name {
            party: id.0,
            number: id.1,
            keys: numbers,
            vessel,
            ordinary,
            curated,
            ends_small,
            letters,
        });
    }

    /// The bodies whose names begin at word `at`.
    pub(super) fn find(&self, words: &Words, at: usize, forms: &[Form], seen: &mut Seen) {
        for form in forms.iter().filter(|form| self.first.contains(&form.key)) {
            for name in self.candidates(words, at, form.key) {
                let Some(hit) = name.at(words, at) else { continue };
                if name.vessel {
                    let long = name.keys.len() > 1;
                    let near = near(words, at, name.keys.len(), &rules().vessel_words);
                    let marked = long || quoted(words.text, &hit);
                    seen.ships.push(Ship { hit, near, marked });
                } else if name.keys.len() > 1 || self.stands_alone(name, words, at) {
                    seen.hits.push(hit);
                }
            }
        }
    }

    fn candidates(&self, words: &Words, at: usize, first: KeyId) -> Vec<&Name> {
        let single = self.single.get(&first).into_iter().flat_map(|single| &single.names);
        let next = words.forms(at + 1).filter(|_| at + 1 < words.list.len());
        let next: Vec<KeyId> = next.iter().flat_map(|forms| forms.iter()).map(|form| form.key).collect();
        let longer = next.iter().filter_map(|second| self.pairs.get(&(first, *second))).flatten();
        let all: BTreeSet<u32> = single.chain(longer).copied().collect();
        all.into_iter().filter_map(|at| self.names.get(at as usize)).collect()
    }

    /// A single word is told by itself when it is long, on two lists, or known to us; an ordinary word never.
    fn stands_alone(&self, name: &Name, words: &Words, at: usize) -> bool {
        let Some(letters) = &name.letters else { return true };
        if name.ordinary {
            return near(words, at, 1, &rules().company_words);
        }
        let single = name.keys.first().and_then(|key| self.single.get(key));
        let lists = single.and_then(|single| single.lists.get(letters)).map_or(0, BTreeSet::len);
        name.curated || letters.len() >= SINGLE_RARE || lists > 1
    }
}

impl Name {
    fn at(&self, words: &Words, at: usize) -> Option<Hit> {
        let written = words.written(at);
        if let Some(letters) = &self.letters {
            let spelt = |form: &str| romanise(form).as_deref() == Some(letters);
            if !(spelt(written) || rules().stems(written, words.language).iter().any(|stem| spelt(stem))) {
                return None;
            }
        }
        let mut forms: Vec<Form> = Vec::new();
        for (place, key) in (at..).zip(&self.keys) {
            let word = words.get(place)?;
            forms.push(words.form(place, *key)?);
            let last = place + 1 == at + self.keys.len();
            if (place > at && word.tie == Tie::Break)
                || (last && !word.capital && word.tie != Tie::Hyphen && !self.ends_small)
            {
                return None;
            }
        }
        let end = at + self.keys.len() - 1;
        let bare: Vec<&str> =
            (at..).zip(&forms).map(|(at, form)| form.stem.as_deref().unwrap_or(words.written(at))).collect();
        Some(Hit {
            inflected: forms.iter().any(|form| form.stem.is_some()) || words.tied(end + 1),
            bare: bare.join(" "),
            ..Hit::new(words.span(at, end), (self.party, self.number))
        })
    }
}

/// A ship's name counts near a word for ships; one of several words or in quotation marks when the text has such a word
/// at all; and what is once shown to be a ship is one everywhere.
pub(super) fn shown_ships(text: &str, ships: Vec<Ship>) -> impl Iterator<Item = Hit> {
    let is_ship_word = |word: &str| rules().vessel_words.contains(&word.to_lowercase());
    let mut at_sea = None;
    let mut shown = |ship: &&Ship| {
        let mut sea =
            || *at_sea.get_or_insert_with(|| text.split(|c: char| !c.is_alphanumeric()).any(is_ship_word));
        ship.near || ship.marked && sea()
    };
    let seen: BTreeSet<u32> = ships.iter().filter(&mut shown).map(|ship| ship.hit.id.0).collect();
    ships.into_iter().map(|ship| ship.hit).filter(move |hit| seen.contains(&hit.id.0))
}

fn is_one_of(words: &Words, at: usize, list: &BTreeSet<String>) -> bool {
    list.contains(&words.written(at).to_lowercase())
}

fn near(words: &Words, at: usize, length: usize, list: &BTreeSet<String>) -> bool {
    let before = at.saturating_sub(NEAR)..at;
    before.chain(at + length..at + length + 2).any(|at| is_one_of(words, at, list))
}

/// The words of a name in lower case, without its legal form and without brackets at its end.
fn core_words(full: &str) -> Vec<String> {
    let bracket = full.strip_suffix(')').and_then(|rest| rest.split_once('('));
    let mut lower = bracket.map_or(full, |(before, _)| before).to_lowercase();
    for form in rules().legal_forms.iter().filter(|form| form.contains(' ')) {
        lower = lower.replace(form.as_str(), " ");
    }
    let words = lower.split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’' | '\u{301}')));
    let mut words: Vec<String> = words.filter(|word| !word.is_empty()).map(String::from).collect();
    let legal = |word: Option<&String>| word.is_some_and(|word| rules().legal_forms.contains(word));
    while words.len() > 1 && legal(words.last()) {
        words.pop();
    }
    while words.len() > 1 && legal(words.first()) {
        words.remove(0);
    }
    words
}

fn quoted(text: &str, hit: &Hit) -> bool {
    let before = text.get(..hit.span.start as usize).and_then(|t| t.chars().next_back());
    let after = text.get(hit.span.end as usize..).and_then(|t| t.chars().next());
    let quote = |c: Option<char>| {
        c.is_some_and(|c| matches!(c, '"' | '„' | '“' | '”' | '«' | '»' | '‘' | '’' | '\''))
    };
    quote(before) && quote(after)
}
