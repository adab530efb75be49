//! How Latin letters spell the syllables of a language (`data/names/spelt_*.yaml`), and what native characters are as syllables.

use crate::readings::{mandarin, mandarin_syllables, simplified};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

/// The data file of a language.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SyllableFile {
    onsets: BTreeMap<String, Vec<String>>,
    vowels: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    ends: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    whole: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    syllables: String,
    #[serde(default)]
    surnames: String,
}

/// The surnames of `data/names/hangul.yaml`.
#[derive(Debug, Default, Deserialize)]
pub(super) struct HangulSurnames {
    other_surnames: String,
    surnames: BTreeMap<String, Vec<String>>,
}

/// Characters by their reading.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ReadingFile {
    readings: BTreeMap<String, String>,
}

/// The syllables that a Latin spelling may stand for.
type Forms = HashMap<String, Vec<Box<str>>>;

/// A language.
#[derive(Default)]
pub(super) struct Table {
    /// The name of the language in keys.
    pub(super) name: &'static str,
    pub(super) forms: Forms,
    /// The same of family names, which have spellings of their own.
    pub(super) families: Forms,
    /// Spellings that are the syllables' own (pinyin): a name of these alone is read as it stands.
    pub(super) own: HashSet<String>,
    /// The syllables of native characters.
    pub(super) native: HashMap<char, Vec<Box<str>>>,
}

/// Chinese in pinyin and Wade-Giles.
pub(super) static MANDARIN: LazyLock<Table> = LazyLock::new(|| {
    let file = mandarin_file();
    let mut table = Table { name: "mandarin", ..Table::default() };
    for syllable in mandarin_syllables() {
        let spellings = file.spellings(syllable).chain([syllable.to_string()]).collect::<Vec<_>>();
        table.add(spellings, syllable);
        table.own.insert(syllable.to_string());
    }
    let surnames: HashSet<&str> = file.surnames.chars().filter_map(mandarin).collect();
    table.families = table.only(|syllable| surnames.contains(syllable));
    table
});

/// Chinese as Hong Kong spells it.
pub(super) static CANTONESE: LazyLock<Table> = LazyLock::new(|| {
    let file = file(include_str!(concat!(env!("OUT_DIR"), "/spelt_cantonese.json")));
    let json = include_str!(concat!(env!("OUT_DIR"), "/han_jyutping.json"));
    let readings =
        lagebild_data::embedded::<ReadingFile>("names/han_jyutping.yaml", json).unwrap_or_default();
    let mut table = Table { name: "cantonese", ..Table::default() };
    for (syllable, characters) in readings.readings {
        table.add(file.spellings(&syllable), &syllable);
        for character in characters.chars().map(simplified) {
            let known = table.native.entry(character).or_default();
            if !known.iter().any(|other| **other == *syllable) {
                known.push(syllable.as_str().into());
            }
        }
    }
    let surnames = mandarin_file().surnames;
    let surnames: HashSet<&str> =
        surnames.chars().filter_map(|c| table.native.get(&c)).flatten().map(|s| &**s).collect();
    table.families = table.only(|syllable| surnames.contains(syllable));
    table
});

/// Korean, by the syllables of Hangul.
pub(super) static KOREAN: LazyLock<Table> = LazyLock::new(|| {
    let file = file(include_str!(concat!(env!("OUT_DIR"), "/spelt_korean.json")));
    let json = include_str!(concat!(env!("OUT_DIR"), "/hangul.json"));
    let known = lagebild_data::embedded::<HangulSurnames>("names/hangul.yaml", json).unwrap_or_default();
    let mut table = Table { name: "korean", ..Table::default() };
    let mut families = Table::default();
    let surnames: Vec<char> = known.surnames.keys().filter_map(|s| s.chars().next()).collect();
    for syllable in file.syllables.chars() {
        table.add(file.spellings_of_hangul(syllable), &one_form(syllable));
    }
    for syllable in surnames.into_iter().chain(known.other_surnames.chars()) {
        families.add(file.spellings_of_hangul(syllable), &one_form(syllable));
    }
    for (surname, spellings) in known.surnames {
        families.add(spellings, &surname.chars().next().map(one_form).unwrap_or_default());
    }
    table.families = families.forms;
    table
});

fn file(json: &'static str) -> SyllableFile {
    lagebild_data::embedded("names/spelt", json).unwrap_or_default()
}

fn mandarin_file() -> SyllableFile {
    file(include_str!(concat!(env!("OUT_DIR"), "/spelt_mandarin.json")))
}

impl Table {
    fn add(&mut self, spellings: impl IntoIterator<Item = String>, syllable: &str) {
        for spelling in spellings {
            let known = self.forms.entry(spelling).or_default();
            if !known.iter().any(|other| **other == *syllable) {
                known.push(syllable.into());
            }
        }
    }

