//! `sentences.md`: which words of a sentence name goods, and which class.

use lagebild_goods::Goods;
use lagebild_passages::{Passage, Suite, compare};
use serde::Deserialize;

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    finds: Vec<String>,
}

#[test]
fn every_sentence_names_the_goods_as_written() {
    let mut suite = Suite::default();
    suite.check("tests/sentences.md", |passage: &Passage<Expected>| {
        let mentions = Goods::shipped().find_in(&passage.text, Some(passage.language()));
        let named = mentions.iter().map(|m| format!("{} = {}", m.span.of(&passage.text), m.class));
        compare(&passage.expected.finds, &named.collect::<Vec<_>>())
    });
    suite.finish();
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
