//! CSV tables: rows by column name, in UTF-8 or Windows-1252, wrong rows reported with their line.

use super::ListReading;
use std::cell::Cell;
use std::io::Read;
use std::rc::Rc;

/// A heading, and whether the reader has asked for it.
struct Column {
    name: String,
    asked: Cell<bool>,
}

/// A row with its line.
pub(super) struct Row {
    columns: Rc<Vec<Column>>,
    values: Vec<String>,
    pub(super) line: u64,
}

impl Row {
    /// The value of a column; empty when there is none.
    pub(super) fn get(&self, column: &str) -> &str {
        let Some(at) = self.columns.iter().position(|known| known.name == column) else { return "" };
        if let Some(column) = self.columns.get(at) {
            column.asked.set(true);
        }
        self.at(at)
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
    separated_rows(text, b',', reading)
}

/// The same with another separator than the comma.
pub(super) fn separated_rows(text: &str, separator: u8, reading: &mut ListReading) -> Vec<Row> {
    let mut lines = records(text, separator, reading);
    if lines.is_empty() {
        return lines;
    }
    let header = lines.remove(0);
    let column = |name: &String| Column { name: name.trim().into(), asked: Cell::new(false) };
    let columns: Rc<Vec<Column>> = Rc::new(header.values.iter().map(column).collect());
    for row in &mut lines {
        row.columns = Rc::clone(&columns);
        if row.values.len() != columns.len() {
            let reason = format!("{} columns instead of {}", row.values.len(), columns.len());
            reading.problem(format!("line {}", row.line), reason);
        }
    }
    lines
}

/// Notes the columns that have something in them and that the reader asked no row for.
pub(super) fn left_out(rows: &[Row], reading: &mut ListReading) {
    let Some(columns) = rows.first().map(|row| &row.columns) else { return };
    for (at, column) in columns.iter().enumerate().filter(|(_, column)| !column.asked.get()) {
        if rows.iter().any(|row| !row.at(at).is_empty()) {
            reading.left_out.push(format!("column {}", column.name));
        }
    }
}

/// Rows of a table without a header.
pub(super) fn plain_rows(text: &str, reading: &mut ListReading) -> Vec<Row> {
    records(text, b',', reading)
}

fn records(text: &str, separator: u8, reading: &mut ListReading) -> Vec<Row> {
    let mut csv = csv::ReaderBuilder::new();
    let mut csv = csv.has_headers(false).flexible(true).delimiter(separator).from_reader(text.as_bytes());
    let none = Rc::new(Vec::new());
    let mut rows = Vec::new();
    for record in csv.records() {
        match record {
            Ok(record) => {
                let line = record.position().map_or(0, csv::Position::line);
                let values = record.iter().map(String::from).collect();
                rows.push(Row { columns: Rc::clone(&none), values, line });
            }
            Err(error) => reading.problem("", error.to_string()),
        }
    }
    rows
}
