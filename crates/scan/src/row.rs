//! A reading as a row: what is asked of many documents at once, with names beside ids, so that no column has to be joined.

use jiff::civil::Date;
use lagebild_entities::{Entity, EntityId, EntityKind, Form, Match};
use lagebild_measures::Verdict;
use lagebild_reading::{Reading, TransferFinding};
use lagebild_span::Span;
use lagebild_statements::{Act, Certainty, Manner, Statement, StatementId};
use lagebild_transfers::{Quantity, Standing, Status, Transfer, TransferId};
use serde::Serialize;

/// What is answered for a document, beside its `id`. All but the error is null where it was not read.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Row<'r> {
    sha256: Option<&'r str>,
    language: Option<&'r str>,
    title: Option<&'r str>,
    published: Option<Date>,
    as_of: Option<Date>,
    hits: Option<Vec<Hit<'r>>>,
    statements: Option<Vec<Said<'r>>>,
    transfers: Option<Vec<Going<'r>>>,
    findings: Option<Vec<Found<'r>>>,
    warnings: Option<&'r [String]>,
    error: Option<&'r str>,
}

/// Words that name somebody who may be listed.
#[derive(Debug, Serialize)]
struct Hit<'r> {
    #[serde(flatten)]
    span: Span,
    form: Form,
    entity: EntityId,
    kind: EntityKind,
    name: &'r str,
    parties: Vec<Listed<'r>>,
}

/// A listed party that is perhaps meant.
#[derive(Debug, Serialize)]
struct Listed<'r> {
    list: &'r str,
    party: &'r str,
    name: &'r str,
    score: f64,
}

/// Somebody who takes part: the entity, where it is one, and the words, where there are some.
#[derive(Debug, Serialize)]
struct Side<'r> {
    entity: Option<EntityId>,
    name: Option<&'r str>,
    country: Option<&'r str>,
    start: Option<u32>,
    end: Option<u32>,
}

#[derive(Debug, Serialize)]
struct Said<'r> {
    id: StatementId,
    content: Span,
    cue: Option<Span>,
    speaker: Option<Side<'r>>,
    channel: Option<Side<'r>>,
    addressee: Option<Side<'r>>,
    manner: Manner,
    certainty: Certainty,
    act: Act,
    within: Option<StatementId>,
    confidence: f32,
}

#[derive(Debug, Serialize)]
struct Going<'r> {
    id: TransferId,
    giver: Option<Side<'r>>,
    receiver: Option<Side<'r>>,
    item: Span,
    class: Option<&'r str>,
    quantity: Option<&'r Quantity>,
    from: Option<Date>,
    to: Option<Date>,
    certainty: Certainty,
    status: Status,
    standing: Standing,
    source: Option<Side<'r>>,
    statement: Option<StatementId>,
    carrier: Option<Side<'r>>,
    via: Option<Side<'r>>,
    end_user: Option<Side<'r>>,
    confidence: f32,
}

#[derive(Debug, Serialize)]
struct Found<'r> {
    transfer: TransferId,
    item: Option<Span>,
    standing: Standing,
    measure: Option<&'r str>,
    regime: &'r str,
    issuer: &'r str,
    instrument: Option<&'r str>,
    paragraph: Option<&'r str>,
    verdict: Verdict,
    why: &'r str,
    missing: &'r [String],
    exceptions: &'r [String],
    source: Option<&'r str>,
}

impl<'r> Row<'r> {
    /// The row of a document that was read.
    pub(crate) fn of(reading: &'r Reading) -> Self {
        let about = &reading.document;
        Self {
            sha256: Some(&about.sha256),
            language: about.language.as_deref(),
            title: about.title.as_deref(),
            published: about.published,
            as_of: Some(reading.stamp.as_of),
            hits: Some(hits(reading)),
            statements: Some(reading.statements.iter().map(|one| said(reading, one)).collect()),
            transfers: Some(reading.transfers.iter().map(|one| going(reading, one)).collect()),
            findings: Some(reading.findings.iter().map(|one| found(reading, one)).collect()),
            warnings: Some(&reading.warnings),
            error: None,
        }
    }

