//! Cases, and the chain of each.

use super::{Store, documents, lists, lists::ListVersion, project};
use crate::act::{Act, Opened};
use crate::bundle::{Bundle, Header};
use crate::chain::{self, Entry, Head};
use crate::error::{DeskError, Result};
use crate::sign::Signer;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};
use serde::Serialize;

/// Who acts, and when.
#[derive(Clone, Copy, Debug)]
pub struct Doing<'a> {
    /// Their name.
    pub by: &'a str,
    /// The time.
    pub at: Timestamp,
    /// Their key, where they sign.
    pub signer: Option<&'a Signer>,
}

/// A case, counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Case {
    /// Its short name.
    pub id: String,
    /// What it is about.
    pub title: String,
    /// A second person must confirm each decision.
    pub four_eyes: bool,
    /// When it was opened.
    pub opened: String,
    /// Entries of its chain.
    pub entries: u64,
    /// Hash of the last entry: kept elsewhere, it shows that the chain was not cut off or written anew.
    pub head: String,
    /// Documents.
    pub documents: u64,
    /// Items.
    pub items: u64,
    /// Items that wait for somebody.
    pub pending: u64,
    /// Days that documents and notes are kept; none for as long as the case is.
    pub keep_days: Option<u32>,
    /// Documents whose content was removed; they are counted among the documents, for numbers count on.
    pub removed: u64,
}

const COLUMNS: &str = "id, title, four_eyes, opened, entries, head, documents, items - removed_items, pending, keep_days, \
    (SELECT count(*) FROM documents WHERE case_id = cases.id AND removed IS NOT NULL)";

fn case(row: &Row) -> rusqlite::Result<Case> {
    Ok(Case {
        id: row.get(0)?,
        title: row.get(1)?,
        four_eyes: row.get(2)?,
        opened: row.get(3)?,
        entries: row.get(4)?,
        head: row.get(5)?,
        documents: row.get(6)?,
        items: row.get(7)?,
        pending: row.get(8)?,
        keep_days: row.get(9)?,
        removed: row.get(10)?,
    })
}

impl Store {
    /// All cases, by name.
    pub fn cases(&self) -> Result<Vec<Case>> {
        let mut statement = self.db.prepare_cached(&format!("SELECT {COLUMNS} FROM cases ORDER BY id"))?;
        let cases = statement.query_map([], case)?.collect::<rusqlite::Result<_>>()?;
        Ok(cases)
    }

    /// A case.
    pub fn case(&self, id: &str) -> Result<Case> {
        find(&self.db, id)
    }

    /// Opens a new case.
    pub fn open_case(&mut self, id: &str, opened: Opened, doing: &Doing) -> Result<Case> {
        let plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '.');
        if id.is_empty() || id.len() > 64 || !id.chars().all(plain) || id.starts_with('.') {
            return Err(DeskError::CaseName(id.into()));
        }
        let change = self.change()?;
        if find(&change, id).is_ok() {
            return Err(DeskError::CaseExists(id.into()));
        }
        insert(&change, id)?;
        append(&change, id, &Act::Open(opened), doing)?;
        let case = find(&change, id)?;
        change.commit()?;
        Ok(case)
    }

    /// The chain of a case.
    pub fn chain(&self, id: &str) -> Result<Vec<Entry>> {
        find(&self.db, id)?;
        entries(&self.db, id)
    }

    /// Adds a note to a case or one of its items.
    pub fn note(&mut self, case: &str, item: Option<u64>, text: &str, doing: &Doing) -> Result<()> {
        let change = self.change()?;
        if let Some(number) = item {
            super::decide::row(&change, &crate::model::ItemRef { case: case.into(), number })?;
        }
        append(&change, case, &Act::Note { item, text: text.into() }, doing)?;
        Ok(change.commit()?)
    }
}

/// The row of a new case, before its first entry.
pub(super) fn insert(change: &Transaction, id: &str) -> Result<()> {
    let sql = "INSERT INTO cases (id, title, four_eyes, opened, entries, head, documents, items, pending) \
               VALUES ($1, '', 0, '', 0, '', 0, 0, 0)";
    change.execute(sql, params![id])?;
    Ok(())
}

pub(super) fn find(db: &Connection, id: &str) -> Result<Case> {
    let mut statement = db.prepare_cached(&format!("SELECT {COLUMNS} FROM cases WHERE id = $1"))?;
    statement.query_row([id], case).optional()?.ok_or_else(|| DeskError::NoCase(id.into()))
}

