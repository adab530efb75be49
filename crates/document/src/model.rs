//! What this stage gives: a [`Document`] with its [`Block`]s.

use lagebild_formats::Origin;
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
    /// What else is known of where it comes from: archive and member, mail, feed.
    #[serde(default, skip_serializing_if = "Origin::is_empty")]
    pub origin: Origin,
    /// Where pages, slides, sheets begin, in order of their offsets.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<Place>,
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

/// Where a page, slide, sheet or chapter begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Offset into the text.
    pub start: u32,
    /// How it is cited: "p. 14", "slide 3".
    pub label: String,
}

/// How the place of a span is cited, from the places of its document: "p. 14", "p. 14–15"; `None` where no places are
/// known.
pub fn cited(places: &[Place], span: Span) -> Option<String> {
    let at = |offset: u32| {
        let after = places.partition_point(|place| place.start <= offset);
        places.get(after.checked_sub(1)?)
    };
    let first = at(span.start())?;
    let last = at(span.end().saturating_sub(1).max(span.start())).unwrap_or(first);
    if first.label == last.label {
        return Some(first.label.clone());
    }
    // "p. 14" and "p. 15" are "p. 14–15".
    let kind =
        |label: &str| label.rsplit_once(' ').map(|(kind, number)| (kind.to_owned(), number.to_owned()));
    match (kind(&first.label), kind(&last.label)) {
        (Some((one, _)), Some((other, number))) if one == other => Some(format!("{}–{number}", first.label)),
        _ => Some(format!("{} to {}", first.label, last.label)),
    }
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

/// True where a block of this kind touches the span; blocks stand in order of the text, none in another.
pub fn in_block(blocks: &[Block], span: Span, kind: BlockKind) -> bool {
    let first = blocks.partition_point(|block| block.span.end() <= span.start());
    let here = blocks.iter().skip(first).take_while(|block| block.span.start() < span.end());
    here.into_iter().any(|block| block.kind == kind && block.span.overlaps(span))
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
