//! Amounts in the words of an item: "rund drei Millionen Schuss", "500,000 barrels".

use crate::model::Quantity;
use crate::words::ReferentWords;
use lagebild_span::Span;

/// The first amount in a stretch of the text. A number right before or behind a calibre's unit is none.
pub(crate) fn quantity(text: &str, span: Span, lexicon: &ReferentWords) -> Option<Quantity> {
    let words = words(text, span);
    (0..words.len()).find_map(|at| amount(text, &words, at, lexicon))
}

/// Words between white space and brackets, without closing marks.
fn words(text: &str, span: Span) -> Vec<Span> {
    let mut words = Vec::new();
    let mut start = None;
    for (offset, c) in span.of(text).char_indices().chain([(span.len(), ' ')]) {
        let inside = !c.is_whitespace() && !matches!(c, '(' | ')' | '„' | '“' | '”' | '"' | ';' | ':');
        match (inside, start) {
            (true, None) => start = Some(offset),
            (false, Some(from)) => {
                words.push(Span::new(from, offset).shifted(span.start()));
                start = None;
            }
            _ => {}
        }
    }
    words
}

const CALIBRE_UNITS: [&str; 6] = ["mm", "millimeter", "millimetre", "мм", "cm", "km"];

fn amount(text: &str, words: &[Span], at: usize, lexicon: &ReferentWords) -> Option<Quantity> {
    let lower =
        |at: usize| words.get(at).map(|span: &Span| span.of(text).trim_matches([',', '.']).to_lowercase());
    let first = lower(at)?;
    let mut value = number(&first, lexicon).or_else(|| lexicon.magnitudes.get(&first).copied())?;
    let mut next = at + 1;
    while let Some(magnitude) = lower(next).and_then(|word| lexicon.magnitudes.get(&word).copied()) {
        value *= magnitude;
        next += 1;
    }
    let unit = words.get(next)?;
    let unit_words = unit.of(text).trim_end_matches([',', '.']);
    let is_word = unit_words.chars().next().is_some_and(char::is_alphabetic);
    if !is_word || CALIBRE_UNITS.contains(&unit_words.to_lowercase().as_str()) {
        return None;
    }
    let span =
        words.get(at)?.cover(Span::new(unit.start() as usize, unit.start() as usize + unit_words.len()));
    Some(Quantity { span, value: Some(value), unit: Some(unit_words.to_string()) })
}

fn number(word: &str, lexicon: &ReferentWords) -> Option<f64> {
    if let Some(value) = lexicon.numbers.get(word) {
        return Some(*value);
    }
    if !word.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let plain: String = word
        .chars()
        .filter_map(|c| {
            if c == lexicon.decimal {
                Some('.')
            } else {
                (!matches!(c, '.' | ',' | '\u{a0}' | '\'')).then_some(c)
            }
        })
        .collect();
    plain.parse().ok().filter(|value: &f64| value.is_finite())
}
