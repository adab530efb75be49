//! Mentions and identities in own passages (`tests/mentions/*.md`), scored like `lagebild eval gold`: a marked mention is
//! found where an entity of the same thing covers it; a found person, organisation or country that is not marked is
//! spurious. The floors may only rise.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

use lagebild_document::{Document, Options};
use lagebild_entities::{Entities, EntityId, EntityKind, resolve};
use lagebild_grammar::{Analysis, Encoder};
use lagebild_language::Languages;
use lagebild_page::Page;
use lagebild_span::Span;
use lagebild_watchlist::Watchlist;
use proptest::prelude::*;
use std::collections::{BTreeMap, HashMap};

/// A passage without its marks, and the marks: span and label.
struct Passage {
    text: String,
    marks: Vec<(Span, String)>,
}

fn passages(markdown: &str) -> Vec<Passage> {
    markdown.lines().filter_map(|line| line.strip_prefix("- ")).map(passage).collect()
}

fn passage(line: &str) -> Passage {
    let mut passage = Passage { text: String::new(), marks: Vec::new() };
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('[') {
        let (words, after) = after.split_once("](").unwrap_or_else(|| panic!("no label: {line}"));
        let (label, after) = after.split_once(')').unwrap_or_else(|| panic!("open label: {line}"));
        passage.text.push_str(before);
        let start = passage.text.len();
        passage.text.push_str(words);
        passage.marks.push((Span::new(start, passage.text.len()), label.to_owned()));
        rest = after;
    }
    passage.text.push_str(rest);
    passage
}

fn read(text: &str, language: &str) -> Entities {
    let document = Document { text: text.into(), language: Some(language.into()), ..Document::default() };
    resolve(&Page::new(&document, Languages::shipped(), Encoder::shipped().ok()), Watchlist::starter())
}

/// A page without grammar.
fn blank(document: &Document) -> Page<'_> {
    Page::with_analysis(document, Languages::shipped(), Analysis::default())
}

fn scored(kind: EntityKind) -> bool {
    matches!(kind, EntityKind::Person | EntityKind::Organisation | EntityKind::Country)
}

fn matches(found: Span, marked: Span) -> bool {
    let shared = found.end().min(marked.end()).saturating_sub(found.start().max(marked.start())) as usize;
    2 * shared >= found.len().max(marked.len()) || found.contains(marked)
}

#[derive(Default)]
struct Tally {
    found: usize,
    missed: usize,
    spurious: usize,
}

impl Tally {
    fn precision(&self) -> f64 {
        self.found as f64 / (self.found + self.spurious).max(1) as f64
    }

    fn recall(&self) -> f64 {
        self.found as f64 / (self.found + self.missed).max(1) as f64
    }
}

/// Which label each entity stands for: the one that it covers most often.
fn labels<'p>(passage: &'p Passage, entities: &Entities) -> HashMap<EntityId, &'p str> {
    let mut votes: BTreeMap<EntityId, BTreeMap<&str, usize>> = BTreeMap::new();
    for mention in &entities.mentions {
        for (span, label) in passage.marks.iter().filter(|(span, _)| matches(mention.span, *span)) {
            let _ = span;
            *votes.entry(mention.entity).or_default().entry(label).or_default() += 1;
        }
    }
    let best =
        |counts: BTreeMap<&'p str, usize>| counts.into_iter().max_by_key(|(_, count)| *count).unwrap().0;
    votes.into_iter().map(|(id, counts)| (id, best(counts))).collect()
}

fn score(passage: &Passage, entities: &Entities, tally: &mut Tally) {
    let labels = labels(passage, entities);
    let stands_for = |id, label: &str| labels.get(&id).is_some_and(|known| *known == label);
    for (span, label) in &passage.marks {
        let hit = entities
            .mentions
            .iter()
            .any(|mention| stands_for(mention.entity, label) && matches(mention.span, *span));
        if hit {
            tally.found += 1;
        } else {
            tally.missed += 1;
            println!("missed   {label}: {:?} in {}", span.of(&passage.text), passage.text);
        }
    }
    for mention in &entities.mentions {
        let kind = entities.get(mention.entity).unwrap().kind;
        let right = passage.marks.iter().any(|(span, label)| {
            stands_for(mention.entity, label) && span.overlaps(mention.span) || span.contains(mention.span)
        });
        if scored(kind) && !right {
            tally.spurious += 1;
            println!("spurious {kind:?}: {:?} in {}", mention.span.of(&passage.text), passage.text);
        }
    }
}

