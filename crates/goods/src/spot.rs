//! Finds the terms of one language in a text: words and word groups, compounds, and first parts that share the
//! last part of the word after them ("Weizenmehl- und Milchpulverlieferungen").

use crate::calibre;
use crate::lexicon::{Care, ClassIndex, Lexicon, WordSet};
use lagebild_page::words::{Gap, Words};

/// How far the words that decide a meaning may stand away.
const REACH: usize = 6;

/// A chain of more words than this names no one thing.
const CHAIN: usize = 16;

/// No compound has more bytes: each of its ends is looked up, and its front again in parts.
const LONGEST_WORD: usize = 200;

/// A term in the text, before neighbours are joined.
#[derive(Clone, Debug)]
pub(crate) struct Hit {
    /// Places of its first and last word.
    pub(crate) first: usize,
    pub(crate) last: usize,
    pub(crate) class: ClassIndex,
    pub(crate) term: u32,
    pub(crate) how: How,
    pub(crate) weak: bool,
}

/// How the words led to the term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum How {
    /// The term itself, inflected.
    Term,
    /// The last part of a longer word.
    Head,
    /// The part before a word such as `-lieferung`.
    Front,
    /// A first part that shares the last part of a later word.
    Shared,
}

/// All hits, in the order of the text, none overlapping.
pub(crate) fn spot(lexicon: &Lexicon, words: &Words<'_>) -> Vec<Hit> {
    let mut hits = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let found = hit_at(lexicon, words, at);
        at = found.as_ref().map_or(at, |hit| hit.last) + 1;
        hits.extend(found.and_then(|hit| in_context(lexicon, words, hit)));
    }
    let kept = hits.iter().map(|hit| !modifies_other(lexicon, words, hit, &hits)).collect::<Vec<_>>();
    let mut kept = kept.into_iter();
    hits.retain(|_| kept.next().unwrap_or(true));
    hits
}

fn hit_at(lexicon: &Lexicon, words: &Words<'_>, at: usize) -> Option<Hit> {
    let hit = |first, last, term: u32, how| {
        let class = lexicon.terms.get(term as usize)?.class;
        Some(Hit { first, last, class, term, how, weak: false })
    };
    let compounds = lexicon.has_compounds() && words.get(at).is_some_and(|token| !token.is_number());
    if compounds
        && words.gap(at + 1) == Gap::Hanging
        && let Some(term) = shared(lexicon, words, at)
    {
        return hit(at, at, term, How::Shared);
    }
    let unit = calibre::is_unit_or_range(words.folded(at));
    let chained = (compounds && !unit && words.gap(at + 1).is_tight()).then(|| chain(words, at)).flatten();
    let in_chain = chained.and_then(|(chain, last)| {
        let whole = lexicon.single(&chain).map(|term| (term, How::Term));
        whole.or_else(|| compound(lexicon, &chain)).map(|(term, how)| (term, how, last))
    });
    // "Waffen-Deals" is about the first part; a chain that ends in a thing ("KN-23-Raketen") is joined later.
    if let Some((term, how @ (How::Term | How::Front), last)) = in_chain {
        return hit(at, last, term, how);
    }
    if let Some((term, last)) = lexicon.term_at(words, at) {
        return hit(at, last, term, How::Term);
    }
    if let Some((term, how, last)) = in_chain {
        return hit(at, last, term, how);
    }
    if !compounds {
        return None;
    }
    let (term, how) = compound(lexicon, words.folded(at))?;
    hit(at, at, term, how)
}

/// The words of a hyphenated chain as one word, and the place of the last; none for a chain that is no word ([`CHAIN`]).
fn chain(words: &Words<'_>, at: usize) -> Option<(String, usize)> {
    let mut last = at;
    let mut word = words.folded(at).to_string();
    while words.gap(last + 1).is_tight() {
        last += 1;
        word.push_str(words.folded(last));
        if last - at > CHAIN {
            return None;
        }
    }
    Some((word, last))
}

