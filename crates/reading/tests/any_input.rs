//! Any bytes and any Unicode: no panic, and every offset of every output on a character boundary of the text.

use lagebild_document::{Format, Options};
use lagebild_reading::{Knowledge, read};
use proptest::prelude::*;
use serde_json::Value;

fn spans_fit(value: &Value, text: &str) -> bool {
    let here = match (value["start"].as_u64(), value["end"].as_u64()) {
        (Some(start), Some(end)) => text.get(start as usize..end as usize).is_some(),
        _ => true,
    };
    here && match value {
        Value::Array(items) => items.iter().all(|item| spans_fit(item, text)),
        Value::Object(fields) => fields.values().all(|field| spans_fit(field, text)),
        _ => true,
    }
}

fn check(bytes: &[u8], language: Option<&str>, format: Option<Format>) {
    let options = Options { format, language: language.map(str::to_owned), ..Options::default() };
    for document in lagebild_document::read("any", bytes, &options).into_iter().flatten() {
        let reading = read(document, Knowledge::built_in(), jiff::civil::date(2023, 9, 12));
        let value = serde_json::to_value(&reading).expect("a reading is JSON");
        assert!(spans_fit(&value, &reading.text), "a span does not fit in {:?}", reading.text);
    }
}

/// Words that make the rules fire, and characters that make them stumble.
fn newsy() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "Kim Jong-un",
        "Putin",
        "Nordkorea",
        "Russland",
        "Kremlsprecher Dmitri Peskow",
        "liefert",
        "könnte",
        "sagte",
        "laut",
        "dass",
        "Waffen",
        "Artilleriegeschosse (152 mm)",
        "„",
        "“",
        "\"",
        ",",
        ".",
        ":",
        "\n\n",
        "\n",
        "– ",
        "said",
        "according to",
        "would",
        "deny",
        "shells",
        "North Korea",
        "Russia",
        "could supply",
        "Кремль",
        "заявил",
        "поставит",
        "снаряды",
        "КНДР",
        "«",
        "»",
        "김정은이",
        "북한",
        "12. September 2023",
        "on Tuesday",
        "seit 2019",
        "\u{0}",
        "\u{202e}",
        "e\u{301}",
        "🚀",
        "ﬁ",
        "İ",
        "ß",
        "(",
        ")",
        "…",
        "1.000.000",
        "\u{a0}",
        "\u{feff}",
    ]);
    prop::collection::vec(pieces, 0..40).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        check(&bytes, None, None);
    }

    #[test]
    fn any_unicode(text in "\\PC{0,300}", language in prop::sample::select(vec!["de", "en", "ru", "fr", "ko", "xx"])) {
        check(text.as_bytes(), Some(language), Some(Format::Text));
    }

    #[test]
    fn text_that_looks_like_news(text in newsy(), language in prop::sample::select(vec!["de", "en", "ru"])) {
        check(text.as_bytes(), Some(language), Some(Format::Text));
    }

    #[test]
    fn markup_that_looks_like_news(text in newsy()) {
        check(format!("<html><body><h1>{text}</h1><p>{text}<ul><li>{text}").as_bytes(), None, Some(Format::Html));
        check(text.as_bytes(), None, Some(Format::Markdown));
    }
}
