//! The words, numbers and marks of a text in one row, for date phrases.

use crate::words::{Kind, Words};
use lagebild_span::Span;

/// A run of letters, a run of digits, or one other character.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word<'w> {
    pub(super) span: Span,
    /// Its folded form; a mark stands for itself.
    pub(super) folded: &'w str,
    pub(super) kind: WordKind,
    pub(super) capital: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WordKind {
    Letters,
    Digits,
    Mark,
}

/// The words of a text with the marks between them, without white space; a line break stays as a mark.
pub(super) fn row<'w>(words: &'w Words<'_>) -> Vec<Word<'w>> {
    let mut row = Vec::with_capacity(words.len() + words.len() / 4);
    let mut end = 0;
    for (at, part) in words.parts().iter().enumerate() {
        marks(words.text(), end, part.span.start() as usize, &mut row);
        let kind = match part.kind {
            Kind::Letters => WordKind::Letters,
            Kind::Digits => WordKind::Digits,
            Kind::Numerals => WordKind::Mark,
        };
        row.push(Word { span: part.span, folded: words.folded(at), kind, capital: part.capital });
        end = part.span.end() as usize;
    }
    marks(words.text(), end, words.text().len(), &mut row);
    row
}

fn marks<'w>(text: &'w str, from: usize, to: usize, row: &mut Vec<Word<'w>>) {
    let between = text.get(from..to).unwrap_or_default();
    for (at, c) in between.char_indices().filter(|(_, c)| !c.is_whitespace() || *c == '\n') {
        let span = Span::new(from + at, from + at + c.len_utf8());
        row.push(Word { span, folded: span.of(text), kind: WordKind::Mark, capital: false });
    }
}
