//! Where what comes in goes: a file of lines, a folder, a case of the desk. Nothing is written twice, also after a kill.

use super::super::desk::Intake;
use super::super::read::{Format, Look, Sink, Work};
use anyhow::Result;
use lagebild_document::{Document, DocumentError};
use std::collections::BTreeSet;
use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, ErrorKind, Seek, SeekFrom};
use std::path::{Path, PathBuf};

/// Where readings go.
pub(super) enum Output {
    /// A file to which lines are added, with the documents (source and hash) that a run that was cut off had added.
    File { path: PathBuf, sink: Sink, added: BTreeSet<(String, String)> },
    /// A folder with a file for each.
    Folder(Sink),
    /// A case.
    Desk(Box<Intake>),
}

/// What became of documents.
#[derive(Debug)]
pub(super) struct Came {
    pub(super) read: usize,
    /// Inputs that were not read, with the reason.
    pub(super) failed: Vec<(String, String)>,
}

const LOOK: Look = Look { format: Format::Json, width: 100, explain: false, case: false, short: false };

impl Output {
    /// Lines that are added to a file, of which the first `told` bytes are known to be whole.
    pub(super) fn file(path: &Path, told: u64) -> Result<Self> {
        let added = added(path, told)?;
        Ok(Self::File { path: path.to_owned(), sink: Sink::append(path, LOOK)?, added })
    }

    /// A folder.
    pub(super) fn folder(path: &Path) -> Result<Self> {
        Ok(Self::Folder(Sink::folder(path, true, LOOK)?))
    }

    /// Reads documents and writes their readings to the disk.
    pub(super) fn take(
        &mut self,
        work: &Work,
        documents: impl Iterator<Item = Result<Document, DocumentError>>,
    ) -> Result<Came> {
        match self {
            Self::Folder(sink) => Ok(came(&work.run(documents, sink)?)),
            Self::File { path, sink, added } => {
                let is_new = |one: &Result<Document, DocumentError>| {
                    one.as_ref().map_or(true, |it| !added.contains(&(it.source.clone(), it.sha256.clone())))
                };
                let tally = work.run(documents.filter(is_new), sink)?;
                sink.flush()?;
                File::open(path)?.sync_data()?;
                Ok(came(&tally))
            }
            Self::Desk(desk) => {
                let (read, failed) = desk.add(documents, work.as_of, work.knowledge.watchlist)?;
                Ok(Came { read, failed })
            }
        }
    }

    /// Bytes of the output file.
    pub(super) fn bytes(&self) -> u64 {
        match self {
            Self::File { path, .. } => path.metadata().map_or(0, |facts| facts.len()),
            _ => 0,
        }
    }
}

fn came(tally: &super::super::read::Tally) -> Came {
    let failed = tally.account.failures().map(|(name, reason)| (name.to_owned(), reason.to_owned()));
    Came { read: tally.account.read(), failed: failed.collect() }
}

/// The documents in the lines after the first `told` bytes. What a kill left of a line is cut off.
fn added(path: &Path, told: u64) -> Result<BTreeSet<(String, String)>> {
    let file = match OpenOptions::new().read(true).write(true).open(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(BTreeSet::new()),
        file => file?,
    };
    // A file that is shorter than it was is another one.
    let mut at = if file.metadata()?.len() < told { 0 } else { told };
    let mut reader = BufReader::new(&file);
    reader.seek(SeekFrom::Start(at))?;
    let (mut found, mut line) = (BTreeSet::new(), Vec::new());
    while reader.read_until(b'\n', &mut line)? > 0 && line.ends_with(b"\n") {
        at += line.len() as u64;
        let reading: serde_json::Value = serde_json::from_slice(&line).unwrap_or_default();
        let word = |name: &str| reading["document"][name].as_str().unwrap_or_default().to_owned();
        found.insert((word("source"), word("sha256")));
        line.clear();
    }
    file.set_len(at)?;
    Ok(found)
}
