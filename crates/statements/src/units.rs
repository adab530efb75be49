//! Units: sentences, but never broken inside a quotation. A unit is what one cue can govern.

use lagebild_grammar::{Sentence, Token, Upos};
use lagebild_span::Span;

/// A word of a unit.
#[derive(Clone, Debug)]
pub(crate) struct Word {
    pub(crate) span: Span,
    pub(crate) lower: String,
    /// True when it begins with a capital though it does not begin the sentence or a quotation.
    pub(crate) capital: bool,
    /// Its part of speech, where a model gives one.
    pub(crate) upos: Upos,
    /// Index of the quotation that it stands in.
    pub(crate) quote: Option<usize>,
}

/// A quotation: with its marks, and without.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Quote {
    pub(crate) outer: Span,
    pub(crate) inner: Span,
}

/// A sentence, or several that one quotation holds together.
#[derive(Clone, Debug)]
pub(crate) struct Unit {
    pub(crate) span: Span,
    pub(crate) words: Vec<Word>,
    pub(crate) quotes: Vec<Quote>,
}

impl Unit {
    /// Words outside quotations, with their index.
    pub(crate) fn outside(&self) -> impl Iterator<Item = (usize, &Word)> {
        self.words.iter().enumerate().filter(|(_, word)| word.quote.is_none())
    }

    pub(crate) fn lower(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |word| word.lower.as_str())
    }
}

/// Opening marks with the marks that may close them.
const MARKS: [(char, &str); 6] =
    [('„', "“”\""), ('“', "”"), ('«', "»"), ('»', "«"), ('"', "\""), ('‚', "‘’")];
/// A longer stretch is not a quotation but a mark that was never closed.
const LONGEST: usize = 1500;

/// The quotations in a stretch of text, not nested.
pub(crate) fn quotes(text: &str, block: Span) -> Vec<Quote> {
    let words = block.of(text);
    let mut found = Vec::new();
    let mut skip_to = 0;
    for (at, c) in words.char_indices() {
        let Some((_, closing)) = MARKS.iter().find(|(open, _)| *open == c).filter(|_| at >= skip_to) else {
            continue;
        };
        let from = at + c.len_utf8();
        let rest = words.get(from..).unwrap_or_default();
        let Some((len, close)) = rest.char_indices().find(|(_, c)| closing.contains(*c)) else { continue };
        if len == 0 || len > LONGEST {
            continue;
        }
        let start = block.start as usize;
        skip_to = from + len + close.len_utf8();
        found.push(Quote {
            outer: Span::new(start + at, start + skip_to),
            inner: inner(text, Span::new(start + from, start + from + len)),
        });
    }
    found
}

/// What is said, without the comma that English sets before the closing mark.
fn inner(text: &str, span: Span) -> Span {
    let span = span.trimmed(text);
    let words = span.of(text);
    Span::new(span.start as usize, span.start as usize + words.strip_suffix(',').unwrap_or(words).len())
}

/// The units of a block, from its sentences.
pub(crate) fn units(text: &str, block: Span, sentences: &[Sentence]) -> Vec<Unit> {
    let quotes = quotes(text, block);
    let mut units: Vec<Unit> = Vec::new();
    for sentence in sentences.iter().filter(|sentence| block.contains(sentence.span)) {
        let words = sentence.tokens.iter().map(|token| word(text, token, sentence.span.start));
        match units.last_mut().filter(|unit| belongs(text, unit, sentence.span, &quotes)) {
            Some(unit) => {
                unit.words.extend(words);
                unit.span = unit.span.cover(sentence.span);
            }
            None => units.push(Unit { span: sentence.span, words: words.collect(), quotes: Vec::new() }),
        }
    }
    for unit in &mut units {
        unit.quotes = quotes.iter().copied().filter(|quote| unit.span.overlaps(quote.outer)).collect();
        let inside = |span: Span| unit.quotes.iter().position(|quote| quote.outer.contains(span));
        for word in &mut unit.words {
            word.quote = inside(word.span);
        }
    }
    units
}

fn word(text: &str, token: &Token, sentence_start: u32) -> Word {
    let form = token.span.of(text);
    let capital = token.span.start != sentence_start && form.chars().next().is_some_and(char::is_uppercase);
    Word { span: token.span, lower: form.to_lowercase(), capital, upos: token.upos, quote: None }
}

/// True when a sentence goes on where the unit broke: inside a quotation, or with what follows one (", said X").
fn belongs(text: &str, unit: &Unit, sentence: Span, quotes: &[Quote]) -> bool {
    let broken = quotes.iter().any(|quote| {
        quote.outer.start < unit.span.end
            && sentence.start < quote.outer.end
            && quote.outer.start < sentence.start
    });
    let ends_with_quote = quotes.iter().any(|quote| quote.outer.end == unit.span.end);
    let goes_on = sentence.of(text).chars().next().is_some_and(|c| c == ',' || c == '–' || c.is_lowercase());
    broken || (ends_with_quote && goes_on)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quotation_of_several_sentences_is_one_unit_with_its_cue() {
        let text = "Er kam an. „Wir reden. Dann essen wir“, sagte er. Danach ging er.";
        let whole = Span::new(0, text.len());
        let sentences = lagebild_grammar::segment(text, &[whole], Some(&lagebild_language::of("de")));
        let units = units(text, whole, &sentences);
        let spans: Vec<&str> = units.iter().map(|unit| unit.span.of(text)).collect();
        assert_eq!(spans, ["Er kam an.", "„Wir reden. Dann essen wir“, sagte er.", "Danach ging er."]);
        assert_eq!(units[1].quotes[0].inner.of(text), "Wir reden. Dann essen wir");
    }

    #[test]
    fn every_style_of_quotation_mark_is_known() {
        for text in ["„a b“", "“a b”", "«a b»", "»a b«", "\"a b\""] {
            assert_eq!(quotes(text, Span::new(0, text.len()))[0].inner.of(text), "a b");
        }
        assert!(quotes("ein \" allein", Span::new(0, 12)).is_empty());
    }
}
