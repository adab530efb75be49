//! Folding: the same word in another case, width, accent or vowelling becomes the same string.

use serde::Deserialize;
use std::collections::HashMap;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

/// Letters that are written otherwise than by leaving their mark away (`data/names/letters.yaml`).
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Letters {
    /// As names are compared.
    compared: HashMap<char, String>,
    /// As the news writes them.
    pub(crate) news: HashMap<char, String>,
}

/// The letters, read once.
pub(crate) static LETTERS: LazyLock<Letters> = LazyLock::new(|| {
    let json = include_str!(concat!(env!("OUT_DIR"), "/letters.json"));
    lagebild_data::embedded("names/letters.yaml", json).unwrap_or_default()
});

/// Lower case, compatibility forms resolved, marks taken off where they don't make another letter, Latin
/// letters outside ASCII written with ASCII ones.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.nfkc().flat_map(char::to_lowercase) {
        match c {
            c if is_mark(c) => {}
            'a'..='z' | '0'..='9' | ' ' => folded.push(c),
            '\u{660}'..='\u{669}' => folded.push(char::from(b'0' + (c as u32 - 0x660) as u8)),
            '\u{6f0}'..='\u{6f9}' => folded.push(char::from(b'0' + (c as u32 - 0x6f0) as u8)),
            c if c < '\u{2b0}' || ('\u{1e00}'..'\u{1f00}').contains(&c) => latin(c, &mut folded),
            'ά'..='ώ' => folded.extend(c.nfd().next()),
            c => folded.push(c),
        }
    }
    folded
}

/// A Latin letter outside ASCII, or another sign from there.
fn latin(letter: char, folded: &mut String) {
    if let Some(written) = LETTERS.compared.get(&letter) {
        return folded.push_str(written);
    }
    let base = letter.nfd().next().unwrap_or(letter);
    // The phonetic letters from U+0250 on have no other form.
    if base.is_alphanumeric() {
        folded.push(base);
    }
}

/// Marks that do not make another letter: accents, vowel points, joiners.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}'
        | '\u{640}' | '\u{670}' | '\u{200b}'..='\u{200f}' | '\u{6d6}'..='\u{6ed}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_file_is_well_formed_and_a_wrong_entry_is_named() {
        let yaml = include_str!("../../../data/names/letters.yaml");
        lagebild_data::parse::<Letters>("letters.yaml", yaml).unwrap();
        assert_eq!(fold("Šćepan Ḧøfər ΆΒ ٣"), "shchepan hofar αβ 3");
        let error =
            lagebild_data::parse::<Letters>("letters.yaml", "compared: {ab: c}\nnews: {}\n").unwrap_err();
        assert_eq!(error.line, 1);
    }
}
