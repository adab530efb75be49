//! What comes out of a table that is screened: hits with the customer's own columns, and the rows that could not be read.

use super::{Args, Format};
use crate::exit::UsageError;
use anyhow::{Context, Result};
use lagebild_screen::{Hit, Index, Query};
use lagebild_table::Table;
use lagebild_views::csv::harmless;
use lagebild_views::links;
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Columns of the table that comes out; those of the table that went in follow.
const HEADINGS: [&str; 15] = [
    "row",
    "asked",
    "score",
    "match",
    "party",
    "schema",
    "caption",
    "listed_name",
    "reasons",
    "list",
    "programme",
    "listed_since",
    "name_quality",
    "topics",
    "owned_by",
];

/// A row that was screened: its number (the first under the headings is 1), query, hits and cells.
pub(super) struct Screened<'a> {
    pub(super) row: usize,
    pub(super) query: &'a Query,
    pub(super) hits: Vec<Hit>,
    pub(super) cells: &'a [String],
}

/// What is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Separated(u8),
    Lines,
}

/// A table or JSON Lines; every row of the input has at least one line.
pub(super) enum Output {
    Table(Box<csv::Writer<Box<dyn Write>>>),
    Lines(Box<dyn Write>, Vec<String>),
}

impl Output {
    /// What is written, by the ending of the file, else by the format that is asked for.
    pub(super) fn kind(args: &Args) -> Result<Kind> {
        let Some(out) = &args.out else {
            return Ok(if args.format == Format::Json { Kind::Lines } else { Kind::Separated(b',') });
        };
        let ending = out.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        match (ending.as_str(), args.format) {
            ("jsonl" | "ndjson", _) => Ok(Kind::Lines),
            ("csv", Format::Text) => Ok(Kind::Separated(b',')),
            ("tsv", Format::Text) => Ok(Kind::Separated(b'\t')),
            ("csv" | "tsv", Format::Json) => {
                Err(UsageError(format!("{}: with --format json the file must end in .jsonl", out.display()))
                    .into())
            }
            _ => Err(UsageError(format!(
                "{}: files are written that end in .csv, .tsv or .jsonl",
                out.display()
            ))
            .into()),
        }
    }

    pub(super) fn open(args: &Args, kind: Kind, headings: &[String], append: bool) -> Result<Self> {
        let target: Box<dyn Write> = match &args.out {
            None => Box::new(std::io::stdout().lock()),
            Some(path) => {
                let mut options = File::options();
                options.create(true).append(append).write(true).truncate(!append);
                Box::new(options.open(path).with_context(|| format!("cannot write {}", path.display()))?)
            }
        };
        let Kind::Separated(separator) = kind else {
            return Ok(Self::Lines(Box::new(std::io::BufWriter::new(target)), headings.to_vec()));
        };
        let mut table = Box::new(csv::WriterBuilder::new().delimiter(separator).from_writer(target));
        if !append {
            // A heading of ours keeps its name; one of the customer's that is the same says whose it is.
            let own = |heading: &String| {
                let taken = HEADINGS.contains(&heading.as_str());
                harmless(if taken { format!("{heading} (table)") } else { heading.clone() })
            };
            table.write_record(HEADINGS.iter().map(ToString::to_string).chain(headings.iter().map(own)))?;
        }
        Ok(Self::Table(table))
    }

    pub(super) fn write(&mut self, one: &Screened, index: &Index) -> Result<()> {
        match self {
            Self::Lines(out, headings) => {
                let hits: Vec<serde_json::Value> = one.hits.iter().map(|hit| index.listed(hit)).collect();
                let own: serde_json::Map<String, serde_json::Value> =
                    headings.iter().cloned().zip(one.cells.iter().cloned().map(Into::into)).collect();
                let line =
                    serde_json::json!({"row": one.row, "query": one.query, "hits": hits, "table": own});
                writeln!(out, "{line}")?;
            }
            Self::Table(table) => {
                let asked = one.query.names.join(" / ");
                let mut put = |cells: [String; 15]| {
                    let all = cells.into_iter().chain(one.cells.iter().cloned()).map(harmless);
                    table.write_record(all)
                };
                if one.hits.is_empty() {
                    let mut cells: [String; 15] = Default::default();
                    cells[0] = one.row.to_string();
                    cells[1].clone_from(&asked);
                    put(cells)?;
                }
                for hit in &one.hits {
                    put(cells(one.row, &asked, hit, index))?;
                }
            }
        }
        Ok(())
    }

    pub(super) fn flush(&mut self) -> Result<()> {
        match self {
            Self::Table(table) => table.flush()?,
            Self::Lines(out, _) => out.flush()?,
        }
        Ok(())
    }
}

fn cells(row: usize, asked: &str, hit: &Hit, index: &Index) -> [String; 15] {
    let name = hit.name.as_ref().map_or("", |name| &name.listed);
    let said = index.said(hit);
    [
        row.to_string(),
        asked.to_string(),
        format!("{:.3}", hit.score),
        if hit.matched { "yes" } else { "no" }.into(),
        hit.party.clone(),
        hit.schema.clone(),
        hit.caption.clone(),
        name.to_string(),
        reasons(hit),
        said.list,
        said.programme.join("; "),
        said.listed_since.unwrap_or_default(),
        said.name_quality.unwrap_or_default().to_string(),
        said.topics.join("; "),
        said.owners.above.iter().map(links::owner).collect::<Vec<_>>().join("; "),
    ]
}

fn reasons(hit: &Hit) -> String {
    let words = hit.reasons.iter().filter(|reason| reason.points != 0.0);
    words
        .map(|reason| format!("{} {:+.2}: {}", reason.field, reason.points, reason.words))
        .collect::<Vec<_>>()
        .join("; ")
}

/// Writes the rows that cannot be asked to a file beside the output, or names them where there is none. How many.
pub(super) fn unread(
    args: &Args,
    file: &Path,
    table: &Table,
    asked: &[Result<Query, String>],
) -> Result<usize> {
    let faults: Vec<(usize, &String)> =
        asked.iter().enumerate().filter_map(|(at, query)| Some((at, query.as_ref().err()?))).collect();
    let beside = args.out.as_deref().map(|out| beside(out, "unread.csv"));
    if faults.is_empty() {
        // That of a run before would speak of another table.
        if let Some(path) = beside.filter(|path| path.exists()) {
            std::fs::remove_file(path)?;
        }
        return Ok(0);
    }
    let line = |at: usize| table.rows.get(at).map_or(0, |row| row.line);
    if let Some(path) = &beside {
        let mut out =
            csv::Writer::from_path(path).with_context(|| format!("cannot write {}", path.display()))?;
        out.write_record(["row", "line", "reason", "cells"])?;
        for (at, fault) in &faults {
            let cells = table.rows.get(*at).map(|row| row.cells.join(" | ")).unwrap_or_default();
            out.write_record([
                (at + 1).to_string(),
                line(*at).to_string(),
                (*fault).clone(),
                harmless(cells),
            ])?;
        }
        out.flush()?;
        let many = faults.len();
        eprintln!(
            "lagebild: {}: {many} rows could not be read; they are in {}",
            file.display(),
            path.display()
        );
    } else {
        for (at, fault) in &faults {
            eprintln!("lagebild: {} row {} (line {}): {fault}", file.display(), at + 1, line(*at));
        }
    }
    Ok(faults.len())
}

/// `hits.unread.csv` beside `hits.csv`.
pub(super) fn beside(out: &Path, ending: &str) -> PathBuf {
    let stem = out.file_stem().unwrap_or_default().to_string_lossy();
    out.with_file_name(format!("{stem}.{ending}"))
}
