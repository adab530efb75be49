//! Notices that wait to be sent.
//!
//! They are put here in the change that puts the news on the desk: a kill loses neither or both. A try is noted down before it is
//! made and its end after it: who is killed between the two sends once more, and the receiver knows the notice by its id.

use super::Store;
use super::removal::names_in_json;
use crate::error::{DeskError, Result};
use crate::notices::{Kept, ListDay, Notice, Outgoing, Target, Told};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

/// Puts what each target is told among what is to be sent.
pub(super) fn put(
    change: &Transaction,
    targets: &[Target],
    lists: &[ListDay],
    news: &[Told],
    at: Timestamp,
) -> Result<()> {
    for target in targets {
        let Some(notice) = Notice::new(target, &at.to_string(), lists, news) else { continue };
        let sql = "INSERT INTO notices (key, target, made, body, state, tries, next, why) \
                   VALUES ($1, $2, $3, $4, 'waiting', 0, $3, '') ON CONFLICT (key) DO NOTHING";
        let body = serde_json::to_string(&notice)?;
        change.execute(sql, params![notice.id, target.name, at.as_second(), body])?;
    }
    Ok(())
}

/// Takes away notices that name somebody. Answers how many.
pub(super) fn forget(change: &Transaction, name: &[String]) -> Result<usize> {
    let mut statement = change.prepare("SELECT id, body FROM notices WHERE body IS NOT NULL")?;
    let rows = statement.query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)))?;
    let mut gone = 0;
    for row in rows {
        let (id, body) = row?;
        if names_in_json(&body, name)? {
            gone += change.execute("DELETE FROM notices WHERE id = $1", [id])?;
        }
    }
    Ok(gone)
}

fn time(seconds: i64) -> Result<String> {
    let at = Timestamp::from_second(seconds).map_err(|_| DeskError::Damaged(format!("a time {seconds}")))?;
    Ok(at.to_string())
}

fn due(db: &Connection, at: Timestamp) -> Result<Option<Outgoing>> {
    let sql = "SELECT id, target, key, body, tries FROM notices WHERE state = 'waiting' AND next <= $1 AND body IS NOT NULL \
               ORDER BY next, id LIMIT 1";
    let outgoing = |row: &Row| {
        Ok(Outgoing {
            number: row.get(0)?,
            target: row.get(1)?,
            key: row.get(2)?,
            body: row.get(3)?,
            tries: row.get::<_, u32>(4)? + 1,
        })
    };
    Ok(db.prepare_cached(sql)?.query_row([at.as_second()], outgoing).optional()?)
}

impl Store {
    /// A notice that was due at a time, and whose try is noted down: nobody else takes it `until` then. One that was cut off in the
    /// last of `most` tries is given up.
    pub fn take_notice(&mut self, at: Timestamp, until: Timestamp, most: u32) -> Result<Option<Outgoing>> {
        let change = self.change()?;
        let mut taken = None;
        while let Some(found) = due(&change, at)? {
            if found.tries > most {
                let sql = "UPDATE notices SET state = 'dead', why = 'cut off in the last try' WHERE id = $1";
                change.execute(sql, [found.number])?;
                continue;
            }
            change.execute(
                "UPDATE notices SET tries = $1, next = $2 WHERE id = $3",
                params![found.tries, until.as_second(), found.number],
            )?;
            taken = Some(found);
            break;
        }
        change.commit()?;
        Ok(taken)
    }

    /// Notes that a notice got there. What it said is kept no longer.
    pub fn notice_sent(&mut self, number: i64) -> Result<()> {
        let sql = "UPDATE notices SET state = 'sent', body = NULL, why = '' WHERE id = $1";
        self.db.execute(sql, [number])?;
        Ok(())
    }

    /// Notes that a notice did not get there; it is tried `next`, or given up.
    pub fn notice_failed(&mut self, number: i64, why: &str, next: Option<Timestamp>) -> Result<()> {
        let state = if next.is_some() { "waiting" } else { "dead" };
        let sql = "UPDATE notices SET state = $1, why = $2, next = $3 WHERE id = $4";
        self.db.execute(sql, params![state, why, next.unwrap_or_default().as_second(), number])?;
        Ok(())
    }

    /// The notices that are kept, the newest first.
    pub fn notices(&self) -> Result<Vec<Kept>> {
        let sql = "SELECT id, target, state, made, tries, next, why, body FROM notices ORDER BY id DESC LIMIT 10000";
        let mut statement = self.db.prepare(sql)?;
        let mut rows = statement.query([])?;
        let mut kept = Vec::new();
        while let Some(row) = rows.next()? {
            let state: String = row.get(2)?;
            let next = if state == "waiting" { Some(time(row.get(5)?)?) } else { None };
            let body: Option<String> = row.get(7)?;
            kept.push(Kept {
                number: row.get(0)?,
                target: row.get(1)?,
                made: time(row.get(3)?)?,
                tries: row.get(4)?,
                why: row.get(6)?,
                notice: body.map(|body| serde_json::from_str(&body)).transpose()?,
                state,
                next,
            });
        }
        Ok(kept)
    }

    /// When the next notice is due.
    pub fn next_notice(&self) -> Result<Option<Timestamp>> {
        let sql = "SELECT min(next) FROM notices WHERE state = 'waiting'";
        let next: Option<i64> = self.db.query_row(sql, [], |row| row.get(0))?;
        Ok(next.and_then(|next| Timestamp::from_second(next).ok()))
    }

    /// Sends notices that were given up, or one of them, again from the first try. Answers how many.
    pub fn notices_again(&mut self, number: Option<i64>, at: Timestamp) -> Result<usize> {
        let sql = "UPDATE notices SET state = 'waiting', tries = 0, next = $1 WHERE state = 'dead' AND ($2 IS NULL OR id = $2)";
        Ok(self.db.execute(sql, params![at.as_second(), number])?)
    }

    /// Takes a notice away that is not to be sent any more. Answers how many there were.
    pub fn drop_notice(&mut self, number: i64) -> Result<usize> {
        Ok(self.db.execute("DELETE FROM notices WHERE id = $1", [number])?)
    }
}
