//! FollowTheMoney entities as JSON Lines (<https://followthemoney.tech/explorer/>), for Aleph and its kin.
//!
//! The document is an `Article`; entities take the schema of their kind; a transfer is an `UnknownLink` between
//! giver and receiver whose `summary` holds the exact words, an event an `Event`, a statement a `Note`. Certainty
//! is kept in words (`role`, `notes`): the model has no field for it.

use crate::words;
use lagebild_case::{Case, CaseEntity, CaseEntityId, CaseRelation, ListedRelation};
use lagebild_entities::{Entity, EntityId, EntityKind};
use lagebild_reading::Reading;
use lagebild_relations::Relation;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// The entities of a reading, the document first. Ids are hashes: the same reading gives the same ids.
pub fn entities(reading: &Reading) -> Vec<Value> {
    let mut all = vec![article(reading)];
    all.extend(reading.entities.iter().filter_map(|entity| named(reading, entity)));
    all.extend(told(reading, &|id| entity_id(reading, id)));
    all.extend(reading.relations.iter().filter_map(|one| relation(reading, one)));
    all
}

/// The entities of a case: each real thing once, with all of its names, and a `Mention` for each document that names it.
pub fn case(case: &Case) -> Vec<Value> {
    let mut all: Vec<Value> = case.readings.iter().map(article).collect();
    all.extend(case.entities.iter().filter_map(|entity| merged(case, entity)));
    for (document, reading) in case.readings.iter().enumerate() {
        let resolve = |id: EntityId| {
            let entity = case.entity(document, id)?;
            schema(entity.kind, entity.is_state).and_then(|_| key(case, entity.id))
        };
        let mentions = reading.entities.iter().filter_map(|entity| mention(case, document, reading, entity));
        all.extend(mentions);
        all.extend(told(reading, &resolve));
    }
    all.extend(case.relations.iter().filter_map(|relation| merged_relation(case, relation)));
    all.extend(case.listed.iter().filter_map(|one| stated_by_list(case, one)));
    all
}

/// A relation with its sides as `FollowTheMoney` has them.
struct Tie {
    id: String,
    kind: String,
    /// Ids of the sides.
    from: String,
    to: String,
    /// True where both can stand in the schema of the kind: what belongs to somebody is an asset there, a state body is none.
    fits: bool,
    certain: bool,
    ended: bool,
    share: Option<f64>,
    /// In words.
    line: String,
}

/// A relation of a document.
fn relation(reading: &Reading, one: &Relation) -> Option<Value> {
    let to = reading.entities.iter().find(|entity| entity.id == one.to)?;
    let tie = Tie {
        id: id(reading, &one.id.to_string()),
        kind: one.kind.clone(),
        from: entity_id(reading, one.from)?,
        to: entity_id(reading, one.to)?,
        fits: one.kind != "owner" || !to.is_state,
        certain: one.is_fact(),
        ended: one.ended,
        share: one.share,
        line: format!("{} ({})", words::relation_and_source(reading, one), words::certainty(one.certainty)),
    };
    let said = one.evidence.get(1).map(|span| span.of(&reading.text).to_owned());
    Some(tied(tie, vec![("description", said), ("proof", Some(id(reading, "article")))]))
}

