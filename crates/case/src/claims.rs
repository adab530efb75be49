//! What is claimed, gathered over documents and languages: assertions about the same thing are one claim.

use crate::assertions::Assertion;
use crate::entities::{CaseEntityId, Lookup};
use crate::gather::gather;
use crate::voices::{Provenance, Turn, Voice, history, voices};
use lagebild_reading::Reading;
use lagebild_statements::Certainty;
use lagebild_transfers::{Standing, Transfer, TransferId};
use serde::{Serialize, Serializer};
use std::collections::{BTreeMap, BTreeSet};

/// A claim's number in its case; written `k1`, `k2`, ….
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClaimId(pub u32);

impl std::fmt::Display for ClaimId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "k{}", self.0)
    }
}

impl Serialize for ClaimId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// One thing that is claimed, with every document that tells of it.
#[derive(Clone, Debug, Serialize)]
pub struct Claim {
    /// Its id in the case.
    pub id: ClaimId,
    /// From whom something is said to go; none where no telling names a giver, and where it is about something else.
    pub giver: Option<CaseEntityId>,
    /// To whom.
    pub receiver: Option<CaseEntityId>,
    /// Class of goods.
    pub class: Option<String>,
    /// Who and what it is about, in order of id.
    pub about: Vec<CaseEntityId>,
    /// Number of independent origins that tell of it and do not only deny it: at least so many. Copies, translations and
    /// reports of one mouth count once.
    pub origins: usize,
    /// Number of further origins of which cannot be told whether they are independent.
    pub origins_unknown: usize,
    /// Number of independent origins in which it is denied or doubted.
    pub denials: usize,
    /// Number of further origins of denials of which that cannot be told.
    pub denials_unknown: usize,
    /// Who says so and who denies it, the first one first.
    pub voices: Vec<Voice>,
    /// How it changed over time: each time that it was told as better or worse founded than before.
    pub history: Vec<Turn>,
    /// Each telling as a transfer, in document order.
    pub told: Vec<Told>,
}

/// One document's telling of a claim as a transfer.
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

/// The claims of a case: all that tell of a transfer, and statements that several documents tell. Those with most independent
/// origins come first.
pub(crate) fn claims(
    readings: &[Reading],
    assertions: &[Assertion],
    lookup: &Lookup,
    provenance: &Provenance,
) -> Vec<Claim> {
    let groups = gather(assertions);
    let several = |group: &Vec<&Assertion>| {
        let documents: BTreeSet<usize> = group.iter().map(|one| one.document).collect();
        documents.len() > 1 || group.iter().any(|one| one.transfer.is_some())
    };
    let mut claims: Vec<Claim> = groups
        .into_iter()
        .map(|group| group.into_iter().filter_map(|at| assertions.get(at)).collect())
        .filter(several)
        .map(|group: Vec<&Assertion>| claim(readings, &group, lookup, provenance))
        .collect();
    claims.sort_by_key(|claim| {
        let documents: usize = claim.voices.iter().map(|voice| voice.documents.len()).sum();
        std::cmp::Reverse((claim.origins, documents))
    });
    for (at, claim) in claims.iter_mut().enumerate() {
        claim.id = ClaimId(at as u32 + 1);
    }
    claims
}

fn claim(readings: &[Reading], group: &[&Assertion], lookup: &Lookup, provenance: &Provenance) -> Claim {
    let transfer = |one: &&Assertion| {
        let id = one.transfer?;
        let reading = readings.get(one.document)?;
        Some((one.document, reading.transfers.iter().find(|transfer| transfer.id == id)?))
    };
    let transfers: Vec<(usize, &Transfer)> = group.iter().filter_map(transfer).collect();
    let side = |side: fn(&Transfer) -> Option<lagebild_entities::EntityId>| {
        let ids = transfers.iter().filter_map(|(document, transfer)| lookup.find(*document, side(transfer)?));
        most(ids.map(|entity| entity.id))
    };
    let (giver, receiver) = (side(|transfer| transfer.giver), side(|transfer| transfer.receiver));
    let class = most(transfers.iter().filter_map(|(_, transfer)| transfer.class.clone()));
    let voices = voices(readings, group, provenance);
    let count = |denies: bool, known: bool| {
        let some = voices.iter().filter(|voice| voice.denies() == denies && voice.known == known);
        some.map(|voice| voice.origin).collect::<BTreeSet<_>>().len()
    };
    // What is told at all has one origin at least.
    let least = |denies| match (count(denies, true), count(denies, false)) {
        (0, unknown) => (unknown.min(1), unknown.saturating_sub(1)),
        known => known,
    };
    let ((origins, origins_unknown), (denials, denials_unknown)) = (least(false), least(true));
    let history = history(readings, &voices);
    Claim {
        id: ClaimId(0),
        giver,
        receiver,
        class,
        about: about(group, lookup),
        origins,
        origins_unknown,
        denials,
        denials_unknown,
        voices,
        history,
        told: group.iter().filter_map(|one| told(one)).collect(),
    }
}

fn told(one: &Assertion) -> Option<Told> {
    Some(Told {
        document: one.document,
        transfer: one.transfer?,
        source: one.speaker,
        certainty: one.certainty,
        standing: one.standing,
    })
}

/// The value that occurs most, the first of several.
fn most<T: Ord + Clone>(values: impl Iterator<Item = T>) -> Option<T> {
    let mut counts: BTreeMap<T, (usize, usize)> = BTreeMap::new();
    for (at, value) in values.enumerate() {
        counts.entry(value).or_insert((0, at)).0 += 1;
    }
    let best = counts.into_iter().max_by_key(|(_, (count, at))| (*count, std::cmp::Reverse(*at)));
    best.map(|(value, _)| value)
}

/// Whom the parties of the assertions stand for.
fn about(group: &[&Assertion], lookup: &Lookup) -> Vec<CaseEntityId> {
    let parties: BTreeSet<_> = group.iter().flat_map(|one| &one.matter.parties).collect();
    let ids: BTreeSet<CaseEntityId> = parties.into_iter().filter_map(|party| lookup.denoted(party)).collect();
    ids.into_iter().collect()
}
