//! What an entry does to the tables. It reads nothing but the entry and the tables of its case, so that the same chain gives the
//! same desk wherever it is read in.

use super::{decide, removal};
use crate::act::{Act, Decision, Opened, Stored};
use crate::chain::Head;
use crate::error::{DeskError, Result};
use crate::model::{Found, Item, ItemKind, ItemRef, SHOWN_PLACES, Shown, State, folded};
use crate::watch::Change;
use rusqlite::{Transaction, params};

/// Brings the tables of a case up to an entry.
pub(super) fn apply(change: &Transaction, head: &Head, act: &Act) -> Result<()> {
    match act {
        Act::Open(opened) => open(change, head, opened),
        Act::Document(stored) => document(change, head, stored),
        Act::Decide(decision) => decided(change, head, decision),
        Act::Confirm { item, decision, .. } => confirmed(change, head, *item, *decision),
        Act::Undo { item, decision, .. } => undone(change, head, *item, *decision),
        Act::Recall { item, case, decision } => recalled(change, head, *item, case, *decision),
        Act::Assign { item, to, due, .. } => {
            let row = decide::row(change, &of(head, *item))?;
            let due = due.map(|due| due.to_string());
            change.execute(
                "UPDATE items SET assigned = $1, due = $2, version = version + 1 WHERE id = $3",
                params![to, due, row.id],
            )?;
            Ok(())
        }
        Act::Note { item, text } => {
            change.execute(
                "INSERT INTO notes (case_id, entry, item, note, noted_by, noted_at) VALUES ($1, $2, $3, $4, $5, $6)",
                params![head.case, head.entry, item, text, head.by, head.at.to_string()],
            )?;
            Ok(())
        }
        Act::Remove(removal) => removal::apply(change, head, removal),
        Act::Retain { days } => {
            change.execute("UPDATE cases SET keep_days = $1 WHERE id = $2", params![days, head.case])?;
            Ok(())
        }
        Act::Watch { changes, .. } => changes.iter().try_for_each(|each| watched(change, head, each)),
    }
}

fn of(head: &Head, number: u64) -> ItemRef {
    ItemRef { case: head.case.clone(), number }
}

fn open(change: &Transaction, head: &Head, opened: &Opened) -> Result<()> {
    change.execute(
        "UPDATE cases SET title = $1, four_eyes = $2, opened = $3 WHERE id = $4",
        params![opened.title, opened.four_eyes, head.at.to_string(), head.case],
    )?;
    Ok(())
}

/// The document's row is there already: its content does not stand in the chain.
fn document(change: &Transaction, head: &Head, stored: &Stored) -> Result<()> {
    change.execute("UPDATE cases SET documents = documents + 1 WHERE id = $1", [&head.case])?;
    let document: i64 = change
        .prepare_cached("SELECT id FROM documents WHERE case_id = $1 AND number = $2")?
        .query_row(params![head.case, stored.number], |row| row.get(0))?;
    for (schema, name) in &stored.names {
        let id: i64 = change
            .prepare_cached(
                "INSERT INTO names (schema, name) VALUES ($1, $2) \
                 ON CONFLICT (schema, name) DO UPDATE SET name = excluded.name RETURNING id",
            )?
            .query_row(params![schema, name], |row| row.get(0))?;
        change
            .prepare_cached("INSERT INTO named (name, document) VALUES ($1, $2) ON CONFLICT DO NOTHING")?
            .execute(params![id, document])?;
    }
    stored.found.iter().try_for_each(|found| item(change, head, found, None))
}

