//! Many readings merged: one entity per real thing across documents, copies of one report folded into one
//! origin, claims with the number of independent origins, one timeline.
//!
//! Knows readings. It must not look at documents' formats, grammar or lists anew, and takes nothing back that a reading
//! said.

mod claims;
mod entities;
mod origins;
mod timeline;

pub use claims::{Claim, Told};
pub use entities::{Appearance, CaseEntity, CaseEntityId};
pub use origins::Origin;
pub use timeline::{Moment, What};

use lagebild_reading::Reading;
use serde::Serialize;

/// Name and version of the merged case's contract.
pub const SCHEMA: &str = "lagebild.case/1";

/// What several documents say together. Documents are numbered from 0 in the order given.
#[derive(Clone, Debug, Serialize)]
pub struct Case {
    /// [`SCHEMA`].
    pub schema: &'static str,
    /// Who and what is named, across documents.
    pub entities: Vec<CaseEntity>,
    /// Documents that report independently of each other: copies share one origin.
    pub origins: Vec<Origin>,
    /// What is said to go from whom to whom, across documents.
    pub claims: Vec<Claim>,
    /// Everything that has a date, in order.
    pub timeline: Vec<Moment>,
    /// The readings that it is made of.
    pub readings: Vec<Reading>,
}

/// Merges readings into a case. A pure function: the same readings in the same order give the same case.
pub fn merge(readings: Vec<Reading>) -> Case {
    let origins = origins::fold(&readings);
    let entities = entities::merge(&readings);
    let claims = claims::gather(&readings, &entities, &origins);
    let timeline = timeline::build(&readings);
    Case { schema: SCHEMA, entities, origins, claims, timeline, readings }
}
