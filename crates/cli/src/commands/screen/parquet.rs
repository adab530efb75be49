//! Rows out of a Parquet file.

use anyhow::Result;
use lagebild_table::{Row, Table};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use std::fs::File;
use std::path::Path;

/// All rows as text; one that cannot be read says so.
pub(super) fn read(file: &Path) -> Result<Table> {
    let reader = SerializedFileReader::new(File::open(file)?)?;
    let fields = reader.metadata().file_metadata().schema().get_fields();
    let headings = fields.iter().map(|field| field.name().to_string()).collect();
    let rows = reader.into_iter().zip(1..).map(|(row, line)| match row {
        Ok(row) => {
            Row { line, cells: row.get_column_iter().map(|(_, field)| cell(field)).collect(), fault: None }
        }
        Err(error) => Row { line, cells: Vec::new(), fault: Some(error.to_string()) },
    });
    Ok(Table { headings, rows: rows.collect(), notes: Vec::new() })
}

fn cell(field: &Field) -> String {
    match field {
        Field::Null => String::new(),
        Field::Str(text) => text.clone(),
        Field::ListInternal(list) => list.elements().iter().map(cell).collect::<Vec<_>>().join("; "),
        other => other.to_string(),
    }
}
