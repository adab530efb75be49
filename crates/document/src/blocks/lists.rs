//! Items of lists: with a mark before each, or without one after a line that ends with a colon.

use super::shape::{self, Ending, Marker};
use super::{Hint, Part};
use crate::lexicon::Cues;
use crate::model::BlockKind;
use lagebild_span::Span;

/// The longest item that has neither a mark nor a label.
const LONGEST_BARE_ITEM: usize = 250;

/// Labels the items of all lists. Items that were run together in one piece are cut apart.
pub(super) fn label(text: &str, parts: &mut Vec<Part>, cues: &Cues) {
    label_marked(text, parts);
    let labelled = label_after_lead_in(text, parts, cues);
    if labelled.iter().any(|&is_definition| is_definition) {
        *parts = parts
            .iter()
            .zip(labelled)
            .flat_map(
                |(&part, is_definition)| if is_definition { cut_definitions(text, part) } else { vec![part] },
            )
            .collect();
    }
}

fn marker_of(text: &str, part: &Part) -> Option<Marker> {
    let open = part.is_open() && part.hint == Hint::Unknown;
    if open { shape::marker(part.span.of(text)).map(|(marker, _)| marker) } else { None }
}

/// Runs of pieces with marks. A bullet is always an item. A dash or a number needs a second one beside it or a
/// lead-in, because dashes open direct speech and numbers open sentences ("12. September …").
fn label_marked(text: &str, parts: &mut [Part]) {
    let mut at = 0;
    while let Some(part) = parts.get(at) {
        let Some(first) = marker_of(text, part) else {
            at += 1;
            continue;
        };
        let same_kind = |other: &Marker| std::mem::discriminant(other) == std::mem::discriminant(&first);
        let following = parts.iter().skip(at).map_while(|part| marker_of(text, part));
        let run: Vec<Marker> = following.take_while(same_kind).collect();
        let length = run.len();
        let led_in = at > 0 && parts.get(at - 1).is_some_and(|before| leads_in(text, before));
        let ascending = run.iter().is_sorted_by_key(|marker| match marker {
            Marker::Number(number) => *number,
            _ => 0,
        });
        let is_list = match first {
            Marker::Bullet => true,
            Marker::Dash => led_in || (length > 1 && !is_dialogue(text, parts.get(at..at + length))),
            Marker::Number(_) => ascending && (led_in || length > 1),
            Marker::Letter => length > 1,
        };
        for item in parts.iter_mut().skip(at).take(length).filter(|_| is_list) {
            item.kind = Some(BlockKind::ListItem);
        }
        at += length.max(1);
    }
}

/// Direct speech in French and Russian: every piece begins with an em dash and ends a sentence.
fn is_dialogue(text: &str, run: Option<&[Part]>) -> bool {
    run.unwrap_or_default().iter().all(|part| {
        let words = part.span.of(text);
        words.starts_with('—') && !matches!(shape::ending(words), Ending::Open | Ending::Separator)
    })
}

/// True for a piece that ends with a colon, so that something is to follow.
fn leads_in(text: &str, part: &Part) -> bool {
    let may_lead = part.may_be_body() || part.kind == Some(BlockKind::Subheading);
    may_lead && shape::ending(part.span.of(text)) == Ending::Colon
}

/// The two shapes of items without marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    /// A few words without a full stop.
    Bare,
    /// "Wirtschaftliche Hilfen : Nach der Isolation …", or what follows such a label that stands before it.
    Definition,
}

fn item_shape(text: &str, part: &Part) -> Option<Shape> {
    let words = part.span.of(text);
    let may_be = part.is_open() && !shape::starts_with_quote(words) && shape::marker(words).is_none();
    if !may_be {
        return None;
    }
    if words.starts_with(':') || (shape::label_end(words).is_some() && shape::ending(words) == Ending::Stop) {
        return Some(Shape::Definition);
    }
    let bare = matches!(shape::ending(words), Ending::Open | Ending::Separator)
        && !shape::longer_than(words, LONGEST_BARE_ITEM)
        && shape::sentences_up_to(words, 2) < 2;
    bare.then_some(Shape::Bare)
}

