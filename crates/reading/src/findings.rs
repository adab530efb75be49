//! From transfers to findings: each transfer becomes a flow between countries, checked on its day.

use crate::model::TransferFinding;
use jiff::civil::Date;
use lagebild_entities::{Entities, Entity, EntityId};
use lagebild_measures::{Flow, Measures};
use lagebild_transfers::Transfer;

/// Score from which on a party's own freeze provisions are brought in.
const LISTED: f64 = 0.9;

/// Checks every transfer against the measures in force on its day.
pub fn check(transfers: &[Transfer], entities: &Entities, measures: &Measures, as_of: Date) -> Vec<TransferFinding> {
    let mut findings = Vec::new();
    for transfer in transfers {
        let on = day(transfer, as_of);
        let flow = flow(transfer, entities);
        findings.extend(
            measures.check(&flow, on).into_iter().map(|finding| TransferFinding { transfer: transfer.id, on, finding }),
        );
    }
    findings
}

/// The last day of a transfer that lies in the past as a whole; otherwise the day of the reading.
fn day(transfer: &Transfer, as_of: Date) -> Date {
    transfer.time.as_ref().and_then(|time| time.to).filter(|last| *last < as_of).unwrap_or(as_of)
}

fn flow(transfer: &Transfer, entities: &Entities) -> Flow {
    let entity = |id: Option<EntityId>| id.and_then(|id| entities.get(id));
    let (giver, receiver) = (entity(transfer.giver), entity(transfer.receiver));
    let country = |party: Option<&Entity>| party.and_then(|party| party.country.as_deref()).map(str::to_uppercase);
    let parties = [giver, receiver, entity(transfer.via)];
    Flow {
        from: country(giver),
        to: country(receiver),
        class: transfer.class.clone(),
        listed_parties: parties.into_iter().flatten().filter_map(listed).collect(),
        ..Flow::default()
    }
}

/// The listed party that an entity most likely is.
fn listed(entity: &Entity) -> Option<String> {
    entity.matches.iter().find(|hit| hit.score >= LISTED).map(|hit| hit.party.clone())
}
