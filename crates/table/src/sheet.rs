//! Spreadsheets: XLSX, XLS, XLSB, ODS.

use crate::{Note, Settings, Table, TableError, date, tabled};
use calamine::{Data, Range, Reader, open_workbook_auto_from_rs};
use std::io::Cursor;

/// Packed folders (XLSX, ODS) and the older format of Excel.
pub(crate) fn is_one(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
}

pub(crate) fn read(bytes: &[u8], settings: &Settings) -> Result<Table, TableError> {
    let broken =
        |error: calamine::Error| TableError::Broken(format!("the spreadsheet cannot be read: {error}"));
    let mut book = open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(broken)?;
    let names = book.sheet_names();
    let mut sheets: Vec<(String, Range<Data>)> = Vec::new();
    for name in names.iter().filter(|name| settings.sheet.as_ref().is_none_or(|wanted| wanted == *name)) {
        let range = book.worksheet_range(name).map_err(broken)?;
        if !range.is_empty() {
            sheets.push((name.clone(), range));
        }
    }
    if let Some(wanted) = settings.sheet.as_ref().filter(|wanted| !names.contains(wanted)) {
        return Err(TableError::NoSheet(wanted.clone(), names.join(", ")));
    }
    let others = sheets.len().saturating_sub(1);
    let Some((name, range)) = sheets.into_iter().next() else { return Err(TableError::Empty) };
    let first = range.start().map_or(0, |(row, _)| u64::from(row));
    let rows = range.rows().zip(first + 1..).map(|(row, line)| (line, row.iter().map(cell).collect()));
    let mut table = tabled(rows.collect(), settings);
    let note = match others {
        0 => Note::sure(format!("sheet: {name}")),
        _ => Note::doubtful(format!("sheet: {name}; {others} more have something in them"), "--sheet NAME"),
    };
    table.notes.insert(0, note);
    Ok(table)
}

fn cell(data: &Data) -> String {
    match data {
        Data::Empty | Data::Error(_) => String::new(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number.to_string(),
        Data::Bool(truth) => truth.to_string(),
        Data::DateTime(moment) => {
            let serial = moment.as_f64();
            let day = (serial >= 1.0).then(|| date::of_serial(serial as i64)).flatten();
            day.map_or_else(|| moment.as_f64().to_string(), |day| day.to_string())
        }
    }
}
