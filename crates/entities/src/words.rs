//! The words of a text as names need them: cut at hyphens and apostrophes, so that "Putin-Kim-Treffen" and "Kim Jong-un"
//! are three words each, whatever the grammar's tokens are.

use crate::form_index::FormIndex;
use lagebild_grammar::{Analysis, Upos};
use lagebild_span::Span;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// A run of letters and digits.
#[derive(Clone, Debug)]
pub(crate) struct Word<'t> {
    /// As it is written.
    pub text: &'t str,
    /// In lower case, Latin and Cyrillic letters without marks.
    pub folded: String,
    /// Where it is.
    pub span: Span,
    /// What stands between it and the word before.
    pub gap: Gap,
    /// Index of its sentence.
    pub sentence: u32,
    /// True for the first word of its sentence.
    pub first: bool,
    /// Its part of speech, [`Upos::X`] where none is known.
    pub upos: Upos,
    /// Index of the token that holds it, within its sentence.
    pub token: Option<u32>,
}

impl Word<'_> {
    /// True when it begins with a capital letter.
    pub(crate) fn capital(&self) -> bool {
        self.text.chars().next().is_some_and(char::is_uppercase)
    }

    /// True for a single capital letter: an initial.
    pub(crate) fn initial(&self) -> bool {
        self.capital() && self.text.chars().nth(1).is_none()
    }
}

/// What stands between two words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gap {
    /// White space on one line.
    Space,
    /// A hyphen.
    Hyphen,
    /// An apostrophe, possibly with a space.
    Apostrophe,
    /// A slash.
    Slash,
    /// A full stop, possibly with a space: "U.S.", "J. Smith".
    Dot,
    /// A comma and a space.
    Comma,
    /// Anything else, also the beginning of the text.
    Break,
}

impl Gap {
    fn of(between: &str) -> Self {
        const HYPHENS: [char; 3] = ['-', '\u{2010}', '\u{2011}'];
        let space = |c: char| c.is_whitespace() && c != '\n' && c != '\r';
        let apostrophe = |c: char| matches!(c, '\'' | '’' | '‘' | 'ʼ');
        let bare = between.trim_matches(space);
        match bare {
            _ if between.contains(['\n', '\r']) => Self::Break,
            "" => Self::Space,
            "." => Self::Dot,
            "," => Self::Comma,
            "/" => Self::Slash,
            _ if bare.chars().all(apostrophe) => Self::Apostrophe,
            _ if bare == between && bare.chars().all(|c| HYPHENS.contains(&c)) => Self::Hyphen,
            _ => Self::Break,
        }
    }

    /// True when a name may go on over it.
    pub(crate) fn joins(self) -> bool {
        matches!(self, Self::Space | Self::Hyphen | Self::Apostrophe | Self::Slash)
    }
}

/// All words of a text in order.
pub(crate) struct Words<'t> {
    /// The text.
    pub text: &'t str,
    /// Its words.
    pub list: Vec<Word<'t>>,
    /// For each word how many words from it on are a noun for what a person is; 0 for none.
    roles: Vec<usize>,
}

impl<'t> Words<'t> {
    /// Cuts `text`; sentences and parts of speech come from `analysis`.
    pub(crate) fn new(text: &'t str, analysis: &Analysis) -> Self {
        let mut list = cut(text);
        place(&mut list, analysis);
        Self { text, list, roles: Vec::new() }
    }

    /// Looks for nouns for what a person is, once for all who ask.
    #[must_use]
    pub(crate) fn with_roles(mut self, roles: &FormIndex<()>) -> Self {
        self.roles =
            (0..self.list.len()).map(|at| roles.longest(&self.list, at).unwrap_or_default()).collect();
        self
    }

    /// How many words from `at` on are a noun for what a person is.
    pub(crate) fn role_len(&self, at: usize) -> Option<usize> {
        self.roles.get(at).copied().filter(|len| *len > 0)
    }

    /// True where a noun for what a person is begins.
    pub(crate) fn is_role(&self, at: usize) -> bool {
        self.role_len(at).is_some()
    }

