//! Passages with what is expected of them: the one notation of the corpus and of all tests on texts.
//!
//! ````markdown
//! # What this file is about
//!
//! ## de-001 · agency · 2024-03-05
//!
//! Why the passage is here (may be left out).
//!
//! ```text
//! Seoul bestätigte die Lieferung.
//! ```
//!
//! ```yaml
//! finds: ["Seoul = kr"]
//! ```
//!
//! ```yaml known failures
//! "nothing else": "Lieferung = goods"
//! ```
//! ````
//!
//! The heading begins with an id whose first part is the language; style and day may follow. What stands in the block of YAML is
//! the matter of who reads the passage: a type that refuses unknown fields. The last block names single expectations that are not
//! met, with what comes out instead; [`Suite`] asserts all others one by one, and that these still fail.
//!
//! Knows the notation. It must not know any stage's expectations.

mod suite;
mod words;

pub use suite::{Outcome, Suite, compare};
pub use words::{Many, Marked, spans};

use lagebild_data::DataError;
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, BTreeSet};

/// Name of the block of known failures.
const KNOWN: &str = "yaml known failures";

/// A passage that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum PassageError {
    /// A part is missing or misplaced.
    #[error("{file}: {passage}: {what}")]
    Form {
        /// The file as it was named to the reader.
        file: String,
        /// The passage's heading.
        passage: String,
        /// What is wrong.
        what: &'static str,
    },
    /// A block of YAML is not as it should be; the error has file and line.
    #[error("{passage}: {error}")]
    Data {
        /// The passage's heading.
        passage: String,
        /// What is wrong.
        error: DataError,
    },
}

/// A text with what is expected of it.
#[derive(Clone, Debug)]
pub struct Passage<T> {
    /// Language first: `de-a-001`.
    pub id: String,
    /// What else the heading holds: style, day.
    pub fields: Vec<String>,
    /// The text.
    pub text: String,
    /// What is expected.
    pub expected: T,
    /// Expectations that are not met, by the name that the test has for them, with what comes out instead.
    pub known: BTreeMap<String, String>,
}

impl<T> Passage<T> {
    /// BCP 47 code of its language.
    pub fn language(&self) -> &str {
        self.id.split('-').next().unwrap_or_default()
    }

    /// The day on which it counts as published (ISO 8601), where the heading has one.
    pub fn day(&self) -> Option<&str> {
        self.fields.iter().map(String::as_str).find(|field| is_day(field))
    }
}

fn is_day(field: &str) -> bool {
    let parts: Vec<&str> = field.split('-').collect();
    parts.iter().map(|part| part.len()).eq([4, 2, 2])
        && parts.concat().bytes().all(|byte| byte.is_ascii_digit())
}

/// The passages of a file; `file` is used in errors only.
///
/// # Errors
/// The first passage that is not written as it should be.
pub fn parse<T: DeserializeOwned + Default>(
    file: &str,
    markdown: &str,
) -> Result<Vec<Passage<T>>, PassageError> {
    let mut ids = BTreeSet::new();
    let parts = parts(markdown);
    let passages = parts.iter().map(|part| {
        let passage = part.passage(file)?;
        if ids.insert(passage.id.clone()) {
            Ok(passage)
        } else {
            Err(part.error(file, "the id stands twice"))
        }
    });
    passages.collect()
}

/// A passage as it stands in the file.
struct Part<'m> {
    heading: &'m str,
    /// Where its heading begins, in bytes.
    start: usize,
    blocks: Vec<Block<'m>>,
    /// A block has no end.
    is_open: bool,
}

/// What stands between two fences.
struct Block<'m> {
    kind: &'m str,
    body: &'m str,
    /// Line of the first fence, from 1.
    line: u64,
    /// Where the first fence begins and the second ends, in bytes.
    place: (usize, usize),
}

fn parts(markdown: &str) -> Vec<Part<'_>> {
    let mut parts: Vec<Part> = Vec::new();
    let mut open: Option<Block> = None;
    let mut at = 0;
    for (number, whole) in (1..).zip(markdown.split_inclusive('\n')) {
        let (line, start) = (whole.trim_end(), at);
        at += whole.len();
        if let Some(mut block) = open.take() {
            if line == "```" {
                let from = block.place.1;
                block.body = markdown[from..start].trim_end_matches(['\n', '\r']);
                block.place.1 = at;
                parts.last_mut().into_iter().for_each(|part| part.is_open = false);
                if let Some(part) = parts.last_mut() {
                    part.blocks.push(block);
                }
            } else {
                open = Some(block);
            }
        } else if let Some(kind) = line.strip_prefix("```") {
            parts.last_mut().into_iter().for_each(|part| part.is_open = true);
            open = Some(Block { kind, body: "", line: number, place: (start, at) });
        } else if let Some(heading) = line.strip_prefix("## ") {
            parts.push(Part { heading, start, blocks: Vec::new(), is_open: false });
        }
    }
    parts
}

