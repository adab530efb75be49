//! Calibres: "152 mm", "152-mm", "152-Millimeter", "5,45 mm", "152 bis 122 mm", "кал. 152 мм".

use lagebild_page::words::{Gap, Part, Words};
use lagebild_span::Span;
use serde::Serialize;

/// A calibre or a range of calibres as written.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Calibre {
    /// The words, with the unit.
    #[serde(flatten)]
    pub span: Span,
    /// The smaller or only calibre, millimetres.
    pub from_mm: f64,
    /// The larger calibre of a range, millimetres.
    pub to_mm: f64,
}

/// A calibre with the places of its first and last word.
pub(crate) struct CalibreAt {
    pub(crate) first: usize,
    pub(crate) last: usize,
    pub(crate) calibre: Calibre,
}

const MILLIMETRES: [&str; 7] = ["mm", "millimeter", "millimetre", "millimeters", "мм", "миллиметров", "밀리"];
const RANGE_WORDS: [&str; 8] = ["bis", "to", "und", "and", "до", "и", "à", "et"];
/// Calibres of weapons; a rainfall of 3 mm or a rail gauge of 1435 mm is none.
const CALIBRES_MM: std::ops::RangeInclusive<f64> = 4.0..=650.0;

/// True for the words "calibre", "Kaliber", "калибр".
pub(crate) fn is_calibre_word(folded: &str) -> bool {
    ["calib", "kalib", "калиб", "구경"].iter().any(|stem| folded.starts_with(stem)) || folded == "кал"
}

/// True for a unit or a word between two calibres.
pub(crate) fn is_unit_or_range(folded: &str) -> bool {
    MILLIMETRES.contains(&folded) || RANGE_WORDS.contains(&folded)
}

/// All calibres of a text; those of one list ("152-mm und 122-mm") as one range.
pub(crate) fn find(words: &Words<'_>) -> Vec<CalibreAt> {
    let units = (0..words.len()).filter(|&at| is_unit(words, at));
    let mut found: Vec<CalibreAt> = Vec::new();
    for next in units.filter_map(|at| before_unit(words, at)) {
        match found.last_mut().filter(|before| is_one_list(words, before.last, next.first)) {
            Some(before) => before.extend(&next),
            None => found.push(next),
        }
    }
    found
}

fn is_one_list(words: &Words<'_>, last: usize, next: usize) -> bool {
    let joint = next == last + 2 && RANGE_WORDS.contains(&words.folded(last + 1));
    next > last && joint && (last + 1..=next).all(|at| words.gap(at).is_plain())
}

impl CalibreAt {
    fn extend(&mut self, next: &CalibreAt) {
        self.last = next.last;
        self.calibre = self.calibre.cover(&next.calibre);
    }
}

impl Calibre {
    /// The range that holds both.
    pub(crate) fn cover(&self, other: &Calibre) -> Calibre {
        Calibre {
            span: self.span.cover(other.span),
            from_mm: self.from_mm.min(other.from_mm),
            to_mm: self.to_mm.max(other.to_mm),
        }
    }
}

fn is_unit(words: &Words<'_>, at: usize) -> bool {
    let word = words.folded(at);
    // ㎜ is not a word character: a number right before it carries the unit itself.
    MILLIMETRES.contains(&word)
        || (words.get(at).is_some_and(Part::is_number) && followed_by_square_mm(words, at))
}

fn followed_by_square_mm(words: &Words<'_>, at: usize) -> bool {
    let end = words.span(at, at).end() as usize;
    words.text().get(end..).is_some_and(|rest| rest.starts_with('㎜'))
}

fn before_unit(words: &Words<'_>, unit: usize) -> Option<CalibreAt> {
    let last = if words.get(unit)?.is_number() { unit } else { unit.checked_sub(1)? };
    let joined = |at: usize| words.gap(at) == Gap::None || words.gap(at).runs_on();
    if last != unit && !joined(unit) {
        return None;
    }
    let (value, mut first) = number_ending_at(words, last)?;
    let (mut from, mut to) = (value, value);
    if let Some((other, start)) = earlier_number(words, first) {
        (from, to, first) = (value.min(other), value.max(other), start);
    }
    let within = CALIBRES_MM.contains(&from) && CALIBRES_MM.contains(&to);
    let mut span = words.span(first, unit);
    if last == unit {
        span = span.ending(span.end() + '㎜'.len_utf8() as u32);
    }
    within.then_some(CalibreAt { first, last: unit, calibre: Calibre { span, from_mm: from, to_mm: to } })
}

/// "152 bis 122 mm", "152- und 122-mm", "100–125 mm": the number before the one beside the unit.
fn earlier_number(words: &Words<'_>, first: usize) -> Option<(f64, usize)> {
    let mut at = first.checked_sub(1)?;
    if RANGE_WORDS.contains(&words.folded(at)) {
        at = at.checked_sub(1)?;
        // "122-mm und 152-mm" has a unit of its own: two calibres, not a range.
    } else if !words.gap(first).is_tight() {
        return None;
    }
    number_ending_at(words, at).filter(|(value, _)| CALIBRES_MM.contains(value))
}

/// A number of one or two words ("7" "," "62"), with the place of its first.
fn number_ending_at(words: &Words<'_>, at: usize) -> Option<(f64, usize)> {
    let token = words.get(at).filter(|part| part.is_number())?;
    let between = |a: usize| {
        let start = words.span(a, a).end() as usize;
        words.text().get(start..token.span.start() as usize)
    };
    if let Some(whole) = at.checked_sub(1)
        && words.get(whole).is_some_and(Part::is_number)
        && matches!(between(whole), Some("," | "."))
    {
        let value = format!("{}.{}", words.folded(whole), words.folded(at)).parse().ok()?;
        return Some((value, whole));
    }
    Some((words.folded(at).parse().ok()?, at))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn calibres(text: &str) -> Vec<(&str, f64, f64)> {
        let words = Words::new(text);
        let written = |c: CalibreAt| (c.calibre.span.of(text), c.calibre.from_mm, c.calibre.to_mm);
        find(&words).into_iter().map(written).collect()
    }

    #[test]
    fn reads_the_ways_of_writing() {
        assert_eq!(calibres("152 mm; 152mm"), [("152 mm", 152.0, 152.0), ("152mm", 152.0, 152.0)]);
        assert_eq!(calibres("152-mm- und 122-mm-Granaten"), [("152-mm- und 122-mm", 122.0, 152.0)]);
        assert_eq!(calibres("(152 bis 122 mm)"), [("152 bis 122 mm", 122.0, 152.0)]);
        assert_eq!(calibres("5,45 mm"), [("5,45 mm", 5.45, 5.45)]);
        assert_eq!(calibres("240㎜ 방사포"), [("240㎜", 240.0, 240.0)]);
    }

    #[test]
    fn a_rail_gauge_is_none() {
        assert!(calibres("1520 mm Spurweite, 2 mm Regen").is_empty());
    }
}
