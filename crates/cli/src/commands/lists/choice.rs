//! Which lists a command asks: the stored ones, some of them, or the built-in starter list.

use super::{standard_folder, told};
use crate::exit::UsageError;
use anyhow::{Context, Result};
use jiff::civil::Date;
use lagebild_screen::{Index, stored};
use lagebild_watchlist::{
    Watchlist,
    store::{Entry, Store},
};
use std::path::PathBuf;

/// Arguments that choose lists.
#[derive(clap::Args)]
pub(crate) struct Choice {
    /// Lists to ask: starter, stored, or names of stored lists (default: the stored ones if there are any)
    #[arg(long, value_name = "NAME", value_delimiter = ',', help_heading = "Lists")]
    lists: Vec<String>,
    /// Folder of the stored lists (else `$LAGEBILD_LISTS`, else the standard data folder)
    #[arg(long, value_name = "FOLDER", default_value_os_t = standard_folder(), help_heading = "Lists")]
    lists_folder: PathBuf,
}

impl Choice {
    /// The chosen stored lists as they hold on a day (else the present ones); none for the built-in starter list.
    pub(crate) fn watchlist(&self, as_of: Option<Date>) -> Result<Option<Watchlist>> {
        match self.entries(as_of)?.as_slice() {
            [] => Ok(None),
            _ => self.store().watchlist(self.names(), as_of).map(Some).map_err(told),
        }
    }

    /// The compiled index of the chosen lists.
    pub(crate) fn index(&self, as_of: Option<Date>) -> Result<Index> {
        let index = stored(&self.store(), &self.entries(as_of)?);
        let index =
            index.with_context(|| format!("the lists in {} cannot be used", self.lists_folder.display()))?;
        index.or_else(Index::starter).context("the built-in list cannot be compiled")
    }

    /// The chosen versions of stored lists; none when the starter list is meant.
    fn entries(&self, as_of: Option<Date>) -> Result<Vec<Entry>> {
        if self.lists == ["starter"] {
            return Ok(Vec::new());
        }
        let entries = self.store().select(self.names(), as_of).map_err(told)?;
        let folder = self.lists_folder.display();
        if entries.is_empty() && !self.lists.is_empty() {
            return Err(UsageError(format!(
                "no lists in {folder}; `lagebild lists update` downloads them, `lagebild lists add NAME FILE` takes a file"
            ))
            .into());
        }
        if entries.is_empty() {
            eprintln!(
                "lagebild: no lists in {folder}; only the built-in starter list of some dozens of parties is asked, which \
                 is for a first look (see `lagebild lists`)"
            );
        }
        tell_younger(&entries, as_of);
        Ok(entries)
    }

    fn store(&self) -> Store {
        Store::new(&self.lists_folder)
    }

    /// The lists that are named; none for all that are stored.
    fn names(&self) -> &[String] {
        if self.lists == ["stored"] { &[] } else { &self.lists }
    }
}

/// Says which versions are younger than the day asked for: the oldest that there is stands in for one of that day.
fn tell_younger(entries: &[Entry], as_of: Option<Date>) {
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
