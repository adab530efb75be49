//! The words of a page with what the grammar says of each. They are cut at hyphens and apostrophes, so that
//! "Putin-Kim-Treffen" and "Kim Jong-un" are three words each, whatever the grammar's tokens are.

use crate::form_index::FormIndex;
use lagebild_grammar::{Analysis, NameSpan, Upos};
pub(crate) use lagebild_page::words::{Gap, bare};
use lagebild_span::Span;

/// A run of letters and digits.
#[derive(Clone, Debug)]
pub(crate) struct Word<'t> {
    /// As it is written.
    pub text: &'t str,
    /// Its bare form ([`bare`]).
    pub bare: &'t str,
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
    /// The words of a text; sentences and parts of speech come from `analysis`.
    pub(crate) fn new(words: &'t lagebild_page::Words<'_>, analysis: &Analysis) -> Self {
        let plain = |word: lagebild_page::words::Word<'t>| Word {
            text: word.text,
            bare: word.bare,
            span: word.span,
            gap: word.gap,
            sentence: 0,
            first: false,
            upos: Upos::X,
            token: None,
        };
        let mut list: Vec<Word<'t>> = words.whole().map(plain).collect();
        place(&mut list, analysis);
        Self { text: words.text(), list, roles: Vec::new() }
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
        let from = self.list.partition_point(|word| word.span.end() <= span.start());
        let to = self.list.partition_point(|word| word.span.start() < span.end());
        (from, to.max(from))
    }

    /// The text between word `index` and the one before.
    pub(crate) fn gap_text(&self, index: usize) -> &'t str {
        let from = self.before(index).map_or(0, |word| word.span.end() as usize);
        let to = self.get(index).map_or(self.text.len(), |word| word.span.start() as usize);
        self.text.get(from..to).unwrap_or_default()
    }
}

/// Gives each word its sentence and its token.
fn place(list: &mut [Word<'_>], analysis: &Analysis) {
    let mut sentence = 0;
    let mut token = 0;
    let mut before = None;
    for word in list {
        while analysis.sentences.get(sentence).is_some_and(|it| it.span.end() <= word.span.start()) {
            sentence += 1;
            token = 0;
        }
        word.sentence = sentence as u32;
        word.first = before != Some(sentence);
        before = Some(sentence);
        let Some(tokens) = analysis.sentences.get(sentence).map(|it| &it.tokens) else { continue };
        while tokens.get(token).is_some_and(|it| it.span.end() <= word.span.start()) {
            token += 1;
        }
        if let Some(found) = tokens.get(token).filter(|it| it.span.overlaps(word.span)) {
            word.upos = found.upos;
            word.token = Some(token as u32);
        }
    }
}

/// The names of the labeller that touch a span. They stand in the order of the text, and none lies over another.
pub(crate) fn touching(names: &[NameSpan], span: Span) -> impl Iterator<Item = &NameSpan> {
    let from = names.partition_point(|name| name.span.end() <= span.start());
    names.iter().skip(from).take_while(move |name| name.span.start() < span.end())
}
