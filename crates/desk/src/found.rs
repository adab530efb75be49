//! What there is to decide in a reading. A pure function.

use crate::hash::sha256;
use crate::model::{Found, ItemKind, Listed, Place, folded};
use lagebild_document::Document;
use lagebild_entities::{Entity, EntityId, EntityKind, Match};
use lagebild_names::{Name, NameKind, Options, Record, THRESHOLD, compare_records};
use lagebild_reading::{Reading, TransferFinding};
use lagebild_transfers::{Standing, Transfer};
use lagebild_watchlist::{Party, Watchlist};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Bytes shown on each side of the words that an item rests on.
const AROUND: usize = 120;

/// A document as it was read: enough to read it again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Archived {
    /// All but text and warnings.
    pub document: Document,
    /// What was odd about the input.
    pub warnings: Vec<String>,
    /// The text.
    pub text: String,
}

impl From<Document> for Archived {
    fn from(mut document: Document) -> Self {
        let (text, warnings) = (std::mem::take(&mut document.text), std::mem::take(&mut document.warnings));
        Self { document, warnings, text }
    }
}

impl From<Archived> for Document {
    fn from(archived: Archived) -> Self {
        Self { text: archived.text, warnings: archived.warnings, ..archived.document }
    }
}

/// What there is to decide in a reading, in order of the text; `number` is the document's in its case.
pub fn found(reading: &Reading, watchlist: &Watchlist, number: u64) -> Vec<Found> {
    let hits = reading.entities.iter().flat_map(|entity| hits(reading, entity, watchlist, number));
    let flows = reading.transfers.iter().map(|transfer| flow(reading, transfer, number));
    hits.chain(flows).chain(findings(reading, number)).collect()
}

/// Who is named that a list may name one day.
pub(crate) fn names(reading: &Reading) -> Vec<(String, String)> {
    let mut names: Vec<(String, String)> = reading
        .entities
        .iter()
        .filter_map(|entity| Some((schema(entity.kind)?.to_owned(), entity.name.clone())))
        .collect();
    names.sort();
    names.dedup();
    names
}

fn schema(kind: EntityKind) -> Option<&'static str> {
    match kind {
        EntityKind::Person => Some("Person"),
        EntityKind::Organisation => Some("Organization"),
        EntityKind::Vessel => Some("Vessel"),
        _ => None,
    }
}

/// One for each group of parties that are taken for one.
fn hits(reading: &Reading, entity: &Entity, watchlist: &Watchlist, number: u64) -> Vec<Found> {
    let takes_part = reading
        .transfers
        .iter()
        .any(|transfer| [transfer.giver, transfer.receiver, transfer.carrier].contains(&Some(entity.id)));
    let place = entity_place(reading, entity.id, number);
    let groups = same_parties(&entity.matches, watchlist);
    groups
        .into_iter()
        .map(|group| {
            let best = group.iter().map(|hit| hit.score).fold(0.0, f64::max);
            Found {
                kind: ItemKind::Hit,
                key: folded(&entity.name),
                name: entity.name.clone(),
                rank: rank(best * 0.8 + if takes_part { 0.2 } else { 0.0 }),
                parties: group.iter().map(|hit| listed(reading, hit)).collect(),
                details: role(reading, entity).into_iter().collect(),
                places: place.iter().cloned().collect(),
                remembered: None,
            }
        })
        .collect()
}

fn role(reading: &Reading, entity: &Entity) -> Option<String> {
    let role = entity.role.map(|span| span.of(&reading.text).to_owned());
    role.filter(|role| !role.is_empty()).map(|role| format!("called “{role}”"))
}

fn listed(reading: &Reading, hit: &Match) -> Listed {
    let listing = reading.listings.iter().find(|listing| listing.party == hit.party);
    Listed {
        party: hit.party.clone(),
        name: listing.map_or_else(|| hit.name.clone(), |listing| listing.name.clone()),
        score: hit.score,
        birth: listing.map(|listing| listing.birth.clone()).unwrap_or_default(),
        programmes: listing.map(|listing| listing.programmes.clone()).unwrap_or_default(),
        listed: listing.map(|listing| listing.listed.clone()).unwrap_or_default(),
        why: hit.explanation.clone(),
    }
}

