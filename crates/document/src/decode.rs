//! Bytes to text: byte-order marks, declared and detected encodings, and what is no text at all.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// A text and what was odd about its bytes.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Decoded {
    pub(crate) text: String,
    pub(crate) warnings: Vec<String>,
}

/// Bytes that are looked at to tell text from other files.
const PROBE: usize = 8 * 1024;

/// First bytes of common files that are no text.
const SIGNATURES: [(&[u8], &str); 14] = [
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xD0\xCF\x11\xE0", "an old office document"),
    (b"{\\rtf", "a rich-text document"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xFF\xD8\xFF", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"RIFF", "a media file"),
    (b"\x1F\x8B", "gzip-compressed data"),
    (b"BZh", "bzip2-compressed data"),
    (b"\xFD7zXZ", "xz-compressed data"),
    (b"\x28\xB5\x2F\xFD", "zstd-compressed data"),
    (b"\x7FELF", "a program"),
    (b"SQLite format 3", "an SQLite database"),
];

/// What the bytes are when they are no text.
pub(crate) fn binary_kind(bytes: &[u8]) -> Option<&'static str> {
    if let Some((_, what)) = SIGNATURES.iter().find(|(signature, _)| bytes.starts_with(signature)) {
        return Some(what);
    }
    if Encoding::for_bom(bytes).is_some() || looks_like_utf16(bytes).is_some() {
        return None;
    }
    let head = bytes.get(..PROBE).unwrap_or(bytes);
    let odd = head.iter().filter(|&&byte| byte < 0x20 && !matches!(byte, b'\t'..=b'\r' | 0x1B)).count();
    (odd * 10 > head.len()).then_some("binary data")
}

/// Decodes bytes that are text. `declared` is the name of the encoding that the content itself gives.
///
/// A byte-order mark decides; then valid UTF-8 is UTF-8 whatever is declared; then the declared encoding; then text
/// that is UTF-8 but for some broken places is read with U+FFFD in those places; then the encoding is guessed.
pub(crate) fn decode(bytes: &[u8], declared: Option<&str>) -> Decoded {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return with(encoding, bytes.get(mark..).unwrap_or_default());
    }
    if let Some(encoding) = looks_like_utf16(bytes) {
        return with(encoding, bytes);
    }
    let escapes = bytes.contains(&0x1B);
    if !escapes && let Ok(text) = std::str::from_utf8(bytes) {
        return Decoded { text: text.to_string(), warnings: Vec::new() };
    }
    if let Some(encoding) = declared.and_then(|name| Encoding::for_label(name.trim().as_bytes()))
        && encoding != UTF_8
    {
        return with(encoding, bytes);
    }
    if mostly_utf8(bytes) { with(UTF_8, bytes) } else { with(guess(bytes), bytes) }
}

/// A download that is in the encoding that its `Content-Type` names, as UTF-8; `None` where that names none, or the bytes
/// say of themselves what they are.
pub(crate) fn by_header(told: &str, bytes: &[u8]) -> Option<String> {
    let lower = told.to_ascii_lowercase();
    let name = lower.split_once("charset=")?.1.split(';').next()?.trim().trim_matches(['"', '\'']).to_owned();
    let encoding = Encoding::for_label(name.as_bytes()).filter(|encoding| *encoding != UTF_8)?;
    let says_itself = Encoding::for_bom(bytes).is_some()
        || std::str::from_utf8(bytes).is_ok()
        || binary_kind(bytes).is_some();
    (!says_itself).then(|| encoding.decode_without_bom_handling(bytes).0.into_owned())
}

fn with(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let (text, broken) = encoding.decode_without_bom_handling(bytes);
    let mut warnings = Vec::new();
    if encoding != UTF_8 {
        warnings.push(format!(
            "read as {}, not UTF-8: offsets count bytes of the text as UTF-8",
            encoding.name()
        ));
    }
    if broken {
        warnings.push(describe_broken(encoding, &text));
    }
    Decoded { text: text.into_owned(), warnings }
}

fn describe_broken(encoding: &'static Encoding, text: &str) -> String {
    let places = text.matches('\u{FFFD}').count();
    let first = text.find('\u{FFFD}').unwrap_or_default();
    let line = text.get(..first).unwrap_or_default().matches('\n').count() + 1;
    format!(
        "not valid {} in {places} place(s), the first on line {line} (offset {first}); U+FFFD stands for them",
        encoding.name()
    )
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Allow)
}

/// True when more multi-byte characters are valid than bytes are broken.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut wide, mut broken) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        wide += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    wide > broken
}

/// UTF-16 without a mark: every other byte of mostly European text is zero.
fn looks_like_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..PROBE).unwrap_or(bytes);
    if head.len() < 8 {
        return None;
    }
    let zeros = |parity: usize| head.iter().skip(parity).step_by(2).filter(|&&byte| byte == 0).count();
    let (even, odd, half) = (zeros(0), zeros(1), head.len() / 2);
    match (even * 10 > half * 7, odd * 10 > half * 7) {
        (true, false) if odd * 10 < half => Some(UTF_16BE),
        (false, true) if even * 10 < half => Some(UTF_16LE),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_dropped_and_decides() {
        assert_eq!(decode(b"\xEF\xBB\xBFKim", None).text, "Kim");
        assert_eq!(decode(b"\xFF\xFEK\0i\0m\0", None).text, "Kim");
    }

    #[test]
    fn utf16_is_known_without_a_mark() {
        let bytes: Vec<u8> = "Kim in Moskau".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(binary_kind(&bytes), None);
        assert_eq!(decode(&bytes, None).text, "Kim in Moskau");
    }

    #[test]
    fn legacy_encodings_are_guessed_and_said() {
        let russian = "Министр иностранных дел прибыл в Пхеньян и встретился с главой МИД.";
        let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(russian);
        let decoded = decode(&bytes, None);
        assert_eq!(decoded.text, russian);
        assert!(decoded.warnings.first().unwrap().contains("windows-1251"));
        let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode("Größe der Lieferung: „zehn“");
        assert_eq!(decode(&bytes, None).text, "Größe der Lieferung: „zehn“");
    }

    #[test]
    fn a_declared_encoding_counts_unless_the_bytes_are_utf8() {
        let (bytes, _, _) = encoding_rs::KOI8_R.encode("Лавров");
        assert_eq!(decode(&bytes, Some("koi8-r")).text, "Лавров");
        assert_eq!(decode("Лавров".as_bytes(), Some("koi8-r")).text, "Лавров");
    }

    #[test]
    fn broken_places_are_named() {
        let decoded = decode(b"Gr\xC3\xB6\xC3\x9Fe\n\xC3\xBCber\xFF alles", None);
        assert_eq!(decoded.text, "Größe\nüber\u{FFFD} alles");
        assert!(decoded.warnings.first().unwrap().contains("in 1 place(s)"), "{:?}", decoded.warnings);
        assert!(decoded.warnings.first().unwrap().contains("line 2"));
    }

    #[test]
    fn binary_files_are_told_from_text_with_some_zeros() {
        assert_eq!(binary_kind(b"%PDF-1.7 ..."), Some("a PDF"));
        assert_eq!(binary_kind(&[0, 1, 2, 3, 4, 5, 6, 7, 8, 200]), Some("binary data"));
        assert_eq!(binary_kind(b"Kim\0 is in Russia, and the train has crossed the border"), None);
    }
}
