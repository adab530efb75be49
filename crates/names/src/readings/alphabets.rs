//! Alphabets, abjads and syllabaries: one table for each (`data/names/scripts/*.yaml`).

use crate::{fold::fold, sound::Sounds};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ScriptFile {
    #[expect(dead_code, reason = "names the table for its reader")]
    script: String,
    #[serde(default)]
    unwritten_vowels: bool,
    /// What is read at the end of a word that writes no vowel.
    #[serde(default)]
    inherent: String,
    letters: BTreeMap<String, String>,
}

/// How a letter, or a group of letters, is read.
#[derive(Clone)]
struct Letter {
    latin: String,
    /// Its script leaves vowels out.
    unwritten: bool,
    /// See [`ScriptFile::inherent`].
    inherent: String,
}

/// Letters, or groups of letters, of all scripts.
static LETTERS: LazyLock<HashMap<String, Letter>> = LazyLock::new(|| {
    let files = [
        include_str!(concat!(env!("OUT_DIR"), "/scripts-arabic.json")),
        include_str!(concat!(env!("OUT_DIR"), "/scripts-armenian.json")),
        include_str!(concat!(env!("OUT_DIR"), "/scripts-burmese.json")),
        include_str!(concat!(env!("OUT_DIR"), "/scripts-cyrillic.json")),
        include_str!(concat!(env!("OUT_DIR"), "/scripts-devanagari.json")),
        include_str!(concat!(env!("OUT_DIR"), "/scripts-georgian.json")),
        include_str!(concat!(env!("OUT_DIR"), "/scripts-greek.json")),
        include_str!(concat!(env!("OUT_DIR"), "/scripts-hebrew.json")),
        include_str!(concat!(env!("OUT_DIR"), "/scripts-kana.json")),
        include_str!(concat!(env!("OUT_DIR"), "/scripts-thai.json")),
    ];
    let mut letters = HashMap::new();
    for json in files {
        let Ok(file) = lagebild_data::embedded::<ScriptFile>("names/scripts", json) else { continue };
        for (letter, latin) in file.letters {
            let read = Letter { latin, unwritten: file.unwritten_vowels, inherent: file.inherent.clone() };
            letters.insert(fold(&letter), read.clone());
            letters.insert(letter, read);
        }
    }
    letters
});

/// Letters of the longest piece in the tables: the vowels of a Burmese syllable with its end.
const LONGEST: usize = 6;

/// Spells a word letter by letter, and says whether its script leaves vowels out.
pub(super) fn spelling(word: &str) -> (String, bool) {
    let (mut latin, mut unwritten) = (String::with_capacity(word.len()), false);
    each_letter(word, |letters, open| {
        latin.push_str(letters);
        unwritten |= open;
    });
    (latin, unwritten)
}

/// Gives the Latin spelling of each letter, the longest known piece first; what no table knows is left to `any_ascii`.
fn each_letter(word: &str, mut take: impl FnMut(&str, bool)) {
    let mut rest = word;
    let (mut vowel, mut inherent) = (false, None);
    while let Some(c) = rest.chars().next() {
        let first = c.len_utf8();
        let ends = rest.char_indices().skip(1).map(|(at, _)| at).chain([rest.len()]).take(LONGEST);
        let ends: Vec<usize> = ends.collect();
        let known = ends.into_iter().rev().find_map(|n| Some((n, LETTERS.get(rest.get(..n)?)?)));
        if let Some((n, letter)) = known {
            take(&letter.latin, letter.unwritten);
            vowel |= letter.latin.contains(['a', 'e', 'i', 'o', 'u']);
            inherent = Some(letter).filter(|letter| !letter.inherent.is_empty());
            rest = rest.get(n..).unwrap_or_default();
        } else {
            take(&any_ascii::any_ascii_char(c).to_lowercase(), false);
            rest = rest.get(first..).unwrap_or_default();
        }
    }
    if let Some(letter) = inherent.filter(|_| !vowel) {
        take(&letter.inherent, letter.unwritten);
    }
}

/// The reading of a word in any of these scripts: each letter by itself, so that `t` and `h` make no `th`.
pub(super) fn reading(word: &str) -> Sounds {
    let (mut sounds, mut unwritten) = (Sounds::default(), false);
    each_letter(word, |latin, open| {
        sounds = sounds.joined(&Sounds::of_spelling(latin, false));
        unwritten |= open;
    });
    sounds.written(!unwritten)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_many_scripts_are_spelled_in_latin_letters() {
        let spelled = ["путин", "μητσοτακης", "オバマ", "მიხეილ", "հայկ"].map(|word| spelling(word).0);
        assert_eq!(spelled, ["putin", "mitsotakis", "obama", "mikheil", "hayk"]);
        assert_eq!(spelling("حسين"), ("hs~yn".into(), true));
    }

    #[test]
    fn every_table_is_well_formed() {
        for entry in std::fs::read_dir("../../data/names/scripts").unwrap() {
            let path = entry.unwrap().path();
            let yaml = std::fs::read_to_string(&path).unwrap();
            lagebild_data::parse::<ScriptFile>(&path.display().to_string(), &yaml).unwrap();
        }
        let error =
            lagebild_data::parse::<ScriptFile>("x.yaml", "script: x\nletters:\n  a: [b]\n").unwrap_err();
        assert_eq!((error.line, error.field.as_str()), (3, "letters.a"));
    }
}