/// The term inside a word written as one.
fn compound(lexicon: &Lexicon, word: &str) -> Option<(u32, How)> {
    if word.len() < 6 || word.len() > LONGEST_WORD {
        return None;
    }
    let ends = word.char_indices().map(|(at, _)| at).skip(2);
    for at in ends {
        let (Some(front), Some(end)) = (word.get(..at), word.get(at..)) else { continue };
        if let Some(term) = lexicon.head(end).filter(|&term| front_fits(lexicon, term, front)) {
            return Some((term, How::Head));
        }
        if lexicon.is_tail(end)
            && let Some(term) = front_term(lexicon, front)
        {
            return Some((term, How::Front));
        }
    }
    None
}

/// The term that a first part names, with or without a joint: `waffen`, `milchpulver`, `munitions`.
fn front_term(lexicon: &Lexicon, front: &str) -> Option<u32> {
    let whole = |part: &str| lexicon.single(part).or_else(|| compound(lexicon, part).map(|(term, _)| term));
    whole(front).or_else(|| {
        let mut bare = lexicon.joints().filter_map(|joint| front.strip_suffix(joint));
        bare.find_map(whole)
    })
}

fn front_fits(lexicon: &Lexicon, term: u32, front: &str) -> bool {
    lexicon.care(term).is_none_or(|care| {
        let excluded = care.not_front.iter().any(|wrong| front.starts_with(wrong.as_str()));
        !excluded && (!care.front_needed || front_term(lexicon, front).is_some())
    })
}

/// The term of a first part with a hanging hyphen: it shares an end of the next full word.
fn shared(lexicon: &Lexicon, words: &Words<'_>, at: usize) -> Option<u32> {
    let front = words.folded(at);
    let target = (at + 1..at + 6).find(|&next| {
        words.gap(next + 1) != Gap::Hanging && !lexicon.beside.conjunctions.has(words.folded(next))
    })?;
    let word = words.folded(target);
    let ends = word.char_indices().map(|(at, _)| at).skip(2).filter_map(|at| word.get(at..));
    let wholes: Vec<String> = ends.filter(|end| end.len() > 2).map(|end| format!("{front}{end}")).collect();
    let known = wholes.iter().find_map(|whole| lexicon.single(whole));
    known.or_else(|| wholes.iter().find_map(|whole| compound(lexicon, whole).map(|(term, _)| term)))
}

/// Applies what the data say of a term's other meanings; `None` when the words mean something else.
fn in_context(lexicon: &Lexicon, words: &Words<'_>, hit: Hit) -> Option<Hit> {
    let Some(care) = lexicon.care(hit.term) else { return Some(hit) };
    if care.lower_case && is_name_like(words, &hit) {
        return None;
    }
    let near = |set: &WordSet| words.around(hit.first, hit.last, REACH).any(|at| set.begins_at(words, at));
    if near(&care.not_when) || !(care.only_when.is_empty() || near(&care.only_when)) {
        return None;
    }
    let sense = care.senses.iter().find(|sense| near(&sense.near));
    Some(Hit { class: sense.map_or(hit.class, |sense| sense.class), weak: is_weak(care, &hit), ..hit })
}

fn is_weak(care: &Care, hit: &Hit) -> bool {
    care.weak && matches!(hit.how, How::Term | How::Shared)
}

/// A capital first letter inside a sentence.
fn is_name_like(words: &Words<'_>, hit: &Hit) -> bool {
    words.get(hit.first).is_some_and(|token| token.capital)
}

/// True for a term that only tells the kind of another thing: "missile test", "Raketen-Test", "anti-tank".
fn modifies_other(lexicon: &Lexicon, words: &Words<'_>, hit: &Hit, hits: &[Hit]) -> bool {
    let starts_hit = |at: usize| hits.binary_search_by_key(&at, |other| other.first).is_ok();
    let next = hit.last + 1;
    let before = words.gap(next).runs_on();
    if before && !starts_hit(next) && lexicon.beside.not_before.has(words.folded(next)) {
        return true;
    }
    // "Patriot-System", "KN-23-Werfer": after the name of a system the thing stays the same.
    let named = lexicon.terms.get(hit.term as usize).is_some_and(|term| term.system.is_some());
    if words.gap(next).is_tight()
        && !named
        && !starts_hit(next)
        && words.get(next).is_some_and(|token| !token.is_number())
    {
        return true;
    }
    let Some(previous) = hit.first.checked_sub(1) else { return false };
    words.gap(hit.first).runs_on() && lexicon.beside.not_after.has(words.folded(previous))
}
