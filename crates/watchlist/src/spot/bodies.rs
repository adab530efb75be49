//! Organisations, ships and other things in a text: their words in order, legal forms left out.

use super::keys::{Form, KeyId, KeysBuilder, pair};
use super::layout::{Compiled, Gathered, Section};
use super::parties::records;
use super::rules::rules;
use super::words::{Tie, Words, words_of};
use super::{Hit, Seen};
use crate::party::{NameQuality, PartyName};
use foldhash::HashMap;
use lagebild_mapped::{Multimap, Records, hash_of, multimap};
use lagebild_names::{LONGEST_LEGAL_FORM, legal_form, romanise};
use lagebild_span::Span;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Shortest single word that is told alone.
const SINGLE_LENGTH: usize = 5;
/// Shortest single word that is told alone though only one list has it.
const SINGLE_RARE: usize = 9;
/// Fewest letters of a body's name.
const FEWEST_LETTERS: usize = 3;
/// Shortest abbreviation that is told by its capitals.
const CAPITALS: usize = 4;
/// A body's name of so many words is no accident.
const SURE: usize = 3;
/// How far, in words, a word for a ship or a company may stand from its name.
const NEAR: usize = 2;

/// Listed bodies by the keys of their first two words, or of their only one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bodies<'a> {
    names: Records<'a>,
    pairs: Multimap<'a>,
    singles: Multimap<'a>,
    /// On how many lists a name of a single word stands, by its key and its letters: a key alone is too little here.
    lists: Multimap<'a>,
    /// Keys of first words, of either kind.
    firsts: Multimap<'a>,
}

/// Bodies while they are gathered.
#[derive(Debug, Default)]
pub(super) struct BodiesBuilder {
    names: Vec<Name>,
    pairs: Vec<(u64, u32)>,
    singles: Vec<(u64, u32)>,
    lists: HashMap<u64, BTreeSet<Box<str>>>,
    firsts: Vec<(u64, u32)>,
}

/// A body's name by the keys of its words.
#[derive(Debug, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "independent marks of a listed name")]
pub(super) struct Name {
    party: u32,
    number: u32,
    keys: Box<[KeyId]>,
    vessel: bool,
    /// True for a name that says too little in a text (weak, an abbreviation, ordinary words): it needs a legal form beside
    /// it, or somebody who knows that the words are a name.
    asked: bool,
    weak: bool,
    /// True for ordinary words, which need a sign that a company is meant.
    ordinary: bool,
    curated: bool,
    /// True for a name that ends in a small letter itself ("Gardiens de la révolution").
    ends_small: bool,
    /// For each word whether the list has a mark before it ("Plant, Tula"): the text may have one there, too.
    marks: Box<[bool]>,
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

impl BodiesBuilder {
    pub(super) fn add(
        &mut self,
        id: (u32, u32),
        name: &PartyName,
        (schema, list): (&str, &str),
        keys: &mut KeysBuilder,
    ) {
        let vessel = schema == "Vessel";
        let core = core_words(&name.full);
        let words: Vec<String> = core.iter().map(|(word, _)| word.to_lowercase()).collect();
        let ordinary = words.iter().all(|word| rules().is_ordinary(word));
        let short = words.iter().any(|word| word.chars().count() < SINGLE_LENGTH);
        let alone = words.len() == 1 && !vessel;
        let letters = words.iter().map(|word| word.chars().count()).sum::<usize>();
        if letters < FEWEST_LETTERS {
            return;
        }
        let article = name.full.split_whitespace().count() == 2 && first_is_article(&name.full);
        let asked = name.quality == NameQuality::Weak
            || (alone && (short || article))
            || (words.len() > 1 && letters < SINGLE_LENGTH)
            || (ordinary && !alone && !vessel);
        let numbers: Option<Box<[KeyId]>> = words.iter().map(|word| keys.of_listed(word)).collect();
        let Some(numbers) = numbers else { return };
        let at = self.names.len() as u32;
        let mut letters = None;
        match *numbers {
            [] => return,
            [only] => {
                letters = words.first().and_then(|word| romanise(word)).map(String::into_boxed_str);
                self.singles.push((u64::from(only), at));
                let letters = letters.as_deref().unwrap_or_default();
                self.lists.entry(written(only, letters)).or_default().insert(list.into());
                self.firsts.push((u64::from(only), 0));
            }
            [first, second, ..] => {
                self.pairs.push((pair(first, second), at));
                self.firsts.push((u64::from(first), 0));
            }
        }
        let curated = name.quality == NameQuality::Unlisted;
        // What a list writes in capitals throughout, a text may write small after the first word.
        let capitals = !vessel && core.len() >= SURE && !name.full.contains(char::is_lowercase);
        let ends_small =
            capitals || core.last().is_some_and(|(word, _)| word.starts_with(char::is_lowercase));
        self.names.push(Name {
            party: id.0,
            number: id.1,
            keys: numbers,
            vessel,
            asked,
            weak: name.quality == NameQuality::Weak,
            ordinary,
            curated,
            ends_small,
            marks: core.iter().map(|(_, mark)| *mark).collect(),
            letters,
        });
    }

