//! Phrases of a data file: found in a unit by their first word, or anywhere in a clause.

use crate::units::Unit;
use serde::Deserialize;
use std::collections::BTreeMap;

/// A list of phrases of one or more words.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(from = "Vec<String>")]
pub(crate) struct Phrases {
    by_first: BTreeMap<String, Vec<Phrase>>,
}

#[derive(Clone, Debug)]
struct Phrase {
    written: String,
    /// The words after the first one, in lower case.
    rest: Vec<String>,
}

impl From<Vec<String>> for Phrases {
    fn from(list: Vec<String>) -> Self {
        let mut by_first: BTreeMap<String, Vec<Phrase>> = BTreeMap::new();
        for written in list {
            let mut words = written.split(' ').map(str::to_lowercase);
            let first = words.next().unwrap_or_default();
            let rest = words.collect();
            by_first.entry(first).or_default().push(Phrase { written, rest });
        }
        Self { by_first }
    }
}

impl Phrases {
    /// The longest phrase that begins at word `at`, as the data file writes it, with its number of words.
    pub(crate) fn longest(&self, unit: &Unit, at: usize) -> Option<(&str, usize)> {
        let phrases = self.by_first.get(unit.lower(at))?.iter();
        let fits =
            |phrase: &&Phrase| phrase.rest.iter().zip(at + 1..).all(|(word, at)| unit.lower(at) == word);
        let longest = phrases.filter(fits).max_by_key(|phrase| phrase.rest.len())?;
        Some((&longest.written, 1 + longest.rest.len()))
    }
}

/// Words and phrases that are looked for in a clause whose words stand apart by single blanks, also at its ends.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(from = "Vec<String>")]
pub(crate) struct Marks(Vec<Mark>);

#[derive(Clone, Debug)]
struct Mark {
    written: String,
    /// In lower case, between blanks.
    spaced: String,
}

impl From<Vec<String>> for Marks {
    fn from(list: Vec<String>) -> Self {
        let mark = |written: String| Mark { spaced: format!(" {} ", written.to_lowercase()), written };
        Self(list.into_iter().map(mark).collect())
    }
}

impl Marks {
    /// The marks in a clause, as the data file writes them.
    pub(crate) fn found_in<'m>(&'m self, spaced: &'m str) -> impl Iterator<Item = &'m str> {
        self.0.iter().filter(move |mark| spaced.contains(&mark.spaced)).map(|mark| mark.written.as_str())
    }

    /// Where marks begin in a clause: each place of each mark.
    pub(crate) fn places<'m>(&'m self, spaced: &'m str) -> impl Iterator<Item = usize> {
        self.0.iter().flat_map(move |mark| spaced.match_indices(&mark.spaced).map(|(at, _)| at))
    }
}

#[cfg(test)]
mod tests {
    use super::Phrases;
    use lagebild_span::Span;

    #[test]
    fn the_longest_phrase_counts() {
        let phrases = Phrases::from(["nach", "nach Angaben", "nach Angaben von"].map(String::from).to_vec());
        let text = "Nach Angaben der Polizei";
        let whole = Span::new(0, text.len());
        let sentences = lagebild_grammar::segment(text, &[whole], Some(&lagebild_language::of("de")));
        let unit = crate::units::units(text, whole, &sentences).remove(0);
        assert_eq!(phrases.longest(&unit, 0), Some(("nach Angaben", 2)));
        assert_eq!(phrases.longest(&unit, 1), None);
    }
}
