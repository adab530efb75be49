//! From transfers to findings: each transfer becomes a flow between countries, checked on its day.

use crate::model::TransferFinding;
use jiff::civil::Date;
use lagebild_entities::{Entities, Entity, EntityId};
use lagebild_measures::{Exchange, Flow, Measures};
use lagebild_statements::Statement;
use lagebild_transfers::{Quantity, Standing, Transfer};

/// Score from which on a party's own freeze provisions are brought in.
const LISTED: f64 = 0.9;

/// Checks every transfer against the measures in force on its day.
pub fn check(
    transfers: &[Transfer],
    statements: &[Statement],
    entities: &Entities,
    measures: &Measures,
    as_of: Date,
) -> Vec<TransferFinding> {
    let mut findings = Vec::new();
    for transfer in transfers {
        let on = day(transfer, as_of);
        let flow = flow(transfer, transfers, entities);
        let denied_by = deniers(transfer, transfers, statements);
        findings.extend(measures.check(&flow, on).into_iter().map(|finding| TransferFinding {
            transfer: transfer.id,
            standing: transfer.standing(),
            denied_by: denied_by.clone(),
            on,
            finding,
        }));
    }
    findings
}

/// Who says that a transfer is not so, each once.
fn deniers(transfer: &Transfer, all: &[Transfer], statements: &[Statement]) -> Vec<EntityId> {
    let denied = |one: &Transfer| matches!(one.standing(), Standing::Denied | Standing::Doubted);
    let denials = all.iter().filter(|other| {
        denied(other) && (other.id == transfer.id || transfer.contradicted_by.contains(&other.id))
    });
    let mut by: Vec<EntityId> = Vec::new();
    let said = statements.iter().filter(|statement| transfer.disputed_by.contains(&statement.id));
    for source in denials.filter_map(|denial| denial.source).chain(said.filter_map(|denial| denial.speaker)) {
        if !by.contains(&source) {
            by.push(source);
        }
    }
    by
}

/// The last day of a transfer that lies in the past as a whole; otherwise the day of the reading.
fn day(transfer: &Transfer, as_of: Date) -> Date {
    transfer.time.as_ref().and_then(|time| time.to).filter(|last| *last < as_of).unwrap_or(as_of)
}

fn flow(transfer: &Transfer, all: &[Transfer], entities: &Entities) -> Flow {
    let entity = |id: Option<EntityId>| id.and_then(|id| entities.get(id));
    let country =
        |id: Option<EntityId>| entity(id).and_then(|party| party.country.as_deref()).map(str::to_uppercase);
    let exchange = |transfer: &Transfer| {
        Some(Exchange {
            from: country(transfer.giver.or(transfer.giver_country))?,
            to: country(transfer.receiver.or(transfer.receiver_country))?,
            class: transfer.class.clone()?,
        })
    };
    let counterpart = transfer.in_exchange_for.and_then(|id| all.iter().find(|other| other.id == id));
    let parties = [transfer.giver, transfer.receiver, transfer.via];
    Flow {
        from: country(transfer.giver.or(transfer.giver_country)),
        to: country(transfer.receiver.or(transfer.receiver_country)),
        class: transfer.class.clone(),
        quantity: transfer.quantity.as_ref().and_then(quantity),
        exchange: counterpart.and_then(exchange),
        listed_parties: parties.into_iter().filter_map(entity).filter_map(listed).collect(),
        ..Flow::default()
    }
}

/// An amount in a unit that caps are stated in.
fn quantity(amount: &Quantity) -> Option<(f64, String)> {
    let unit = amount.unit.as_deref()?.to_lowercase();
    let known = [
        ("barrel", "barrel"),
        ("fass", "barrel"),
        ("tonne", "tonne"),
        ("ton", "tonne"),
        ("dollar", "USD"),
        ("баррел", "barrel"),
        ("тонн", "tonne"),
    ];
    let (_, unit) = known.iter().find(|(beginning, _)| unit.starts_with(beginning))?;
    Some((amount.value?, (*unit).to_owned()))
}

/// The listed party that an entity most likely is.
fn listed(entity: &Entity) -> Option<String> {
    entity.matches.iter().find(|hit| hit.score >= LISTED).map(|hit| hit.party.clone())
}