    pub(super) fn finish(self, into: &mut Gathered) {
        into.put(Section::Bodies, records(&self.names));
        into.put(Section::BodyPairs, multimap(self.pairs));
        into.put(Section::BodySingles, multimap(self.singles));
        let lists = self.lists.into_iter().map(|(name, lists)| (name, lists.len() as u32));
        into.put(Section::BodyLists, multimap(lists));
        into.put(Section::BodyFirsts, multimap(self.firsts));
    }
}

/// The key of a name of one word, with its letters.
fn written(key: KeyId, letters: &str) -> u64 {
    hash_of(&[&key.to_le_bytes(), letters.as_bytes()].concat())
}

impl<'a> Bodies<'a> {
    pub(super) fn of(file: &'a Compiled) -> Self {
        Self {
            names: Records::of(file.section(Section::Bodies)),
            pairs: Multimap::of(file.section(Section::BodyPairs)),
            singles: Multimap::of(file.section(Section::BodySingles)),
            lists: Multimap::of(file.section(Section::BodyLists)),
            firsts: Multimap::of(file.section(Section::BodyFirsts)),
        }
    }

    /// The bodies whose names begin at word `at`.
    pub(super) fn find(&self, words: &Words, at: usize, forms: &[Form], seen: &mut Seen) {
        for form in forms.iter().filter(|form| self.firsts.contains(u64::from(form.key))) {
            for name in self.candidates(words, at, form.key) {
                let Some((hit, formed)) = name.at(words, at) else { continue };
                if name.vessel {
                    let long = name.keys.len() > 1;
                    let near = near(words, at, name.keys.len(), &rules().vessel_words);
                    let marked = long || quoted(words.text, &hit);
                    seen.ships.extend((!name.asked).then_some(Ship { hit, near, marked }));
                } else if formed || self.is_told(&name, words, at) {
                    seen.hits.push(hit);
                }
            }
        }
    }

    /// The bodies whose name all these words are; of those that say too little alone only when the words are `sure`.
    pub(super) fn named(&self, words: &Words, sure: bool) -> Vec<Hit> {
        let Some(forms) = words.forms(0) else { return Vec::new() };
        let names = forms.iter().flat_map(|form| self.candidates(words, 0, form.key));
        let whole = words.span(0, words.list.len().saturating_sub(1));
        let told = |name: &Name| !name.vessel && (sure || !name.asked && !name.ordinary);
        let hits = names.filter(told).filter_map(|name| name.at(words, 0));
        hits.map(|(hit, _)| hit).filter(|hit| hit.span == whole).collect()
    }

    fn candidates(&self, words: &Words, at: usize, first: KeyId) -> Vec<Name> {
        let mut all: BTreeSet<u32> = self.singles.get(u64::from(first)).collect();
        let next = words.forms(at + 1).filter(|_| at + 1 < words.list.len());
        for second in next.iter().flat_map(|forms| forms.iter()) {
            all.extend(self.pairs.get(pair(first, second.key)));
        }
        let name = |at| postcard::from_bytes(self.names.get(at)?).ok();
        all.into_iter().filter_map(name).collect()
    }