    /// The word at `index`, where there is one.
    pub(crate) fn get(&self, index: usize) -> Option<&Word<'t>> {
        self.list.get(index)
    }

    /// The word before `index`.
    pub(crate) fn before(&self, index: usize) -> Option<&Word<'t>> {
        self.list.get(index.checked_sub(1)?)
    }

    /// The span from word `from` to word `to`, the latter exclusive.
    pub(crate) fn span(&self, from: usize, to: usize) -> Span {
        match (self.list.get(from), to.checked_sub(1).and_then(|last| self.list.get(last))) {
            (Some(first), Some(last)) if from < to => first.span.cover(last.span),
            _ => Span::default(),
        }
    }

    /// The range of words that touch `span`.
    pub(crate) fn range(&self, span: Span) -> (usize, usize) {
        let from = self.list.partition_point(|word| word.span.end <= span.start);
        let to = self.list.partition_point(|word| word.span.start < span.end);
        (from, to.max(from))
    }

    /// The text between word `index` and the one before.
    pub(crate) fn gap_text(&self, index: usize) -> &'t str {
        let from = self.before(index).map_or(0, |word| word.span.end as usize);
        let to = self.get(index).map_or(self.text.len(), |word| word.span.start as usize);
        self.text.get(from..to).unwrap_or_default()
    }
}

/// Cuts a text into words without looking at its grammar.
pub(crate) fn cut(text: &str) -> Vec<Word<'_>> {
    let mut list: Vec<Word<'_>> = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let inside = c.is_alphanumeric() || (start.is_some() && is_combining_mark(c));
        match (start, inside) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                let end = list.last().map_or(0, |word| word.span.end as usize);
                let gap = if list.is_empty() {
                    Gap::Break
                } else {
                    Gap::of(text.get(end..from).unwrap_or_default())
                };
                let word = text.get(from..at).unwrap_or_default();
                list.push(Word {
                    text: word,
                    folded: fold(word),
                    span: Span::new(from, at),
                    gap,
                    sentence: 0,
                    first: false,
                    upos: Upos::X,
                    token: None,
                });
                start = None;
            }
            _ => {}
        }
    }
    list
}

/// Gives each word its sentence and its token.
fn place(list: &mut [Word<'_>], analysis: &Analysis) {
    let mut sentence = 0;
    let mut token = 0;
    let mut before = None;
    for word in list {
        while analysis.sentences.get(sentence).is_some_and(|it| it.span.end <= word.span.start) {
            sentence += 1;
            token = 0;
        }
        word.sentence = sentence as u32;
        word.first = before != Some(sentence);
        before = Some(sentence);
        let Some(tokens) = analysis.sentences.get(sentence).map(|it| &it.tokens) else { continue };
        while tokens.get(token).is_some_and(|it| it.span.end <= word.span.start) {
            token += 1;
        }
        if let Some(found) = tokens.get(token).filter(|it| it.span.overlaps(word.span)) {
            word.upos = found.upos;
            word.token = Some(token as u32);
        }
    }
}

/// Lower case; letters of the Latin, Greek and Cyrillic scripts lose their marks, so that "Türkei" and "Turkei" are one.
pub(crate) fn fold(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    if word.chars().any(|c| c as u32 > 0x2000) {
        return word.to_lowercase();
    }
    word.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_at_hyphens_and_apostrophes_and_knows_the_gaps() {
        let words = cut("Putin-Kim-Treffen: Miller's U.S. trip, Größe");
        let seen: Vec<_> = words.iter().map(|word| (word.folded.as_str(), word.gap)).collect();
        assert_eq!(
            seen,
            [
                ("putin", Gap::Break),
                ("kim", Gap::Hyphen),
                ("treffen", Gap::Hyphen),
                ("miller", Gap::Break),
                ("s", Gap::Apostrophe),
                ("u", Gap::Space),
                ("s", Gap::Dot),
                ("trip", Gap::Dot),
                ("große", Gap::Comma),
            ]
        );
    }

    #[test]
    fn keeps_hangul_whole() {
        assert_eq!(fold("북한이"), "북한이");
        assert_eq!(fold("Ёлка"), "елка");
    }
}
