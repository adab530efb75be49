//! The language of a text, or nothing when the text does not show it.

use crate::model::{Block, BlockKind};
use std::sync::LazyLock;
use whatlang::{Detector, Lang};

/// Letters that a text needs before its language is believed.
const FEWEST_LETTERS: usize = 60;
/// Samples that are taken, evenly spread over the running text.
const SAMPLES: usize = 4;
/// Characters of one sample.
const SAMPLE: usize = 500;

/// The BCP 47 code of the language of the running text. `None` when the text is short, when its samples are in
/// different languages, or when the detector is not sure of any.
pub(crate) fn detect(text: &str, blocks: &[Block]) -> Option<String> {
    static DETECTOR: LazyLock<Detector> =
        LazyLock::new(|| Detector::with_allowlist(CODES.iter().map(|&(language, _)| language).collect()));
    let samples = samples(text, blocks);
    let letters: usize = samples.iter().map(|sample| letters(sample)).sum();
    if letters < FEWEST_LETTERS {
        return None;
    }
    let found: Vec<(whatlang::Info, usize)> =
        samples.iter().filter_map(|sample| Some((DETECTOR.detect(sample)?, sample.len()))).collect();
    let weight = |language: Lang| -> usize {
        found.iter().filter(|(info, _)| info.lang() == language).map(|(_, length)| length).sum()
    };
    let (best, _) =
        found.iter().filter(|(info, _)| info.is_reliable()).max_by_key(|(info, _)| weight(info.lang()))?;
    let all: usize = found.iter().map(|(_, length)| length).sum();
    (weight(best.lang()) * 4 >= all * 3).then(|| code(best.lang())).flatten().map(str::to_string)
}

/// Letters, where a sign of a script that writes a syllable or a word with one counts for three.
fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphabetic()).map(|c| if c > '\u{2E80}' { 3 } else { 1 }).sum()
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

/// ISO 639-1 where there is a code of two letters.
fn code(language: Lang) -> Option<&'static str> {
    CODES.iter().find(|(known, _)| *known == language).map(|&(_, code)| code)
}

/// The languages that are told apart. Constructed, classical and little-written ones are left out: on news they are
/// found by mistake only.
const CODES: [(Lang, &str); 58] = [
    (Lang::Eng, "en"),
    (Lang::Rus, "ru"),
    (Lang::Cmn, "zh"),
    (Lang::Spa, "es"),
    (Lang::Por, "pt"),
    (Lang::Ita, "it"),
    (Lang::Ben, "bn"),
    (Lang::Fra, "fr"),
    (Lang::Deu, "de"),
    (Lang::Ukr, "uk"),
    (Lang::Kat, "ka"),
    (Lang::Ara, "ar"),
    (Lang::Hin, "hi"),
    (Lang::Jpn, "ja"),
    (Lang::Heb, "he"),
    (Lang::Pol, "pl"),
    (Lang::Amh, "am"),
    (Lang::Kor, "ko"),
    (Lang::Nob, "nb"),
    (Lang::Dan, "da"),
    (Lang::Swe, "sv"),
    (Lang::Fin, "fi"),
    (Lang::Tur, "tr"),
    (Lang::Nld, "nl"),
    (Lang::Hun, "hu"),
    (Lang::Ces, "cs"),
    (Lang::Ell, "el"),
    (Lang::Bul, "bg"),
    (Lang::Bel, "be"),
    (Lang::Mar, "mr"),
    (Lang::Kan, "kn"),
    (Lang::Ron, "ro"),
    (Lang::Slv, "sl"),
    (Lang::Hrv, "hr"),
    (Lang::Srp, "sr"),
    (Lang::Mkd, "mk"),
    (Lang::Lit, "lt"),
    (Lang::Lav, "lv"),
    (Lang::Est, "et"),
    (Lang::Tam, "ta"),
    (Lang::Vie, "vi"),
    (Lang::Urd, "ur"),
    (Lang::Tha, "th"),
    (Lang::Guj, "gu"),
    (Lang::Uzb, "uz"),
    (Lang::Pan, "pa"),
    (Lang::Aze, "az"),
    (Lang::Ind, "id"),
    (Lang::Tel, "te"),
    (Lang::Pes, "fa"),
    (Lang::Mal, "ml"),
    (Lang::Ori, "or"),
    (Lang::Mya, "my"),
    (Lang::Nep, "ne"),
    (Lang::Sin, "si"),
    (Lang::Khm, "km"),
    (Lang::Cat, "ca"),
    (Lang::Hye, "hy"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blocks;
    use crate::plain;

    fn of(text: &str) -> Option<String> {
        detect(text, &blocks::find(text, &plain::chunks(text)))
    }

    #[test]
    fn names_the_language_of_running_text() {
        let german = "Der Machthaber ist mit dem Zug über die Grenze gefahren und wird nach Angaben des Kremls erwartet.";
        let english =
            "The delegation crossed the border by train on Tuesday and is expected to meet the president.";
        assert_eq!(of(german).as_deref(), Some("de"));
        assert_eq!(of(english).as_deref(), Some("en"));
        assert_eq!(of("Министр иностранных дел прибыл в столицу и встретился с руководством страны, сообщает агентство.").as_deref(), Some("ru"));
        assert_eq!(
            of("북한 김정은 국무위원장이 러시아에 도착했다고 통신이 보도했다. 회담은 수요일에 열린다.")
                .as_deref(),
            Some("ko")
        );
    }

    #[test]
    fn says_nothing_of_short_or_mixed_text() {
        assert_eq!(of("Kim in Moskau"), None);
        let german = "Der Machthaber ist mit dem Zug über die Grenze gefahren und wird erwartet, teilte der Kreml mit. ";
        let english =
            "The delegation crossed the border by train on Tuesday and is expected to meet the president. ";
        assert_eq!(of(&format!("{}\n\n{}", german.repeat(8), english.repeat(8))), None);
    }
}
