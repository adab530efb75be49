//! What a person decides about who is one is carried out, told, and replayed by its hash.

#![expect(clippy::unwrap_used, reason = "tests")]

use jiff::civil::date;
use lagebild_case::{Case, Decisions, merge, merge_decided};
use lagebild_document::{Document, Options};
use lagebild_reading::{Knowledge, Reading, quick};

const TEXTS: [(&str, &str); 3] = [
    (
        "one.txt",
        "Milan Radovac, a judge from Serbia, met Prime Minister Viktor Kolmann. The two spoke about courts.\n",
    ),
    (
        "two.txt",
        "Milan Radovac, a footballer from Serbia, leaves his club. Prime Minister Viktor Kolmann was sad.\n",
    ),
    ("three.txt", "Prime Minister Viktor Kohlmann of Serbia travelled to Belgrade and spoke there.\n"),
];

fn readings() -> Vec<Reading> {
    let day = date(2025, 3, 6);
    let options = Options { published: Some(day), language: Some("en".into()), ..Options::default() };
    let read = |(name, text): (&str, &str)| {
        let documents: Vec<Document> = lagebild_document::read(name, text.as_bytes(), &options)
            .into_iter()
            .map(Result::unwrap)
            .collect();
        documents.into_iter().map(move |document| quick(document, Knowledge::built_in(), day))
    };
    TEXTS.into_iter().flat_map(read).collect()
}

/// How many things bear one of these names.
fn things(case: &Case, names: &[&str]) -> usize {
    case.entities.iter().filter(|one| one.names.iter().any(|name| names.contains(&name.as_str()))).count()
}

fn decided(yaml: &str) -> Case {
    merge_decided(readings(), &Decisions::parse("decisions.yaml", yaml).unwrap())
}

#[test]
fn namesakes_are_kept_apart_and_both_say_by_what() {
    let names = ["Milan Radovac"];
    assert_eq!(things(&merge(readings()), &names), 1);
    let id = |document: usize| {
        let entities = &readings()[document].entities;
        entities.iter().find(|one| one.name == names[0]).unwrap().id.to_string()
    };
    let yaml = format!("apart: [[one.txt#{}, '1#{}']]\n", id(0), id(1));
    let case = decided(&yaml);
    assert_eq!(things(&case, &names), 2);
    let reasons: Vec<&String> = case.entities.iter().flat_map(|one| &one.decided).collect();
    assert_eq!(reasons.len(), 2, "{reasons:?}");
    assert!(reasons.iter().all(|reason| reason.ends_with("by decisions.yaml")), "{reasons:?}");
    let stamp = case.decisions.unwrap();
    assert!(stamp.problems.is_empty() && stamp.hash.len() == 64);
    assert_eq!(stamp.hash, decided(&yaml).decisions.unwrap().hash);
}

#[test]
fn names_are_one_or_not_as_decided() {
    let names = ["Viktor Kolmann", "Viktor Kohlmann", "Milan Radovac"];
    let apart = decided("apart: [[Viktor Kolmann, viktor kohlmann]]\n");
    assert_eq!(things(&apart, &names[..2]), 2);
    let same = decided("same: [[Viktor Kohlmann, Milan Radovac, Viktor Kolmann]]\n");
    assert_eq!(things(&same, &names), 1);
    let joined = same.entities.iter().flat_map(|one| &one.joined).flat_map(|one| &one.reasons);
    assert!(joined.into_iter().any(|reason| reason == "decided in decisions.yaml"));
}

#[test]
fn what_cannot_be_carried_out_is_said() {
    let case = decided(
        "same: [[Milan Radovak, Viktor Kolmann], [Viktor Kolmann, Viktor Kohlmann]]\n\
         apart: [[c3, Viktor Kolmann], [Viktor Kolmann, Viktor Kohlmann], [Milan Radovac, Milan Radovac]]\n",
    );
    let problems = case.decisions.unwrap().problems;
    let said = |at: usize, words: &str| assert!(problems[at].contains(words), "{problems:#?}");
    assert_eq!(problems.len(), 4, "{problems:#?}");
    said(0, "nobody called “Milan Radovak”; alike are “Milan Radovac”");
    said(1, "shifts when documents are added");
    said(2, "the same as well");
    said(3, "same words");
    let error = Decisions::parse("decisions.yaml", "apart:\n  - Milan Radovac\n").unwrap_err().to_string();
    assert!(error.contains("decisions.yaml:2"), "{error}");
}