fn check(language: &str, least: usize, precision: f64, recall: f64) {
    let markdown = std::fs::read_to_string(format!("tests/mentions/{language}.md")).unwrap();
    let passages = passages(&markdown);
    assert!(passages.len() >= least, "{language}: {} passages", passages.len());
    let mut tally = Tally::default();
    for passage in &passages {
        score(passage, &read(&passage.text, language), &mut tally);
    }
    println!("{language}: precision {:.3} recall {:.3}", tally.precision(), tally.recall());
    assert!(tally.precision() >= precision, "{language}: precision {:.3}", tally.precision());
    assert!(tally.recall() >= recall, "{language}: recall {:.3}", tally.recall());
}

#[test]
fn german() {
    check("de", 74, 0.98, 0.98);
}

#[test]
fn english() {
    check("en", 74, 0.98, 0.98);
}

#[test]
fn russian() {
    check("ru", 32, 0.98, 0.98);
}

#[test]
fn french() {
    check("fr", 20, 0.9, 0.9);
}

#[test]
fn spanish() {
    check("es", 8, 0.9, 0.9);
}

#[test]
fn ukrainian() {
    check("uk", 8, 0.9, 0.9);
}

#[test]
fn korean() {
    check("ko", 4, 0.9, 0.9);
}

#[test]
fn a_listed_person_has_its_matches_with_reasons_and_a_surname_says_so() {
    let full = read("Dmitri Peskow bestätigte das.", "de");
    let person = full.entities.first().unwrap();
    assert!(person.matches.iter().any(|found| found.party == "ofac-sdn:35320"), "{:?}", person.matches);
    let short = read("Putin bestätigte das.", "de");
    let found = short.entities.first().unwrap().matches.first().unwrap();
    assert!(found.explanation.iter().any(|line| line.contains("does not give the full name")));
}

#[test]
fn roles_and_nationality_come_from_the_words_beside_a_name() {
    let text = "Der litauische Außenminister Gabrielius Landsbergis warnte, so Kang Dong-wan, Nordkorea-Experte aus Busan.";
    let entities = read(text, "de");
    let person = |name: &str| entities.entities.iter().find(|entity| entity.name == name).unwrap();
    let minister = person("Gabrielius Landsbergis");
    assert_eq!((minister.role.unwrap().of(text), minister.country.as_deref()), ("Außenminister", Some("lt")));
    let expert = person("Kang Dong-wan");
    assert_eq!(
        (expert.role.unwrap().of(text), expert.country.as_deref()),
        ("Nordkorea-Experte aus Busan", Some("kr"))
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_gives_sorted_mentions_that_fit(
        parts in proptest::collection::vec(prop_oneof![
            Just("Kim Jong-uns ".to_owned()), Just("US-".to_owned()), Just("U.S. ".to_owned()), Just("die Regierung ".to_owned()),
            Just("’s ".to_owned()), Just("Präsident, ".to_owned()), Just("북한이".to_owned()), any::<String>(),
        ], 0..12),
        language in prop_oneof![Just("de"), Just("en"), Just("ru"), Just("ko"), Just("xx")],
    ) {
        let text = parts.concat();
        let document = Document { text: text.clone(), language: Some(language.into()), ..Document::default() };
        let entities = resolve(&blank(&document), Watchlist::starter());
        prop_assert!(entities.mentions.is_sorted_by_key(|mention| mention.span.start()));
        for mention in &entities.mentions {
            prop_assert!(mention.span.fits(&text) && !mention.span.is_empty());
            prop_assert!(entities.get(mention.entity).is_some());
        }
    }
}

#[test]
fn an_article_without_a_language_is_read_too() {
    let options = Options::default();
    let document = lagebild_document::read("-", "Russia denies it.".as_bytes(), &options).remove(0).unwrap();
    let entities = resolve(&blank(&Document { language: None, ..document }), Watchlist::starter());
    assert_eq!(entities.entities.first().map(|entity| entity.name.as_str()), Some("Russia"));
}
