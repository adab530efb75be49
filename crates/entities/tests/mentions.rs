//! Mentions and identities in own passages (`tests/mentions/*.md`), compared like `lagebild eval gold`: a mention is found where
//! an entity of the same thing covers it; a found person, organisation or country that is not expected is one too many.
#![expect(clippy::unwrap_used, reason = "tests")]

use lagebild_document::{Document, Options};
use lagebild_entities::{Entities, EntityId, EntityKind, Mention, resolve};
use lagebild_grammar::{Analysis, Encoder};
use lagebild_language::Languages;
use lagebild_page::Page;
use lagebild_passages::{Marked, Outcome, Passage, Suite, spans};
use lagebild_span::Span;
use lagebild_watchlist::Watchlist;
use proptest::prelude::*;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    /// Words, and the thing that they name; one label is one thing within its passage.
    mentions: Vec<Marked>,
}

/// Where something is named, and what.
type Marks<'p> = Vec<(Span, &'p str)>;

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

/// Which label each entity stands for: the one that it covers most often.
fn labels<'p>(marks: &Marks<'p>, entities: &Entities) -> HashMap<EntityId, &'p str> {
    let mut votes: BTreeMap<EntityId, BTreeMap<&str, usize>> = BTreeMap::new();
    for mention in &entities.mentions {
        for (_, label) in marks.iter().filter(|(span, _)| matches(mention.span, *span)) {
            *votes.entry(mention.entity).or_default().entry(label).or_default() += 1;
        }
    }
    let best =
        |counts: BTreeMap<&'p str, usize>| counts.into_iter().max_by_key(|(_, count)| *count).unwrap().0;
    votes.into_iter().map(|(id, counts)| (id, best(counts))).collect()
}

fn outcomes(passage: &Passage<Expected>) -> Vec<Outcome> {
    let (text, expected) = (&passage.text, &passage.expected.mentions);
    let spans = spans(text, expected).unwrap().into_iter();
    let marks: Marks = spans.zip(expected.iter().map(|one| one.what.as_str())).collect();
    let entities = read(text, passage.language());
    let labels = labels(&marks, &entities);
    let stands_for = |id, label: &str| labels.get(&id).is_some_and(|known| *known == label);
    let shown = |mention: &Mention| format!("{} = {}", mention.span.of(text), mention.entity.0);
    let all = entities.mentions.iter().map(shown).collect::<Vec<_>>().join("; ");
    let found = expected.iter().zip(&marks).map(|(one, (span, label))| {
        let hit = |mention: &Mention| stands_for(mention.entity, label) && matches(mention.span, *span);
        Outcome::new(one.to_string(), entities.mentions.iter().any(hit), all.as_str())
    });
    let mut outcomes: Vec<Outcome> = found.collect();
    let is_right = |mention: &Mention| {
        marks.iter().any(|(span, label)| {
            stands_for(mention.entity, label) && span.overlaps(mention.span) || span.contains(mention.span)
        })
    };
    let others = entities
        .mentions
        .iter()
        .filter(|mention| scored(entities.get(mention.entity).unwrap().kind) && !is_right(mention));
    outcomes.push(Outcome::nothing_else(&others.map(shown).collect::<Vec<_>>()));
    outcomes
}

#[test]
fn mentions_are_found_and_denote_what_they_should() {
    let mut suite = Suite::default();
    for language in ["de", "en", "ru", "fr", "es", "uk", "ko"] {
        suite.check(&format!("tests/mentions/{language}.md"), outcomes);
    }
    suite.finish();
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
