//! What the words around a person tie it to: "Kremlin spokesman", "der nordkoreanische Handelsbeauftragte", "the deputy of …".

use lagebild_entities::{Entity, EntityId, EntityKind, Form, Mention};
use lagebild_reading::Reading;
use lagebild_statements::Statement;
use std::collections::{BTreeMap, BTreeSet};

/// Words between an adjective and the name that it belongs to.
const BETWEEN: usize = 4;

/// The bodies and countries of each person and firm of a document; and who speaks where the words, but not the reading, say so.
#[derive(Debug, Default)]
pub(crate) struct Ties {
    of: BTreeMap<EntityId, BTreeSet<EntityId>>,
    speakers: BTreeMap<u32, EntityId>,
}

impl Ties {
    pub(crate) fn of(reading: &Reading) -> Self {
        let mut ties = Self::default();
        let bears = |entity: &&Entity| match entity.kind {
            EntityKind::Person => true,
            EntityKind::Organisation => !entity.is_media && !entity.is_state,
            _ => false,
        };
        for person in reading.entities.iter().filter(bears) {
            if let Some(role) = person.role {
                ties.add(person.id, inside(reading, role.start(), role.end()));
            }
            for mention in named(reading, person) {
                ties.add(person.id, adjective(reading, mention));
            }
        }
        for statement in &reading.statements {
            ties.speaker(reading, statement);
        }
        ties
    }

    /// Who speaks: who stands in the words for the speaker, or right behind them, if a person; else whom the reading names.
    fn speaker(&mut self, reading: &Reading, statement: &Statement) {
        let Some(words) = statement.speaker_words else { return };
        let near = |mention: &&Mention| {
            let gap = reading.text.get(words.end() as usize..mention.span.start() as usize);
            let behind = gap.is_some_and(|gap| gap.len() <= 2 && gap.trim_matches([' ', ',']).is_empty());
            (behind || words.contains(mention.span)) && is_person(reading, mention.entity)
        };
        let names = |mention: &&Mention| matches!(mention.form, Form::Name | Form::Inflected);
        let person = reading.mentions.iter().filter(names).find(near).map(|mention| mention.entity);
        let said = statement.speaker.filter(|said| is_person(reading, *said));
        let Some(person) = said.or(person) else { return };
        self.speakers.insert(statement.id.0, person);
        let start = reading
            .mentions
            .iter()
            .filter(|mention| mention.entity == person && words.contains(mention.span))
            .map(|mention| mention.span.start())
            .min();
        // What stands behind the name is another matter: "Petrov of Bulgaria's ministry" is a role.
        self.add(person, inside(reading, words.start(), start.unwrap_or(words.end())));
    }

    fn add(&mut self, person: EntityId, bodies: impl IntoIterator<Item = EntityId>) {
        self.of.entry(person).or_default().extend(bodies.into_iter().filter(|body| *body != person));
    }

    /// The bodies and countries of a person.
    pub(crate) fn bodies(&self, person: EntityId) -> impl Iterator<Item = EntityId> {
        self.of.get(&person).into_iter().flatten().copied()
    }

    /// Who makes a statement.
    pub(crate) fn speaks(&self, statement: &Statement) -> Option<EntityId> {
        self.speakers.get(&statement.id.0).copied().or(statement.speaker)
    }
}

fn is_person(reading: &Reading, id: EntityId) -> bool {
    reading.entities.iter().any(|entity| entity.id == id && entity.kind == EntityKind::Person)
}

fn named<'r>(reading: &'r Reading, person: &Entity) -> impl Iterator<Item = &'r Mention> {
    let id = person.id;
    reading.mentions.iter().filter(move |mention| mention.entity == id && mention.form == Form::Name)
}

/// Countries and bodies that are named between two offsets; outlets are none.
fn inside(reading: &Reading, start: u32, end: u32) -> Vec<EntityId> {
    let within = |mention: &&Mention| mention.span.start() >= start && mention.span.end() <= end;
    let acts = |id: &EntityId| {
        reading.entities.iter().any(|entity| {
            entity.id == *id
                && !entity.is_media
                && matches!(entity.kind, EntityKind::Country | EntityKind::Organisation)
        })
    };
    reading.mentions.iter().filter(within).map(|mention| mention.entity).filter(acts).collect()
}

/// The country of an adjective before the name, in the same phrase.
fn adjective(reading: &Reading, name: &Mention) -> Option<EntityId> {
    let before = reading.mentions.iter().rev().find(|mention| {
        mention.span.end() <= name.span.start()
            && mention.form == Form::Metonym
            && reading.entities.iter().any(|one| one.id == mention.entity && one.kind == EntityKind::Country)
    })?;
    let between = reading.text.get(before.span.end() as usize..name.span.start() as usize)?;
    let one_phrase = between.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '’' | '\''));
    (one_phrase && between.split_whitespace().count() <= BETWEEN).then_some(before.entity)
}
