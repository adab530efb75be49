//! Who says it, who denies it, and which of them are independent: what is counted are mouths, not papers.

use crate::assertions::Assertion;
use crate::entities::{CaseEntity, CaseEntityId, Lookup};
use crate::origins::Origin;
use crate::sayings::{credit, is_media};
use crate::text;
use crate::ties::Ties;
use jiff::civil::Date;
use lagebild_entities::EntityKind;
use lagebild_reading::Reading;
use lagebild_span::Span;
use lagebild_statements::{Certainty, StatementId};
use lagebild_transfers::{Standing, TransferId};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Share of its runs of words from which on a telling is copied from another.
const COPIED: f64 = 0.6;

/// Somebody who says, doubts or denies a claim, in all documents that tell so.
#[derive(Clone, Debug, Serialize)]
pub struct Voice {
    /// Who says so; none where nobody is named: then `tellings` hold the words.
    pub speaker: Option<CaseEntityId>,
    /// Outlets and agencies through which it came.
    pub channels: Vec<CaseEntityId>,
    /// Whether it is said or denied.
    pub stance: Stance,
    /// How well founded it is told, at best.
    pub standing: Standing,
    /// The day of the first document that tells so.
    pub first: Option<Date>,
    /// Documents that tell so, the earliest first.
    pub documents: Vec<usize>,
    /// Voices of a claim with one number have one origin.
    pub origin: usize,
    /// False where cannot be told whether the origin is independent of the others.
    pub known: bool,
    /// Why it has this origin.
    pub because: String,
    /// Each telling, the earliest first.
    pub tellings: Vec<Telling>,
}

impl Voice {
    /// True for a denial or a doubt.
    pub fn denies(&self) -> bool {
        self.stance != Stance::Says
    }
}

/// What a voice does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Stance {
    Says,
    Doubts,
    Denies,
}

impl Stance {
    fn of(standing: Standing) -> Self {
        match standing {
            Standing::Denied => Self::Denies,
            Standing::Doubted => Self::Doubts,
            _ => Self::Says,
        }
    }
}

/// Where a document tells a claim.
#[derive(Clone, Debug, Serialize)]
pub struct Telling {
    /// Number of the document.
    pub document: usize,
    /// The words.
    pub words: Span,
    /// The words for who says so.
    pub speaker_words: Option<Span>,
    /// The statement in that document.
    pub statement: Option<StatementId>,
    /// The transfer in that document.
    pub transfer: Option<TransferId>,
    /// How sure.
    pub certainty: Certainty,
    /// How well founded.
    pub standing: Standing,
}

/// A change in how a claim is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Turn {
    /// The day of the document.
    pub on: Option<Date>,
    /// The document.
    pub document: usize,
    /// Number of the voice among those of the claim.
    pub voice: usize,
    /// How well founded it is told from then on.
    pub standing: Standing,
}

/// From whom knowledge comes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Source {
    /// The bodies and officials of a state: they speak with one voice.
    State(String),
    Body(CaseEntityId),
    /// An agency's own report.
    Agency(CaseEntityId),
    /// An article that names no source, by its number among the origins of documents.
    Report(usize),
}

/// Whom each person speaks for, and to whom each document is credited.
pub(crate) struct Provenance {
    /// The source of each entity that speaks for another.
    speaks_for: BTreeMap<CaseEntityId, Source>,
    credits: Vec<Option<CaseEntityId>>,
    media: BTreeSet<CaseEntityId>,
    /// The persons and bodies that each document names, outlets aside.
    named: Vec<BTreeSet<CaseEntityId>>,
    /// The origin of each document, by its number.
    reports: Vec<usize>,
}

