//! How a language says dates: `data/lexicon/<language>/dates.yaml`.
//!
//! A pattern is a row of words in lower case: `a|b` for alternatives, a trailing `?` for a word that may be
//! left out, and slots: `{d}` and `{d2}` day of the month (with the language's ordinal mark), `{m}` name and
//! `{mm}` number of a month, `{y}` and `{y2}` year, `{n}` number or number word, `{unit}`, `{wd}` weekday,
//! `{season}`; `{y?}` for a slot that may be left out.

use super::pattern::{Pattern, compile};
use crate::words::fold;
use lagebild_data::DataError;
use lagebild_language::Language;
use serde::Deserialize;
use std::collections::{BTreeMap, HashSet};

/// The file as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    months: [Vec<String>; 12],
    weekdays: [Vec<String>; 7],
    parts_of_day: Vec<String>,
    seasons: BTreeMap<Season, Vec<String>>,
    /// True where names of months and weekdays are written with a capital.
    #[serde(default)]
    capitalised: bool,
    ordinals: Vec<String>,
    numbers: BTreeMap<String, i32>,
    units: BTreeMap<Unit, Vec<String>>,
    year_markers: Vec<String>,
    future: Vec<String>,
    articles: Vec<String>,
    prefixes: BTreeMap<Bound, Vec<String>>,
    ranges: Vec<RangeWords>,
    patterns: Vec<PatternRow>,
}

/// A pattern as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PatternRow {
    pub(super) means: Meaning,
    pub(super) words: PatternWords,
    #[serde(default)]
    pub(super) shift: i32,
    pub(super) count: Option<i32>,
    pub(super) unit: Option<Unit>,
    /// How many words at its beginning are context before the date, not part of it.
    #[serde(default)]
    pub(super) skip: usize,
}

/// The words of a pattern, checked while the file is read, so that an error names its line.
#[derive(Debug, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct PatternWords(pub(super) Vec<super::pattern::Item>);

impl TryFrom<String> for PatternWords {
    type Error = String;

    fn try_from(words: String) -> Result<Self, String> {
        compile(&words).map(Self)
    }
}

/// What a pattern says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Meaning {
    /// `{d} {m}` and perhaps `{y}`.
    Day,
    /// `{d}` to `{d2}` of one month.
    Days,
    Month,
    Year,
    /// `{y}` to `{y2}`.
    Years,
    Decade,
    Season,
    /// `count` or `{n}` of a year.
    Quarter,
    /// `count` of a year.
    Half,
    Weekday,
    /// The week, month or year `shift` away from the publication's.
    Unit,
    /// `{n}` or `count` units back (`shift` -1) or ahead (1), up to the publication.
    Span,
    /// `{n}` units before publication.
    Ago,
    /// `{n}` units after publication.
    Ahead,
    /// `shift` days from publication.
    Today,
}

/// Units of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Unit {
    Day,
    Week,
    Month,
    Year,
    Decade,
}

/// Seasons of the northern half of the earth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}

/// What a word before a date makes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Bound {
    Since,
    Until,
    Before,
    After,
    Early,
    Mid,
    Late,
}

/// Words that make one interval of two dates.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RangeWords {
    pub(super) open: Vec<String>,
    pub(super) between: Vec<String>,
}

/// The file as it is used, its words folded.
#[derive(Debug)]
pub(super) struct Lexicon {
    pub(super) months: BTreeMap<String, i8>,
    pub(super) weekdays: BTreeMap<String, i8>,
    pub(super) seasons: BTreeMap<String, Season>,
    pub(super) capitalised: bool,
    pub(super) ordinals: HashSet<String>,
    pub(super) numbers: BTreeMap<String, i32>,
    pub(super) units: BTreeMap<String, Unit>,
    pub(super) year_markers: HashSet<String>,
    pub(super) future: HashSet<String>,
    pub(super) articles: HashSet<String>,
    /// Words of a prefix and what they mean, longest first.
    pub(super) prefixes: Vec<(Vec<String>, Bound)>,
    pub(super) ranges: Vec<(Vec<String>, Vec<Vec<String>>)>,
    pub(super) patterns: Vec<Pattern>,
    /// The words that a date may begin with, beside numbers in figures.
    pub(super) first_words: HashSet<String>,
}

impl From<File> for Lexicon {
    fn from(file: File) -> Self {
        let mut prefixes: Vec<_> = file
            .prefixes
            .into_iter()
            .flat_map(|(bound, words)| words.into_iter().map(move |phrase| (split(&phrase), bound)))
            .collect();
        prefixes.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        let ranges = file
            .ranges
            .into_iter()
            .map(|row| (folded(&row.open), row.between.iter().map(|phrase| split(phrase)).collect()))
            .collect();
        let mut lexicon = Self {
            months: numbered(&file.months, &[]),
            weekdays: numbered(&file.weekdays, &file.parts_of_day),
            seasons: inverted(file.seasons),
            capitalised: file.capitalised,
            ordinals: set(&file.ordinals),
            numbers: file.numbers.into_iter().map(|(word, number)| (fold(&word), number)).collect(),
            units: inverted(file.units),
            year_markers: set(&file.year_markers),
            future: set(&file.future),
            articles: set(&file.articles),
            prefixes,
            ranges,
            patterns: file.patterns.into_iter().map(Pattern::from).collect(),
            first_words: HashSet::new(),
        };
        let first_words = lexicon.patterns.iter().flat_map(|pattern| pattern.first_words(&lexicon));
        lexicon.first_words = first_words.cloned().collect();
        lexicon
    }
}

fn folded(words: &[String]) -> Vec<String> {
    words.iter().map(|word| fold(word)).collect()
}

fn set(words: &[String]) -> HashSet<String> {
    words.iter().map(|word| fold(word)).collect()
}

fn split(phrase: &str) -> Vec<String> {
    phrase.split_whitespace().map(fold).collect()
}

fn inverted<K: Copy>(names: BTreeMap<K, Vec<String>>) -> BTreeMap<String, K> {
    names.into_iter().flat_map(|(key, words)| words.into_iter().map(move |word| (fold(&word), key))).collect()
}

/// Names with their place in the list from 1, also with a part of the day glued on.
fn numbered(names: &[Vec<String>], suffixes: &[String]) -> BTreeMap<String, i8> {
    let mut numbers = BTreeMap::new();
    for (number, words) in (1..).zip(names) {
        for word in words {
            let word = fold(word);
            numbers.extend(suffixes.iter().map(|suffix| (format!("{word}{}", fold(suffix)), number)));
            numbers.insert(word, number);
        }
    }
    numbers
}

impl lagebild_language::Lexicon for Lexicon {
    fn of(language: &Language) -> Result<Option<Self>, DataError> {
        Ok(language.read::<File>("dates")?.map(Self::from))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_pattern_is_named_with_its_line_and_field() {
        let yaml = std::fs::read_to_string("../../data/lexicon/de/dates.yaml").unwrap();
        let wrong =
            yaml.replace("{means: today, shift: 0, words: \"heute\"}", "{means: today, words: \"{day}\"}");
        let line = wrong.lines().position(|line| line.contains("{day}")).unwrap() as u64 + 1;
        let error = lagebild_data::parse::<File>("de/dates.yaml", &wrong).unwrap_err();
        assert_eq!(error.line, line, "{error}");
        assert!(error.field.starts_with("patterns["), "{error}");
        assert!(error.message.contains("{day}"), "{error}");
    }
}
