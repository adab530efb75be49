//! Tables of texts and of names, on several threads.

use crate::arrow::{Table, stream};
use crate::texts::Wanted;
use crate::watchlist::Watchlist;
use crate::{day, failed, today};
use arrow_array::{RecordBatch, RecordBatchReader};
use lagebild_reading::Knowledge;
use lagebild_scan::{Reader, ScanError, scan_schema, screen_schema};
use pyo3::prelude::*;
use rayon::prelude::*;
use std::sync::Arc;

/// Texts that a thread takes at a time: few, as one may be a hundred times as long as another.
const TEXTS: usize = 16;
/// Names that a thread takes at a time.
const NAMES: usize = 512;

/// How a table of texts is read.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub(crate) struct Asked {
    as_of: Option<String>,
    quick: bool,
    min_confidence: f32,
    threads: usize,
}

/// Reads a table of texts.
#[pyfunction]
pub(crate) fn scan(
    py: Python<'_>,
    lists: &Watchlist,
    table: &Bound<'_, PyAny>,
    asked: Asked,
) -> PyResult<Table> {
    let batches = stream(table)?;
    let Asked { as_of, quick, min_confidence, threads } = asked;
    let as_of = day("as_of", as_of.as_deref())?;
    py.detach(|| {
        let watchlist = lists.0.watchlist().map_err(failed)?;
        let knowledge = Knowledge { watchlist, ..Knowledge::built_in() };
        let reader = Reader { as_of, quick, min_confidence, ..Reader::new(knowledge, today()) };
        let schema = Arc::new(scan_schema(&batches.schema()));
        let work = |batch: &RecordBatch| lagebild_scan::scan(batch, &reader);
        Ok(Table::new(schema, each(batches, TEXTS, threads, work)?))
    })
}

/// Screens a table of names.
#[pyfunction]
pub(crate) fn screen_table(
    py: Python<'_>,
    lists: &Watchlist,
    table: &Bound<'_, PyAny>,
    wanted: Wanted,
    threads: usize,
) -> PyResult<Table> {
    let batches = stream(table)?;
    let options = wanted.options()?;
    py.detach(|| {
        let index = lists.0.index().map_err(failed)?;
        let schema = Arc::new(screen_schema(&batches.schema()));
        let work = |batch: &RecordBatch| lagebild_scan::screen(batch, index, &options);
        Ok(Table::new(schema, each(batches, NAMES, threads, work)?))
    })
}

/// Does the work for pieces of each batch, on so many threads (0: all cores); the rows stay in their order.
fn each(
    batches: impl RecordBatchReader,
    rows: usize,
    threads: usize,
    work: impl Fn(&RecordBatch) -> Result<RecordBatch, ScanError> + Sync,
) -> PyResult<Vec<RecordBatch>> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().map_err(failed)?;
    let mut made = Vec::new();
    for batch in batches {
        let batch = batch.map_err(failed)?;
        let starts: Vec<usize> = (0..batch.num_rows()).step_by(rows).collect();
        let piece = |start: usize| work(&batch.slice(start, rows.min(batch.num_rows() - start)));
        let pieces: Result<Vec<RecordBatch>, ScanError> =
            pool.install(|| starts.into_par_iter().map(piece).collect());
        made.extend(pieces.map_err(failed)?);
    }
    Ok(made)
}
