//! What each piece of an article is for: headline, lead, byline, dateline, paragraph, sub-heading, list item,
//! caption, credit, boilerplate.
//!
//! Formats cut the text into [`Chunk`]s and say what their mark-up shows ([`Hint`]); the rest is told by cue words
//! (`data/lexicon/*/document.yaml`), by shape and by place, in passes from the surest to the least sure:
//! [`local`] looks at one piece alone, [`lists`] at runs of pieces, [`repeats`] at what was
//! said before, [`opening`] at the top of the article,
//! [`headings`] at what stands before running text.

mod dateline;
mod headings;
mod lists;
mod local;
mod opening;
mod repeats;
mod shape;

use crate::lexicon::cues;
use crate::model::{Block, BlockKind};
use lagebild_span::Span;

/// A piece of the text that its format shows to stand alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Chunk {
    /// Where it is.
    pub(crate) span: Span,
    /// What the mark-up says of it.
    pub(crate) hint: Hint,
}

/// What mark-up says of a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hint {
    /// Nothing: plain text.
    Unknown,
    /// It has this function.
    Is(BlockKind),
    /// It is a paragraph by its mark-up; what is in it may still be a byline, a caption, an item.
    Body,
}

/// A chunk on its way to becoming a block.
#[derive(Clone, Copy, Debug)]
struct Part {
    span: Span,
    hint: Hint,
    kind: Option<BlockKind>,
}

impl Part {
    /// True when nothing has been said about it yet.
    fn is_open(&self) -> bool {
        self.kind.is_none()
    }

    /// True when it is running text, or may be.
    fn may_be_body(&self) -> bool {
        matches!(self.kind, None | Some(BlockKind::Paragraph | BlockKind::Lead))
    }
}

/// The blocks of a text, in order, without overlap; every character that is not white space lies in one, if it lay in
/// a chunk.
pub(crate) fn find(text: &str, chunks: &[Chunk]) -> Vec<Block> {
    let cues = cues();
    let mut parts = local::parts(text, chunks, cues);
    local::sections(text, &mut parts, cues);
    lists::label(text, &mut parts, cues);
    repeats::label(text, &mut parts);
    opening::label(text, &mut parts, cues);
    headings::label(text, &mut parts);
    let parts = opening::split_datelines(text, parts, cues);
    parts
        .iter()
        .map(|part| Block { kind: part.kind.unwrap_or(BlockKind::Paragraph), span: part.span })
        .filter(|block| !block.span.is_empty())
        .collect()
}
