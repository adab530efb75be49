//! What this stage gives: a [`Document`] with its [`Block`]s.

use lagebild_span::Span;
use serde::{Deserialize, Serialize};

/// One article as it is archived: the text that all offsets refer to, and what is known about it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// Where it came from: a path (`path:line` for a line of JSON Lines) or `-` for standard input.
    pub source: String,
    /// SHA-256 of the source bytes, lower-case hexadecimal.
    pub sha256: String,
    /// BCP 47 code of the language, when found or given.
    pub language: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// Day of publication.
    pub published: Option<jiff::civil::Date>,
    /// Address on the web, when the input names it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Blocks in reading order; they do not overlap, and together they hold every character that is not white space.
    pub blocks: Vec<Block>,
    /// The text. For `.txt` and `.md` sources it is the file's exact content without a byte-order mark: where the
    /// file is UTF-8, offset `n` is byte `n` of the file (byte `n + 3` where it begins with a mark); where it is
    /// in another encoding, offsets count bytes of the content as UTF-8. For other sources it is the article's
    /// words, one block after the other with an empty line between them.
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
    /// The title of the article, and the words set above it.
    Headline,
    /// The summary under the title.
    Lead,
    /// Who wrote it.
    Byline,
    /// Place, date and agency before the first sentence; a line that says nothing but the date.
    Dateline,
    /// Running text.
    Paragraph,
    /// A heading inside the article.
    Subheading,
    /// An item of a list, or a row of a table.
    ListItem,
    /// The words under a picture.
    Caption,
    /// Who made the picture or sent the report.
    Credit,
    /// Navigation, advertising, cookie notices, calls to subscribe; words that repeat an earlier block.
    Boilerplate,
}
