//! Batches made and looked at.

use arrow_array::{ArrayRef, RecordBatch, StringArray};
use serde_json::Value;
use std::sync::Arc;

pub(crate) fn batch(columns: Vec<(&str, ArrayRef)>) -> RecordBatch {
    RecordBatch::try_from_iter_with_nullable(columns.into_iter().map(|(name, column)| (name, column, true)))
        .unwrap()
}

pub(crate) fn words(words: &[Option<&str>]) -> ArrayRef {
    Arc::new(StringArray::from(words.to_vec()))
}

/// The rows as JSON; what is null is left out.
pub(crate) fn rows(batch: &RecordBatch) -> Vec<Value> {
    let mut out = arrow_json::LineDelimitedWriter::new(Vec::new());
    out.write(batch).unwrap();
    out.finish().unwrap();
    let text = String::from_utf8(out.into_inner()).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}
