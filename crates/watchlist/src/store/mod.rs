//! Lists on the user's disk: one folder each, every version kept.
//!
//! ```text
//! FOLDER/ofac-sdn/versions.json        the versions, oldest first: day, counts, hash, source of each
//! FOLDER/ofac-sdn/1f3a….jsonl          the parties of one version, one a line, named by their hash
//! FOLDER/index/….names                  what is compiled of them for running text
//! FOLDER/index/….index                  and for screening (crate `screen`)
//! ```
//! A file is written beside its place and renamed, `versions.json` last, so that a reader never meets half a list.

mod add;
mod compiled;
mod difference;
mod error;
mod version;

pub use add::{Added, Addition, Care};
pub use difference::{Changed, Difference, FieldChange, Named, difference};
pub use error::StoreError;
pub use version::{Entry, combined_hash, in_force, stale_days};

use crate::party::Party;
use jiff::civil::Date;
use lagebild_mapped::hex;
use sha2::{Digest, Sha256};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

const VERSIONS: &str = "versions.json";
/// Where compiled indexes lie, beside the lists.
const INDEX: &str = "index";
/// Letters of a version's hash that name its file.
const SHORT: usize = 16;

/// Where lists are stored unless somebody says otherwise: `$LAGEBILD_LISTS`, else `$XDG_DATA_HOME/lagebild/lists`, else
/// `~/.local/share/lagebild/lists`.
pub fn standard_folder() -> PathBuf {
    if let Some(folder) = std::env::var_os("LAGEBILD_LISTS") {
        return folder.into();
    }
    let home = || std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".local/share"));
    let data = std::env::var_os("XDG_DATA_HOME").map(PathBuf::from).or_else(home).unwrap_or_default();
    data.join("lagebild/lists")
}

/// A folder of lists.
#[derive(Clone, Debug)]
pub struct Store {
    folder: PathBuf,
}

impl Store {
    /// The store in this folder; the folder need not exist yet.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into() }
    }

    /// The folder for what is compiled of the lists.
    pub fn index_folder(&self) -> PathBuf {
        self.folder.join(INDEX)
    }

    /// The present version of every list, by name.
    pub fn entries(&self) -> Result<Vec<Entry>, StoreError> {
        self.select(&[], None)
    }

    /// The versions of the named lists (all when none is named) that hold on a day (else the present ones), by name.
    pub fn select(&self, names: &[String], as_of: Option<Date>) -> Result<Vec<Entry>, StoreError> {
        let mut names = if names.is_empty() { self.names()? } else { names.to_vec() };
        names.sort();
        names.dedup();
        let mut entries = Vec::new();
        for name in &names {
            entries.extend(in_force(&self.versions(name)?, as_of).cloned());
        }
        Ok(entries)
    }

    /// The lists that there are. A folder that cannot be looked into is an error: nobody may take its lists for empty.
    fn names(&self) -> Result<Vec<String>, StoreError> {
        let wrong = |error| StoreError::File(self.folder.clone(), error);
        let folders = match std::fs::read_dir(&self.folder) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            folders => folders.map_err(wrong)?,
        };
        let mut names = Vec::new();
        for entry in folders {
            let name = entry.map_err(wrong)?.file_name().to_string_lossy().into_owned();
            let file = self.folder.join(&name).join(VERSIONS);
            match std::fs::metadata(&file) {
                Ok(_) => names.push(name),
                // No list's folder, or no folder at all.
                Err(error)
                    if matches!(
                        error.kind(),
                        std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory
                    ) => {}
                Err(error) => return Err(StoreError::File(file, error)),
            }
        }
        Ok(names)
    }

    /// All versions of a list, oldest first.
    pub fn versions(&self, name: &str) -> Result<Vec<Entry>, StoreError> {
        let file = self.folder_of(name)?.join(VERSIONS);
        let text = match std::fs::read_to_string(&file) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(StoreError::NoList(name.into()));
            }
            read => read.map_err(|error| StoreError::File(file.clone(), error))?,
        };
        let damaged = |reason: String| StoreError::Versions { name: name.into(), file: file.clone(), reason };
        let versions: Vec<Entry> = serde_json::from_str(&text).map_err(|error| damaged(error.to_string()))?;
        if versions.is_empty() { Err(damaged("no version in it".into())) } else { Ok(versions) }
    }

    /// The version of a list that holds on a day, or the present one.
    pub fn version(&self, name: &str, as_of: Option<Date>) -> Result<Entry, StoreError> {
        in_force(&self.versions(name)?, as_of).cloned().ok_or_else(|| StoreError::NoList(name.into()))
    }

    /// The parties of the present version of a list.
    pub fn parties(&self, name: &str) -> Result<Vec<Party>, StoreError> {
        self.load(&self.version(name, None)?)
    }

    /// The parties of a version. Its file must still have the hash that it had when it was added: a byte that turned on the disk
    /// could make a listed party vanish.
    pub fn load(&self, entry: &Entry) -> Result<Vec<Party>, StoreError> {
        let file = self.file_of(entry)?;
        let wrong = |error| StoreError::File(file.clone(), error);
        let mut source = BufReader::with_capacity(1 << 16, std::fs::File::open(&file).map_err(wrong)?);
        // The count comes from a file and may be any number.
        let mut parties = Vec::with_capacity(entry.parties.min(1 << 20));
        let mut line = Vec::new();
        let mut digest = Sha256::new();
        while source.read_until(b'\n', &mut line).map_err(wrong)? > 0 {
            digest.update(line.strip_suffix(b"\n").unwrap_or(&line));
            let party = serde_json::from_slice(&line);
            parties.push(party.map_err(|error| StoreError::Damaged(file.clone(), error))?);
            line.clear();
        }
        if hex(&digest.finalize()) == entry.hash { Ok(parties) } else { Err(StoreError::Changed(file)) }
    }

    /// Forgets a list with all its versions.
    pub fn remove(&self, name: &str) -> Result<(), StoreError> {
        match self.versions(name) {
            // What cannot be read can still be removed.
            Ok(_) | Err(StoreError::Versions { .. }) => {}
            Err(error) => return Err(error),
        }
        let folder = self.folder_of(name)?;
        std::fs::remove_dir_all(&folder).map_err(|error| StoreError::File(folder, error))
    }

    fn folder_of(&self, name: &str) -> Result<PathBuf, StoreError> {
        let plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_');
        if name.is_empty() || name == INDEX || !name.chars().all(plain) {
            return Err(StoreError::Name(name.into()));
        }
        Ok(self.folder.join(name))
    }

    fn file_of(&self, entry: &Entry) -> Result<PathBuf, StoreError> {
        let hex = |letter: char| letter.is_ascii_hexdigit();
        let short = entry.hash.get(..SHORT).filter(|short| short.chars().all(hex));
        let short = short.ok_or_else(|| StoreError::Name(entry.name.clone()))?;
        Ok(self.folder_of(&entry.name)?.join(format!("{short}.jsonl")))
    }
}

/// Writes beside the file and renames. What could not be written whole, on a full disk, leaves nothing behind.
fn write(
    file: &Path,
    content: impl FnOnce(&mut dyn std::io::Write) -> std::io::Result<()>,
) -> Result<(), StoreError> {
    lagebild_mapped::write_with(file, content).map_err(|error| StoreError::File(file.into(), error))
}

#[cfg(test)]
mod tests;
