//! Tables: each row a piece, under the name of its sheet.

use crate::model::{Piece, Role, Written};
use calamine::{Data, DataRef, Reader, Xls, Xlsx};
use std::io::{Cursor, Read, Seek};

/// Most cells of a workbook.
const MOST_CELLS: usize = 2_000_000;

/// The cells of a row as one line; `""` when all are empty.
pub(crate) fn row<'a>(cells: impl Iterator<Item = &'a str>) -> String {
    cells.map(str::trim).filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join(" | ")
}

/// How a row is cited.
pub(crate) fn label(sheet: &str, row: usize) -> String {
    format!("sheet {sheet}, row {row}")
}

/// The text of a workbook: cell by cell, since a hostile one names cells that are far apart.
pub(crate) fn xlsx<R: Read + Seek>(file: &mut R) -> Result<Written, String> {
    let mut book = Xlsx::new(file).map_err(|error| format!("a workbook that is broken: {error}"))?;
    let mut written = Written::default();
    let mut cells = 0;
    for name in book.sheet_names() {
        let mut reader = match book.worksheet_cells_reader(&name) {
            Ok(reader) => reader,
            Err(error) => {
                written.warnings.push(format!("sheet {name} is not read: {error}"));
                continue;
            }
        };
        let mut current: (u32, Vec<String>) = (0, Vec::new());
        loop {
            let cell = match reader.next_cell() {
                Ok(Some(cell)) => cell,
                Ok(None) => break,
                Err(error) => {
                    written.warnings.push(format!("sheet {name} is read in part: {error}"));
                    break;
                }
            };
            cells += 1;
            if cells > MOST_CELLS {
                return Err(format!("a workbook of more than {MOST_CELLS} cells: save its sheets as CSV"));
            }
            let (number, _) = cell.get_position();
            if number != current.0 {
                close(&mut written, &name, &mut current);
                current.0 = number;
            }
            current.1.push(words(&match cell.get_value() {
                DataRef::SharedString(text) => Data::String((*text).to_owned()),
                other => Data::from(other.clone()),
            }));
        }
        close(&mut written, &name, &mut current);
    }
    Ok(written)
}

/// The text of an old workbook.
pub(crate) fn xls(bytes: &[u8]) -> Result<Written, String> {
    let mut book =
        Xls::new(Cursor::new(bytes)).map_err(|error| format!("an old workbook that is broken: {error}"))?;
    let mut written = Written::default();
    for (name, range) in book.worksheets() {
        let first = range.start().map_or(0, |(row, _)| row);
        for (cells, number) in range.rows().zip(first..) {
            close(&mut written, &name, &mut (number, cells.iter().map(words).collect()));
        }
    }
    Ok(written)
}

fn close(written: &mut Written, sheet: &str, current: &mut (u32, Vec<String>)) {
    let text = row(current.1.iter().map(String::as_str));
    let place = label(sheet, current.0 as usize + 1);
    written.pieces.extend(Piece::new(Role::Item, &text).map(|piece| piece.at(&place)));
    current.1.clear();
}

fn words(cell: &Data) -> String {
    match cell {
        Data::Empty | Data::Error(_) => String::new(),
        Data::DateTime(time) => {
            // Days since the end of 1899; the part of the day after the point.
            let days = time.as_f64();
            let day = jiff::civil::date(1899, 12, 30)
                .checked_add(jiff::Span::new().try_days(days as i64).unwrap_or_default());
            let minutes = (days.fract() * 1440.0).round() as i64;
            let time = if minutes == 0 {
                String::new()
            } else {
                format!(" {:02}:{:02}", minutes / 60, minutes % 60)
            };
            day.map(|day| format!("{day}{time}")).unwrap_or_default()
        }
        other => other.to_string(),
    }
}
