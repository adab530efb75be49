//! Sentences: where a run of tokens ends.

use super::lexicon::Lexicon;
use super::scan;
use lagebild_span::Span;
use std::ops::Range;

/// A line shorter than this (in bytes) that is followed by a capital is a heading or an item, not a wrapped line.
const SHORT_LINE: usize = 60;

/// No sentence has more tokens than this: later stages may take time that grows with the square of a sentence. Longer
/// runs are tables, lists and texts without full stops.
const LONGEST: usize = 500;

/// Parts of a block that blank lines, short lines and list marks set apart.
pub(crate) fn paragraphs(text: &str, block: Span) -> Vec<Span> {
    let words = block.of(text);
    let mut parts = Vec::new();
    let (mut start, mut line) = (0, 0);
    for (at, _) in words.match_indices(['\n', '\r', '\u{2028}', '\u{2029}']) {
        let before = words.get(line..at).unwrap_or_default().trim();
        let after = words.get(at + 1..).unwrap_or_default();
        if parts_lines(before, after) {
            parts.push(Span::new(start, at));
            start = at;
        }
        line = at + 1;
    }
    parts.push(Span::new(start, words.len()));
    parts.into_iter().map(|part| part.shifted(block.start())).collect()
}

fn parts_lines(before: &str, after: &str) -> bool {
    let line = after.split(['\n', '\r', '\u{2028}', '\u{2029}']).next().unwrap_or_default();
    let next = line.trim_start();
    let item = || next.starts_with(['•', '*', '·', '▪']) || next.starts_with("- ") || next.starts_with("– ");
    let heading =
        || before.len() < SHORT_LINE && next.starts_with(|c: char| c.is_uppercase() || c.is_numeric());
    next.is_empty() || item() || heading()
}

/// The ranges of tokens that make a sentence each.
pub(crate) fn split(text: &str, tokens: &[Span], lexicon: &Lexicon) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let (mut start, mut index) = (0, 0);
    while index < tokens.len() {
        let mut end = index + 1;
        if may_end(text, tokens, index, lexicon) {
            end = closed_at(text, tokens, end);
            if ends(text, tokens, index, end) {
                ranges.push(start..end);
                start = end;
            }
        }
        index = end;
    }
    if start < tokens.len() {
        ranges.push(start..tokens.len());
    }
    ranges.into_iter().flat_map(|range| parted(text, tokens, range)).collect()
}

/// A range in pieces of at most [`LONGEST`] tokens.
fn parted(text: &str, tokens: &[Span], mut range: Range<usize>) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    while range.len() > LONGEST {
        let end = range.start + cut(text, tokens.get(range.start..range.start + LONGEST).unwrap_or_default());
        pieces.push(range.start..end);
        range.start = end;
    }
    pieces.push(range);
    pieces
}

/// Where to part a run that is too long: after the last comma, semicolon or colon of its second half, else at its end.
fn cut(text: &str, run: &[Span]) -> usize {
    let marks = |span: &Span| matches!(span.of(text), "," | ";" | ":" | "，" | "；" | "：" | "、");
    run.iter().rposition(marks).map(|at| at + 1).filter(|at| *at > run.len() / 2).unwrap_or(LONGEST)
}

/// True when the token is a final mark, or an abbreviation that can close a sentence and is followed by a word
/// that opens one.
fn may_end(text: &str, tokens: &[Span], index: usize, lexicon: &Lexicon) -> bool {
    let Some(span) = tokens.get(index) else { return false };
    let word = span.of(text);
    if word.chars().all(scan::is_final) {
        return true;
    }
    let Some(stem) = word.strip_suffix('.') else { return false };
    let next = || tokens.get(index + 1).is_some_and(|next| lexicon.sentence_starters.contains(next.of(text)));
    lexicon.final_abbreviations.contains(stem) && next()
}

/// The index after the closing quotes and brackets that stand directly behind a final mark. A straight quote closes
/// where no word stands directly behind it.
fn closed_at(text: &str, tokens: &[Span], mut end: usize) -> usize {
    while let (Some(last), Some(next)) = (tokens.get(end - 1), tokens.get(end)) {
        let mark = next.of(text);
        let closing = mark.chars().all(scan::is_closing) || mark.chars().all(scan::is_final);
        let opens = scan::at(text, next.end() as usize).is_some_and(char::is_alphanumeric);
        if last.end() != next.start() || !closing || opens {
            break;
        }
        end += 1;
    }
    end
}

/// True when what follows token `end - 1` can open a sentence. `mark` is the index of the final mark.
fn ends(text: &str, tokens: &[Span], mark: usize, end: usize) -> bool {
    let (Some(last), Some(next)) = (tokens.get(end - 1), tokens.get(end)) else { return true };
    let full_width = tokens
        .get(mark)
        .is_some_and(|span| span.len() > 1 && span.of(text).starts_with(['。', '！', '？', '।']));
    if last.end() == next.start() && !full_width {
        return false;
    }
    let mut following = tokens.get(end..).unwrap_or_default().iter().map(|span| span.of(text));
    let opener = following
        .find(|word| !word.chars().all(|c| scan::is_opening(c) || matches!(c, '-' | '–' | '—' | '•')));
    opener.is_none_or(|word| {
        word.starts_with(|c: char| !c.is_lowercase() && (c.is_alphanumeric() || scan::is_final(c)))
    })
}
