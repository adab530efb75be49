//! Reads all data sets into a snapshot.

use super::{Config, DatasetConfig, Entities, Text, listed};
use jiff::Timestamp;
use lagebild_ftm::Entity;
use lagebild_reading::Knowledge;
use lagebild_screen::{Index, List, ListStamp};
use lagebild_watchlist::store::{Entry, Store, StoreError};
use lagebild_watchlist::{Party, Watchlist};
use sha2::{Digest, Sha256};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// Problems kept of one data set; more are only counted.
const PROBLEMS: usize = 20;

/// One state of the data.
#[derive(Debug)]
pub struct Snapshot {
    /// The data sets.
    pub config: Config,
    /// What is known of each data set's version.
    pub versions: Vec<Version>,
    /// All entities.
    pub entities: Entities,
    /// The names to screen against.
    pub screen: Index,
    /// Place among the entities of each party of the index.
    pub screened: Vec<u32>,
    /// When it was loaded.
    pub loaded: Timestamp,
    hash: String,
    text: OnceLock<Option<Text>>,
    watchlist: OnceLock<Watchlist>,
    /// What the watchlist is made of, until it is made; none where no list is served.
    listed: Option<Mutex<Listed>>,
}

/// The lists of the store as they were loaded, to be spotted in running text.
#[derive(Debug, Default)]
struct Listed {
    parties: Vec<Party>,
    lists: Vec<Entry>,
    /// Where what is compiled of them may be kept.
    store: Option<Store>,
}

impl Listed {
    fn watchlist(self) -> Watchlist {
        match self.store {
            Some(store) => store.keep_compiled(&self.lists, &self.parties),
            None => Store::compile(&self.lists, &self.parties),
        }
    }
}

/// A data set as it was loaded.
#[derive(Clone, Debug)]
pub struct Version {
    /// Its name.
    pub dataset: String,
    /// Its version as it was stated, or the moment that its file was last written.
    pub stated: String,
    /// SHA-256 of its file, or of the list's parties.
    pub hash: String,
    /// The day that a list states, ISO 8601.
    pub date: String,
    /// Entities read.
    pub entities: usize,
    /// Lines that could not be read.
    pub problems: usize,
    /// The first of them.
    pub first_problems: Vec<String>,
}

/// Why the data could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// A file could not be read.
    #[error("data set `{0}`: {1}: {2}")]
    File(String, PathBuf, std::io::Error),
    /// The list store could not be read.
    #[error("data set `{0}`: {1}")]
    Store(String, StoreError),
    /// The index of names could not be made.
    #[error("the index of names could not be made")]
    Index,
}

impl Snapshot {
    /// Loads everything. The full text and what reading needs are made of it when they are first asked for, or by
    /// [`Snapshot::prepare`]; nothing is read from the disk again.
    /// With `keep`, an index of the lists alone is kept in the store, so that the next start is quick.
    pub fn load(config: Config, store: &Store, keep: bool) -> Result<Arc<Self>, LoadError> {
        let entries = entries(&config, store)?;
        let kept = keep.then(|| store.kept_in_memory(&entries)).flatten();
        let listed = Listed { lists: entries, store: keep.then(|| store.clone()), ..Listed::default() };
        let mut loading = Loading { listed, spots: kept.is_none(), ..Loading::default() };
        for dataset in config.datasets.iter().filter(|dataset| dataset.children.is_empty()) {
            loading.dataset(dataset, store)?;
        }
        let kept_index = keep.then(|| loading.kept_index(&config, store)).flatten();
        let screen = match kept_index {
            Some(index) => index,
            None => Index::of_lists(&loading.lists).ok_or(LoadError::Index)?,
        };
        let hash = hash(&loading.versions);
        let listed = loading.listed;
        let watchlist = kept.map_or_else(OnceLock::new, OnceLock::from);
        let listed = (!listed.lists.is_empty()).then(|| Mutex::new(listed));
        Ok(Arc::new(Self {
            config,
            versions: loading.versions,
            entities: loading.entities,
            screen,
            hash,
            screened: loading.screened,
            loaded: Timestamp::now(),
            text: OnceLock::new(),
            watchlist,
            listed,
        }))
    }

