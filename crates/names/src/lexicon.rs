//! The words that names are made of besides names proper (`data/names/words.yaml`, `common.yaml`).

use crate::{fold::fold, kind::NameKind, readings::unified, script::Script};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct WordFile {
    titles: Vec<String>,
    particles: Vec<String>,
    filiation: Vec<String>,
    fathers_after: Vec<String>,
    burmese_address: Address,
    without_vowel: HashSet<String>,
    patronymics: Vec<String>,
    generations: Vec<Vec<String>>,
    he_and_she: HashMap<String, String>,
    ship_titles: Vec<String>,
    compounds: Compounds,
    honours: Vec<String>,
    numbers: HashMap<String, u32>,
    legal_forms: BTreeMap<LegalClass, Vec<String>>,
    terms: Vec<Vec<String>>,
    given_names: Vec<Vec<String>>,
    family_first: HashSet<String>,
}

/// Words by which people are addressed before their names, which are names themselves elsewhere.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Address {
    /// Only an address.
    pub(crate) titles: HashSet<String>,
    /// An address, or a part of the name.
    pub(crate) both: HashSet<String>,
    /// Words that the names are made of.
    pub(crate) names: HashSet<String>,
}

/// Where words that are written together are cut, and what the cut piece stands for.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Compounds {
    beginnings: BTreeMap<String, String>,
    ends: BTreeMap<String, String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct CommonFile {
    persons: BTreeMap<String, Vec<String>>,
    organisations: BTreeMap<String, Vec<String>>,
}

/// Legal forms that one translates as the other share a class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LegalClass {
    /// A company whose partners are liable for their shares (LLC, `GmbH`, OOO).
    Limited,
    /// A company with shares (AG, plc, JSC).
    Stock,
    /// Not for profit.
    Nonprofit,
    /// An enterprise of the state.
    State,
    /// "Company" and the like, which goes with every class.
    Any,
}

/// The loaded word lists.
pub(crate) struct Lexicon {
    pub(crate) titles: HashSet<String>,
    pub(crate) particles: HashSet<String>,
    pub(crate) filiation: HashSet<String>,
    /// Words that say that the name before them is the father's.
    pub(crate) fathers_after: HashSet<String>,
    /// How people of Burma are addressed.
    pub(crate) burmese: Address,
    /// Names of two letters that have no vowel.
    pub(crate) without_vowel: HashSet<String>,
    patronymics: Vec<String>,
    pub(crate) generations: HashMap<String, u16>,
    he_and_she: HashMap<String, String>,
    pub(crate) ship_titles: HashSet<String>,
    pub(crate) legal: HashMap<String, LegalClass>,
    pub(crate) terms: HashMap<String, u16>,
    pub(crate) given: HashMap<String, u16>,
    compounds: Compounds,
    pub(crate) honours: HashSet<String>,
    family_first: HashSet<String>,
    numbers: HashMap<String, u32>,
    persons: HashMap<String, u8>,
    organisations: HashMap<String, u8>,
}

/// The word lists, read once.
pub(crate) static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let words = lagebild_data::embedded::<WordFile>(
        "names/words.yaml",
        include_str!(concat!(env!("OUT_DIR"), "/words.json")),
    );
    let common = lagebild_data::embedded::<CommonFile>(
        "names/common.yaml",
        include_str!(concat!(env!("OUT_DIR"), "/common.json")),
    );
    let persons = lagebild_data::embedded::<BTreeMap<String, Vec<String>>>(
        "names/common_persons.yaml",
        include_str!(concat!(env!("OUT_DIR"), "/common_persons.json")),
    );
    let mut lexicon = Lexicon::new(words.unwrap_or_default(), common.unwrap_or_default());
    for (word, class) in classes(persons.unwrap_or_default()) {
        lexicon.persons.entry(word).or_insert(class);
    }
    lexicon
});

impl Lexicon {
    fn new(words: WordFile, common: CommonFile) -> Self {
        let set = |list: Vec<String>| list.iter().map(|word| fold(word)).collect();
        let folded = |list: &HashSet<String>| list.iter().map(|word| fold(word)).collect();
        let legal = words
            .legal_forms
            .into_iter()
            .flat_map(|(class, forms)| forms.into_iter().map(move |form| (fold(&form), class)))
            .flat_map(|(form, class)| [(unified(form.clone(), Script::Han), class), (form, class)]);
        Self {
            titles: set(words.titles),
            particles: set(words.particles),
            filiation: set(words.filiation),
            fathers_after: set(words.fathers_after),
            burmese: Address {
                titles: folded(&words.burmese_address.titles),
                both: folded(&words.burmese_address.both),
                names: words.burmese_address.names,
            },
            without_vowel: words.without_vowel,
            patronymics: words.patronymics,
            generations: groups(&words.generations, 1),
            he_and_she: words.he_and_she,
            ship_titles: set(words.ship_titles),
            legal: legal.collect(),
            terms: groups(&words.terms, 1),
            given: groups(&words.given_names, 1000),
            compounds: words.compounds,
            honours: set(words.honours),
            family_first: words.family_first,
            numbers: words.numbers,
            persons: classes(common.persons),
            organisations: classes(common.organisations),
        }
    }

