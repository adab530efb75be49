//! Events: a trigger word, who takes part, where, when, how sure.

use crate::model::{Event, EventId};
use lagebild_data::DataError;
use lagebild_document::BlockKind;
use lagebild_entities::{Entities, EntityId, EntityKind};
use lagebild_grammar::Sentence;
use lagebild_language::Language;
use lagebild_page::{DateRange, Page};
use lagebild_predicates::{Clauses, holds};
use lagebild_span::Span;
use lagebild_statements::{Certainty, Statement};
use serde::Deserialize;
use std::collections::BTreeMap;

/// How many statements that begin before an event are looked at for one that holds it: more never begin in one quotation.
const HOLDERS: usize = 200;

/// Trigger words by PLOVER type; a word that ends in `*` is a beginning.
#[derive(Deserialize)]
#[serde(transparent)]
struct Triggers(BTreeMap<String, Vec<String>>);

impl lagebild_language::Lexicon for Triggers {
    fn of(language: &Language) -> Result<Option<Self>, DataError> {
        language.read("events")
    }
}

/// The events of a document, one for each sentence and type, in text order. `clauses` are the predicates of each sentence.
pub fn events(page: &Page, clauses: &[Clauses], entities: &Entities, statements: &[Statement]) -> Vec<Event> {
    let Some(triggers) = page.lexicon::<Triggers>() else { return Vec::new() };
    let told = |kind| {
        matches!(kind, BlockKind::Lead | BlockKind::Paragraph | BlockKind::Caption | BlockKind::ListItem)
    };
    let mut events: Vec<Event> = Vec::new();
    for block in page.document.blocks.iter().filter(|block| told(block.kind)) {
        let range = page.sentences_in(block.span);
        for (sentence, clauses) in page.sentences().iter().zip(clauses).take(range.end).skip(range.start) {
            for (kind, trigger) in found(page.text(), sentence, triggers) {
                let scene = Scene { page, clauses, entities, statements, sentence };
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
    triggers.0.iter().filter_map(|(kind, list)| Some((kind.as_str(), first(list)?.0))).collect()
}

struct Scene<'a> {
    page: &'a Page<'a>,
    clauses: &'a Clauses,
    entities: &'a Entities,
    statements: &'a [Statement],
    sentence: &'a Sentence,
}

impl Scene<'_> {
    /// An event needs somebody who takes part.
    fn event(&self, kind: &str, trigger: Span, count: usize) -> Option<Event> {
        let span = self.clause(trigger);
        let participants = self.participants();
        let dates = self.page.dates();
        let first = dates.partition_point(|date| date.words.start() < self.sentence.span.start());
        let inside = |date: &&DateRange| self.sentence.span.contains(date.words);
        (!participants.is_empty()).then(|| Event {
            id: EventId(count as u32 + 1),
            kind: kind.to_owned(),
            span,
            participants,
            place: self.of_kind(|kind| kind == EntityKind::Place).into_iter().next(),
            date: dates.get(first).filter(inside).cloned(),
            certainty: self.certainty(span, trigger),
        })
    }

    /// The part of the sentence between commas that holds the trigger.
    fn clause(&self, trigger: Span) -> Span {
        let text = self.page.text();
        let breaks = |span: Span| matches!(span.of(text), "," | ";" | ":" | "–" | "—" | "." | "!" | "?");
        let mut clause = trigger;
        for token in &self.sentence.tokens {
            if breaks(token.span) {
                if token.span.start() >= trigger.end() {
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

    /// That of the statement that holds the event, else that of the predicate with the trigger, or above it.
    fn certainty(&self, span: Span, trigger: Span) -> Certainty {
        let until = self.statements.partition_point(|statement| statement.content.start() <= span.start());
        let holder = self
            .statements
            .iter()
            .take(until)
            .rev()
            .take(HOLDERS)
            .find(|statement| statement.content.contains(span));
        let tokens = &self.sentence.tokens;
        let own = || {
            let at = tokens.iter().position(|token| token.span.overlaps(trigger))?;
            let above = std::iter::successors(Some(at), |at| Some(tokens.get(*at)?.head as usize));
            let index = above.take(tokens.len()).find_map(|at| self.clauses.headed(at))?;
            Some(holds(self.clauses, index, lagebild_predicates::of(self.page.code())).certainty.into())
        };
        holder.map(|statement| statement.certainty).or_else(own).unwrap_or(Certainty::CertainPlus)
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
        for language in lagebild_language::Languages::shipped().iter() {
            let Some(triggers) = language.lexicon::<Triggers>() else { continue };
            for (kind, words) in &triggers.0 {
                assert!(known.contains(&kind.as_str()) && !words.is_empty(), "{}: {kind}", language.code());
                let small = words.iter().all(|word| word.to_lowercase() == *word);
                assert!(small, "{}: {kind}: lower case is wanted", language.code());
            }
        }
    }
}