/// Puts something found on the desk: beside its like, or as a new item.
fn item(change: &Transaction, head: &Head, found: &Found, news: Option<&str>) -> Result<()> {
    let id = match like(change, &head.case, found)? {
        Some(id) => id,
        None => new_item(change, head, found)?,
    };
    let (mut item, decision) = decide::by_id(change, id)?;
    let shown_before = item.shown.clone();
    for place in &found.places {
        let known = item.shown.places.iter().any(|known| known.document == place.document);
        if item.shown.places.len() < SHOWN_PLACES && !known {
            item.shown.places.push(place.clone());
        }
        change
            .prepare_cached(
                "INSERT INTO appearances (item, document) \
                 SELECT $1, id FROM documents WHERE case_id = $2 AND number = $3 ON CONFLICT DO NOTHING",
            )?
            .execute(params![id, head.case, place.document])?;
    }
    for party in &found.parties {
        match item.shown.parties.iter_mut().find(|known| known.party == party.party) {
            Some(known) if known.score < party.score => *known = party.clone(),
            Some(_) => {}
            None => item.shown.parties.push(party.clone()),
        }
        change
            .prepare_cached("INSERT INTO item_parties (item, party) VALUES ($1, $2) ON CONFLICT DO NOTHING")?
            .execute(params![id, party.party])?;
    }
    item.rank = item.rank.max(found.rank);
    if let Some(news) = news {
        item.shown.news = Some(news.to_owned());
    }
    let documents: u64 = change
        .prepare_cached("SELECT count(*) FROM appearances WHERE item = $1")?
        .query_row([id], |row| row.get(0))?;
    item.documents = documents;
    if item.shown != shown_before {
        item.version += 1;
    }
    write(change, id, &item, decision)
}

