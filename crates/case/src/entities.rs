//! One entity per real thing across documents.
//!
//! A wrong merge would put one person's words into another's mouth: what cannot be told stays apart. Why a document's entity
//! belongs to one of the case is kept with it, so that a person can look and take it back.

use crate::assertions::Party;
use crate::decisions::Resolved;
use crate::identity::Merger;
use crate::points::{Point, point};
use crate::ties::Ties;
use lagebild_entities::{EntityId, EntityKind, Match};
use lagebild_reading::Reading;
use serde::{Serialize, Serializer};

/// An entity's number in its case; written `c1`, `c2`, ….
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CaseEntityId(pub u32);

impl std::fmt::Display for CaseEntityId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "c{}", self.0)
    }
}

impl Serialize for CaseEntityId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A real thing that documents of the case name.
#[derive(Clone, Debug, Serialize)]
pub struct CaseEntity {
    /// Its id in the case.
    pub id: CaseEntityId,
    /// What kind of thing.
    pub kind: EntityKind,
    /// Its name in the document that names it first.
    pub name: String,
    /// ISO 3166-1 alpha-2 in lower case.
    pub country: Option<String>,
    /// Where it lies: of countries, their capitals and towns that the gazetteer knows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub point: Option<Point>,
    /// Listed parties that it may be.
    pub matches: Vec<Match>,
    /// Where it is named, in the order of the documents.
    pub appearances: Vec<Appearance>,
    /// Its names in all documents, each once, in order.
    pub names: Vec<String>,
    /// Why the appearances belong together.
    pub joined: Vec<Joined>,
    /// What a person decided about it: from whom it is kept apart.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub decided: Vec<String>,
    /// True for an outlet or agency.
    #[serde(skip)]
    pub is_media: bool,
    /// True for a country, government or state body.
    #[serde(skip)]
    pub is_state: bool,
}

/// Why an entity of a document is one with those of documents before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Joined {
    /// The entity.
    #[serde(flatten)]
    pub appearance: Appearance,
    /// The reasons, the strongest first.
    pub reasons: Vec<String>,
}

/// An entity of one document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Appearance {
    /// Number of the document in the case.
    pub document: usize,
    /// The entity's id in that document.
    pub entity: EntityId,
}

/// Merges the entities of all readings, in order of first appearance.
pub(crate) fn merge(readings: &[Reading], ties: &[Ties], decisions: &Resolved) -> Vec<CaseEntity> {
    let mut things = Merger::new(readings, ties, decisions).merge();
    for thing in &mut things {
        thing.sort_by_key(|(appearance, _)| *appearance);
    }
    things.sort_by_key(|thing| thing.first().map(|(appearance, _)| *appearance));
    let all = things.into_iter().enumerate();
    let mut entities: Vec<CaseEntity> =
        all.filter_map(|(at, thing)| case_entity(at, &thing, readings)).collect();
    for entity in &mut entities {
        entity.decided = decisions.reasons(&entity.appearances);
    }
    entities
}

fn case_entity(at: usize, thing: &[(Appearance, Vec<String>)], readings: &[Reading]) -> Option<CaseEntity> {
    let entity = |appearance: &Appearance| {
        readings.get(appearance.document)?.entities.iter().find(|entity| entity.id == appearance.entity)
    };
    let entities: Vec<_> = thing.iter().filter_map(|(appearance, _)| entity(appearance)).collect();
    let first = entities.first()?;
    let mut names: Vec<String> = Vec::new();
    let mut matches: Vec<Match> = Vec::new();
    for entity in &entities {
        if !names.contains(&entity.name) {
            names.push(entity.name.clone());
        }
        let new = |hit: &&Match| !matches.iter().any(|known| known.party == hit.party);
        let new: Vec<Match> = entity.matches.iter().filter(new).cloned().collect();
        matches.extend(new);
    }
    let joined = thing
        .iter()
        .filter(|(_, reasons)| !reasons.is_empty())
        .map(|(appearance, reasons)| Joined { appearance: *appearance, reasons: reasons.clone() });
    let country = entities.iter().find_map(|entity| entity.country.clone());
    Some(CaseEntity {
        id: CaseEntityId(at as u32 + 1),
        point: point(first.kind, &names, country.as_deref()),
        kind: first.kind,
        name: first.name.clone(),
        country,
        matches,
        appearances: thing.iter().map(|(appearance, _)| *appearance).collect(),
        names,
        joined: joined.collect(),
        decided: Vec::new(),
        is_media: entities.iter().any(|entity| entity.is_media),
        is_state: entities.iter().any(|entity| entity.is_state),
    })
}

/// The entities of a case by where they are named.
pub(crate) struct Lookup<'a> {
    entities: &'a [CaseEntity],
    at: std::collections::BTreeMap<Appearance, usize>,
}

impl<'a> Lookup<'a> {
    pub(crate) fn new(entities: &'a [CaseEntity]) -> Self {
        let at = entities.iter().enumerate();
        let at = at.flat_map(|(at, entity)| entity.appearances.iter().map(move |place| (*place, at)));
        Self { entities, at: at.collect() }
    }

    /// The case entity that an entity of a document belongs to.
    pub(crate) fn find(&self, document: usize, entity: EntityId) -> Option<&'a CaseEntity> {
        self.entities.get(*self.at.get(&Appearance { document, entity })?)
    }

    /// Whom a party stands for; a state for its country, or for the first of its bodies.
    pub(crate) fn denoted(&self, party: &Party) -> Option<CaseEntityId> {
        let code = match party {
            Party::Ship(id) | Party::Other(id) => return Some(*id),
            Party::State(code) => code,
        };
        let of_state = |kind: Option<EntityKind>| {
            self.entities.iter().find(|entity| {
                entity.country.as_ref() == Some(code) && kind.is_none_or(|kind| entity.kind == kind)
            })
        };
        of_state(Some(EntityKind::Country)).or_else(|| of_state(None)).map(|entity| entity.id)
    }
}
