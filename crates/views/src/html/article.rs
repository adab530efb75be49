//! The article with its highlights.

use super::marks::{Mark, Piece, marks, pieces};
use lagebild_document::BlockKind;
use lagebild_reading::Reading;
use lagebild_span::Span;
use maud::{Markup, html};
use std::collections::BTreeSet;

/// The article: its blocks in order, the exact text, highlights around it.
pub(crate) fn article(at: usize, reading: &Reading) -> Markup {
    let marks = marks(reading);
    let mut begun = BTreeSet::new();
    html! {
        article lang=[reading.document.language.as_deref()] {
            @for block in &reading.document.blocks {
                @for place in begins(reading, block.span) { span.place title="place in the source" { (place) } }
                @let inner = inline(at, reading, block.span, &marks, &mut begun);
                @match block.kind {
                    BlockKind::Headline => h1 dir="auto" { (inner) },
                    BlockKind::Subheading => h2 dir="auto" { (inner) },
                    BlockKind::ListItem => p.item dir="auto" { (inner) },
                    kind => p class=(class(kind)) dir="auto" { (inner) },
                }
            }
        }
    }
}

/// The pages, slides or sheets that begin in a block.
fn begins(reading: &Reading, block: Span) -> impl Iterator<Item = &str> {
    let begins = reading
        .document
        .places
        .iter()
        .filter(move |place| block.start() <= place.start && place.start < block.end());
    begins.map(|place| place.label.as_str())
}

fn class(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::Lead => "lead",
        BlockKind::Byline => "byline",
        BlockKind::Dateline => "dateline",
        BlockKind::Caption => "caption",
        BlockKind::Credit => "credit",
        BlockKind::Boilerplate => "boilerplate",
        _ => "paragraph",
    }
}

fn inline(at: usize, reading: &Reading, block: Span, marks: &[Mark], begun: &mut BTreeSet<String>) -> Markup {
    html! {
        @for piece in pieces(block, marks) {
            @if piece.over.is_empty() { (piece.span.of(&reading.text)) } @else { (highlighted(at, reading, &piece, begun)) }
        }
    }
}

fn highlighted(at: usize, reading: &Reading, piece: &Piece, begun: &mut BTreeSet<String>) -> Markup {
    let classes: BTreeSet<&str> = piece.over.iter().flat_map(|mark| mark.class.split(' ')).collect();
    let classes = classes.into_iter().collect::<Vec<_>>().join(" ");
    let ids = piece.over.iter().map(|mark| format!("d{at}-{}", mark.id)).collect::<Vec<_>>().join(" ");
    html! {
        @for mark in &piece.begins {
            @if begun.insert(mark.id.clone()) {
                @if let Some(label) = &mark.label {
                    a.ref id={"d" (at) "-at-" (mark.id)} href={"#d" (at) "-" (mark.id)} data-label=(label)
                        aria-label={(label) ", go to its entry"} {}
                } @else {
                    span.anchor id={"d" (at) "-at-" (mark.id)} {}
                }
            }
        }
        span class=(classes) data-ids=(ids) { (piece.span.of(&reading.text)) }
    }
}
