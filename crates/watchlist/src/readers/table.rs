//! CSV tables: rows by column name, in UTF-8 or Windows-1252, wrong rows reported with their line.

use super::ListReading;
use std::io::Read;

/// A row with its line.
pub(super) struct Row {
    columns: std::rc::Rc<Vec<String>>,
    values: Vec<String>,
    pub(super) line: u64,
}

impl Row {
    /// The value of a column; empty when there is none.
    pub(super) fn get(&self, column: &str) -> &str {
        let at = self.columns.iter().position(|known| known == column);
        at.map(|at| self.at(at)).unwrap_or_default()
    }

    /// The value at a place, from 0.
    pub(super) fn at(&self, place: usize) -> &str {
        self.values.get(place).map(|value| value.trim()).unwrap_or_default()
    }
}

/// The whole source as text; not UTF-8 means Windows-1252, as British and US publishers write it.
pub(super) fn text(mut source: impl Read, reading: &mut ListReading) -> String {
    let mut bytes = Vec::new();
    if let Err(error) = source.read_to_end(&mut bytes) {
        reading.tear(format!("byte {}", bytes.len()), error.to_string());
    }
    let torn = |error: &std::str::Utf8Error| error.error_len().is_none();
    match std::str::from_utf8(&bytes) {
        Ok(text) => text.trim_start_matches('\u{feff}').to_string(),
        Err(error) if torn(&error) => {
            reading.tear(format!("byte {}", bytes.len()), "the file ends inside a letter");
            String::from_utf8_lossy(&bytes).into_owned()
        }
        Err(_) => encoding_rs::WINDOWS_1252.decode(&bytes).0.into_owned(),
    }
}

/// Rows of a table whose first line names the columns.
pub(super) fn rows(text: &str, reading: &mut ListReading) -> Vec<Row> {
    let mut lines = plain_rows(text, reading);
    if lines.is_empty() {
        return lines;
    }
    let header = lines.remove(0);
    let columns: Vec<String> = header.values.iter().map(|name| name.trim().to_string()).collect();
    let columns = std::rc::Rc::new(columns);
    for row in &mut lines {
        row.columns = std::rc::Rc::clone(&columns);
        if row.values.len() != columns.len() {
            let reason = format!("{} columns instead of {}", row.values.len(), columns.len());
            reading.problem(format!("line {}", row.line), reason);
        }
    }
    lines
}

/// Rows of a table without a header.
pub(super) fn plain_rows(text: &str, reading: &mut ListReading) -> Vec<Row> {
    let mut csv = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let none = std::rc::Rc::new(Vec::new());
    let mut rows = Vec::new();
    for record in csv.records() {
        match record {
            Ok(record) => {
                let line = record.position().map_or(0, csv::Position::line);
                let values = record.iter().map(String::from).collect();
                rows.push(Row { columns: std::rc::Rc::clone(&none), values, line });
            }
            Err(error) => reading.problem("", error.to_string()),
        }
    }
    rows
}
