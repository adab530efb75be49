//! Relations between named parties: what is told of them, and what is no fact.

#![expect(clippy::unwrap_used, reason = "a test stops at what it cannot read")]

use lagebild_document::Options;
use lagebild_reading::{Knowledge, Reading};

fn read(text: &str, language: &str) -> Reading {
    let options = Options { language: Some(language.into()), ..Options::default() };
    let document = lagebild_document::read("a.txt", text.as_bytes(), &options).remove(0).unwrap();
    lagebild_reading::read(document, Knowledge::built_in(), "2025-01-01".parse().unwrap())
}

/// "owner Marlin Lines > Tidewick Terminals CT+", a line each.
fn lines(text: &str, language: &str) -> Vec<String> {
    let reading = read(text, language);
    let words = |span: lagebild_span::Span| span.of(&reading.text);
    let line = |one: &lagebild_relations::Relation| {
        let ended = if one.ended { " ended" } else { "" };
        let share = one.share.map(|share| format!(" {share}")).unwrap_or_default();
        let (from, to) = (words(one.from_words), words(one.to_words));
        format!("{} {from} > {to} {}{ended}{share}", one.kind, one.certainty)
    };
    reading.relations.iter().map(line).collect()
}

#[test]
fn a_relation_has_sides_certainty_and_share() {
    assert_eq!(
        lines("Austria has imposed sanctions on Belarus.\n", "en"),
        ["sanctioner Austria > Belarus CT+"]
    );
    assert_eq!(lines("Finnland ist Mitglied der Nato.\n", "de"), ["member Finnland > Nato CT+"]);
}

#[test]
fn what_is_denied_or_possible_is_no_fact() {
    for text in ["Austria is not a member of NATO.\n", "Austria may become a member of NATO.\n"] {
        let reading = read(text, "en");
        assert_eq!(reading.relations.len(), 1, "{text}");
        assert!(!reading.relations[0].is_fact(), "{text}");
    }
}

#[test]
fn two_names_in_one_sentence_are_no_relation() {
    assert!(lines("The ministers of Austria and Belarus met in Vienna.\n", "en").is_empty());
    assert!(lines("Die Minister aus Belgien und Kenia sprachen in Nairobi.\n", "de").is_empty());
}

#[test]
fn a_participle_joined_to_a_name_tells_who_owns() {
    assert_eq!(
        lines("The Gazprom-owned trader Melkar Oil opened an office.\n", "en"),
        ["owner Gazprom > Melkar Oil CT+"]
    );
    assert!(
        lines("The state-owned trader Sabalan Commodities opened an office in Norway.\n", "en").is_empty()
    );
    assert!(lines("The Iranian-owned refinery in Norway was closed.\n", "en").is_empty());
}

#[test]
fn a_possessive_pronoun_means_the_one_subject_before_it() {
    assert_eq!(
        lines("Pakistan and its rival India traded accusations.\n", "en"),
        ["opponent India > Pakistan CT+"]
    );
    assert_eq!(
        lines("Hexley Oil has sold its subsidiary Corvane Bank.\n", "en"),
        ["owner Hexley Oil > Corvane Bank CT+"]
    );
    assert_eq!(
        lines("Hexley Oil verkauft ihre Tochter Corvane Bank.\n", "de"),
        ["owner Hexley Oil > Corvane Bank CT+"]
    );
    // Two are the subject, or none is: who is meant is open.
    assert!(lines("Norway and Sweden have sold their subsidiary Corvane Bank.\n", "en").is_empty());
    assert!(lines("Its subsidiary Corvane Bank was sold in Norway.\n", "en").is_empty());
}
