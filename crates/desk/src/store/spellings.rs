//! Other spellings of a name in a case: who is to be forgotten stands there in other scripts and transliterations too.

use super::Store;
use super::cases::find;
use super::removal::names;
use crate::error::Result;
use crate::model::{Shown, folded};
use lagebild_names::{Name, NameKind, Options, THRESHOLD, score};
use rusqlite::{Connection, Row};
use serde::Serialize;
use std::collections::BTreeMap;

/// A name of a case that may be another spelling of the one that was asked for.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Spelling {
    /// The name.
    pub name: String,
    /// How like the names are, 0 to 1.
    pub score: f64,
}

impl Store {
    /// The names of a case (of those who are named in its documents, of its items and their listed parties, and of those who are
    /// watched) that may be other spellings of a name, the likest first. Names that have it word by word are not among them.
    pub fn spellings(&self, case: &str, name: &str) -> Result<Vec<Spelling>> {
        find(&self.db, case)?;
        let own = [folded(name)];
        let mut found: BTreeMap<String, Spelling> = BTreeMap::new();
        for (candidate, kind) in candidates(&self.db, case)? {
            if names(&candidate, &own) {
                continue;
            }
            let score = score(&Name::parse(name, kind), &Name::parse(&candidate, kind), Options::default());
            let known = found.get(&folded(&candidate)).is_some_and(|known| known.score >= score);
            if score >= THRESHOLD && !known {
                found.insert(folded(&candidate), Spelling { name: candidate, score });
            }
        }
        let mut found: Vec<Spelling> = found.into_values().collect();
        found.sort_by(|one, other| other.score.total_cmp(&one.score));
        Ok(found)
    }
}

/// The kind behind a schema; whoever is asked for is a person where nothing else is known.
fn kind(schema: &str) -> NameKind {
    if schema.is_empty() { NameKind::Person } else { NameKind::of_schema(schema) }
}

/// The names of a case.
fn candidates(db: &Connection, case: &str) -> Result<Vec<(String, NameKind)>> {
    let named = |row: &Row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?));
    let of_documents = "SELECT DISTINCT names.name, names.schema FROM documents \
                        JOIN named ON named.document = documents.id JOIN names ON names.id = named.name WHERE case_id = $1";
    let of_watch = "SELECT DISTINCT name, schema FROM watched WHERE $1 = $1";
    let mut found = Vec::new();
    for sql in [of_documents, of_watch] {
        let mut statement = db.prepare(sql)?;
        for row in statement.query_map([case], named)? {
            let (name, schema) = row?;
            found.push((name, kind(&schema)));
        }
    }
    let mut statement = db.prepare("SELECT shown FROM items WHERE case_id = $1 AND kind = 'hit'")?;
    for shown in statement.query_map([case], |row| row.get::<_, String>(0))? {
        let shown: Shown = serde_json::from_str(&shown?)?;
        let all = std::iter::once(shown.name).chain(shown.parties.into_iter().map(|party| party.name));
        found.extend(all.map(|name| (name, NameKind::Person)));
    }
    Ok(found)
}
