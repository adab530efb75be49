//! Headings inside plain text: a short line without a full stop before running text or a list.

use super::shape::{self, Ending};
use super::{Hint, Part};
use crate::model::BlockKind;

/// The longest heading.
const LONGEST_HEADING: usize = 160;

/// Labels the headings among the parts that nothing has been said about.
pub(super) fn label(text: &str, parts: &mut [Part]) {
    let mut following: Option<Part> = None;
    for part in parts.iter_mut().rev() {
        if part.is_open()
            && part.hint == Hint::Unknown
            && following.is_some_and(|next| stands_over(text, part, &next))
            && looks_like_heading(part.span.of(text))
        {
            part.kind = Some(BlockKind::Subheading);
        }
        let is_aside =
            matches!(part.kind, Some(BlockKind::Caption | BlockKind::Credit | BlockKind::Boilerplate));
        if !is_aside {
            following = Some(*part);
        }
    }
}

fn looks_like_heading(words: &str) -> bool {
    let is_speech = words.starts_with(['—', '–', '-']);
    if is_speech || shape::longer_than(words, LONGEST_HEADING) || shape::sentences_up_to(words, 2) > 1 {
        return false;
    }
    match shape::ending(words) {
        Ending::Open => true,
        // A question or exclamation wholly in quotation marks is somebody's speech.
        Ending::Question | Ending::Exclamation => !shape::starts_with_quote(words),
        Ending::Stop | Ending::Colon | Ending::Separator => false,
    }
}

/// True when what follows is running text that is longer, or the items of a list.
fn stands_over(text: &str, part: &Part, next: &Part) -> bool {
    if next.kind == Some(BlockKind::ListItem) {
        return true;
    }
    let (words, following) = (part.span.of(text), next.span.of(text));
    let runs = next.hint == Hint::Body || shape::ending(following) != Ending::Open;
    next.may_be_body() && runs && shape::longer_than(following, words.chars().count())
}