    /// The row of a document that could not be read.
    pub(crate) fn unread(error: &'r str) -> Self {
        Self { error: Some(error), ..Self::default() }
    }
}

fn hits(reading: &Reading) -> Vec<Hit<'_>> {
    let listed = reading.mentions.iter().filter_map(|mention| {
        let entity = entity(reading, mention.entity).filter(|entity| !entity.matches.is_empty())?;
        Some(Hit {
            span: mention.span,
            form: mention.form,
            entity: entity.id,
            kind: entity.kind,
            name: &entity.name,
            parties: entity.matches.iter().map(party).collect(),
        })
    });
    listed.collect()
}

fn party(one: &Match) -> Listed<'_> {
    Listed { list: &one.list, party: &one.party, name: &one.name, score: one.score }
}

fn said<'r>(reading: &'r Reading, one: &'r Statement) -> Said<'r> {
    Said {
        id: one.id,
        content: one.content,
        cue: one.cue,
        speaker: side(reading, one.speaker, one.speaker_words),
        channel: side(reading, one.channel, None),
        addressee: side(reading, one.addressee, None),
        manner: one.manner,
        certainty: one.certainty,
        act: one.act,
        within: one.within,
        confidence: one.confidence,
    }
}

fn going<'r>(reading: &'r Reading, one: &'r Transfer) -> Going<'r> {
    let placed = |side: Option<Side<'r>>, country: Option<EntityId>| {
        let country = country.and_then(|id| entity(reading, id)?.country.as_deref());
        side.map(|side| Side { country: side.country.or(country), ..side })
    };
    Going {
        id: one.id,
        giver: placed(side(reading, one.giver, one.giver_words), one.giver_country),
        receiver: placed(side(reading, one.receiver, one.receiver_words), one.receiver_country),
        item: one.item,
        class: one.class.as_deref(),
        quantity: one.quantity.as_ref(),
        from: one.time.as_ref().and_then(|time| time.from),
        to: one.time.as_ref().and_then(|time| time.to),
        certainty: one.certainty,
        status: one.status,
        standing: one.standing(),
        source: side(reading, one.source, None),
        statement: one.statement,
        carrier: side(reading, one.carrier, None),
        via: side(reading, one.via, None),
        end_user: side(reading, one.end_user, None),
        confidence: one.confidence,
    }
}

fn found<'r>(reading: &'r Reading, one: &'r TransferFinding) -> Found<'r> {
    let transfer = reading.transfers.iter().find(|transfer| transfer.id == one.transfer);
    Found {
        transfer: one.transfer,
        item: transfer.map(|transfer| transfer.item),
        standing: one.standing,
        measure: one.finding.measure.as_deref(),
        regime: &one.finding.regime,
        issuer: &one.finding.issuer,
        instrument: one.finding.instrument.as_deref(),
        paragraph: one.finding.paragraph.as_deref(),
        verdict: one.finding.verdict,
        why: &one.finding.why,
        missing: &one.finding.missing,
        exceptions: &one.finding.exceptions,
        source: one.finding.source.as_deref(),
    }
}

/// Somebody by entity and words; none where both are missing.
fn side(reading: &Reading, id: Option<EntityId>, words: Option<Span>) -> Option<Side<'_>> {
    let entity = id.and_then(|id| entity(reading, id));
    (id.is_some() || words.is_some()).then(|| Side {
        entity: id,
        name: entity.map(|entity| entity.name.as_str()),
        country: entity.and_then(|entity| entity.country.as_deref()),
        start: words.map(Span::start),
        end: words.map(Span::end),
    })
}

/// The entity of this number; they are numbered from 1 in their order.
fn entity(reading: &Reading, id: EntityId) -> Option<&Entity> {
    let at = (id.0 as usize).checked_sub(1).and_then(|at| reading.entities.get(at));
    at.filter(|entity| entity.id == id).or_else(|| reading.entities.iter().find(|entity| entity.id == id))
}
