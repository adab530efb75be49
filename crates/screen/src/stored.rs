//! The index of the lists in a store: compiled when they have changed, else only opened.

use crate::{Index, IndexError, List, ListStamp, compile, layout, write};
use lagebild_watchlist::store::{Entry, Store, StoreError};
use sha2::{Digest, Sha256};
use std::path::Path;

/// Indexes kept: those of several choices of lists, or of the lists of several days.
const KEPT: usize = 4;

/// Why the index of a store cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum StoredError {
    /// The lists could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The index could not be written or opened.
    #[error(transparent)]
    Index(#[from] IndexError),
}

/// Opens the index of versions of lists in a store (see [`Store::select`]). Compiles it first (seconds) when there is
/// none of these very versions, and keeps the few that were made last. None when there are no lists.
pub fn stored(store: &Store, entries: &[Entry]) -> Result<Option<Index>, StoredError> {
    if entries.is_empty() {
        return Ok(None);
    }
    let folder = store.index_folder();
    let path = folder.join(format!("{}.index", fingerprint(entries)));
    if let Ok(index) = Index::open(&path) {
        return Ok(Some(index));
    }
    let mut lists = Vec::new();
    for entry in entries {
        lists.push(List::stored(store, entry)?);
    }
    std::fs::create_dir_all(&folder).map_err(|error| IndexError::File(folder.clone(), error))?;
    write(&path, &compile(&lists))?;
    forget_old(&folder);
    Ok(Some(Index::open(&path)?))
}

impl List {
    /// Reads a version of a list from a store.
    pub fn stored(store: &Store, entry: &Entry) -> Result<List, StoreError> {
        let parties = store.load(entry)?;
        let (name, date, hash) = (entry.name.clone(), entry.day().to_owned(), entry.hash.clone());
        Ok(List { stamp: ListStamp { name, date, hash, parties: parties.len() }, parties })
    }
}

/// Removes all indexes but the newest. One that is in use stays readable until it is closed; one that cannot be removed
/// does no harm.
fn forget_old(folder: &Path) {
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut dated: Vec<_> =
        files.filter_map(|file| Some((file.metadata().ok()?.modified().ok()?, file.path()))).collect();
    dated.sort();
    for (_, path) in dated.iter().rev().skip(KEPT) {
        let _ = std::fs::remove_file(path);
    }
}

/// Names the lists' versions, the program's and the layout's: another fingerprint, another index.
fn fingerprint(entries: &[Entry]) -> String {
    let mut digest = Sha256::new().chain_update(layout::MAGIC).chain_update(env!("CARGO_PKG_VERSION"));
    digest.update(lagebild_names::DATA_HASH);
    for entry in entries {
        digest.update(&entry.name);
        digest.update(&entry.hash);
    }
    layout::hex(digest.finalize().get(..8).unwrap_or_default())
}
