//! Content that must go: a document, all that names a person, what was kept long enough.
//!
//! Removing is an act of the chain like any other ([`Act::Remove`]): it names the entries whose bodies went, who did it, when and why.
//! The heads stay, so that the chain still verifies; what the bodies said is nowhere left in the store. The places where
//! a person's data stands are the bodies of entries, documents with their readings, the index of words, items with their
//! decisions, notes, names that lists are asked for, what was remembered of a name; and, of no case, watched names and the addresses
//! of the log of accesses.

use super::access::DAY;
use super::cases::{Case, Doing, append, entries, find};
use super::{Store, decide, notices, project};
use crate::act::{Act, Removal};
use crate::chain::Head;
use crate::error::{DeskError, Result};
use crate::hash::unpack;
use crate::model::folded;
use jiff::Timestamp;
use rusqlite::{Connection, Transaction, params};
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeSet;

/// What is to be forgotten.
#[derive(Clone, Copy, Debug)]
pub enum Whom<'a> {
    /// A document, with what rests on it.
    Document(u64),
    /// All that names somebody in one of these spellings, documents as a whole.
    Person(&'a [&'a str]),
}

/// What was removed, or would be.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Forgotten {
    /// The case.
    pub case: String,
    /// Entries of the chain whose content went.
    pub entries: Vec<u64>,
    /// Documents.
    pub documents: Vec<u64>,
    /// Items.
    pub items: Vec<u64>,
    /// Names that are watched no longer.
    pub watched: usize,
    /// Addresses in the log of accesses that were cut.
    pub addresses: usize,
    /// Notices to others that named them and were still kept.
    pub notices: usize,
    /// The title of the case names them, and stays.
    pub in_title: bool,
    /// Other cases that name them.
    pub elsewhere: Vec<String>,
    /// The journal of the file could not be cleared, because others have it open: what was removed may stand there until they close it.
    pub in_journal: bool,
}

impl Forgotten {
    /// Nothing was found that would have to go.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
            && self.documents.is_empty()
            && self.watched + self.addresses + self.notices == 0
    }
}

/// Whether a text has a (folded) name as whole words, the last of which may go on (an ending).
fn has(text: &str, name: &str) -> bool {
    format!(" {}", folded(text)).contains(&format!(" {name}"))
}

/// Whether a text has one of these names.
pub(super) fn names(text: &str, spellings: &[String]) -> bool {
    spellings.iter().any(|name| has(text, name))
}

/// The same of all texts in a value.
fn value_names(value: &Value, name: &[String]) -> bool {
    match value {
        Value::String(text) => names(text, name),
        Value::Array(values) => values.iter().any(|value| value_names(value, name)),
        Value::Object(fields) => fields.values().any(|value| value_names(value, name)),
        _ => false,
    }
}

pub(super) fn names_in_json(json: &str, name: &[String]) -> Result<bool> {
    Ok(value_names(&serde_json::from_str(json)?, name))
}

/// What goes beside the documents.
#[derive(Default)]
struct Wanted {
    documents: BTreeSet<u64>,
    /// A name in all its spellings, folded; none where nobody is to be forgotten.
    person: Vec<String>,
    /// Notes from before this.
    notes_before: Option<Timestamp>,
}

impl Store {
    /// Removes a document, or all that names a person, from a case. `dry` only tells what would go.
    pub fn forget(
        &mut self,
        case: &str,
        whom: Whom,
        reason: &str,
        dry: bool,
        doing: &Doing,
    ) -> Result<Forgotten> {
        let mut wanted = Wanted::default();
        let change = self.change()?;
        let Case { title, documents, .. } = find(&change, case)?;
        match whom {
            Whom::Document(number) => {
                if !(1..=documents).contains(&number) {
                    return Err(DeskError::NoDocument(case.into(), number));
                }
                // Says so where there is none any more.
                super::documents::content(&change, case, number)?;
                wanted.documents.insert(number);
            }
            Whom::Person(spellings) => {
                let name: Vec<String> = spellings.iter().map(|name| folded(name)).collect();
                if name.is_empty() || name.iter().any(String::is_empty) || names(reason, &name) {
                    return Err(DeskError::Unnamed);
                }
                wanted.documents = documents_naming(&change, case, &name)?;
                wanted.person = name;
            }
        }
        if reason.trim().is_empty() {
            return Err(DeskError::NoReason);
        }
        let removal = plan(&change, case, &wanted, reason)?;
        let mut forgotten = told(case, &removal);
        if !removal.entries.is_empty() {
            append(&change, case, &Act::Remove(removal), doing)?;
        }
        if !wanted.person.is_empty() {
            let name = &wanted.person;
            forgotten.watched = unwatch(&change, name)?;
            forgotten.addresses = cut_addresses(&change, name)?;
            forgotten.notices = notices::forget(&change, name)?;
            forgotten.in_title = names(&title, name);
            forgotten.elsewhere = elsewhere(&change, case, name)?;
        }
        if dry {
            return Ok(forgotten);
        }
        change.commit()?;
        forgotten.in_journal = self.clear_journal()?;
        Ok(forgotten)
    }

