//! What became of every input: read, left as it was, skipped, failed.

use crate::print::plain;
use lagebild_document::{Document, DocumentError};
use serde::Serialize;
use std::fmt::Write;

/// Name and version of the account as JSON (`docs/reading.md`).
const SCHEMA: &str = "lagebild.inputs/1";

/// What became of an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum State {
    /// It was read.
    Read,
    /// The folder of readings already held it (`--resume`).
    AlreadyRead,
    /// It stands in a folder and is no article.
    Skipped,
    /// It could not be read.
    Failed,
}

/// One input: a file, an article in it, or a line.
#[derive(Clone, Debug, Serialize)]
struct Input {
    #[serde(rename = "input")]
    name: String,
    state: State,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

/// Every input of a run, in the order in which they were met.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Account {
    schema: &'static str,
    read: usize,
    already_read: usize,
    skipped: usize,
    failed: usize,
    inputs: Vec<Input>,
    /// Something was not read that a user may have wanted to be: all but hidden files.
    #[serde(skip)]
    incomplete: bool,
}

impl Default for Account {
    fn default() -> Self {
        let (read, already_read, skipped, failed) = (0, 0, 0, 0);
        Self { schema: SCHEMA, read, already_read, skipped, failed, inputs: Vec::new(), incomplete: false }
    }
}

impl Account {
    /// Notes a document: read, or left as it was.
    pub(crate) fn document(&mut self, document: &Document, already_read: bool) {
        let state = if already_read { State::AlreadyRead } else { State::Read };
        *(if already_read { &mut self.already_read } else { &mut self.read }) += 1;
        self.inputs.push(Input { name: document.source.clone(), state, reason: None });
    }

    /// Notes what was not read, and why.
    pub(crate) fn unread(&mut self, error: &DocumentError) {
        let state = if error.is_skipped() { State::Skipped } else { State::Failed };
        *(if error.is_skipped() { &mut self.skipped } else { &mut self.failed }) += 1;
        self.incomplete |= !error.is_hidden();
        self.inputs.push(Input { name: error.input(), state, reason: Some(error.reason()) });
    }

    /// True when something was not read that a user may have wanted to be.
    pub(crate) fn is_incomplete(&self) -> bool {
        self.incomplete
    }

    /// How many documents were read.
    #[cfg(feature = "desk")]
    pub(crate) fn read(&self) -> usize {
        self.read
    }

    /// What was not read, with its reason.
    #[cfg(feature = "desk")]
    pub(crate) fn failures(&self) -> impl Iterator<Item = (&str, &str)> {
        let left = self.inputs.iter().filter(|input| matches!(input.state, State::Skipped | State::Failed));
        left.map(|input| (input.name.as_str(), input.reason.as_deref().unwrap_or_default()))
    }

    /// True when the only input was read: its reading says all there is to say.
    pub(crate) fn is_one_document(&self) -> bool {
        self.inputs.len() == 1 && self.read == 1
    }

    /// For a person: the counts, and each input that was not read with its reason.
    pub(crate) fn summary(&self) -> String {
        let counts = [
            (self.read, "read"),
            (self.already_read, "already read and left as they are"),
            (self.skipped, "skipped"),
            (self.failed, "failed"),
        ];
        let counts = counts.iter().enumerate().filter(|(at, (count, _))| *at == 0 || *count > 0);
        let counts: Vec<String> = counts.map(|(_, (count, word))| format!("{count} {word}")).collect();
        let mut text = format!("lagebild: {} inputs: {}\n", self.inputs.len(), counts.join(", "));
        for input in &self.inputs {
            let word = match input.state {
                State::Skipped => "skipped",
                State::Failed => "failed ",
                State::Read | State::AlreadyRead => continue,
            };
            let reason = input.reason.as_deref().unwrap_or_default();
            let _ = writeln!(text, "  {word} {}: {}", plain(&input.name), plain(reason));
        }
        text
    }
}
