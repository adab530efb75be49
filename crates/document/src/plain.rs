//! Plain text into chunks: paragraphs apart by empty lines, one on each line, or wrapped at a fixed width.

use crate::blocks::{Chunk, Hint};
use lagebild_span::Span;

/// Wider lines are paragraphs of their own, not lines of a wrapped one.
const WIDEST_WRAP: usize = 120;
/// Narrower lines are no running text.
const NARROWEST_WRAP: usize = 45;

/// A line that is not empty.
#[derive(Clone, Copy, Debug)]
struct Line {
    span: Span,
    /// Width in characters.
    width: usize,
    /// True when an empty line stands before it.
    after_gap: bool,
}

/// The chunks of a plain text: wrapped paragraphs are joined, otherwise every line stands alone.
pub(crate) fn chunks(text: &str) -> Vec<Chunk> {
    chunks_within(text, Span::new(0, text.len()))
}

/// The chunks of a part of the text.
pub(crate) fn chunks_within(text: &str, within: Span) -> Vec<Chunk> {
    let lines = lines(text, within);
    let width = wrap_width(text, &lines);
    let mut chunks: Vec<Chunk> = Vec::new();
    let mut before: Option<Line> = None;
    for line in lines {
        let joins =
            width.is_some_and(|width| before.is_some_and(|before| continues(text, before, line, width)));
        match chunks.last_mut() {
            Some(chunk) if joins => chunk.span = chunk.span.cover(line.span),
            _ => chunks.push(Chunk { span: line.span, hint: Hint::Unknown }),
        }
        before = Some(line);
    }
    chunks
}

fn lines(text: &str, within: Span) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut start = within.start() as usize;
    let mut after_gap = false;
    // Old files end lines with a carriage return alone.
    let only_returns = !within.of(text).contains('\n');
    let breaks = |c: char| {
        matches!(c, '\n' | '\u{0B}' | '\u{0C}' | '\u{85}' | '\u{2028}' | '\u{2029}')
            || (only_returns && c == '\r')
    };
    for line in within.of(text).split_inclusive(breaks) {
        let span = Span::new(start, start + line.len()).trimmed(text);
        start += line.len();
        if span.is_empty() {
            after_gap = true;
        } else {
            lines.push(Line { span, width: span.of(text).chars().count(), after_gap });
            after_gap = false;
        }
    }
    lines
}

/// The width at which the text was wrapped: most lines that are followed by another one had no room for its first
/// word. `None` when lines are paragraphs.
fn wrap_width(text: &str, lines: &[Line]) -> Option<usize> {
    let width = lines.iter().map(|line| line.width).max()?;
    if !(NARROWEST_WRAP..=WIDEST_WRAP).contains(&width) {
        return None;
    }
    let pairs: Vec<bool> = lines
        .windows(2)
        .filter_map(|pair| match pair {
            [first, second] if !second.after_gap => Some(no_room(text, *first, *second, width)),
            _ => None,
        })
        .collect();
    let full = pairs.iter().filter(|&&full| full).count();
    (full >= 3 && full * 10 >= pairs.len() * 6).then_some(width)
}

/// True when the first word of the second line did not fit on the first.
fn no_room(text: &str, first: Line, second: Line, width: usize) -> bool {
    let word = second.span.of(text).split_whitespace().next().map_or(0, |word| word.chars().count());
    first.width + 1 + word > width
}

fn continues(text: &str, before: Line, line: Line, width: usize) -> bool {
    let starts_item = line.span.of(text).starts_with(['•', '*', '-', '–', '▪', '·']);
    !line.after_gap && !starts_item && no_room(text, before, line, width)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        chunks(text).iter().map(|chunk| chunk.span.of(text)).collect()
    }

    #[test]
    fn lines_are_paragraphs() {
        assert_eq!(
            cut("Kim in Russland\r\n\r\nVon: A\r\nEr ist da.\n"),
            ["Kim in Russland", "Von: A", "Er ist da."]
        );
        assert_eq!(cut(" \n\t\n"), Vec::<&str>::new());
    }

    #[test]
    fn wrapped_lines_are_joined() {
        let text = "Kim in Russia\n\nThe armoured train crossed the border on Tuesday, a\nspokesman said. The visit is \
                    the first one since the\nspring of the year in which the two last met and it\nends soon.\n- one\n- two";
        assert_eq!(cut(text).len(), 4, "{:?}", cut(text));
    }
}
