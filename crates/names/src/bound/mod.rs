//! The most that two names can score, told from the outlines of their parts.
//!
//! A part may stand for any part of the other name that is like it, taken or not: which stands for which is not settled here, so that no
//! pairing the comparison finds can be better. How alike two parts are is told as the comparison does, by their sounds (characters that
//! stand for syllables by the first of their readings only, and these share their keys by any). That takes an alignment, so what
//! the sounds could say in the best order ([`Reach`]) is asked first.

mod memo;
mod reach;
mod side;
mod word;

use crate::{
    align::LEAST_JOINED,
    judge,
    keys::PartKeys,
    kind::NameKind,
    outline::{self, Outline},
    weights::MOST_BITS,
};
use memo::Memo;
use side::{Counterpart, Side};
use std::cell::RefCell;
use std::cmp::Ordering;
use std::ops::RangeInclusive;
use word::{Seen, Word, alike};

/// Parts that are looked at as written together.
const LONGEST_RUN: usize = 4;
/// Of a name with more parts it is not known which are shared (see the postings of the index).
const MOST_PARTS: usize = 15;
/// Sounds by which words written together may be longer than the one word.
const LONGER: usize = 2;
/// What words written together weigh at most.
const JOINED_WEIGHT: f32 = 1.2;
/// Below this, names in Chinese characters may be alike by words written together that are written otherwise and sound the same.
const LEAST_HAN: f64 = 0.6;
/// What the order of sums may change.
const ROUNDING: f64 = 1e-4;

thread_local! {
    static MEMO: RefCell<Memo> = RefCell::new(Memo::new());
}

/// A name that is asked for, ready to be held against others.
pub struct Bound {
    kind: NameKind,
    asked: Vec<Word>,
    /// Neighbours among the parts asked for, written together.
    together: Vec<(RangeInclusive<usize>, Word)>,
    side: Side,
    /// Room for the parts of the other name.
    listed: Vec<Seen>,
}

impl Bound {
    /// For a name by its parts.
    pub fn new(kind: NameKind, asked: &[PartKeys]) -> Self {
        let side = Side::of(&asked.iter().map(|part| part.outline));
        let numbered = |part: &PartKeys| {
            let number = MEMO.with_borrow_mut(|memo| {
                if part.readings.is_empty() { memo.number(kind, part.outline) } else { memo.new_number() }
            });
            Word::asked(part, number)
        };
        let asked: Vec<Word> = asked.iter().map(numbered).collect();
        Self { kind, together: written_together(&asked), asked, side, listed: Vec::new() }
    }

    /// Whether the name can score so much in [`crate::score`] with another. `shared` says which of their parts share a key, a bit
    /// for each.
    pub fn may_reach(&mut self, listed: &[Outline], shared: (u32, u32), least: f64) -> bool {
        if self.asked.len().max(listed.len()) > MOST_PARTS {
            return true;
        }
        self.listed.clear();
        self.listed.extend(listed.iter().copied().map(Seen::of));
        let mut q = self.side.clone().sharing(shared.0);
        let mut c = Side::of(&listed.iter().copied()).sharing(shared.1);
        let han_by_key = self.han_may_be_joined(least);
        MEMO.with_borrow_mut(|memo| self.pair(memo, han_by_key, &mut q, &mut c));
        // What is written together may only add to that.
        let may = |joined: bool, q: &Side, c: &Side| self.at_most(q, c, joined) + ROUNDING >= least;
        may(false, &q, &c) || self.join(&mut q, &mut c) && may(true, &q, &c)
    }

    /// Whether words in Chinese characters may be others written together, which no outline tells by all their readings. Where each
    /// name has two words at most, one would be left over.
    fn han_may_be_joined(&self, least: f64) -> bool {
        let words = |parts: usize, first: Option<Outline>| {
            if first.is_some_and(Outline::may_be_free) { parts.div_ceil(2) } else { parts }
        };
        let q = words(self.asked.len(), self.asked.first().map(|part| part.seen.outline));
        let c = words(self.listed.len(), self.listed.first().map(|part| part.outline));
        !(q == 1 && c == 1 || least >= LEAST_HAN && q == 2 && c == 2 && self.kind == NameKind::Person)
    }

    /// The most that the name can score with another where its parts may stand for the other's like this.
    fn at_most(&self, q: &Side, c: &Side, joined: bool) -> f64 {
        let most = if joined { MOST_PARTS } else { q.known().min(c.known()) };
        let matched = least((q.most(most, |part| part.heaviest), c.most(most, |part| part.heaviest)));
        let bits = least((q.most(most, |part| part.bits), c.most(most, |part| part.bits)));
        let (free_q, free_c) = (q.free(most), c.free(most));
        let alike = match q.known().cmp(&c.known()) {
            Ordering::Less => q.alike(self.kind),
            Ordering::Greater => c.alike(self.kind),
            Ordering::Equal => least((q.alike(self.kind), c.alike(self.kind))),
        };
        let single = self.asked.iter().filter(|part| part.seen.outline.counts()).count() <= 1
            && self.listed.iter().filter(|part| part.outline.counts()).count() <= 1;
        let complete = q.nearly_same() && c.nearly_same();
        judge::at_most(
            self.kind,
            (alike, matched, bits),
            (free_q.0, free_c.0),
            (free_q.1, free_c.1),
            (single, complete),
        )
    }