/// A relation of the case, with the words and documents of all who tell of it. What somebody denies is no link.
fn merged_relation(case: &Case, one: &CaseRelation) -> Option<Value> {
    let to = case.get(one.to)?;
    let first = one.told.first()?;
    let share = one.told.iter().find_map(|told| told.share);
    let [from_name, to_name] = [one.from, one.to].map(|side| words::case_name(case, Some(side)));
    let certain = one.is_undisputed();
    let sure = if certain { "certain" } else { words::certainty(first.certainty) };
    let tie = Tie {
        id: id(case.readings.get(first.document)?, &first.relation.to_string()),
        kind: one.kind.clone(),
        from: key(case, one.from)?,
        to: key(case, one.to)?,
        fits: one.kind != "owner" || !to.is_state,
        certain,
        ended: one.ended,
        share,
        line: format!("{} ({sure})", words::between(&from_name, &one.kind, &to_name, share, one.ended)),
    };
    let mut proofs = Vec::new();
    for told in &one.told {
        let Some(reading) = case.readings.get(told.document) else { continue };
        // Who says so belongs to the link: without it a claim would read as known.
        let speaker = told.speaker.map(|id| {
            format!("says {} ({})", words::case_name(case, Some(id)), words::certainty(told.certainty))
        });
        proofs.push(("summary", speaker));
        let local = reading.relations.iter().find(|local| local.id == told.relation);
        let said =
            local.and_then(|local| local.evidence.get(1)).map(|span| span.of(&reading.text).to_owned());
        proofs.extend([("description", said), ("proof", Some(id(reading, "article")))]);
    }
    Some(tied(tie, proofs))
}

/// A relation that a list states, as a note on both: that those who are named are the listed parties is only possible.
fn stated_by_list(case: &Case, one: &ListedRelation) -> Option<Value> {
    let local = format!("list {} {} {:?} {:?}", one.link.kind, one.link.role, one.link.from, one.link.to);
    let first = case.get(one.from)?.appearances.first()?;
    let properties = vec![
        ("entity", key(case, one.from)),
        ("entity", key(case, one.to)),
        ("summary", Some(words::listed(case, one))),
    ];
    Some(record(id(case.readings.get(first.document)?, &local), "Note", properties))
}

/// The link of a relation that is told as certain; a note on both sides of one that is possible or denied.
fn tied(tie: Tie, proofs: Vec<(&str, Option<String>)>) -> Value {
    let kind = lagebild_relations::kind(&tie.kind).filter(|_| tie.certain);
    let mut properties = proofs;
    properties.push(("summary", Some(tie.line)));
    let Some(kind) = kind else {
        properties.extend([("entity", Some(tie.from)), ("entity", Some(tie.to))]);
        return record(tie.id, "Note", properties);
    };
    let (schema, from, to) = match &kind.properties {
        (from, to) if tie.fits => (kind.schema.as_str(), from.as_str(), to.as_str()),
        _ => ("UnknownLink", "subject", "object"),
    };
    properties.extend([(from, Some(tie.from)), (to, Some(tie.to))]);
    // `Family` is the one schema without a state.
    if tie.ended && schema != "Family" {
        properties.push(("status", Some("ended".to_owned())));
    }
    if schema == "UnknownLink" {
        properties.push(("role", Some(kind.label.en.clone())));
    }
    if schema == "Ownership" {
        properties.push(("percentage", tie.share.map(|share| share.to_string())));
    }
    record(tie.id, schema, properties)
}

/// The id of an entity of a case: that of its first appearance, so that it stays when documents are added behind.
pub(crate) fn key(case: &Case, entity: CaseEntityId) -> Option<String> {
    let first = case.get(entity)?.appearances.first()?;
    Some(id(case.readings.get(first.document)?, &first.entity.to_string()))
}

/// What a reading tells, with the ids that its entities have.
fn told(reading: &Reading, resolve: &Resolve) -> Vec<Value> {
    let statements = statements(reading, resolve);
    statements.chain(transfers(reading, resolve)).chain(events(reading, resolve)).collect()
}

/// Gives the id of an entity where its kind has a schema.
type Resolve<'a> = dyn Fn(EntityId) -> Option<String> + 'a;

fn id(reading: &Reading, local: &str) -> String {
    let digest = Sha256::digest(format!("{}\n{}\n{local}", reading.document.sha256, reading.document.source));
    let hex = format!("{digest:x}");
    format!("lagebild-{}", hex.get(..32).unwrap_or(&hex))
}

