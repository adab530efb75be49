//! Hangul: syllables are written letter by letter, surnames by custom (`data/names/hangul.yaml`).

use crate::sound::Sounds;
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::LazyLock;

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct HangulFile {
    initial: Vec<String>,
    vowel: Vec<String>,
    r#final: Vec<String>,
    two_syllable_surnames: Vec<String>,
    other_surnames: String,
    surnames: HashMap<String, Vec<String>>,
}

static HANGUL: LazyLock<HangulFile> = LazyLock::new(|| {
    lagebild_data::embedded("names/hangul.yaml", include_str!(concat!(env!("OUT_DIR"), "/hangul.json")))
        .unwrap_or_default()
});

/// Revised romanisation without the sound changes between syllables.
pub(super) fn spelling(word: &str) -> String {
    let mut latin = String::new();
    for c in word.chars() {
        let Some(index) = (c as u32).checked_sub(0xac00).filter(|&i| i < 11_172) else { continue };
        let index = index as usize;
        let letters = [
            HANGUL.initial.get(index / 588),
            HANGUL.vowel.get(index % 588 / 28),
            HANGUL.r#final.get(index % 28),
        ];
        letters.into_iter().flatten().for_each(|letter| latin.push_str(letter));
    }
    latin
}

/// Readings of a part; a surname also has its customary spellings.
pub(super) fn readings(word: &str, surname: bool) -> Vec<Sounds> {
    let customary = HANGUL.surnames.get(word).filter(|_| surname);
    match customary {
        Some(spellings) => spellings.iter().map(|s| Sounds::of_spelling(s, false)).collect(),
        None => vec![by_syllable(word)],
    }
}

/// Each syllable by itself, so that `k` and `h` of two syllables make no `kh`.
fn by_syllable(word: &str) -> Sounds {
    word.chars().fold(Sounds::default(), |sounds, syllable| {
        sounds.joined(&Sounds::of_spelling(&spelling(syllable.encode_utf8(&mut [0; 4])), false))
    })
}

/// Surname and given name of a Korean name written as one word: the length of the surname in bytes.
pub(crate) fn segments(word: &str) -> Option<usize> {
    let syllables = word.chars().count();
    let two = HANGUL.two_syllable_surnames.iter().find(|s| syllables > 2 && word.starts_with(s.as_str()));
    let first = word.chars().next().map(char::len_utf8)?;
    let surname = two.map_or(first, String::len);
    (2..=4).contains(&syllables).then_some(surname).filter(|&n| two.is_some() || known(word.get(..n)))
}

fn known(surname: Option<&str>) -> bool {
    surname.is_some_and(|s| HANGUL.surnames.contains_key(s) || HANGUL.other_surnames.contains(s))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_korean_name_is_spelled_and_split() {
        assert_eq!(spelling("정은"), "jongun");
        assert_eq!(segments("김정은"), Some(3));
        assert_eq!(segments("남궁민수"), Some(6));
        assert_eq!(readings("이", true).len(), 5);
    }

    #[test]
    fn the_data_file_is_well_formed() {
        let yaml = include_str!("../../../../data/names/hangul.yaml");
        let file: HangulFile = lagebild_data::parse("hangul.yaml", yaml).unwrap();
        assert_eq!((file.initial.len(), file.vowel.len(), file.r#final.len()), (19, 21, 28));
    }
}
