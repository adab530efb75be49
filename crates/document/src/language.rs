//! The language of a text, or nothing when the text does not show it.

use crate::model::{Block, BlockKind};
use whatlang::{Detector, Lang};

/// Letters that a sample needs before its language is believed.
const FEWEST_LETTERS: usize = 60;
/// Characters of the text that are looked at.
const SAMPLE: usize = 12_000;
/// Characters of one sample.
const PIECE: usize = 600;

/// The BCP 47 code of the language of the running text. `None` when the text is short, when its pieces are in
/// different languages, or when the detector is not sure.
pub(crate) fn detect(text: &str, blocks: &[Block]) -> Option<String> {
    let detector = Detector::new();
    let pieces = pieces(text, blocks);
    let whole: String = pieces.join("\n");
    if whole.chars().filter(|c| c.is_alphabetic()).count() < fewest(&whole) {
        return None;
    }
    let info = detector.detect(&whole)?;
    let (mut agreeing, mut others) = (0, 0);
    for piece in &pieces {
        match detector.detect(piece) {
            Some(found) if found.lang() == info.lang() => agreeing += piece.len(),
            Some(found) if found.is_reliable() => others += piece.len(),
            _ => {}
        }
    }
    let sure = info.is_reliable() || agreeing == whole.len();
    (sure && others * 3 <= agreeing).then(|| code(info.lang())).flatten().map(str::to_string)
}

/// Scripts that write a syllable or a word with one sign need fewer of them.
fn fewest(text: &str) -> usize {
    let dense = text.chars().filter(|&c| c > '\u{2E80}').take(FEWEST_LETTERS).count();
    if dense >= FEWEST_LETTERS / 3 { FEWEST_LETTERS / 3 } else { FEWEST_LETTERS }
}

/// The running text in pieces of about [`PIECE`] characters, up to [`SAMPLE`] in all.
fn pieces(text: &str, blocks: &[Block]) -> Vec<String> {
    let running = |kind| {
        matches!(kind, BlockKind::Headline | BlockKind::Lead | BlockKind::Paragraph | BlockKind::ListItem)
    };
    let mut pieces: Vec<String> = Vec::new();
    let mut total = 0;
    for block in blocks.iter().filter(|block| running(block.kind)) {
        let words: String = block.span.of(text).chars().take(SAMPLE - total).collect();
        total += words.chars().count();
        match pieces.last_mut() {
            Some(last) if last.len() < PIECE => {
                last.push('\n');
                last.push_str(&words);
            }
            _ => pieces.push(words),
        }
        if total >= SAMPLE {
            break;
        }
    }
    pieces
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
