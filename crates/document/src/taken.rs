//! What `formats` took out of a file, as a draft.

use crate::blocks::Hint;
use crate::draft::{Draft, language_code};
use crate::html;
use crate::model::{BlockKind, Place};
use lagebild_formats::{Origin, Piece, Role, Written};

/// The draft of a file that is no plain text.
pub(crate) fn draft(written: Written, origin: Origin) -> Draft {
    let mut draft = Draft {
        published: written.published,
        language: written.language.as_deref().and_then(language_code),
        url: written.url,
        warnings: written.warnings,
        origin,
        ..Draft::default()
    };
    for piece in &written.pieces {
        let start = draft.text.len() + if draft.text.is_empty() { 0 } else { 2 };
        push(&mut draft, piece);
        for (at, label) in &piece.places {
            place(&mut draft, start, start + at, label);
        }
    }
    draft.title = written.title;
    draft
}

fn push(draft: &mut Draft, piece: &Piece) {
    let kind = match piece.role {
        Role::Lines => return draft.push_plain(&piece.text),
        Role::Html => return html::push_fragment(draft, &piece.text),
        Role::Unknown => return draft.push(&piece.text, Hint::Unknown),
        Role::Body => return draft.push(&piece.text, Hint::Body),
        Role::Title => BlockKind::Headline,
        Role::Heading => BlockKind::Subheading,
        Role::Byline => BlockKind::Byline,
        Role::Item => BlockKind::ListItem,
        Role::Caption => BlockKind::Caption,
        Role::Boilerplate => BlockKind::Boilerplate,
    };
    draft.push(&piece.text, Hint::Is(kind));
}

/// Notes where a page begins, unless it is the page that the text is on.
fn place(draft: &mut Draft, piece: usize, start: usize, label: &str) {
    if piece >= draft.text.len() || draft.places.last().is_some_and(|last| last.label == label) {
        return;
    }
    // Within a piece of HTML no offset but its beginning is known.
    let start = u32::try_from(start.min(draft.text.len())).unwrap_or(u32::MAX);
    draft.places.push(Place { start, label: label.to_owned() });
}
