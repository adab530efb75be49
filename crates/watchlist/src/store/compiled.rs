//! Versions of lists compiled for running text: kept beside them, made anew when they or the program have changed.

use super::{Entry, Store, StoreError};
use crate::party::Party;
use crate::spot::{MAGIC, Made, Opening};
use crate::watchlist::{Stamp, Watchlist, hash};
use jiff::civil::Date;
use lagebild_mapped::{Mapped, fingerprint, forget_old, write};
use std::path::PathBuf;

/// The ending of such files.
const ENDING: &str = "names";

impl Store {
    /// The named lists (all when none is named) as they hold on a day, as one, named after them and dated by the youngest. They
    /// are compiled (seconds) when that was not yet done for these very versions by this very program, else only mapped.
    pub fn watchlist(&self, names: &[String], as_of: Option<Date>) -> Result<Watchlist, StoreError> {
        let entries = self.select(names, as_of)?;
        if let Some(kept) = self.kept(&entries, Mapped::open) {
            return Ok(kept);
        }
        let mut parties = Vec::new();
        for entry in &entries {
            parties.extend(self.load(entry)?);
        }
        Ok(self.keep_compiled(&entries, &parties))
    }

    /// What is kept of these versions, read into memory: for a program that runs for long.
    pub fn kept_in_memory(&self, entries: &[Entry]) -> Option<Watchlist> {
        self.kept(entries, Mapped::load)
    }

    fn kept(&self, entries: &[Entry], opening: Opening) -> Option<Watchlist> {
        let kept = Watchlist::open(&self.compiled_file(entries), opening)?;
        (kept.stamp().lists == stamps(entries)).then_some(kept)
    }

    /// Compiles the parties of these versions and keeps that where the folder can be written to.
    pub fn keep_compiled(&self, entries: &[Entry], parties: &[Party]) -> Watchlist {
        let watchlist = Self::compile(entries, parties);
        // A folder that may only be read costs the time of compiling at each start, and nothing else.
        let folder = self.index_folder();
        if !entries.is_empty() && std::fs::create_dir_all(&folder).is_ok() {
            let _ = write(&self.compiled_file(entries), watchlist.bytes());
            forget_old(&folder, ENDING);
        }
        watchlist
    }

    /// Compiles the parties of these versions.
    pub fn compile(entries: &[Entry], parties: &[Party]) -> Watchlist {
        let names: Vec<&str> = entries.iter().map(|entry| entry.name.as_str()).collect();
        let date = entries.iter().map(Entry::day).max().unwrap_or_default().to_owned();
        let stamp = Stamp { name: names.join("+"), date, hash: hash(parties), lists: stamps(entries) };
        Watchlist::compile(stamp, parties)
    }

    /// Named by the lists' versions, the program's and the layout's: another one of these is another file.
    pub(super) fn compiled_file(&self, entries: &[Entry]) -> PathBuf {
        let Made { build, knowledge, .. } = Made::of(Stamp::default());
        let of_lists = entries.iter().flat_map(|entry| [entry.name.as_str(), entry.hash.as_str()]);
        let name = fingerprint(MAGIC, [build.as_str(), knowledge.as_str()].into_iter().chain(of_lists));
        self.index_folder().join(format!("{name}.{ENDING}"))
    }
}

/// The versions as a reading states them.
fn stamps(entries: &[Entry]) -> Vec<Stamp> {
    let stamp = |entry: &Entry| Stamp {
        name: entry.name.clone(),
        date: entry.day().into(),
        hash: entry.hash.clone(),
        lists: Vec::new(),
    };
    entries.iter().map(stamp).collect()
}
