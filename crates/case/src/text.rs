//! What of a text can be compared with another: sentences that tell something, words, numbers.

use lagebild_document::BlockKind;
use lagebild_reading::Reading;
use lagebild_span::Span;
use std::collections::BTreeSet;

/// Numbers below are in every text.
const SMALL: u64 = 10;

/// The sentences that tell news: outside of credits and navigation, and naming somebody or counting something. What a site
/// says of itself below every article does neither.
pub(crate) fn sentences(reading: &Reading) -> Vec<Span> {
    let told = |kind| {
        matches!(
            kind,
            BlockKind::Headline
                | BlockKind::Lead
                | BlockKind::Paragraph
                | BlockKind::Subheading
                | BlockKind::ListItem
        )
    };
    let blocks = reading.document.blocks.iter().filter(|block| told(block.kind));
    let all = blocks.flat_map(|block| cut(&reading.text, block.span));
    all.filter(|span| is_news(reading, *span)).collect()
}

fn cut(text: &str, block: Span) -> Vec<Span> {
    let mut sentences = Vec::new();
    let mut start = block.start() as usize;
    let words = block.of(text);
    for (at, mark) in words.match_indices(['.', '!', '?', '…', '。', '\n']) {
        let end = block.start() as usize + at + mark.len();
        let ends = mark == "。" || mark == "\n" || text[end..].starts_with(char::is_whitespace);
        if ends {
            sentences.push(Span::new(start, end));
            start = end;
        }
    }
    sentences.push(Span::new(start, block.end() as usize));
    sentences.retain(|span| !span.of(text).trim().is_empty());
    sentences
}

fn is_news(reading: &Reading, span: Span) -> bool {
    let counts = span.of(&reading.text).contains(|c: char| c.is_ascii_digit());
    let outlet = |id| reading.entities.iter().any(|entity| entity.id == id && entity.is_media);
    counts || reading.mentions.iter().any(|mention| span.contains(mention.span) && !outlet(mention.entity))
}

/// The words of a text in small letters.
pub(crate) fn words(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() > 2);
    words.map(str::to_lowercase).collect()
}

/// Share of the smaller set that the larger one holds; 0 where one is empty.
pub(crate) fn contained<T: Ord>(a: &BTreeSet<T>, b: &BTreeSet<T>) -> f64 {
    let shorter = a.len().min(b.len());
    if shorter == 0 { 0.0 } else { a.intersection(b).count() as f64 / shorter as f64 }
}

/// The numbers in a text, groups of three digits joined: "9 000", "9.000" and "9,000" are 9000.
pub(crate) fn numbers(text: &str) -> BTreeSet<u64> {
    let mut numbers = BTreeSet::new();
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let (digits, after) = number(&rest[at..]);
        numbers.extend(digits.parse::<u64>().ok().filter(|number| *number >= SMALL));
        rest = after;
    }
    numbers
}

/// The number at the beginning of a text, and what follows it.
fn number(text: &str) -> (String, &str) {
    let end = |text: &str| text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (first, mut rest) = text.split_at(end(text));
    let mut digits = first.to_owned();
    while digits.len() <= 15 {
        let mut inner = rest.chars();
        let parted =
            inner.next().is_some_and(|c| matches!(c, ' ' | ',' | '.' | '\'' | '’' | '\u{a0}' | '\u{202f}'));
        let group = inner.as_str();
        if !parted || end(group) != 3 || first.len() > 3 {
            break;
        }
        digits += &group[..3];
        rest = &group[3..];
    }
    (digits, rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_however_their_digits_are_grouped() {
        let of = |text| numbers(text).into_iter().collect::<Vec<_>>();
        assert_eq!(of("9 000 obus le 21 février"), [21, 9000]);
        assert_eq!(of("30.000 Tonnen, 9,000 shells, 2024 5"), [2024, 9000, 30000]);
        assert_eq!(of("no number, 7"), [0; 0]);
    }
}
