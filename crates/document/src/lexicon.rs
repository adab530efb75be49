//! The words that show what a block is for: `data/lexicon/<language>/document.yaml`, all languages together.
//!
//! A page of one language may carry boilerplate of another, and the language is not known before the blocks are,
//! so every cue is looked for in every article.

use lagebild_data::DataError;
use lagebild_language::{Language, Languages};
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::LazyLock;

/// One language's file. What the fields mean is said in `data/lexicon/de/document.yaml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Lexicon {
    agencies: Vec<String>,
    byline: Byline,
    dates: Dates,
    dateline: Dateline,
    caption: Caption,
    credit: Credit,
    boilerplate: Boilerplate,
    heading_openers: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Byline {
    labels: Vec<String>,
    openers: Vec<String>,
    phrases: Vec<String>,
    endings: Vec<String>,
    between: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Dates {
    published: Vec<String>,
    updated: Vec<String>,
    beside: Vec<String>,
    day_first: bool,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Dateline {
    particles: Vec<String>,
    no_places: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Caption {
    credits: Vec<String>,
    openers: Vec<String>,
    marks: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Credit {
    openers: Vec<String>,
    phrases: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Boilerplate {
    lines: Vec<String>,
    openers: Vec<String>,
    phrases: Vec<String>,
    sections: Vec<String>,
}

/// The month names of `data/lexicon/<language>/dates.yaml`; its other fields are for the dates in running text.
#[derive(Clone, Debug, Deserialize)]
struct Months {
    months: Vec<Vec<String>>,
}

/// Cues that are looked for at the start of a text, without regard to case. A cue that ends with a letter or digit
/// must end a word there, except in scripts that glue particles to words.
#[derive(Debug, Default)]
pub(crate) struct Starts(HashMap<char, Vec<String>>);

impl Starts {
    fn extend(&mut self, cues: Vec<String>) {
        for cue in cues {
            if let Some(first) = cue.chars().find_map(fold) {
                let bucket = self.0.entry(first).or_default();
                bucket.push(cue);
                bucket.sort_by_key(|cue| std::cmp::Reverse(cue.len()));
            }
        }
    }

    /// What follows the longest cue that `text` begins with.
    pub(crate) fn strip<'a>(&self, text: &'a str) -> Option<&'a str> {
        let first = fold(text.chars().next()?)?;
        self.0.get(&first)?.iter().find_map(|cue| strip_cue(text, cue))
    }

    /// True when a cue is the whole text.
    pub(crate) fn is_whole(&self, text: &str) -> bool {
        self.strip(text).is_some_and(|rest| rest.trim_matches([' ', ':', '.', '…', '»', '>', '!']).is_empty())
    }

    /// Where the first cue that begins at a word of the text begins and ends.
    pub(crate) fn find(&self, text: &str) -> Option<(usize, usize)> {
        self.find_iter(text).next()
    }

    /// Where the last cue that begins at a word of the text begins and ends.
    pub(crate) fn find_last(&self, text: &str) -> Option<(usize, usize)> {
        self.find_iter(text).last()
    }

    fn find_iter(&self, text: &str) -> impl Iterator<Item = (usize, usize)> {
        let mut within_word = false;
        text.char_indices().filter_map(move |(at, c)| {
            let begins = !std::mem::replace(&mut within_word, c.is_alphanumeric());
            let rest = if begins { self.strip(text.get(at..)?)? } else { return None };
            Some((at, text.len() - rest.len()))
        })
    }
}

/// A character without case; the first one where lower case has several.
fn fold(c: char) -> Option<char> {
    c.to_lowercase().next()
}

fn strip_cue<'a>(text: &'a str, cue: &str) -> Option<&'a str> {
    let mut rest = text.chars();
    for wanted in cue.chars() {
        if fold(rest.next()?) != fold(wanted) {
            return None;
        }
    }
    let open = |c: char| c.is_alphanumeric() && !glues_particles(c);
    let cut =
        cue.chars().next_back().is_some_and(open) && rest.clone().next().is_some_and(char::is_alphanumeric);
    (!cut).then_some(rest.as_str())
}

/// Hangul, kana and Han: a particle may follow a word without a space.
fn glues_particles(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}')
}

/// The cues of all languages.
#[derive(Debug, Default)]
pub(crate) struct Cues {
    pub(crate) agencies: Starts,
    pub(crate) byline_labels: Starts,
    pub(crate) byline_openers: Starts,
    pub(crate) byline_phrases: Starts,
    pub(crate) byline_endings: Vec<String>,
    pub(crate) byline_between: Starts,
    pub(crate) published: Starts,
    pub(crate) updated: Starts,
    pub(crate) beside_dates: Starts,
    pub(crate) place_particles: Starts,
    pub(crate) no_places: Starts,
    pub(crate) picture_credits: Starts,
    pub(crate) caption_openers: Starts,
    pub(crate) caption_marks: Starts,
    pub(crate) credit_openers: Starts,
    pub(crate) credit_phrases: Starts,
    pub(crate) boilerplate_lines: Starts,
    pub(crate) boilerplate_openers: Starts,
    pub(crate) boilerplate_phrases: Starts,
    pub(crate) boilerplate_sections: Starts,
    pub(crate) heading_openers: Starts,
    /// Month names in lower case, with their numbers.
    months: HashMap<String, i8>,
    /// Languages in which 12/09/2023 is the 12th of September.
    day_first: Vec<String>,
}

