//! What a piece shows by itself: boilerplate, bylines, lines with nothing but a date, captions, credits.

use super::shape::{self, Ending};
use super::{Chunk, Hint, Part};
use crate::dates;
use crate::lexicon::Cues;
use crate::model::BlockKind;
use lagebild_span::Span;

/// Longer pieces are running text, whatever words stand in them.
const LONGEST_NOTICE: usize = 320;
/// The longest caption with its credit.
const LONGEST_CAPTION: usize = 500;
/// The longest byline.
const LONGEST_BYLINE: usize = 160;

/// The pieces with what each shows by itself; captions and paragraphs are cut where their credit begins.
pub(super) fn parts(text: &str, chunks: &[Chunk], cues: &Cues) -> Vec<Part> {
    let mut parts = Vec::with_capacity(chunks.len());
    for chunk in chunks {
        let span = chunk.span.trimmed(text);
        if !span.is_empty() {
            cut_credit(
                text,
                Part { span, hint: chunk.hint, kind: kind(span.of(text), chunk.hint, cues) },
                cues,
                &mut parts,
            );
        }
    }
    parts
}

/// What cue words and shape say of one piece.
fn kind(words: &str, hint: Hint, cues: &Cues) -> Option<BlockKind> {
    if let Hint::Is(kind) = hint
        && !matches!(kind, BlockKind::ListItem | BlockKind::Caption)
    {
        return Some(kind);
    }
    if !words.chars().any(char::is_alphanumeric) {
        return has_signs_of_layout(words).then_some(BlockKind::Boilerplate);
    }
    let given = if let Hint::Is(kind) = hint { Some(kind) } else { None };
    if shape::longer_than(words, LONGEST_CAPTION) {
        return given;
    }
    if is_boilerplate(words, cues) {
        return Some(BlockKind::Boilerplate);
    }
    if is_credit(words, cues) {
        return Some(BlockKind::Credit);
    }
    if given.is_none() && is_date_line(words, cues) {
        return Some(BlockKind::Dateline);
    }
    if given.is_none() && is_address(words) {
        return Some(BlockKind::Byline);
    }
    given.or_else(|| is_caption(words, cues).then_some(BlockKind::Caption))
}

/// "***", "---", "|": signs between the parts of a page.
fn has_signs_of_layout(words: &str) -> bool {
    words.chars().all(|c| c.is_whitespace() || c.is_ascii_punctuation() || "–—•·…|»«►▼▲●■□★☆".contains(c))
}

/// A call to subscribe, a link to another article, a notice about cookies, the name of a button.
fn is_boilerplate(words: &str, cues: &Cues) -> bool {
    if shape::longer_than(words, LONGEST_NOTICE) {
        return false;
    }
    let unadorned = words.trim_start_matches(|c: char| c.is_whitespace() || "+*►▶→»>|•–-".contains(c));
    cues.boilerplate_lines.is_whole(words)
        || cues.boilerplate_sections.is_whole(words)
        || ([words, unadorned].iter().any(|words| cues.boilerplate_openers.strip(words).is_some())
            && shape::sentences_up_to(words, 4) < 4)
        || is_copyright_line(words)
        || (cues.boilerplate_phrases.find(words).is_some() && shape::sentences_up_to(words, 3) < 3)
}

/// "© 2023 Beispiel-Verlag": a sign and a year, nothing before them.
fn is_copyright_line(words: &str) -> bool {
    let Some(rest) = words.strip_prefix(['©', 'ⓒ']).or_else(|| words.strip_prefix("(c) ")) else {
        return false;
    };
    let year = rest.trim_start().get(..4).unwrap_or_default();
    year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit())
}

