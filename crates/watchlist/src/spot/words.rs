//! Words of a text, and the listed keys that each may stand for.
//!
//! The one stage that still cuts the text by itself, and not by `lagebild_page::words`: its words are those of the index
//! of keys, made by the same rules as the keys of the lists, and change when that index is made anew.

use super::keys::{Form, KeyId, Keys};
use super::rules::rules;
use crate::key::text_keys;
use foldhash::HashMap;
use lagebild_names::{LONGEST_LEGAL_FORM, is_apostrophe, legal_form};
use lagebild_span::Span;
use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;

/// A word of the text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    pub(super) span: Span,
    /// True when its first letter is a capital, or its script has none.
    pub(super) capital: bool,
    /// True for a script that is compared letter by letter.
    pub(super) exact: bool,
    /// True for one letter and a full stop ("W.").
    pub(super) initial: bool,
    /// How it is tied to the word before.
    pub(super) tie: Tie,
}

/// What stands between a word and the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tie {
    /// White space, or the full stop of an initial and white space.
    Space,
    /// A hyphen.
    Hyphen,
    /// Marks that stand inside the names of bodies: quotation marks, a bracket, a comma, a full stop, a slash, "&".
    Mark,
    /// Anything else: no name goes across it.
    Break,
}

/// A long text is gone through in stretches of at least this many bytes that end at a blank line: no name goes over one.
const STRETCH: usize = 1 << 15;
/// The most bytes of a stretch, where no blank line comes: it then ends at white space.
const LONGEST_STRETCH: usize = 1 << 20;

/// What was once worked out for a word of the text.
type Memo<'t, T> = RefCell<HashMap<&'t str, T>>;

/// The words of a text, a stretch at a time.
pub(super) struct Words<'t> {
    pub(super) text: &'t str,
    /// ISO 639-1 code of its language, where it is known.
    pub(super) language: Option<&'t str>,
    /// The words of the present stretch.
    pub(super) list: Vec<Word>,
    /// Where the next stretch begins.
    next: usize,
    keys: Keys<'t>,
    /// What each word that was asked for may stand for; `None` for most: nothing that is listed.
    known: Memo<'t, Option<Rc<[Form]>>>,
    /// The keys of words as they are written, listed or not.
    written: Memo<'t, Rc<[String]>>,
}

impl<'t> Words<'t> {
    /// A text whose words are still to be cut.
    pub(super) fn new(text: &'t str, language: Option<&'t str>, keys: Keys<'t>) -> Self {
        Self {
            text,
            language,
            list: Vec::new(),
            next: 0,
            keys,
            known: RefCell::default(),
            written: RefCell::default(),
        }
    }

    /// Cuts the next stretch; false at the end of the text.
    pub(super) fn next_stretch(&mut self) -> bool {
        let from = self.next;
        self.next = end_of_stretch(self.text, from);
        self.list.clear();
        cut(self.text, from..self.next, &mut self.list);
        from < self.next
    }

    pub(super) fn get(&self, at: usize) -> Option<&Word> {
        self.list.get(at)
    }

