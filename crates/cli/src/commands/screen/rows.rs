//! The rows of a table that is screened: CSV, JSON Lines or Parquet, told by the file's ending.

use crate::exit::UsageError;
use anyhow::{Context, Result};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::{Field, Row};
use serde_json::{Map, Value};
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

/// The cells of a row, or why it cannot be read.
pub(super) type Cells = Result<Vec<String>, String>;

/// A table: its headings, and its rows as they are read.
pub(super) struct Table {
    pub(super) headings: Vec<String>,
    pub(super) rows: Box<dyn Iterator<Item = Cells>>,
}

/// Opens a table: `.jsonl`, `.ndjson`, `.parquet`, else CSV.
pub(super) fn open(file: &Path) -> Result<Table> {
    let ending = file.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    let table = match ending.as_str() {
        "jsonl" | "ndjson" => json_lines(file),
        "parquet" => parquet(file),
        "xlsx" | "xls" | "ods" => {
            return Err(UsageError(format!(
                "{}: spreadsheets are not read; save the sheet as CSV (UTF-8)",
                file.display()
            ))
            .into());
        }
        _ => csv(file),
    };
    table.with_context(|| format!("cannot read {}", file.display()))
}

fn csv(file: &Path) -> Result<Table> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_path(file)?;
    let headings = reader.headers()?.iter().map(Into::into).collect();
    let cells = |row: Result<csv::StringRecord, csv::Error>| match row {
        Ok(row) => Ok(row.iter().map(Into::into).collect()),
        Err(error) => Err(error.to_string()),
    };
    Ok(Table { headings, rows: Box::new(reader.into_records().map(cells)) })
}

/// One object a line. The first line's keys are the headings, so that the columns are known before the rows are read;
/// what later lines have beyond them is an error of theirs.
fn json_lines(file: &Path) -> Result<Table> {
    let first = BufReader::new(File::open(file)?).lines().next().context("the file is empty")??;
    let first: Map<String, Value> =
        serde_json::from_str(&first).context("its first line is no JSON object")?;
    let headings: Vec<String> = first.keys().cloned().collect();
    let keys = headings.clone();
    let cells = move |line: std::io::Result<String>| {
        let line = line.map_err(|error| error.to_string())?;
        let mut object: Map<String, Value> =
            serde_json::from_str(&line).map_err(|error| error.to_string())?;
        let cells = keys.iter().map(|key| object.remove(key).map_or_else(String::new, |value| words(&value)));
        let cells = cells.collect();
        match object.keys().next() {
            Some(key) => Err(format!("`{key}` is no key of the first line")),
            None => Ok(cells),
        }
    };
    let blank = |line: &std::io::Result<String>| line.as_ref().is_ok_and(|line| line.trim().is_empty());
    let lines = BufReader::new(File::open(file)?).lines().filter(move |line| !blank(line));
    Ok(Table { headings, rows: Box::new(lines.map(cells)) })
}

/// A value as a cell; several are set apart by semicolons.
fn words(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(values) => values.iter().map(words).collect::<Vec<_>>().join("; "),
        other => other.to_string(),
    }
}

fn parquet(file: &Path) -> Result<Table> {
    let reader = SerializedFileReader::new(File::open(file)?)?;
    let fields = reader.metadata().file_metadata().schema().get_fields();
    let headings = fields.iter().map(|field| field.name().to_string()).collect();
    let cells = |row: parquet::errors::Result<Row>| match row {
        Ok(row) => Ok(row.get_column_iter().map(|(_, field)| cell(field)).collect()),
        Err(error) => Err(error.to_string()),
    };
    Ok(Table { headings, rows: Box::new(reader.into_iter().map(cells)) })
}

fn cell(field: &Field) -> String {
    match field {
        Field::Null => String::new(),
        Field::Str(text) => text.clone(),
        Field::ListInternal(list) => list.elements().iter().map(cell).collect::<Vec<_>>().join("; "),
        other => other.to_string(),
    }
}