/// The item that this is found again of: of a hit, one of the same name that shares a party.
fn like(change: &Transaction, case: &str, found: &Found) -> Result<Option<i64>> {
    let sql = "SELECT id FROM items WHERE case_id = $1 AND kind = $2 AND identity = $3 ORDER BY id";
    let mut statement = change.prepare_cached(sql)?;
    let ids: Vec<i64> = statement
        .query_map(params![case, found.kind.word(), found.key], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    if found.kind != ItemKind::Hit {
        return Ok(ids.first().copied());
    }
    let mut shares = change.prepare_cached("SELECT 1 FROM item_parties WHERE item = $1 AND party = $2")?;
    for id in ids {
        for party in &found.parties {
            if shares.exists(params![id, party.party])? {
                return Ok(Some(id));
            }
        }
    }
    Ok(None)
}

fn new_item(change: &Transaction, head: &Head, found: &Found) -> Result<i64> {
    let shown = Shown {
        kind: found.kind,
        name: found.name.clone(),
        parties: Vec::new(),
        details: found.details.clone(),
        places: Vec::new(),
        news: None,
        remembered: found.remembered.clone(),
    };
    let state = if found.remembered.is_some() { State::Remembered } else { State::Open };
    let pending = i64::from(state == State::Open);
    let number: i64 = change.query_row(
        "UPDATE cases SET items = items + 1, pending = pending + $1 WHERE id = $2 RETURNING items",
        params![pending, head.case],
        |row| row.get(0),
    )?;
    let sql = "INSERT INTO items (case_id, number, version, kind, identity, state, pending, rank, shown, remembered, \
               documents) VALUES ($1, $2, 0, $3, $4, $5, $6, $7, $8, $9, 0) RETURNING id";
    Ok(change.prepare_cached(sql)?.query_row(
        params![
            head.case,
            number,
            found.kind.word(),
            found.key,
            state.word(),
            pending,
            found.rank,
            serde_json::to_string(&shown)?,
            shown.remembered.as_ref().map(|it| format!("{}/{}", it.case, it.entry))
        ],
        |row| row.get(0),
    )?)
}

/// Writes an item's row, and the count of its case.
pub(super) fn write(change: &Transaction, id: i64, item: &Item, decision: Option<u64>) -> Result<()> {
    let pending = matches!(item.state, State::Open | State::Proposed) || item.shown.news.is_some();
    change
        .prepare_cached(
            "UPDATE cases SET pending = pending + $1 - (SELECT pending FROM items WHERE id = $2) WHERE id = $3",
        )?
        .execute(params![pending, id, item.item.case])?;
    change
        .prepare_cached(
            "UPDATE items SET version = $1, state = $2, pending = $3, rank = $4, shown = $5, documents = $6, \
             decision = $7 WHERE id = $8",
        )?
        .execute(params![
            item.version,
            item.state.word(),
            pending,
            item.rank,
            serde_json::to_string(&item.shown)?,
            item.documents,
            decision,
            id
        ])?;
    Ok(())
}

fn decided(change: &Transaction, head: &Head, decision: &Decision) -> Result<()> {
    let row = decide::row(change, &of(head, decision.item))?;
    change
        .prepare_cached(
            "INSERT INTO decisions (case_id, entry, item, choice, reason, note, decided_by, decided_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        )?
        .execute(params![
            head.case,
            head.entry,
            row.id,
            decision.choice.word(),
            decision.reason,
            decision.note,
            head.by,
            head.at.to_string()
        ])?;
    settle(change, head, row.id, true)
}

fn confirmed(change: &Transaction, head: &Head, item: u64, decision: u64) -> Result<()> {
    let row = decide::row(change, &of(head, item))?;
    change.execute(
        "UPDATE decisions SET confirmed_by = $1 WHERE case_id = $2 AND entry = $3",
        params![head.by, head.case, decision],
    )?;
    settle(change, head, row.id, true)
}

fn undone(change: &Transaction, head: &Head, item: u64, decision: u64) -> Result<()> {
    let row = decide::row(change, &of(head, item))?;
    change.execute(
        "UPDATE decisions SET undone = 1 WHERE case_id = $1 AND entry = $2",
        params![head.case, decision],
    )?;
    settle(change, head, row.id, false)
}

/// A decision elsewhere was taken back: what rested on it is open again.
fn recalled(change: &Transaction, head: &Head, item: u64, case: &str, decision: u64) -> Result<()> {
    let row = decide::row(change, &of(head, item))?;
    let (mut item, standing) = decide::by_id(change, row.id)?;
    let same = |it: &crate::model::Remembered| it.case == case && it.entry == decision;
    if item.shown.remembered.as_ref().is_some_and(same) {
        item.shown.remembered = None;
        change.execute("UPDATE items SET remembered = NULL WHERE id = $1", [row.id])?;
        item.version += 1;
        if item.state == State::Remembered {
            item.state = State::Open;
        }
    }
    write(change, row.id, &item, standing)
}

/// Works out anew where an item stands, from its decisions that were not taken back; `read` tells that its news were seen.
fn settle(change: &Transaction, head: &Head, id: i64, read: bool) -> Result<()> {
    let four_eyes: bool =
        change.query_row("SELECT four_eyes FROM cases WHERE id = $1", [&head.case], |row| row.get(0))?;
    let (mut item, _) = decide::by_id(change, id)?;
    let standing = decide::standing(change, id)?;
    item.state = match &standing {
        Some(it) if four_eyes && it.confirmed_by.is_none() => State::Proposed,
        Some(_) => State::Decided,
        None if item.shown.remembered.is_some() => State::Remembered,
        None => State::Open,
    };
    item.version += 1;
    if read {
        item.shown.news = None;
    }
    change.prepare_cached("DELETE FROM memory WHERE case_id = $1 AND entry IN (SELECT entry FROM decisions WHERE item = $2)")?
        .execute(params![head.case, id])?;
    if let Some(it) = standing.as_ref().filter(|it| item.state == State::Decided && it.choice.is_remembered())
    {
        for party in item.shown.parties.iter().filter(|_| item.shown.kind == ItemKind::Hit) {
            change
                .prepare_cached(
                    "INSERT INTO memory (name, party, case_id, entry, choice, decided_by, decided_at) \
                     VALUES ($1, $2, $3, $4, $5, $6, $7)",
                )?
                .execute(params![
                    folded(&item.shown.name),
                    party.party,
                    head.case,
                    it.entry,
                    it.choice.word(),
                    it.by,
                    it.at.to_string()
                ])?;
        }
    }
    write(change, id, &item, standing.map(|it| it.entry))
}

/// What a list changed about an item.
fn watched(change: &Transaction, head: &Head, news: &Change) -> Result<()> {
    if let Some(found) = &news.found {
        return item(change, head, found, Some(&news.words));
    }
    let number = news.item.ok_or_else(|| DeskError::Damaged("a change of a list without an item".into()))?;
    let row = decide::row(change, &of(head, number))?;
    let (mut item, decision) = decide::by_id(change, row.id)?;
    item.version += 1;
    item.shown.news = Some(news.words.clone());
    write(change, row.id, &item, decision)
}