/// The whole piece says who made the picture or sent the report.
fn is_credit(words: &str, cues: &Cues) -> bool {
    if shape::longer_than(words, 200) {
        return false;
    }
    let short = shape::words_up_to(words, 12) < 12;
    let inner = words.trim_start_matches(['(', '[']);
    let one_sentence = |words| shape::sentences_up_to(words, 2) < 2;
    (words.starts_with(['©', 'ⓒ']) && short)
        || cues.credit_openers.strip(inner).is_some()
        || (short && cues.picture_credits.strip(inner).is_some_and(one_sentence))
        || (cues.credit_phrases.find(words).is_some() && one_sentence(words))
        || cues.caption_marks.is_whole(words)
        || is_signature(words.trim_matches(['(', ')', '.', ' ']), cues)
}

/// "chd/dpa", "Reuters", "mit Material der dpa": agencies, and initials of editors beside them.
fn is_signature(words: &str, cues: &Cues) -> bool {
    let is_initials =
        |name: &str| (2..=4).contains(&name.chars().count()) && name.chars().all(char::is_lowercase);
    let is_agency = |name: &str| cues.agencies.is_whole(name) || cues.credit_openers.strip(name).is_some();
    let names = || words.split(['/', ',']).map(str::trim);
    !words.contains('\n')
        && names().any(is_agency)
        && names().all(|name| is_agency(name) || is_initials(name))
}

/// The words under a picture: they end with a credit, or begin as captions do.
fn is_caption(words: &str, cues: &Cues) -> bool {
    if cues.caption_openers.strip(words).is_some() {
        return true;
    }
    let tail_from = words.char_indices().rev().nth(60).map_or(0, |(at, _)| at);
    let tail = words.get(tail_from..).unwrap_or_default();
    let marked = cues
        .caption_marks
        .find(tail)
        .is_some_and(|(_, end)| tail.get(end..).is_some_and(|rest| shape::words_up_to(rest, 5) < 5));
    marked || credit_start(words, cues).is_some_and(|at| at > 0)
}

/// Where the credit at the end of a caption begins: at "©", or at "Foto: X/dpa" with few words behind it.
fn credit_start(words: &str, cues: &Cues) -> Option<usize> {
    let from = words.char_indices().rev().nth(90).map_or(0, |(at, _)| at);
    let tail = words.get(from..)?;
    let sign = tail.rfind(['©', 'ⓒ']);
    let (label, behind) = match cues.picture_credits.find_last(tail) {
        Some((at, end)) => (Some(at), tail.get(end..).unwrap_or_default()),
        None => (None, ""),
    };
    let label = label.filter(|_| shape::words_up_to(behind, 9) < 9 && shape::sentences_up_to(behind, 2) < 2);
    let at = match (sign, label) {
        (Some(sign), Some(label)) => sign.min(label),
        (sign, label) => sign.or(label)?,
    };
    let bracket = tail.get(..at)?.trim_end();
    let at = if bracket.ends_with(['(', '[', '|']) { bracket.len() - 1 } else { at };
    Some(from + at)
}

/// Where a signature in brackets begins that closes the text: "(chd/dpa)", or initials alone as "(lb)".
fn trailing_sign(words: &str, cues: &Cues) -> Option<usize> {
    let inner = words.trim_end_matches('.').strip_suffix(')')?;
    let open = inner.rfind('(')?;
    let names = inner.get(open + 1..)?;
    let before = inner.get(..open)?.trim_end();
    let is_initials = (2..=4).contains(&names.chars().count()) && names.chars().all(char::is_lowercase);
    let closed = matches!(shape::ending(before), Ending::Stop | Ending::Question | Ending::Exclamation);
    (closed && (is_initials || is_signature(names, cues))).then_some(open)
}

/// Adds the part, cut in two where it ends with a credit.
fn cut_credit(text: &str, part: Part, cues: &Cues, parts: &mut Vec<Part>) {
    let words = part.span.of(text);
    let cut = match part.kind {
        Some(BlockKind::Caption) => credit_start(words, cues),
        None | Some(BlockKind::Paragraph | BlockKind::ListItem) => trailing_sign(words, cues),
        _ => None,
    };
    let Some(cut) = cut.filter(|&cut| cut > 0) else {
        parts.push(part);
        return;
    };
    let (start, end) = (part.span.start() as usize, part.span.end() as usize);
    parts.push(Part { span: Span::new(start, start + cut).trimmed(text), ..part });
    let span = Span::new(start + cut, end).trimmed(text);
    parts.push(Part { span, hint: part.hint, kind: Some(BlockKind::Credit) });
}

