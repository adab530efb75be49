//! Whatever the bytes are: no panic, every span fits, no block overlaps another, no word is lost.
#![expect(clippy::unwrap_used, reason = "tests")]

use lagebild_document::{Document, DocumentError, Format, Options, read};
use proptest::prelude::*;
use std::fmt::Write;

const FORMATS: [Option<Format>; 6] = [
    None,
    Some(Format::Text),
    Some(Format::Markdown),
    Some(Format::Html),
    Some(Format::Json),
    Some(Format::JsonLines),
];

fn check(document: &Document) {
    let text = &document.text;
    let mut end = 0;
    for block in &document.blocks {
        let span = block.span;
        assert!(span.fits(text) && !span.is_empty(), "{span:?} in {text:?}");
        assert!(span.start() as usize >= end, "{:?} overlap in {text:?}", document.blocks);
        assert!(
            text.get(end..span.start() as usize).unwrap().trim().is_empty(),
            "words lost in {text:?}: {:?}",
            document.blocks
        );
        assert_eq!(span.trimmed(text), span, "white space at the edge of {span:?} in {text:?}");
        end = span.end() as usize;
    }
    assert!(text.get(end..).unwrap().trim().is_empty(), "words lost at the end of {text:?}");
}

fn check_all(bytes: &[u8]) {
    for format in FORMATS {
        let options = Options { format, ..Options::default() };
        for document in read("any", bytes, &options).iter().flatten() {
            check(document);
            if format == Some(Format::Text)
                && !document.text.contains('\u{FFFD}')
                && document.warnings.is_empty()
            {
                let given = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
                assert_eq!(document.text.as_bytes(), given, "the text is the file's exact content");
            }
        }
    }
}

/// Lines as articles have them, and the signs that the rules look at, in any order.
fn newsy() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "Kim in Russland",
        "Moskau – ",
        "Von: A. Muster",
        "(dpa)",
        "© AFP",
        "Foto: ",
        ": ",
        ":",
        " : ",
        ".",
        "?",
        "„",
        "“",
        "- ",
        "• ",
        "1. ",
        "\n",
        "\n\n",
        "\r\n",
        "\t",
        "ü",
        "김정은",
        "🚀",
        "\u{202E}",
        "\u{0}",
        "\u{FEFF}",
        "(",
        ")",
        "/",
        "=",
        "12. September 2023",
        "12/09/2023",
        "МОСКВА, 14 марта. /ТАСС/. ",
        "Mehr zum Thema",
        "Technische Hilfen : Russland hilft. ",
        "{",
        "}",
        "[",
        "]",
        "\"text\": ",
        "<p>",
        "</p>",
        "<li>",
        "<h1>",
        "<a>",
        "</a>",
        "<table><tr><td>",
        "<!--",
        "<script>",
        "# ",
        "> ",
        "---\n",
        "|",
        "\\",
        "&amp;",
        "&#0;",
        "\u{AD}",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        check_all(&bytes);
    }

    #[test]
    fn any_unicode(text in "\\PC{0,200}") {
        check_all(text.as_bytes());
    }

    #[test]
    fn any_pieces_of_news(text in newsy()) {
        check_all(text.as_bytes());
        let record = serde_json::json!({"title": text, "text": text, "description": text, "date": text, "author": [text]});
        check_all(record.to_string().as_bytes());
        check_all(format!("<html><body><article><h1>{text}</h1><p>{text}</p></article>").as_bytes());
    }
}

fn one(name: &str, bytes: &[u8]) -> Result<Document, DocumentError> {
    let mut outcomes = read(name, bytes, &Options::default());
    assert_eq!(outcomes.len(), 1);
    outcomes.remove(0)
}

