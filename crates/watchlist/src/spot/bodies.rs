//! Organisations, ships and other things in a text: their words in order, legal forms left out.

use super::Hit;
use super::rules::rules;
use super::words::{Tie, Word};
use crate::key::key;
use crate::party::{NameQuality, PartyName};
use crate::romanise::romanise;
use std::collections::{BTreeMap, BTreeSet};

/// The score of a name whose words all fit.
const WHOLE: f64 = 0.93;
/// Shortest single word that is told alone.
const SINGLE_LENGTH: usize = 5;
/// Shortest single word that is told alone though only one list has it.
const SINGLE_RARE: usize = 9;
/// How far, in words, a word for a ship may stand from its name.
const NEAR: usize = 4;

/// Listed bodies by the key of their first word.
#[derive(Debug, Default)]
pub(super) struct Bodies {
    names: Vec<Name>,
    by_first: BTreeMap<String, Vec<usize>>,
}

#[derive(Debug)]
struct Name {
    party: u32,
    number: u32,
    keys: Vec<String>,
    vessel: bool,
    /// Of a single word: its letters, for a key alone is too little there.
    letters: Option<String>,
    list: String,
    curated: bool,
}

impl Bodies {
    pub(super) fn add(&mut self, (party, number): (u32, u32), name: &PartyName, schema: &str, list: &str) {
        let vessel = schema == "Vessel";
        let words: Vec<String> = core_words(&name.full);
        let keys: Vec<String> = words.iter().map(|word| key(word)).collect();
        let [first, ..] = keys.as_slice() else { return };
        let alone = keys.len() == 1 && !vessel;
        let ordinary = words.iter().all(|word| rules().is_ordinary(word));
        let short = words.iter().any(|word| word.chars().count() < SINGLE_LENGTH);
        let weak = name.quality == NameQuality::Weak;
        if keys.iter().any(String::is_empty) || weak || (ordinary && !vessel) || (alone && short) {
            return;
        }
        self.by_first.entry(first.clone()).or_default().push(self.names.len());
        let letters = if keys.len() == 1 { words.first().and_then(|word| romanise(word)) } else { None };
        let curated = name.quality == NameQuality::Unlisted;
        self.names.push(Name { party, number, keys, vessel, letters, list: list.into(), curated });
    }

    pub(super) fn find(&self, words: &[Word], text: &str) -> Vec<Hit> {
        let sea = words.iter().any(is_vessel_word);
        let mut hits = Vec::new();
        let mut ships = Vec::new();
        for (at, word) in words.iter().enumerate().filter(|(_, word)| word.capital) {
            let lists = word.forms.iter().filter_map(|form| self.by_first.get(&form.key));
            for name in lists.flatten().filter_map(|&number| self.names.get(number)) {
                let Some(hit) = name.at(words, at) else { continue };
                if !(name.vessel || self.stands_alone(name)) {
                    continue;
                }
                if name.vessel {
                    let plain = name.keys.len() == 1;
                    let shown = near_vessel_word(words, at, name.keys.len()) || (sea && quoted(text, &hit));
                    ships.push((hit, shown || (sea && !plain)));
                } else {
                    hits.push(hit);
                }
            }
        }
        let seen: BTreeSet<u32> =
            ships.iter().filter(|(_, shown)| *shown).map(|(hit, _)| hit.party).collect();
        hits.extend(ships.into_iter().map(|(hit, _)| hit).filter(|hit| seen.contains(&hit.party)));
        hits
    }
}

impl Bodies {
    /// True for several words, and for a single one that is long, on two lists, or known to us.
    fn stands_alone(&self, name: &Name) -> bool {
        let Some(letters) = &name.letters else { return true };
        let same = name.keys.first().and_then(|key| self.by_first.get(key)).into_iter().flatten();
        let same =
            same.filter_map(|&at| self.names.get(at)).filter(|other| other.letters.as_ref() == Some(letters));
        let lists: BTreeSet<&str> = same.map(|other| other.list.as_str()).collect();
        name.curated || letters.len() >= SINGLE_RARE || lists.len() > 1
    }
}

impl Name {
    fn at(&self, words: &[Word], at: usize) -> Option<Hit> {
        let mut inflected = false;
        if let (Some(letters), Some(word)) = (&self.letters, words.get(at)) {
            let stems = rules().stems(&word.lower);
            let spelt = |form: &String| romanise(form).as_ref() == Some(letters);
            if !(spelt(&word.lower) || stems.iter().any(spelt)) {
                return None;
            }
        }
        for (offset, part) in self.keys.iter().enumerate() {
            let word = words.get(at + offset)?;
            let form = word.form(part)?;
            inflected |= form.inflected;
            let last = offset + 1 == self.keys.len();
            if (offset > 0 && word.tie == Tie::Break) || (last && !word.capital && word.tie != Tie::Hyphen) {
                return None;
            }
        }
        let end = words.get(at + self.keys.len() - 1)?;
        let start = words.get(at)?;
        let after = words.get(at + self.keys.len()).is_some_and(|word| word.tie == Tie::Hyphen);
        Some(Hit {
            span: start.span.cover(end.span),
            party: self.party,
            name: self.number,
            inflected: inflected || after,
            partial: false,
            score: WHOLE,
            why: "every word of the listed name, legal forms aside".into(),
        })
    }
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

fn is_vessel_word(word: &Word) -> bool {
    rules().vessel_words.iter().any(|known| known.to_lowercase() == word.lower)
}

fn near_vessel_word(words: &[Word], at: usize, length: usize) -> bool {
    let before = words.iter().take(at).rev().take(NEAR);
    let after = words.iter().skip(at + length).take(2);
    before.chain(after).any(is_vessel_word)
}

fn quoted(text: &str, hit: &Hit) -> bool {
    let before = text.get(..hit.span.start as usize).and_then(|t| t.chars().next_back());
    let after = text.get(hit.span.end as usize..).and_then(|t| t.chars().next());
    let quote = |c: Option<char>| {
        c.is_some_and(|c| matches!(c, '"' | '„' | '“' | '”' | '«' | '»' | '‘' | '’' | '\''))
    };
    quote(before) && quote(after)
}
