//! Deciding, confirming, taking back, giving to somebody.

use super::cases::{Doing, append};
use super::queue::{ITEM, item};
use super::{Store, documents};
use crate::act::{Act, Choice, Decision};
use crate::error::{DeskError, Result};
use crate::model::{Item, ItemKind, ItemRef, State};
use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, Transaction, params};

/// An item's row: its key in the database.
pub(super) struct ItemRow {
    pub(super) id: i64,
}

/// A decision that was not taken back.
pub(super) struct Standing {
    pub(super) entry: u64,
    pub(super) choice: Choice,
    pub(super) by: String,
    pub(super) at: Timestamp,
    pub(super) confirmed_by: Option<String>,
}

/// The row of an item.
pub(super) fn row(db: &Connection, item: &ItemRef) -> Result<ItemRow> {
    let id = db
        .prepare_cached("SELECT id FROM items WHERE case_id = $1 AND number = $2")?
        .query_row(params![item.case, item.number], |row| row.get(0))
        .optional()?;
    id.map(|id| ItemRow { id }).ok_or_else(|| DeskError::NoItem(item.clone()))
}

/// An item by its key, with the entry of its standing decision.
pub(super) fn by_id(db: &Connection, id: i64) -> Result<(Item, Option<u64>)> {
    let sql = format!("SELECT {ITEM} WHERE items.id = $1");
    let found = db.prepare_cached(&sql)?.query_row([id], |row| Ok((item(row), row.get(6)?)))?;
    Ok((found.0?, found.1))
}

/// The last decision on an item that was not taken back.
pub(super) fn standing(db: &Connection, id: i64) -> Result<Option<Standing>> {
    let sql = "SELECT entry, choice, decided_by, decided_at, confirmed_by FROM decisions \
               WHERE item = $1 AND undone = 0 ORDER BY entry DESC LIMIT 1";
    let found: Option<(u64, String, String, String, Option<String>)> = db
        .prepare_cached(sql)?
        .query_row([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)))
        .optional()?;
    let Some((entry, choice, by, at, confirmed_by)) = found else { return Ok(None) };
    let choice = Choice::of(&choice).ok_or_else(|| DeskError::Damaged(format!("a choice `{choice}`")))?;
    let at = at.parse().map_err(|_| DeskError::Damaged(format!("a time `{at}`")))?;
    Ok(Some(Standing { entry, choice, by, at, confirmed_by }))
}

/// What is decided.
#[derive(Clone, Copy, Debug)]
pub struct Verdict<'a> {
    /// What was chosen.
    pub choice: Choice,
    /// Why.
    pub reason: &'a str,
    /// A note.
    pub note: Option<&'a str>,
}

impl Store {
    /// Decides an item. `seen` is the version that was looked at; without it the item must still be undecided. Where four eyes are
    /// wanted this proposes. Answers the item as it stands then.
    pub fn decide(
        &mut self,
        item: &ItemRef,
        seen: Option<u64>,
        verdict: Verdict,
        doing: &Doing,
    ) -> Result<Item> {
        let Verdict { choice, reason, note } = verdict;
        if reason.trim().is_empty() {
            return Err(DeskError::NoReason);
        }
        self.on_item(item, seen, doing, |change, present, _| {
            let kind = present.shown.kind;
            if !kind.takes(choice) {
                return Err(DeskError::Choice {
                    item: item.clone(),
                    kind: kind.word(),
                    choices: kind.choices(),
                });
            }
            let (evidence, stamps, stale) = documents::evidence(change, present, doing.at)?;
            Ok(Act::Decide(Decision {
                item: item.number,
                version: present.version,
                choice,
                reason: reason.into(),
                note: note.map(Into::into),
                shown: present.shown.clone(),
                evidence,
                stamps,
                stale,
            }))
        })
    }