/// The matches in groups: parties of different lists that are probably one, by names and days of birth. One list does not
/// list somebody twice, so two of its parties are two.
fn same_parties<'m>(matches: &'m [Match], watchlist: &Watchlist) -> Vec<Vec<&'m Match>> {
    let mut groups: Vec<(Vec<&Match>, Record)> = Vec::new();
    for hit in matches {
        let record = watchlist.party(&hit.party).map(|party| record(&party)).unwrap_or_default();
        let fits = |(group, first): &(Vec<&Match>, Record)| {
            group.iter().all(|other| other.list != hit.list)
                && compare_records(&record, first, Options::default()).score >= THRESHOLD
        };
        match groups.iter().position(fits) {
            Some(at) => groups[at].0.push(hit),
            None => groups.push((vec![hit], record)),
        }
    }
    groups.into_iter().map(|(group, _)| group).collect()
}

fn record(party: &Party) -> Record {
    let kind = NameKind::of_schema(&party.schema);
    let all = |property: &str| party.properties.get(property).cloned().unwrap_or_default();
    let imo = all("imoNumber").into_iter().map(|number| ("imo".to_owned(), number));
    Record {
        names: party.names.iter().map(|name| Name::parse(&name.full, kind)).collect(),
        birth_dates: all("birthDate"),
        identifiers: imo.collect(),
        ..Record::default()
    }
}

fn name_of(reading: &Reading, id: Option<EntityId>) -> Option<&str> {
    reading.entities.iter().find(|entity| Some(entity.id) == id).map(|entity| entity.name.as_str())
}

/// Giver, receiver and what goes, in words.
fn sides<'r>(reading: &'r Reading, transfer: &'r Transfer) -> (&'r str, &'r str, &'r str) {
    let words = |span: Option<lagebild_span::Span>| span.map(|span| span.of(&reading.text));
    let giver = name_of(reading, transfer.giver).or(words(transfer.giver_words));
    let receiver = name_of(reading, transfer.receiver).or(words(transfer.receiver_words));
    let item = transfer.class.as_deref().unwrap_or_else(|| transfer.item.of(&reading.text));
    (giver.unwrap_or("?"), receiver.unwrap_or("?"), item)
}

/// The same flow told of in another document has the same key; what is said to be and what is said not to be are two.
fn flow_key(reading: &Reading, transfer: &Transfer) -> String {
    let (giver, receiver, item) = sides(reading, transfer);
    let sign = if transfer.standing().is_negative() { "-" } else { "+" };
    format!("{sign} {} > {}: {}", folded(giver), folded(receiver), folded(item))
}

fn flow_name(reading: &Reading, transfer: &Transfer) -> String {
    let (giver, receiver, item) = sides(reading, transfer);
    let arrow = if transfer.standing().is_negative() { "-x->" } else { "-->" };
    format!("{giver} {arrow} {receiver}: {item}")
}

/// A share of 1 as a rank.
#[expect(clippy::cast_sign_loss, reason = "it is between 0 and 1")]
pub(crate) fn rank(share: f64) -> u32 {
    (share.clamp(0.0, 1.0) * 1000.0).round() as u32
}

/// How much a standing weighs, 0 to 1.
fn weight(standing: Standing) -> f32 {
    match standing {
        Standing::Certain => 1.0,
        Standing::Probable => 0.9,
        Standing::Planned => 0.8,
        Standing::Possible => 0.7,
        Standing::Wished | Standing::Open => 0.5,
        Standing::Cancelled | Standing::Doubted | Standing::Denied => 0.4,
    }
}

fn word(standing: Standing) -> String {
    let json = serde_json::to_value(standing).unwrap_or_default();
    json.as_str().unwrap_or_default().to_owned()
}