    /// Makes the full text and what reading needs, so that nobody has to wait for them.
    pub fn prepare(&self) {
        std::thread::scope(|scope| {
            scope.spawn(|| self.text());
            self.knowledge();
        });
    }

    /// Whether nobody has to wait for anything any more.
    pub fn is_prepared(&self) -> bool {
        self.text.get().is_some() && (self.listed.is_none() || self.watchlist.get().is_some())
    }

    /// The full text; waits until it is indexed.
    pub fn text(&self) -> Option<&Text> {
        self.text.get_or_init(|| Text::build(self.entities.all()).ok()).as_ref()
    }

    /// What is read against: the lists as they were loaded, or the small built-in one where none is served. Whoever asks
    /// first waits until the lists are prepared for running text.
    pub fn knowledge(&self) -> Knowledge<'_> {
        let watchlist = match &self.listed {
            None => Watchlist::starter(),
            Some(listed) => self.watchlist.get_or_init(|| {
                std::mem::take(&mut *listed.lock().unwrap_or_else(PoisonError::into_inner)).watchlist()
            }),
        };
        Knowledge { watchlist, ..Knowledge::built_in() }
    }

    /// Whether articles are read against the small built-in list, for want of others.
    pub fn reads_starter(&self) -> bool {
        self.listed.is_none()
    }

    /// What names this state of the data: a hash over the versions of all data sets and the software.
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// The version of a data set.
    pub fn version(&self, dataset: &str) -> Option<&Version> {
        self.versions.iter().find(|version| version.dataset == dataset)
    }
}

/// The present version of each list that is served, once: what is loaded belongs to one moment.
fn entries(config: &Config, store: &Store) -> Result<Vec<Entry>, LoadError> {
    let mut entries: Vec<Entry> = Vec::new();
    for dataset in config.datasets.iter().filter(|dataset| dataset.children.is_empty()) {
        let Some(list) = &dataset.list else { continue };
        if !entries.iter().any(|entry| entry.name == *list) {
            let wrong = |error| LoadError::Store(dataset.name.clone(), error);
            entries.push(store.version(list, None).map_err(wrong)?);
        }
    }
    Ok(entries)
}

fn hash(versions: &[Version]) -> String {
    let mut digest = Sha256::new().chain_update(env!("CARGO_PKG_VERSION"));
    digest.update(lagebild_names::DATA_HASH);
    digest.update(lagebild_ftm::DATA_HASH);
    digest.update(lagebild_watchlist::DATA_HASH);
    digest.update(lagebild_measures::Measures::shipped().hash());
    for version in versions {
        digest.update(&version.dataset);
        digest.update(&version.hash);
    }
    format!("{:x}", digest.finalize())
}

#[derive(Default)]
struct Loading {
    versions: Vec<Version>,
    entities: Entities,
    lists: Vec<List>,
    screened: Vec<u32>,
    listed: Listed,
    /// Whether what is spotted in running text has to be made of the parties.
    spots: bool,
}

impl Loading {
    /// The index that is kept of the stored lists, where they are all that there is.
    fn kept_index(&self, config: &Config, store: &Store) -> Option<Index> {
        let sources = config.datasets.iter().filter(|dataset| dataset.children.is_empty());
        let names: Vec<String> = sources
            .map(|dataset| dataset.list.clone().filter(|list| *list == dataset.name))
            .collect::<Option<_>>()?;
        let index = lagebild_screen::stored_in_memory(store, &store.select(&names, None).ok()?).ok()??;
        // A list may have changed since it was loaded: what is answered from must be one state.
        let kept = index.stamp().lists.iter().map(|list| (&list.name, &list.hash, list.parties));
        let loaded = self.lists.iter().map(|list| (&list.stamp.name, &list.stamp.hash, list.parties.len()));
        let prefixed = self.lists.iter().all(|list| {
            let first = list.parties.first();
            first.is_none_or(|party| party.list() == list.stamp.name)
        });
        (prefixed && kept.eq(loaded) && index.parties() as usize == self.screened.len()).then_some(index)
    }

