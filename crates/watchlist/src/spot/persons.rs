//! Persons' names in a text, and surnames alone.

use super::rules::rules;
use super::words::{Form, Tie, Word};
use super::{Hit, family_and_given};
use crate::key::key;
use crate::party::{NameQuality, PartyName};
use lagebild_span::Span;
use std::collections::{BTreeMap, BTreeSet};

/// The score of a first and a family name whose keys fit.
const FIRST_AND_FAMILY: f64 = 0.9;
/// The same with an initial for the first name.
const INITIAL_AND_FAMILY: f64 = 0.7;
/// Added when every listed part is in the text.
const ALL_PARTS: f64 = 0.05;
/// A surname alone, the full name elsewhere in the text.
const SURNAME_CONFIRMED: f64 = 0.7;
/// A surname alone that only one listed person bears.
const SURNAME_RARE: f64 = 0.45;
/// Shortest key of a surname that is told alone without its full name.
const RARE_LENGTH: usize = 5;

/// On how many lists the bearers of such a surname stand at least: they are then much in the news.
const RARE_LISTS: usize = 3;

/// Listed persons by the key of their family name.
#[derive(Debug, Default)]
pub(super) struct Persons {
    names: Vec<Name>,
    by_family: BTreeMap<String, Vec<usize>>,
}

#[derive(Debug)]
struct Name {
    party: u32,
    number: u32,
    family: Vec<String>,
    given: Vec<String>,
    /// The given names run together: Jong Un, Jong-un, Jongun.
    joined: String,
    family_first: bool,
    weak: bool,
    list: String,
}

/// Words of the text that fit a name's other parts.
struct Fit {
    first: usize,
    last: usize,
    inflected: bool,
    initial: bool,
    parts: usize,
}

impl Persons {
    pub(super) fn add(&mut self, (party, number): (u32, u32), name: &PartyName, list: &str) {
        let (family, given) = family_and_given(name);
        let family_first = family.first().is_some_and(|word| name.full.starts_with(word.as_str()));
        let keys = |words: &[String]| -> Vec<String> {
            let light = |word: &&String| !rules().particles.contains(&word.to_lowercase());
            words.iter().filter(light).map(|word| key(word)).collect()
        };
        let (family, given) = (keys(&family), keys(&given));
        if family.is_empty() || given.is_empty() || family.iter().chain(&given).any(String::is_empty) {
            return;
        }
        let head = family.first().cloned().unwrap_or_default();
        self.by_family.entry(head).or_default().push(self.names.len());
        let joined = given.concat();
        let weak = name.quality == NameQuality::Weak;
        let list = list.into();
        self.names.push(Name { party, number, family, given, joined, family_first, weak, list });
    }

    fn bearers<'a>(&'a self, word: &'a Word) -> impl Iterator<Item = (&'a Name, &'a Form)> {
        let lists = word.forms.iter().filter_map(|form| Some((form, self.by_family.get(&form.key)?)));
        lists.flat_map(move |(form, list)| {
            list.iter().filter_map(move |&at| Some((self.names.get(at)?, form)))
        })
    }

    /// First name (or its initial) and family name, in either order, other listed parts between them.
    pub(super) fn full(&self, words: &[Word]) -> Vec<Hit> {
        let mut hits = Vec::new();
        for (at, word) in words.iter().enumerate().filter(|(_, word)| word.capital) {
            for (name, form) in self.bearers(word) {
                let end = name.family_end(words, at);
                let fits = [name.given_before(words, at), name.given_after(words, end)];
                for fit in fits.into_iter().flatten() {
                    let span = join(words, at.min(fit.first), end.max(fit.last));
                    hits.push(name.hit(span, fit.inflected || form.inflected, &fit));
                }
            }
        }
        hits
    }

    /// Surnames alone: of parties that the text names in full, else of the only person who bears it.
    pub(super) fn surnames(&self, words: &[Word], confirmed: &[u32]) -> Vec<Hit> {
        let mut hits = Vec::new();
        for (at, word) in words.iter().enumerate().filter(|(_, word)| word.capital) {
            if rules().is_ordinary(&word.lower) {
                continue;
            }
            let named: Vec<_> =
                self.bearers(word).filter(|(name, _)| confirmed.contains(&name.party)).collect();
            let (bearers, score, why) = if !named.is_empty() {
                (named, SURNAME_CONFIRMED, "surname alone; the full name stands elsewhere in the text")
            } else if self.is_rare(word) {
                (
                    self.bearers(word).collect(),
                    SURNAME_RARE,
                    "surname alone; one person bears it, on several lists",
                )
            } else {
                continue;
            };
            let compound = tied(words, at) || tied(words, at + 1);
            for (name, form) in bearers {
                let inflected = form.inflected || compound;
                let (party, name) = (name.party, name.number);
                hits.push(Hit {
                    span: word.span,
                    party,
                    name,
                    inflected,
                    partial: true,
                    score,
                    why: why.into(),
                });
            }
        }
        hits
    }

    /// True for a long surname whose bearers share one first name and stand on several lists.
    fn is_rare(&self, word: &Word) -> bool {
        let firsts: BTreeSet<&str> =
            self.bearers(word).filter_map(|(name, _)| name.given.first()).map(String::as_str).collect();
        let longest = word
            .forms
            .iter()
            .filter(|form| self.by_family.contains_key(&form.key))
            .map(|form| form.key.len())
            .max();
        let lists: BTreeSet<&str> = self.bearers(word).map(|(name, _)| name.list.as_str()).collect();
        firsts.len() == 1 && lists.len() >= RARE_LISTS && longest.is_some_and(|length| length >= RARE_LENGTH)
    }
}