fn flow(reading: &Reading, transfer: &Transfer, number: u64) -> Found {
    let standing = transfer.standing();
    let mut details =
        vec![format!("{}, {:.0} % sure of the sides", word(standing), transfer.confidence * 100.0)];
    details.extend(name_of(reading, transfer.source).map(|source| format!("says {source}")));
    Found {
        kind: ItemKind::Flow,
        key: flow_key(reading, transfer),
        name: flow_name(reading, transfer),
        rank: rank(f64::from(0.7 * transfer.confidence * weight(standing))),
        parties: Vec::new(),
        details,
        places: vec![place(reading, transfer.item, number)],
        remembered: None,
    }
}

/// How much a verdict weighs, 0 to 1; none for what asks for no decision.
fn verdict(code: &str) -> Option<f32> {
    match code {
        "touched" => Some(0.95),
        "touched_indirectly" => Some(0.8),
        "cap_quantity_unknown" | "exception_may_apply" => Some(0.7),
        "possible" => Some(0.5),
        _ => None,
    }
}

/// One for each flow and regime: the provisions of a regime are decided together.
fn findings(reading: &Reading, number: u64) -> Vec<Found> {
    let mut groups: BTreeMap<(String, &str), Vec<(&TransferFinding, &Transfer)>> = BTreeMap::new();
    for finding in &reading.findings {
        let transfer = reading.transfers.iter().find(|transfer| transfer.id == finding.transfer);
        let Some(transfer) = transfer else { continue };
        if verdict(finding.finding.verdict.code()).is_some() {
            let key = (flow_key(reading, transfer), finding.finding.regime.as_str());
            groups.entry(key).or_default().push((finding, transfer));
        }
    }
    groups
        .into_iter()
        .filter_map(|((key, regime), group)| finding(reading, &key, regime, &group, number))
        .collect()
}

fn finding(
    reading: &Reading,
    key: &str,
    regime: &str,
    group: &[(&TransferFinding, &Transfer)],
    number: u64,
) -> Option<Found> {
    let (_, transfer) = group.first()?;
    let best =
        group.iter().filter_map(|(finding, _)| verdict(finding.finding.verdict.code())).fold(0.0, f32::max);
    let mut details: Vec<String> = group
        .iter()
        .map(|(finding, _)| {
            let verdict = finding.finding.verdict.code().replace('_', " ");
            format!("{verdict} ({}): {}", word(finding.standing), finding.finding.citation())
        })
        .collect();
    details.dedup();
    let mut places: Vec<Place> = group.iter().map(|(_, each)| place(reading, each.item, number)).collect();
    places.dedup();
    Some(Found {
        kind: ItemKind::Finding,
        key: format!("{regime} {key}"),
        name: format!("{regime}: {}", flow_name(reading, transfer)),
        rank: rank(f64::from(best * transfer.confidence * weight(transfer.standing()))),
        parties: Vec::new(),
        details,
        places,
        remembered: None,
    })
}

/// Where an entity is named first.
fn entity_place(reading: &Reading, id: EntityId, number: u64) -> Option<Place> {
    let mention = reading.mentions.iter().find(|mention| mention.entity == id)?;
    Some(place(reading, mention.span, number))
}

/// Words with what stands around them on their line.
fn place(reading: &Reading, span: lagebild_span::Span, document: u64) -> Place {
    Place { document, start: span.start(), end: span.end(), words: around(&reading.text, span) }
}

/// The words of a span with some of its line on both sides, cut at characters.
pub(crate) fn around(text: &str, span: lagebild_span::Span) -> String {
    let mut from = (span.start() as usize).saturating_sub(AROUND).min(text.len());
    let mut to = (span.end() as usize + AROUND).min(text.len());
    while !text.is_char_boundary(from) {
        from -= 1;
    }
    while !text.is_char_boundary(to) {
        to += 1;
    }
    let before = text.get(from..span.start() as usize).unwrap_or_default();
    let after = text.get(span.end() as usize..to).unwrap_or_default();
    let before = before.rsplit('\n').next().unwrap_or_default();
    let after = after.split('\n').next().unwrap_or_default();
    format!("{before}{}{after}", span.of(text)).trim().to_owned()
}

/// The archived document as the bytes that are hashed and kept.
pub(crate) fn archived_json(archived: &Archived) -> Result<(String, String), serde_json::Error> {
    let json = serde_json::to_string(archived)?;
    let hash = sha256(json.as_bytes());
    Ok((json, hash))
}
