//! Who looked at what. It stands beside the chains, not in them: looking changes no case, and the lines go after a time of their own.

use super::Store;
use crate::error::{DeskError, Result};
use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};
use serde::Serialize;

/// Days that lines are kept where nothing else is set.
const KEPT: u32 = 180;
/// Seconds of a day.
pub(super) const DAY: i64 = 24 * 3600;
/// Name of the setting.
const SETTING: &str = "access_days";
/// Most letters of an address that are kept.
const MOST_ADDRESS: usize = 2000;

/// A look at something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Access {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub who: String,
    /// What: `queue`, `search`, `item`, `document`, `case` or `bundle`.
    pub what: String,
    /// The case; empty where a search found nothing in any.
    pub case: String,
    /// Address of the page, with what was asked for.
    pub address: String,
}

impl Store {
    /// Notes that somebody looked at something of these cases, all lines or none.
    pub fn log_access(
        &mut self,
        who: &str,
        what: &str,
        cases: &[String],
        address: &str,
        at: Timestamp,
    ) -> Result<()> {
        let address: String = address.chars().take(MOST_ADDRESS).collect();
        let change = self.change()?;
        for case in cases {
            change
                .prepare_cached(
                    "INSERT INTO accesses (at, who, what, case_id, address) VALUES ($1, $2, $3, $4, $5)",
                )?
                .execute(params![at.as_second(), who, what, case, address])?;
        }
        Ok(change.commit()?)
    }

    /// Who looked at what, of a case or of all, the last first.
    pub fn accesses(&self, case: Option<&str>, skip: u64, limit: u64) -> Result<Vec<Access>> {
        if let Some(case) = case {
            self.case(case)?;
        }
        let sql = "SELECT at, who, what, case_id, address FROM accesses WHERE $1 IS NULL OR case_id = $1 \
                   ORDER BY id DESC LIMIT $2 OFFSET $3";
        let mut statement = self.db.prepare_cached(sql)?;
        let most = |number: u64| number.min(i64::MAX as u64);
        let rows = statement.query_map(params![case, most(limit), most(skip)], |row| {
            let at = Timestamp::from_second(row.get(0)?).unwrap_or_default();
            let (who, what, case, address) = (row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?);
            Ok(Access { at, who, what, case, address })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// How many days the lines are kept.
    pub fn access_days(&self) -> Result<u32> {
        let sql = "SELECT value FROM settings WHERE name = $1";
        let set: Option<String> = self.db.query_row(sql, [SETTING], |row| row.get(0)).optional()?;
        let Some(set) = set else { return Ok(KEPT) };
        set.parse().map_err(|_| DeskError::Damaged(format!("{SETTING} `{set}`")))
    }

    /// Sets how many days the lines are kept; older ones go with the next [`Store::sweep`].
    pub fn keep_accesses(&mut self, days: u32) -> Result<()> {
        let sql = "INSERT INTO settings (name, value) VALUES ($1, $2) \
                   ON CONFLICT (name) DO UPDATE SET value = excluded.value";
        self.db.execute(sql, params![SETTING, days.to_string()])?;
        Ok(())
    }

    /// Takes away the lines that are too old. Answers how many.
    pub fn sweep_accesses(&mut self, now: Timestamp) -> Result<usize> {
        let before = now.as_second() - i64::from(self.access_days()?) * DAY;
        Ok(self.db.execute("DELETE FROM accesses WHERE at < $1", [before])?)
    }
}