impl Part<'_> {
    fn passage<T: DeserializeOwned + Default>(&self, file: &str) -> Result<Passage<T>, PassageError> {
        if self.is_open {
            return Err(self.error(file, "a block has no end"));
        }
        let mut blocks = self.blocks.iter();
        if blocks.any(|block| !["text", "yaml", KNOWN].contains(&block.kind)) {
            return Err(self.error(file, "a block is none of text, yaml, yaml known failures"));
        }
        let text = self.block(file, "text")?.ok_or(self.error(file, "no block of text"))?;
        let yaml = self.block(file, "yaml")?.ok_or(self.error(file, "no block of yaml"))?;
        let known = self.block(file, KNOWN)?;
        let mut fields = self.heading.split(" · ").map(|field| field.trim().to_owned());
        Ok(Passage {
            id: fields.next().unwrap_or_default(),
            fields: fields.collect(),
            text: text.body.to_owned(),
            expected: self.data(file, yaml)?,
            known: known.map(|block| self.data(file, block)).transpose()?.unwrap_or_default(),
        })
    }

    fn block(&self, file: &str, kind: &str) -> Result<Option<&Block<'_>>, PassageError> {
        let mut all = self.blocks.iter().filter(|block| block.kind == kind);
        match (all.next(), all.next()) {
            (_, Some(_)) => Err(self.error(file, "a block stands twice")),
            (one, None) => Ok(one),
        }
    }

    /// An empty block expects nothing.
    fn data<T: DeserializeOwned + Default>(&self, file: &str, block: &Block) -> Result<T, PassageError> {
        if block.body.trim().is_empty() {
            return Ok(T::default());
        }
        lagebild_data::parse(file, block.body).map_err(|mut error| {
            error.line += block.line;
            PassageError::Data { passage: self.heading.to_owned(), error }
        })
    }

    fn error(&self, file: &str, what: &'static str) -> PassageError {
        PassageError::Form { file: file.to_owned(), passage: self.heading.to_owned(), what }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, Default, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Finds {
        finds: Vec<Marked>,
    }

    const ONE: &str = "# Title\n\nProse.\n\n## de-a-001 · agency · 2024-03-05\n\nWhy.\n\n```text\nA gab B Öl.\n\n## Öl\n```\n\n```yaml\nfinds: [A = a]\n```\n";

    #[test]
    fn a_passage_is_read_as_it_is_written() {
        let found = parse::<Finds>("a.md", ONE).unwrap().remove(0);
        assert_eq!(
            (found.id.as_str(), found.language(), found.day()),
            ("de-a-001", "de", Some("2024-03-05"))
        );
        assert_eq!(found.text, "A gab B Öl.\n\n## Öl");
        assert_eq!(found.expected.finds[0].to_string(), "A = a");
        let bare =
            parse::<Finds>("a.md", "## en-1\n```text\nNothing.\n```\n```yaml\n```\n").unwrap().remove(0);
        assert_eq!((bare.expected.finds.len(), bare.day(), bare.known.len()), (0, None, 0));
    }

    #[test]
    fn a_wrong_passage_is_named() {
        let error =
            |from: &str, to: &str| parse::<Finds>("a.md", &ONE.replace(from, to)).unwrap_err().to_string();
        let heading = "de-a-001 · agency · 2024-03-05";
        let wrong = error("finds:", "found:");
        assert!(
            wrong.starts_with(&format!("{heading}: a.md:16: field")) && wrong.contains("found"),
            "{wrong}"
        );
        assert_eq!(
            error("```text", "```txt"),
            format!("a.md: {heading}: a block is none of text, yaml, yaml known failures")
        );
        assert_eq!(error("```yaml\nfinds: [A = a]\n```\n", ""), format!("a.md: {heading}: no block of yaml"));
        assert_eq!(error("a]\n```\n", "a]\n"), format!("a.md: {heading}: a block has no end"));
        let twice = parse::<Finds>("a.md", &format!("{ONE}{ONE}")).unwrap_err();
        assert_eq!(twice.to_string(), format!("a.md: {heading}: the id stands twice"));
    }
}
