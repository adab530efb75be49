//! The rules on short passages: contents, speakers, channels and certainties.

#![expect(clippy::unwrap_used, reason = "a test stops at what it cannot read")]

use lagebild_document::{Document, Options};
use lagebild_entities::{Entities, Entity, EntityId, EntityKind, Form, Mention};
use lagebild_language::Languages;
use lagebild_page::Page;
use lagebild_passages::{Outcome, Passage, Suite};
use lagebild_span::Span;
use lagebild_statements::Statement;
use serde::Deserialize;

/// Who appears in a passage (the stage is measured apart from the spotting of names), and what is said.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    #[serde(default)]
    referents: Vec<Referent>,
    statements: Vec<Said>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Referent {
    name: String,
    kind: Kind,
    /// All forms in the text.
    words: Vec<String>,
}

#[derive(Clone, Copy, PartialEq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Person,
    Organisation,
    Outlet,
    Country,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Said {
    content: String,
    speaker: Option<String>,
    channel: Option<String>,
    certainty: String,
}

fn read(text: &str, language: &str, referents: &[Referent]) -> (Document, Entities, Vec<Statement>) {
    let options = Options { language: Some(language.into()), ..Options::default() };
    let document = lagebild_document::read("passage.txt", text.as_bytes(), &options).remove(0).unwrap();
    let encoder = lagebild_grammar::Encoder::shipped().ok();
    let entities = entities(&document.text, referents);
    let page = Page::new(&document, Languages::shipped(), encoder);
    let lexicon = lagebild_predicates::of(language);
    let sentences = page.sentences().iter();
    let clauses: Vec<_> =
        sentences.map(|sentence| lagebild_predicates::predicates(sentence, page.text(), lexicon)).collect();
    let statements = lagebild_statements::attribute(&page, &clauses, &entities);
    (document, entities, statements)
}

fn entities(text: &str, referents: &[Referent]) -> Entities {
    let mut found = Entities::default();
    for (number, referent) in (1..).zip(referents) {
        let id = EntityId(number);
        let kind = match referent.kind {
            Kind::Person => EntityKind::Person,
            Kind::Organisation | Kind::Outlet => EntityKind::Organisation,
            Kind::Country => EntityKind::Country,
        };
        found.entities.push(entity(id, kind, &referent.name, referent.kind == Kind::Outlet));
        found.mentions.extend(mentions(text, id, referent.words.iter()));
    }
    let longest = found.mentions.clone();
    found.mentions.retain(|mention| {
        !longest.iter().any(|other| other.span != mention.span && other.span.contains(mention.span))
    });
    found.mentions.sort_by_key(|mention| mention.span.start());
    found.mentions.dedup_by_key(|mention| mention.span);
    found
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

fn outcomes(passage: &Passage<Expected>) -> Vec<Outcome> {
    let (document, entities, statements) =
        read(&passage.text, passage.language(), &passage.expected.referents);
    // What the reader adds is measured on the corpus.
    let mut free: Vec<&Statement> = statements.iter().filter(|one| one.support.rule).collect();
    let name = |id: Option<EntityId>| {
        id.and_then(|id| entities.get(id)).map_or("nobody", |entity| &entity.name).to_owned()
    };
    let content = |found: &&Statement| found.content.of(&document.text).to_owned();
    let mut outcomes = Vec::new();
    for (number, said) in (1..).zip(&passage.expected.statements) {
        let at = document.text.find(&said.content).unwrap();
        let gold = Span::new(at, at + said.content.len());
        let best = free.iter().position(|found| overlap(found.content, gold) >= 0.5);
        let others = free.iter().map(content).collect::<Vec<_>>().join("; ");
        outcomes.push(Outcome::new(format!("statement {number}"), best.is_some(), others));
        let Some(found) = best.map(|best| free.remove(best)) else { continue };
        let mut part = |of: &str, met: bool, got: String| {
            outcomes.push(Outcome::new(format!("statement {number} {of}"), met, got));
        };
        part("speaker", is(&entities, found.speaker, said.speaker.as_deref()), name(found.speaker));
        part("channel", is(&entities, found.channel, said.channel.as_deref()), name(found.channel));
        let certainty = found.certainty.code();
        part("certainty", certainty == said.certainty, certainty.to_owned());
    }
    outcomes.push(Outcome::nothing_else(&free.iter().map(content).collect::<Vec<_>>()));
    outcomes
}

#[test]
fn who_says_what_is_read_as_expected() {
    let mut suite = Suite::default();
    for language in ["de", "en"] {
        suite.check(&format!("tests/passages/{language}.md"), outcomes);
    }
    suite.finish();
}
