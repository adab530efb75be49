//! Going on with a run that was cut off: only with the same table, lists and settings, and from the last whole row.

use super::Args;
use super::output::Kind;
use crate::exit::UsageError;
use anyhow::{Context, Result};
use lagebild_screen::Index;
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::path::{Path, PathBuf};

/// What a run asks of what; it stands in a file beside the output.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Run {
    table: String,
    lists: String,
    threshold: String,
    settings: String,
}

impl Run {
    pub(super) fn of(args: &Args, table: &str, index: &Index, kind: Kind) -> Self {
        let options = args.options();
        let read = (&args.encoding, args.separator, &args.sheet, &args.column, args.date_order);
        Self {
            table: table.into(),
            lists: index.hash(),
            threshold: format!("{} {} {}", options.threshold, options.cutoff, options.limit),
            settings: format!("{kind:?} {:?} {read:?}", args.schema),
        }
    }

    pub(super) fn write(&self, out: &Path) -> Result<()> {
        let path = path(out);
        std::fs::write(&path, serde_json::to_vec_pretty(self)?)
            .with_context(|| format!("cannot write {}", path.display()))
    }

    /// What is not the same as in the other run.
    fn other_than(&self, before: &Self) -> Option<&'static str> {
        [
            (self.table == before.table, "the table is another one"),
            (self.lists == before.lists, "the lists, or the program, are other ones"),
            (self.threshold == before.threshold, "threshold, cutoff or limit are others"),
            (self.settings == before.settings, "the schema or the settings of the table are others"),
        ]
        .into_iter()
        .find_map(|(same, words)| (!same).then_some(words))
    }
}

/// `hits.csv.run.json` beside `hits.csv`: a run that writes `hits.tsv` has one of its own.
fn path(out: &Path) -> PathBuf {
    let name = out.file_name().unwrap_or_default().to_string_lossy();
    out.with_file_name(format!("{name}.run.json"))
}

/// How many rows are done in a file that was written before: all but the last one, which may have been cut off and is
/// taken out. 0 when there is no such file.
pub(super) fn rows_done(out: &Path, run: &Run, kind: Kind) -> Result<usize> {
    if std::fs::metadata(out).map_or(0, |file| file.len()) == 0 {
        return Ok(0);
    }
    let path = path(out);
    let before = std::fs::read(&path).ok().and_then(|json| serde_json::from_slice::<Run>(&json).ok());
    let refused = |words: &str| {
        UsageError(format!("{}: cannot resume: {words}; start anew without --resume", out.display()))
    };
    let before = before.ok_or_else(|| refused(&format!("{} does not say what was asked", path.display())))?;
    if let Some(words) = run.other_than(&before) {
        return Err(refused(words).into());
    }
    let bytes = std::fs::read(out).with_context(|| format!("cannot read {}", out.display()))?;
    let records = match kind {
        Kind::Lines => lines(&bytes),
        Kind::Separated(separator) => records(&bytes, separator),
    };
    let last = records.last().map_or(0, |(row, _)| *row);
    let start = records.iter().find(|(row, _)| *row == last).map(|(_, start)| *start);
    // Nothing whole but the headings, or not even they: from the beginning.
    let Some(start) = start.filter(|_| last > 1) else { return Ok(0) };
    let file = File::options().write(true).open(out)?;
    file.set_len(start).with_context(|| format!("cannot write {}", out.display()))?;
    Ok(last.saturating_sub(1))
}

/// Number of the row and first byte of each whole line.
fn lines(bytes: &[u8]) -> Vec<(usize, u64)> {
    let mut start = 0;
    let mut records = Vec::new();
    for line in bytes.split_inclusive(|&byte| byte == b'\n') {
        let row =
            serde_json::from_slice::<serde_json::Value>(line).ok().and_then(|line| line["row"].as_u64());
        if let Some(row) = row.filter(|_| line.ends_with(b"\n")) {
            records.push((row as usize, start));
        }
        start += line.len() as u64;
    }
    records
}

/// The same of a table with separators; a record that was cut off has fewer cells than there are headings, or no end.
fn records(bytes: &[u8], separator: u8) -> Vec<(usize, u64)> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).delimiter(separator).from_reader(bytes);
    let width = reader.byte_headers().map_or(0, csv::ByteRecord::len);
    let mut records = Vec::new();
    for record in reader.byte_records().map_while(Result::ok).filter(|record| record.len() == width) {
        let row = record.get(0).and_then(|cell| std::str::from_utf8(cell).ok()?.parse().ok());
        let start = record.position().map(csv::Position::byte);
        records.extend(row.zip(start));
    }
    if !bytes.ends_with(b"\n") {
        records.pop();
    }
    records
}
