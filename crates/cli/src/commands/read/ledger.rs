//! What a folder of readings already holds, so that a long run can be resumed.
//!
//! One line per reading: hash of the source and its name, hash of what it was read with, file name. A line is written
//! only after its file is complete; a run that was cut off leaves at most one file without a line, which is written
//! anew. At the end of a run [`INPUTS`] says what became of every input.

use super::account::Account;
use std::collections::BTreeSet;
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Name of the ledger in the folder.
const NAME: &str = "readings.log";

/// Name of the account of the last run; it is missing while a run is under way or was cut off.
const INPUTS: &str = "inputs.json";

/// A folder of readings with its ledger.
pub(crate) struct Ledger {
    folder: PathBuf,
    known: BTreeSet<String>,
    names: BTreeSet<String>,
    log: File,
}

impl Ledger {
    /// Opens the folder, making it where needed. Without `resume` nothing counts as done.
    pub(crate) fn open(folder: &Path, resume: bool) -> io::Result<Self> {
        std::fs::create_dir_all(folder)?;
        let path = folder.join(NAME);
        let lines = if resume { std::fs::read_to_string(&path).unwrap_or_default() } else { String::new() };
        let known =
            lines.lines().filter_map(|line| line.rsplit_once(' ')).map(|(key, _)| key.to_owned()).collect();
        let mut names: BTreeSet<String> =
            lines.lines().filter_map(|line| line.rsplit_once(' ')).map(|(_, name)| name.to_owned()).collect();
        names.insert(INPUTS.into());
        match std::fs::remove_file(folder.join(INPUTS)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let log = OpenOptions::new().create(true).write(true).append(resume).truncate(!resume).open(path)?;
        Ok(Self { folder: folder.to_owned(), known, names, log })
    }

    /// True when this source was already read with these very things.
    pub(crate) fn holds(&self, source_hash: &str, made_with: &str) -> bool {
        self.known.contains(&format!("{source_hash} {made_with}"))
    }

    /// Writes a reading's file as a whole, then its line.
    pub(crate) fn write(
        &mut self,
        stem: &str,
        ending: &str,
        key: (&str, &str),
        content: &[u8],
    ) -> io::Result<()> {
        let name = self.free_name(stem, ending);
        let unfinished = self.folder.join(format!("{name}.part"));
        std::fs::write(&unfinished, content)?;
        std::fs::rename(&unfinished, self.folder.join(&name))?;
        writeln!(self.log, "{} {} {name}", key.0, key.1)?;
        self.known.insert(format!("{} {}", key.0, key.1));
        Ok(())
    }

    /// Writes what became of every input.
    pub(crate) fn finish(self, account: &Account) -> io::Result<()> {
        let unfinished = self.folder.join(format!("{INPUTS}.part"));
        std::fs::write(&unfinished, serde_json::to_vec_pretty(account)?)?;
        std::fs::rename(&unfinished, self.folder.join(INPUTS))
    }

    /// `stem.ending`, or with a number where two sources have the same name. Spaces would break the ledger.
    fn free_name(&mut self, stem: &str, ending: &str) -> String {
        let stem = stem.replace(char::is_whitespace, "_");
        let numbered = (2..).map(|n| format!("{stem}-{n}.{ending}"));
        let name = std::iter::once(format!("{stem}.{ending}"))
            .chain(numbered)
            .find(|name| !self.names.contains(name));
        let name = name.unwrap_or_default();
        self.names.insert(name.clone());
        name
    }
}
