//! STIX 2.1 (<https://docs.oasis-open.org/cti/stix/v2.1/>): people, bodies and countries of a case, claimed transfers between
//! them as relationships, claims as notes, documents as reports.

use super::graph::{Link, links, nodes};
use super::uuid;
use crate::words;
use jiff::civil::Date;
use lagebild_case::{Case, CaseEntity, CaseEntityId};
use lagebild_entities::EntityKind;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// The case as a bundle.
pub fn text(case: &Case) -> String {
    let links = links(case);
    let ids: BTreeMap<CaseEntityId, String> =
        nodes(case, &links).into_iter().filter_map(|node| Some((node.id, id(case, node)?))).collect();
    let mut objects: Vec<Value> =
        case.entities.iter().filter_map(|entity| Some(named(case, entity, ids.get(&entity.id)?))).collect();
    objects.extend(
        links.iter().filter(|link| link.kind == "transfer").filter_map(|link| relationship(case, link, &ids)),
    );
    objects.extend(case.claims.iter().filter_map(|claim| note(case, claim, &ids)));
    let reports = (0..case.readings.len()).filter_map(|document| report(case, document, &ids));
    objects.extend(reports.collect::<Vec<_>>());
    let all: Vec<&str> = objects.iter().filter_map(|object| object["id"].as_str()).collect();
    let bundle = json!({"type": "bundle", "id": format!("bundle--{}", uuid(&all)), "objects": objects});
    format!("{bundle:#}\n")
}

fn id(case: &Case, entity: &CaseEntity) -> Option<String> {
    let kind = match entity.kind {
        EntityKind::Person | EntityKind::Organisation | EntityKind::Vessel => "identity",
        EntityKind::Country | EntityKind::Place if entity.country.is_some() => "location",
        _ => return None,
    };
    Some(format!("{kind}--{}", uuid(&["stix", &crate::ftm::key(case, entity.id)?])))
}

/// Time of an object: the day of its document, else the day that its reading counts for.
fn time(case: &Case, document: usize) -> String {
    let reading = case.readings.get(document);
    let day = reading.map(|reading| reading.document.published.unwrap_or(reading.stamp.as_of));
    format!("{}T00:00:00.000Z", day.unwrap_or(Date::constant(2000, 1, 1)))
}

fn object(kind: &str, id: &str, time: &str) -> Value {
    json!({"type": kind, "spec_version": "2.1", "id": id, "created": time, "modified": time})
}

fn named(case: &Case, entity: &CaseEntity, id: &str) -> Value {
    let time = time(case, entity.appearances.first().map_or(0, |at| at.document));
    let kind = if id.starts_with("location") { "location" } else { "identity" };
    let mut one = object(kind, id, &time);
    one["name"] = json!(words::clean(&entity.name));
    if kind == "location" {
        one["country"] = json!(entity.country.as_ref().map(|code| code.to_uppercase()));
        if entity.kind == EntityKind::Place {
            one["city"] = json!(words::clean(&entity.name));
        }
        return one;
    }
    one["identity_class"] = json!(match entity.kind {
        EntityKind::Person => "individual",
        EntityKind::Organisation => "organization",
        _ => "unknown",
    });
    let listed: Vec<Value> = entity
        .matches
        .iter()
        .map(|hit| json!({"source_name": hit.list, "external_id": hit.party, "description": format!("may be listed, score {:.2}", hit.score)}))
        .collect();
    if !listed.is_empty() {
        one["external_references"] = json!(listed);
    }
    one
}

fn relationship(case: &Case, link: &Link, ids: &BTreeMap<CaseEntityId, String>) -> Option<Value> {
    let (from, to) = (ids.get(&link.from)?, ids.get(&link.to)?);
    let id = format!("relationship--{}", uuid(&[from, to, &link.label, &link.sources]));
    let first =
        case.claims.iter().find(|claim| (claim.giver, claim.receiver) == (Some(link.from), Some(link.to)));
    let document =
        first.and_then(|claim| claim.voices.first()?.documents.first().copied()).unwrap_or_default();
    let mut one = object("relationship", &id, &time(case, document));
    one["relationship_type"] = json!("related-to");
    one["source_ref"] = json!(from);
    one["target_ref"] = json!(to);
    one["description"] = json!(format!(
        "said to transfer {} ({}; {} independent origins, denied in {})",
        link.label, link.standing, link.origins, link.denials
    ));
    Some(one)
}

fn note(case: &Case, claim: &lagebild_case::Claim, ids: &BTreeMap<CaseEntityId, String>) -> Option<Value> {
    let about: BTreeSet<&String> = claim.about.iter().filter_map(|id| ids.get(id)).collect();
    let document = claim.voices.first()?.documents.first().copied()?;
    if about.is_empty() {
        return None;
    }
    let label = words::claim(case, claim);
    let lines: Vec<String> = claim.voices.iter().map(|voice| words::voice(case, claim, voice)).collect();
    let mut one = object(
        "note",
        &format!("note--{}", uuid(&["claim", &label, &lines.join("\n")])),
        &time(case, document),
    );
    one["abstract"] = json!(label);
    one["content"] = json!(lines.join("\n"));
    one["object_refs"] = json!(about);
    Some(one)
}

fn report(case: &Case, document: usize, ids: &BTreeMap<CaseEntityId, String>) -> Option<Value> {
    let reading = case.readings.get(document)?;
    let here = |entity: &&CaseEntity| entity.appearances.iter().any(|at| at.document == document);
    let refs: Vec<&String> =
        case.entities.iter().filter(here).filter_map(|entity| ids.get(&entity.id)).collect();
    if refs.is_empty() {
        return None;
    }
    let about = &reading.document;
    let time = time(case, document);
    let mut one =
        object("report", &format!("report--{}", uuid(&["report", &about.sha256, &about.source])), &time);
    one["name"] = json!(words::clean(about.title.as_deref().unwrap_or(&about.source)));
    one["published"] = json!(time);
    one["object_refs"] = json!(refs);
    one["external_references"] = json!([{"source_name": words::clean(&about.source), "hashes": {"SHA-256": about.sha256}, "description": "the document read"}]);
    Some(one)
}
