//! Documents with their readings.

use super::cases::{Doing, append, find};
use super::watched::tell_watched;
use super::{Store, lists};
use crate::act::{Act, Choice, Evidence, Stored};
use crate::chain::Head;
use crate::error::{DeskError, Result};
use crate::found::{Archived, archived_json, found, names};
use crate::hash::{pack, sha256, unpack};
use crate::model::{Found, Item, ItemKind, Remembered};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use lagebild_reading::Reading;
use lagebild_watchlist::{Watchlist, store::stale_days};
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What became of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Added {
    /// Its number in the case.
    pub number: u64,
    /// Where it came from.
    pub source: String,
    /// The case had it already.
    pub known: bool,
    /// Things to decide that were found in it.
    pub found: usize,
}

/// A document beside the chain: what its hashes in the chain are of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Content {
    /// Its number in the case.
    pub(crate) number: u64,
    /// [`Archived`] as JSON.
    pub(crate) archived: String,
    /// The reading as JSON.
    pub(crate) reading: String,
}

impl Store {
    /// Stores documents with their readings, all or none, and puts what is to be decided on the desk. One that the case has
    /// already (the same bytes under the same name) is left as it is.
    pub fn add(
        &mut self,
        case: &str,
        read: &[(Archived, Reading)],
        watchlist: &Watchlist,
        doing: &Doing,
    ) -> Result<Vec<Added>> {
        let change = self.change()?;
        lists::keep_watchlist(&change, watchlist)?;
        let mut added = Vec::with_capacity(read.len());
        for (archived, reading) in read {
            added.push(add(&change, case, archived, reading, watchlist, doing)?);
        }
        change.commit()?;
        Ok(added)
    }

    /// Whether a case has a document.
    pub fn holds(&self, case: &str, source: &str, sha256: &str) -> Result<bool> {
        Ok(known(&self.db, case, source, sha256)?.is_some())
    }

    /// A document's text, and its reading as JSON.
    pub fn document(&self, case: &str, number: u64) -> Result<(Archived, String)> {
        let content = content(&self.db, case, number)?;
        Ok((serde_json::from_str(&content.archived)?, content.reading))
    }
}

fn known(db: &Connection, case: &str, source: &str, sha256: &str) -> Result<Option<u64>> {
    let sql = "SELECT number FROM documents WHERE case_id = $1 AND sha256 = $2 AND source = $3 LIMIT 1";
    Ok(db.prepare_cached(sql)?.query_row(params![case, sha256, source], |row| row.get(0)).optional()?)
}

fn add(
    change: &Transaction,
    case: &str,
    archived: &Archived,
    reading: &Reading,
    watchlist: &Watchlist,
    doing: &Doing,
) -> Result<Added> {
    let document = &archived.document;
    let source = document.source.clone();
    if let Some(number) = known(change, case, &source, &document.sha256)? {
        return Ok(Added { number, source, known: true, found: 0 });
    }
    let number = find(change, case)?.documents + 1;
    let (json, hash) = archived_json(archived)?;
    let reading_json = serde_json::to_string(reading)?;
    let mut items = found(reading, watchlist, number);
    for item in &mut items {
        remember(change, case, item)?;
        tell_watched(change, item)?;
    }
    let stored = Stored {
        number,
        source: source.clone(),
        title: document.title.clone(),
        sha256: document.sha256.clone(),
        text: sha256(archived.text.as_bytes()),
        archived: hash,
        reading: sha256(reading_json.as_bytes()),
        stamp: serde_json::to_value(&reading.stamp)?,
        found: items,
        names: names(reading),
    };
    let content = Content { number, archived: json, reading: reading_json };
    insert(change, case, &stored, &content, doing.at)?;
    let found = stored.found.len();
    append(change, case, &Act::Document(stored), doing)?;
    Ok(Added { number, source, known: false, found })
}

/// Puts the row of a document in, before its entry is applied.
pub(super) fn insert(
    change: &Transaction,
    case: &str,
    stored: &Stored,
    content: &Content,
    at: Timestamp,
) -> Result<()> {
    let mut about: Archived = serde_json::from_str(&content.archived)?;
    let text = std::mem::take(&mut about.text);
    let watchlist = stored.stamp.pointer("/watchlist/hash").and_then(Value::as_str).unwrap_or_default();
    let sql = "INSERT INTO documents (case_id, number, source, title, sha256, text_hash, reading_hash, watchlist, added, \
               stamp, about, text, reading) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    change.prepare_cached(sql)?.execute(params![
        case,
        stored.number,
        stored.source,
        stored.title.as_deref().unwrap_or_default(),
        stored.sha256,
        stored.text,
        stored.reading,
        watchlist,
        at.to_string(),
        serde_json::to_string(&stored.stamp)?,
        serde_json::to_string(&about)?,
        text,
        pack(content.reading.as_bytes())?
    ])?;
    Ok(())
}

