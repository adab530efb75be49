//! One table on its way into a Parquet file: rows wait until they make a row group.

use super::columns::{Column, KEY, Kind, Plan};
use anyhow::{Context, Result};
use jiff::civil::Date;
use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical, ZstdLevel};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int32Type, Int64Type};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::{Type, TypePtr};
use serde_json::Value;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Rows and bytes of a row group at most: what waits in memory is bounded by them.
const MOST_ROWS: usize = 100_000;
const MOST_BYTES: usize = 32 << 20;

/// The values of a column that wait; a row without one is told by `filled`.
enum Values {
    Text(Vec<ByteArray>),
    Whole(Vec<i64>),
    Real(Vec<f64>),
    Day(Vec<i32>),
}

struct Cells {
    column: Column,
    values: Values,
    /// 1 for each row that has a value, 0 for the others.
    filled: Vec<i16>,
}

/// A table that is written.
pub(super) struct Table {
    keys: Vec<ByteArray>,
    cells: Vec<Cells>,
    bytes: usize,
    writer: SerializedFileWriter<File>,
    unfinished: PathBuf,
    path: PathBuf,
}

impl Table {
    /// Begins a table in a folder. Its file has its name only when it is whole.
    pub(super) fn create(folder: &Path, plan: Plan) -> Result<Self> {
        let path = folder.join(format!("{}.parquet", plan.name));
        let unfinished = folder.join(format!("{}.parquet.part", plan.name));
        let file =
            File::create(&unfinished).with_context(|| format!("cannot write {}", unfinished.display()))?;
        let properties =
            WriterProperties::builder().set_compression(Compression::ZSTD(ZstdLevel::default())).build();
        let writer = SerializedFileWriter::new(file, schema(plan)?, Arc::new(properties))?;
        let cells = plan.columns.iter().map(|&column| Cells::new(column)).collect();
        Ok(Self { keys: Vec::new(), cells, bytes: 0, writer, unfinished, path })
    }

    /// Adds the row that a record gives. Spans in it are spans of `text`.
    pub(super) fn add(&mut self, key: &str, record: &Value, text: &str) -> Result<()> {
        self.keys.push(key.into());
        self.bytes += key.len();
        for cells in &mut self.cells {
            self.bytes += cells.add(record, text);
        }
        if self.keys.len() >= MOST_ROWS || self.bytes >= MOST_BYTES { self.write() } else { Ok(()) }
    }

    /// Writes what waits as a row group.
    fn write(&mut self) -> Result<()> {
        if self.keys.is_empty() {
            return Ok(());
        }
        let mut group = self.writer.next_row_group()?;
        if let Some(mut column) = group.next_column()? {
            column.typed::<ByteArrayType>().write_batch(&self.keys, None, None)?;
            column.close()?;
        }
        for cells in &mut self.cells {
            if let Some(column) = group.next_column()? {
                cells.write(column)?;
            }
        }
        group.close()?;
        self.keys.clear();
        self.bytes = 0;
        Ok(())
    }

    /// Writes the rest and gives the file its name.
    pub(super) fn finish(mut self) -> Result<()> {
        self.write()?;
        self.writer.close()?;
        std::fs::rename(&self.unfinished, &self.path)
            .with_context(|| format!("cannot write {}", self.path.display()))
    }
}

impl Cells {
    fn new(column: Column) -> Self {
        let values = match column.kind {
            Kind::Text | Kind::Words => Values::Text(Vec::new()),
            Kind::Whole => Values::Whole(Vec::new()),
            Kind::Real => Values::Real(Vec::new()),
            Kind::Day => Values::Day(Vec::new()),
        };
        Self { column, values, filled: Vec::new() }
    }

    /// Adds what the record has; how many bytes that are.
    fn add(&mut self, record: &Value, text: &str) -> usize {
        let value = self.column.of(record);
        let (added, bytes) = match (&mut self.values, value) {
            (_, None) => (false, 0),
            (Values::Text(values), Some(value)) => {
                let words =
                    if self.column.kind == Kind::Words { words(value, text) } else { Some(plain(value)) };
                let bytes = words.as_ref().map_or(0, String::len);
                (push(values, words.map(|words| words.into_bytes().into())), bytes)
            }
            (Values::Whole(values), Some(value)) => (push(values, value.as_i64()), 8),
            (Values::Real(values), Some(value)) => (push(values, value.as_f64().map(shortest)), 8),
            (Values::Day(values), Some(value)) => (push(values, value.as_str().and_then(day)), 4),
        };
        self.filled.push(i16::from(added));
        bytes + 2
    }

