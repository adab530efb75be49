//! Columns that come in, as words.

use crate::ScanError;
use arrow_array::{Array, LargeStringArray, RecordBatch, cast::AsArray};
use arrow_schema::DataType;

/// A column of words; every row is empty where the batch has no such column.
pub(crate) struct Column(Option<LargeStringArray>);

impl Column {
    /// The column of this name. Whatever holds words will do: any kind of string, dictionaries, and days for those who want words.
    pub(crate) fn of(batch: &RecordBatch, name: &'static str) -> Result<Self, ScanError> {
        let Some(column) = batch.column_by_name(name) else { return Ok(Self(None)) };
        let words = arrow_cast::cast(column, &DataType::LargeUtf8);
        let words = words.map_err(|error| ScanError::Column(name, error))?;
        Ok(Self(Some(words.as_string::<i64>().clone())))
    }

    /// The same; an error where there is none.
    pub(crate) fn needed(batch: &RecordBatch, name: &'static str) -> Result<Self, ScanError> {
        if batch.column_by_name(name).is_none() {
            let schema = batch.schema();
            let there: Vec<&str> = schema.fields().iter().map(|field| field.name().as_str()).collect();
            return Err(ScanError::NoColumn { wanted: name, there: there.join(", ") });
        }
        Self::of(batch, name)
    }

    /// The words of a row; none where they are null.
    pub(crate) fn get(&self, row: usize) -> Option<&str> {
        let words = self.0.as_ref()?;
        words.is_valid(row).then(|| words.value(row))
    }

    /// The words of a row without blanks around them; none where nothing is left.
    pub(crate) fn filled(&self, row: usize) -> Option<&str> {
        self.get(row).map(str::trim).filter(|words| !words.is_empty())
    }
}
