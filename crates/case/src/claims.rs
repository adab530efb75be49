//! What is said to go from whom to whom, gathered over documents.

use crate::entities::{self, CaseEntity, CaseEntityId};
use crate::origins::Origin;
use lagebild_reading::Reading;
use lagebild_statements::Certainty;
use lagebild_transfers::{Standing, TransferId};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// One giver, receiver and class of goods, with every document that tells of it.
#[derive(Clone, Debug, Serialize)]
pub struct Claim {
    /// From whom.
    pub giver: Option<CaseEntityId>,
    /// To whom.
    pub receiver: Option<CaseEntityId>,
    /// Class of goods.
    pub class: Option<String>,
    /// Number of independent origins that tell of it and do not only deny it; copies of one report count once.
    pub origins: usize,
    /// Number of independent origins in which it is denied or doubted.
    pub denials: usize,
    /// Each telling, in document order.
    pub told: Vec<Told>,
}

/// One document's telling of a claim.
#[derive(Clone, Debug, Serialize)]
pub struct Told {
    /// Number of the document.
    pub document: usize,
    /// The transfer in that document.
    pub transfer: TransferId,
    /// Who says so.
    pub source: Option<CaseEntityId>,
    /// How sure.
    pub certainty: Certainty,
    /// How well founded.
    pub standing: Standing,
}

impl Told {
    /// True for a telling that it is not so.
    pub fn denies(&self) -> bool {
        matches!(self.standing, Standing::Denied | Standing::Doubted)
    }
}

/// Giver, receiver and class of goods.
type Route = (Option<CaseEntityId>, Option<CaseEntityId>, Option<String>);

/// Gathers the transfers of all readings; the claims with most independent origins come first.
pub(crate) fn gather(readings: &[Reading], merged: &[CaseEntity], origins: &[Origin]) -> Vec<Claim> {
    let mut claims: BTreeMap<Route, Vec<Told>> = BTreeMap::new();
    for (document, reading) in readings.iter().enumerate() {
        let case_id = |id| entities::find(merged, document, id).map(|entity| entity.id);
        for transfer in &reading.transfers {
            let key = (
                transfer.giver.and_then(case_id),
                transfer.receiver.and_then(case_id),
                transfer.class.clone(),
            );
            claims.entry(key).or_default().push(Told {
                document,
                transfer: transfer.id,
                source: transfer.source.and_then(case_id),
                certainty: transfer.certainty,
                standing: transfer.standing(),
            });
        }
    }
    let mut claims: Vec<Claim> = claims
        .into_iter()
        .map(|((giver, receiver, class), told)| {
            let (denied, claimed): (Vec<&Told>, Vec<&Told>) =
                told.iter().partition(|telling| telling.denies());
            let (origins, denials) = (independent(&claimed, origins), independent(&denied, origins));
            Claim { giver, receiver, class, origins, denials, told }
        })
        .collect();
    claims.sort_by_key(|claim| std::cmp::Reverse((claim.origins, claim.told.len())));
    claims
}

fn independent(told: &[&Told], origins: &[Origin]) -> usize {
    let origin_of = |document| origins.iter().position(|origin| origin.documents.contains(&document));
    told.iter().map(|telling| origin_of(telling.document)).collect::<BTreeSet<_>>().len()
}
