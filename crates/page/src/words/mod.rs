//! A text cut into words, once for all who read it.
//!
//! A [`Part`] is a run of letters or a run of figures: `KN-23`, `KN 23` and `KN23` are the same two parts. A [`Word`] is
//! what stands together, `F16` as much as `Kim`; a hyphen or an apostrophe ends both. What a sign between two words
//! means is its [`Gap`]. Words compare by their folded form ([`fold`]); names, which are written with marks and
//! without, by their bare one ([`bare`]).

mod fold;
mod gap;

pub use fold::{bare, fold};
pub use gap::Gap;

use fold::{bare_into, fold_into, is_joined};
use lagebild_span::Span;
use std::sync::OnceLock;

/// What a part is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Letters of any script.
    Letters,
    /// The digits 0 to 9.
    Digits,
    /// Other numerals: a raised two, a fraction, digits of another script.
    Numerals,
}

/// A run of letters, of digits, or of other numerals, with the marks on them.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    /// Where it stands in the text.
    pub span: Span,
    /// What it is made of.
    pub kind: Kind,
    /// True when its first letter is a capital one.
    pub capital: bool,
    /// What stands between it and the part before.
    pub gap: Gap,
    /// Its place in the folded text.
    folded: Span,
}

impl Part {
    /// True for digits and other numerals.
    pub fn is_number(&self) -> bool {
        self.kind != Kind::Letters
    }
}

/// Letters and figures that stand together.
#[derive(Clone, Copy, Debug)]
pub struct Word<'w> {
    /// As it is written.
    pub text: &'w str,
    /// Its bare form ([`bare`]).
    pub bare: &'w str,
    /// Where it stands in the text.
    pub span: Span,
    /// What stands between it and the word before.
    pub gap: Gap,
}

/// The words of a text.
#[derive(Debug)]
pub struct Words<'t> {
    text: &'t str,
    folded: String,
    parts: Vec<Part>,
    bare: OnceLock<Bare>,
}

/// The bare forms of all words, one behind another, and where each ends.
#[derive(Debug, Default)]
struct Bare {
    text: String,
    ends: Vec<usize>,
}

/// What stands between a part and the one that begins with `first`.
fn gap(text: &str, before: Option<&Part>, between: &str, first: char) -> Gap {
    let Some(before) = before else { return Gap::End };
    let han = is_han(first) || before.span.of(text).chars().next_back().is_some_and(is_han);
    if between.is_empty() && han { Gap::Han } else { Gap::of(between) }
}

/// True for a Chinese character. A run of them is no word: each is a part, and what they are together the lexicons know.
fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

impl<'t> Words<'t> {
    /// Cuts a text.
    pub fn new(text: &'t str) -> Self {
        let mut folded = String::with_capacity(text.len());
        let mut parts: Vec<Part> = Vec::with_capacity(text.len() / 6 + 1);
        let mut chars = text.char_indices().peekable();
        let mut last_end = 0;
        while let Some((start, first)) = chars.next() {
            let Some(kind) = Kind::of(first) else { continue };
            let from = folded.len();
            fold_into(first, &mut folded);
            let mut end = start + first.len_utf8();
            while let Some(&(at, c)) = chars.peek() {
                let apart = is_han(first) || is_han(c) || Kind::of(c) != Some(kind);
                if apart && !is_joined(c) {
                    break;
                }
                fold_into(c, &mut folded);
                end = at + c.len_utf8();
                chars.next();
            }
            let between = text.get(last_end..start).unwrap_or_default();
            parts.push(Part {
                span: Span::new(start, end),
                kind,
                capital: first.is_uppercase(),
                gap: gap(text, parts.last(), between, first),
                folded: Span::new(from, folded.len()),
            });
            last_end = end;
        }
        Self { text, folded, parts, bare: OnceLock::new() }
    }

    /// The text itself.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// The parts in their order.
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// How many parts there are.
    pub fn len(&self) -> usize {
        self.parts.len()
    }

    /// True for a text without a letter or figure.
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// The part at a place.
    pub fn get(&self, at: usize) -> Option<&Part> {
        self.parts.get(at)
    }

    /// The folded form of the part at a place; empty where there is none.
    pub fn folded(&self, at: usize) -> &str {
        self.parts.get(at).map_or("", |part| part.folded.of(&self.folded))
    }