impl Provenance {
    pub(crate) fn of(
        readings: &[Reading],
        ties: &[Ties],
        lookup: &Lookup,
        entities: &[CaseEntity],
        origins: &[Origin],
    ) -> Self {
        let mut speaks_for: BTreeMap<CaseEntityId, Source> = BTreeMap::new();
        for entity in entities {
            let state = entity.is_state || entity.kind == EntityKind::Country;
            if let Some(country) = entity.country.as_ref().filter(|_| state) {
                speaks_for.insert(entity.id, Source::State(country.clone()));
            }
        }
        for (document, (reading, ties)) in readings.iter().zip(ties).enumerate() {
            for person in reading.entities.iter().filter(|entity| entity.kind == EntityKind::Person) {
                let Some(id) = lookup.find(document, person.id).map(|entity| entity.id) else { continue };
                let bodies = ties.bodies(person.id).filter_map(|body| lookup.find(document, body));
                let body =
                    bodies.filter(|body| body.kind == EntityKind::Organisation).min_by_key(|one| one.id);
                if let Some(body) = body {
                    let source = speaks_for.get(&body.id).cloned().unwrap_or(Source::Body(body.id));
                    speaks_for.entry(id).or_insert(source);
                }
            }
        }
        let credit = |(document, reading): (usize, &Reading)| {
            credit(reading).and_then(|id| lookup.find(document, id)).map(|entity| entity.id)
        };
        let outlets = readings.iter().enumerate().flat_map(|(document, reading)| {
            let outlets = reading.entities.iter().filter(|entity| is_media(reading, entity.id));
            outlets.filter_map(move |entity| lookup.find(document, entity.id)).map(|entity| entity.id)
        });
        let named = |(document, reading): (usize, &Reading)| {
            let entities = reading.entities.iter().filter(|entity| !is_media(reading, entity.id));
            let acts = |kind| matches!(kind, EntityKind::Person | EntityKind::Organisation);
            let entities = entities.filter(|entity| acts(entity.kind));
            entities.filter_map(|entity| Some(lookup.find(document, entity.id)?.id)).collect()
        };
        let mut reports: Vec<usize> = (0..readings.len()).collect();
        for (at, origin) in origins.iter().enumerate() {
            for document in &origin.documents {
                if let Some(report) = reports.get_mut(*document) {
                    *report = at;
                }
            }
        }
        Self {
            reports,
            speaks_for,
            named: readings.iter().enumerate().map(named).collect(),
            media: outlets.collect(),
            credits: readings.iter().enumerate().map(credit).collect(),
        }
    }

    /// The origin of a document.
    fn report(&self, document: usize) -> usize {
        self.reports.get(document).copied().unwrap_or(document)
    }

    /// From whom the knowledge of a telling comes, whether that is known, and why.
    fn source(&self, one: &Assertion) -> (Source, bool, &'static str) {
        let report = || Source::Report(self.report(one.document));
        let credited = self.credits.get(one.document).copied().flatten();
        match one.speaker {
            Some(speaker) if self.media.contains(&speaker) => {
                (Source::Agency(speaker), true, "an outlet's report")
            }
            Some(speaker) => match self.speaks_for.get(&speaker) {
                Some(source @ Source::State(_)) => (source.clone(), true, "speaks for a state"),
                Some(source) => (source.clone(), true, "speaks for a body"),
                None => (Source::Body(speaker), true, "is quoted"),
            },
            None if one.speaker_words.is_some() => (report(), false, "the source is not named"),
            None => match one.channel.or(credited) {
                Some(agency) => (Source::Agency(agency), true, "an agency's report"),
                None => (report(), false, "no source is given"),
            },
        }
    }
}