    /// Notes of each part how alike those of the other name are that may stand for it.
    fn pair(&self, memo: &mut Memo, han_by_key: bool, q: &mut Side, c: &mut Side) {
        for (i, word) in self.asked.iter().enumerate() {
            for (j, part) in self.listed.iter().enumerate() {
                // Which of the other's parts shares the key is not known.
                let shared = q.shares(i) && c.shares(j);
                let found = if shared && han_by_key && word.seen.outline.han() && part.outline.han() {
                    Some((1.0, MOST_BITS))
                } else {
                    let pair = (word.number | u32::from(shared), part.outline);
                    memo.of(pair, || alike(self.kind, word, part, shared))
                };
                if let Some((alike, bits)) = found {
                    let heaviest = word.seen.outline.weight().max(part.outline.weight());
                    let found = Counterpart { alike, heaviest, bits: bits.min(judge::most_bits(heaviest)) };
                    q.may_be(i, found);
                    c.may_be(j, found);
                }
            }
        }
    }

    /// Notes the neighbours in either name that written together may be a word of the other, and these; answers whether there are any.
    fn join(&self, q: &mut Side, c: &mut Side) -> bool {
        let mut any = false;
        for (run, words) in &self.together {
            let first = self.asked.get(*run.start());
            let parts = self.listed.iter().enumerate().filter(|(_, part)| part.outline.joinable());
            let parts = parts.filter(|(_, part)| first.is_some_and(|first| first.may_begin(part)));
            for (at, part) in parts {
                if may_be_one(words, part, words.lengths(), part.length()) {
                    together(run.clone(), q, (at, part.outline), c);
                    any = true;
                }
            }
        }
        for (at, word) in self.asked.iter().enumerate().filter(|(_, word)| word.seen.outline.joinable()) {
            for run in runs(&self.listed, word) {
                together(run, c, (at, word.seen.outline), q);
                any = true;
            }
        }
        any
    }
}

/// Neighbours among the parts, written together.
fn written_together(parts: &[Word]) -> Vec<(RangeInclusive<usize>, Word)> {
    let mut all = Vec::new();
    for (from, first) in parts.iter().enumerate().filter(|(_, first)| first.seen.outline.joinable()) {
        let next = parts.iter().enumerate().take(from + LONGEST_RUN).skip(from + 1);
        let mut runs: Vec<Word> = Vec::new();
        for (_, part) in next.take_while(|(_, part)| part.seen.outline.joinable()) {
            runs.push(runs.last().unwrap_or(first).joined(part));
        }
        all.extend((from + 1..).zip(runs).map(|(to, run)| (from..=to, run)));
    }
    all
}

/// The lesser of two.
const fn least((a, b): (f32, f32)) -> f32 {
    a.min(b)
}

/// Notes that a run of parts may be a word of the other name.
fn together(
    run: RangeInclusive<usize>,
    of_parts: &mut Side,
    (at, word): (usize, Outline),
    of_words: &mut Side,
) {
    let found = Counterpart { alike: 1.0, heaviest: word.weight(), bits: MOST_BITS };
    run.for_each(|part| of_parts.may_be(part, found));
    of_words.may_be(at, Counterpart { heaviest: JOINED_WEIGHT, ..found });
}

/// The neighbours among the listed parts that written together may be the word.
fn runs(listed: &[Seen], word: &Word) -> impl Iterator<Item = RangeInclusive<usize>> {
    let (longest, _) = word.lengths();
    let first = listed.iter().enumerate().filter(|(_, first)| word.may_begin_with(first));
    first.flat_map(move |(from, first)| {
        let next = listed.iter().enumerate().take(from + LONGEST_RUN).skip(from + 1);
        // Where two meet, one sound at most is written once: what is longer than that is not joined in the first place.
        let second = listed.get(from + 1).map_or(0, |second| second.sounds.codes().len());
        let least = first.sounds.codes().len() + second.saturating_sub(1);
        let hopeless = !cut(longest) && least > longest + LONGER;
        let next = next.take_while(move |(_, part)| !hopeless && part.outline.joinable());
        let mut run = first.sounds;
        let runs = next.map(move |(to, part)| {
            run = run.joined(&part.sounds);
            (to, Seen::with(part.outline, run))
        });
        let runs = runs.take_while(move |(_, run)| !too_long(run.length(), longest));
        let one =
            move |(_, run): &(usize, Seen)| may_be_one(word, run, (run.length(), run.length()), longest);
        runs.filter(one).map(move |(to, _)| from..=to)
    })
}

/// Of a word with so many sounds the end is not known: any words that reach its end may be it.
fn cut(word: usize) -> bool {
    word >= outline::MOST
}

/// Whether a run of so many sounds has too many for the word.
fn too_long(run: usize, word: usize) -> bool {
    !cut(word) && run > word + LONGER
}

/// Whether a run of words written together, of so many sounds at most and at least, may be a word of so many; one of them is the one
/// that is `asked` for, and one is the `other`.
fn may_be_one(asked: &Word, other: &Seen, (most, least): (usize, usize), word: usize) -> bool {
    let reaches = cut(word) && most + LONGER >= word;
    reaches || !too_long(least, word) && asked.likeness(other, LEAST_JOINED).0 >= LEAST_JOINED
}