    /// What stands before the part at a place; the end of a sentence where there is none.
    pub fn gap(&self, at: usize) -> Gap {
        self.parts.get(at).map_or(Gap::End, |part| part.gap)
    }

    /// The part at a place as it is written; empty where there is none.
    pub fn printed(&self, at: usize) -> &'t str {
        self.parts.get(at).map_or("", |part| part.span.of(self.text))
    }

    /// The span from one part to another, both included; empty where one is missing.
    pub fn span(&self, first: usize, last: usize) -> Span {
        match (self.parts.get(first), self.parts.get(last)) {
            (Some(a), Some(b)) => a.span.cover(b.span),
            _ => Span::default(),
        }
    }

    /// The text between the end of one part and the beginning of another.
    pub fn between(&self, last: usize, next: usize) -> &'t str {
        let (end, start) = (self.span(last, last).end(), self.span(next, next).start());
        self.text.get(end as usize..start as usize).unwrap_or_default()
    }

    /// Places of up to `reach` parts before and after `first..=last` in the same sentence.
    pub fn around(&self, first: usize, last: usize, reach: usize) -> impl Iterator<Item = usize> + '_ {
        let before = (0..first).rev().take(reach).scan(true, move |open, at| {
            *open = *open && !self.gap(at + 1).ends();
            open.then_some(at)
        });
        let after = (last + 1..self.len()).take(reach).take_while(|&at| !self.gap(at).ends());
        before.chain(after)
    }

    /// The words in their order: parts with nothing between them are one.
    pub fn whole(&self) -> impl Iterator<Item = Word<'_>> {
        let bare = self.bare.get_or_init(|| self.bare_forms());
        let starts = std::iter::once(0).chain(bare.ends.iter().copied());
        let bares = starts.zip(&bare.ends).map(|(from, &to)| bare.text.get(from..to).unwrap_or_default());
        self.groups().zip(bares).filter_map(|(group, bare)| {
            let (first, last) = (group.first()?, group.last()?);
            let span = first.span.cover(last.span);
            Some(Word { text: span.of(self.text), bare, span, gap: first.gap })
        })
    }

    fn groups(&self) -> impl Iterator<Item = &[Part]> {
        self.parts.chunk_by(|_, next| next.gap == Gap::None)
    }

    fn bare_forms(&self) -> Bare {
        let mut bare = Bare { text: String::with_capacity(self.folded.len()), ends: Vec::new() };
        for group in self.groups() {
            for part in group {
                bare_into(part.folded.of(&self.folded), &mut bare.text);
            }
            bare.ends.push(bare.text.len());
        }
        bare
    }
}

impl Kind {
    fn of(c: char) -> Option<Self> {
        match c {
            'a'..='z' | 'A'..='Z' => Some(Self::Letters),
            '0'..='9' => Some(Self::Digits),
            _ if c.is_ascii() => None,
            _ if c.is_numeric() => Some(Self::Numerals),
            _ if c.is_alphabetic() => Some(Self::Letters),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Vec<String> {
        let words = Words::new(text);
        (0..words.len()).map(|at| words.folded(at).to_string()).collect()
    }

    #[test]
    fn letters_and_figures_part() {
        assert_eq!(parts("KN-23 KN23 152-mm 2022²"), ["kn", "23", "kn", "23", "152", "mm", "2022", "²"]);
    }

    #[test]
    fn what_stands_together_is_one_word() {
        let words = Words::new("G7, F16s und KN-23 (Ба\u{301}б-эль)");
        let bare: Vec<_> = words.whole().map(|word| word.bare).collect();
        assert_eq!(bare, ["g7", "f16s", "und", "kn", "23", "баб", "эль"]);
    }

    #[test]
    fn marks_and_soft_hyphens_part_no_word() {
        assert_eq!(parts("Scha\u{308}den Nord\u{ad}meer"), ["schäden", "nordmeer"]);
        let words = Words::new("Scha\u{308}den");
        assert_eq!(
            words.whole().next().map(|word| (word.text, word.bare)),
            Some(("Scha\u{308}den", "schaden"))
        );
    }

    #[test]
    fn a_sentence_closes_what_is_around() {
        let words = Words::new("Eins zwei. Drei vier, fünf! Sechs");
        assert_eq!(words.around(3, 3, 5).collect::<Vec<_>>(), [2, 4]);
    }
}