    /// Confirms what somebody else proposed.
    pub fn confirm(&mut self, item: &ItemRef, seen: Option<u64>, doing: &Doing) -> Result<Item> {
        self.on_item(item, seen, doing, |_, present, standing| match standing {
            Some(it) if present.state == State::Proposed && it.by == doing.by => {
                Err(DeskError::OwnProposal { item: item.clone(), by: it.by.clone() })
            }
            Some(it) if present.state == State::Proposed => {
                Ok(Act::Confirm { item: item.number, version: present.version, decision: it.entry })
            }
            _ => Err(DeskError::Nothing(item.clone(), "confirm")),
        })
    }

    /// Takes the standing decision back: a new entry, and what was decided before it stands again. What rested on it in other
    /// cases is open again.
    pub fn undo(&mut self, item: &ItemRef, seen: Option<u64>, reason: &str, doing: &Doing) -> Result<Item> {
        let mut taken_back = None;
        let change = self.change()?;
        let after = act_on(&change, item, seen, true, doing, |_, present, standing| {
            let it = standing.ok_or_else(|| DeskError::Nothing(item.clone(), "take back"))?;
            taken_back = Some(it.entry);
            let (version, decision) = (present.version, it.entry);
            Ok(Act::Undo { item: item.number, version, decision, reason: reason.into() })
        })?;
        if let Some(decision) = taken_back.filter(|_| after.shown.kind == ItemKind::Hit) {
            recall(&change, &item.case, decision, doing)?;
        }
        change.commit()?;
        Ok(after)
    }

    /// Gives an item to somebody, or to nobody, until a day.
    pub fn assign(
        &mut self,
        item: &ItemRef,
        seen: Option<u64>,
        (to, due): (Option<&str>, Option<Date>),
        doing: &Doing,
    ) -> Result<Item> {
        let change = self.change()?;
        let after = act_on(&change, item, seen, true, doing, |_, present, _| {
            let (version, to) = (present.version, to.map(Into::into));
            Ok(Act::Assign { item: item.number, version, to, due })
        })?;
        change.commit()?;
        Ok(after)
    }

    fn on_item(
        &mut self,
        item: &ItemRef,
        seen: Option<u64>,
        doing: &Doing,
        act: impl FnOnce(&Transaction, &Item, Option<&Standing>) -> Result<Act>,
    ) -> Result<Item> {
        let change = self.change()?;
        let after = act_on(&change, item, seen, false, doing, act)?;
        change.commit()?;
        Ok(after)
    }
}

/// Checks what was seen, makes the act, keeps it.
fn act_on(
    change: &Transaction,
    item: &ItemRef,
    seen: Option<u64>,
    unseen: bool,
    doing: &Doing,
    act: impl FnOnce(&Transaction, &Item, Option<&Standing>) -> Result<Act>,
) -> Result<Item> {
    let id = row(change, item)?.id;
    let (present, _) = by_id(change, id)?;
    let standing = standing(change, id)?;
    let changed = match seen {
        Some(seen) => seen != present.version,
        // Without a version: what nobody else decided is as good as seen.
        None => !unseen && standing.as_ref().is_some_and(|it| it.by != doing.by),
    };
    if changed {
        let what = standing.map_or_else(
            || "it was found again, given to somebody, or a decision was taken back".into(),
            |it| format!("{} by {} at {}", it.choice.word(), it.by, it.at),
        );
        return Err(DeskError::Conflict { item: item.clone(), what, version: present.version });
    }
    let act = act(change, &present, standing.as_ref())?;
    append(change, &item.case, &act, doing)?;
    Ok(by_id(change, id)?.0)
}

/// Opens again what in other cases rests on a decision that was taken back.
fn recall(change: &Transaction, case: &str, decision: u64, doing: &Doing) -> Result<()> {
    let sql = "SELECT case_id, number FROM items WHERE remembered = $1 ORDER BY case_id, number";
    let rows: Vec<(String, u64)> = change
        .prepare(sql)?
        .query_map([format!("{case}/{decision}")], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    for (other, item) in rows {
        append(change, &other, &Act::Recall { item, case: case.into(), decision }, doing)?;
    }
    Ok(())
}
