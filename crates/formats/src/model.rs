//! What taking an input apart gives: texts, where each comes from, and what could not be read.

use crate::ocr::Ocr;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// One text that was found in an input.
#[derive(Debug)]
pub struct Found {
    /// The input, with the way to the member: `papers.zip!mail/7.eml!annex.pdf`.
    pub name: String,
    /// What is known of where it comes from.
    pub origin: Origin,
    /// The text.
    pub content: Content,
}

/// A text as it was found.
#[derive(Debug)]
pub enum Content {
    /// Bytes of a text, a page, JSON: for `document` to decode.
    Raw(Vec<u8>),
    /// Words with their functions and places.
    Written {
        /// The words.
        written: Box<Written>,
        /// SHA-256 of the bytes that they were taken from, lower-case hexadecimal.
        sha256: String,
    },
}

/// The words of a format that is no plain text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Written {
    /// The headline, where the format names it.
    pub title: Option<String>,
    /// Day of publication, where the format names it.
    pub published: Option<Date>,
    /// Language as the format names it.
    pub language: Option<String>,
    /// Address on the web.
    pub url: Option<String>,
    /// In reading order.
    pub pieces: Vec<Piece>,
    /// What was odd but did not stop it.
    pub warnings: Vec<String>,
}

/// A paragraph, a heading, a row of a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Piece {
    /// What its mark-up says of it.
    pub role: Role,
    /// Its words, without white space at the ends.
    pub text: String,
    /// Where pages, slides, sheets begin in it: offset into `text` and label ("p. 14"), in order.
    pub places: Vec<(usize, String)>,
}

impl Piece {
    /// A piece without a place; `None` when it has no words.
    pub fn new(role: Role, text: &str) -> Option<Self> {
        let text = text.trim();
        (!text.is_empty()).then(|| Self { role, text: text.to_owned(), places: Vec::new() })
    }

    /// The piece, which begins on this page, slide or sheet.
    #[must_use]
    pub fn at(mut self, label: &str) -> Self {
        self.places.insert(0, (0, label.to_owned()));
        self
    }
}

/// What mark-up says of a piece.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Role {
    /// Nothing.
    #[default]
    Unknown,
    /// The title of the text.
    Title,
    /// A heading.
    Heading,
    /// Who wrote it.
    Byline,
    /// A paragraph.
    Body,
    /// An item of a list or a row of a table.
    Item,
    /// Words under a picture.
    Caption,
    /// Running heads and the like.
    Boilerplate,
    /// Plain text whose lines show its pieces.
    Lines,
    /// A piece of HTML.
    Html,
}

/// Where a text comes from, as far as its input says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// Name of the format: `pdf`, `mail`, …
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub format: String,
    /// The members that lead to it, from the outermost archive on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<String>,
    /// Who wrote it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// The message it is, or is attached to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mail: Option<Mail>,
    /// Title of the feed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub feed: Option<String>,
    /// Address on the web it was fetched from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// When it was fetched, as the archive states it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fetched: Option<String>,
    /// Number of pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pages: Option<u32>,
    /// How its words were recognised in pictures; none where all were typed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ocr: Option<Ocr>,
    /// The copy that was downloaded and read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub download: Option<Box<Download>>,
}

/// The copy of a file on the web that a text was read from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Download {
    /// The address that was asked for.
    pub url: String,
    /// The address that answered, where redirects led to another one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub final_url: Option<String>,
    /// When it came (RFC 3339).
    pub fetched: String,
    /// SHA-256 of its bytes, lower-case hexadecimal.
    pub sha256: String,
    /// Number of its bytes.
    pub bytes: u64,
    /// `Content-Type` as the server sent it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub media_type: Option<String>,
    /// `ETag` as the server sent it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub etag: Option<String>,
    /// `Last-Modified` as the server sent it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_modified: Option<String>,
}

impl Origin {
    /// True when nothing is known.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A message.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mail {
    /// Its id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Name and address of the sender.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// Names and addresses of who it is to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub to: Vec<String>,
    /// When it was sent (RFC 3339).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Its subject.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
}

/// An input, or a member of one, that gives no text. The others are not touched by it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{name}: {reason}")]
pub struct Refusal {
    /// The input, with the way to the member.
    pub name: String,
    /// Why, and what to do.
    pub reason: String,
    /// What kind of reason it is.
    pub why: Why,
}

/// What kind of reason there is for leaving something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Why {
    /// It could not be read.
    #[default]
    Failed,
    /// Above the limit for one text.
    TooLarge,
    /// A file that is no text, such as a picture.
    Skipped,
    /// Nothing that a reader would miss: hidden files, pictures of a signature, copies, what a web page loads.
    Hidden,
}

impl Refusal {
    /// A refusal.
    pub fn new(name: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { name: name.into(), reason: reason.into(), why: Why::Failed }
    }
}