impl Cues {
    fn add(&mut self, language: &str, lexicon: Lexicon) {
        self.agencies.extend(lexicon.agencies);
        self.byline_labels.extend(lexicon.byline.labels);
        self.byline_openers.extend(lexicon.byline.openers);
        self.byline_phrases.extend(lexicon.byline.phrases);
        self.byline_endings.extend(lexicon.byline.endings);
        self.byline_between.extend(lexicon.byline.between);
        self.published.extend(lexicon.dates.published);
        self.updated.extend(lexicon.dates.updated);
        self.beside_dates.extend(lexicon.dates.beside);
        self.place_particles.extend(lexicon.dateline.particles);
        self.no_places.extend(lexicon.dateline.no_places);
        self.picture_credits.extend(lexicon.caption.credits);
        self.caption_openers.extend(lexicon.caption.openers);
        self.caption_marks.extend(lexicon.caption.marks);
        self.credit_openers.extend(lexicon.credit.openers);
        self.credit_phrases.extend(lexicon.credit.phrases);
        self.boilerplate_lines.extend(lexicon.boilerplate.lines);
        self.boilerplate_openers.extend(lexicon.boilerplate.openers);
        self.boilerplate_phrases.extend(lexicon.boilerplate.phrases);
        self.boilerplate_sections.extend(lexicon.boilerplate.sections);
        self.heading_openers.extend(lexicon.heading_openers);
        if lexicon.dates.day_first {
            self.day_first.push(language.to_owned());
        }
    }

    fn add_months(&mut self, months: Months) {
        for (names, number) in months.months.into_iter().zip(1..=12) {
            self.months.extend(names.into_iter().map(|name| (name.to_lowercase(), number)));
        }
    }

    /// The number of a month, from its name or from its first three or four letters ("сен", "sept").
    pub(crate) fn month(&self, name: &str) -> Option<i8> {
        let name = name.to_lowercase();
        if let Some(&number) = self.months.get(&name) {
            return Some(number);
        }
        if !(3..=4).contains(&name.chars().count()) {
            return None;
        }
        let mut numbers =
            self.months.iter().filter(|(full, _)| full.starts_with(&name)).map(|(_, &number)| number);
        let first = numbers.next()?;
        numbers.all(|number| number == first).then_some(first)
    }

    /// True when dates with slashes begin with the day in this language.
    pub(crate) fn day_first(&self, language: Option<&str>) -> bool {
        language.is_some_and(|language| self.day_first.iter().any(|code| code == language))
    }
}

impl lagebild_language::Lexicon for Lexicon {
    fn of(language: &Language) -> Result<Option<Self>, DataError> {
        language.read("document")
    }
}

impl lagebild_language::Lexicon for Months {
    fn of(language: &Language) -> Result<Option<Self>, DataError> {
        language.read("dates")
    }
}

/// The cues of all shipped languages.
pub(crate) fn cues() -> &'static Cues {
    static CUES: LazyLock<Cues> = LazyLock::new(|| {
        let mut cues = Cues::default();
        for language in Languages::shipped().iter() {
            if let Some(lexicon) = language.lexicon::<Lexicon>() {
                cues.add(language.code(), lexicon.clone());
            }
            if let Some(months) = language.lexicon::<Months>() {
                cues.add_months(months.clone());
            }
        }
        cues
    });
    &CUES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cues_of_all_languages_are_there() {
        assert_eq!(cues().month("September"), Some(9));
        assert_eq!(cues().month("сентября"), Some(9));
        assert!(cues().agencies.find("dpa").is_some());
    }

    #[test]
    fn a_wrong_entry_is_named() {
        let file = format!("{}/../../data/lexicon/de/document.yaml", env!("CARGO_MANIFEST_DIR"));
        let yaml = std::fs::read_to_string(file).unwrap().replace("  sections:", "  selections:");
        let line = yaml.lines().position(|line| line.starts_with("  selections:")).unwrap() as u64 + 1;
        let error = lagebild_data::parse::<Lexicon>("document.yaml", &yaml).unwrap_err();
        assert_eq!((error.line, error.field.as_str()), (line, "boilerplate.selections"), "{error}");
    }

    #[test]
    fn cues_end_with_a_word() {
        let mut cues = Starts::default();
        cues.extend(vec!["Von".into(), "Von:".into(), "저작권자".into()]);
        assert_eq!(cues.strip("VON: Kim"), Some(" Kim"));
        assert_eq!(cues.strip("Vonnöten"), None);
        assert_eq!(cues.strip("저작권자는"), Some("는"));
        assert_eq!(cues.find("ein Buch von ihm"), Some((9, 12)));
        assert_eq!(cues.find("davon"), None);
    }
}