    /// The number that begins at the first of these words: how many words it takes, and its digits. A word for tens takes
    /// the one for units with it (forty-four, forty 4).
    pub(crate) fn number(&self, words: &[String]) -> Option<(usize, String)> {
        let value = |word: &String| self.numbers.get(word).copied().or_else(|| word.parse::<u32>().ok());
        let first = self.numbers.get(words.first()?).copied()?;
        let units = words
            .get(1)
            .and_then(value)
            .filter(|&units| first >= 20 && first % 10 == 0 && (1..10).contains(&units));
        Some(units.map_or((1, first.to_string()), |units| (2, (first + units).to_string())))
    }

    /// The two words that a person's name is written together from, and how many letters the first one takes.
    pub(crate) fn cut(&self, word: &str) -> Option<(usize, String, String)> {
        // What is left must be a name; where vowels go unwritten, two letters are one.
        let least = if word.is_ascii() { 3 } else { 2 };
        let letters = |text: &str| text.chars().count();
        for (end, stands_for) in &self.compounds.ends {
            let head = word.strip_suffix(end.as_str()).filter(|head| letters(head) >= least);
            if let Some(head) = head {
                return Some((letters(head), head.into(), stands_for.clone()));
            }
        }
        for (beginning, stands_for) in &self.compounds.beginnings {
            let least = if letters(beginning) > 4 { least } else { 3 };
            let tail = word.strip_prefix(beginning.as_str()).filter(|tail| letters(tail) >= least);
            if let Some(tail) = tail {
                return Some((letters(beginning), stands_for.clone(), tail.into()));
            }
        }
        None
    }

    /// Whether a word is a name after the father.
    pub(crate) fn is_patronymic(&self, word: &str) -> bool {
        word.chars().count() > 6 && self.patronymics.iter().any(|ending| word.ends_with(ending.as_str()))
    }

    /// Whether one is a man's given name and the other what a woman is called by it.
    pub(crate) fn he_and_she(&self, one: &str, other: &str) -> bool {
        let is = |he: &str, she: &str| self.he_and_she.get(he).is_some_and(|woman| woman == she);
        is(one, other) || is(other, one)
    }

    /// How much a word says about who bears the name, from 0.35 (very common) to 1.
    pub(crate) fn weight(&self, word: &str, kind: NameKind) -> f32 {
        let (classes, steps) = match kind {
            NameKind::Person => (&self.persons, [1.0, 0.95, 0.85, 0.7]),
            _ => (&self.organisations, [1.0, 0.8, 0.6, 0.4]),
        };
        let class = classes
            .get(word)
            .copied()
            .unwrap_or_else(|| if kind == NameKind::Person && one_syllable(word) { 3 } else { 0 });
        steps[usize::from(class.min(3))]
    }
}

/// Whether names of a country's people (its ISO 3166-1 code, in lower case) begin with the family name.
pub fn family_name_first(country: &str) -> bool {
    LEXICON.family_first.contains(country)
}

/// A short word with one run of vowels, such as Yong, Chol, Zhang or Smith: there are few of them, and many bearers.
fn one_syllable(word: &str) -> bool {
    let vowel = |c: char| "aeiouy".contains(c);
    let runs = word.split(|c| !vowel(c)).filter(|run| !run.is_empty()).count();
    runs == 1 && word.is_ascii() && word.len() <= 5
}

/// Words to the number of their group; the first group that names a word keeps it.
fn groups(groups: &[Vec<String>], first: u16) -> HashMap<String, u16> {
    let mut map = HashMap::new();
    for (number, group) in (first..).zip(groups) {
        for word in group {
            map.entry(fold(word)).or_insert(number);
            map.entry(unified(fold(word), Script::Han)).or_insert(number);
        }
    }
    map
}

fn classes(classes: BTreeMap<String, Vec<String>>) -> HashMap<String, u8> {
    classes
        .into_iter()
        .flat_map(|(class, words)| words.into_iter().map(move |w| (w, class.parse().unwrap_or(0))))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_files_are_well_formed_and_a_wrong_entry_is_named() {
        let words = include_str!("../../../data/names/words.yaml");
        let common = include_str!("../../../data/names/common.yaml");
        lagebild_data::parse::<WordFile>("words.yaml", words).unwrap();
        lagebild_data::parse::<CommonFile>("common.yaml", common).unwrap();
        let error =
            lagebild_data::parse::<CommonFile>("common.yaml", "persons: {}\nfirms: {}\n").unwrap_err();
        assert_eq!(error.line, 2);
        assert!(error.message.contains("firms"), "{error}");
    }
}