/// The FollowTheMoney id of an entity, where its kind has a schema.
fn entity_id(reading: &Reading, local: EntityId) -> Option<String> {
    let entity = reading.entities.iter().find(|entity| entity.id == local)?;
    schema(entity.kind, entity.is_state).map(|_| id(reading, &local.to_string()))
}

fn schema(kind: EntityKind, is_state: bool) -> Option<&'static str> {
    match kind {
        EntityKind::Person => Some("Person"),
        EntityKind::Organisation if is_state => Some("PublicBody"),
        EntityKind::Organisation => Some("Organization"),
        EntityKind::Country => Some("PublicBody"),
        EntityKind::Vessel => Some("Vessel"),
        EntityKind::Event => Some("Event"),
        EntityKind::Place => Some("Address"),
        EntityKind::Instrument | EntityKind::Other => None,
    }
}

/// A body that belongs to somebody is a company: only those are assets in the model.
fn asset(schema: &'static str, owned: bool) -> &'static str {
    if owned && schema == "Organization" { "Company" } else { schema }
}

/// ISO 639-1 codes with those of ISO 639-3, which the model wants.
const LANGUAGES: [(&str, &str); 36] = [
    ("ar", "ara"),
    ("be", "bel"),
    ("bg", "bul"),
    ("ca", "cat"),
    ("cs", "ces"),
    ("da", "dan"),
    ("de", "deu"),
    ("el", "ell"),
    ("en", "eng"),
    ("es", "spa"),
    ("et", "est"),
    ("fa", "fas"),
    ("fi", "fin"),
    ("fr", "fra"),
    ("he", "heb"),
    ("hr", "hrv"),
    ("hu", "hun"),
    ("hy", "hye"),
    ("id", "ind"),
    ("it", "ita"),
    ("ja", "jpn"),
    ("ka", "kat"),
    ("ko", "kor"),
    ("lt", "lit"),
    ("lv", "lav"),
    ("nl", "nld"),
    ("pl", "pol"),
    ("pt", "por"),
    ("ro", "ron"),
    ("ru", "rus"),
    ("sk", "slk"),
    ("sr", "srp"),
    ("sv", "swe"),
    ("tr", "tur"),
    ("uk", "ukr"),
    ("zh", "zho"),
];

fn three_letters(code: &str) -> Option<&'static str> {
    let primary = code.split(['-', '_']).next()?;
    LANGUAGES.iter().find(|(short, _)| *short == primary).map(|(_, long)| *long)
}

fn article(reading: &Reading) -> Value {
    let about = &reading.document;
    let mut properties = vec![
        ("title", about.title.clone()),
        ("publishedAt", about.published.map(|day| day.to_string())),
        ("language", about.language.as_deref().and_then(three_letters).map(str::to_owned)),
        ("fileName", Some(about.source.clone())),
        ("bodyText", Some(reading.text.clone())),
        // The model's own field holds SHA-1.
        ("notes", Some(format!("sha256:{}", about.sha256))),
        ("notes", Some(format!("read against {}", reading.stamp.watchlist.lists_in_words()))),
    ];
    properties.extend(reading.warnings.iter().map(|warning| ("notes", Some(format!("warning: {warning}")))));
    record(id(reading, "article"), "Article", properties)
}

