//! Events: a trigger word, who takes part, where, when, how sure.

use crate::model::{DateRange, Event, EventId};
use lagebild_data::{DataError, embedded};
use lagebild_document::{BlockKind, Document};
use lagebild_entities::{Entities, EntityId, EntityKind};
use lagebild_grammar::{Analysis, Sentence};
use lagebild_span::Span;
use lagebild_statements::{Certainty, Statement, certainty_of};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Trigger words by PLOVER type; a word that ends in `*` is a beginning.
type Triggers = BTreeMap<String, Vec<String>>;

macro_rules! triggers {
    ($language:literal) => {
        ($language, include_str!(concat!(env!("OUT_DIR"), "/", $language, "-events.json")))
    };
}

fn triggers(language: Option<&str>) -> Option<&'static Triggers> {
    static ALL: LazyLock<BTreeMap<&str, Triggers>> = LazyLock::new(|| {
        let files = [triggers!("de"), triggers!("en"), triggers!("ru")];
        let read = |json| -> Result<Triggers, DataError> { embedded("events.yaml", json) };
        files.into_iter().filter_map(|(language, json)| Some((language, read(json).ok()?))).collect()
    });
    ALL.get(language?.split(['-', '_']).next()?)
}

/// The events of a document, one for each sentence and type, in text order.
pub fn events(
    document: &Document,
    analysis: &Analysis,
    entities: &Entities,
    statements: &[Statement],
) -> Vec<Event> {
    let Some(triggers) = triggers(document.language.as_deref()) else { return Vec::new() };
    let language = document.language.as_deref().unwrap_or_default();
    let dates = crate::dates::dates(&document.text, language, document.published);
    let told = |kind| {
        matches!(kind, BlockKind::Lead | BlockKind::Paragraph | BlockKind::Caption | BlockKind::ListItem)
    };
    let mut events: Vec<Event> = Vec::new();
    for block in document.blocks.iter().filter(|block| told(block.kind)) {
        for sentence in analysis.sentences.iter().filter(|sentence| block.span.contains(sentence.span)) {
            for (kind, trigger) in found(&document.text, sentence, triggers) {
                let scene = Scene { document, entities, statements, dates: &dates, sentence };
                events.extend(scene.event(kind, trigger, events.len()));
            }
        }
    }
    events
}

/// Each type with its first trigger in the sentence.
fn found<'t>(text: &str, sentence: &Sentence, triggers: &'t Triggers) -> Vec<(&'t str, Span)> {
    let is = |word: &str, trigger: &String| match trigger.strip_suffix('*') {
        Some(beginning) => word.starts_with(beginning),
        None => word == trigger,
    };
    let words: Vec<(Span, String)> =
        sentence.tokens.iter().map(|token| (token.span, token.span.of(text).to_lowercase())).collect();
    let first =
        |list: &Vec<String>| words.iter().find(|(_, word)| list.iter().any(|trigger| is(word, trigger)));
    triggers.iter().filter_map(|(kind, list)| Some((kind.as_str(), first(list)?.0))).collect()
}

struct Scene<'a> {
    document: &'a Document,
    entities: &'a Entities,
    statements: &'a [Statement],
    dates: &'a [DateRange],
    sentence: &'a Sentence,
}

impl Scene<'_> {
    /// An event needs somebody who takes part.
    fn event(&self, kind: &str, trigger: Span, count: usize) -> Option<Event> {
        let span = self.clause(trigger);
        let participants = self.participants();
        let inside = |date: &&DateRange| self.sentence.span.contains(date.words);
        (!participants.is_empty()).then(|| Event {
            id: EventId(count as u32 + 1),
            kind: kind.to_owned(),
            span,
            participants,
            place: self.of_kind(|kind| kind == EntityKind::Place).into_iter().next(),
            date: self.dates.iter().find(inside).cloned(),
            certainty: self.certainty(span),
        })
    }

    /// The part of the sentence between commas that holds the trigger.
    fn clause(&self, trigger: Span) -> Span {
        let text = &self.document.text;
        let breaks = |span: Span| matches!(span.of(text), "," | ";" | ":" | "–" | "—" | "." | "!" | "?");
        let mut clause = trigger;
        for token in &self.sentence.tokens {
            if breaks(token.span) {
                if token.span.start >= trigger.end {
                    break;
                }
                clause = trigger;
            } else {
                clause = clause.cover(token.span);
            }
        }
        clause
    }

    fn participants(&self) -> Vec<EntityId> {
        let acts = |kind| matches!(kind, EntityKind::Person | EntityKind::Country | EntityKind::Organisation);
        let media = |id: &EntityId| self.entities.get(*id).is_some_and(|entity| entity.is_media);
        self.of_kind(acts).into_iter().filter(|id| !media(id)).collect()
    }

    fn of_kind(&self, wanted: impl Fn(EntityKind) -> bool) -> Vec<EntityId> {
        let mut ids = Vec::new();
        for mention in self.entities.within(self.sentence.span) {
            let fits = self.entities.get(mention.entity).is_some_and(|entity| wanted(entity.kind));
            if fits && !ids.contains(&mention.entity) {
                ids.push(mention.entity);
            }
        }
        ids
    }

    /// That of the statement that holds the event, else that of its own words.
    fn certainty(&self, span: Span) -> Certainty {
        let holder = self.statements.iter().rev().find(|statement| statement.content.contains(span));
        holder.map_or_else(
            || certainty_of(span.of(&self.document.text), self.document.language.as_deref()).certainty,
            |statement| statement.certainty,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_fits_and_uses_types_of_plover() {
        let known = [
            "consult",
            "agree",
            "aid",
            "sanction",
            "threaten",
            "accuse",
            "mobilize",
            "assault",
            "reject",
            "request",
            "investigate",
        ];
        for language in ["de", "en", "ru"] {
            let file = format!("../../data/lexicon/{language}/events.yaml");
            let triggers: Triggers =
                lagebild_data::parse(&file, &std::fs::read_to_string(&file).unwrap()).unwrap();
            for (kind, words) in &triggers {
                assert!(known.contains(&kind.as_str()) && !words.is_empty(), "{file}: {kind}");
                assert!(
                    words.iter().all(|word| word.to_lowercase() == *word),
                    "{file}: {kind}: lower case is wanted"
                );
            }
            assert!(super::triggers(Some(language)).is_some());
        }
    }
}
