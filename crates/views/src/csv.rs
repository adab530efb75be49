//! A flat table for spreadsheets: one row for each entity, statement, transfer, event,
//! finding, list read against and warning.

use crate::words;
use lagebild_entities::EntityId;
use lagebild_reading::Reading;
use lagebild_span::Span;

/// The header row.
pub const COLUMNS: [&str; 18] = [
    "source",
    "published",
    "row",
    "id",
    "type",
    "who",
    "whom",
    "channel",
    "certainty",
    "state",
    "date",
    "provision",
    "why",
    "start",
    "end",
    "words",
    "standing",
    "denied_by",
];

/// Where in [`COLUMNS`] each thing goes.
#[derive(Default)]
struct Row<'a> {
    layer: &'a str,
    id: String,
    kind: String,
    who: Option<EntityId>,
    whom: Option<EntityId>,
    channel: Option<EntityId>,
    certainty: &'a str,
    state: String,
    date: String,
    provision: String,
    why: String,
    span: Option<Span>,
    /// How well founded a transfer is, or what a finding rests on.
    standing: &'a str,
    denied_by: String,
}

/// Writes the rows of a reading, without a header ([`COLUMNS`]).
///
/// A cell that a spreadsheet would take for a formula gets an apostrophe in front (OWASP, CSV injection); the
/// offsets still lead to the exact words.
///
/// # Errors
/// What the writer says.
pub fn rows<W: std::io::Write>(reading: &Reading, out: &mut ::csv::Writer<W>) -> Result<(), ::csv::Error> {
    let rows = entities(reading)
        .chain(statements(reading))
        .chain(transfers(reading))
        .chain(relations(reading))
        .chain(events(reading))
        .chain(findings(reading))
        .chain(lists(reading))
        .chain(warnings(reading));
    for row in rows {
        out.write_record(cells(reading, &row))?;
    }
    Ok(())
}

fn cells(reading: &Reading, row: &Row) -> [String; COLUMNS.len()] {
    let name = |id: Option<EntityId>| id.map_or_else(String::new, |_| words::clean(words::name(reading, id)));
    let offset = |side: fn(Span) -> u32| row.span.map_or_else(String::new, |span| side(span).to_string());
    [
        words::clean(&reading.document.source),
        reading.document.published.map_or_else(String::new, |day| day.to_string()),
        row.layer.into(),
        row.id.clone(),
        row.kind.clone(),
        name(row.who),
        name(row.whom),
        name(row.channel),
        row.certainty.into(),
        row.state.clone(),
        row.date.clone(),
        row.provision.clone(),
        row.why.clone(),
        offset(Span::start),
        offset(Span::end),
        row.span.map_or_else(String::new, |span| words::words(reading, span)),
        row.standing.into(),
        row.denied_by.clone(),
    ]
    .map(harmless)
}

/// A cell that no spreadsheet takes for a formula (<https://owasp.org/www-community/attacks/CSV_Injection>).
pub fn harmless(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell }
}

fn entities(reading: &Reading) -> impl Iterator<Item = Row<'_>> {
    reading.entities.iter().map(|entity| Row {
        layer: "entity",
        id: entity.id.to_string(),
        kind: format!("{:?}", entity.kind).to_lowercase(),
        who: Some(entity.id),
        state: entity.matches.iter().map(|hit| hit.party.as_str()).collect::<Vec<_>>().join(" "),
        span: reading.mentions.iter().find(|mention| mention.entity == entity.id).map(|mention| mention.span),
        ..Row::default()
    })
}

fn statements(reading: &Reading) -> impl Iterator<Item = Row<'_>> {
    reading.statements.iter().map(|statement| Row {
        layer: "statement",
        id: statement.id.to_string(),
        kind: format!("{:?}", statement.act).to_lowercase(),
        who: statement.speaker,
        whom: statement.addressee,
        channel: statement.channel,
        certainty: statement.certainty.code(),
        span: Some(statement.content),
        ..Row::default()
    })
}

fn transfers(reading: &Reading) -> impl Iterator<Item = Row<'_>> {
    reading.transfers.iter().map(|transfer| Row {
        layer: "transfer",
        id: transfer.id.to_string(),
        kind: transfer.class.clone().unwrap_or_default(),
        who: transfer.giver,
        whom: transfer.receiver,
        channel: transfer.source,
        certainty: transfer.certainty.code(),
        state: words::status(transfer.status).into(),
        date: transfer.time.as_ref().map(words::dates).unwrap_or_default(),
        span: Some(transfer.item),
        standing: words::standing(transfer.standing()),
        ..Row::default()
    })
}

fn relations(reading: &Reading) -> impl Iterator<Item = Row<'_>> {
    reading.relations.iter().map(|relation| Row {
        layer: "relation",
        id: relation.id.to_string(),
        kind: relation.kind.clone(),
        who: Some(relation.from),
        whom: Some(relation.to),
        channel: relation.source,
        certainty: relation.certainty.code(),
        state: if relation.ended { "ended".into() } else { String::new() },
        span: relation.evidence.get(1).copied(),
        ..Row::default()
    })
}

fn events(reading: &Reading) -> impl Iterator<Item = Row<'_>> {
    reading.events.iter().map(|event| Row {
        layer: "event",
        id: event.id.to_string(),
        kind: event.kind.clone(),
        who: event.participants.first().copied(),
        whom: event.participants.get(1).copied(),
        certainty: event.certainty.code(),
        date: event.date.as_ref().map(words::dates).unwrap_or_default(),
        span: Some(event.span),
        ..Row::default()
    })
}

/// The lists that the document was read against, each with its own day.
fn lists(reading: &Reading) -> impl Iterator<Item = Row<'_>> {
    reading.stamp.watchlist.members().iter().map(|list| Row {
        layer: "list",
        id: words::clean(&list.name),
        date: list.date.clone().unwrap_or_default(),
        why: format!("sha256 {}", list.hash),
        ..Row::default()
    })
}

/// What limits the reading.
fn warnings(reading: &Reading) -> impl Iterator<Item = Row<'_>> {
    reading.warnings.iter().map(|warning| Row {
        layer: "warning",
        why: words::clean(warning),
        ..Row::default()
    })
}

fn findings(reading: &Reading) -> impl Iterator<Item = Row<'_>> {
    let names = |ids: &[EntityId]| {
        ids.iter().map(|id| words::clean(words::name(reading, Some(*id)))).collect::<Vec<_>>().join(", ")
    };
    reading.findings.iter().map(move |finding| Row {
        layer: "finding",
        id: finding.transfer.to_string(),
        kind: finding.finding.regime.clone(),
        state: finding.finding.verdict.code().into(),
        date: finding.on.to_string(),
        provision: finding.finding.citation(),
        why: words::clean(&finding.finding.why),
        span: reading
            .transfers
            .iter()
            .find(|transfer| transfer.id == finding.transfer)
            .map(|transfer| transfer.item),
        standing: words::standing(finding.standing),
        denied_by: names(&finding.denied_by),
        ..Row::default()
    })
}
