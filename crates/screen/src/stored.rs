//! The index of the lists in a store: compiled when they have changed, else only opened.

use crate::{Index, IndexError, IndexStamp, List, ListStamp, compile, layout::MAGIC, write};
use lagebild_mapped::forget_old;
use lagebild_watchlist::store::{Entry, Store, StoreError};
use std::path::Path;

/// The ending of such files.
const ENDING: &str = "index";

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
/// none of these very versions, made by this very program, with all its bytes as they were written; and keeps the few that were
/// made last. None when there are no lists.
pub fn stored(store: &Store, entries: &[Entry]) -> Result<Option<Index>, StoredError> {
    kept(store, entries, Index::open)
}

/// The same, read into memory ([`Index::load`]): for a program that runs for long.
pub fn stored_in_memory(store: &Store, entries: &[Entry]) -> Result<Option<Index>, StoredError> {
    kept(store, entries, Index::load)
}

type Opening = fn(&Path) -> Result<Index, IndexError>;

fn kept(store: &Store, entries: &[Entry], open: Opening) -> Result<Option<Index>, StoredError> {
    if entries.is_empty() {
        return Ok(None);
    }
    let folder = store.index_folder();
    let path = folder.join(format!("{}.{ENDING}", fingerprint(entries)));
    if let Ok(index) = open(&path)
        && is_of(&index, entries)
    {
        return Ok(Some(index));
    }
    let mut lists = Vec::new();
    for entry in entries {
        lists.push(List::stored(store, entry)?);
    }
    std::fs::create_dir_all(&folder).map_err(|error| IndexError::File(folder.clone(), error))?;
    write(&path, &compile(&lists))?;
    forget_old(&folder, ENDING);
    Ok(Some(open(&path)?))
}

impl List {
    /// Reads a version of a list from a store.
    pub fn stored(store: &Store, entry: &Entry) -> Result<List, StoreError> {
        let parties = store.load(entry)?;
        let (name, date, hash) = (entry.name.clone(), entry.day().to_owned(), entry.hash.clone());
        Ok(List { stamp: ListStamp { name, date, hash, parties: parties.len() }, parties })
    }
}

/// Whether an index was made of these very versions, whatever its file is called.
fn is_of(index: &Index, entries: &[Entry]) -> bool {
    let lists = &index.stamp().lists;
    let same = |(list, entry): (&ListStamp, &Entry)| list.name == entry.name && list.hash == entry.hash;
    lists.len() == entries.len() && lists.iter().zip(entries).all(same)
}

/// Names the lists' versions, the program's and the layout's: another fingerprint, another file.
fn fingerprint(entries: &[Entry]) -> String {
    let stamp = IndexStamp::of(Vec::new());
    let own = [stamp.software, stamp.build, stamp.knowledge];
    let of_lists = entries.iter().flat_map(|entry| [entry.name.as_str(), entry.hash.as_str()]);
    lagebild_mapped::fingerprint(MAGIC, own.iter().map(String::as_str).chain(of_lists))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Options, Query, compile::compile_as};
    use lagebild_watchlist::store::{Addition, Care};
    use std::path::PathBuf;

    /// A store with one list in a folder of its own, removed at the end.
    struct Stored(PathBuf, Store);

    impl Stored {
        fn new(name: &str) -> Self {
            let folder = std::env::temp_dir().join(format!("lagebild-screen-{name}-{}", std::process::id()));
            let _ = std::fs::remove_dir_all(&folder);
            std::fs::create_dir_all(&folder).unwrap();
            let file = folder.join("list");
            let line =
                r#"{"id":"1","schema":"Person","caption":"Anna Muster","properties":{"birthDate":["1950"]}}"#;
            std::fs::write(&file, line).unwrap();
            let store = Store::new(folder.join("lists"));
            let today = "2026-01-01".parse().unwrap();
            store.add(&Addition { name: "os", files: &[file], source: "", today, care: Care::File }).unwrap();
            Self(folder, store)
        }

        fn entries(&self) -> Vec<Entry> {
            self.1.entries().unwrap()
        }

        /// The one file of an index that there is.
        fn file(&self) -> PathBuf {
            std::fs::read_dir(self.1.index_folder()).unwrap().next().unwrap().unwrap().path()
        }

        /// Whether the index of the store, opened as the program does it, knows the party.
        fn finds(&self) -> bool {
            let index = stored(&self.1, &self.entries()).unwrap().unwrap();
            !index.screen(&Query::name("Anna Muster", None), &Options::default()).is_empty()
        }
    }

    impl Drop for Stored {
        fn drop(&mut self) {
            let _ = std::fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn an_index_with_any_byte_flipped_is_refused_and_made_anew() {
        let here = Stored::new("flipped");
        assert!(here.finds());
        let file = here.file();
        let good = std::fs::read(&file).unwrap();
        for at in (0..good.len()).step_by(7).chain(0..64) {
            let mut bad = good.clone();
            bad[at] ^= 1 << (at % 8);
            assert!(Index::from_bytes(bad.clone()).is_none(), "byte {at}");
            if at % 50 == 0 {
                std::fs::write(&file, &bad).unwrap();
                let error = Index::open(&file).unwrap_err();
                assert!(matches!(error, IndexError::Layout(_) | IndexError::Damaged(_)), "{error}");
                assert!(here.finds(), "byte {at}");
                assert_eq!(std::fs::read(&file).unwrap(), good, "byte {at}");
            }
        }
    }

    #[test]
    fn an_index_of_other_knowledge_or_another_build_or_other_lists_is_made_anew() {
        let here = Stored::new("foreign");
        assert!(here.finds());
        let file = here.file();
        let good = std::fs::read(&file).unwrap();
        let lists = [List::stored(&here.1, &here.entries()[0]).unwrap()];
        let own = || IndexStamp::of(vec![lists[0].stamp.clone()]);
        assert_eq!(compile_as(own(), &lists), good);
        let foreign = [
            IndexStamp { knowledge: "other".into(), ..own() },
            IndexStamp { build: "other".into(), ..own() },
            IndexStamp { software: "other".into(), ..own() },
        ];
        for stamp in foreign {
            std::fs::write(&file, compile_as(stamp, &[])).unwrap();
            assert!(matches!(Index::open(&file), Err(IndexError::Foreign(_))));
            assert!(here.finds());
            assert_eq!(std::fs::read(&file).unwrap(), good);
        }
        // Another list's index under this one's name: a copy that went wrong.
        let other = ListStamp { hash: "other".into(), ..lists[0].stamp.clone() };
        std::fs::write(&file, compile_as(IndexStamp::of(vec![other]), &[])).unwrap();
        assert!(Index::open(&file).is_ok());
        assert!(here.finds());
        assert_eq!(std::fs::read(&file).unwrap(), good);
    }
}
