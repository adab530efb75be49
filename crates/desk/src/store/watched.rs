//! What is watched, and the round that asks new versions of lists.

use super::cases::{Doing, append};
use super::{Store, decide, documents, lists, notices};
use crate::act::Act;
use crate::error::Result;
use crate::model::{Found, ItemKind, ItemRef, Listed, Place, Watched, folded};
use crate::notices::{ListDay, Target, Told};
use crate::watch::{Answer, Change, Changes, Subject, Turn};
use lagebild_watchlist::{Party, Stamp, Watchlist};
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use serde_json::{Value, json};
use std::collections::BTreeMap;

impl Store {
    /// Watches names and parties. Answers how many are new.
    pub fn watch(&mut self, watched: &[Watched], doing: &Doing) -> Result<usize> {
        let change = self.change()?;
        let mut new = 0;
        for one in watched {
            let sql = "INSERT INTO watched (name, schema, source, added_by, added_at) VALUES ($1, $2, $3, $4, $5) \
                       ON CONFLICT DO NOTHING";
            let schema = one.schema.as_deref().unwrap_or_default();
            new += change.prepare_cached(sql)?.execute(params![
                one.name,
                schema,
                one.source,
                doing.by,
                doing.at.to_string()
            ])?;
        }
        change.commit()?;
        Ok(new)
    }

    /// Watches a name or party no longer. Answers how many there were.
    pub fn unwatch(&mut self, name: &str) -> Result<usize> {
        Ok(self.db.execute("DELETE FROM watched WHERE name = $1", [name])?)
    }

    /// What is watched, by name.
    pub fn watched(&self) -> Result<Vec<Watched>> {
        watched(&self.db)
    }

    /// Asks the lists what changed since they were asked last, puts it on the desk and, for each target, among the notices that
    /// are to be sent, and notes the versions.
    pub fn watch_lists(
        &mut self,
        watchlist: &Watchlist,
        targets: &[Target],
        doing: &Doing,
    ) -> Result<Changes> {
        let stamp = watchlist.stamp();
        let members = if stamp.lists.is_empty() { std::slice::from_ref(stamp) } else { &stamp.lists };
        let (mut turns, mut days) = (Vec::new(), Vec::new());
        let mut changes = Changes::default();
        for list in members {
            if let Some((turn, day)) = self.turn(list, watchlist, stamp.lists.is_empty())? {
                changes.lists.push(match &day.before {
                    Some(before) => format!("{}: {before} → {}", day.list, day.day),
                    None => format!("{}: {}, asked for the first time", day.list, day.day),
                });
                let difference = &turn.difference;
                changes.parties[0] += difference.added.len();
                changes.parties[1] += difference.changed.len();
                changes.parties[2] += difference.removed.len();
                turns.push(turn);
                days.push(day);
            }
        }
        if turns.is_empty() {
            return Ok(changes);
        }
        let change = self.change()?;
        let mut told = Vec::new();
        changes.watched = subjects(&watched(&change)?, &turns);
        for subject in &changes.watched {
            told.extend(tell(&turns, &subject.party, &subject.words).map(|told| Told {
                name: Some(subject.watched.name.clone()),
                source: Some(subject.watched.source.clone()),
                ..told
            }));
        }
        let asked: Vec<Value> = members
            .iter()
            .map(|list| json!({"name": list.name, "date": list.date, "hash": list.hash}))
            .collect();
        for (case, news) in of_cases(&change, &turns)? {
            let act = Act::Watch { lists: asked.clone(), changes: news.clone() };
            append(&change, &case, &act, doing)?;
            for it in news {
                let Some(item) = item_of(&change, &case, &it)? else { continue };
                if !targets.is_empty() {
                    let name = decide::by_id(&change, decide::row(&change, &item)?.id)?.0.shown.name;
                    let news = tell(&turns, &it.party, &it.words);
                    told.extend(news.map(|told| Told { item: Some(item.clone()), name: Some(name), ..told }));
                }
                changes.items.push((item, it.words));
            }
        }
        notices::put(&change, targets, &days, &told, doing.at)?;
        lists::keep_watchlist(&change, watchlist)?;
        for list in members {
            change.execute(
                "INSERT INTO screened (list, hash, date) VALUES ($1, $2, $3) \
                 ON CONFLICT (list) DO UPDATE SET hash = excluded.hash, date = excluded.date",
                params![list.name, list.hash, list.date],
            )?;
        }
        change.commit()?;
        Ok(changes)
    }

