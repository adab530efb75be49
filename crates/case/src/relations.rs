//! Relations across documents: the same kind between the same two is one, with everyone who says or denies it.

use crate::entities::{CaseEntityId, Lookup};
use lagebild_reading::Reading;
use lagebild_relations::{Relation, RelationId};
use lagebild_statements::Certainty;
use serde::Serialize;
use std::collections::BTreeMap;

/// How two things of the case are said to stand to each other.
#[derive(Clone, Debug, Serialize)]
pub struct CaseRelation {
    /// Id of its kind (`data/relations.yaml`).
    pub kind: String,
    /// One side: the owner, the leader, the employer, ….
    pub from: CaseEntityId,
    /// The other side.
    pub to: CaseEntityId,
    /// It is said to be over.
    pub ended: bool,
    /// Who says so, how sure, in document order; denials among them.
    pub told: Vec<ToldRelation>,
}

/// A document's telling of a relation.
#[derive(Clone, Debug, Serialize)]
pub struct ToldRelation {
    /// Number of the document.
    pub document: usize,
    /// The relation there.
    pub relation: RelationId,
    /// Who says so; none where the document itself does, or nobody named.
    pub speaker: Option<CaseEntityId>,
    /// How sure.
    pub certainty: Certainty,
    /// Share in percent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub share: Option<f64>,
}

impl CaseRelation {
    /// True where somebody tells it as certain and nobody denies it.
    pub fn is_undisputed(&self) -> bool {
        let certain = self.told.iter().any(|one| one.certainty == Certainty::CertainPlus);
        certain && !self.told.iter().any(|one| one.certainty.is_negative())
    }
}

/// The relations of all documents, in order of first telling.
pub(crate) fn merge(readings: &[Reading], lookup: &Lookup) -> Vec<CaseRelation> {
    let mut merged: Vec<CaseRelation> = Vec::new();
    let mut known: BTreeMap<(String, CaseEntityId, CaseEntityId, bool), usize> = BTreeMap::new();
    for (document, reading) in readings.iter().enumerate() {
        for relation in &reading.relations {
            let Some((from, to)) = sides(document, relation, lookup) else { continue };
            let at = *known.entry((relation.kind.clone(), from, to, relation.ended)).or_insert_with(|| {
                let (kind, ended) = (relation.kind.clone(), relation.ended);
                merged.push(CaseRelation { kind, from, to, ended, told: Vec::new() });
                merged.len() - 1
            });
            let speaker = relation.source.and_then(|id| lookup.find(document, id)).map(|entity| entity.id);
            let Some(one) = merged.get_mut(at) else { continue };
            one.told.push(ToldRelation {
                document,
                relation: relation.id,
                speaker,
                certainty: relation.certainty,
                share: relation.share,
            });
        }
    }
    merged
}

/// The sides in the case, in the order in which tellings can be compared.
fn sides(document: usize, relation: &Relation, lookup: &Lookup) -> Option<(CaseEntityId, CaseEntityId)> {
    let side = |id| lookup.find(document, id).map(|entity| entity.id);
    let (from, to) = (side(relation.from)?, side(relation.to)?);
    (from != to).then(|| relation.kind().map_or((from, to), |kind| kind.ordered(from, to)))
}
