//! `data/lists/spotting.yaml`: endings, legal forms, words for ships, ordinary words.

use crate::key::key;
use lagebild_names::romanise;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rules {
    pub(super) articles: BTreeSet<String>,
    pub(super) particles: BTreeSet<String>,
    /// Words that lose their vowel before a name and join it with an apostrophe.
    elided: BTreeSet<String>,
    given_names: Vec<Vec<String>>,
    endings: Vec<Ending>,
    pub(super) elisions: BTreeSet<String>,
    apostrophe_before_endings: Vec<String>,
    pub(super) attached: Vec<String>,
    pub(super) prefixes: Vec<String>,
    pub(super) han_after: BTreeSet<char>,
    /// Of languages in Arabic letters.
    pub(super) common_words: BTreeSet<String>,
    /// Properties that are numbers of one party, each with the words before such a number.
    pub(super) identifiers: BTreeMap<String, Vec<String>>,
    /// Those of which a party has one only.
    pub(crate) single_identifiers: BTreeSet<String>,
    #[serde(deserialize_with = "lower_case")]
    pub(super) foreign_to_scripts: BTreeSet<String>,
    #[serde(deserialize_with = "lower_case")]
    pub(super) vessel_words: BTreeSet<String>,
    #[serde(deserialize_with = "lower_case")]
    pub(super) company_words: BTreeSet<String>,
    /// In Latin letters.
    #[serde(deserialize_with = "in_latin_letters")]
    ordinary: BTreeSet<String>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Ending {
    script: Script,
    /// ISO 639-1; empty for all.
    #[serde(default)]
    languages: Vec<String>,
    /// ISO 639-1: languages without it.
    #[serde(default)]
    except: Vec<String>,
    cut: Vec<String>,
    put: String,
}

/// Scripts that have endings here, by ISO 15924 code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Script {
    Latn,
    Cyrl,
}

fn lower_case<'de, D: serde::Deserializer<'de>>(list: D) -> Result<BTreeSet<String>, D::Error> {
    Ok(Vec::<String>::deserialize(list)?.iter().map(|word| word.to_lowercase()).collect())
}

fn in_latin_letters<'de, D: serde::Deserializer<'de>>(list: D) -> Result<BTreeSet<String>, D::Error> {
    Ok(Vec::<String>::deserialize(list)?.iter().filter_map(|word| romanise(word)).collect())
}

/// Keys of given names that are one in several languages: of each key, those of the others.
pub(super) fn other_given_names(key_of_word: &str) -> &'static [String] {
    static OTHERS: LazyLock<BTreeMap<String, Vec<String>>> = LazyLock::new(|| {
        let mut others: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for row in &rules().given_names {
            let keys: BTreeSet<String> = row.iter().map(|name| key(&name.to_lowercase())).collect();
            for one in &keys {
                others
                    .entry(one.clone())
                    .or_default()
                    .extend(keys.iter().filter(|other| *other != one).cloned());
            }
        }
        others
    });
    OTHERS.get(key_of_word).map(Vec::as_slice).unwrap_or_default()
}

/// The shipped rules.
pub(super) fn rules() -> &'static Rules {
    static RULES: LazyLock<Rules> = LazyLock::new(|| {
        const JSON: &str = include_str!(concat!(env!("OUT_DIR"), "/lists-spotting.json"));
        lagebild_data::embedded("lists/spotting.yaml", JSON).unwrap_or_default()
    });
    &RULES
}

impl Rules {
    /// What the word may be without an ending in a text of this language (ISO 639-1). A stem keeps at least two letters.
    pub(super) fn stems(&self, word: &str, language: Option<&str>) -> Vec<String> {
        let cyrillic = word.chars().any(|letter| matches!(letter, 'Ѐ'..='ӿ'));
        let script = if cyrillic { Script::Cyrl } else { Script::Latn };
        let spoken = |languages: &[String]| languages.iter().any(|one| Some(one.as_str()) == language);
        let mut stems = Vec::new();
        if let Some(bare) = self.without_elided(word) {
            stems.push(bare.to_owned());
            stems.extend(self.stems(bare, language));
        }
        for ending in self.endings.iter().filter(|ending| ending.script == script) {
            if spoken(&ending.except) || !(ending.languages.is_empty() || spoken(&ending.languages)) {
                continue;
            }
            for cut in &ending.cut {
                let Some(stem) = word.strip_suffix(cut.as_str()) else { continue };
                if stem.chars().count() >= 2 {
                    stems.push(format!("{stem}{}", ending.put));
                }
            }
        }
        if spoken(&self.apostrophe_before_endings)
            && let Some((stem, _)) = word.split_once(['\'', '’'])
        {
            stems.push(stem.to_owned());
        }
        stems
    }

    /// "Oleg" of "d'Oleg": the name behind a small elided word; none for any other word ("D'Angelo").
    pub(super) fn without_elided<'w>(&self, word: &'w str) -> Option<&'w str> {
        let (head, name) = word.split_once(['\'', '’'])?;
        (self.elided.contains(head) && name.starts_with(char::is_uppercase)).then_some(name)
    }

    /// True for a word that is never a name alone.
    pub(super) fn is_ordinary(&self, word: &str) -> bool {
        romanise(word).is_some_and(|letters| self.ordinary.contains(&letters))
    }
}

#[cfg(test)]
mod tests {
    use super::{Rules, rules};

    const YAML: &str = include_str!("../../../../data/lists/spotting.yaml");

    #[test]
    fn the_file_is_valid_and_embedded() {
        let read: Rules = lagebild_data::parse("spotting.yaml", YAML).unwrap();
        assert_eq!(read.vessel_words, rules().vessel_words);
        assert!(!read.ordinary.is_empty());
    }

    #[test]
    fn a_wrong_entry_is_named_with_file_line_and_field() {
        let wrong = YAML.replace("script: Latn", "script: Latin");
        let error = lagebild_data::parse::<Rules>("spotting.yaml", &wrong).unwrap_err();
        assert!(error.line > 1 && error.field.contains("endings[0].script"), "{error}");
    }

    #[test]
    fn endings_are_cut_and_stems_mended() {
        assert!(rules().stems("Сергея", None).contains(&"Сергей".to_string()));
        assert!(rules().stems("Kims", None).contains(&"Kim".to_string()));
        assert!(rules().stems("Is", None).is_empty());
        assert!(rules().stems("Pieskowa", Some("pl")).contains(&"Pieskow".to_string()));
        assert!(rules().stems("Pieskowa", Some("de")).is_empty());
        assert_eq!(rules().stems("Esad’ın", Some("tr")), ["Esad"]);
        assert!(rules().stems("d’Oleg", Some("fr")).contains(&"Oleg".to_string()));
        assert_eq!(rules().without_elided("D'Angelo"), None);
        assert_eq!(rules().without_elided("O'Brien"), None);
    }
}