    /// Several words are told by themselves, a single one when it is long, in capitals, on two lists, or known to us; else by
    /// a word for companies right beside it.
    fn is_told(&self, name: &Name, words: &Words, at: usize) -> bool {
        let Some(letters) = &name.letters else { return !name.asked };
        let company = &rules().company_words;
        let beside = |at: usize| is_one_of(words, at, company);
        if (at > 0 && words.tied_to_name(at) && beside(at - 1)) || (words.joins(at + 1) && beside(at + 1)) {
            return true;
        }
        if name.ordinary {
            return false;
        }
        if !name.weak && letters.len() >= CAPITALS && words.in_capitals(at) {
            return true;
        }
        let key = name.keys.first().map(|key| written(*key, letters));
        let lists = key.and_then(|key| self.lists.get(key).next()).unwrap_or_default();
        !name.asked && (name.curated || letters.len() >= SINGLE_RARE || lists > 1)
    }
}

impl Name {
    /// The name where it begins at word `at`, and whether a legal form stands beside it.
    fn at(&self, words: &Words, at: usize) -> Option<(Hit, bool)> {
        let written = words.written(at);
        if let Some(letters) = &self.letters {
            let spelt = |form: &str| romanise(form).as_deref() == Some(letters);
            if !(spelt(written) || rules().stems(written, words.language).iter().any(|stem| spelt(stem))) {
                return None;
            }
        }
        let mut bare: Vec<String> = Vec::new();
        let mut inflected = false;
        for ((place, key), mark) in (at..).zip(&self.keys).zip(&self.marks) {
            let word = words.get(place)?;
            let form = words.form(place, *key)?;
            let last = place + 1 == at + self.keys.len();
            let parted = place > at && !goes_over(words, place, *mark);
            if parted || (last && !word.capital && word.tie != Tie::Hyphen && !self.ends_small) {
                return None;
            }
            inflected |= form.stem.is_some();
            bare.push(form.stem.map_or_else(|| words.written(place).to_owned(), String::from));
        }
        let end = at + self.keys.len() - 1;
        let (first, last) = if self.vessel { (at, end) } else { with_legal_forms(words, at, end) };
        let written = |place: usize| words.written(place).to_owned();
        let whole: Vec<String> =
            (first..at).map(written).chain(bare).chain((end + 1..=last).map(written)).collect();
        let hit = Hit {
            inflected: inflected || words.tied(end + 1),
            bare: whole.join(" "),
            ..Hit::new(closed(words.text, words.span(first, last)), (self.party, self.number))
        };
        Some((hit, (first, last) != (at, end)))
    }
}

/// Whether the name goes on over what stands before a word: quotation marks anywhere, other marks where the list has some.
fn goes_over(words: &Words, place: usize, mark: bool) -> bool {
    match words.get(place).map(|word| word.tie) {
        Some(Tie::Space | Tie::Hyphen) => true,
        Some(Tie::Mark) => mark || words.between(place).chars().all(|c| c == ' ' || is_quote(c)),
        _ => false,
    }
}

/// The words of a body's name with the legal forms that stand beside it: "OOO «", ", Ltd.", " (Pte) Ltd".
fn with_legal_forms(words: &Words, first: usize, last: usize) -> (usize, usize) {
    let (mut from, mut to) = (first, last);
    let tied = |at: usize| words.get(at).is_some_and(|word| word.tie != Tie::Break);
    while tied(to + 1)
        && let Some(length) =
            words.legal_form(to + 1).filter(|_| words.get(to + 1).is_some_and(|word| word.capital))
    {
        to += length;
    }
    while from > 0
        && tied(from)
        && !words.between(from).contains([',', '/'])
        && let Some(length) = (1..=LONGEST_LEGAL_FORM.min(from))
            .rev()
            .find(|&length| words.legal_form(from - length) == Some(length))
            .filter(|&length| words.get(from - length).is_some_and(|word| word.capital))
    {
        from -= length;
    }
    (from, to)
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

/// A word of the list a few words before the name or right behind it, in the same sentence.
fn near(words: &Words, at: usize, length: usize, list: &BTreeSet<String>) -> bool {
    let same = |at: usize| !words.between(at).contains(['.', '\n']);
    let mut before = (1..=NEAR.min(at)).take_while(|back| same(at + 1 - back)).map(|back| at - back);
    let behind = at + length;
    before.any(|at| is_one_of(words, at, list))
        || same(behind) && is_one_of(words, behind, list)
        || explained(words, behind, list)
}

/// A word of the list in what a comma and no definite article lead in: "the Alpha, a small tanker,".
fn explained(words: &Words, behind: usize, list: &BTreeSet<String>) -> bool {
    let goes_on = |at: &usize| *at == behind || words.between(*at).trim().is_empty();
    words.between(behind).trim() == ","
        && !is_one_of(words, behind, &rules().articles)
        && (behind..=behind + NEAR).take_while(goes_on).any(|at| is_one_of(words, at, list))
}

/// The words of a name as they are written, without its legal forms and without brackets at its end, each with whether a
/// mark stands before it.
fn core_words(full: &str) -> Vec<(&str, bool)> {
    let bracket = full.strip_suffix(')').and_then(|rest| rest.split_once('('));
    let full = bracket.map_or(full, |(before, _)| before);
    let mut words: Vec<(&str, bool)> = words_of(full)
        .iter()
        .map(|word| (word.span.of(full), !matches!(word.tie, Tie::Space | Tie::Hyphen)))
        .collect();
    let plain: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
    let (mut from, mut to) = (usize::from(first_is_article(full) && plain.len() > 1), plain.len());
    while let Some(length) = legal_form(&plain[from..to]).filter(|length| from + length < to) {
        from += length;
    }
    while let Some(length) = (1..(to - from).min(LONGEST_LEGAL_FORM + 1))
        .rev()
        .find(|&length| legal_form(&plain[to - length..to]) == Some(length))
    {
        to -= length;
    }
    words.drain(to..);
    words.drain(..from);
    words
}

/// With the closing quotation mark where the opening one stands inside: "OOO «…»".
fn closed(text: &str, span: Span) -> Span {
    let marks = span.of(text).chars().filter(|c| is_quote(*c) && !matches!(c, '\'' | '’')).count();
    let after = text.get(span.end() as usize..).and_then(|rest| rest.chars().next());
    let mark = after.filter(|c| marks % 2 == 1 && is_quote(*c));
    span.ending(span.end() + mark.map_or(0, char::len_utf8) as u32)
}

fn first_is_article(full: &str) -> bool {
    let first = full.split(|c: char| !c.is_alphabetic()).find(|word| !word.is_empty());
    first.is_some_and(|word| rules().articles.contains(&word.to_lowercase()))
}

fn quoted(text: &str, hit: &Hit) -> bool {
    let before = text.get(..hit.span.start() as usize).and_then(|t| t.chars().next_back());
    let after = text.get(hit.span.end() as usize..).and_then(|t| t.chars().next());
    before.is_some_and(is_quote) && after.is_some_and(is_quote)
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '„' | '“' | '”' | '«' | '»' | '‘' | '’' | '\'')
}