    /// What became of a list since it was asked last; none where it is the same.
    fn turn(&self, list: &Stamp, watchlist: &Watchlist, alone: bool) -> Result<Option<(Turn, ListDay)>> {
        let asked: Option<(String, String)> = self
            .db
            .query_row("SELECT hash, date FROM screened WHERE list = $1", [&list.name], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .optional()?;
        if asked.as_ref().is_some_and(|(hash, _)| *hash == list.hash) {
            return Ok(None);
        }
        let before = match &asked {
            Some((hash, _)) => self.list_parties(hash)?.unwrap_or_default(),
            None => Vec::new(),
        };
        let own = |party: &Party| alone || party.list() == list.name;
        let now: Vec<Party> = watchlist.parties().filter(own).collect();
        let day = ListDay {
            list: list.name.clone(),
            day: list.date.clone(),
            version: list.hash.clone(),
            before: asked.map(|(_, date)| date),
        };
        Ok(Some((Turn::new(&list.name, &list.date, &before, &now), day)))
    }
}

fn watched(db: &Connection) -> Result<Vec<Watched>> {
    let mut statement =
        db.prepare("SELECT name, schema, source FROM watched ORDER BY name, schema, source")?;
    let rows = statement.query_map([], |row| {
        let schema: String = row.get(1)?;
        let schema = Some(schema).filter(|schema| !schema.is_empty());
        Ok(Watched { name: row.get(0)?, schema, source: row.get(2)? })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// What is told of a party, without whom it concerns.
fn tell(turns: &[Turn], party: &str, words: &str) -> Option<Told> {
    let (turn, (what, fields)) = turns.iter().find_map(|turn| Some((turn, turn.became(party)?)))?;
    Some(Told {
        what,
        list: turn.list.clone(),
        day: turn.day.clone(),
        party: party.into(),
        fields,
        item: None,
        name: None,
        words: Some(words.into()),
        source: None,
    })
}

/// The item that a change is of, new or old.
fn item_of(change: &Transaction, case: &str, it: &Change) -> Result<Option<ItemRef>> {
    let number = match (&it.item, &it.found) {
        (Some(number), _) => Some(*number),
        (None, Some(found)) => number_of(change, case, &found.key, &it.party)?,
        (None, None) => None,
    };
    Ok(number.map(|number| ItemRef { case: case.into(), number }))
}

/// Those watched of whom something changed.
fn subjects(watched: &[Watched], turns: &[Turn]) -> Vec<Subject> {
    let mut subjects = Vec::new();
    for (one, turn) in watched.iter().flat_map(|one| turns.iter().map(move |turn| (one, turn))) {
        if let Some(words) = turn.party(&one.name) {
            let (party, listed) = (one.name.clone(), String::new());
            subjects.push(Subject { watched: one.clone(), party, listed, score: 1.0, words });
        }
        for Answer { hit, words, .. } in turn.ask(&one.name, one.schema.as_deref(), true) {
            let watched = one.clone();
            subjects.push(Subject {
                watched,
                party: hit.party,
                listed: hit.caption,
                score: hit.score,
                words,
            });
        }
    }
    subjects
}

/// What changed for each case: of items that are there, and of names that no list had.
fn of_cases(change: &Transaction, turns: &[Turn]) -> Result<BTreeMap<String, Vec<Change>>> {
    let mut cases: BTreeMap<String, Vec<Change>> = BTreeMap::new();
    for turn in turns {
        for party in turn.touched() {
            let sql = "SELECT case_id, number FROM items JOIN item_parties ON item_parties.item = items.id \
                       WHERE party = $1 ORDER BY case_id, number";
            let mut statement = change.prepare_cached(sql)?;
            let rows =
                statement.query_map([party], |row| Ok((row.get::<_, String>(0)?, row.get::<_, u64>(1)?)))?;
            for row in rows {
                let (case, item) = row?;
                let words = turn.party(party).unwrap_or_default();
                let news = Change { item: Some(item), party: party.clone(), words, found: None };
                cases.entry(case).or_default().push(news);
            }
        }
        for (id, schema, name) in names(change)? {
            for answer in turn.ask(&name, Some(&schema), false) {
                for (case, found) in newly_found(change, id, &name, &answer)? {
                    let (party, words) = (answer.hit.party.clone(), answer.words.clone());
                    cases.entry(case).or_default().push(Change {
                        item: None,
                        party,
                        words,
                        found: Some(found),
                    });
                }
            }
        }
    }
    Ok(cases)
}

fn names(db: &Connection) -> Result<Vec<(i64, String, String)>> {
    let mut statement = db.prepare("SELECT id, schema, name FROM names ORDER BY schema, name")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// A name that a list has now, in each case that names it and does not have that item yet.
fn newly_found(
    change: &Transaction,
    name: i64,
    words: &str,
    answer: &Answer,
) -> Result<Vec<(String, Found)>> {
    let hit = &answer.hit;
    let sql = "SELECT documents.case_id, documents.number FROM named \
               JOIN documents ON documents.id = named.document WHERE named.name = $1 \
               ORDER BY documents.case_id, documents.number";
    let mut documents: BTreeMap<String, Vec<u64>> = BTreeMap::new();
    let mut statement = change.prepare_cached(sql)?;
    for row in statement.query_map([name], |row| Ok((row.get::<_, String>(0)?, row.get::<_, u64>(1)?)))? {
        let (case, number) = row?;
        documents.entry(case).or_default().push(number);
    }
    let key = folded(words);
    let mut found = Vec::new();
    for (case, numbers) in documents {
        if number_of(change, &case, &key, &hit.party)?.is_some() {
            continue;
        }
        let places: Vec<Place> =
            numbers.iter().map(|number| place(change, &case, *number, words)).collect::<Result<_>>()?;
        let mut item = Found {
            kind: ItemKind::Hit,
            key: key.clone(),
            name: words.to_owned(),
            rank: crate::found::rank(hit.score * 0.8 + 0.2),
            parties: vec![Listed {
                party: hit.party.clone(),
                name: hit.caption.clone(),
                score: hit.score,
                why: hit.reasons.iter().map(|reason| reason.words.clone()).collect(),
                ..Listed::default()
            }],
            details: Vec::new(),
            places,
            remembered: None,
        };
        documents::remember(change, &case, &mut item)?;
        found.push((case, item));
    }
    Ok(found)
}

/// Where a document has the name; its beginning where it stands there in another form.
fn place(db: &Connection, case: &str, document: u64, name: &str) -> Result<Place> {
    let text: String = db
        .prepare_cached("SELECT text FROM documents WHERE case_id = $1 AND number = $2")?
        .query_row(params![case, document], |row| row.get(0))?;
    let start = text.find(name).unwrap_or_default();
    let end = if text[start..].starts_with(name) { start + name.len() } else { start };
    let span = lagebild_span::Span::new(start, end);
    Ok(Place { document, start: span.start(), end: span.end(), words: crate::found::around(&text, span) })
}

/// The item of a name and party.
fn number_of(db: &Connection, case: &str, key: &str, party: &str) -> Result<Option<u64>> {
    let sql = "SELECT number FROM items JOIN item_parties ON item_parties.item = items.id \
               WHERE case_id = $1 AND kind = 'hit' AND identity = $2 AND party = $3";
    Ok(db.prepare_cached(sql)?.query_row(params![case, key, party], |row| row.get(0)).optional()?)
}

/// Says of a hit on a party that is watched that it is.
pub(super) fn tell_watched(db: &Connection, found: &mut Found) -> Result<()> {
    let mut statement = db.prepare_cached("SELECT source FROM watched WHERE name = $1 ORDER BY source")?;
    for party in &found.parties {
        for source in statement.query_map([&party.party], |row| row.get::<_, String>(0))? {
            found.details.push(format!("{} is watched: {}", party.party, source?));
            found.rank = 1000;
        }
    }
    Ok(())
}
