//! The language of a text: by its script, then by its frequent words and the sequences of letters in the others, then,
//! for languages that are rare here, by whatlang. Additions and comparisons only: the same answer on every machine.

mod grams;
mod script;
mod table;

use crate::model::{Block, BlockKind};
use lagebild_data::embedded;
use script::Script;
use serde::Deserialize;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;
use whatlang::{Detector, Lang};

/// Samples that are taken, evenly spread over the running text.
const SAMPLES: usize = 4;
/// Characters of one sample.
const SAMPLE: usize = 500;
/// Letters from which whatlang is asked whether it is a language that the table does not have.
const WHATLANG_LETTERS: usize = 60;
/// What a rare language costs beforehand, as -log10 of a probability: one clear word makes up for it. With 2.0 the first
/// three words of treebanks in the main languages are 0.03 points better, and headlines in rare ones 0.4 points worse.
const RARE_COST: f64 = 1.5;
/// What the language that the mark-up names is given beforehand. It decides where the words do not, and no more: pages
/// often bear the language of their template.
const DECLARED_GAIN: f64 = 2.0;
/// One mark of a language (`languages.yaml`) in this many letters shows it.
const LETTERS_PER_MARK: usize = 150;

/// An entry of `data/language/languages.yaml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Language {
    code: String,
    #[serde(default)]
    rare: bool,
    #[serde(default)]
    marks: String,
}

static LANGUAGES: LazyLock<Vec<Language>> = LazyLock::new(|| {
    let json = include_str!(concat!(env!("OUT_DIR"), "/language-languages.json"));
    embedded("language/languages.yaml", json).unwrap_or_default()
});

/// What was found of a text.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Found {
    /// BCP 47 code of the language of most of it. `None` for a text without words.
    pub(crate) language: Option<String>,
    /// The language of a quarter of it or more that is in another one.
    pub(crate) beside: Option<String>,
}

/// The codes of all languages that are told apart, in alphabetical order.
pub fn languages() -> Vec<&'static str> {
    let told = LANGUAGES.iter().map(|language| language.code.as_str());
    let mut codes: Vec<&str> =
        told.chain(OTHERS.iter().map(|&(_, code)| code)).chain(["ko", "zh", "he"]).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

/// The language of the running text (of all text where none is running). `declared` is what the mark-up names.
pub(crate) fn detect(text: &str, blocks: &[Block], declared: Option<&str>) -> Found {
    let mut lengths: Vec<(String, usize)> = Vec::new();
    for sample in samples(text, blocks) {
        let Some(language) = identify(&sample, declared) else { continue };
        match lengths.iter_mut().find(|(known, _)| *known == language) {
            Some((_, length)) => *length += sample.len(),
            None => lengths.push((language, sample.len())),
        }
    }
    let all: usize = lengths.iter().map(|(_, length)| length).sum();
    // The first of two that are equally long.
    lengths.sort_by_key(|(_, length)| std::cmp::Reverse(*length));
    let mut lengths = lengths.into_iter();
    let language = lengths.next().map(|(language, _)| language);
    let beside = lengths.next().filter(|(_, length)| length * 4 >= all).map(|(language, _)| language);
    // A declared language that nobody here can tell is believed.
    let unknown = declared.filter(|code| !languages().contains(code)).map(str::to_owned);
    Found { language: unknown.or(language).or_else(|| declared.map(str::to_owned)), beside }
}

/// The language of a short text.
fn identify(text: &str, declared: Option<&str>) -> Option<String> {
    let text: String = text.nfc().collect();
    let script = script::of(&text)?;
    let letters = text.chars().filter(|letter| letter.is_alphabetic()).count();
    if let Some(marked) = marked(&text, letters) {
        return Some(marked.to_owned());
    }
    let code = match script {
        Script::Hangul => "ko",
        Script::Kana => "ja",
        Script::Han => "zh",
        Script::Hebrew => "he",
        Script::Other => return whatlang(&text, false).map(str::to_owned),
        Script::Latin | Script::Cyrillic | Script::Arabic => {
            let rarer = if letters >= WHATLANG_LETTERS { whatlang(&text, true) } else { None };
            return rarer.map(str::to_owned).or_else(|| by_words(&text, script, declared));
        }
    };
    Some(code.to_owned())
}

