//! Bytes to documents: formats, encodings, blocks, language, publication date.

use lagebild_span::Span;
use serde::{Deserialize, Serialize};

/// One article as it is archived: the text that all offsets refer to, and what is known about it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// Where it came from: a path, `-` for stdin, or a URL named by the input.
    pub source: String,
    /// SHA-256 of the source bytes, lower-case hexadecimal.
    pub sha256: String,
    /// BCP 47 code of the language, when found or given.
    pub language: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// Day of publication.
    pub published: Option<jiff::civil::Date>,
    /// Blocks in reading order; they do not overlap.
    pub blocks: Vec<Block>,
    /// The text; for a `.txt` source its exact content (without a byte-order mark).
    #[serde(skip)]
    pub text: String,
    /// What was odd about the input but did not stop it.
    #[serde(skip)]
    pub warnings: Vec<String>,
}

/// A stretch of the text with one function.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// Its function.
    pub kind: BlockKind,
    /// Where it is.
    #[serde(flatten)]
    pub span: Span,
}

/// What a block is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BlockKind {
    /// The title of the article.
    Headline,
    /// The summary under the title.
    Lead,
    /// Who wrote it.
    Byline,
    /// Place and date before the first sentence.
    Dateline,
    /// Running text.
    Paragraph,
    /// A heading inside the article.
    Subheading,
    /// An item of a list.
    ListItem,
    /// The words under a picture.
    Caption,
    /// Who made the picture or sent the report.
    Credit,
    /// Navigation, advertising, cookie notices, calls to subscribe.
    Boilerplate,
}