    pub(super) fn written(&self, at: usize) -> &'t str {
        self.list.get(at).map(|word| word.span.of(self.text)).unwrap_or_default()
    }

    /// The listed keys that a word may stand for; `None` when there are none.
    pub(super) fn forms(&self, at: usize) -> Option<Rc<[Form]>> {
        let word = self.written(at);
        if let Some(known) = self.known.borrow().get(word) {
            return known.clone();
        }
        let forms = self.keys.forms(word, self.language);
        let forms = if forms.is_empty() { None } else { Some(Rc::from(forms)) };
        self.known.borrow_mut().insert(word, forms.clone());
        forms
    }

    /// The form of a word with this key.
    pub(super) fn form(&self, at: usize, key: KeyId) -> Option<Form> {
        self.forms(at)?.iter().find(|form| form.key == key).cloned()
    }

    /// The keys of a word as it is written, listed or not; the usual one first.
    pub(super) fn written_keys(&self, at: usize) -> Rc<[String]> {
        let word = self.written(at);
        Rc::clone(self.written.borrow_mut().entry(word).or_insert_with(|| Rc::from(text_keys(word))))
    }

    /// The listed key of words `from..=to` run together, the last one with or without an ending.
    pub(super) fn joined(&self, from: usize, to: usize) -> Vec<Form> {
        let mut head = String::new();
        for at in from..to {
            let Some(key) = self.written_keys(at).first().cloned() else { return Vec::new() };
            head.push_str(&key);
        }
        let listed = |key: &String| self.keys.get(&format!("{head}{key}"));
        let whole = self.written_keys(to);
        let mut found: Vec<Form> =
            whole.iter().filter_map(listed).map(|key| Form { key, stem: None }).collect();
        for stem in rules().stems(self.written(to), self.language) {
            let keys = text_keys(&stem);
            let stem = Some(Box::from(stem));
            found.extend(keys.iter().filter_map(listed).map(|key| Form { key, stem: stem.clone() }));
        }
        found
    }

    /// True when the word at `at` belongs to a name with the word before.
    pub(super) fn joins(&self, at: usize) -> bool {
        self.get(at).is_some_and(|word| matches!(word.tie, Tie::Space | Tie::Hyphen))
    }

    /// What stands between the word at `at` and the one before.
    pub(super) fn between(&self, at: usize) -> &'t str {
        let from = at.checked_sub(1).and_then(|before| self.get(before)).map_or(0, |word| word.span.end());
        let to = self.get(at).map_or(from, |word| word.span.start());
        self.text.get(from as usize..to as usize).unwrap_or_default()
    }

    /// True when only a space, a hyphen or quotation marks stand before the word at `at`.
    pub(super) fn tied_to_name(&self, at: usize) -> bool {
        self.joins(at) || self.between(at).chars().all(|c| " \"«„“”‘’'".contains(c))
    }

    /// True when the word at `at` is tied by a hyphen to the one before.
    pub(super) fn tied(&self, at: usize) -> bool {
        self.get(at).is_some_and(|word| word.tie == Tie::Hyphen)
    }

    /// Whether a name may begin at word `at`: with a capital, "al-" before one, or a quotation mark.
    pub(super) fn begins(&self, at: usize) -> bool {
        let capital = |at: usize| self.get(at).is_some_and(|word| word.capital);
        let quoted = || self.between(at).contains(['«', '“', '„', '"', '‘']);
        capital(at) || self.tied(at + 1) && capital(at + 1) && self.written(at).len() < 5 || quoted()
    }

    /// Whether word `at` is written in capitals, and the words beside it are not.
    pub(super) fn in_capitals(&self, at: usize) -> bool {
        let capitals = |at: usize| {
            let word = self.written(at);
            word.chars().count() > 1
                && word.chars().all(|c| !c.is_lowercase())
                && word.chars().any(char::is_uppercase)
        };
        capitals(at) && !capitals(at + 1) && !at.checked_sub(1).is_some_and(capitals)
    }

    /// How many words from `at` on are a legal form, tied to each other ("Co., Ltd.", "L.L.C."); none for no such form.
    pub(super) fn legal_form(&self, at: usize) -> Option<usize> {
        let tied = |next: &usize| *next == at || self.get(*next).is_some_and(|word| word.tie != Tie::Break);
        let run: Vec<&str> = (at..self.list.len().min(at + LONGEST_LEGAL_FORM))
            .take_while(tied)
            .map(|at| self.written(at))
            .collect();
        let length = legal_form(&run)?;
        // One or two letters are ordinary words unless they are capitals or have a full stop ("AS", "a.s.", not "As").
        let letters: usize = run.iter().take(length).map(|word| word.chars().count()).sum();
        let marked = || {
            let stop = self.get(at + length - 1).and_then(|word| self.text.get(word.span.end() as usize..));
            run.iter().take(length).all(|word| word.chars().all(char::is_uppercase))
                || stop.is_some_and(|rest| rest.starts_with('.'))
        };
        (letters > 2 || marked()).then_some(length)
    }

    /// The span of words `first..=last`, without what is elided before the first.
    pub(super) fn span(&self, first: usize, last: usize) -> Span {
        let at = |index: usize| self.get(index).map(|word| word.span).unwrap_or_default();
        let elided = rules()
            .without_elided(self.written(first))
            .map_or(0, |name| self.written(first).len() - name.len());
        let whole = at(first).cover(at(last));
        whole.starting(whole.start() + elided as u32)
    }
}

fn end_of_stretch(text: &str, from: usize) -> usize {
    let after = |offset: usize, mark: &str| {
        let rest = (from + offset..text.len()).take(4).find_map(|start| text.get(start..))?;
        rest.find(mark).map(|at| text.len() - rest.len() + at)
    };
    let blank = after(STRETCH, "\n\n").unwrap_or(text.len());
    if blank - from <= LONGEST_STRETCH {
        blank
    } else {
        after(LONGEST_STRETCH, " ").unwrap_or(text.len()).min(blank)
    }
}

