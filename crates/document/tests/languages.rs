//! The language of short texts: headlines and single sentences of our own.

#![expect(clippy::unwrap_used, reason = "tests")]

use lagebild_document::{Document, Options, read};
use std::collections::BTreeMap;

fn language(name: &str, text: &str) -> Option<String> {
    document(name, text).language
}

fn document(name: &str, text: &str) -> Document {
    read(name, text.as_bytes(), &Options::default()).remove(0).unwrap()
}

#[test]
fn headlines_in_thirty_languages_are_told_apart() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/languages/headlines.tsv");
    let lines = std::fs::read_to_string(file).unwrap();
    let (mut right, mut wrong, mut of) = (0, Vec::new(), BTreeMap::<&str, usize>::new());
    for (code, text) in
        lines.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'))
    {
        let found = language("headline.txt", text);
        *of.entry(code).or_default() += 1;
        if found.as_deref() == Some(code) {
            right += 1;
        } else {
            wrong.push(format!("{code} {}: {text}", found.as_deref().unwrap_or("-")));
        }
    }
    assert!(of.len() >= 30 && of.values().sum::<usize>() >= 250, "{of:?}");
    assert!(right * 100 >= (right + wrong.len()) * 98, "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_mark_up_does_not_override_the_text() {
    let page = |language: &str, words: &str| {
        format!(
            "<html lang='{language}'><body><article><h1>{words}</h1><p>{words}</p></article></body></html>"
        )
    };
    let of = |declared: &str, words: &str| language("page.html", &page(declared, words));
    assert_eq!(of("en", "Der Zoll hat die Maschinen am Montag beschlagnahmt.").as_deref(), Some("de"));
    assert_eq!(of("ru", "Міністр відкинув звинувачення, повідомляє агентство.").as_deref(), Some("uk"));
    // In doubt it helps: a word that Danish and Norwegian write alike.
    assert_eq!(of("nb", "Regjeringen").as_deref(), Some("nb"));
    // What nobody here can tell is believed.
    assert_eq!(of("kk", "Кеден станоктарды тәркіледі").as_deref(), Some("kk"));
    let json = "{\"title\": \"Zoll stoppt Maschinen\", \"text\": \"Der Zoll hat sie beschlagnahmt.\", \"language\": \"en\"}";
    assert_eq!(language("a.json", json).as_deref(), Some("de"));
}

#[test]
fn what_the_user_says_counts() {
    let options = Options { language: Some("nl".into()), ..Options::default() };
    let document = read("a.txt", "Der Zoll hat es beschlagnahmt.".as_bytes(), &options).remove(0).unwrap();
    assert_eq!(document.language.as_deref(), Some("nl"));
}

#[test]
fn names_in_latin_letters_do_not_make_a_text_latin() {
    for (code, text) in [
        ("uk", "Rheinmetall Landsysteme GmbH та Diehl BGT Defence постачатимуть снаряди"),
        ("ru", "Корабль Lady R компании Transmorflot LLC вышел в море"),
        ("ar", "قالت شركة Acme Trading Limited إنها لم تسلم شيئا"),
        ("de", "Die Zeitung «Известия» berichtet über die Lieferung"),
        ("en", "The daily Известия reports on the delivery"),
    ] {
        assert_eq!(language("a.txt", text).as_deref(), Some(code), "{text}");
    }
}

#[test]
fn a_text_in_two_languages_has_that_of_most_of_it_and_says_so() {
    let german =
        "Der Machthaber ist mit dem Zug über die Grenze gefahren und wird erwartet, teilte der Kreml mit. ";
    let english =
        "The delegation crossed the border by train on Tuesday and is expected to meet the president. ";
    let found = document("a.txt", &format!("{}\n\n{}", german.repeat(8), english.repeat(6)));
    assert_eq!(found.language.as_deref(), Some("de"));
    assert!(
        found.warnings.iter().any(|warning| warning.contains("another language (en)")),
        "{:?}",
        found.warnings
    );
    assert!(document("b.txt", german).warnings.is_empty());
}

#[test]
fn a_text_without_words_has_no_language() {
    assert_eq!(language("a.txt", "12 345 – 67 %"), None);
}

#[test]
fn letters_with_their_marks_apart_are_the_same_letters() {
    // и and a breve, as some systems write й.
    assert_eq!(language("a.txt", "Первыи\u{306} посо\u{301}л прибыл в столицу").as_deref(), Some("ru"));
}
