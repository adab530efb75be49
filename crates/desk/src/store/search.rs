//! Search over the words of all documents.

use super::Store;
use crate::error::Result;
use rusqlite::params;
use serde::Serialize;

/// A document that has the words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Search {
    /// Its case.
    pub case: String,
    /// Its number in the case.
    pub number: u64,
    /// Where it came from.
    pub source: String,
    /// Headline.
    pub title: String,
    /// Words around the first find.
    pub words: String,
}

/// Most documents that are weighed against each other: words that stand in more are no question that a ranking answers.
const WEIGHED: u64 = 5000;

/// Each word as a word, so that no sign of the query language counts; `word*` asks for a beginning.
fn query(words: &str) -> String {
    let word = |word: &str| {
        let (word, star) = word.strip_suffix('*').map_or((word, ""), |word| (word, "*"));
        let plain = word.replace('"', " ");
        plain.chars().any(char::is_alphanumeric).then(|| format!("\"{plain}\"{star}"))
    };
    words.split_whitespace().filter_map(word).collect::<Vec<_>>().join(" ")
}

impl Store {
    /// The documents that have all of the words, the best first, in a case or in all.
    pub fn search(&self, words: &str, case: Option<&str>, limit: u64) -> Result<Vec<Search>> {
        let query = query(words);
        if query.is_empty() {
            return Ok(Vec::new());
        }
        if let Some(case) = case {
            self.case(case)?;
        }
        let ranked = "SELECT rowid AS id, bm25(words, 4.0, 1.0) AS weight FROM words WHERE words MATCH ?1 \
                      ORDER BY rowid DESC LIMIT ?2";
        // The index of words is read once, between the first and the last document of the case; the plus keeps the set of its
        // documents from being asked for one by one.
        let of_case = "SELECT words.rowid AS id, bm25(words, 4.0, 1.0) AS weight FROM words WHERE words MATCH ?1 \
                       AND words.rowid BETWEEN (SELECT min(id) FROM documents WHERE case_id = ?4) \
                       AND (SELECT max(id) FROM documents WHERE case_id = ?4) \
                       AND +words.rowid IN (SELECT id FROM documents WHERE case_id = ?4) \
                       ORDER BY words.rowid DESC LIMIT ?2";
        let inner = if case.is_some() { of_case } else { ranked };
        let sql = format!(
            "SELECT documents.id, case_id, number, source, documents.title FROM ({inner}) AS best \
             JOIN documents ON documents.id = best.id WHERE ?4 IS NULL OR case_id = ?4 \
             ORDER BY weight, documents.id LIMIT ?3"
        );
        let mut statement = self.db.prepare_cached(&sql)?;
        let rows = statement.query_map(params![query, WEIGHED, limit.min(1000), case], |row| {
            Ok((
                row.get::<_, i64>(0)?,
                Search {
                    case: row.get(1)?,
                    number: row.get(2)?,
                    source: row.get(3)?,
                    title: row.get(4)?,
                    words: String::new(),
                },
            ))
        })?;
        let mut snippet = self.db.prepare_cached(
            "SELECT snippet(words, 1, '', '', '…', 24) FROM words WHERE words MATCH ?1 AND rowid = ?2",
        )?;
        let mut found = Vec::new();
        for row in rows {
            let (id, mut hit) = row?;
            hit.words = snippet.query_row(params![query, id], |row| row.get(0))?;
            found.push(hit);
        }
        Ok(found)
    }
}
