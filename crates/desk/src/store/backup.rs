//! Backup and restore of the whole store: one file each.

use super::Store;
use crate::error::{DeskError, Result};
use rusqlite::{Connection, OpenFlags};
use std::fs::File;
use std::path::{Path, PathBuf};

impl Store {
    /// Writes the store as it is now into a new file, whole or not at all; others may go on working.
    pub fn backup(&self, to: &Path) -> Result<()> {
        if to.exists() {
            return Err(exists(to));
        }
        let beside = beside(to);
        remove(&beside)?;
        self.db.execute("VACUUM INTO $1", [beside.to_string_lossy()])?;
        File::open(&beside)?.sync_all()?;
        std::fs::rename(&beside, to)?;
        sync_folder(to)
    }

    /// Makes a store of a backup, after a look whether it is whole. `replace` takes the place of a store that is there.
    pub fn restore(from: &Path, to: &Path, replace: bool) -> Result<()> {
        if to.exists() && !replace {
            return Err(exists(to));
        }
        check(from)?;
        let beside = beside(to);
        remove(&beside)?;
        std::fs::copy(from, &beside)?;
        File::open(&beside)?.sync_all()?;
        // What a store that is replaced had not yet taken into its file would be taken into the new one.
        for ending in ["-wal", "-shm"] {
            let mut name = to.as_os_str().to_owned();
            name.push(ending);
            remove(Path::new(&name))?;
        }
        std::fs::rename(&beside, to)?;
        sync_folder(to)
    }
}

fn check(file: &Path) -> Result<()> {
    let db = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let wrong = |what: String| DeskError::Damaged(format!("{}: {what}", file.display()));
    let layout: i64 = db.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if layout < 1 || layout > super::known() {
        return Err(wrong("no backup of a desk that this program knows".into()));
    }
    let said: String = db.query_row("PRAGMA integrity_check", [], |row| row.get(0))?;
    if said == "ok" { Ok(()) } else { Err(wrong(said)) }
}

fn exists(file: &Path) -> DeskError {
    let message = format!("{} is there already", file.display());
    std::io::Error::new(std::io::ErrorKind::AlreadyExists, message).into()
}

fn beside(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".part");
    name.into()
}

fn remove(file: &Path) -> std::io::Result<()> {
    match std::fs::remove_file(file) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// A renamed file is there after a loss of power only when its folder was written too.
fn sync_folder(file: &Path) -> Result<()> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    Ok(File::open(folder.unwrap_or_else(|| Path::new(".")))?.sync_all()?)
}
