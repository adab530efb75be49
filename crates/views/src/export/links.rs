//! A table of links as i2 Analyst's Notebook and Maltego import them: two entities with their types, and what is between them.

use super::graph::{kind, links};
use crate::csv::harmless;
use crate::words;
use lagebild_case::{Case, CaseEntityId};

/// The header row.
pub const COLUMNS: [&str; 14] = [
    "from_id",
    "from",
    "from_type",
    "to_id",
    "to",
    "to_type",
    "link",
    "what",
    "date",
    "standing",
    "origins",
    "denials",
    "from_listed",
    "sources",
];

/// The links of the case as CSV (RFC 4180).
///
/// # Errors
/// What the writer says.
pub fn text(case: &Case) -> Result<String, ::csv::Error> {
    let mut table = ::csv::Writer::from_writer(Vec::new());
    table.write_record(COLUMNS)?;
    let entity = |id: CaseEntityId| case.entities.iter().find(|entity| entity.id == id);
    for link in links(case) {
        let (Some(from), Some(to)) = (entity(link.from), entity(link.to)) else { continue };
        let listed: Vec<&str> = from.matches.iter().map(|hit| hit.party.as_str()).collect();
        let row = [
            from.id.to_string(),
            from.name.clone(),
            kind(from).to_owned(),
            to.id.to_string(),
            to.name.clone(),
            kind(to).to_owned(),
            link.kind,
            link.label,
            link.date,
            link.standing.to_owned(),
            link.origins.to_string(),
            link.denials.to_string(),
            listed.join("; "),
            link.sources,
        ];
        table.write_record(row.map(|cell| harmless(words::clean(&cell))))?;
    }
    let bytes = table.into_inner().map_err(::csv::IntoInnerError::into_error)?;
    Ok(String::from_utf8(bytes).unwrap_or_default())
}
