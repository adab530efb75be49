//! Passages as they are written (`corpus/README.md`): a heading, the text, the expectation.

use serde::Deserialize;
use std::io::Read;

/// A passage that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum CorpusError {
    /// A part is missing or misplaced.
    #[error("{passage}: {what}")]
    Form {
        /// Its heading.
        passage: String,
        /// What is wrong.
        what: &'static str,
    },
    /// The expectation is not as it should be.
    #[error(transparent)]
    Data(#[from] lagebild_data::DataError),
    /// A packed corpus that cannot be unpacked.
    #[error("cannot be unpacked: {0}")]
    Packed(#[from] std::io::Error),
}

/// A short text with what it says.
#[derive(Clone, Debug)]
pub struct Passage {
    /// Language, writer and number: `de-a-001`.
    pub id: String,
    /// The day on which it counts as published (ISO 8601).
    pub published: String,
    /// The text.
    pub text: String,
    /// What it says.
    pub gold: Expected,
}

impl Passage {
    /// BCP 47 code of its language.
    pub fn language(&self) -> &str {
        self.id.split('-').next().unwrap_or_default()
    }
}

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

/// One value, several, or none.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(from = "Option<OneOrMany>")]
pub(crate) struct Many(pub(crate) Vec<String>);

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    One(String),
    Many(Vec<Option<String>>),
}

impl From<Option<OneOrMany>> for Many {
    fn from(value: Option<OneOrMany>) -> Self {
        match value {
            None => Self(Vec::new()),
            Some(OneOrMany::One(one)) => Self(vec![one]),
            Some(OneOrMany::Many(many)) => Self(many.into_iter().flatten().collect()),
        }
    }
}

/// The passages of a file.
///
/// # Errors
/// The first passage that is not as `corpus/README.md` wants it.
pub fn passages(markdown: &str) -> Result<Vec<Passage>, CorpusError> {
    let mut parts = markdown.split("\n## ");
    let first = parts.next().unwrap_or_default();
    let first = first.strip_prefix("## ");
    first.into_iter().chain(parts).map(passage).collect()
}

/// The passages of a packed file (xz).
///
/// # Errors
/// As [`passages`]; also when the file is damaged.
pub fn packed(bytes: &[u8]) -> Result<Vec<Passage>, CorpusError> {
    let mut markdown = String::new();
    lzma_rust2::XzReader::new(bytes, false).read_to_string(&mut markdown)?;
    passages(&markdown)
}

fn passage(part: &str) -> Result<Passage, CorpusError> {
    let (heading, rest) = part.split_once('\n').unwrap_or((part, ""));
    let wrong = |what| CorpusError::Form { passage: heading.to_owned(), what };
    let mut fields = heading.split(" · ");
    let id = fields.next().unwrap_or_default().trim().to_owned();
    let published = fields.nth(1).ok_or(wrong("the heading wants id · style · date"))?.trim().to_owned();
    let text = fenced(rest, "text").ok_or(wrong("no block of text"))?;
    let yaml = fenced(rest, "yaml").ok_or(wrong("no block of yaml"))?;
    // An empty block expects nothing.
    let gold = if yaml.trim().is_empty() { Expected::default() } else { lagebild_data::parse(&id, yaml)? };
    Ok(Passage { id, published, text: text.to_owned(), gold })
}

/// What stands between "```kind" and "```".
fn fenced<'t>(text: &'t str, kind: &str) -> Option<&'t str> {
    let start = text.find(&format!("```{kind}\n"))? + kind.len() + 4;
    let rest = text.get(start..)?;
    rest.get(..rest.find("\n```").map_or_else(|| rest.find("```"), Some)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str = "# Title\n\n## de-a-001 · agency · 2024-03-05\n\n```text\nA gab B Öl.\n```\n\n```yaml\nreferents:\n  - {name: A, kind: country, words: A}\ntransfers:\n  - {giver: A, receiver: null, item: Öl, class: [crude_oil, null], status: done, certainty: CT+}\n```\n";

    #[test]
    fn a_passage_is_read_as_it_is_written() {
        let found = passages(ONE).unwrap();
        assert_eq!(
            (found[0].id.as_str(), found[0].language(), found[0].published.as_str()),
            ("de-a-001", "de", "2024-03-05")
        );
        assert_eq!(found[0].text, "A gab B Öl.");
        let flow = &found[0].gold.transfers[0];
        assert_eq!(
            (flow.giver.as_deref(), flow.receiver.as_deref(), flow.class.0.len()),
            (Some("A"), None, 1)
        );
    }

    #[test]
    fn a_wrong_passage_is_named() {
        let error = passages(&ONE.replace("status: done", "state: done")).unwrap_err();
        assert!(error.to_string().contains("de-a-001") && error.to_string().contains("state"), "{error}");
        let error = passages(&ONE.replace("```text", "```txt")).unwrap_err();
        assert_eq!(error.to_string(), "de-a-001 · agency · 2024-03-05: no block of text");
    }
}