#[test]
fn says_what_is_wrong_with_an_input() {
    let message = |name: &str, bytes: &[u8]| one(name, bytes).unwrap_err().to_string();
    assert_eq!(message("a.txt", b""), "a.txt: empty");
    assert_eq!(message("a.txt", b" \n\t\n"), "a.txt: empty");
    assert_eq!(message("a.html", b"<html><body></body></html>"), "a.html: empty");
    assert!(message("a.txt", b"%PDF-1.7 and so on").contains("a PDF that is broken or cut off"));
    assert!(message("a.txt", b"\x89PNG and so on").contains("not a text but a PNG picture"));
    assert!(message("a.json", b"{\"a\": }").starts_with("a.json:1: broken JSON"));
    let small = Options { max_bytes: 1 << 20, ..Options::default() };
    let large = read("a.txt", &vec![b'a'; 2 << 20], &small).remove(0).unwrap_err();
    assert!(
        large.to_string().starts_with("a.txt: larger than 1 MiB; split it, or raise the limit"),
        "{large}"
    );
}

#[test]
fn odd_text_is_read() {
    let nul =
        one("a.txt", "Kim\u{0} trifft Putin.\n\nDer Zug ist da, und er fährt weiter.".as_bytes()).unwrap();
    assert!(nul.text.contains('\u{0}'));
    let arabic = "قال المتحدث باسم الوزارة إن السفينة غادرت الميناء يوم الثلاثاء متجهة إلى الجنوب، بحسب بيان صدر في العاصمة.";
    assert_eq!(one("a.txt", arabic.as_bytes()).unwrap().language.as_deref(), Some("ar"));
    let broken = one("a.html", "<p>Der <b>Zug ist <div>da<table><p>und fährt".as_bytes()).unwrap();
    assert!(broken.text.contains("Zug ist"));
    let marked = one("a.txt", "\u{FEFF}Kim in Russland 🚀".as_bytes()).unwrap();
    assert_eq!(marked.text, "Kim in Russland 🚀");
}

#[test]
fn invalid_utf8_is_recovered_with_its_place() {
    let document = one("a.txt", b"Gr\xC3\xB6\xC3\x9Fere Lieferung\n\n\xC3\xBCber \xFF die Grenze.").unwrap();
    assert_eq!(document.text, "Größere Lieferung\n\nüber \u{FFFD} die Grenze.");
    assert!(document.warnings.first().unwrap().contains("on line 3 (offset "), "{:?}", document.warnings);
}

#[test]
fn deep_pages_and_deep_json_do_no_harm() {
    let depth = 100_000;
    let page =
        format!("<html><body>{}<p>Der Zug ist da.</p>{}", "<div>".repeat(depth), "</div>".repeat(depth));
    let document = one("a.html", page.as_bytes()).unwrap();
    assert!(document.text.contains("Der Zug ist da."));
    assert!(document.warnings.iter().any(|warning| warning.contains("nested")));
    let inline = format!("<p>{}Der Zug ist da.", "<b><i>".repeat(depth));
    assert!(one("a.html", inline.as_bytes()).unwrap().text.contains("Zug"));
    assert!(matches!(one("a.json", "[".repeat(depth).as_bytes()), Err(DocumentError::BrokenJson { .. })));
    let quoted = format!("{}Zug", "> ".repeat(depth));
    check(&one("a.md", quoted.as_bytes()).unwrap());
    let listed = format!("{}Zug", "- ".repeat(depth));
    check(&one("a.md", listed.as_bytes()).unwrap());
}

#[test]
fn long_texts_take_time_in_proportion() {
    let mut text = String::from("Kim in Russland\n\n");
    for line in 0..100_000 {
        writeln!(
            text,
            "Zeile {line} des Berichts, die bis an den Rand reicht und dann auf der nächsten weitergeht"
        )
        .unwrap();
    }
    let start = std::time::Instant::now();
    check(&one("a.txt", text.as_bytes()).unwrap());
    check(&one("a.md", text.as_bytes()).unwrap());
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}

#[test]
fn the_same_bytes_give_the_same_document() {
    let bytes = include_bytes!("articles/de-portal.html");
    assert_eq!(one("a.html", bytes), one("a.html", bytes));
}
