//! Lists by where they come from, made ready when they are first asked.

use crate::ListsError;
use jiff::civil::Date;
use lagebild_screen::{Index, List, ListStamp, stored};
use lagebild_watchlist::readers::read_files;
use lagebild_watchlist::store::{Entry, Store};
use lagebild_watchlist::{Party, Stamp, Watchlist};
use sha2::{Digest, Sha256};
use std::path::PathBuf;
use std::sync::OnceLock;

/// Lists of parties: what finds them in texts ([`Lists::watchlist`]) and what screens names against them ([`Lists::index`]). Either
/// takes seconds for large lists and is made when it is first wanted, once.
#[derive(Debug)]
pub struct Lists {
    source: Source,
    problems: Vec<String>,
    watchlist: OnceLock<Watchlist>,
    index: OnceLock<Index>,
}

#[derive(Debug)]
enum Source {
    Starter,
    Stored { store: Store, entries: Vec<Entry>, names: Vec<String>, as_of: Option<Date> },
    Read(Vec<List>),
}

impl Lists {
    /// The small built-in list: for a first look, not for compliance.
    pub fn starter() -> Self {
        Self::of(Source::Starter, Vec::new())
    }

    /// The named lists of a folder (all when none is named) as they hold on a day, else the present ones.
    pub fn stored(
        folder: impl Into<PathBuf>,
        names: &[String],
        as_of: Option<Date>,
    ) -> Result<Self, ListsError> {
        let folder = folder.into();
        let store = Store::new(&folder);
        let entries = store.select(names, as_of)?;
        if entries.is_empty() {
            return Err(ListsError::Empty(folder));
        }
        Ok(Self::of(Source::Stored { store, entries, names: names.to_vec(), as_of }, Vec::new()))
    }

    /// Lists from publishers' files, each with the short name that its parties' ids begin with, and its file or files.
    pub fn files(files: &[(String, Vec<PathBuf>)]) -> Result<Self, ListsError> {
        let mut lists = Vec::new();
        let mut problems = Vec::new();
        for (name, paths) in files {
            let (reading, _) = read_files(paths, name)?;
            let told = reading.problems.iter().map(|it| format!("{name}: {}: {}", it.place, it.reason));
            problems.extend(told);
            if reading.torn {
                return Err(ListsError::Torn(name.clone(), problems.pop().unwrap_or_default()));
            }
            if reading.parties.is_empty() {
                return Err(ListsError::NoParty(name.clone()));
            }
            lists.push(list(name, reading.date.unwrap_or_default(), reading.parties));
        }
        Ok(Self::of(Source::Read(lists), problems))
    }

    fn of(source: Source, problems: Vec<String>) -> Self {
        Self { source, problems, watchlist: OnceLock::new(), index: OnceLock::new() }
    }

    /// True for the built-in list.
    pub fn is_starter(&self) -> bool {
        matches!(self.source, Source::Starter)
    }

    /// Records of the files that could not be read or had to be mended, a line each.
    pub fn problems(&self) -> &[String] {
        &self.problems
    }

    /// How many parties they hold.
    pub fn parties(&self) -> usize {
        match &self.source {
            Source::Starter => Watchlist::starter().len(),
            Source::Stored { entries, .. } => entries.iter().map(|entry| entry.parties).sum(),
            Source::Read(lists) => lists.iter().map(|list| list.parties.len()).sum(),
        }
    }

    /// What finds listed parties in texts.
    pub fn watchlist(&self) -> Result<&Watchlist, ListsError> {
        if self.is_starter() {
            return Ok(Watchlist::starter());
        }
        match self.watchlist.get() {
            Some(watchlist) => Ok(watchlist),
            None => self.find().map(|found| self.watchlist.get_or_init(|| found)),
        }
    }

    fn find(&self) -> Result<Watchlist, ListsError> {
        match &self.source {
            Source::Starter => Ok(Watchlist::new("", "", &[])),
            Source::Stored { store, names, as_of, .. } => Ok(store.watchlist(names, *as_of)?),
            Source::Read(lists) => {
                let names: Vec<&str> = lists.iter().map(|list| list.stamp.name.as_str()).collect();
                let date = lists.iter().map(|list| list.stamp.date.as_str()).max().unwrap_or_default();
                let parties: Vec<Party> =
                    lists.iter().flat_map(|list| list.parties.iter().cloned()).collect();
                Ok(Watchlist::new(&names.join("+"), date, &parties)
                    .of_lists(lists.iter().map(stamp).collect()))
            }
        }
    }

    /// What screens names.
    pub fn index(&self) -> Result<&Index, ListsError> {
        match self.index.get() {
            Some(index) => Ok(index),
            None => self.compile().map(|compiled| self.index.get_or_init(|| compiled)),
        }
    }

    fn compile(&self) -> Result<Index, ListsError> {
        let compiled = match &self.source {
            Source::Starter => Index::starter(),
            Source::Stored { store, entries, .. } => stored(store, entries)?,
            Source::Read(lists) => Index::of_lists(lists),
        };
        compiled.ok_or(ListsError::Compiled)
    }
}

fn list(name: &str, date: String, parties: Vec<Party>) -> List {
    let mut digest = Sha256::new();
    for party in &parties {
        digest.update(serde_json::to_vec(party).unwrap_or_default());
    }
    let hash = format!("{:x}", digest.finalize());
    List { stamp: ListStamp { name: name.into(), date, hash, parties: parties.len() }, parties }
}

fn stamp(list: &List) -> Stamp {
    let ListStamp { name, date, hash, .. } = list.stamp.clone();
    Stamp { name, date, hash, lists: Vec::new() }
}
