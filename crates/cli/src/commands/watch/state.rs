//! What a watch has seen: a file beside its output, written as a whole after the readings that it tells of.

use anyhow::{Context, Result};
use jiff::civil::Date;
use lagebild_fetch::Marks;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

/// Name and version of the file's form.
const SCHEMA: &str = "lagebild.watch/1";

/// What has been seen.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Seen {
    schema: String,
    /// Bytes of the output file that the rest tells of.
    #[serde(default)]
    pub(super) output: u64,
    /// Files that were read, as they were then.
    #[serde(default)]
    pub(super) files: BTreeMap<String, Look>,
    /// Feeds by their addresses.
    #[serde(default)]
    pub(super) feeds: BTreeMap<String, SeenFeed>,
}

/// A file as it looks from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Look {
    bytes: u64,
    /// Nanoseconds since 1970.
    modified: i64,
}

/// A feed.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct SeenFeed {
    /// Of the version whose items were all read.
    #[serde(default)]
    pub(super) marks: Marks,
    /// Its items by their keys.
    #[serde(default)]
    pub(super) items: BTreeMap<String, SeenItem>,
}

/// An item of a feed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct SeenItem {
    /// The last day on which the feed named it.
    pub(super) named: Date,
    /// It was read, or given up.
    pub(super) done: bool,
    /// Rounds in which its page could not be fetched.
    #[serde(default)]
    pub(super) tries: u32,
}

impl Look {
    /// How a file looks now; `None` when it is not there any more.
    pub(super) fn at(path: &Path) -> Option<Self> {
        let facts = std::fs::metadata(path).ok()?;
        let since = facts.modified().ok()?.duration_since(UNIX_EPOCH).unwrap_or_default();
        Some(Self { bytes: facts.len(), modified: i64::try_from(since.as_nanos()).unwrap_or(i64::MAX) })
    }
}

/// The file of what has been seen. While it is open no other watch opens it.
pub(super) struct State {
    pub(super) seen: Seen,
    path: PathBuf,
    /// Locked as long as this lives.
    _lock: std::fs::File,
}

impl State {
    /// Opens the file; a watch that has none yet has seen nothing.
    pub(super) fn open(path: PathBuf) -> Result<Self> {
        let name = path.display().to_string();
        let lock =
            std::fs::File::create(with(&path, "lock")).with_context(|| format!("cannot write {name}"))?;
        if lock.try_lock().is_err() {
            return Err(crate::exit::UsageError(format!("another watch is at work with {name}")).into());
        }
        let seen = match std::fs::read(&path) {
            Ok(json) => serde_json::from_slice(&json)
                .with_context(|| format!("{name} is broken; without it all is read anew"))?,
            Err(error) if error.kind() == ErrorKind::NotFound => Seen::default(),
            Err(error) => return Err(error).with_context(|| format!("cannot read {name}")),
        };
        Ok(Self { seen, path, _lock: lock })
    }

    /// Writes the file as a whole, or leaves it as it was.
    pub(super) fn save(&mut self) -> Result<()> {
        SCHEMA.clone_into(&mut self.seen.schema);
        let unfinished = with(&self.path, "part");
        let mut file = std::fs::File::create(&unfinished)?;
        file.write_all(&serde_json::to_vec(&self.seen)?)?;
        file.sync_all()?;
        Ok(std::fs::rename(&unfinished, &self.path)?)
    }

    /// The files that belong to the watch itself.
    pub(super) fn own(&self) -> [PathBuf; 4] {
        let log = self.path.with_extension("log");
        [self.path.clone(), with(&self.path, "part"), with(&self.path, "lock"), log]
    }
}

/// A path with one more ending.
pub(super) fn with(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    PathBuf::from(name)
}
