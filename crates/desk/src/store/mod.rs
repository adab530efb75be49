//! The store: one file of `SQLite`.
//!
//! It is written in WAL mode with `synchronous = FULL`: what was answered with success is on the disk. Every change takes the
//! write lock first, so that versions that are checked stay true until it is done. The SQL keeps to what `PostgreSQL` also takes,
//! but for the search over words (`words`).

mod access;
mod backup;
mod cases;
mod decide;
mod documents;
mod lists;
mod notices;
mod people;
mod project;
mod queue;
mod removal;
mod search;
mod spellings;
mod watched;

pub use access::Access;
pub use cases::{Case, Doing};
pub use documents::Added;
pub use queue::{Counts, Filter};
pub use removal::{Forgotten, Whom};
pub use search::Search;
pub use spellings::Spelling;

pub use decide::Verdict;
pub(crate) use documents::Content;
pub(crate) use lists::{ListVersion, Watchlists, hash_of, join};

use crate::error::{DeskError, Result};
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};
use std::path::Path;
use std::time::Duration;

/// The layouts, oldest first: each is run once, on what the ones before it left.
const LAYOUTS: [&str; 3] =
    [include_str!("layout1.sql"), include_str!("layout2.sql"), include_str!("layout3.sql")];

/// The newest layout.
fn known() -> i64 {
    i64::try_from(LAYOUTS.len()).unwrap_or(i64::MAX)
}

/// How long to wait for somebody else's change to be done.
const PATIENCE: Duration = Duration::from_secs(20);

/// An open store. One connection; several processes may have the file open at once.
#[derive(Debug)]
pub struct Store {
    db: Connection,
}

impl Store {
    /// Opens the store in this file, made where there is none, and brings it to the present layout.
    pub fn open(file: &Path) -> Result<Self> {
        Self::of(Connection::open(file)?)
    }

    /// Opens a store that must be there.
    pub fn open_existing(file: &Path) -> Result<Self> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        Self::of(Connection::open_with_flags(file, flags)?)
    }

    /// A store that is forgotten: for tests, and for looking into a bundle.
    pub fn in_memory() -> Result<Self> {
        Self::of(Connection::open_in_memory()?)
    }

    fn of(db: Connection) -> Result<Self> {
        db.busy_timeout(PATIENCE)?;
        db.pragma_update(None, "journal_mode", "wal")?;
        db.pragma_update(None, "synchronous", "full")?;
        db.pragma_update(None, "foreign_keys", true)?;
        // What is deleted is written over, not only let go.
        db.pragma_update(None, "secure_delete", true)?;
        db.pragma_update(None, "cache_size", -65536)?;
        db.set_prepared_statement_cache_capacity(128);
        let mut store = Self { db };
        store.migrate()?;
        Ok(store)
    }

    /// Brings the file to the present layout, all or nothing.
    fn migrate(&mut self) -> Result<()> {
        let known = known();
        let layout = |db: &Connection| db.query_row("PRAGMA user_version", [], |row| row.get::<_, i64>(0));
        if layout(&self.db)? == known {
            return Ok(());
        }
        let change = self.change()?;
        let found = layout(&change)?;
        if found > known {
            return Err(DeskError::Newer { found, known });
        }
        for sql in LAYOUTS.iter().skip(usize::try_from(found).unwrap_or_default()) {
            change.execute_batch(sql)?;
        }
        change.pragma_update(None, "user_version", known)?;
        change.commit()?;
        Ok(())
    }

    /// Begins a change: from here on nobody else writes.
    fn change(&mut self) -> Result<Transaction<'_>> {
        Ok(Transaction::new(&mut self.db, TransactionBehavior::Immediate)?)
    }
}
