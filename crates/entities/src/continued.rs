//! Names of bodies that the labeller cuts short, continued by the tree: "Forces de soutien rapide" for "Forces de".

use crate::organisations::Organisations;
use crate::people::LONGEST;
use crate::things::Things;
use crate::words::{Gap, Word};
use lagebild_grammar::Token;
use std::collections::BTreeSet;

/// What continues a noun within its name.
const PARTS: [&str; 5] = ["nmod", "amod", "flat", "fixed", "compound"];

/// The end of the name whose first words the labeller found: over small words that link, and over what hangs on the words of
/// the name. Only names that begin with a noun for a kind of body go on, or that end in a link; a link at the end is none of it.
pub(crate) fn continued(names: &Organisations, (from, end): (usize, usize), things: &Things) -> usize {
    let words = names.words;
    let link = |at: usize| words.get(at).is_some_and(|word| names.lexicon.name_links.contains(word.bare));
    let opener = words.get(from).is_some_and(|word| names.lexicon.name_openers.contains(word.text));
    if end <= from || names.lexicon.name_links.is_empty() || !opener && !link(end - 1) {
        return end;
    }
    let mut held: BTreeSet<u32> =
        words.list.get(from..end).into_iter().flatten().filter_map(|word| word.token).collect();
    let mut to = end;
    while to - from < LONGEST
        && let Some(word) = words.get(to)
        && matches!(word.gap, Gap::Space | Gap::Hyphen | Gap::Apostrophe)
        && !things.covers(word.span)
    {
        if !link(to) {
            if !belongs(names, word, &held, link(to - 1)) {
                break;
            }
            held.extend(word.token);
        }
        to += 1;
    }
    while to > from + 1 && link(to - 1) {
        to -= 1;
    }
    to
}

/// Whether the tree hangs this word on a word of the name: a noun behind a link, else an adjective or a further name.
fn belongs(names: &Organisations, word: &Word, held: &BTreeSet<u32>, linked: bool) -> bool {
    let sentence = names.sentences.get(word.sentence as usize);
    let token = |at: u32| -> Option<&Token> { sentence?.tokens.get(at as usize) };
    let Some(at) = word.token else { return false };
    let Some(token) = token(at) else { return false };
    held.contains(&at)
        || held.contains(&token.head)
            && PARTS.contains(&token.deprel.as_str())
            && linked == (token.deprel == "nmod")
}
