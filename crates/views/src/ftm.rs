//! FollowTheMoney entities as JSON Lines (<https://followthemoney.tech/explorer/>), for Aleph and its kin.
//!
//! The document is an `Article`; entities take the schema of their kind; a transfer is an `UnknownLink` between
//! giver and receiver whose `summary` holds the exact words, an event an `Event`, a statement a `Note`. Certainty
//! is kept in words (`role`, `notes`): the model has no field for it.

use crate::words;
use lagebild_entities::{Entity, EntityId, EntityKind};
use lagebild_reading::Reading;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// The entities of a reading, the document first. Ids are hashes: the same reading gives the same ids.
pub fn entities(reading: &Reading) -> Vec<Value> {
    let mut all = vec![article(reading)];
    all.extend(reading.entities.iter().filter_map(|entity| named(reading, entity)));
    all.extend(statements(reading));
    all.extend(transfers(reading));
    all.extend(events(reading));
    all
}

fn id(reading: &Reading, local: &str) -> String {
    let digest = Sha256::digest(format!("{}\n{}\n{local}", reading.document.sha256, reading.document.source));
    let hex = format!("{digest:x}");
    format!("lagebild-{}", hex.get(..32).unwrap_or(&hex))
}

/// The FollowTheMoney id of an entity, where its kind has a schema.
fn entity_id(reading: &Reading, local: EntityId) -> Option<String> {
    let entity = reading.entities.iter().find(|entity| entity.id == local)?;
    schema(entity).map(|_| id(reading, &local.to_string()))
}

fn schema(entity: &Entity) -> Option<&'static str> {
    match entity.kind {
        EntityKind::Person => Some("Person"),
        EntityKind::Organisation if entity.is_state => Some("PublicBody"),
        EntityKind::Organisation => Some("Organization"),
        EntityKind::Country => Some("PublicBody"),
        EntityKind::Vessel => Some("Vessel"),
        EntityKind::Event => Some("Event"),
        EntityKind::Place => Some("Address"),
        EntityKind::Instrument | EntityKind::Other => None,
    }
}

fn article(reading: &Reading) -> Value {
    let about = &reading.document;
    let mut properties = vec![
        ("title", about.title.clone()),
        ("publishedAt", about.published.map(|day| day.to_string())),
        ("language", about.language.clone()),
        ("contentHash", Some(about.sha256.clone())),
        ("fileName", Some(about.source.clone())),
        ("bodyText", Some(reading.text.clone())),
        ("notes", Some(format!("read against {}", reading.stamp.watchlist.lists_in_words()))),
    ];
    properties.extend(reading.warnings.iter().map(|warning| ("notes", Some(format!("warning: {warning}")))));
    record(id(reading, "article"), "Article", properties)
}

fn named(reading: &Reading, entity: &Entity) -> Option<Value> {
    let schema = schema(entity)?;
    let name = if schema == "Address" { "full" } else { "name" };
    let mut properties = vec![
        (name, Some(entity.name.clone())),
        (if schema == "Person" { "nationality" } else { "country" }, entity.country.clone()),
        ("proof", Some(id(reading, "article"))),
    ];
    if schema == "Person" {
        properties.push(("position", entity.role.map(|span| words::words(reading, span))));
    }
    for hit in &entity.matches {
        properties.push(("notes", Some(format!("may be listed: {} (score {:.2})", hit.party, hit.score))));
    }
    Some(record(id(reading, &entity.id.to_string()), schema, properties))
}

fn statements(reading: &Reading) -> impl Iterator<Item = Value> {
    reading.statements.iter().map(|statement| {
        let mut properties = vec![
            ("description", Some(statement.content.of(&reading.text).to_owned())),
            ("summary", Some(format!("{} {}", words::act(statement.act), statement.certainty))),
            ("proof", Some(id(reading, "article"))),
        ];
        for party in [statement.speaker, statement.channel].into_iter().flatten() {
            properties.push(("entity", entity_id(reading, party)));
        }
        record(id(reading, &statement.id.to_string()), "Note", properties)
    })
}

fn transfers(reading: &Reading) -> impl Iterator<Item = Value> {
    reading.transfers.iter().map(|transfer| {
        let end = |side: Option<EntityId>| side.and_then(|side| entity_id(reading, side));
        let (giver, receiver) = (end(transfer.giver), end(transfer.receiver));
        let said = format!(
            "said to transfer {} ({}, {}, {})",
            words::goods(transfer.class.as_deref()),
            words::standing(transfer.standing()),
            transfer.certainty,
            words::status(transfer.status)
        );
        let date =
            transfer.time.as_ref().and_then(|range| range.from.or(range.to)).map(|day| day.to_string());
        let words = Some(transfer.item.of(&reading.text).to_owned());
        let common = [("date", date), ("proof", Some(id(reading, "article")))];
        let local = id(reading, &transfer.id.to_string());
        // A link has two ends: what names one side only is a note on it.
        if let (Some(giver), Some(receiver)) = (&giver, &receiver) {
            let ends = [("subject", Some(giver.clone())), ("object", Some(receiver.clone()))];
            let said = [("role", Some(said)), ("summary", words)];
            return record(local, "UnknownLink", ends.into_iter().chain(said).chain(common).collect());
        }
        let missing = if giver.is_none() { "giver not named" } else { "receiver not named" };
        let said = [("summary", Some(format!("{said}, {missing}"))), ("description", words)];
        let ends = [("entity", giver), ("entity", receiver)];
        record(local, "Note", ends.into_iter().chain(said).chain(common).collect())
    })
}

fn events(reading: &Reading) -> impl Iterator<Item = Value> {
    reading.events.iter().map(|event| {
        let mut properties = vec![
            ("name", Some(format!("{} ({})", event.kind, event.certainty))),
            ("summary", Some(event.span.of(&reading.text).to_owned())),
            ("date", event.date.as_ref().and_then(|range| range.from).map(|day| day.to_string())),
            ("location", event.place.map(|place| words::name(reading, Some(place)).to_owned())),
            ("proof", Some(id(reading, "article"))),
        ];
        for party in &event.participants {
            properties.push(("involved", entity_id(reading, *party)));
        }
        record(id(reading, &event.id.to_string()), "Event", properties)
    })
}

/// An entity with multi-valued properties; those without a value are left out.
fn record(id: String, schema: &str, properties: Vec<(&str, Option<String>)>) -> Value {
    let mut map: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (key, value) in properties {
        map.entry(key).or_default().extend(value);
    }
    map.retain(|_, values| !values.is_empty());
    let mut entity = json!({"schema": schema, "properties": map});
    entity["id"] = Value::String(id);
    entity
}
