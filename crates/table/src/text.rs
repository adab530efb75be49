//! Bytes become text: marks of order, UTF-16, UTF-8, and the older encodings by what they make of the words.

use crate::{Note, TableError, heading};
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{
    BIG5, EUC_JP, EUC_KR, Encoding, GBK, MACINTOSH, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1250,
    WINDOWS_1251, WINDOWS_1252, WINDOWS_1254, WINDOWS_1256,
};

/// Bytes that are looked at to guess.
const LOOKED_AT: usize = 1 << 16;
/// What headings are tried in where the guess makes nothing of them.
const CANDIDATES: [&Encoding; 10] = [
    WINDOWS_1252,
    WINDOWS_1251,
    SHIFT_JIS,
    GBK,
    EUC_KR,
    BIG5,
    EUC_JP,
    WINDOWS_1250,
    WINDOWS_1254,
    WINDOWS_1256,
];

/// Letters with marks that Western languages have often.
const WESTERN: &str = "äöüÄÖÜßéèêëÉÈàâÀçÇñÑáÁíóÓúÚãõåÅøØæÆîïôûùìòœ";

/// The text, and what was guessed of its encoding.
pub(crate) fn decoded(bytes: &[u8], given: Option<&str>) -> Result<(String, Vec<Note>), TableError> {
    if let Some(label) = given {
        let encoding =
            Encoding::for_label(label.as_bytes()).ok_or_else(|| TableError::NoEncoding(label.into()))?;
        return Ok((encoding.decode(bytes).0.into_owned(), Vec::new()));
    }
    if Encoding::for_bom(bytes).is_some() {
        return Ok((UTF_8.decode(bytes).0.into_owned(), Vec::new()));
    }
    if let Some(encoding) = wide(bytes) {
        let note = Note::sure(format!("encoding: {}", encoding.name()));
        return Ok((encoding.decode(bytes).0.into_owned(), vec![note]));
    }
    if bytes.contains(&0) {
        return Err(TableError::Binary);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok((text.into(), Vec::new())),
        Err(_) if nearly_utf8(bytes) => {
            let note = Note::sure("encoding: UTF-8, with letters that are none");
            Ok((String::from_utf8_lossy(bytes).into_owned(), vec![note]))
        }
        Err(_) => Ok(older(bytes)),
    }
}

/// UTF-16 without a mark: every second byte of much text is zero.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..bytes.len().min(4096))?;
    let zeros = |from: usize| head.iter().skip(from).step_by(2).filter(|&&byte| byte == 0).count();
    let (even, odd, half) = (zeros(0), zeros(1), head.len() / 2);
    if odd * 3 > half && even * 20 < half {
        Some(UTF_16LE)
    } else if even * 3 > half && odd * 20 < half {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Many letters that are UTF-8 for each that is not: another encoding does not do that by chance.
fn nearly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good >= 10 * bad
}

fn older(bytes: &[u8]) -> (String, Vec<Note>) {
    let head = bytes.get(..bytes.len().min(LOOKED_AT)).unwrap_or_default();
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(head, true);
    let mut encoding = detector.guess(None, Utf8Detection::Deny);
    let odd = |encoding: &'static Encoding| oddities(&encoding.decode(head).0);
    // Lines that end as those of the first Macintoshes do are in their encoding.
    let old_mac = bytes.contains(&b'\r') && !bytes.contains(&b'\n');
    if old_mac && odd(MACINTOSH) <= odd(encoding) {
        encoding = MACINTOSH;
    }
    // A heading that is a known word is no accident: it says more than how often letters are.
    let known = |encoding: &'static Encoding| heading::known_beyond_ascii(&encoding.decode(head).0);
    let best = CANDIDATES.into_iter().rev().max_by_key(|candidate| known(candidate)).unwrap_or(encoding);
    if known(best) > known(encoding) {
        encoding = best;
    }
    let text = encoding.decode(bytes).0.into_owned();
    let example = text
        .split(|c: char| !c.is_alphabetic())
        .find(|word| !word.is_ascii())
        .map(|word| format!(" ({word})"))
        .unwrap_or_default();
    let words = format!("encoding: {}{example}", encoding.name());
    // Letters of the West in one encoding and rare ones in the guess: too little to decide by.
    let western = |encoding: &'static Encoding| {
        let text = encoding.decode(head).0;
        oddities(&text) == 0
            && text.chars().all(|c| c.is_ascii() || !c.is_alphabetic() || WESTERN.contains(c))
    };
    let rival = [WINDOWS_1252, MACINTOSH].into_iter().find(|&rival| western(rival));
    let rival = rival.filter(|_| encoding.is_single_byte() && !western(encoding) && known(encoding) == 0);
    let note = if let Some(rival) = rival {
        Note::doubtful(words, format!("--encoding {} or --encoding {}", rival.name(), encoding.name()))
    } else if oddities(&text) > 0 {
        Note::doubtful(words, "--encoding NAME, such as windows-1252, macintosh, shift_jis")
    } else {
        Note::sure(words)
    };
    (text, vec![note])
}