    /// Sets how many days documents and notes of a case are kept; none for as long as the case is.
    pub fn retain(&mut self, case: &str, days: Option<u32>, doing: &Doing) -> Result<()> {
        let change = self.change()?;
        append(&change, case, &Act::Retain { days }, doing)?;
        Ok(change.commit()?)
    }

    /// Removes what was kept for as long as its case says, each case by itself. Answers the cases from which something went.
    pub fn sweep(&mut self, doing: &Doing) -> Result<Vec<Forgotten>> {
        let mut swept = Vec::new();
        for case in self.cases()? {
            let Some(days) = case.keep_days else { continue };
            let before = Timestamp::from_second(doing.at.as_second() - i64::from(days) * DAY);
            let before = before.map_err(|_| DeskError::Damaged(format!("{days} days")))?;
            let change = self.change()?;
            let documents = documents_before(&change, &case.id, before)?;
            let wanted = Wanted { documents, person: Vec::new(), notes_before: Some(before) };
            let removal = plan(&change, &case.id, &wanted, &format!("kept for {days} days"))?;
            if removal.entries.is_empty() {
                continue;
            }
            swept.push(told(&case.id, &removal));
            append(&change, &case.id, &Act::Remove(removal), doing)?;
            change.commit()?;
        }
        // Also where nothing went: what an earlier removal left in the journal does now.
        let in_journal = self.clear_journal()?;
        for it in &mut swept {
            it.in_journal = in_journal;
        }
        Ok(swept)
    }

    /// Takes the journal into the file, which writes over what was removed. True where somebody else holds it open.
    fn clear_journal(&self) -> Result<bool> {
        self.db.execute_batch("INSERT INTO words (words) VALUES ('optimize')")?;
        let busy: i64 = self.db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
        Ok(busy != 0)
    }
}

fn told(case: &str, removal: &Removal) -> Forgotten {
    Forgotten {
        case: case.into(),
        entries: removal.entries.clone(),
        documents: removal.documents.clone(),
        items: removal.items.clone(),
        ..Forgotten::default()
    }
}

fn documents_naming(db: &Connection, case: &str, name: &[String]) -> Result<BTreeSet<u64>> {
    let sql = "SELECT number, text, about, reading FROM documents WHERE case_id = $1 AND removed IS NULL";
    let mut statement = db.prepare(sql)?;
    let mut rows = statement.query([case])?;
    let mut found = BTreeSet::new();
    while let Some(row) = rows.next()? {
        let (text, about): (String, String) = (row.get(1)?, row.get(2)?);
        let reading = unpack(&row.get::<_, Vec<u8>>(3)?)?;
        if names(&text, name)
            || names_in_json(&about, name)?
            || value_names(&serde_json::from_slice(&reading)?, name)
        {
            found.insert(row.get(0)?);
        }
    }
    // What was found in a document may name them where its words do not: by the name on a list.
    for body in entries(db, case)?.iter().filter_map(|entry| entry.body.as_deref()) {
        if let Act::Document(stored) = serde_json::from_str(body)?
            && names_in_json(body, name)?
        {
            found.insert(stored.number);
        }
    }
    Ok(found)
}