/// Labels runs of at least two pieces of one shape after a lead-in. Says for each part whether it is a definition.
fn label_after_lead_in(text: &str, parts: &mut [Part], cues: &Cues) -> Vec<bool> {
    let mut is_definition = vec![false; parts.len()];
    let mut at = 0;
    while let Some(part) = parts.get(at) {
        at += 1;
        if !leads_in(text, part) {
            continue;
        }
        let Some(shape) = parts.get(at).and_then(|part| item_shape(text, part)) else { continue };
        let mut length =
            parts.iter().skip(at).take_while(|part| item_shape(text, part) == Some(shape)).count();
        length += usize::from(shape == Shape::Bare && ends_enumeration(text, parts.get(at + length - 1..)));
        if shape == Shape::Bare && last_is_heading(text, parts.get(at + length - 1..), cues) {
            length -= 1;
        }
        if length >= 2 {
            for item in parts.iter_mut().skip(at).take(length) {
                item.kind = Some(BlockKind::ListItem);
            }
            for flag in is_definition.iter_mut().skip(at).take(length) {
                *flag = shape == Shape::Definition;
            }
            at += length;
        }
    }
    is_definition
}

/// "зерно и муку; / нефтепродукты; / технологии для спутников." – the last item of an enumeration ends with a stop.
fn ends_enumeration(text: &str, from_last: Option<&[Part]>) -> bool {
    let [last, next, ..] = from_last.unwrap_or_default() else { return false };
    let words = next.span.of(text);
    shape::ending(last.span.of(text)) == Ending::Separator
        && next.is_open()
        && shape::ending(words) == Ending::Stop
        && !shape::longer_than(words, LONGEST_BARE_ITEM)
        && shape::sentences_up_to(words, 2) < 2
}

/// A line without a full stop that stands before running text closes the list or is the next heading: it is a heading
/// when it has the look of one.
fn last_is_heading(text: &str, from_last: Option<&[Part]>, cues: &Cues) -> bool {
    let [last, next, ..] = from_last.unwrap_or_default() else { return false };
    let words = last.span.of(text);
    next.is_open()
        && shape::ending(next.span.of(text)) == Ending::Stop
        && shape::ending(words) == Ending::Open
        && (shape::label_end(words).is_some() || cues.heading_openers.strip(words).is_some())
}

/// Cuts "… Satz. Arbeitskräfte : Satz." before the second label. Between a label and its colon there is a space in
/// such text, because the label was set in bold; where the piece itself begins with a colon, the label was lost and
/// the next one may stand without a space.
fn cut_definitions(text: &str, part: Part) -> Vec<Part> {
    let mut cut = Vec::new();
    let (mut start, end) = (part.span.start() as usize, part.span.end() as usize);
    let colon_sign = if part.span.of(text).starts_with(':') { ": " } else { " : " };
    let mut from = start + 1;
    while let Some(colon) = text.get(from..end).and_then(|rest| rest.find(colon_sign)).map(|at| from + at) {
        let label = label_before(text, start, colon);
        if let Some(label) = label
            && text.get(label..end).is_some_and(|rest| shape::label_end(rest).is_some())
        {
            cut.push(Part { span: Span::new(start, label).trimmed(text), ..part });
            start = label;
        }
        from = colon + colon_sign.len();
    }
    cut.push(Part { span: Span::new(start, end).trimmed(text), ..part });
    cut
}

/// Where the words begin that stand between the last full stop and the colon, if they are few.
fn label_before(text: &str, start: usize, colon: usize) -> Option<usize> {
    let before = text.get(start..colon)?;
    let from = before.char_indices().rev().nth(80).map_or(0, |(at, _)| at);
    before.get(from..)?.rfind(". ").map(|at| start + from + at + 2)
}