impl Name {
    /// The last word of the family name when it starts at `at`; a second family name may be missing.
    fn family_end(&self, words: &[Word], at: usize) -> usize {
        let mut end = at;
        for part in self.family.iter().skip(1) {
            match words.get(end + 1) {
                Some(word) if word.tie != Tie::Break && word.form(part).is_some() => end += 1,
                _ => break,
            }
        }
        end
    }

    /// A family name of two letters beside an initial is too little ("U.S").
    fn long_family(&self) -> bool {
        self.family.iter().any(|part| part.len() > 2)
    }

    fn given_after(&self, words: &[Word], end: usize) -> Option<Fit> {
        let run: Vec<usize> = (end + 1..words.len()).take(4).take_while(|&at| joins(words, at)).collect();
        if self.family_first {
            return self.joined_in(words, &run);
        }
        self.in_order(words, &run)
    }

    fn given_before(&self, words: &[Word], at: usize) -> Option<Fit> {
        let mut run: Vec<usize> = Vec::new();
        let mut from = at;
        while from > 0 && run.len() < 4 && joins(words, from) {
            from -= 1;
            run.insert(0, from);
        }
        let skip = self.particle_before(words, &run);
        run.truncate(run.len() - skip);
        (0..run.len()).find_map(|start| {
            let tail = run.get(start..)?;
            let fit =
                if self.family_first { self.joined_in(words, tail) } else { self.in_order(words, tail) }?;
            (fit.last == *tail.last()?).then_some(fit)
        })
    }

    /// One when a particle stands right before the family name ("Baschar al-Assad").
    fn particle_before(&self, words: &[Word], run: &[usize]) -> usize {
        let last = run.last().and_then(|&at| words.get(at));
        usize::from(!self.family_first && last.is_some_and(|word| rules().particles.contains(&word.lower)))
    }

    /// The first given name or its initial, then other given names in their order.
    fn in_order(&self, words: &[Word], run: &[usize]) -> Option<Fit> {
        let (&first, rest) = run.split_first()?;
        let word = words.get(first)?;
        let given = self.given.first()?;
        let form = word.form(given);
        let initial = form.is_none();
        if !word.capital || (initial && !(self.long_family() && word.stands_for(given))) {
            return None;
        }
        let mut fit =
            Fit { first, last: first, inflected: form.is_some_and(|f| f.inflected), initial, parts: 1 };
        let mut others = self.given.iter().skip(1);
        for &at in rest {
            let Some(word) = words.get(at) else { break };
            if !others.any(|part| word.form(part).is_some() || word.stands_for(part)) {
                break;
            }
            fit.last = at;
            fit.parts += 1;
        }
        Some(fit)
    }

    /// All given names run together, over one to three words.
    fn joined_in(&self, words: &[Word], run: &[usize]) -> Option<Fit> {
        let mut head = String::new();
        for (count, &at) in run.iter().enumerate() {
            let word = words.get(at)?;
            if !word.capital && word.tie != Tie::Hyphen {
                return None;
            }
            if let Some(form) = word.forms.iter().find(|form| self.joined == format!("{head}{}", form.key)) {
                let first = *run.first()?;
                return Some(Fit {
                    first,
                    last: at,
                    inflected: form.inflected,
                    initial: false,
                    parts: self.given.len(),
                });
            }
            if count == 2 {
                return None;
            }
            head.push_str(&word.forms.first()?.key);
        }
        None
    }

    fn hit(&self, span: Span, inflected: bool, fit: &Fit) -> Hit {
        let whole = fit.parts == self.given.len();
        let base = if fit.initial { INITIAL_AND_FAMILY } else { FIRST_AND_FAMILY };
        let added = if whole && self.given.len() > 1 && !fit.initial { ALL_PARTS } else { 0.0 };
        let score = (base + added) * if self.weak { 0.8 } else { 1.0 };
        let parts = if whole { "every listed part" } else { "first and family name, not every listed part" };
        let why = if fit.initial { "family name and an initial" } else { parts };
        Hit { span, party: self.party, name: self.number, inflected, partial: false, score, why: why.into() }
    }
}

impl Word {
    /// True when it is the initial of a part with this key.
    fn stands_for(&self, part: &str) -> bool {
        self.initial && self.forms.first().is_some_and(|form| part.starts_with(form.key.as_str()))
    }
}

/// True when the word at `at` belongs to a name with the word before.
fn joins(words: &[Word], at: usize) -> bool {
    words.get(at).is_some_and(|word| word.tie != Tie::Break)
}

/// True when the word at `at` is tied by a hyphen to the one before.
fn tied(words: &[Word], at: usize) -> bool {
    words.get(at).is_some_and(|word| word.tie == Tie::Hyphen)
}

fn join(words: &[Word], first: usize, last: usize) -> Span {
    let at = |index: usize| words.get(index).map(|word| word.span).unwrap_or_default();
    at(first).cover(at(last))
}
