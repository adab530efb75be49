//! Files that are no plain texts, as documents: where they come from, and where their pages begin.

use lagebild_document::{BlockKind, Options, cited, read};
use lagebild_span::Span;

#[test]
fn spans_are_cited_by_their_pages() {
    let rtf =
        br"{\rtf1 Kim kam in Moskau an.\par\page Er ging nach einem Tag.\par\page Niemand sah ihn.\par}";
    let document = read("a.rtf", rtf, &Options::default()).remove(0).unwrap();
    let place = |words: &str| {
        let start = document.text.find(words).unwrap();
        cited(&document.places, Span::new(start, start + words.len()))
    };
    assert_eq!(place("Moskau"), None);
    assert_eq!(place("Er ging").as_deref(), Some("p. 2"));
    assert_eq!(place("Niemand").as_deref(), Some("p. 3"));
    assert_eq!(place("Tag.\n\nNiemand").as_deref(), Some("p. 2–3"));
    assert_eq!(document.origin.format, "rtf");
    assert_eq!(document.sha256.len(), 64);
}

#[test]
fn mails_say_who_sent_them_and_when() {
    let mail = b"From: Anna Muster <anna@example.org>\nTo: b@example.org\nSubject: Zwei Schiffe im Hafen\n\
        Date: Tue, 12 Sep 2023 08:00:00 +0200\n\nDie Schiffe sind am Montag mit zehn Kisten aus dem Hafen gefahren, sagte der Sprecher.\n";
    let document = read("a.eml", mail, &Options::default()).remove(0).unwrap();
    assert_eq!(document.published.unwrap().to_string(), "2023-09-12");
    assert_eq!(document.title.as_deref(), Some("Zwei Schiffe im Hafen"));
    assert_eq!(document.language.as_deref(), Some("de"));
    assert_eq!(document.origin.mail.unwrap().from.as_deref(), Some("Anna Muster <anna@example.org>"));
    assert_eq!(document.blocks.first().unwrap().kind, BlockKind::Headline);
    assert_eq!(document.blocks.get(1).unwrap().kind, BlockKind::Byline);
}

#[test]
fn rows_of_tables_are_documents() {
    let mut options = Options::default();
    assert!(options.columns.set("text", "Meldung"));
    let table = "Kopf,Meldung\nEins,Die Schiffe sind da.\nZwei,Die Schiffe sind fort.\n";
    let found = read("a.csv", table.as_bytes(), &options);
    let sources: Vec<String> = found.into_iter().map(|document| document.unwrap().source).collect();
    assert_eq!(sources, ["a.csv:2", "a.csv:3"]);
}

#[test]
fn what_is_neither_text_nor_known_is_told() {
    let message =
        |name: &str, bytes: &[u8]| read(name, bytes, &Options::default()).remove(0).unwrap_err().to_string();
    assert_eq!(message("a.docx", b"Kim kam an."), "a.docx: named .docx, but it is none");
    assert!(
        message("a.xml", b"<?xml version='1.0'?><data><a>1</a></data>")
            .contains("XML of a kind that is not read")
    );
    assert!(message("a.csv", b"a,b\n1,2\n").contains("no column of the table is a text (columns: a, b)"));
}
