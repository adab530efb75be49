//! Han characters: Mandarin, Japanese and Korean readings (`data/names/han_pinyin.yaml`, `han_other.yaml`).

use super::hangul;
use crate::confusion::Route;
use crate::sound::Sounds;
use pinyin::ToPinyin;
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::LazyLock;

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct PinyinFile {
    readings: HashMap<String, String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct OtherFile {
    japanese: HashMap<char, String>,
    japanese_surnames: HashMap<String, String>,
    korean: HashMap<String, String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct VariantFile {
    pairs: String,
}

#[derive(Default)]
struct Han {
    simplified: HashMap<char, char>,
    mandarin: HashMap<char, String>,
    japanese: HashMap<char, Vec<String>>,
    korean: HashMap<char, Vec<String>>,
    /// Japanese surnames that are not read character by character, in simplified forms.
    surnames: HashMap<String, Vec<String>>,
}

static HAN: LazyLock<Han> = LazyLock::new(|| {
    let pinyin = lagebild_data::embedded::<PinyinFile>(
        "names/han_pinyin.yaml",
        include_str!(concat!(env!("OUT_DIR"), "/han_pinyin.json")),
    );
    let other = lagebild_data::embedded::<OtherFile>(
        "names/han_other.yaml",
        include_str!(concat!(env!("OUT_DIR"), "/han_other.json")),
    );
    let variants = lagebild_data::embedded::<VariantFile>(
        "names/han_variants.yaml",
        include_str!(concat!(env!("OUT_DIR"), "/han_variants.json")),
    );
    let mut han = Han::default();
    for pair in variants.unwrap_or_default().pairs.split(' ') {
        if let [form, simplified] = *pair.chars().collect::<Vec<_>>() {
            han.simplified.insert(form, simplified);
        }
    }
    for (syllable, characters) in pinyin.unwrap_or_default().readings {
        han.mandarin.extend(characters.chars().map(|c| (c, syllable.clone())));
    }
    let other = other.unwrap_or_default();
    for (surname, readings) in other.japanese_surnames {
        let simplified = surname.chars().map(|c| han.simplified.get(&c).copied().unwrap_or(c)).collect();
        han.surnames.insert(simplified, readings.split(' ').map(String::from).collect());
    }
    let mut japanese: Vec<_> = other.japanese.into_iter().collect();
    japanese.sort();
    for (c, readings) in japanese {
        let simplified = han.simplified.get(&c).copied().unwrap_or(c);
        for reading in readings.split(' ').map(String::from) {
            let known = han.japanese.entry(simplified).or_default();
            if !known.contains(&reading) {
                known.push(reading);
            }
        }
    }
    let mut korean: Vec<_> = other.korean.into_iter().collect();
    korean.sort();
    for (syllable, characters) in korean {
        for c in characters.chars() {
            let simplified = han.simplified.get(&c).copied().unwrap_or(c);
            han.korean.entry(simplified).or_default().push(hangul::spelling(&syllable));
        }
    }
    han
});

/// The simplified form of a character.
pub(crate) fn simplified(c: char) -> char {
    HAN.simplified.get(&c).copied().unwrap_or(c)
}

/// Most readings kept of one word and language.
const MOST: usize = 12;

/// Pinyin without tones: the reading that names have, else that of the dictionary.
pub(crate) fn mandarin(c: char) -> Option<&'static str> {
    HAN.mandarin.get(&c).map(String::as_str).or_else(|| Some(c.to_pinyin()?.plain()))
}

/// The syllables of pinyin without tones.
pub(crate) fn syllables() -> impl Iterator<Item = &'static str> {
    let syllables: std::collections::BTreeSet<&str> = HAN.mandarin.values().map(String::as_str).collect();
    syllables.into_iter()
}

/// Pinyin without tones.
pub(super) fn spelling(word: &str) -> String {
    word.chars().filter_map(mandarin).collect()
}

/// Every reading of a word: Mandarin, then Japanese, then Korean; languages are not mixed within a word.
pub(super) fn readings(word: &str) -> Vec<Sounds> {
    let languages = [
        (Route::Mandarin, combined(word, |c| mandarin(c).into_iter().collect())),
        (Route::Japanese, combined(word, |c| known(&HAN.japanese, c))),
        (Route::Korean, combined(word, |c| known(&HAN.korean, c))),
    ];
    let whole = HAN.surnames.get(word).into_iter().flatten();
    let whole = whole.map(|reading| Sounds::of_spelling(reading, false).by(Route::Japanese));
    let long = word.chars().count() > 3;
    let mut found = Vec::new();
    for (route, readings) in languages {
        let sounds = readings.into_iter().map(|sounds| sounds.written(!long).by(route));
        found.extend(sounds.filter(|sounds| !sounds.codes().is_empty()));
    }
    found.extend(whole);
    found
}

fn known(readings: &'static HashMap<char, Vec<String>>, c: char) -> Vec<&'static str> {
    readings.get(&c).into_iter().flatten().map(String::as_str).collect()
}

/// The combinations of the readings of each character, empty where one character has none.
fn combined(word: &str, of: impl Fn(char) -> Vec<&'static str>) -> Vec<Sounds> {
    let mut all = vec![Sounds::default()];
    for c in word.chars() {
        let tails: Vec<Sounds> = of(c).into_iter().map(|tail| Sounds::of_spelling(tail, false)).collect();
        all =
            all.iter().flat_map(|head| tails.iter().map(move |tail| head.joined(tail))).take(MOST).collect();
    }
    all
}

/// Where a name in Han characters may be cut into family and given name: byte lengths of the family name.
pub(crate) fn segments(word: &str) -> Vec<usize> {
    let ends: Vec<usize> = word.char_indices().map(|(at, _)| at).chain([word.len()]).collect();
    let cuts: &[usize] = match ends.len() - 1 {
        2 => &[1],
        3 => &[1, 2],
        4 => &[2, 1],
        5 => &[2, 3],
        _ => &[],
    };
    let simple: String = word.chars().map(simplified).collect();
    let known = |end: &&usize| {
        let letters = word.get(..**end).map_or(0, |head| head.chars().count());
        let head: String = simple.chars().take(letters).collect();
        **end < word.len() && HAN.surnames.contains_key(&head)
    };
    let surname = ends.iter().rev().find(known).copied();
    let mut found: Vec<usize> =
        surname.into_iter().chain(cuts.iter().filter_map(|&n| ends.get(n).copied())).collect();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_read_in_three_languages() {
        assert_eq!(spelling("习近平"), "xijinping");
        let read = |word, latin| {
            readings(word).iter().any(|read| read.codes() == Sounds::of_spelling(latin, false).codes())
        };
        assert!(read("高市", "takaichi") && read("早苗", "sanae") && read("金", "gim"));
    }

    #[test]
    fn the_data_files_are_well_formed() {
        let pinyin = include_str!("../../../../data/names/han_pinyin.yaml");
        let other = include_str!("../../../../data/names/han_other.yaml");
        lagebild_data::parse::<PinyinFile>("han_pinyin.yaml", pinyin).unwrap();
        let variants = include_str!("../../../../data/names/han_variants.yaml");
        lagebild_data::parse::<VariantFile>("han_variants.yaml", variants).unwrap();
        lagebild_data::parse::<OtherFile>("han_other.yaml", other).unwrap();
    }
}
