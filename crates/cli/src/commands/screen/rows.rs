//! The table that is screened: read, what was guessed shown, and what is doubtful asked about.

use super::Args;
use crate::exit::UsageError;
use anyhow::{Context, Result};
use lagebild_table::{Columns, Note, Order, Settings, Table, TableError};
use std::io::{IsTerminal, Write};
use std::path::Path;

/// A table, what its columns hold, and the hash of its file.
pub(super) struct Opened {
    pub(super) table: Table,
    pub(super) columns: Columns,
    pub(super) hash: String,
}

/// Which comes first in dates.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub(super) enum DateOrder {
    /// Day, month, year
    Dmy,
    /// Month, day, year
    Mdy,
}

/// Opens a table, says on standard error what was guessed, and asks where a guess is doubtful.
pub(super) fn open(args: &Args, file: &Path) -> Result<Opened> {
    let bytes = std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let ending = file.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    let settings = Settings {
        encoding: args.encoding.clone(),
        separator: args.separator,
        sheet: args.sheet.clone(),
        columns: args.column.clone(),
        order: args.date_order.map(|order| match order {
            DateOrder::Dmy => Order::DayFirst,
            DateOrder::Mdy => Order::MonthFirst,
        }),
    };
    let refused = |error: TableError| UsageError(format!("{}: {error}", file.display()));
    let table = if bytes.starts_with(b"PAR1") {
        parquet(file).with_context(|| format!("cannot read {}", file.display()))?
    } else {
        lagebild_table::read(&bytes, &ending, &settings).map_err(refused)?
    };
    let (columns, notes) = Columns::of(&table, &settings).map_err(refused)?;
    let notes: Vec<&Note> = table.notes.iter().chain(&notes).collect();
    for note in &notes {
        let mark = if note.doubt.is_some() { " (doubtful)" } else { "" };
        eprintln!("lagebild: {}: {}{mark}", file.display(), note.words);
    }
    let doubts: Vec<&str> = notes.iter().filter_map(|note| note.doubt.as_deref()).collect();
    if !doubts.is_empty() && !args.yes && !go_on()? {
        let words = format!("a guess is doubtful; say {}, or --yes if it is right", doubts.join("; "));
        return Err(UsageError(words).into());
    }
    Ok(Opened { table, columns, hash: hash(&bytes) })
}

/// Asks whoever sits at the terminal; nobody there is a no.
fn go_on() -> Result<bool> {
    if !std::io::stdin().is_terminal() || !std::io::stderr().is_terminal() {
        return Ok(false);
    }
    eprint!("Is that right? [y/N] ");
    std::io::stderr().flush()?;
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer)?;
    Ok(matches!(answer.trim().to_lowercase().as_str(), "y" | "yes"))
}

fn hash(bytes: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    format!("{:x}", Sha256::digest(bytes))
}

#[cfg(feature = "parquet")]
fn parquet(file: &Path) -> Result<Table> {
    super::parquet::read(file)
}

#[cfg(not(feature = "parquet"))]
fn parquet(_: &Path) -> Result<Table> {
    Err(UsageError("this program was built without Parquet: `cargo build --release` builds all".into())
        .into())
}
