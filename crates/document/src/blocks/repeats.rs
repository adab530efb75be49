//! Pieces that say again, word for word, what an earlier piece said: pull quotes, leads printed twice, the remains of
//! lists that were copied out of a page. The first one counts, so that nobody is heard twice.

use super::{Part, shape};
use crate::model::BlockKind;
use std::collections::HashSet;

/// Shorter pieces are repeated on purpose: headings, labels, answers.
const SHORTEST: usize = 40;

/// Labels the repetitions.
pub(super) fn label(text: &str, parts: &mut [Part]) {
    let mut said: HashSet<&str> = HashSet::new();
    for part in parts {
        let words = part.span.of(text).trim_start_matches([':', ' ']);
        let body = shape::label_end(words).and_then(|end| words.get(end..)).map(str::trim_start);
        let is_new = said.insert(words);
        if let Some(body) = body {
            said.insert(body);
        }
        let may_repeat = part.may_be_body() || part.kind == Some(BlockKind::ListItem);
        if !is_new && may_repeat && shape::longer_than(words, SHORTEST) {
            part.kind = Some(BlockKind::Boilerplate);
        }
    }
}