/// The voices of a claim, the first one first.
pub(crate) fn voices(readings: &[Reading], group: &[&Assertion], provenance: &Provenance) -> Vec<Voice> {
    let mut ordered: Vec<&Assertion> = group.to_vec();
    ordered.sort_by_key(|one| (one.published.is_none(), one.published, one.document, one.denies()));
    let mut sourced: Vec<(Source, bool, &'static str)> =
        ordered.iter().map(|one| provenance.source(one)).collect();
    fold_unknown(readings, &ordered, &mut sourced, provenance);
    let mut numbers: Vec<Source> = Vec::new();
    let mut voices: Vec<Voice> = Vec::new();
    for (one, (source, known, because)) in ordered.into_iter().zip(sourced) {
        let origin = numbers.iter().position(|other| *other == source).unwrap_or_else(|| {
            numbers.push(source);
            numbers.len() - 1
        });
        let stance = Stance::of(one.standing);
        let same = |voice: &&mut Voice| {
            voice.origin == origin && voice.speaker == one.speaker && voice.stance == stance
        };
        match voices.iter_mut().find(same) {
            Some(voice) => voice.add(one),
            None => voices.push(Voice::new(one, origin, known, because)),
        }
    }
    voices
}

/// A telling without a source has that of the same report, if it names one, of the telling that it copies, or of somebody who
/// is named in its document and says so elsewhere ("the trader denied it").
fn fold_unknown(
    readings: &[Reading],
    tellings: &[&Assertion],
    sourced: &mut [(Source, bool, &'static str)],
    provenance: &Provenance,
) {
    if sourced.iter().all(|(_, known, _)| *known) {
        return;
    }
    let runs: Vec<BTreeSet<u64>> = tellings
        .iter()
        .map(|one| {
            readings
                .get(one.document)
                .map(|reading| lagebild_copies::shingles_of(one.words.of(&reading.text)))
        })
        .map(Option::unwrap_or_default)
        .collect();
    for at in 0..tellings.len() {
        if sourced[at].1 {
            continue;
        }
        let one = tellings[at];
        let same_report =
            |other: &usize| provenance.report(tellings[*other].document) == provenance.report(one.document);
        let copied = |other: &usize| text::contained(&runs[at], &runs[*other]) >= COPIED;
        let tells_elsewhere = |other: &usize| {
            let here = provenance.named.get(one.document);
            tellings[*other].speaker.is_some_and(|speaker| here.is_some_and(|here| here.contains(&speaker)))
        };
        let others =
            (0..tellings.len()).filter(|other| *other != at && tellings[*other].denies() == one.denies());
        let alike = |other: &usize| same_report(other) || copied(other);
        let known: Vec<usize> = others.clone().filter(|other| sourced[*other].1).collect();
        let found = known
            .iter()
            .copied()
            .find(alike)
            .map(|other| (other, "a copy or the same report"))
            .or_else(|| {
                known
                    .iter()
                    .copied()
                    .find(tells_elsewhere)
                    .map(|other| (other, "names who says so elsewhere"))
            })
            .or_else(|| {
                others.take_while(|other| *other < at).find(alike).map(|other| (other, "the same report"))
            });
        if let Some((other, because)) = found {
            let (source, known, _) = sourced[other].clone();
            sourced[at] = (source, known, because);
        }
    }
}

impl Voice {
    fn new(one: &Assertion, origin: usize, known: bool, because: &str) -> Self {
        let mut voice = Self {
            speaker: one.speaker,
            channels: Vec::new(),
            stance: Stance::of(one.standing),
            standing: one.standing,
            first: one.published,
            documents: Vec::new(),
            origin,
            known,
            because: because.to_owned(),
            tellings: Vec::new(),
        };
        voice.add(one);
        voice
    }

    fn add(&mut self, one: &Assertion) {
        if let Some(channel) = one.channel.filter(|channel| !self.channels.contains(channel)) {
            self.channels.push(channel);
        }
        if !self.documents.contains(&one.document) {
            self.documents.push(one.document);
        }
        self.standing = self.standing.min(one.standing);
        self.tellings.push(Telling {
            document: one.document,
            words: one.words,
            speaker_words: one.speaker_words,
            statement: one.statement,
            transfer: one.transfer,
            certainty: one.certainty,
            standing: one.standing,
        });
    }
}

/// When a claim was told as better or worse founded than before.
pub(crate) fn history(readings: &[Reading], voices: &[Voice]) -> Vec<Turn> {
    let day = |document: usize| readings.get(document).and_then(|reading| reading.document.published);
    let mut told: Vec<Turn> = Vec::new();
    for (number, voice) in voices.iter().enumerate() {
        told.extend(voice.tellings.iter().map(|telling| Turn {
            on: day(telling.document),
            document: telling.document,
            voice: number,
            standing: telling.standing,
        }));
    }
    told.sort_by_key(|turn| (turn.on.is_none(), turn.on, turn.document, turn.voice));
    told.dedup_by_key(|turn| turn.standing);
    told
}