    /// The spellings of some of the syllables.
    fn only(&self, wanted: impl Fn(&str) -> bool) -> Forms {
        let kept = |syllables: &Vec<Box<str>>| -> Vec<Box<str>> {
            syllables.iter().filter(|syllable| wanted(syllable)).cloned().collect()
        };
        let forms = self.forms.iter().map(|(spelling, syllables)| (spelling.clone(), kept(syllables)));
        forms.filter(|(_, syllables)| !syllables.is_empty()).collect()
    }
}

impl SyllableFile {
    /// How a syllable in the language's own Latin letters is spelled: by what it begins with and the rest, or as a whole.
    fn spellings(&self, syllable: &str) -> impl Iterator<Item = String> {
        let letters = |c: char| !matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'ü');
        let vowel = syllable.find(|c| !letters(c)).unwrap_or(0);
        // The glide of `gw` is the onset's; that of `yu` is not.
        let (onset, rest) = syllable.split_at(if syllable[vowel..].is_empty() { 0 } else { vowel });
        let (onset, rest) = match onset.strip_suffix('y') {
            Some(shorter) if self.vowels.keys().any(|vowel| vowel.starts_with('y')) => {
                (shorter, &syllable[shorter.len()..])
            }
            _ => (onset, rest),
        };
        let or_itself = |table: &BTreeMap<String, Vec<String>>, letters: &str| {
            table.get(letters).cloned().unwrap_or_else(|| vec![letters.to_string()])
        };
        let (onsets, vowels) = (or_itself(&self.onsets, onset), or_itself(&self.vowels, rest));
        let whole = self.whole.get(syllable).cloned().unwrap_or_default();
        let products = onsets
            .into_iter()
            .flat_map(move |onset| vowels.clone().into_iter().map(move |vowel| format!("{onset}{vowel}")));
        products.chain(whole)
    }

    /// How a syllable of Hangul is spelled.
    fn spellings_of_hangul(&self, syllable: char) -> Vec<String> {
        let Some([onset, vowel, end]) = letters(syllable) else { return Vec::new() };
        let of = |table: &BTreeMap<String, Vec<String>>, letter: &str| {
            table.get(letter).cloned().unwrap_or_default()
        };
        let mut found = Vec::new();
        for onset in of(&self.onsets, onset) {
            for vowel in of(&self.vowels, vowel) {
                found.extend(of(&self.ends, end).into_iter().map(|end| format!("{onset}{vowel}{end}")));
            }
        }
        found
    }
}

const ONSETS: [&str; 19] = [
    "ㄱ", "ㄲ", "ㄴ", "ㄷ", "ㄸ", "ㄹ", "ㅁ", "ㅂ", "ㅃ", "ㅅ", "ㅆ", "ㅇ", "ㅈ", "ㅉ", "ㅊ", "ㅋ", "ㅌ",
    "ㅍ", "ㅎ",
];
const VOWELS: [&str; 21] = [
    "ㅏ", "ㅐ", "ㅑ", "ㅒ", "ㅓ", "ㅔ", "ㅕ", "ㅖ", "ㅗ", "ㅘ", "ㅙ", "ㅚ", "ㅛ", "ㅜ", "ㅝ", "ㅞ", "ㅟ",
    "ㅠ", "ㅡ", "ㅢ", "ㅣ",
];
/// The end of a syllable as it is spoken.
const ENDS: [&str; 28] = [
    "", "ㄱ", "ㄱ", "ㄱ", "ㄴ", "ㄴ", "ㄴ", "ㄷ", "ㄹ", "ㄱ", "ㅁ", "ㄹ", "ㄹ", "ㄹ", "ㅂ", "ㄹ", "ㅁ", "ㅂ",
    "ㅂ", "ㄷ", "ㄷ", "ㅇ", "ㄷ", "ㄷ", "ㄱ", "ㄷ", "ㅂ", "ㄷ",
];

/// The number of a syllable of Hangul.
fn number(syllable: char) -> Option<usize> {
    (syllable as usize).checked_sub(0xac00).filter(|&number| number < 11_172)
}

/// The letters of a syllable of Hangul.
fn letters(syllable: char) -> Option<[&'static str; 3]> {
    let number = number(syllable)?;
    Some([ONSETS.get(number / 588)?, VOWELS.get(number % 588 / 28)?, ENDS.get(number % 28)?])
}

/// The syllable as the South says it at the beginning of a word, where the North keeps ㄹ and ㄴ: one form for 룡 and 용, 로 and 노.
pub(super) fn one_form(syllable: char) -> String {
    const NONE: usize = 11;
    const N: usize = 2;
    const R: usize = 5;
    let Some(number) = number(syllable) else { return syllable.to_string() };
    let (onset, vowel) = (number / 588, number % 588 / 28);
    let before_i = matches!(vowel, 2 | 3 | 6 | 7 | 12 | 17 | 20);
    let onset = match onset {
        R | N if before_i => NONE,
        R => N,
        other => other,
    };
    let number = onset * 588 + number % 588;
    u32::try_from(0xac00 + number).ok().and_then(char::from_u32).unwrap_or(syllable).to_string()
}
