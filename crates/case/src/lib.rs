//! Many readings merged: one entity per real thing across documents, copies and translations of one report folded into one
//! origin, claims with their voices and the number of independent origins, one timeline.
//!
//! Knows readings. It must not look at documents' formats, grammar or lists anew, and takes nothing back that a reading
//! said.

mod assertions;
mod claims;
mod decisions;
mod entities;
mod gather;
mod identity;
mod known;
mod listed;
mod origins;
mod points;
mod relations;
mod sayings;
mod text;
mod ties;
mod timeline;
mod voices;

pub use claims::{Claim, ClaimId, Told};
pub use decisions::{Decided, Decisions};
pub use entities::{Appearance, CaseEntity, CaseEntityId, Joined};
pub use listed::ListedRelation;
pub use origins::Origin;
pub use points::Point;
pub use relations::{CaseRelation, ToldRelation};
pub use timeline::{Moment, What};
pub use voices::{Stance, Telling, Turn, Voice};

use decisions::Resolved;
use entities::Lookup;
use lagebild_entities::EntityId;
use lagebild_reading::Reading;
use serde::Serialize;
use std::collections::BTreeMap;
use ties::Ties;
use voices::Provenance;

/// Name and version of the merged case's contract.
pub const SCHEMA: &str = "lagebild.case/1";

/// What several documents say together. Documents are numbered from 0 in the order given.
#[derive(Clone, Debug, Serialize)]
pub struct Case {
    /// [`SCHEMA`].
    pub schema: &'static str,
    /// Who and what is named, across documents.
    pub entities: Vec<CaseEntity>,
    /// Documents that report independently of each other: copies and translations share one origin.
    pub origins: Vec<Origin>,
    /// What is claimed, across documents and languages.
    pub claims: Vec<Claim>,
    /// How those who are named are said to stand to each other, across documents.
    pub relations: Vec<CaseRelation>,
    /// Relations that lists state between parties which those named here may be; no document need tell of them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub listed: Vec<ListedRelation>,
    /// Everything that has a date, in order.
    pub timeline: Vec<Moment>,
    /// What a person decided about who is one; none where nobody did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decisions: Option<Decided>,
    /// The readings that it is made of.
    pub readings: Vec<Reading>,
    /// The entity of each appearance.
    #[serde(skip)]
    at: BTreeMap<Appearance, CaseEntityId>,
}

impl Case {
    /// The entity with this id.
    pub fn get(&self, id: CaseEntityId) -> Option<&CaseEntity> {
        self.entities.get((id.0 as usize).checked_sub(1)?)
    }

    /// What an entity of a document denotes.
    pub fn entity(&self, document: usize, entity: EntityId) -> Option<&CaseEntity> {
        self.get(*self.at.get(&Appearance { document, entity })?)
    }
}

/// Merges readings into a case. A pure function: the same readings in the same order give the same case.
pub fn merge(readings: Vec<Reading>) -> Case {
    merge_resolved(readings, Resolved::default())
}

/// The same with what a person decided about who is one. Decisions that cannot be carried out are left out and told in
/// [`Decided::problems`].
pub fn merge_decided(readings: Vec<Reading>, decisions: &Decisions) -> Case {
    let resolved = decisions.resolve(&readings);
    merge_resolved(readings, resolved)
}

fn merge_resolved(readings: Vec<Reading>, decisions: Resolved) -> Case {
    let ties: Vec<Ties> = readings.iter().map(Ties::of).collect();
    let entities = entities::merge(&readings, &ties, &decisions);
    let lookup = Lookup::new(&entities);
    let origins = origins::fold(&readings, &lookup);
    let all = readings.iter().zip(&ties).enumerate();
    let assertions: Vec<_> = all
        .flat_map(|(document, (reading, ties))| assertions::assertions(document, reading, ties, &lookup))
        .collect();
    let provenance = Provenance::of(&readings, &ties, &lookup, &entities, &origins);
    let claims = claims::claims(&readings, &assertions, &lookup, &provenance);
    let relations = relations::merge(&readings, &lookup);
    let listed = listed::between(&readings, &entities);
    let timeline = timeline::build(&readings);
    let at =
        entities.iter().flat_map(|entity| entity.appearances.iter().map(|at| (*at, entity.id))).collect();
    let decisions = decisions.decided;
    Case { schema: SCHEMA, entities, origins, claims, relations, listed, timeline, decisions, readings, at }
}
