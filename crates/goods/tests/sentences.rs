//! `sentences.yaml`: which words of a sentence name goods, and which class.

use lagebild_goods::Goods;
use std::collections::BTreeMap;

/// "words: class | words: class".
fn found(language: &str, text: &str) -> String {
    let mentions = Goods::shipped().find_in(text, Some(language));
    let named: Vec<String> = mentions.iter().map(|m| format!("{}: {}", m.span.of(text), m.class)).collect();
    named.join(" | ")
}

#[test]
fn every_sentence_names_the_goods_as_written() {
    let suite: BTreeMap<String, Vec<String>> =
        lagebild_data::parse("sentences.yaml", include_str!("sentences.yaml")).unwrap();
    let mut wrong = Vec::new();
    let mut count = 0;
    for (language, sentences) in &suite {
        for line in sentences {
            let (text, expected) = line.split_once(" =").unwrap();
            count += 1;
            let got = found(language, text);
            if got != expected.trim() {
                wrong.push(format!("{language}: {text}\n  expected {}\n  got      {got}", expected.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(count >= 60, "only {count} sentences");
}

#[test]
fn without_a_language_the_longest_naming_of_any_wins() {
    let text = "Artilleriegeschosse, artillery shells, снаряды";
    let classes: Vec<String> = Goods::shipped().find_in(text, None).into_iter().map(|m| m.class).collect();
    assert_eq!(classes, ["artillery_ammunition"; 3]);
}

#[test]
fn every_span_lies_in_the_text() {
    let goods = Goods::shipped();
    let odd = [
        "",
        "-",
        "KN-",
        "152 mm",
        "mm",
        "Panzer-",
        "– Geschosse (",
        "\u{308}a Rakete\0",
        "🚀Raketen🚀",
        "9K720",
    ];
    for text in odd {
        for mention in goods.find_in(text, None) {
            assert!(mention.span.fits(text) && !mention.span.is_empty(), "{text:?} {mention:?}");
        }
    }
}
