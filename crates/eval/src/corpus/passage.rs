//! Passages of the corpus (`corpus/README.md`): what a person reads in them.

use lagebild_passages::{Many, PassageError};
use serde::Deserialize;
use std::io::Read;

/// A corpus that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum CorpusError {
    /// A passage is not written as it should be.
    #[error(transparent)]
    Passage(#[from] PassageError),
    /// A packed corpus that cannot be unpacked.
    #[error("cannot be unpacked: {0}")]
    Packed(#[from] std::io::Error),
}

/// A short text with what it says.
pub type Passage = lagebild_passages::Passage<Expected>;

/// What a person reads in a passage; every quoted thing is an exact substring of it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Expected {
    pub(crate) referents: Vec<Referent>,
    pub(crate) statements: Vec<Said>,
    pub(crate) transfers: Vec<Flow>,
    pub(crate) relations: Vec<Related>,
}

/// A phrase's referent.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Referent {
    pub(crate) name: String,
    #[expect(dead_code, reason = "for people and later measures")]
    pub(crate) kind: Option<String>,
    pub(crate) country: Option<String>,
    #[serde(default)]
    pub(crate) words: Many,
}

/// A statement.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Said {
    pub(crate) content: Many,
    pub(crate) speaker: Option<String>,
    #[expect(dead_code, reason = "for people and later measures")]
    pub(crate) speaker_words: Option<String>,
    pub(crate) channel: Option<String>,
    #[expect(dead_code, reason = "for people and later measures")]
    pub(crate) addressee: Option<String>,
    pub(crate) certainty: String,
}

/// A transfer.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Flow {
    pub(crate) giver: Option<String>,
    pub(crate) receiver: Option<String>,
    pub(crate) item: String,
    #[serde(default)]
    pub(crate) class: Many,
    #[expect(dead_code, reason = "for people and later measures")]
    pub(crate) quantity: Option<String>,
    #[expect(dead_code, reason = "for people and later measures")]
    pub(crate) carrier: Option<String>,
    #[serde(default)]
    #[expect(dead_code, reason = "for people and later measures")]
    pub(crate) route: Many,
    #[expect(dead_code, reason = "for people and later measures")]
    pub(crate) end_user: Option<String>,
    pub(crate) status: String,
    pub(crate) certainty: String,
    pub(crate) source: Option<String>,
    #[expect(dead_code, reason = "for people and later measures")]
    pub(crate) disputed_by: Option<String>,
    #[expect(dead_code, reason = "for people and later measures")]
    pub(crate) date: Option<String>,
}

/// A relation between two referents.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Related {
    pub(crate) kind: String,
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) certainty: String,
    #[serde(default)]
    pub(crate) ended: bool,
    /// In percent.
    pub(crate) share: Option<f64>,
}

/// The passages of a file; `file` is used in errors only.
///
/// # Errors
/// The first passage that is not as `corpus/README.md` wants it.
pub fn passages(file: &str, markdown: &str) -> Result<Vec<Passage>, CorpusError> {
    let passages: Vec<Passage> = lagebild_passages::parse(file, markdown)?;
    if let Some(dateless) = passages.iter().find(|passage| passage.day().is_none()) {
        let (file, passage) = (file.to_owned(), dateless.id.clone());
        return Err(PassageError::Form { file, passage, what: "the heading wants id · style · day" }.into());
    }
    Ok(passages)
}

/// The passages of a packed file (xz).
///
/// # Errors
/// As [`passages`]; also when the file is damaged.
pub fn packed(file: &str, bytes: &[u8]) -> Result<Vec<Passage>, CorpusError> {
    let mut markdown = String::new();
    lzma_rust2::XzReader::new(bytes, false).read_to_string(&mut markdown)?;
    passages(file, &markdown)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str = "# Title\n\n## de-a-001 · agency · 2024-03-05\n\n```text\nA gab B Öl.\n```\n\n```yaml\nreferents:\n  - {name: A, kind: country, words: A}\ntransfers:\n  - {giver: A, receiver: null, item: Öl, class: [crude_oil, null], status: done, certainty: CT+}\n```\n";

    #[test]
    fn a_passage_is_read_as_it_is_written() {
        let found = passages("de.md", ONE).unwrap();
        let flow = &found[0].expected.transfers[0];
        assert_eq!(
            (flow.giver.as_deref(), flow.receiver.as_deref(), flow.class.0.len()),
            (Some("A"), None, 1)
        );
    }

    #[test]
    fn a_wrong_passage_is_named() {
        let error = passages("de.md", &ONE.replace("status: done", "state: done")).unwrap_err();
        assert!(error.to_string().contains("de-a-001") && error.to_string().contains("state"), "{error}");
        let error = passages("de.md", &ONE.replace(" · 2024-03-05", "")).unwrap_err();
        assert_eq!(error.to_string(), "de.md: de-a-001: the heading wants id · style · day");
    }
}
