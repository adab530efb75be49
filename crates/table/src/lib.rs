//! Tables of parties as people really have them become headings, rows and records.
//!
//! Knows encodings, separators, quotes, spreadsheets, headings and how dates and countries are written. It must not know
//! lists, nor how names are compared. Everything that is guessed stands in a [`Note`]; a doubtful guess says what would
//! decide it. No clock, no files: bytes come in.

mod columns;
mod country;
mod date;
mod delimited;
mod heading;
mod json;
mod sheet;
mod text;
mod words;

pub use columns::{Columns, Record};
pub use country::countries;
pub use date::{Order, dates};

/// What the user says of a table; what is left open is guessed.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// Name of the encoding (<https://encoding.spec.whatwg.org/#names-and-labels>).
    pub encoding: Option<String>,
    /// What separates cells.
    pub separator: Option<char>,
    /// Name of the sheet.
    pub sheet: Option<String>,
    /// Field and heading: `name`, `Wer`.
    pub columns: Vec<(String, String)>,
    /// Which comes first in dates like 04/03/1961.
    pub order: Option<Order>,
}

/// A table that was read.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// What the columns are called.
    pub headings: Vec<String>,
    /// The rows under the headings, in order; empty ones are left out.
    pub rows: Vec<Row>,
    /// What was guessed.
    pub notes: Vec<Note>,
}

/// A row under the headings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// Its first line in the file, from 1.
    pub line: u64,
    /// Its cells; of one that could not be read what there is of it.
    pub cells: Vec<String>,
    /// Why it could not be read.
    pub fault: Option<String>,
}

/// Something that was guessed, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// What was guessed.
    pub words: String,
    /// What decides it where the guess is doubtful, such as `--separator ';'`.
    pub doubt: Option<String>,
}

impl Note {
    fn sure(words: impl Into<String>) -> Self {
        Self { words: words.into(), doubt: None }
    }

    fn doubtful(words: impl Into<String>, decide: impl Into<String>) -> Self {
        Self { words: words.into(), doubt: Some(decide.into()) }
    }
}

/// Why a table cannot be read or screened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TableError {
    /// There is nothing in it.
    #[error("the table is empty")]
    Empty,
    /// It is no text and no spreadsheet.
    #[error("this is no text and no known spreadsheet; save the table as CSV (UTF-8), XLSX or ODS")]
    Binary,
    /// It is not what its ending says.
    #[error("{0}")]
    Broken(String),
    /// The encoding that was named is none.
    #[error(
        "no encoding is called `{0}`; known are utf-8, utf-16le, windows-1252, windows-1251, shift_jis, gbk, …"
    )]
    NoEncoding(String),
    /// The sheet that was named is not there.
    #[error("no sheet is called `{0}` (there are: {1})")]
    NoSheet(String, String),
    /// No column holds names.
    #[error("no column holds names; say which one does, as in --column name=Heading (there are: {0})")]
    NoName(String),
    /// A column that was named is not there.
    #[error("no column is headed `{0}` (there are: {1})")]
    NoColumn(String, String),
}

/// Reads a table. `ending` is that of its file's name, in any case, without the dot; what the bytes say goes before it.
pub fn read(bytes: &[u8], ending: &str, settings: &Settings) -> Result<Table, TableError> {
    if sheet::is_one(bytes) {
        return sheet::read(bytes, settings);
    }
    let (text, mut notes) = text::decoded(bytes, settings.encoding.as_deref())?;
    if text.trim().is_empty() {
        return Err(TableError::Empty);
    }
    let mut table =
        if json::is_it(&text, ending) { json::read(&text)? } else { delimited::read(&text, settings) };
    notes.append(&mut table.notes);
    for row in table.rows.iter_mut().filter(|row| row.fault.is_none()) {
        if row.cells.iter().any(|cell| cell.contains(char::REPLACEMENT_CHARACTER)) {
            row.fault = Some("letters that the encoding does not have".into());
        }
    }
    Ok(Table { notes, ..table })
}

/// Rows of cells become a table: finds the line of the headings, below titles, and the rows with too many cells.
fn tabled(mut lines: Vec<(u64, Vec<String>)>, settings: &Settings) -> Table {
    lines.retain(|(_, cells)| cells.iter().any(|cell| !cell.trim().is_empty()));
    let (at, note) = heading::line_of(&lines, settings);
    let mut rows = lines.into_iter().skip(at);
    let mut headings = rows.next().map(|(_, cells)| cells).unwrap_or_default();
    while headings.last().is_some_and(|heading| heading.trim().is_empty()) {
        headings.pop();
    }
    let width = headings.len();
    let row = |(line, mut cells): (u64, Vec<String>)| {
        let beyond = cells.iter().skip(width).any(|cell| !cell.trim().is_empty());
        let fault = beyond.then(|| format!("{} cells under {width} headings", cells.len()));
        if fault.is_none() {
            cells.resize(width, String::new());
        }
        Row { line, cells, fault }
    };
    let rows = rows.map(row).collect();
    Table { headings, rows, notes: note.into_iter().collect() }
}