/// A line that says nothing but when: "Stand: 12.09.2023, 16:55 Uhr".
fn is_date_line(words: &str, cues: &Cues) -> bool {
    if shape::longer_than(words, 120) || shape::sentences_up_to(words, 4) > 2 {
        return false;
    }
    let found = dates::full_dates(words, cues, true);
    if found.is_empty() {
        return cues.published.is_whole(words) || cues.updated.is_whole(words);
    }
    let mut rest = words.to_string();
    for date in found.iter().rev() {
        rest.replace_range(date.range.clone(), " ");
    }
    let apart = |c: char| c.is_whitespace() || c.is_ascii_punctuation() || "–—·•".contains(c);
    let other = rest
        .split(apart)
        .filter(|word| word.chars().any(char::is_alphabetic))
        .filter(|word| cues.beside_dates.strip(word).is_none())
        .filter(|word| cues.published.strip(word).is_none() && cues.updated.strip(word).is_none())
        .count();
    other <= 1
}

/// An e-mail address alone: the author's.
fn is_address(words: &str) -> bool {
    let parts = words.split_once('@');
    parts.is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
        && !words.contains(char::is_whitespace)
}

/// True for a piece that says who wrote the article. Only the caller knows whether it stands where bylines do.
pub(super) fn is_byline(words: &str, cues: &Cues) -> bool {
    let words = words.trim_matches(['*', '_', ' ']);
    if shape::longer_than(words, LONGEST_BYLINE) || words.contains(['?', '!']) {
        return false;
    }
    if cues.byline_labels.strip(words).is_some() {
        return true;
    }
    let mut names = words.split(|c: char| c.is_whitespace() || c == '·').take(5);
    shape::ending(words) != Ending::Stop
        && (cues.byline_phrases.strip(words).is_some()
            || opens_byline(words, cues)
            || (words.contains('@') && shape::words_up_to(words, 9) < 9)
            || names.any(|name| cues.byline_endings.iter().any(|ending| ending == name)))
}

/// "Von Christina Denk und Max Muster", "By JANE DOE in Seoul": names and the small words between them.
fn opens_byline(words: &str, cues: &Cues) -> bool {
    let Some(names) = cues.byline_openers.strip(words) else { return false };
    let apart = |c: char| c.is_whitespace() || matches!(c, ',' | '|' | '·' | '/' | '.' | '(' | ')');
    let mut words = names.split(apart).filter(|word| word.chars().any(char::is_alphanumeric)).peekable();
    let first_is_name = words.peek().is_some_and(|word| word.chars().next().is_some_and(char::is_uppercase));
    let is_fitting = |word: &str| {
        let mut letters = word.chars();
        letters.next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit())
            || cues.byline_between.is_whole(word)
    };
    first_is_name && words.clone().count() <= 14 && words.all(is_fitting)
}

/// Labels what follows a heading such as "Mehr zum Thema": titles of other articles, until running text begins again.
pub(super) fn sections(text: &str, parts: &mut [Part], cues: &Cues) {
    let mut within = false;
    for part in parts {
        let words = part.span.of(text);
        match part.kind {
            Some(BlockKind::Boilerplate) => {
                within = cues.boilerplate_sections.is_whole(words);
            }
            Some(BlockKind::Subheading) if cues.boilerplate_sections.is_whole(words) => {
                within = true;
                part.kind = Some(BlockKind::Boilerplate);
            }
            None | Some(BlockKind::ListItem) if within => {
                within = shape::ending(words) != Ending::Stop && !shape::longer_than(words, 160);
                if within {
                    part.kind = Some(BlockKind::Boilerplate);
                }
            }
            _ => within = false,
        }
    }
}