fn documents_before(db: &Connection, case: &str, before: Timestamp) -> Result<BTreeSet<u64>> {
    let mut statement =
        db.prepare("SELECT number, added FROM documents WHERE case_id = $1 AND removed IS NULL")?;
    let rows = statement.query_map([case], |row| Ok((row.get::<_, u64>(0)?, row.get::<_, String>(1)?)))?;
    let mut found = BTreeSet::new();
    for row in rows {
        let (number, added) = row?;
        let at: Timestamp = added.parse().map_err(|_| DeskError::Damaged(format!("a time `{added}`")))?;
        if at < before {
            found.insert(number);
        }
    }
    Ok(found)
}

/// What goes: the documents, the items that stand nowhere else or name the person, and the entries that say anything of these.
fn plan(db: &Connection, case: &str, wanted: &Wanted, reason: &str) -> Result<Removal> {
    let items = items(db, case, wanted)?;
    let mut gone = Vec::new();
    for (entry, place) in entries(db, case)?.iter().zip(1_u64..) {
        let Some(body) = entry.body.as_deref() else { continue };
        let act: Act = serde_json::from_str(body)?;
        let named = !matches!(act, Act::Open(_)) && names_in_json(body, &wanted.person)?;
        let old = matches!(act, Act::Note { .. })
            && wanted.notes_before.is_some_and(|before| entry.parsed().is_ok_and(|head| head.at < before));
        if named || old || rests_on(&act, &wanted.documents, &items) {
            gone.push(place);
        }
    }
    Ok(Removal {
        entries: gone,
        documents: wanted.documents.iter().copied().collect(),
        items: items.into_iter().collect(),
        reason: reason.into(),
    })
}

/// Whether an act says anything of documents or items that go.
fn rests_on(act: &Act, documents: &BTreeSet<u64>, items: &BTreeSet<u64>) -> bool {
    let placed =
        |places: &[crate::model::Place]| places.iter().any(|place| documents.contains(&place.document));
    match act {
        Act::Document(stored) => documents.contains(&stored.number),
        Act::Decide(it) => {
            items.contains(&it.item)
                || placed(&it.shown.places)
                || it.evidence.iter().any(|evidence| documents.contains(&evidence.document))
        }
        Act::Undo { item, .. } | Act::Note { item: Some(item), .. } => items.contains(item),
        Act::Watch { changes, .. } => changes.iter().any(|change| {
            change.item.is_some_and(|item| items.contains(&item))
                || change.found.as_ref().is_some_and(|found| placed(&found.places))
        }),
        // What these say is of nobody.
        Act::Open(_)
        | Act::Confirm { .. }
        | Act::Recall { .. }
        | Act::Assign { .. }
        | Act::Note { item: None, .. }
        | Act::Remove(_)
        | Act::Retain { .. } => false,
    }
}