/// The numbers of the documents whose content is there.
pub(super) fn kept(db: &Connection, case: &str) -> Result<Vec<u64>> {
    let sql = "SELECT number FROM documents WHERE case_id = $1 AND removed IS NULL ORDER BY number";
    let mut statement = db.prepare_cached(sql)?;
    Ok(statement.query_map([case], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
}

/// Says that content was removed, where it was.
fn there(db: &Connection, case: &str, number: u64) -> Result<()> {
    let sql = "SELECT head, body FROM documents JOIN entries ON entries.case_id = documents.case_id AND entry = removed \
               WHERE documents.case_id = $1 AND number = $2";
    let row = |row: &rusqlite::Row| Ok((row.get::<_, String>(0)?, row.get::<_, Option<String>>(1)?));
    let removed = db.prepare_cached(sql)?.query_row(params![case, number], row).optional()?;
    let Some((head, body)) = removed else { return Ok(()) };
    let head: Head = serde_json::from_str(&head)?;
    let why = match body.map(|body| serde_json::from_str(&body)).transpose()? {
        Some(Act::Remove(removal)) => removal.reason,
        _ => String::new(),
    };
    Err(DeskError::Removed { document: number, by: head.by, at: head.at.to_string(), why })
}

/// A document as it was put in.
pub(super) fn content(db: &Connection, case: &str, number: u64) -> Result<Content> {
    there(db, case, number)?;
    let sql = "SELECT about, text, reading FROM documents WHERE case_id = $1 AND number = $2";
    let row: Option<(String, String, Vec<u8>)> = db
        .prepare_cached(sql)?
        .query_row(params![case, number], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let (about, text, reading) =
        row.ok_or_else(|| DeskError::Damaged(format!("no document {number} in the case `{case}`")))?;
    let mut archived: Archived = serde_json::from_str(&about)?;
    archived.text = text;
    let reading = String::from_utf8(unpack(&reading)?)
        .map_err(|_| DeskError::Damaged(format!("the reading of document {number} of `{case}`")))?;
    Ok(Content { number, archived: serde_json::to_string(&archived)?, reading })
}

/// Looks up whether the same name was found to be, or not to be, one of these parties in another case.
pub(super) fn remember(change: &Transaction, case: &str, found: &mut Found) -> Result<()> {
    if found.kind != ItemKind::Hit {
        return Ok(());
    }
    let sql = "SELECT case_id, entry, choice, decided_by, decided_at FROM memory \
               WHERE name = $1 AND party = $2 AND case_id <> $3 ORDER BY decided_at DESC, case_id, entry";
    let mut statement = change.prepare_cached(sql)?;
    let mut known: Vec<Remembered> = Vec::new();
    for party in &found.parties {
        let rows = statement.query_map(params![found.key, party.party, case], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get::<_, String>(2)?, row.get(3)?, row.get::<_, String>(4)?))
        })?;
        for row in rows {
            let (case, entry, choice, by, at) = row?;
            if let (Some(choice), Ok(at)) = (Choice::of(&choice), at.parse()) {
                known.push(Remembered { case, entry, choice, by, at });
            }
        }
    }
    known.sort_by_key(|it| std::cmp::Reverse(it.at));
    let Some(first) = known.first() else { return Ok(()) };
    match known.iter().find(|it| it.choice != first.choice) {
        None => found.remembered = Some(first.clone()),
        Some(other) => found.details.push(format!(
            "decided both ways earlier: {} by {} in {}, {} by {} in {}",
            first.choice.word(),
            first.by,
            first.case,
            other.choice.word(),
            other.by,
            other.case
        )),
    }
    Ok(())
}

/// The documents that an item shows, what they were read with, and which lists were stale on that day.
pub(super) fn evidence(
    db: &Connection,
    item: &Item,
    at: Timestamp,
) -> Result<(Vec<Evidence>, Vec<Value>, Vec<String>)> {
    let sql = "SELECT text_hash, reading_hash, stamp FROM documents WHERE case_id = $1 AND number = $2";
    let mut statement = db.prepare_cached(sql)?;
    let (mut evidence, mut stamps) = (Vec::new(), Vec::<Value>::new());
    for place in &item.shown.places {
        let (text, reading, stamp): (String, String, String) = statement
            .query_row(params![item.item.case, place.document], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
            })?;
        let stamp: Value = serde_json::from_str(&stamp)?;
        let known = stamps.iter().position(|known| *known == stamp);
        let at = known.unwrap_or_else(|| {
            stamps.push(stamp);
            stamps.len() - 1
        });
        evidence.push(Evidence { document: place.document, text, reading, stamp: at });
    }
    let mut stale: Vec<String> = stamps.iter().flat_map(|stamp| stale_lists(stamp, at)).collect();
    stale.sort();
    stale.dedup();
    Ok((evidence, stamps, stale))
}

/// The lists of a stamp that were stale on a day, in words.
fn stale_lists(stamp: &Value, at: Timestamp) -> Vec<String> {
    let today = at.to_zoned(TimeZone::UTC).date();
    let list = &stamp["watchlist"];
    let members = match list["lists"].as_array() {
        Some(members) if !members.is_empty() => members.iter().collect(),
        _ => vec![list],
    };
    let stale = |list: &&Value| {
        let name = list["name"].as_str()?;
        let date: jiff::civil::Date = list["date"].as_str()?.parse().ok()?;
        let days = (today - date).get_days();
        (days > i32::from(stale_days(name))).then(|| format!("{name} of {date}: {days} days old"))
    };
    members.iter().filter_map(stale).collect()
}
