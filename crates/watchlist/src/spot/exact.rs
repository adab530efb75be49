//! Names in scripts that are compared letter by letter: Hangul (a whole name is one word there), Han, Kana, Arabic.

use super::keys::pair;
use super::layout::{Compiled, Gathered, Section};
use super::parties::record;
use super::rules::rules;
use super::{Hit, family_and_given};
use crate::party::{NameQuality, PartyName};
use lagebild_mapped::{Multimap, Records, RecordsBuilder, hash_of, multimap};
use lagebild_names::is_romanised;
use lagebild_names::scores::in_text::{LETTER_BY_LETTER, SURNAME_LETTER_BY_LETTER};
use lagebild_span::Span;
use serde::{Deserialize, Serialize};

/// Names by their first two letters.
#[derive(Clone, Copy, Debug)]
pub(super) struct Exact<'a> {
    names: Records<'a>,
    starts: Multimap<'a>,
    /// The words of persons' names in scripts that set spaces: beside a name they go on with it.
    person_words: Multimap<'a>,
}

/// Such names while they are gathered.
#[derive(Debug, Default)]
pub(super) struct ExactBuilder {
    names: RecordsBuilder,
    starts: Vec<(u64, u32)>,
    person_words: Vec<(u64, u32)>,
}

/// A way to write a name.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Name<'a> {
    party: u32,
    number: u32,
    written: &'a str,
    partial: bool,
    person: bool,
}

impl ExactBuilder {
    /// Takes a name in one of these scripts; false for any other name.
    pub(super) fn add(&mut self, (party, number): (u32, u32), name: &PartyName, person: bool) -> bool {
        if !is_exact(&name.full) {
            return false;
        }
        let plain = plain(&name.full);
        let spaced =
            plain.chars().find(|c| c.is_alphabetic()).is_some_and(|c| !is_unspaced(c) && !is_hangul(c));
        // One word is somebody's given name, and an ordinary word often.
        let doubtful = name.quality == NameQuality::Weak || person && name.quality != NameQuality::Unlisted;
        if spaced && doubtful && !plain.contains(' ') {
            return true;
        }
        if person && spaced {
            let words = plain.split(' ').filter(|word| word.chars().count() > 1);
            self.person_words.extend(words.map(|word| (hash_of(word.as_bytes()), 0)));
        }
        let mut push = |written: &str, partial| {
            if let Some(start) = start_of(written) {
                let name = record(&Name { party, number, written, partial, person });
                self.starts.push((start, self.names.push(&name)));
            }
        };
        push(&plain.replace(' ', ""), false);
        push(&plain, false);
        if name.part("lastName").next().is_none() {
            return true;
        }
        let (family, given) = family_and_given(name);
        let (family, given) = (plain_words(&family), plain_words(&given));
        for written in
            [format!("{family} {given}"), format!("{given} {family}"), format!("{given}・{family}")]
        {
            push(&written, false);
        }
        push(&family, true);
        true
    }

    pub(super) fn finish(self, into: &mut Gathered) {
        into.put(Section::Exact, self.names.finish());
        into.put(Section::ExactStarts, multimap(self.starts));
        into.put(Section::ExactWords, multimap(self.person_words));
    }
}

impl<'a> Exact<'a> {
    pub(super) fn of(file: &'a Compiled) -> Self {
        Self {
            names: Records::of(file.section(Section::Exact)),
            starts: Multimap::of(file.section(Section::ExactStarts)),
            person_words: Multimap::of(file.section(Section::ExactWords)),
        }
    }

    /// The names that begin in a word.
    pub(super) fn find(&self, word: Span, text: &str) -> Vec<Hit> {
        let written = word.of(text);
        let mut hits = Vec::new();
        for (offset, _) in written.char_indices().filter(|&(at, _)| starts(written, at)) {
            let from = word.start() as usize + offset;
            let start = text.get(from..).and_then(start_of);
            let names = start.map(|start| self.starts.get(start)).into_iter().flatten();
            let names = names.filter_map(|at| postcard::from_bytes::<Name>(self.names.get(at)?).ok());
            hits.extend(names.filter_map(|name| Some(self.whole(text, &name, name.at(text, from)?))));
        }
        hits
    }

    /// The hit with the words of persons' names that stand right before and after it: the name goes by all of them.
    fn whole(&self, text: &str, name: &Name, hit: Hit) -> Hit {
        let (before, after) = (text.get(..hit.span.start() as usize), text.get(hit.span.end() as usize..));
        let beside = |rest: Option<&str>, last: bool| {
            let rest = rest.unwrap_or_default();
            let rest = if last { rest.strip_suffix(' ')? } else { rest.strip_prefix(' ')? };
            let letter = |c: char| !c.is_alphabetic();
            let word = if last { rest.rsplit(letter).next()? } else { rest.split(letter).next()? };
            self.person_words.contains(hash_of(word.as_bytes())).then_some(word.len() as u32 + 1)
        };
        let (before, after) = (beside(before, true), beside(after, false));
        if !name.person || before.or(after).is_none() {
            return hit;
        }
        let span = Span::between(
            hit.span.start() - before.unwrap_or_default(),
            hit.span.end() + after.unwrap_or_default(),
        );
        Hit { bare: span.of(text).to_owned(), said: None, span, ..hit }
    }
}

/// The first two letters; a name of one letter is too little.
fn start_of(text: &str) -> Option<u64> {
    let mut letters = text.chars().map(u32::from);
    Some(pair(letters.next()?, letters.next()?))
}

impl Name<'_> {
    fn at(&self, text: &str, start: usize) -> Option<Hit> {
        let rest = text.get(start..)?.strip_prefix(self.written)?;
        let tail: &str = rest.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        let attached = rules().attached.iter().any(|known| known == tail);
        let open = self.written.chars().next_back().is_some_and(is_unspaced);
        if !(tail.is_empty() || attached || open) {
            return None;
        }
        // Two Chinese characters are as often a part of a longer name, or of two words.
        let han = |c: char| matches!(c, '\u{3400}'..='\u{9fff}');
        let short = self.written.chars().count() == 2 && self.written.chars().all(han);
        if short && tail.chars().next().is_some_and(|next| han(next) && !rules().han_after.contains(&next)) {
            return None;
        }
        let end = start + self.written.len();
        let (score, why) = if self.partial {
            (SURNAME_LETTER_BY_LETTER, "surname alone, letter by letter")
        } else {
            (LETTER_BY_LETTER, "letter by letter")
        };
        Some(Hit {
            inflected: attached,
            partial: self.partial,
            said: Some((score, why)),
            ..Hit::new(Span::new(start, end), (self.party, self.number))
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

/// True for scripts that have no romanisation here.
pub(super) fn is_exact(text: &str) -> bool {
    let mut letters = text.chars().filter(|letter| letter.is_alphabetic());
    letters.any(|letter| !is_romanised(letter))
}

/// Scripts that write without spaces between words.
fn is_unspaced(letter: char) -> bool {
    matches!(letter, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{e00}'..='\u{e7f}')
}

/// Without the marks for the direction of writing that some lists set around a name.
fn plain(text: &str) -> String {
    let text = text.replace(
        |c| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'),
        "",
    );
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_hangul(letter: char) -> bool {
    matches!(letter, '가'..='힣')
}

fn plain_words(words: &[String]) -> String {
    words.join(" ")
}