fn items(db: &Connection, case: &str, wanted: &Wanted) -> Result<BTreeSet<u64>> {
    let mut statement = db.prepare("SELECT id, number, identity, shown FROM items WHERE case_id = $1")?;
    let rows = statement.query_map([case], |row| {
        Ok((row.get::<_, i64>(0)?, row.get::<_, u64>(1)?, row.get::<_, String>(2)?, row.get::<_, String>(3)?))
    })?;
    let mut standing = db.prepare(
        "SELECT documents.number FROM appearances JOIN documents ON documents.id = appearances.document WHERE item = $1",
    )?;
    let mut found = BTreeSet::new();
    for row in rows {
        let (id, number, identity, shown) = row?;
        let places: Vec<u64> =
            standing.query_map([id], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        let all = !places.is_empty() && places.iter().all(|place| wanted.documents.contains(place));
        if all || names(&identity, &wanted.person) || names_in_json(&shown, &wanted.person)? {
            found.insert(number);
        }
    }
    Ok(found)
}

/// Takes out of the tables what an entry says was removed.
pub(super) fn apply(change: &Transaction, head: &Head, removal: &Removal) -> Result<()> {
    for number in &removal.items {
        remove_item(change, &head.case, *number)?;
    }
    for number in &removal.documents {
        remove_document(change, head, *number)?;
    }
    for entry in &removal.entries {
        for sql in [
            "UPDATE entries SET body = NULL WHERE case_id = $1 AND entry = $2",
            "UPDATE decisions SET reason = '', note = NULL WHERE case_id = $1 AND entry = $2",
            "DELETE FROM notes WHERE case_id = $1 AND entry = $2",
        ] {
            change.prepare_cached(sql)?.execute(params![head.case, entry])?;
        }
    }
    change.execute("DELETE FROM names WHERE id NOT IN (SELECT name FROM named)", [])?;
    Ok(())
}

fn remove_item(change: &Transaction, case: &str, number: u64) -> Result<()> {
    let id = decide::row(change, &crate::model::ItemRef { case: case.into(), number })?.id;
    change.execute(
        "UPDATE cases SET removed_items = removed_items + 1, \
         pending = pending - (SELECT pending FROM items WHERE id = $1) WHERE id = $2",
        params![id, case],
    )?;
    change.execute(
        "DELETE FROM memory WHERE case_id = $1 AND entry IN (SELECT entry FROM decisions WHERE item = $2)",
        params![case, id],
    )?;
    for sql in [
        "DELETE FROM decisions WHERE item = $1",
        "DELETE FROM item_parties WHERE item = $1",
        "DELETE FROM appearances WHERE item = $1",
        "DELETE FROM items WHERE id = $1",
    ] {
        change.execute(sql, [id])?;
    }
    Ok(())
}

/// The row stays, as numbers count on; nothing that was in it does.
fn remove_document(change: &Transaction, head: &Head, number: u64) -> Result<()> {
    let sql = "UPDATE documents SET source = '', title = '', sha256 = '', text_hash = '', reading_hash = '', watchlist = '', \
               stamp = '{}', about = '', text = '', reading = x'', removed = $1 WHERE case_id = $2 AND number = $3 RETURNING id";
    let id: i64 = change.query_row(sql, params![head.entry, head.case, number], |row| row.get(0))?;
    let items: Vec<i64> = change
        .prepare("SELECT item FROM appearances WHERE document = $1")?
        .query_map([id], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    change.execute("DELETE FROM appearances WHERE document = $1", [id])?;
    change.execute("DELETE FROM named WHERE document = $1", [id])?;
    // Items that stand in other documents too lose their place in this one.
    for item in items {
        let (mut row, decision) = decide::by_id(change, item)?;
        row.shown.places.retain(|place| place.document != number);
        row.documents = row.documents.saturating_sub(1);
        row.version += 1;
        project::write(change, item, &row, decision)?;
    }
    Ok(())
}

/// Takes a name out of those that are watched. Answers how many there were.
fn unwatch(change: &Transaction, name: &[String]) -> Result<usize> {
    let mut statement = change.prepare("SELECT rowid, name, source FROM watched")?;
    let rows = statement.query_map([], |row| {
        Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?, row.get::<_, String>(2)?))
    })?;
    let mut gone = 0;
    for row in rows {
        let (id, watched, source) = row?;
        if names(&watched, name) || names(&source, name) {
            gone += change.execute("DELETE FROM watched WHERE rowid = $1", [id])?;
        }
    }
    Ok(gone)
}

/// Cuts what was asked for out of addresses that name somebody. Answers how many.
fn cut_addresses(change: &Transaction, name: &[String]) -> Result<usize> {
    let mut statement = change.prepare("SELECT id, address FROM accesses WHERE address LIKE '%?%'")?;
    let rows = statement.query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)))?;
    let mut cut = 0;
    for row in rows {
        let (id, address) = row?;
        if names(&plain(&address), name) {
            let path = address.split('?').next().unwrap_or_default();
            cut += change.execute("UPDATE accesses SET address = $1 WHERE id = $2", params![path, id])?;
        }
    }
    Ok(cut)
}

/// An address with its `%C3%BC` and `+` as the letters that they stand for.
fn plain(address: &str) -> String {
    percent_encoding::percent_decode_str(&address.replace('+', " ")).decode_utf8_lossy().into_owned()
}

fn elsewhere(db: &Connection, case: &str, name: &[String]) -> Result<Vec<String>> {
    let others: Vec<String> = db
        .prepare("SELECT id FROM cases WHERE id <> $1 ORDER BY id")?
        .query_map([case], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let wanted = Wanted { person: name.to_vec(), ..Wanted::default() };
    let mut found = Vec::new();
    for other in others {
        if !documents_naming(db, &other, name)?.is_empty()
            || !plan(db, &other, &wanted, "")?.entries.is_empty()
        {
            found.push(other);
        }
    }
    Ok(found)
}
