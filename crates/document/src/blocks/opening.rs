//! The top of an article: headline, bylines, lead, dateline.

use super::dateline::{self, Strength};
use super::shape::{self, Ending};
use super::{Hint, Part, local};
use crate::lexicon::Cues;
use crate::model::BlockKind;
use lagebild_span::Span;

/// The longest headline.
const LONGEST_HEADLINE: usize = 220;
/// Bylines stand among the first so many pieces.
const BYLINES_WITHIN: usize = 9;
/// The longest lead that is told by its length.
const LONGEST_LEAD: usize = 450;
/// The longest line that stands above a headline, in words.
const LONGEST_KICKER: usize = 3;

/// Labels headline, bylines and lead.
pub(super) fn label(text: &str, parts: &mut [Part], cues: &Cues) {
    label_bylines(text, parts, cues);
    let headline = label_headline(text, parts, cues);
    if let Some(lead) = find_lead(text, parts, headline, cues)
        && let Some(part) = parts.get_mut(lead)
    {
        part.kind = Some(BlockKind::Lead);
    }
}

/// Labels the headline and says where it is.
fn label_headline(text: &str, parts: &mut [Part], cues: &Cues) -> Option<usize> {
    if let Some(known) = parts.iter().position(|part| part.kind == Some(BlockKind::Headline)) {
        return Some(known);
    }
    let first = parts.iter().position(Part::is_open)?;
    let has_body =
        parts.iter().skip(first + 1).any(|part| part.may_be_body() || part.kind == Some(BlockKind::ListItem));
    let before_byline = parts.get(first + 1).is_some_and(|next| next.kind == Some(BlockKind::Byline));
    let stopped = before_byline && is_stopped_headline(text, parts.get(first)?);
    if !has_body || !(stopped || looks_like_headline(text, parts.get(first)?, cues)) {
        return None;
    }
    let second = first + 1;
    let is_kicker = parts.get(second).is_some_and(|next| {
        let (above, below) = (parts.get(first).map_or("", |part| part.span.of(text)), next.span.of(text));
        next.is_open()
            && shape::words_up_to(above, LONGEST_KICKER + 1) <= LONGEST_KICKER
            && shape::words_up_to(below, 5) == 5
            && looks_like_headline(text, next, cues)
            && parts.iter().skip(second + 1).any(Part::may_be_body)
    });
    let last = if is_kicker { second } else { first };
    for part in parts.iter_mut().take(last + 1).skip(first) {
        part.kind = Some(BlockKind::Headline);
    }
    Some(last)
}

fn looks_like_headline(text: &str, part: &Part, cues: &Cues) -> bool {
    let words = part.span.of(text);
    let fits = part.hint == Hint::Unknown
        && !shape::longer_than(words, LONGEST_HEADLINE)
        && shape::sentences_up_to(words, 3) < 3
        && matches!(shape::ending(words), Ending::Open | Ending::Question | Ending::Exclamation);
    fits && !local::is_byline(words, cues)
        && dateline::find(words, cues).is_none_or(|found| found.strength > Strength::Named)
}

/// Some headlines end with a full stop; the byline under them shows what they are.
fn is_stopped_headline(text: &str, part: &Part) -> bool {
    let words = part.span.of(text);
    part.hint == Hint::Unknown && shape::sentences_up_to(words, 2) < 2 && !shape::longer_than(words, 120)
}

/// Bylines stand near the top. The first words of all are the headline, unless they say that they are a byline.
fn label_bylines(text: &str, parts: &mut [Part], cues: &Cues) {
    let (mut seen, mut after_byline) = (0, false);
    for part in parts.iter_mut().take(BYLINES_WITHIN) {
        let words = part.span.of(text);
        let may_be = part.is_open() || part.kind == Some(BlockKind::Dateline);
        // What the author does stands under the name.
        let is_post = std::mem::take(&mut after_byline) && part.is_open() && is_label(words) && seen > 0;
        if is_post
            || may_be
                && local::is_byline(words, cues)
                && (seen > 0 || cues.byline_labels.strip(words).is_some())
        {
            part.kind = Some(BlockKind::Byline);
            after_byline = !is_post;
        } else if part.is_open() || part.kind == Some(BlockKind::Headline) {
            seen += 1;
        }
        if seen > 4 {
            break;
        }
    }
}

/// The summary under the headline: what stands before the byline, before the paragraph with the dateline, without a
/// full stop under the headline, in bold type, or alone and much shorter than the paragraph after it.
fn find_lead(text: &str, parts: &[Part], headline: Option<usize>, cues: &Cues) -> Option<usize> {
    if let Some(known) = parts.iter().position(|part| part.kind == Some(BlockKind::Lead)) {
        return Some(known);
    }
    let after = headline? + 1;
    let is_body = |part: &Part| part.is_open() && !is_label(part.span.of(text));
    let mut bodies = parts.iter().enumerate().skip(after).filter(|(_, part)| is_body(part));
    let (at, first) = bodies.next()?;
    let (next_at, next) = bodies.next()?;
    let (words, following) = (first.span.of(text), next.span.of(text));
    let heads_body = matches!(shape::ending(following), Ending::Stop | Ending::Colon | Ending::Question);
    if shape::longer_than(words, LONGEST_LEAD)
        || at > after + 4
        || dateline::find(words, cues).is_some()
        || !heads_body
    {
        return None;
    }
    let between = parts.get(at + 1..next_at)?;
    let before_byline =
        between.iter().any(|part| matches!(part.kind, Some(BlockKind::Byline | BlockKind::Dateline)));
    let before_dateline = dateline::find(following, cues).is_some();
    let is_subtitle =
        shape::ending(words) == Ending::Open && shape::longer_than(following, words.chars().count());
    let is_set_off =
        first.hint == Hint::Unknown && next.hint == Hint::Body && shape::ending(words) == Ending::Stop;
    let is_summary = next_at == at + 1
        && shape::longer_than(words, 60)
        && shape::sentences_up_to(words, 5) < 5
        && shape::longer_than(following, words.chars().count() * 3 / 2);
    (before_byline || before_dateline || is_subtitle || is_set_off || is_summary).then_some(at)
}

/// A word or two without a full stop: the name of a section, what the author does.
fn is_label(words: &str) -> bool {
    shape::ending(words) == Ending::Open && shape::words_up_to(words, 5) < 5
}

/// Cuts the dateline off the paragraph that it opens. A place alone counts only before the first paragraphs, one
/// with a date or an agency some paragraphs later too.
pub(super) fn split_datelines(text: &str, parts: Vec<Part>, cues: &Cues) -> Vec<Part> {
    let mut split = Vec::with_capacity(parts.len() + 1);
    let (mut bodies, mut done) = (0, false);
    for part in parts {
        let is_body = matches!(part.kind, None | Some(BlockKind::Paragraph | BlockKind::Lead));
        let words = if is_body && !done && bodies < 4 { part.span.of(text) } else { "" };
        let found = dateline::find(words, cues).filter(|found| match found.strength {
            Strength::Named => true,
            Strength::Dash => bodies < 2,
            Strength::Stop => bodies == 0,
        });
        bodies += usize::from(is_body && part.kind != Some(BlockKind::Lead));
        match found {
            Some(found) => {
                let cut = part.span.start() as usize + found.end;
                let before = Span::new(part.span.start() as usize, cut).trimmed(text);
                split.push(Part { span: before, hint: part.hint, kind: Some(BlockKind::Dateline) });
                split.push(Part { span: Span::new(cut, part.span.end() as usize).trimmed(text), ..part });
                done = true;
            }
            None => split.push(part),
        }
    }
    split
}