pub(super) fn entries(db: &Connection, id: &str) -> Result<Vec<Entry>> {
    let mut statement =
        db.prepare_cached("SELECT head, body, signature FROM entries WHERE case_id = $1 ORDER BY entry")?;
    let entry = |row: &Row| Ok(Entry { head: row.get(0)?, body: row.get(1)?, signature: row.get(2)? });
    let entries = statement.query_map([id], entry)?.collect::<rusqlite::Result<_>>()?;
    Ok(entries)
}

/// Appends an act to the chain of a case and brings the tables up to it. Answers the entry's number.
pub(super) fn append(change: &Transaction, id: &str, act: &Act, doing: &Doing) -> Result<u64> {
    if doing.by.trim().is_empty() || doing.by.chars().count() > 80 || doing.by.chars().any(char::is_control) {
        return Err(DeskError::NoName);
    }
    let case = find(change, id)?;
    let head = Head {
        case: id.into(),
        entry: case.entries + 1,
        before: case.head,
        at: doing.at.max(last_time(change, id, case.entries)?),
        by: doing.by.into(),
        body: String::new(),
        key: None,
    };
    let entry = chain::next(head, act, doing.signer)?;
    keep(change, &entry, act)?;
    Ok(case.entries + 1)
}

/// When the last entry was made: clocks of two machines differ, the chain goes forward.
fn last_time(change: &Transaction, id: &str, entry: u64) -> Result<Timestamp> {
    let sql = "SELECT head FROM entries WHERE case_id = $1 AND entry = $2";
    let head: Option<String> =
        change.prepare_cached(sql)?.query_row(params![id, entry], |row| row.get(0)).optional()?;
    let Some(head) = head else { return Ok(Timestamp::MIN) };
    Ok(serde_json::from_str::<Head>(&head)?.at)
}

/// Keeps an entry that was made here or comes in a bundle, and brings the tables up to it.
pub(super) fn keep(change: &Transaction, entry: &Entry, act: &Act) -> Result<()> {
    let head = entry.parsed()?;
    change
        .prepare_cached(
            "INSERT INTO entries (case_id, entry, head, body, signature) VALUES ($1, $2, $3, $4, $5)",
        )?
        .execute(params![head.case, head.entry, entry.head, entry.body, entry.signature])?;
    change.prepare_cached("UPDATE cases SET entries = $1, head = $2 WHERE id = $3")?.execute(params![
        head.entry,
        entry.hash(),
        head.case
    ])?;
    project::apply(change, &head, act)
}

impl Store {
    /// A case with all that belongs to it, as it is at one moment.
    pub fn export(&self, id: &str) -> Result<Bundle> {
        let moment = self.db.unchecked_transaction()?;
        let case = find(&moment, id)?;
        let mut documents = Vec::new();
        for number in documents::kept(&moment, id)? {
            documents.push(documents::content(&moment, id, number)?);
        }
        let (mut lists, mut watchlists) = (Vec::new(), Vec::new());
        let sql = "SELECT DISTINCT watchlist FROM documents WHERE case_id = $1 AND removed IS NULL ORDER BY watchlist";
        let hashes: Vec<String> =
            moment.prepare(sql)?.query_map([id], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        for hash in hashes {
            let Some((set, versions)) = lists::load(&moment, &hash)? else { continue };
            lists.extend(versions);
            watchlists.push(set);
        }
        lists.sort_by(|one: &ListVersion, other| one.hash.cmp(&other.hash));
        lists.dedup_by(|one, other| one.hash == other.hash);
        let entries = entries(&moment, id)?;
        let documents_kept = documents.len() as u64;
        let header =
            Header { case: case.id, entries: case.entries, head: case.head, documents: documents_kept };
        Ok(Bundle { header, lists, watchlists, entries, documents, key: None })
    }

    /// Puts a bundle's rows in, entry by entry.
    pub(crate) fn take_in(&mut self, bundle: &Bundle, acts: &[Act]) -> Result<()> {
        let change = self.change()?;
        let id = &bundle.header.case;
        if find(&change, id).is_ok() {
            return Err(DeskError::CaseExists(id.clone()));
        }
        for set in &bundle.watchlists {
            lists::keep(&change, set, &bundle.lists)?;
        }
        insert(&change, id)?;
        for (entry, act) in bundle.entries.iter().zip(acts) {
            if let Act::Document(stored) = act {
                let content = bundle.documents.iter().find(|content| content.number == stored.number);
                let content = content.ok_or_else(|| DeskError::Bundle("a document is missing".into()))?;
                documents::insert(&change, id, stored, content, entry.parsed()?.at)?;
            }
            keep(&change, entry, act)?;
        }
        Ok(change.commit()?)
    }
}
