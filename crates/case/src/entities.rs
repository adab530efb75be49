//! One entity per real thing across documents.
//!
//! Two documents' entities are one when they are matched to the same listed party with a high score, are the
//! same country, or have the same kind and the same name. Anything less stays apart: a wrong merge would put
//! one person's words into another's mouth.

use lagebild_entities::{Entity, EntityId, EntityKind, Match};
use lagebild_reading::Reading;
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;

/// Score from which on a listed party identifies an entity.
const SURE: f64 = 0.9;

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
    /// Listed parties that it may be.
    pub matches: Vec<Match>,
    /// Where it is named.
    pub appearances: Vec<Appearance>,
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
pub(crate) fn merge(readings: &[Reading]) -> Vec<CaseEntity> {
    let mut merged: Vec<CaseEntity> = Vec::new();
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for (document, reading) in readings.iter().enumerate() {
        for entity in &reading.entities {
            let keys = keys(entity);
            let at = keys.iter().find_map(|key| known.get(key).copied()).unwrap_or_else(|| {
                merged.push(case_entity(merged.len(), entity));
                merged.len() - 1
            });
            merged[at].appearances.push(Appearance { document, entity: entity.id });
            for key in keys {
                known.entry(key).or_insert(at);
            }
        }
    }
    merged
}

fn case_entity(at: usize, entity: &Entity) -> CaseEntity {
    CaseEntity {
        id: CaseEntityId(at as u32 + 1),
        kind: entity.kind,
        name: entity.name.clone(),
        country: entity.country.clone(),
        matches: entity.matches.clone(),
        appearances: Vec::new(),
    }
}

/// What identifies an entity, strongest first.
fn keys(entity: &Entity) -> Vec<String> {
    let best = entity.matches.iter().map(|hit| hit.score).fold(0.0, f64::max);
    let mut keys: Vec<String> = entity
        .matches
        .iter()
        .filter(|hit| hit.score >= SURE && hit.score >= best)
        .map(|hit| format!("party {}", hit.party))
        .collect();
    match (&entity.country, entity.kind) {
        (Some(country), EntityKind::Country) => keys.push(format!("country {country}")),
        (_, kind) => keys.push(format!("{kind:?} {}", folded(&entity.name))),
    }
    keys
}

fn folded(name: &str) -> String {
    name.split(|c: char| !c.is_alphanumeric())
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase()
}

/// The case entity that an entity of a document belongs to.
pub(crate) fn find(merged: &[CaseEntity], document: usize, entity: EntityId) -> Option<&CaseEntity> {
    let wanted = Appearance { document, entity };
    merged.iter().find(|candidate| candidate.appearances.binary_search(&wanted).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fold_case_hyphens_and_spaces_but_not_letters() {
        assert_eq!(folded("Kim Jong-un"), folded("KIM JONG UN"));
        assert_ne!(folded("Kim Jong-un"), folded("Kim Jong-il"));
    }
}