/// The words of a text that is a name.
pub(super) fn words_of(name: &str) -> Vec<Word> {
    let mut words = Vec::new();
    cut(name, 0..name.len(), &mut words);
    words
}

fn cut(text: &str, stretch: Range<usize>, words: &mut Vec<Word>) {
    let mut at = stretch.start;
    while let Some(from) = next_start(text, at..stretch.end) {
        at = end_of(text, from);
        let before =
            words.last().map_or((stretch.start, false), |word| (word.span.end() as usize, word.initial));
        let between = text.get(before.0..from).unwrap_or_default();
        words.push(word(text, Span::new(from, at), tie(between, before.1)));
    }
}

/// Where the next word begins in a range of bytes.
fn next_start(text: &str, range: Range<usize>) -> Option<usize> {
    let end = range.end;
    let mut at = range.start;
    while at < end {
        let byte = *text.as_bytes().get(at)?;
        if byte.is_ascii() {
            if byte.is_ascii_alphanumeric() {
                return Some(at);
            }
            at += 1;
            continue;
        }
        let letter = text.get(at..)?.chars().next()?;
        if letter.is_alphanumeric() || is_mark(letter) {
            return Some(at);
        }
        at += letter.len_utf8();
    }
    None
}

/// Where the word that begins at byte `from` ends.
fn end_of(text: &str, from: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = from;
    while let Some(&byte) = bytes.get(at) {
        if byte.is_ascii() && byte != b'\'' {
            if !byte.is_ascii_alphanumeric() {
                break;
            }
            at += 1;
            continue;
        }
        let Some(letter) = text.get(at..).and_then(|rest| rest.chars().next()) else { break };
        let inside =
            letter.is_alphanumeric() || is_mark(letter) || is_apostrophe(letter) && within(text, at, letter);
        if !inside {
            break;
        }
        at += letter.len_utf8();
    }
    at
}

fn word(text: &str, span: Span, tie: Tie) -> Word {
    let written = span.of(text);
    let name = rules().without_elided(written).unwrap_or(written);
    let first = name.chars().next().unwrap_or(' ');
    let initial =
        written.len() == first.len_utf8() && text.as_bytes().get(span.end() as usize) == Some(&b'.');
    let capital = if first.is_ascii() {
        !first.is_ascii_lowercase()
    } else {
        first.is_uppercase() || (first.is_alphabetic() && !first.is_lowercase()) || first.is_numeric()
    };
    Word { span, capital, exact: !first.is_ascii() && super::exact::is_exact(written), initial, tie }
}

fn tie(between: &str, after_initial: bool) -> Tie {
    if between == " " {
        return Tie::Space;
    }
    // "Abd al-'Aziz", "'Ali Abd' al": an apostrophe is one of the name's.
    let plain = between.trim_matches(is_apostrophe);
    let rest = if after_initial { plain.strip_prefix('.').unwrap_or(plain) } else { plain };
    if matches!(rest, "-" | "‐" | "‑" | "–") {
        Tie::Hyphen
    } else if rest.chars().all(char::is_whitespace) && rest.matches('\n').count() < 2 && rest.len() < 4 {
        Tie::Space
    } else if between.chars().count() <= MOST_MARKS && between.chars().all(is_inner_mark) {
        Tie::Mark
    } else {
        Tie::Break
    }
}

/// The most marks and spaces between two words of one name: `" (`, `., «`.
const MOST_MARKS: usize = 4;

fn is_inner_mark(mark: char) -> bool {
    matches!(
        mark,
        ' ' | '\u{a0}'
            | '"'
            | '“'
            | '”'
            | '„'
            | '«'
            | '»'
            | '‘'
            | '’'
            | '\''
            | '('
            | ')'
            | ','
            | '.'
            | '/'
            | '&'
            | '-'
            | '–'
    )
}

fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{652}' | '\u{200c}' | '\u{200d}' | '・' | '·')
}

/// An apostrophe belongs to the word when a letter follows it.
fn within(text: &str, at: usize, letter: char) -> bool {
    let after = text.get(at + letter.len_utf8()..).and_then(|rest| rest.chars().next());
    after.is_some_and(char::is_alphabetic)
}
