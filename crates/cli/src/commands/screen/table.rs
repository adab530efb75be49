//! Every row of a table, screened: on several threads, in order, with progress, and resumable.

use super::{Args, Format};
use crate::exit::UsageError;
use anyhow::{Context, Result};
use indicatif::{ProgressBar, ProgressStyle};
use lagebild_screen::{Columns, Hit, Index, Query};
use lagebild_views::csv::harmless;
use rayon::prelude::*;
use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;

/// Rows screened side by side before their hits are written.
const BATCH: usize = 512;

/// Columns of the CSV that comes out.
const HEADINGS: [&str; 9] =
    ["row", "asked", "score", "match", "party", "schema", "caption", "listed_name", "reasons"];

/// A row that was screened: its number (the first under the headings is 1), query and hits.
struct Screened {
    row: usize,
    query: Query,
    hits: Vec<Hit>,
}

/// Screens the table; true when a row has a match.
pub(super) fn run(args: &Args, file: &Path, index: &Index) -> Result<bool> {
    let table = super::rows::open(file)?;
    let columns =
        Columns::of(&table.headings, &args.column).map_err(|error| UsageError(error.to_string()))?;
    eprintln!("lagebild: {}: {}", file.display(), columns.shown(&table.headings));
    let done = if args.resume { args.out.as_deref().map_or(0, |out| last_row(out, args.format)) } else { 0 };
    let mut out = Output::open(args, done > 0)?;
    let pool = rayon::ThreadPoolBuilder::new().num_threads(args.threads).build()?;
    let progress = progress(file);
    let schema = args.schema.map(super::Schema::name);
    let mut rows = table.rows.zip(1..).skip(done).peekable();
    let mut matched = false;
    while rows.peek().is_some() {
        let mut batch: Vec<(usize, Query)> = Vec::with_capacity(BATCH);
        for (row, number) in rows.by_ref().take(BATCH) {
            match row {
                Ok(cells) => batch.push((number, columns.query(&cells, schema))),
                Err(error) => {
                    progress.suspend(|| eprintln!("lagebild: {} row {number}: {error}", file.display()));
                }
            }
        }
        let screened: Vec<Screened> = pool.install(|| {
            let answer = |(row, query): (usize, Query)| {
                let hits = index.screen(&query, &args.options());
                Screened { row, query, hits }
            };
            batch.into_par_iter().map(answer).collect()
        });
        for one in screened {
            matched |= one.hits.iter().any(|hit| hit.matched);
            out.write(&one)?;
            progress.inc(1);
        }
        out.flush()?;
    }
    progress.finish_and_clear();
    Ok(matched)
}

fn progress(file: &Path) -> ProgressBar {
    let bar = ProgressBar::no_length().with_message(file.display().to_string());
    let style = ProgressStyle::with_template("{msg}: {pos} rows, {per_sec}, {elapsed}");
    style.map_or(bar.clone(), |style| bar.with_style(style))
}

/// The number of the last row in a file that was written before; 0 when there is none.
fn last_row(out: &Path, format: Format) -> usize {
    let Ok(file) = File::open(out) else { return 0 };
    if format == Format::Json {
        let lines = BufReader::new(file).lines().map_while(Result::ok);
        let rows =
            lines.filter_map(|line| serde_json::from_str::<serde_json::Value>(&line).ok()?["row"].as_u64());
        return rows.last().and_then(|row| usize::try_from(row).ok()).unwrap_or(0);
    }
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(file);
    let rows = reader.records().map_while(Result::ok);
    rows.filter_map(|row| row.get(0)?.parse().ok()).last().unwrap_or(0)
}

/// A table or JSON Lines; every row of the input has at least one line.
enum Output {
    Table(Box<csv::Writer<Box<dyn Write>>>),
    Lines(Box<dyn Write>),
}

impl Output {
    fn open(args: &Args, append: bool) -> Result<Self> {
        let target: Box<dyn Write> = match &args.out {
            None => Box::new(std::io::stdout().lock()),
            Some(path) => {
                let mut options = File::options();
                options.create(true).append(append).write(true).truncate(!append);
                Box::new(options.open(path).with_context(|| format!("cannot write {}", path.display()))?)
            }
        };
        if args.format == Format::Json {
            return Ok(Self::Lines(Box::new(std::io::BufWriter::new(target))));
        }
        let mut table = Box::new(csv::Writer::from_writer(target));
        if !append {
            table.write_record(HEADINGS)?;
        }
        Ok(Self::Table(table))
    }

    fn write(&mut self, one: &Screened) -> Result<()> {
        match self {
            Self::Lines(out) => {
                let line = serde_json::json!({"row": one.row, "query": one.query, "hits": one.hits});
                writeln!(out, "{line}")?;
            }
            Self::Table(table) => {
                let row = one.row.to_string();
                let asked = harmless(one.query.names.join(" / "));
                if one.hits.is_empty() {
                    table.write_record([row.as_str(), &asked, "", "", "", "", "", "", ""])?;
                }
                for hit in &one.hits {
                    let listed = hit.name.as_ref().map_or("", |name| &name.listed);
                    table.write_record([
                        row.as_str(),
                        &asked,
                        &format!("{:.3}", hit.score),
                        if hit.matched { "yes" } else { "no" },
                        &harmless(hit.party.clone()),
                        &hit.schema,
                        &harmless(hit.caption.clone()),
                        &harmless(listed.to_string()),
                        &harmless(reasons(hit)),
                    ])?;
                }
            }
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<()> {
        match self {
            Self::Table(table) => table.flush()?,
            Self::Lines(out) => out.flush()?,
        }
        Ok(())
    }
}

fn reasons(hit: &Hit) -> String {
    let words = hit.reasons.iter().filter(|reason| reason.points != 0.0);
    words
        .map(|reason| format!("{} {:+.2}: {}", reason.field, reason.points, reason.words))
        .collect::<Vec<_>>()
        .join("; ")
}