/// The language whose marks the text bears.
fn marked(text: &str, letters: usize) -> Option<&'static str> {
    let bears = |language: &&Language| {
        let marks = text
            .chars()
            .flat_map(char::to_lowercase)
            .filter(|&letter| language.marks.contains(letter))
            .count();
        marks > 0 && marks * LETTERS_PER_MARK >= letters
    };
    LANGUAGES
        .iter()
        .filter(|language| !language.marks.is_empty())
        .find(bears)
        .map(|language| language.code.as_str())
}

fn by_words(text: &str, script: Script, declared: Option<&str>) -> Option<String> {
    let words = script::words(text, script);
    let mut costs = table::costs(words.iter().map(String::as_str))?;
    let mut best: Option<(&Language, f64)> = None;
    for ((at, language), cost) in LANGUAGES.iter().enumerate().zip(costs.iter_mut()) {
        if !table::has(at, script) {
            continue;
        }
        *cost += if language.rare { RARE_COST } else { 0.0 };
        *cost -= if declared == Some(language.code.as_str()) { DECLARED_GAIN } else { 0.0 };
        if best.is_none_or(|(_, least)| *cost < least) {
            best = Some((language, *cost));
        }
    }
    best.map(|(language, _)| language.code.clone())
}

/// What whatlang says, of the languages that are not in the table when `rarer`.
fn whatlang(text: &str, rarer: bool) -> Option<&'static str> {
    static DETECTOR: LazyLock<Detector> = LazyLock::new(Detector::new);
    let found = DETECTOR.detect(text).filter(|found| !rarer || found.is_reliable())?;
    OTHERS.iter().find(|(known, _)| *known == found.lang()).map(|&(_, code)| code)
}

/// Samples of the running text, each of [`SAMPLE`] characters or what is left up to the next one.
fn samples(text: &str, blocks: &[Block]) -> Vec<String> {
    let running = |block: &&Block| {
        matches!(
            block.kind,
            BlockKind::Headline | BlockKind::Lead | BlockKind::Paragraph | BlockKind::ListItem
        )
    };
    let total: usize = blocks.iter().filter(running).map(|block| block.span.len()).sum();
    if total == 0 {
        return vec![text.chars().take(SAMPLE).collect()];
    }
    let mut samples: Vec<String> = Vec::new();
    let mut passed = 0;
    for block in blocks.iter().filter(running) {
        let length = block.span.len();
        let begins_next = passed * SAMPLES >= samples.len() * total && samples.len() < SAMPLES;
        if begins_next && samples.last().is_none_or(|last| last.len() >= SAMPLE) {
            samples.push(String::new());
        }
        if let Some(sample) = samples.last_mut().filter(|sample| sample.len() < SAMPLE) {
            let room = SAMPLE - sample.len();
            sample.extend(block.span.of(text).chars().take(room));
            sample.push('\n');
        }
        passed += length;
    }
    samples
}

/// The languages that whatlang tells and the table does not. Constructed, classical and little-written ones are left
/// out: on news they are found by mistake only.
const OTHERS: [(Lang, &str); 26] = [
    (Lang::Ben, "bn"),
    (Lang::Kat, "ka"),
    (Lang::Hin, "hi"),
    (Lang::Amh, "am"),
    (Lang::Ell, "el"),
    (Lang::Bel, "be"),
    (Lang::Mar, "mr"),
    (Lang::Kan, "kn"),
    (Lang::Est, "et"),
    (Lang::Tam, "ta"),
    (Lang::Tha, "th"),
    (Lang::Guj, "gu"),
    (Lang::Uzb, "uz"),
    (Lang::Pan, "pa"),
    (Lang::Aze, "az"),
    (Lang::Tel, "te"),
    (Lang::Mal, "ml"),
    (Lang::Ori, "or"),
    (Lang::Mya, "my"),
    (Lang::Nep, "ne"),
    (Lang::Sin, "si"),
    (Lang::Khm, "km"),
    (Lang::Hye, "hy"),
    (Lang::Afr, "af"),
    (Lang::Tgl, "tl"),
    (Lang::Heb, "he"),
];
