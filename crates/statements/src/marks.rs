//! Quotation marks: what stands between them.

use lagebild_span::Span;

/// A quotation: with its marks, and without.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Quote {
    pub(crate) outer: Span,
    pub(crate) inner: Span,
}

/// Opening marks with the marks that may close them.
const MARKS: [(char, &str); 7] =
    [('„', "“”\""), ('“', "”"), ('«', "»"), ('»', "«"), ('"', "\""), ('‚', "‘’"), ('「', "」")];
/// A longer stretch is not a quotation but a mark that was never closed.
const LONGEST: usize = 1500;

/// The quotations in a stretch of text, not nested.
pub(crate) fn quotes(text: &str, block: Span) -> Vec<Quote> {
    let words = block.of(text);
    let mut found = Vec::new();
    let mut skip_to = 0;
    // Where the next closing mark of each kind stands: marks that nobody closes are looked for once.
    let mut closes = [const { None }; MARKS.len()];
    for (at, c) in words.char_indices() {
        let kind = MARKS.iter().zip(&mut closes).find(|((open, _), _)| *open == c).filter(|_| at >= skip_to);
        let Some(((_, closing), next)) = kind else { continue };
        let from = at + c.len_utf8();
        if next.is_none_or(|(close, _)| close < from) {
            let rest = words.get(from..).unwrap_or_default();
            let close = rest.char_indices().find(|(_, c)| closing.contains(*c));
            *next = Some(close.map_or((usize::MAX, ' '), |(len, close)| (from + len, close)));
        }
        let Some((len, close)) = next.map(|(at, close)| (at.saturating_sub(from), close)) else { continue };
        if len == 0 || len > LONGEST {
            continue;
        }
        let start = block.start() as usize;
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
    Span::new(span.start() as usize, span.start() as usize + words.strip_suffix(',').unwrap_or(words).len())
}

/// A span without marks at its edges.
pub(crate) fn trimmed(text: &str, span: Span) -> Span {
    let words = span.of(text);
    let mark = |c: char| ".!?;:,–—-“”„\"»«…".contains(c) || c.is_whitespace();
    let closing = |c: char| mark(c) && c != '-';
    let start = words.len() - words.trim_start_matches(mark).len();
    let end = words.trim_end_matches(closing).len();
    if start >= end {
        return Span::new(span.start() as usize, span.start() as usize);
    }
    Span::new(span.start() as usize + start, span.start() as usize + end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_style_of_quotation_mark_is_known() {
        for text in ["„a b“", "“a b”", "«a b»", "»a b«", "\"a b\""] {
            assert_eq!(quotes(text, Span::new(0, text.len()))[0].inner.of(text), "a b");
        }
        assert!(quotes("ein \" allein", Span::new(0, 12)).is_empty());
    }
}
