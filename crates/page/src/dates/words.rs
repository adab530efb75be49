//! A text as words, numbers and marks, for date phrases.

use lagebild_span::Span;

/// A run of letters, a run of digits, or one other character.
#[derive(Clone, Debug)]
pub(super) struct Word {
    pub(super) span: Span,
    pub(super) lower: String,
    pub(super) kind: WordKind,
    pub(super) capital: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WordKind {
    Letters,
    Digits,
    Mark,
}

fn kind(c: char) -> WordKind {
    if c.is_ascii_digit() {
        WordKind::Digits
    } else if c.is_alphabetic() {
        WordKind::Letters
    } else {
        WordKind::Mark
    }
}

/// The words of a text, without white space; a line break stays as a mark.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut open = false;
    for (start, c) in text.char_indices() {
        let kind = kind(c);
        let end = start + c.len_utf8();
        match words.last_mut() {
            Some(last) if open && kind != WordKind::Mark && last.kind == kind => {
                last.span.end = Span::new(start, end).end;
                last.lower.extend(c.to_lowercase());
            }
            _ if c.is_whitespace() && c != '\n' => {}
            _ => words.push(Word {
                span: Span::new(start, end),
                lower: c.to_lowercase().collect(),
                kind,
                capital: c.is_uppercase(),
            }),
        }
        open = kind != WordKind::Mark;
    }
    words
}
