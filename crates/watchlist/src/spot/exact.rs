//! Names in scripts that are compared letter by letter: Hangul (a whole name is one word there), Han, Kana, Arabic.

use super::rules::rules;
use super::words::Word;
use super::{Hit, family_and_given};
use crate::party::PartyName;
use crate::romanise::romanise;
use lagebild_span::Span;
use std::collections::BTreeMap;

/// The score of a name that stands in the text letter by letter.
const WHOLE: f64 = 0.95;
/// The score of a surname alone.
const SURNAME: f64 = 0.5;

/// Names by their first letter.
#[derive(Debug, Default)]
pub(super) struct Exact {
    by_letter: BTreeMap<char, Vec<Name>>,
}

#[derive(Debug)]
struct Name {
    party: u32,
    number: u32,
    written: String,
    partial: bool,
}

impl Exact {
    /// Takes a name in one of these scripts; false for any other name.
    pub(super) fn add(&mut self, (party, number): (u32, u32), name: &PartyName) -> bool {
        if !is_exact(&name.full) {
            return false;
        }
        let plain = plain(&name.full);
        self.push(Name { party, number, written: plain.replace(' ', ""), partial: false });
        self.push(Name { party, number, written: plain, partial: false });
        if name.part("lastName").next().is_none() {
            return true;
        }
        let (family, given) = family_and_given(name);
        let (family, given) = (plain_words(&family), plain_words(&given));
        for written in
            [format!("{family} {given}"), format!("{given} {family}"), format!("{given}・{family}")]
        {
            self.push(Name { party, number, written, partial: false });
        }
        if family.chars().count() >= 2 {
            self.push(Name { party, number, written: family, partial: true });
        }
        true
    }

    fn push(&mut self, name: Name) {
        if let Some(letter) = name.written.chars().next() {
            self.by_letter.entry(letter).or_default().push(name);
        }
    }

    pub(super) fn find(&self, words: &[Word], text: &str) -> Vec<Hit> {
        let mut hits = Vec::new();
        for word in words.iter().filter(|word| is_exact(&word.lower)) {
            let written = word.span.of(text);
            for (offset, letter) in written.char_indices().filter(|&(at, _)| starts(written, at)) {
                let start = word.span.start as usize + offset;
                let names = self.by_letter.get(&letter).into_iter().flatten();
                hits.extend(names.filter_map(|name| name.at(text, start)));
            }
        }
        hits
    }
}

impl Name {
    fn at(&self, text: &str, start: usize) -> Option<Hit> {
        let rest = text.get(start..)?.strip_prefix(self.written.as_str())?;
        let tail: &str = rest.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        let attached = rules().attached.iter().any(|known| known == tail);
        let open = self.written.chars().next_back().is_some_and(is_unspaced);
        if !(tail.is_empty() || attached || open) {
            return None;
        }
        let end = start + self.written.len();
        let (score, why) = if self.partial {
            (SURNAME, "surname alone, letter by letter")
        } else {
            (WHOLE, "letter by letter")
        };
        Some(Hit {
            span: Span::new(start, end),
            party: self.party,
            name: self.number,
            inflected: attached,
            partial: self.partial,
            score,
            why: why.into(),
        })
    }
}

/// Where a name may start in a word: at its start, after an Arabic prefix, anywhere in Han and Kana.
fn starts(word: &str, at: usize) -> bool {
    let (before, after) = word.split_at_checked(at).unwrap_or_default();
    at == 0
        || after.chars().next().is_some_and(is_unspaced)
        || rules().prefixes.iter().any(|prefix| prefix == before)
}

/// True for Hangul, and for scripts that have no romanisation here.
fn is_exact(text: &str) -> bool {
    let mut letters = text.chars().filter(|letter| letter.is_alphabetic());
    letters.any(|letter| matches!(letter, '가'..='힣') || romanise(&letter.to_string()).is_none())
}

/// Scripts that write without spaces between words.
fn is_unspaced(letter: char) -> bool {
    matches!(letter, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{e00}'..='\u{e7f}')
}

fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn plain_words(words: &[String]) -> String {
    words.join(" ")
}