    fn write(&mut self, mut column: SerializedColumnWriter<'_>) -> Result<()> {
        let filled = Some(self.filled.as_slice());
        match &mut self.values {
            Values::Text(values) => {
                column.typed::<ByteArrayType>().write_batch(values, filled, None)?;
                values.clear();
            }
            Values::Whole(values) => {
                column.typed::<Int64Type>().write_batch(values, filled, None)?;
                values.clear();
            }
            Values::Real(values) => {
                column.typed::<DoubleType>().write_batch(values, filled, None)?;
                values.clear();
            }
            Values::Day(values) => {
                column.typed::<Int32Type>().write_batch(values, filled, None)?;
                values.clear();
            }
        }
        self.filled.clear();
        Ok(column.close()?)
    }
}

fn push<T>(values: &mut Vec<T>, value: Option<T>) -> bool {
    let is_there = value.is_some();
    values.extend(value);
    is_there
}

/// The exact words of a span.
fn words(span: &Value, text: &str) -> Option<String> {
    let edge = |name| usize::try_from(span.get(name)?.as_u64()?).ok();
    text.get(edge("start")?..edge("end")?).map(str::to_owned)
}

/// A number as it was meant: 0.86, not what its short form is when it is made longer.
fn shortest(number: f64) -> f64 {
    let short = number as f32;
    let is_short = f64::from(short).to_bits() == number.to_bits();
    if is_short { short.to_string().parse().unwrap_or(number) } else { number }
}

/// Words as they are, all else as JSON.
fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Days since 1970-01-01.
fn day(written: &str) -> Option<i32> {
    let day: Date = written.parse().ok()?;
    Some((day - Date::constant(1970, 1, 1)).get_days())
}

fn schema(plan: Plan) -> Result<TypePtr> {
    let key = field(KEY, Kind::Text, Repetition::REQUIRED)?;
    let mut fields = vec![key];
    for column in plan.columns {
        fields.push(field(column.name, column.kind, Repetition::OPTIONAL)?);
    }
    Ok(Arc::new(Type::group_type_builder(plan.name).with_fields(fields).build()?))
}

fn field(name: &str, kind: Kind, repetition: Repetition) -> Result<TypePtr> {
    let (physical, logical) = match kind {
        Kind::Text | Kind::Words => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Kind::Whole => (Physical::INT64, None),
        Kind::Real => (Physical::DOUBLE, None),
        Kind::Day => (Physical::INT32, Some(LogicalType::Date)),
    };
    let builder = Type::primitive_type_builder(name, physical);
    Ok(Arc::new(builder.with_repetition(repetition).with_logical_type(logical).build()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use serde_json::json;

    #[test]
    fn rows_go_out_in_groups_and_the_file_has_its_name_at_the_end() {
        let folder = std::env::temp_dir().join(format!("lagebild-cells-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let mut table = Table::create(&folder, super::super::columns::FINDINGS).unwrap();
        let record = json!({"transfer": "t1", "on": "1970-01-03", "missing": ["a"]});
        for _ in 0..=MOST_ROWS {
            table.add("k", &record, "").unwrap();
        }
        assert!(!folder.join("findings.parquet").exists());
        table.finish().unwrap();
        let file = File::open(folder.join("findings.parquet")).unwrap();
        let facts = SerializedFileReader::new(file).unwrap().metadata().clone();
        let rows: Vec<i64> =
            facts.row_groups().iter().map(parquet::file::metadata::RowGroupMetaData::num_rows).collect();
        assert_eq!(rows, [100_000, 1]);
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn values_are_what_they_were() {
        assert_eq!(shortest(f64::from(0.86_f32)).to_string(), "0.86");
        assert_eq!(shortest(0.123_456_789_012).to_string(), "0.123456789012");
        assert_eq!((day("1970-01-03"), day("1969-12-31"), day("x")), (Some(2), Some(-1), None));
        assert_eq!(words(&json!({"start": 1, "end": 3}), "aßb").as_deref(), Some("ß"));
        assert_eq!(words(&json!({"start": 2, "end": 9}), "aßb"), None);
    }
}
