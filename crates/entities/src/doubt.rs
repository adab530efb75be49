//! What the grammar says against a spotted name: that its words are none.
//!
//! Only names that may be an accident are asked: persons of one or two words, bodies and ships of one. A number that names a
//! party counts without its name ([`crate::identifiers`]).

use crate::words::{Word, Words, touching};
use lagebild_grammar::{NameSpan, Upos};
use lagebild_span::Span;
use lagebild_watchlist::Spotted;
use std::collections::BTreeSet;

/// A person's name of so many words is no accident.
const SURE: usize = 3;

/// What is needed to doubt a name.
pub(crate) struct Doubts<'a> {
    pub(crate) words: &'a Words<'a>,
    pub(crate) names: &'a [NameSpan],
}

impl Doubts<'_> {
    /// True when the words are, by the grammar, no name, and nothing beside them shows one.
    pub(crate) fn doubted(&self, spotted: &Spotted) -> bool {
        let (from, to) = self.words.range(spotted.span);
        let Some(words) = self.words.list.get(from..to) else { return false };
        let every = |schema: &str| spotted.candidates.iter().all(|one| one.schema == schema);
        let doubtful = match words {
            [] => false,
            [word] if !every("Person") && !every("Vessel") => common(spotted, word),
            [_] => self.no_name(spotted.span, words),
            _ => every("Person") && words.len() < SURE && self.no_name(spotted.span, words),
        };
        doubtful && !self.shown(from, to)
    }

    /// Something beside the words shows a name: a title or role, quotation marks.
    fn shown(&self, from: usize, to: usize) -> bool {
        let quoted = self.words.gap_text(from).ends_with(['"', '„', '“', '«', '‘', '»']);
        let ends = |back: usize| from.checked_sub(back).and_then(|at| self.words.role_len(at)) == Some(back);
        quoted || (1..=3).any(ends) || self.words.is_role(to)
    }

    /// No word is a proper noun, and the labeller sees no name here.
    fn no_name(&self, span: Span, words: &[Word]) -> bool {
        let plain = |word: &Word| !matches!(word.upos, Upos::Propn | Upos::X) && small(word);
        words.iter().all(plain) && touching(self.names, span).next().is_none()
    }
}

/// A word that is none of a name; without grammar, one that only begins a sentence.
fn common(spotted: &Spotted, word: &Word) -> bool {
    let lists: BTreeSet<&str> = spotted.candidates.iter().map(|one| one.list.as_str()).collect();
    let rare = lists.len() < 2;
    small(word)
        && match word.upos {
            Upos::Propn => false,
            Upos::X => word.first && rare,
            Upos::Noun => rare,
            _ => true,
        }
}

/// Written in small letters, but for the first. Words all in capitals and those of scripts without any are read worse, and
/// where no spaces are set a word is more than a token.
fn small(word: &Word) -> bool {
    word.text.chars().any(char::is_lowercase)
}