    fn dataset(&mut self, dataset: &DatasetConfig, store: &Store) -> Result<(), LoadError> {
        let mut version = Version {
            dataset: dataset.name.clone(),
            stated: String::new(),
            hash: String::new(),
            date: String::new(),
            entities: 0,
            problems: 0,
            first_problems: Vec::new(),
        };
        let parties = match (&dataset.list, &dataset.path) {
            (Some(list), _) => self.list(list, store, &mut version)?,
            (None, Some(path)) => self.file(path, &mut version)?,
            (None, None) => Vec::new(),
        };
        if let Some(stated) = &dataset.version {
            version.stated.clone_from(stated);
        }
        let stamp = ListStamp {
            name: version.dataset.clone(),
            date: version.date.clone(),
            hash: version.hash.clone(),
            parties: parties.len(),
        };
        self.lists.push(List { stamp, parties });
        self.versions.push(version);
        Ok(())
    }

    fn list(&mut self, list: &str, store: &Store, version: &mut Version) -> Result<Vec<Party>, LoadError> {
        let wrong = |error| LoadError::Store(version.dataset.clone(), error);
        let known = self.listed.lists.iter().find(|entry| entry.name == list).cloned();
        let entry = known.ok_or_else(|| wrong(StoreError::NoList(list.to_owned())))?;
        let parties = store.load(&entry).map_err(wrong)?;
        let taken = self.lists.iter().any(|known| known.stamp.hash == entry.hash);
        if self.spots && !taken {
            self.listed.parties.extend_from_slice(&parties);
        }
        version.hash = entry.hash;
        version.stated.clone_from(&entry.date);
        version.date = entry.date;
        version.problems = entry.problems;
        let mut screened = Vec::new();
        let prefix = format!("{}:", version.dataset);
        for mut party in parties {
            for (at, entity) in lagebild_screen::entities(&party).into_iter().enumerate() {
                version.entities += 1;
                let id = entity.id.clone();
                let place = self.entities.add(entity, &version.dataset).or_else(|| self.entities.place(&id));
                if at == 0 {
                    self.screened.extend(place);
                }
            }
            if !party.id.starts_with(&prefix) {
                party.prefix(&prefix);
            }
            screened.push(party);
        }
        Ok(screened)
    }

    fn file(&mut self, path: &Path, version: &mut Version) -> Result<Vec<Party>, LoadError> {
        let wrong = |error| LoadError::File(version.dataset.clone(), path.into(), error);
        let file = std::fs::File::open(path).map_err(wrong)?;
        let written = file.metadata().and_then(|meta| meta.modified());
        let written = written.ok().and_then(|time| Timestamp::try_from(time).ok());
        let written = written.map(|time| time.strftime("%Y%m%d%H%M%S").to_string()).unwrap_or_default();
        let mut digest = Sha256::new();
        let mut parties = Vec::new();
        for (number, line) in (1u64..).zip(BufReader::new(file).split(b'\n')) {
            let line = line.map_err(|error| LoadError::File(version.dataset.clone(), path.into(), error))?;
            digest.update(&line);
            digest.update(b"\n");
            if line.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            match std::str::from_utf8(&line)
                .map_err(|error| error.to_string())
                .and_then(|line| Entity::parse(line).map_err(|error| error.to_string()))
            {
                Ok(entity) => {
                    version.entities += 1;
                    self.entity(entity, version, &mut parties);
                }
                Err(reason) => {
                    version.problems += 1;
                    if version.first_problems.len() < PROBLEMS {
                        version.first_problems.push(format!("line {number}: {reason}"));
                    }
                }
            }
        }
        version.hash = format!("{:x}", digest.finalize());
        version.stated = written;
        Ok(parties)
    }

    fn entity(&mut self, entity: Entity, version: &Version, parties: &mut Vec<Party>) {
        let party = entity.schema.matchable.then(|| listed::party(&entity, &version.dataset));
        let id = entity.id.clone();
        let place = self.entities.add(entity, &version.dataset).or_else(|| self.entities.place(&id));
        if let (Some(place), Some(party)) = (place, party) {
            self.screened.push(place);
            parties.push(party);
        }
    }
}
