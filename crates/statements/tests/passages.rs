//! The rules on short passages: F1 of contents, and how often speaker, channel and certainty are right, with floors
//! that may only rise.

#![expect(clippy::unwrap_used, reason = "a test stops at what it cannot read")]

use lagebild_document::{Document, Options};
use lagebild_entities::{Entities, Entity, EntityId, EntityKind, Form, Mention};
use lagebild_language::Languages;
use lagebild_page::Page;
use lagebild_span::Span;
use lagebild_statements::Statement;
use serde::Deserialize;
use std::collections::BTreeMap;

/// A language's passages, with who appears in them: the stage is measured apart from the spotting of names.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Suite {
    names: Names,
    passages: Vec<Passage>,
}

/// Canonical names with all their forms.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Names {
    people: BTreeMap<String, Vec<String>>,
    bodies: BTreeMap<String, Vec<String>>,
    media: BTreeMap<String, Vec<String>>,
    countries: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Passage {
    text: String,
    says: Vec<Said>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Said {
    content: String,
    speaker: Option<String>,
    channel: Option<String>,
    certainty: String,
}

#[derive(Default, Debug)]
struct Counts {
    right: usize,
    extra: usize,
    missing: usize,
    speaker: usize,
    channel: usize,
    certainty: usize,
}

fn read(text: &str, language: &str, names: &Names) -> (Document, Entities, Vec<Statement>) {
    let options = Options { language: Some(language.into()), ..Options::default() };
    let document = lagebild_document::read("passage.txt", text.as_bytes(), &options).remove(0).unwrap();
    let encoder = lagebild_grammar::Encoder::shipped().ok();
    let entities = names.find(&document.text);
    let page = Page::new(&document, Languages::shipped(), encoder);
    let lexicon = lagebild_predicates::of(language);
    let sentences = page.sentences().iter();
    let clauses: Vec<_> =
        sentences.map(|sentence| lagebild_predicates::predicates(sentence, page.text(), lexicon)).collect();
    let statements = lagebild_statements::attribute(&page, &clauses, &entities);
    (document, entities, statements)
}

impl Names {
    fn find(&self, text: &str) -> Entities {
        let all = [
            (&self.people, EntityKind::Person, false),
            (&self.bodies, EntityKind::Organisation, false),
            (&self.media, EntityKind::Organisation, true),
            (&self.countries, EntityKind::Country, false),
        ];
        let mut found = Entities::default();
        for (names, kind, is_media) in all {
            for (name, forms) in names {
                let id = EntityId(found.entities.len() as u32 + 1);
                found.entities.push(entity(id, kind, name, is_media));
                found.mentions.extend(mentions(text, id, forms.iter().chain([name])));
            }
        }
        let longest = found.mentions.clone();
        found.mentions.retain(|mention| {
            !longest.iter().any(|other| other.span != mention.span && other.span.contains(mention.span))
        });
        found.mentions.sort_by_key(|mention| mention.span.start());
        found.mentions.dedup_by_key(|mention| mention.span);
        found
    }
}

fn entity(id: EntityId, kind: EntityKind, name: &str, is_media: bool) -> Entity {
    Entity {
        id,
        kind,
        name: name.to_owned(),
        country: None,
        role: None,
        matches: Vec::new(),
        is_media,
        gender: None,
        is_state: kind == EntityKind::Country,
    }
}

fn mentions<'a>(text: &str, entity: EntityId, forms: impl Iterator<Item = &'a String>) -> Vec<Mention> {
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let whole = |start: usize, end: usize| {
        !letter(text[..start].chars().next_back()) && !letter(text[end..].chars().next())
    };
    let spans =
        forms.flat_map(|form| text.match_indices(form.as_str()).map(|(at, form)| (at, at + form.len())));
    let spans = spans.filter(|(start, end)| whole(*start, *end));
    spans.map(|(start, end)| Mention { entity, span: Span::new(start, end), form: Form::Name }).collect()
}

/// True when the entity has this name.
fn is(entities: &Entities, id: Option<EntityId>, name: Option<&str>) -> bool {
    id.and_then(|id| entities.get(id)).map(|entity| entity.name.as_str()) == name
}

fn overlap(a: Span, b: Span) -> f64 {
    let shared = a.end().min(b.end()).saturating_sub(a.start().max(b.start()));
    f64::from(shared) / a.len().max(b.len()).max(1) as f64
}

fn measure(language: &str) -> Counts {
    let file = format!("tests/passages/{language}.yaml");
    let suite: Suite = lagebild_data::parse(&file, &std::fs::read_to_string(&file).unwrap()).unwrap();
    let mut counts = Counts::default();
    for passage in &suite.passages {
        let (document, entities, statements) = read(&passage.text, language, &suite.names);
        // What the reader adds is measured on the corpus.
        let mut free: Vec<&Statement> = statements.iter().filter(|one| one.support.rule).collect();
        for said in &passage.says {
            let at = document.text.find(&said.content).unwrap();
            let gold = Span::new(at, at + said.content.len());
            let Some(best) = free.iter().position(|found| overlap(found.content, gold) >= 0.5) else {
                counts.missing += 1;
                println!("{language} missing: {}", said.content);
                continue;
            };
            let found = free.remove(best);
            counts.right += 1;
            let speaker = is(&entities, found.speaker, said.speaker.as_deref());
            let channel = is(&entities, found.channel, said.channel.as_deref());
            let certainty = found.certainty.code() == said.certainty;
            counts.speaker += usize::from(speaker);
            counts.channel += usize::from(channel);
            counts.certainty += usize::from(certainty);
            if !(speaker && channel && certainty) {
                let name = |id: Option<EntityId>| {
                    id.and_then(|id| entities.get(id)).map(|entity| entity.name.clone())
                };
                println!(
                    "{language} wrong: {} got {:?} {:?} {}",
                    said.content,
                    name(found.speaker),
                    name(found.channel),
                    found.certainty
                );
            }
        }
        counts.extra += free.len();
        for found in free {
            println!("{language} extra: {} in {}", found.content.of(&document.text), passage.text);
        }
    }
    println!("{language} {counts:?} F1 {:.3}", f1(&counts));
    counts
}

fn f1(counts: &Counts) -> f64 {
    2.0 * counts.right as f64 / (2 * counts.right + counts.extra + counts.missing) as f64
}

fn check(language: &str, contents: f64, speaker: f64, channel: f64, certainty: f64) {
    let counts = measure(language);
    let share = |part: usize| part as f64 / counts.right as f64;
    assert!(f1(&counts) >= contents, "contents");
    assert!(share(counts.speaker) >= speaker, "speaker");
    assert!(share(counts.channel) >= channel, "channel");
    assert!(share(counts.certainty) >= certainty, "certainty");
}

#[test]
fn german_passages() {
    check("de", 0.98, 0.98, 0.98, 0.98);
}

#[test]
fn english_passages() {
    check("en", 0.98, 0.98, 0.98, 0.98);
}
