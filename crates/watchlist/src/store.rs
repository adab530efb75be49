//! Lists on the user's disk: one folder each, the version before kept.
//!
//! ```text
//! FOLDER/ofac-sdn/list.json            what it is, of which day, how many parties, its hash
//! FOLDER/ofac-sdn/parties.jsonl        one party a line
//! FOLDER/ofac-sdn/previous.jsonl       the version before
//! ```
//! A version is written beside the old one and renamed, so that a reader never meets half a list.

use crate::party::Party;
use crate::readers::{Format, ListReading, RecordProblem, read_list};
use crate::watchlist::{Watchlist, hash};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

/// A new version with fewer than this share of the old one's parties is refused.
const SHRUNK: f64 = 0.5;

const META: &str = "list.json";
const CURRENT: &str = "parties.jsonl";
const PREVIOUS: &str = "previous.jsonl";

/// A folder of lists.
#[derive(Clone, Debug)]
pub struct Store {
    folder: PathBuf,
}

/// What the store knows of one list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its short name, such as `ofac-sdn`.
    pub name: String,
    /// The day that its file states, ISO 8601; empty when it states none.
    pub date: String,
    /// How many parties it has.
    pub parties: usize,
    /// How many records could not be read or had to be mended.
    pub problems: usize,
    /// SHA-256 over its parties, in hexadecimal.
    pub hash: String,
}

/// Ids of parties that differ between two versions of a list, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Only in the newer one.
    pub added: Vec<String>,
    /// In both, with other content.
    pub changed: Vec<String>,
    /// Only in the older one.
    pub removed: Vec<String>,
}

/// Why the store could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A file could not be read or written.
    #[error("{0}: {1}")]
    File(PathBuf, std::io::Error),
    /// The file is of no known publisher.
    #[error("{0}: no known list format")]
    UnknownFormat(PathBuf),
    /// The file holds no party.
    #[error("{0}: no party in it")]
    Empty(PathBuf),
    /// The new version lost too many parties to be believed.
    #[error("the new version of {name} has {new} parties, the present one {old}; not replaced")]
    Shrunk {
        /// The list.
        name: String,
        /// Parties of the new version.
        new: usize,
        /// Parties of the present one.
        old: usize,
    },
    /// A list's name is a file name: letters, digits, `-` and `_`.
    #[error("`{0}` cannot be a list's name: letters, digits, - and _ only")]
    Name(String),
    /// There is no such list.
    #[error("no list {0}")]
    NoList(String),
    /// A stored file is damaged.
    #[error("{0}: damaged: {1}")]
    Damaged(PathBuf, serde_json::Error),
}

impl Store {
    /// The store in this folder; the folder need not exist yet.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into() }
    }

    /// Reads a publisher's file and keeps it as the present version of the list `name`. With `force` a version that
    /// lost most of its parties is taken too.
    pub fn add(
        &self,
        name: &str,
        file: &Path,
        force: bool,
    ) -> Result<(Entry, Vec<RecordProblem>), StoreError> {
        let folder = self.folder_of(name)?;
        let reading = Self::read(name, file)?;
        if let Ok(old) = self.entry(name)
            && !force
            && (reading.parties.len() as f64) < old.parties as f64 * SHRUNK
        {
            return Err(StoreError::Shrunk {
                name: name.into(),
                new: reading.parties.len(),
                old: old.parties,
            });
        }
        let entry = Entry {
            name: name.into(),
            date: reading.date.unwrap_or_default(),
            parties: reading.parties.len(),
            problems: reading.problems.len(),
            hash: hash(&reading.parties),
        };
        std::fs::create_dir_all(&folder).map_err(|error| StoreError::File(folder.clone(), error))?;
        replace(&folder, &reading.parties)?;
        write(&folder.join(META), |out| serde_json::to_writer_pretty(out, &entry).map_err(Into::into))?;
        Ok((entry, reading.problems))
    }

    fn read(name: &str, file: &Path) -> Result<ListReading, StoreError> {
        let bytes = std::fs::read(file).map_err(|error| StoreError::File(file.into(), error))?;
        let head =
            String::from_utf8_lossy(bytes.get(..bytes.len().min(2000)).unwrap_or_default()).into_owned();
        let format = Format::guess(&head).ok_or_else(|| StoreError::UnknownFormat(file.into()))?;
        let reading = read_list(bytes.as_slice(), format, name);
        if reading.parties.is_empty() { Err(StoreError::Empty(file.into())) } else { Ok(reading) }
    }

    /// All lists, by name.
    pub fn entries(&self) -> Result<Vec<Entry>, StoreError> {
        let Ok(folders) = std::fs::read_dir(&self.folder) else { return Ok(Vec::new()) };
        let mut names: Vec<String> =
            folders.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        names.retain(|name| self.folder.join(name).join(META).is_file());
        names.sort();
        names.iter().map(|name| self.entry(name)).collect()
    }

    fn entry(&self, name: &str) -> Result<Entry, StoreError> {
        let file = self.folder_of(name)?.join(META);
        let text = std::fs::read_to_string(&file).map_err(|_| StoreError::NoList(name.into()))?;
        serde_json::from_str(&text).map_err(|error| StoreError::Damaged(file, error))
    }

    /// The parties of a list.
    pub fn parties(&self, name: &str) -> Result<Vec<Party>, StoreError> {
        self.entry(name)?;
        load(&self.folder_of(name)?.join(CURRENT))
    }

    /// All lists as one, named after them; dated by the newest.
    pub fn watchlist(&self) -> Result<Watchlist, StoreError> {
        let entries = self.entries()?;
        let mut parties = Vec::new();
        for entry in &entries {
            parties.extend(self.parties(&entry.name)?);
        }
        let names: Vec<&str> = entries.iter().map(|entry| entry.name.as_str()).collect();
        let date = entries.iter().map(|entry| entry.date.as_str()).max().unwrap_or_default();
        Ok(Watchlist::new(&names.join("+"), date, parties))
    }

    /// What the present version of a list changed against the one before.
    pub fn changes(&self, name: &str) -> Result<Difference, StoreError> {
        let previous = self.folder_of(name)?.join(PREVIOUS);
        let new = self.parties(name)?;
        let old = if previous.is_file() { load(&previous)? } else { Vec::new() };
        Ok(difference(&old, &new))
    }

    /// Forgets a list.
    pub fn remove(&self, name: &str) -> Result<(), StoreError> {
        self.entry(name)?;
        let folder = self.folder_of(name)?;
        std::fs::remove_dir_all(&folder).map_err(|error| StoreError::File(folder, error))
    }

    fn folder_of(&self, name: &str) -> Result<PathBuf, StoreError> {
        let plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_');
        if name.is_empty() || !name.chars().all(plain) {
            return Err(StoreError::Name(name.into()));
        }
        Ok(self.folder.join(name))
    }
}

