//! People who sign in, and who is signed in.

use super::Store;
use super::cases::Doing;
use crate::error::{DeskError, Result};
use crate::hash::sha256;
use crate::people::{Person, PersonRole, SessionLimits, Vouched, hashed, is_password, new_token};
use jiff::Timestamp;
use rusqlite::{OptionalExtension, Row, params};

/// Seconds after which it is noted anew that somebody is still there: not every page is to be a change of the file.
const NOTED: i64 = 60;

const COLUMNS: &str = "name, role, disabled, added_by, added_at";

fn person(row: &Row) -> rusqlite::Result<Result<Person>> {
    let (name, role, disabled): (String, String, bool) = (row.get(0)?, row.get(1)?, row.get(2)?);
    let (added_by, added_at) = (row.get(3)?, row.get(4)?);
    let role = PersonRole::of(&role).ok_or_else(|| DeskError::Damaged(format!("a role `{role}`")));
    Ok(role.map(|role| Person { name, role, disabled, added_by, added_at }))
}

impl Store {
    /// Everybody who may sign in, or might once, by name.
    pub fn people(&self) -> Result<Vec<Person>> {
        let mut statement = self.db.prepare(&format!("SELECT {COLUMNS} FROM people ORDER BY name"))?;
        let rows = statement.query_map([], person)?;
        rows.collect::<rusqlite::Result<Vec<_>>>()?.into_iter().collect()
    }

    /// Lets somebody sign in with a password.
    pub fn add_person(&mut self, name: &str, role: PersonRole, password: &str, doing: &Doing) -> Result<()> {
        let plain = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.' | '@' | ' ');
        if name.trim() != name || name.is_empty() || name.chars().count() > 80 || !name.chars().all(plain) {
            return Err(DeskError::PersonName(name.into()));
        }
        let hash = hashed(password)?;
        let sql = "INSERT INTO people (name, role, password, added_by, added_at) VALUES ($1, $2, $3, $4, $5) \
                   ON CONFLICT DO NOTHING";
        let values = params![name, role.word(), hash, doing.by, doing.at.to_string()];
        if self.db.execute(sql, values)? == 0 { Err(DeskError::PersonExists(name.into())) } else { Ok(()) }
    }

    /// Gives somebody another role. What they may do changes with their next request.
    pub fn set_role(&mut self, name: &str, role: PersonRole) -> Result<()> {
        let changed =
            self.db.execute("UPDATE people SET role = $1 WHERE name = $2", params![role.word(), name])?;
        if changed == 0 { Err(DeskError::NoPerson(name.into())) } else { Ok(()) }
    }

    /// Gives somebody a new password; wherever they are signed in, they are no longer.
    pub fn set_password(&mut self, name: &str, password: &str) -> Result<()> {
        let hash = hashed(password)?;
        self.change_person(name, "UPDATE people SET password = $1 WHERE name = $2", &hash)
    }

    /// Lets somebody sign in no longer, or again. Whoever is signed in is so no longer, there and then.
    pub fn disable_person(&mut self, name: &str, disabled: bool) -> Result<()> {
        self.change_person(name, "UPDATE people SET disabled = $1 WHERE name = $2", &disabled)
    }

    fn change_person(&mut self, name: &str, sql: &str, value: &dyn rusqlite::ToSql) -> Result<()> {
        let change = self.change()?;
        if change.execute(sql, params![value, name])? == 0 {
            return Err(DeskError::NoPerson(name.into()));
        }
        change.execute("DELETE FROM sessions WHERE person = $1", [name])?;
        Ok(change.commit()?)
    }

    /// Signs somebody in: the token that their browser is to hold; none where name and password do not fit, or they may not.
    /// It takes as long for a name that nobody has.
    pub fn sign_in(&mut self, name: &str, password: &str, at: Timestamp) -> Result<Option<String>> {
        let sql = "SELECT password, disabled FROM people WHERE name = $1";
        let found: Option<(String, bool)> =
            self.db.query_row(sql, [name], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
        let hash = found.as_ref().map(|(hash, _)| hash.as_str());
        if !is_password(hash, password) || found.as_ref().is_none_or(|(_, disabled)| *disabled) {
            return Ok(None);
        }
        let token = new_token()?;
        // The password or the person may have changed while it was compared.
        let sql = "INSERT INTO sessions (token, person, began, seen) \
                   SELECT $1, name, $2, $2 FROM people WHERE name = $3 AND password = $4 AND disabled = 0";
        let made = self.db.execute(sql, params![sha256(token.as_bytes()), at.as_second(), name, hash])?;
        Ok((made > 0).then_some(token))
    }

    /// Signs in somebody for whom another service vouches, without a password.
    pub fn sign_in_vouched(&mut self, name: &str, at: Timestamp) -> Result<Vouched> {
        let token = new_token()?;
        let sql = "INSERT INTO sessions (token, person, began, seen) \
                   SELECT $1, name, $2, $2 FROM people WHERE name = $3 AND disabled = 0";
        if self.db.execute(sql, params![sha256(token.as_bytes()), at.as_second(), name])? > 0 {
            return Ok(Vouched::SignedIn(token));
        }
        let sql = "SELECT 1 FROM people WHERE name = $1";
        let known = self.db.query_row(sql, [name], |_| Ok(())).optional()?.is_some();
        Ok(if known { Vouched::Disabled } else { Vouched::Unknown })
    }

    /// Who holds this token, if they are still signed in.
    pub fn signed_in(&self, token: &str, at: Timestamp, limits: SessionLimits) -> Result<Option<Person>> {
        let (token, now) = (sha256(token.as_bytes()), at.as_second());
        let sql = "SELECT name, role, disabled, added_by, added_at, seen FROM people \
                   JOIN sessions ON sessions.person = people.name \
                   WHERE token = $1 AND disabled = 0 AND began > $2 AND seen > $3";
        let found = self
            .db
            .prepare_cached(sql)?
            .query_row(params![token, now - limits.whole, now - limits.idle], |row| {
                Ok((person(row)?, row.get::<_, i64>(5)?))
            })
            .optional()?;
        let Some((person, seen)) = found else { return Ok(None) };
        if now - seen >= NOTED.min(limits.idle / 2) {
            self.db.execute("UPDATE sessions SET seen = $1 WHERE token = $2", params![now, token])?;
        }
        Ok(Some(person?))
    }

    /// Ends a session, and all that are over by their time.
    pub fn sign_out(&mut self, token: &str, at: Timestamp, limits: SessionLimits) -> Result<()> {
        let now = at.as_second();
        self.db.execute(
            "DELETE FROM sessions WHERE token = $1 OR began <= $2 OR seen <= $3",
            params![sha256(token.as_bytes()), now - limits.whole, now - limits.idle],
        )?;
        Ok(())
    }
}
