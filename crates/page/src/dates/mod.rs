//! Dates in running text: absolute, relative to the publication, intervals, each with its precision.

mod join;
mod lexicon;
mod model;
mod pattern;
mod resolve;
mod row;

use crate::words::Words;
use jiff::civil::Date;
use lagebild_language::Language;
use lagebild_span::Span;
use lexicon::{Lexicon, Meaning};
pub use model::{DateRange, Precision};
use pattern::{Slots, year};
use resolve::{Setting, days};
use row::{Word, WordKind, row};

/// The dates that a text names, in text order, without overlap.
///
/// A language without a lexicon of dates gives nothing. A weekday, a day without a year
/// and "last week" count from `published`; when that is unknown their `from` and `to` are none.
/// A weekday is the last one before publication, or the next one where its sentence speaks of the future.
pub fn dates(words: &Words<'_>, language: &Language, published: Option<Date>) -> Vec<DateRange> {
    let Some(lexicon) = language.lexicon::<Lexicon>() else { return Vec::new() };
    let words = row(words);
    let found = join::weekdays(join::ranges(scan(&words, lexicon), &words, lexicon), &words, lexicon);
    let future = Future::of(&words, lexicon);
    found.into_iter().map(|found| resolved(&found, &words, lexicon, published, &future)).collect()
}

/// A phrase that matched: words `first..end`.
#[derive(Clone, Copy, Debug)]
struct Found {
    first: usize,
    end: usize,
    means: Meaning,
    shift: i32,
    slots: Slots,
    /// The second phrase of "from … to …".
    until: Option<(Meaning, Slots)>,
}

fn scan(words: &[Word], lexicon: &Lexicon) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        if let Some(phrase) = longest(words, at, lexicon).or_else(|| bare_year(words, at, lexicon)) {
            at = phrase.end;
            found.push(phrase);
        } else {
            at += 1;
        }
    }
    found
}

/// The longest phrase from a word on; of equals the pattern that stands first in the file.
fn longest(words: &[Word], at: usize, lexicon: &Lexicon) -> Option<Found> {
    let word = words.get(at)?;
    if word.kind != WordKind::Digits && !lexicon.first_words.contains(word.folded) {
        return None;
    }
    let mut best: Option<Found> = None;
    for pattern in &lexicon.patterns {
        let Some(rest) = at.checked_sub(pattern.skip).and_then(|start| words.get(start..)) else { continue };
        let Some((length, slots)) = pattern.matches(rest, lexicon) else { continue };
        let end = at - pattern.skip + length;
        if end > best.map_or(at, |best| best.end) {
            best = Some(Found {
                first: at,
                end,
                means: pattern.means,
                shift: pattern.shift,
                slots,
                until: None,
            });
        }
    }
    best
}

/// A number of four digits that its neighbours show to be a year.
fn bare_year(words: &[Word], at: usize, lexicon: &Lexicon) -> Option<Found> {
    let word = words.get(at)?;
    let number = year(word)?;
    let before = at.checked_sub(1).and_then(|i| words.get(i));
    let after = words.get(at + 1);
    let marked = before.is_some_and(|before| lexicon.year_markers.contains(before.folded));
    let bracketed =
        before.is_some_and(|before| before.folded == "(") && after.is_some_and(|after| after.folded == ")");
    let resolution = at >= 2 && words.get(at - 2).is_some_and(|word| word.kind == WordKind::Digits);
    let counts = after.is_some_and(|after| after.kind == WordKind::Letters && number % 100 == 0);
    let noun = after.is_some_and(|after| lexicon.capitalised && after.capital && number % 10 == 0);
    let opens = before.is_none_or(|before| matches!(before.folded, "." | "\n"))
        && after.is_some_and(|after| after.kind == WordKind::Letters && !after.capital);
    let is_year = (marked && !counts && !noun) || (bracketed && !resolution) || (opens && !counts);
    let slots = Slots { year: Some(number), ..Slots::default() };
    is_year.then_some(Found { first: at, end: at + 1, means: Meaning::Year, shift: 0, slots, until: None })
}

fn resolved(
    found: &Found,
    words: &[Word],
    lexicon: &Lexicon,
    published: Option<Date>,
    future: &Future,
) -> DateRange {
    let setting = Setting { published, future: future.around(found) };
    let mut range = days(found.means, found.shift, found.slots, setting);
    if let Some((means, slots)) = found.until {
        range.to = days(means, found.shift, slots, setting).to;
        range.precision = Precision::Interval;
    }
    if range.from.zip(range.to).is_some_and(|(from, to)| from > to) {
        (range.from, range.to) = (None, None);
    }
    let (first, bounds) = join::prefixes(found.first, words, lexicon);
    let possessive = words.get(found.end).is_some_and(|mark| matches!(mark.folded, "'" | "’"));
    let range = if possessive { range } else { bounds.into_iter().fold(range, resolve::Days::bounded) };
    DateRange {
        from: range.from,
        to: range.to,
        precision: range.precision,
        words: cover(words, first, found.end),
    }
}

fn cover(words: &[Word], first: usize, end: usize) -> Span {
    words
        .get(first..end)
        .and_then(|words| Some(words.first()?.span.cover(words.last()?.span)))
        .unwrap_or_default()
}

/// Where the sentence speaks of the future: found once for all dates, for a sentence may hold thousands.
struct Future {
    /// For each word: one of its sentence before it is a word of the future.
    before: Vec<bool>,
    /// For each word: itself or one of its sentence behind it is one.
    from: Vec<bool>,
}

impl Future {
    fn of(words: &[Word], lexicon: &Lexicon) -> Self {
        let ends = |word: &Word| matches!(word.folded, "." | "!" | "?" | "\n");
        let spread = |open: &mut bool, word: &Word| {
            *open = !ends(word) && (*open || lexicon.future.contains(word.folded));
            *open
        };
        let mut open = false;
        let before = words.iter().map(|word| (open, spread(&mut open, word)).0).collect();
        let mut open = false;
        let mut from: Vec<bool> = words.iter().rev().map(|word| spread(&mut open, word)).collect();
        from.reverse();
        Self { before, from }
    }

    /// True when the sentence around a phrase has a word of the future.
    fn around(&self, found: &Found) -> bool {
        let is = |list: &[bool], at: usize| list.get(at).copied().unwrap_or_default();
        is(&self.before, found.first) || is(&self.from, found.end)
    }
}