/// Places where a text looks like one in another encoding: letters that are none, scripts mixed in a word, a capital with
/// a mark after a small letter.
fn oddities(text: &str) -> usize {
    let mut odd = 0;
    let mut last = ' ';
    for c in text.chars() {
        odd += usize::from(
            matches!(c, '\u{fffd}' | '\u{80}'..='\u{9f}' | '\u{e000}'..='\u{f8ff}' | '\u{ff61}'..='\u{ff9f}'),
        );
        if last.is_alphabetic() && c.is_alphabetic() {
            let latin = |c: char| c < '\u{370}';
            odd += usize::from(latin(last) != latin(c) && [last, c].iter().all(|&c| c < '\u{1000}'));
            odd += usize::from(last.is_lowercase() && c.is_uppercase() && !c.is_ascii());
        } else if last.is_lowercase() {
            odd +=
                usize::from(!c.is_ascii() && !c.is_alphabetic() && !matches!(c, '’' | '–' | '—' | '»' | '”'));
        }
        last = c;
    }
    odd
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guessed(encoding: &'static Encoding, text: &str) -> (String, Vec<Note>) {
        decoded(&encoding.encode(text).0, None).unwrap()
    }

    #[test]
    fn older_encodings_are_told_by_what_they_say() {
        for (encoding, text) in [
            (WINDOWS_1252, "Name;Land\nJürgen Grüber;Österreich\n"),
            (WINDOWS_1251, "ФИО;Дата рождения\nПетров Семён;1970\n"),
            (SHIFT_JIS, "氏名,生年月日\n田中 花子,1970/01/02\n"),
            (GBK, "姓名,出生日期\n王小红,1970-01-02\n"),
            (EUC_KR, "성명,생년월일\n김보라,1970-01-02\n"),
        ] {
            let (read, notes) = guessed(encoding, text);
            assert_eq!(read, text, "{}", encoding.name());
            assert!(notes.iter().all(|note| note.doubt.is_none()), "{notes:?}");
        }
    }

    #[test]
    fn wide_texts_old_macs_and_broken_letters() {
        let wide: Vec<u8> = "Name\tLand\nAnna Grün\tAT\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(decoded(&wide, None).unwrap().0.contains("Grün"));
        let mac = decoded(b"Name,Land\rAnna Gr\x9fn,AT\r", None).unwrap();
        assert!(mac.0.contains("Grün"), "{mac:?}");
        let few = decoded(b"Name,Land\nAnna Gr\x9fn,AT\n", None).unwrap();
        assert!(
            few.1.iter().any(|note| note.doubt.as_ref().is_some_and(|doubt| doubt.contains("macintosh"))),
            "{few:?}"
        );
        assert_eq!(decoded(b"Na\0me\x01\x02", None), Err(TableError::Binary));
        assert!(matches!(decoded(b"x", Some("klingon")), Err(TableError::NoEncoding(_))));
    }
}