fn named(reading: &Reading, entity: &Entity) -> Option<Value> {
    let owned =
        reading.relations.iter().any(|one| one.kind == "owner" && one.to == entity.id && one.is_fact());
    let schema = asset(schema(entity.kind, entity.is_state)?, owned);
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

/// An entity of the case with its names, the documents that prove it, and why they were taken for one.
fn merged(case: &Case, entity: &CaseEntity) -> Option<Value> {
    let owned =
        case.relations.iter().any(|one| one.kind == "owner" && one.to == entity.id && one.is_undisputed());
    let schema = asset(schema(entity.kind, entity.is_state)?, owned);
    let name = if schema == "Address" { "full" } else { "name" };
    let mut properties: Vec<(&str, Option<String>)> = vec![
        (name, Some(entity.name.clone())),
        (if schema == "Person" { "nationality" } else { "country" }, entity.country.clone()),
    ];
    let others = entity.names.iter().skip(1).map(|name| Some(name.clone()));
    properties.extend(others.map(|name| (if schema == "Address" { "remarks" } else { "alias" }, name)));
    for at in &entity.appearances {
        let Some(reading) = case.readings.get(at.document) else { continue };
        properties.push(("proof", Some(id(reading, "article"))));
        let local = reading.entities.iter().find(|local| local.id == at.entity);
        let role = local.and_then(|local| local.role).filter(|_| schema == "Person");
        properties.push(("position", role.map(|span| words::words(reading, span))));
    }
    for hit in &entity.matches {
        properties.push(("notes", Some(format!("may be listed: {} (score {:.2})", hit.party, hit.score))));
    }
    for joined in &entity.joined {
        let source = words::document(case, joined.appearance.document);
        properties.push(("notes", Some(format!("the same in {source}: {}", joined.reasons.join("; ")))));
    }
    Some(record(key(case, entity.id)?, schema, properties))
}

/// That a document names an entity of the case.
fn mention(case: &Case, document: usize, reading: &Reading, entity: &Entity) -> Option<Value> {
    let merged = case.entity(document, entity.id)?;
    let schema =
        schema(merged.kind, merged.is_state).filter(|schema| !matches!(*schema, "Event" | "Address"))?;
    let properties = vec![
        ("document", Some(id(reading, "article"))),
        ("resolved", key(case, merged.id)),
        ("name", Some(entity.name.clone())),
        ("detectedSchema", Some(schema.to_owned())),
        ("contextCountry", entity.country.clone()),
    ];
    Some(record(id(reading, &format!("mention {}", entity.id)), "Mention", properties))
}

fn statements<'a>(reading: &'a Reading, resolve: &'a Resolve) -> impl Iterator<Item = Value> + use<'a> {
    reading.statements.iter().map(move |statement| {
        let mut properties = vec![
            ("description", Some(statement.content.of(&reading.text).to_owned())),
            ("summary", Some(format!("{} {}", words::act(statement.act), statement.certainty))),
            ("proof", Some(id(reading, "article"))),
        ];
        for party in [statement.speaker, statement.channel].into_iter().flatten() {
            properties.push(("entity", resolve(party)));
        }
        record(id(reading, &statement.id.to_string()), "Note", properties)
    })
}

fn transfers<'a>(reading: &'a Reading, resolve: &'a Resolve) -> impl Iterator<Item = Value> + use<'a> {
    reading.transfers.iter().map(move |transfer| {
        let end = |side: Option<EntityId>| side.and_then(resolve);
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

fn events<'a>(reading: &'a Reading, resolve: &'a Resolve) -> impl Iterator<Item = Value> + use<'a> {
    reading.events.iter().map(move |event| {
        let mut properties = vec![
            ("name", Some(format!("{} ({})", event.kind, event.certainty))),
            ("summary", Some(event.span.of(&reading.text).to_owned())),
            ("date", event.date.as_ref().and_then(|range| range.from).map(|day| day.to_string())),
            ("location", event.place.map(|place| words::name(reading, Some(place)).to_owned())),
            ("proof", Some(id(reading, "article"))),
        ];
        for party in &event.participants {
            properties.push(("involved", resolve(*party)));
        }
        record(id(reading, &event.id.to_string()), "Event", properties)
    })
}

/// An entity with multi-valued properties; those without a value are left out.
fn record(id: String, schema: &str, properties: Vec<(&str, Option<String>)>) -> Value {
    let mut map: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (key, value) in properties {
        let values = map.entry(key).or_default();
        values.extend(value.filter(|value| !values.contains(value)));
    }
    map.retain(|_, values| !values.is_empty());
    let mut entity = json!({"schema": schema, "properties": map});
    entity["id"] = Value::String(id);
    entity
}