/// Parties that were added, changed or removed between two versions.
pub fn difference(old: &[Party], new: &[Party]) -> Difference {
    let by_id = |parties: &'_ [Party]| -> BTreeMap<String, usize> {
        parties.iter().enumerate().map(|(at, party)| (party.id.clone(), at)).collect()
    };
    let (before, after) = (by_id(old), by_id(new));
    let mut difference = Difference::default();
    for (id, &at) in &after {
        match before.get(id) {
            None => difference.added.push(id.clone()),
            Some(&was) if old.get(was) != new.get(at) => difference.changed.push(id.clone()),
            Some(_) => {}
        }
    }
    difference.removed = before.into_keys().filter(|id| !after.contains_key(id)).collect();
    difference
}

/// The new version takes the place of the present one, which becomes the one before.
fn replace(folder: &Path, parties: &[Party]) -> Result<(), StoreError> {
    let (current, previous) = (folder.join(CURRENT), folder.join(PREVIOUS));
    if current.is_file() {
        std::fs::copy(&current, &previous).map_err(|error| StoreError::File(previous, error))?;
    }
    write(&current, |out| {
        for one in parties {
            serde_json::to_writer(&mut *out, one)?;
            out.write_all(b"\n")?;
        }
        Ok(())
    })
}

/// Writes beside the file and renames.
fn write(file: &Path, content: impl FnOnce(&mut dyn Write) -> std::io::Result<()>) -> Result<(), StoreError> {
    let beside = file.with_extension("new");
    let filled = std::fs::File::create(&beside).and_then(|created| {
        let mut out = BufWriter::new(created);
        content(&mut out)?;
        out.into_inner().map_err(std::io::IntoInnerError::into_error)?.sync_all()
    });
    filled.and_then(|()| std::fs::rename(&beside, file)).map_err(|error| StoreError::File(file.into(), error))
}

fn load(file: &Path) -> Result<Vec<Party>, StoreError> {
    let opened = std::fs::File::open(file).map_err(|error| StoreError::File(file.into(), error))?;
    let mut parties = Vec::new();
    for line in BufReader::new(opened).lines() {
        let line = line.map_err(|error| StoreError::File(file.into(), error))?;
        parties.push(serde_json::from_str(&line).map_err(|error| StoreError::Damaged(file.into(), error))?);
    }
    Ok(parties)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(id: &str, name: &str) -> String {
        format!("{{\"id\":\"{id}\",\"schema\":\"Person\",\"caption\":\"{name}\"}}\n")
    }

    #[test]
    fn a_list_is_added_replaced_compared_and_removed() {
        let folder = std::env::temp_dir().join(format!("lagebild-store-{}", std::process::id()));
        let store = Store::new(folder.join("lists"));
        let file = folder.join("file.json");
        std::fs::create_dir_all(&folder).unwrap();
        let add = |text: String, force| {
            std::fs::write(&file, text).unwrap();
            store.add("os", &file, force).map(|(entry, _)| entry.parties)
        };
        assert!(matches!(add("nothing".into(), false), Err(StoreError::UnknownFormat(_))));
        assert_eq!(
            add(line("a", "Anna Muster") + &line("b", "Bert Muster") + &line("c", "Carl Muster"), false)
                .unwrap(),
            3
        );
        assert!(matches!(add(line("a", "Anna"), false), Err(StoreError::Shrunk { new: 1, old: 3, .. })));
        assert_eq!(add(line("a", "Anna Beispiel") + &line("d", "Dora Muster"), true).unwrap(), 2);
        let changes = store.changes("os").unwrap();
        assert_eq!((changes.added, changes.changed), (vec!["os:d".to_string()], vec!["os:a".to_string()]));
        assert_eq!(changes.removed, ["os:b", "os:c"]);
        let found = store.watchlist().unwrap().spot("Dora Muster kam.");
        assert_eq!(found[0].candidates[0].party, "os:d");
        store.remove("os").unwrap();
        assert!(store.entries().unwrap().is_empty());
        assert!(matches!(store.add("../os", &file, false), Err(StoreError::Name(_))));
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
