//! A new version: read, checked against the one before, and only then kept.

use super::{Entry, Store, StoreError, VERSIONS, in_force, write};
use crate::readers::{ListReading, RecordProblem, read_files};
use crate::watchlist::hash;
use jiff::civil::Date;
use std::path::PathBuf;

/// A new version with fewer than this share of the parties of the one before is refused.
const SHRUNK: f64 = 0.5;

/// Files to be kept as a version of a list.
#[derive(Clone, Debug)]
pub struct Addition<'a> {
    /// The list's short name.
    pub name: &'a str,
    /// Its file, or the tables that make it up together.
    pub files: &'a [PathBuf],
    /// Where they came from: an address, or empty for the files themselves.
    pub source: &'a str,
    /// The day of the addition.
    pub today: Date,
    /// How distrustful to be.
    pub care: Care,
}

/// How distrustful to be of a new version.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Care {
    /// It came over the network: nothing that breaks off, lost most parties or is older than the present version.
    Download,
    /// A person gives a file: one that breaks off is kept as far as it goes, an older one as a past version.
    #[default]
    File,
    /// A person insists: only a file without any party is refused.
    Force,
}

/// What became of an addition.
#[derive(Clone, Debug)]
pub struct Added {
    /// The version.
    pub entry: Entry,
    /// Records that could not be read or had to be mended.
    pub problems: Vec<RecordProblem>,
    /// What the files have and the reader does not take.
    pub left_out: Vec<String>,
    /// The very same version was there already.
    pub unchanged: bool,
}

impl Store {
    /// Reads files and keeps them as a version of a list.
    pub fn add(&self, addition: &Addition) -> Result<Added, StoreError> {
        let name = addition.name;
        let folder = self.folder_of(name)?;
        let (reading, format) = read_files(addition.files, name)?;
        let mut entry = Entry {
            name: name.into(),
            date: reading.date.clone().unwrap_or_default(),
            added: addition.today.to_string(),
            source: source(addition),
            format: format.into(),
            problems: reading.problems.len(),
            unresolved_links: reading.unresolved,
            hash: hash(&reading.parties),
            ..Entry::default()
        };
        entry.count(&reading.parties);
        let mut versions = match self.versions(name) {
            // Of a damaged table of versions nothing can be kept; this one mends it.
            Err(StoreError::NoList(_) | StoreError::Versions { .. }) => Vec::new(),
            known => known?,
        };
        check(addition, &reading, &entry, &versions)?;
        let same = |version: &Entry| version.hash == entry.hash && version.date == entry.date;
        if let Some(known) = versions.iter().find(|version| same(version)).cloned()
            && self.load(&known).is_ok()
        {
            let ListReading { problems, left_out, .. } = reading;
            return Ok(Added { entry: known, problems, left_out, unchanged: true });
        }
        std::fs::create_dir_all(&folder).map_err(|error| StoreError::File(folder.clone(), error))?;
        self.keep(&entry, &reading)?;
        versions.retain(|version| version.day() != entry.day());
        versions.push(entry.clone());
        versions.sort_by(|one, other| one.day().cmp(other.day()));
        write(&folder.join(VERSIONS), |out| {
            serde_json::to_writer_pretty(out, &versions).map_err(Into::into)
        })?;
        let ListReading { problems, left_out, .. } = reading;
        Ok(Added { entry, problems, left_out, unchanged: false })
    }

    fn keep(&self, entry: &Entry, reading: &ListReading) -> Result<(), StoreError> {
        write(&self.file_of(entry)?, |out| {
            for party in &reading.parties {
                serde_json::to_writer(&mut *out, party)?;
                out.write_all(b"\n")?;
            }
            Ok(())
        })
    }
}

/// The address, or the names of the files without their folders.
fn source(addition: &Addition) -> String {
    if !addition.source.is_empty() {
        return addition.source.into();
    }
    let names = addition.files.iter().filter_map(|file| file.file_name());
    names.map(|name| name.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ")
}

/// Refuses what cannot be believed.
fn check(
    addition: &Addition,
    reading: &ListReading,
    entry: &Entry,
    versions: &[Entry],
) -> Result<(), StoreError> {
    let name = || addition.name.to_string();
    if reading.parties.is_empty() {
        return Err(StoreError::Empty(addition.files.first().cloned().unwrap_or_default()));
    }
    if addition.care == Care::Force {
        return Ok(());
    }
    let present = versions.last();
    if addition.care == Care::Download {
        if reading.torn {
            let last = reading.problems.last().cloned();
            let (place, reason) = last.map(|problem| (problem.place, problem.reason)).unwrap_or_default();
            return Err(StoreError::Torn { name: name(), place, reason });
        }
        if let Some(old) = present.filter(|old| entry.day() < old.day()) {
            return Err(StoreError::Older { name: name(), new: entry.day().into(), old: old.day().into() });
        }
    }
    let before = in_force(versions, entry.day().parse().ok()).filter(|before| before.day() <= entry.day());
    match before {
        Some(old) if (entry.parties as f64) < old.parties as f64 * SHRUNK => {
            Err(StoreError::Shrunk { name: name(), new: entry.parties, old: old.parties })
        }
        _ => Ok(()),
    }
}
