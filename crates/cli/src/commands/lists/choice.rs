//! Which lists a command reads against: the stored ones, some of them, or the built-in starter list.

use super::{standard_folder, told};
use crate::exit::UsageError;
use anyhow::Result;
use jiff::civil::Date;
use lagebild_watchlist::{
    Watchlist,
    store::{Entry, Store},
};
use std::path::PathBuf;

/// Arguments that choose lists.
#[derive(clap::Args)]
pub(crate) struct Choice {
    /// Lists to read against: starter, stored, or names of stored lists (default: the stored ones if there are any)
    #[arg(long, value_name = "NAME", value_delimiter = ',', help_heading = "Lists")]
    lists: Vec<String>,
    /// Folder of the stored lists (else `$LAGEBILD_LISTS`, else the standard data folder)
    #[arg(long, value_name = "FOLDER", default_value_os_t = standard_folder(), help_heading = "Lists")]
    lists_folder: PathBuf,
}

impl Choice {
    /// The chosen stored lists as they hold on a day (else the present ones); none for the built-in starter list.
    pub(crate) fn watchlist(&self, as_of: Option<Date>) -> Result<Option<Watchlist>> {
        let asked: Vec<&str> = self.lists.iter().map(String::as_str).collect();
        let names: &[String] = match asked.as_slice() {
            ["starter"] => return Ok(None),
            [] | ["stored"] => &[],
            _ => &self.lists,
        };
        let store = Store::new(&self.lists_folder);
        let entries = store.select(names, as_of).map_err(told)?;
        if entries.is_empty() && !asked.is_empty() {
            return Err(UsageError(format!(
                "no lists in {}; `lagebild lists update` downloads them, `lagebild lists add NAME FILE` takes a file",
                self.lists_folder.display()
            ))
            .into());
        }
        if entries.is_empty() {
            eprintln!(
                "lagebild: no lists in {}; read against the built-in starter list of some dozens of parties, which is for \
                 a first look only (see `lagebild lists`)",
                self.lists_folder.display()
            );
            return Ok(None);
        }
        tell_younger(&entries, as_of);
        store.watchlist(names, as_of).map(Some).map_err(told)
    }
}

/// Says which versions are younger than the day asked for: the oldest that there is stands in for one of that day.
pub(crate) fn tell_younger(entries: &[Entry], as_of: Option<Date>) {
    for entry in entries {
        if as_of.is_some_and(|day| entry.day() > day.to_string().as_str()) {
            eprintln!(
                "lagebild: {}: no version that old; the oldest one, of {}, is used",
                entry.name,
                entry.day()
            );
        }
    }
}
