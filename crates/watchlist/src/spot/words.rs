//! Words of a text with the keys that each may stand for.

use super::rules::{other_given_names, rules};
use crate::key::text_keys;
use lagebild_span::Span;

/// A word of the text.
#[derive(Debug)]
pub(super) struct Word {
    pub(super) span: Span,
    /// What it may be, as written first, then without endings.
    pub(super) forms: Vec<Form>,
    /// The word in lower case.
    pub(super) lower: String,
    /// True when its first letter is a capital, or its script has none.
    pub(super) capital: bool,
    /// How it is tied to the word before.
    pub(super) tie: Tie,
    /// True for one letter and a full stop ("W.").
    pub(super) initial: bool,
}

/// A key of a word.
#[derive(Debug, PartialEq)]
pub(super) struct Form {
    pub(super) key: String,
    /// True when an ending was cut off.
    pub(super) inflected: bool,
}

/// What stands between a word and the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tie {
    /// White space, or the full stop of an initial and white space.
    Space,
    /// A hyphen.
    Hyphen,
    /// Anything else: no name goes across it.
    Break,
}

impl Word {
    /// The form with this key.
    pub(super) fn form(&self, key: &str) -> Option<&Form> {
        self.forms.iter().find(|form| form.key == key)
    }
}

/// Cuts a text into words.
pub(super) fn cut(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut start = None;
    let ends = text.char_indices().chain(std::iter::once((text.len(), ' ')));
    for (at, letter) in ends {
        let inside = letter.is_alphanumeric()
            || is_mark(letter)
            || (is_apostrophe(letter) && within(text, at, letter));
        match (start, inside) {
            (None, true) if !is_apostrophe(letter) => start = Some(at),
            (Some(from), false) => {
                let previous = words.last().map_or(0, |word| word.span.end as usize);
                let initial = words.last().is_some_and(|word| word.initial);
                words.push(word(
                    text,
                    Span::new(from, at),
                    tie(text.get(previous..from).unwrap_or_default(), initial),
                ));
                start = None;
            }
            _ => {}
        }
    }
    words
}

fn word(text: &str, span: Span, tie: Tie) -> Word {
    let written = span.of(text);
    let first = written.chars().next().unwrap_or(' ');
    let initial = written.chars().count() == 1
        && text.get(span.end as usize..).is_some_and(|rest| rest.starts_with('.'));
    let capital =
        first.is_uppercase() || (first.is_alphabetic() && !first.is_lowercase()) || first.is_numeric();
    Word { span, forms: forms(written), lower: written.to_lowercase(), capital, tie, initial }
}

fn forms(written: &str) -> Vec<Form> {
    let mut forms: Vec<Form> = Vec::new();
    let mut push = |key: String, inflected: bool| {
        if !forms.iter().any(|form| form.key == key) {
            forms.push(Form { key, inflected });
        }
    };
    for key in text_keys(written) {
        for other in other_given_names(&key) {
            push(other.clone(), false);
        }
        push(key, false);
    }
    for stem in rules().stems(written) {
        for key in text_keys(&stem) {
            push(key, true);
        }
    }
    forms
}

fn tie(between: &str, after_initial: bool) -> Tie {
    let rest = if after_initial { between.strip_prefix('.').unwrap_or(between) } else { between };
    if matches!(rest, "-" | "‐" | "‑" | "–") {
        Tie::Hyphen
    } else if rest.chars().all(char::is_whitespace) && rest.matches('\n').count() < 2 && rest.len() < 4 {
        Tie::Space
    } else {
        Tie::Break
    }
}

fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{652}' | '\u{200c}' | '\u{200d}' | '・' | '·')
}

fn is_apostrophe(letter: char) -> bool {
    matches!(letter, '\'' | '’' | 'ʼ')
}

/// An apostrophe belongs to the word when a letter follows it.
fn within(text: &str, at: usize, letter: char) -> bool {
    let after = text.get(at + letter.len_utf8()..).and_then(|rest| rest.chars().next());
    after.is_some_and(char::is_alphabetic)
}
