//! New files of a folder: read when nobody writes them any more.

use super::Watch;
use super::state::Look;
use crate::commands::read::ocr;
use anyhow::Result;
use lagebild_document::{DocumentError, Options, input};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Files that are read before it is put down that they were.
const BATCH: usize = 32;

impl Watch<'_> {
    /// Reads what is new in a folder.
    pub(super) fn folder(&mut self, folder: &Path) -> Result<()> {
        let new = match input::files(folder) {
            Ok(files) => self.new_files(files)?,
            Err(error) => return self.failed(&folder.display().to_string(), &error.to_string()),
        };
        if new.is_empty() {
            return Ok(());
        }
        // A file that changes between two looks is still being written.
        std::thread::sleep(Duration::from_millis(self.settings.watch.settle_ms));
        let (still, growing): (Vec<_>, Vec<_>) =
            new.into_iter().partition(|(path, look)| Look::at(path) == Some(*look));
        self.round.waiting += growing.len();
        for batch in still.chunks(BATCH) {
            let paths: Vec<PathBuf> = batch.iter().map(|(path, _)| path.clone()).collect();
            let options = Options { recogniser: ocr::recogniser(true, None), ..Options::default() };
            self.round.from_folders += self.take(input::documents(&paths, &options))?;
            for (path, look) in batch {
                // What was changed while it was read is read again.
                if Look::at(path) == Some(*look) {
                    self.state.seen.files.insert(path.display().to_string(), *look);
                } else {
                    self.round.waiting += 1;
                }
            }
            self.save()?;
        }
        Ok(())
    }

    /// Files that were not seen as they are now. What is no article is put down once.
    fn new_files(&mut self, files: Vec<(PathBuf, Option<DocumentError>)>) -> Result<Vec<(PathBuf, Look)>> {
        let mut new = Vec::new();
        for (path, skipped) in files {
            let name = path.display().to_string();
            let Some(look) = Look::at(&path) else { continue };
            if self.state.seen.files.get(&name) == Some(&look)
                || self.is_own(&path)
                || self.is_unfinished(&path)
            {
                continue;
            }
            match skipped {
                None => new.push((path, look)),
                Some(reason) => {
                    self.failed(&name, &reason.reason())?;
                    self.state.seen.files.insert(name, look);
                    self.save()?;
                }
            }
        }
        Ok(new)
    }

    /// True for what the watch itself writes into a folder that it watches.
    fn is_own(&self, path: &Path) -> bool {
        let same = |one: &Path, other: &Path| match (one.canonicalize(), other.canonicalize()) {
            (Ok(one), Ok(other)) => one.starts_with(other),
            _ => false,
        };
        let own = [&self.args.out, &self.args.out_dir, &self.args.copies, &self.args.desk];
        own.into_iter().flatten().any(|own| same(path, own))
            || self.state.own().iter().any(|own| same(path, own))
    }

    /// True for the endings under which programs write what is not yet whole.
    fn is_unfinished(&self, path: &Path) -> bool {
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
        ending.is_some_and(|ending| self.settings.watch.unfinished.contains(&ending))
    }
}
