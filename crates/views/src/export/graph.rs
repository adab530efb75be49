//! The case as nodes and links, which several forms write down.

use crate::lists::Lists;
use crate::words;
use lagebild_case::{Case, CaseEntity, CaseEntityId, CaseRelation, Claim, What};
use lagebild_entities::EntityKind;
use lagebild_transfers::Standing;
use std::collections::BTreeSet;

/// A link between two entities.
pub(super) struct Link {
    pub(super) from: CaseEntityId,
    pub(super) to: CaseEntityId,
    /// `transfer`, `says`, `denies`, the kind of a relation or the type of an event.
    pub(super) kind: String,
    /// What it is, in words.
    pub(super) label: String,
    /// ISO 8601; empty where it is not known.
    pub(super) date: String,
    pub(super) standing: &'static str,
    /// Independent origins that tell of it, and that deny it.
    pub(super) origins: usize,
    pub(super) denials: usize,
    /// Sources of the documents.
    pub(super) sources: String,
}

impl Link {
    /// What is told of it, by the names of fields.
    pub(super) fn values(&self) -> [(&'static str, String); 6] {
        [
            ("what", self.label.clone()),
            ("standing", self.standing.to_owned()),
            ("date", self.date.clone()),
            ("origins", self.origins.to_string()),
            ("denials", self.denials.to_string()),
            ("sources", self.sources.clone()),
        ]
    }
}

/// What is told of an entity, by the names of fields.
pub(super) fn of_node(node: &CaseEntity, lists: &Lists) -> [(&'static str, String); 4] {
    let listed: Vec<&str> = node.matches.iter().map(|hit| hit.party.as_str()).collect();
    [
        ("kind", kind(node).to_owned()),
        ("country", node.country.clone().unwrap_or_default()),
        ("listed", listed.join("; ")),
        ("lists", lists.told(node).join("; ")),
    ]
}

/// The entities that are linked, or named in several documents.
pub(super) fn nodes<'c>(case: &'c Case, links: &[Link]) -> Vec<&'c CaseEntity> {
    let linked: BTreeSet<CaseEntityId> = links.iter().flat_map(|link| [link.from, link.to]).collect();
    let several = |entity: &CaseEntity| {
        let mut documents: Vec<usize> = entity.appearances.iter().map(|at| at.document).collect();
        documents.dedup();
        documents.len() > 1 && !entity.is_media
    };
    case.entities.iter().filter(|entity| linked.contains(&entity.id) || several(entity)).collect()
}

/// What a node is, in a word.
pub(crate) fn kind(entity: &CaseEntity) -> &'static str {
    match entity.kind {
        EntityKind::Person => "person",
        EntityKind::Organisation => "organisation",
        EntityKind::Country => "country",
        EntityKind::Place => "place",
        EntityKind::Vessel => "vessel",
        EntityKind::Instrument => "instrument",
        EntityKind::Event => "event",
        EntityKind::Other => "other",
    }
}

/// The links: claimed transfers, who says or denies them, relations, and events of two.
pub(super) fn links(case: &Case) -> Vec<Link> {
    let mut links: Vec<Link> = case.claims.iter().flat_map(|claim| of_claim(case, claim)).collect();
    links.extend(case.relations.iter().map(|relation| of_relation(case, relation)));
    for (document, reading) in case.readings.iter().enumerate() {
        for event in &reading.events {
            let ids: Vec<CaseEntityId> =
                event.participants.iter().filter_map(|id| words::case_id(case, document, *id)).collect();
            let date = event.date.as_ref().and_then(|range| range.from);
            for (at, from) in ids.iter().enumerate() {
                links.extend(ids.iter().skip(at + 1).filter(|to| *to != from).map(|to| Link {
                    from: *from,
                    to: *to,
                    kind: event.kind.clone(),
                    label: words::words(reading, event.span),
                    date: date.map(|day| day.to_string()).unwrap_or_default(),
                    standing: words::certainty(event.certainty),
                    origins: 1,
                    denials: 0,
                    sources: words::document(case, document),
                }));
            }
        }
    }
    links
}

/// A relation is no surer than its surest telling; where somebody denies it, it is open.
fn of_relation(case: &Case, relation: &CaseRelation) -> Link {
    let documents: BTreeSet<usize> = relation.told.iter().map(|one| one.document).collect();
    let sources: Vec<String> = documents.iter().map(|at| words::document(case, *at)).collect();
    let label = lagebild_relations::kind(&relation.kind).map_or("", |kind| kind.label.en.as_str());
    let negative = relation.told.iter().filter(|one| one.certainty.is_negative()).count();
    let first = relation.told.first().map_or("open", |one| words::certainty(one.certainty));
    let disputed = negative > 0 && negative < relation.told.len();
    Link {
        from: relation.from,
        to: relation.to,
        kind: relation.kind.clone(),
        label: if relation.ended { format!("{label}, no longer") } else { label.to_owned() },
        date: String::new(),
        standing: if relation.is_undisputed() {
            "certain"
        } else if disputed {
            "open"
        } else {
            first
        },
        origins: documents.len(),
        denials: negative,
        sources: sources.join("; "),
    }
}

fn of_claim(case: &Case, claim: &Claim) -> Vec<Link> {
    let sources = |documents: &BTreeSet<usize>| {
        documents.iter().map(|at| words::document(case, *at)).collect::<Vec<_>>().join("; ")
    };
    let all: BTreeSet<usize> =
        claim.voices.iter().flat_map(|voice| voice.documents.iter().copied()).collect();
    let standing = claim.voices.iter().map(|voice| voice.standing).min().unwrap_or(Standing::Open);
    let first = claim.voices.iter().filter_map(|voice| voice.first).min();
    let label = words::claim(case, claim);
    let mut links = Vec::new();
    if let (Some(from), Some(to)) = (claim.giver, claim.receiver) {
        links.push(Link {
            from,
            to,
            kind: "transfer".to_owned(),
            label: words::goods(claim.class.as_deref()).to_owned(),
            date: first.map(|day| day.to_string()).unwrap_or_default(),
            standing: words::standing(standing),
            origins: claim.origins,
            denials: claim.denials,
            sources: sources(&all),
        });
    }
    let subject = claim.receiver.or(claim.giver).or(claim.about.first().copied());
    for voice in &claim.voices {
        let (Some(from), Some(to)) = (voice.speaker, subject) else { continue };
        links.push(Link {
            from,
            to,
            kind: if voice.denies() { "denies" } else { "says" }.to_owned(),
            label: label.clone(),
            date: voice.first.map(|day| day.to_string()).unwrap_or_default(),
            standing: words::standing(voice.standing),
            origins: 1,
            denials: 0,
            sources: sources(&voice.documents.iter().copied().collect()),
        });
    }
    links.retain(|link| link.from != link.to);
    links
}

/// Moments of the timeline that are events, with their documents.
pub(super) fn events(case: &Case) -> impl Iterator<Item = (usize, &lagebild_transfers::Event)> {
    case.timeline.iter().filter_map(|moment| {
        let What::Event(id) = moment.what else { return None };
        let reading = case.readings.get(moment.document)?;
        Some((moment.document, reading.events.iter().find(|event| event.id == id)?))
    })
}
