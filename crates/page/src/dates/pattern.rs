//! Patterns of date phrases, matched against words.

use super::lexicon::{Lexicon, Meaning, PatternRow, Season, Unit};
use super::row::{Word, WordKind};
use crate::words::fold;

/// A pattern ready to match.
#[derive(Debug)]
pub(super) struct Pattern {
    pub(super) means: Meaning,
    pub(super) shift: i32,
    pub(super) skip: usize,
    given: Slots,
    items: Vec<Item>,
}

impl From<PatternRow> for Pattern {
    fn from(row: PatternRow) -> Self {
        let given = Slots { number: row.count, unit: row.unit, ..Slots::default() };
        Self { means: row.means, shift: row.shift, skip: row.skip, given, items: row.words.0 }
    }
}

/// One place in a pattern.
#[derive(Clone, Debug)]
pub(super) struct Item {
    what: What,
    optional: bool,
}

#[derive(Clone, Debug)]
enum What {
    Words(Vec<String>),
    Slot(Slot),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Slot {
    Day,
    SecondDay,
    Month,
    MonthNumber,
    Year,
    SecondYear,
    Number,
    Unit,
    Weekday,
    Season,
}

/// What the slots of a pattern were filled with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Slots {
    pub(super) day: Option<i8>,
    pub(super) second_day: Option<i8>,
    pub(super) month: Option<i8>,
    pub(super) year: Option<i16>,
    pub(super) second_year: Option<i16>,
    pub(super) number: Option<i32>,
    pub(super) unit: Option<Unit>,
    pub(super) weekday: Option<i8>,
    pub(super) season: Option<Season>,
}

/// Reads the words of a pattern.
pub(super) fn compile(words: &str) -> Result<Vec<Item>, String> {
    let items: Vec<Item> = words.split_whitespace().map(item).collect::<Result<_, _>>()?;
    if items.is_empty() { Err("a pattern needs at least one word".into()) } else { Ok(items) }
}

fn item(word: &str) -> Result<Item, String> {
    if let Some(name) = word.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
        let (name, optional) = name.strip_suffix('?').map_or((name, false), |name| (name, true));
        return Ok(Item { what: What::Slot(slot(name)?), optional });
    }
    let (words, optional) = word.strip_suffix('?').map_or((word, false), |words| (words, true));
    Ok(Item { what: What::Words(words.split('|').map(fold).collect()), optional })
}

fn slot(name: &str) -> Result<Slot, String> {
    Ok(match name {
        "d" => Slot::Day,
        "d2" => Slot::SecondDay,
        "m" => Slot::Month,
        "mm" => Slot::MonthNumber,
        "y" => Slot::Year,
        "y2" => Slot::SecondYear,
        "n" => Slot::Number,
        "unit" => Slot::Unit,
        "wd" => Slot::Weekday,
        "season" => Slot::Season,
        _ => return Err(format!("no such slot: {{{name}}}")),
    })
}

impl Pattern {
    /// Matches at the beginning of `words`: how many of them it takes, and what fills its slots.
    pub(super) fn matches(&self, words: &[Word], lexicon: &Lexicon) -> Option<(usize, Slots)> {
        step(&self.items, words, lexicon, self.given).map(|(left, slots)| (words.len() - left, slots))
    }
}

impl Pattern {
    /// The words that a date of this pattern may begin with, beside numbers in figures.
    pub(super) fn first_words<'a>(&'a self, lexicon: &'a Lexicon) -> Vec<&'a String> {
        let items = self.items.get(self.skip..).unwrap_or_default();
        let optional = items.iter().take_while(|item| item.optional).count();
        items.iter().take(optional + 1).flat_map(|item| item.what.words(lexicon)).collect()
    }
}

impl What {
    fn words<'a>(&'a self, lexicon: &'a Lexicon) -> Vec<&'a String> {
        match self {
            What::Words(words) => words.iter().collect(),
            What::Slot(Slot::Month) => lexicon.months.keys().collect(),
            What::Slot(Slot::Weekday) => lexicon.weekdays.keys().collect(),
            What::Slot(Slot::Season) => lexicon.seasons.keys().collect(),
            What::Slot(Slot::Unit) => lexicon.units.keys().collect(),
            What::Slot(Slot::Number) => lexicon.numbers.keys().collect(),
            What::Slot(Slot::Day | Slot::SecondDay | Slot::MonthNumber | Slot::Year | Slot::SecondYear) => {
                Vec::new()
            }
        }
    }
}

/// Matches `items` from the first word on; gives how many words are left.
fn step(items: &[Item], words: &[Word], lexicon: &Lexicon, slots: Slots) -> Option<(usize, Slots)> {
    let Some((item, items)) = items.split_first() else { return Some((words.len(), slots)) };
    let taken = words.split_first().and_then(|(word, rest)| {
        let mut filled = slots;
        take(&item.what, word, lexicon, &mut filled)?;
        let mark = matches!(item.what, What::Slot(Slot::Day | Slot::SecondDay))
            .then(|| rest.split_first().filter(|(mark, _)| lexicon.ordinals.contains(mark.folded)))
            .flatten();
        mark.and_then(|(_, after)| step(items, after, lexicon, filled))
            .or_else(|| step(items, rest, lexicon, filled))
    });
    taken.or_else(|| if item.optional { step(items, words, lexicon, slots) } else { None })
}

fn take(what: &What, word: &Word, lexicon: &Lexicon, slots: &mut Slots) -> Option<()> {
    let slot = match what {
        What::Words(words) => return words.iter().any(|one| one == word.folded).then_some(()),
        What::Slot(slot) => *slot,
    };
    let named = |names: &std::collections::BTreeMap<String, i8>| {
        names.get(word.folded).copied().filter(|_| word.capital || !lexicon.capitalised)
    };
    match slot {
        Slot::Day => slots.day = Some(number(word, 1, 31, 2)? as i8),
        Slot::SecondDay => slots.second_day = Some(number(word, 1, 31, 2)? as i8),
        Slot::Month => slots.month = Some(named(&lexicon.months)?),
        Slot::MonthNumber => slots.month = Some(number(word, 1, 12, 2)? as i8),
        Slot::Year => slots.year = Some(year(word)?),
        Slot::SecondYear => slots.second_year = Some(second_year(word, slots.year?)?),
        Slot::Number => {
            let spelt = lexicon.numbers.get(word.folded).copied();
            slots.number = Some(spelt.or_else(|| number(word, 1, 999, 3))?);
        }
        Slot::Unit => slots.unit = Some(*lexicon.units.get(word.folded)?),
        Slot::Weekday => slots.weekday = Some(named(&lexicon.weekdays)?),
        Slot::Season => slots.season = Some(*lexicon.seasons.get(word.folded)?),
    }
    Some(())
}

fn number(word: &Word, least: i32, most: i32, digits: usize) -> Option<i32> {
    if word.kind != WordKind::Digits || word.folded.len() > digits {
        return None;
    }
    word.folded.parse().ok().filter(|value| (least..=most).contains(value))
}

/// A year of four digits in the time that reports are about.
pub(super) fn year(word: &Word) -> Option<i16> {
    (word.folded.len() == 4).then(|| number(word, 1900, 2100, 4)).flatten().map(|year| year as i16)
}

/// The second year of "2022–2023" or "2022–23".
fn second_year(word: &Word, first: i16) -> Option<i16> {
    let short = (word.folded.len() == 2).then(|| number(word, 0, 99, 2)).flatten();
    let second = short.map_or_else(|| year(word), |years| Some(first / 100 * 100 + years as i16));
    second.filter(|second| *second > first)
}
