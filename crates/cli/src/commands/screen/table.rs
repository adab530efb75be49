//! Every row of a table, screened: on several threads, in order, with progress, and resumable.

use super::output::{Output, Screened, unread};
use super::resume::{self, Run};
use super::{Args, rows};
use crate::exit::Exit;
use anyhow::Result;
use indicatif::{ProgressBar, ProgressStyle};
use lagebild_screen::{Index, Query};
use rayon::prelude::*;
use std::path::Path;

/// Rows screened side by side before their hits are written.
const BATCH: usize = 512;

/// Screens the table; found when a row has a match and that was asked for.
pub(super) fn run(args: &Args, file: &Path, index: &Index) -> Result<Exit> {
    let kind = Output::kind(args)?;
    let opened = rows::open(args, file)?;
    let run = Run::of(args, &opened.hash, index, kind);
    let done = match &args.out {
        Some(out) if args.resume => resume::rows_done(out, &run, kind)?,
        _ => 0,
    };
    if let Some(out) = &args.out {
        run.write(out)?;
    }
    let table = &opened.table;
    let schema = args.schema.map(super::Schema::name);
    let asked: Vec<Result<Query, String>> = table
        .rows
        .iter()
        .map(|row| opened.columns.record(row).map(|record| Query::of_record(record, schema)))
        .collect();
    let unread = unread(args, file, table, &asked)?;
    let mut out = Output::open(args, kind, &table.headings, done > 0)?;
    let pool = rayon::ThreadPoolBuilder::new().num_threads(args.threads).build()?;
    let progress = progress(file, table.rows.len());
    progress.inc(done as u64);
    progress.reset_eta();
    let mut matched = false;
    let numbered: Vec<(usize, &Query)> = asked
        .iter()
        .enumerate()
        .skip(done)
        .filter_map(|(at, query)| Some((at, query.as_ref().ok()?)))
        .collect();
    for batch in numbered.chunks(BATCH) {
        let screened: Vec<Screened> = pool.install(|| {
            let each = batch.par_iter().map(|&(at, query)| {
                let hits = index.screen(query, &args.options());
                let cells = table.rows.get(at).map(|row| row.cells.as_slice()).unwrap_or_default();
                Screened { row: at + 1, query, hits, cells }
            });
            each.collect()
        });
        for one in &screened {
            matched |= one.hits.iter().any(|hit| hit.matched);
            out.write(one, index)?;
        }
        out.flush()?;
        progress.set_position(screened.last().map_or(0, |one| one.row as u64));
    }
    out.flush()?;
    progress.finish_and_clear();
    Ok(match (unread, matched && args.fail_on_match) {
        (_, true) => Exit::Found,
        (0, false) => Exit::Done,
        (_, false) => Exit::SomeInputsFailed,
    })
}

fn progress(file: &Path, rows: usize) -> ProgressBar {
    let bar = ProgressBar::new(rows as u64).with_message(file.display().to_string());
    let style = ProgressStyle::with_template("{msg}: {pos} of {len} rows, {per_sec}, {eta} left");
    style.map_or(bar.clone(), |style| bar.with_style(style))
}
