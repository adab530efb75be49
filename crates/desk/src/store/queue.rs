//! The queue: what waits for somebody, the most pressing first.

use super::{Store, cases, decide};
use crate::act::Choice;
use crate::error::Result;
use crate::model::{Item, ItemKind, ItemRef, State};
use jiff::civil::Date;
use rusqlite::types::Value;
use rusqlite::{Row, params_from_iter};
use serde::Serialize;

/// The columns of an item, and where they come from.
pub(super) const ITEM: &str = "items.case_id, items.number, items.version, items.state, items.rank, items.shown, \
    items.decision, items.documents, items.assigned, items.due, decisions.choice, decisions.reason, decisions.note, \
    decisions.decided_by, decisions.decided_at, decisions.confirmed_by FROM items \
    LEFT JOIN decisions ON decisions.case_id = items.case_id AND decisions.entry = items.decision";

/// An item from its columns.
pub(super) fn item(row: &Row) -> Result<Item> {
    let choice: Option<String> = row.get(10)?;
    let at: Option<String> = row.get(14)?;
    let due: Option<String> = row.get(9)?;
    Ok(Item {
        item: ItemRef { case: row.get(0)?, number: row.get(1)? },
        version: row.get(2)?,
        state: State::of(&row.get::<_, String>(3)?),
        rank: row.get(4)?,
        shown: serde_json::from_str(&row.get::<_, String>(5)?)?,
        documents: row.get(7)?,
        choice: choice.as_deref().and_then(Choice::of),
        reason: row.get(11)?,
        note: row.get(12)?,
        by: row.get(13)?,
        at: at.and_then(|at| at.parse().ok()),
        confirmed_by: row.get(15)?,
        assigned: row.get(8)?,
        due: due.and_then(|due| due.parse().ok()),
    })
}

/// Which items are asked for.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Of this case only.
    pub case: Option<String>,
    /// Given to this person only.
    pub assigned: Option<String>,
    /// Of this kind only.
    pub kind: Option<ItemKind>,
    /// Standing so only; otherwise all that waits for somebody.
    pub state: Option<State>,
    /// Due on this day or before only.
    pub due: Option<Date>,
    /// Naming this party only, whatever it stands at.
    pub party: Option<String>,
    /// How many to leave out from the front.
    pub skip: u64,
    /// Most items to answer.
    pub limit: u64,
}

/// How many items stand where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Waiting for somebody.
    pub pending: u64,
    /// All.
    pub items: u64,
}

impl Store {
    /// The items asked for, the most pressing first.
    pub fn queue(&self, filter: &Filter) -> Result<Vec<Item>> {
        let mut conditions = Vec::new();
        let mut values: Vec<Value> = Vec::new();
        let mut and = |condition: &str, value: Value| {
            values.push(value);
            conditions.push(condition.replace('?', &format!("${}", values.len())));
        };
        if let Some(case) = &filter.case {
            cases::find(&self.db, case)?;
            and("items.case_id = ?", case.clone().into());
        }
        if let Some(assigned) = &filter.assigned {
            and("items.assigned = ?", assigned.clone().into());
        }
        if let Some(kind) = filter.kind {
            and("items.kind = ?", kind.word().to_owned().into());
        }
        if let Some(due) = filter.due {
            and("items.due <= ?", due.to_string().into());
        }
        match (filter.state, &filter.party) {
            (Some(state), _) => and("items.state = ?", state.word().to_owned().into()),
            (None, None) => and("items.pending = ?", 1.into()),
            (None, Some(_)) => {}
        }
        if let Some(party) = &filter.party {
            and("items.id IN (SELECT item FROM item_parties WHERE party = ?)", party.clone().into());
        }
        let conditions =
            if conditions.is_empty() { String::new() } else { format!("WHERE {}", conditions.join(" AND ")) };
        // Which items first, by small rows; only these are then taken as a whole.
        let wanted = format!(
            "SELECT items.id FROM items {conditions} ORDER BY items.rank DESC, items.id LIMIT {} OFFSET {}",
            filter.limit.min(i64::MAX as u64),
            filter.skip.min(i64::MAX as u64)
        );
        let sql = format!("SELECT {ITEM} WHERE items.id IN ({wanted}) ORDER BY items.rank DESC, items.id");
        let mut statement = self.db.prepare_cached(&sql)?;
        let rows = statement.query_map(params_from_iter(values), |row| Ok(item(row)))?;
        rows.collect::<rusqlite::Result<Vec<_>>>()?.into_iter().collect()
    }

    /// One item.
    pub fn item(&self, item: &ItemRef) -> Result<Item> {
        Ok(decide::by_id(&self.db, decide::row(&self.db, item)?.id)?.0)
    }

    /// How many items there are, in a case or in all.
    pub fn counts(&self, case: Option<&str>) -> Result<Counts> {
        let cases = match case {
            Some(case) => vec![self.case(case)?],
            None => self.cases()?,
        };
        Ok(Counts {
            pending: cases.iter().map(|case| case.pending).sum(),
            items: cases.iter().map(|case| case.items).sum(),
        })
    }
}
