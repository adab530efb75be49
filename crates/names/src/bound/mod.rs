//! The most that two names can score, told from the outlines of their parts.
//!
//! A part may stand for any part of the other name that is like it, taken or not: which stands for which is not settled here, so that no
//! pairing the comparison finds can be better. How alike two parts are is told as the comparison does, by their sounds (characters that
//! stand for syllables by the first of their readings only, and these share their keys by any). That takes an alignment, so what
//! the sounds could say in the best order ([`Reach`]) is asked first.

mod memo;
mod reach;
mod rows;
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
use rows::{Row, Rows};
use side::{Counted, Counterpart, Side};
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
    /// Sounds of the longest reading of each, of those that may be several words written together.
    longest: Vec<Option<usize>>,
    /// Neighbours among the parts asked for, written together.
    together: Vec<(RangeInclusive<usize>, Word)>,
    side: Side,
    rows: Rows,
    /// Room for the parts of the other name: where their rows are.
    listed: Vec<u32>,
}

impl Bound {
    /// For a name by its parts.
    pub fn new(kind: NameKind, asked: &[PartKeys]) -> Self {
        let side = Side::of(asked.iter().map(|part| (part.outline, Counted::of(part.outline))));
        let numbered = |part: &PartKeys| {
            let number = MEMO.with_borrow_mut(|memo| {
                if part.readings.is_empty() { memo.number(kind, part.outline) } else { memo.new_number() }
            });
            Word::asked(part, number)
        };
        let asked: Vec<Word> = asked.iter().take(MOST_PARTS + 1).map(numbered).collect();
        let longest = asked.iter().map(|word| word.seen.outline.joinable().then(|| word.lengths().0)).collect();
        Self {
            kind,
            longest,
            together: written_together(&asked),
            side,
            rows: Rows::new(asked.len()),
            asked,
            listed: Vec::new(),
        }
    }

    /// Whether the name can score so much in [`crate::score`] with another. Its parts are told by numbers, the same for the same
    /// outline; `outline` has the outline of each. `shared` says which parts of either share a key, a bit for each.
    pub fn may_reach(
        &mut self,
        listed: impl Iterator<Item = u32>,
        outline: impl Fn(u32) -> Outline,
        shared: (u32, u32),
        least: f64,
    ) -> bool {
        self.listed.clear();
        for number in listed {
            let place = self.rows.place(number, &self.asked, &outline);
            self.listed.push(place);
        }
        if self.asked.len().max(self.listed.len()) > MOST_PARTS {
            return true;
        }
        let mut q = self.side.clone().sharing(shared.0);
        let counted = self.listed().map(|(place, row)| (place, row.counted));
        let mut c = Side::of(counted).sharing(shared.1);
        let han_by_key = self.han_may_be_joined(least);
        self.pair(han_by_key, &mut q, &mut c);
        // What is written together may only add to that.
        let may = |bound: &Self, joined: bool, q: &Side, c: &Side| {
            bound.at_most(q, c, joined) + ROUNDING >= least
        };
        if may(self, false, &q, &c) {
            return true;
        }
        let asked_joined = self.join_asked(&mut q, &mut c);
        // Which of the other's may be joined takes an alignment for each, so they are asked by their lengths first.
        let (mut rough_q, mut rough_c) = (q.clone(), c.clone());
        let listed_joined = self.join_listed(false, &mut rough_q, &mut rough_c);
        if !(asked_joined || listed_joined) || !may(self, true, &rough_q, &rough_c) {
            return false;
        }
        if !listed_joined {
            return true;
        }
        (self.join_listed(true, &mut q, &mut c) || asked_joined) && may(self, true, &q, &c)
    }

    /// The parts of the other name.
    fn listed(&self) -> impl Iterator<Item = (u32, &Row)> + Clone {
        self.listed.iter().filter_map(|&place| Some((place, self.rows.get(place)?)))
    }

    /// Whether words in Chinese characters may be others written together, which no outline tells by all their readings. Where each
    /// name has two words at most, one would be left over.
    fn han_may_be_joined(&self, least: f64) -> bool {
        let words = |parts: usize, first: Option<Outline>| {
            if first.is_some_and(Outline::may_be_free) { parts.div_ceil(2) } else { parts }
        };
        let q = words(self.asked.len(), self.asked.first().map(|part| part.seen.outline));
        let c = words(self.listed.len(), self.listed().next().map(|(_, row)| row.seen.outline));
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
            && self.listed().filter(|(_, row)| row.seen.outline.counts()).count() <= 1;
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
    fn pair(&mut self, han_by_key: bool, q: &mut Side, c: &mut Side) {
        for (j, &place) in self.listed.iter().enumerate() {
            for (i, word) in self.asked.iter().enumerate() {
                // Which of the other's parts shares the key is not known.
                let shared = q.shares(i) && c.shares(j);
                let Some(row) = self.rows.get(place) else { continue };
                let found = if shared && han_by_key && row.han && word.seen.outline.han() {
                    counterpart(word, row, Some((1.0, MOST_BITS)))
                } else {
                    self.rows.likeness(place, i, shared).and_then(|known| *known).unwrap_or_else(|| {
                        likeness(self.kind, &mut self.rows, place, (i, word), shared)
                    })
                };
                if found.alike > 0.0 {
                    q.may_be(i, found);
                    c.may_be(j, found);
                }
            }
        }
    }

    /// Notes the neighbours asked for that written together may be a word of the other name, and these; answers whether there are any.
    fn join_asked(&mut self, q: &mut Side, c: &mut Side) -> bool {
        let mut any = false;
        if self.together.is_empty() {
            return false;
        }
        for (at, &place) in self.listed.iter().enumerate() {
            let Some(row) = self.rows.get_mut(place).filter(|row| row.joinable) else { continue };
            let (asked, together) = (&self.asked, &self.together);
            let mut runs = *row.runs.get_or_insert_with(|| runs_that_are(asked, together, &row.seen));
            while runs != 0 {
                if let Some((run, _)) = self.together.get(runs.trailing_zeros() as usize) {
                    written_as_one(run.clone(), q, (at, row.seen.outline), c);
                    any = true;
                }
                runs &= runs - 1;
            }
        }
        any
    }

    /// Notes the neighbours in the other name that written together may be a word asked for, and these; answers whether there are any.
    /// They are aligned with the word only if that is `told`.
    fn join_listed(&self, told: bool, q: &mut Side, c: &mut Side) -> bool {
        let mut any = false;
        for (from, (_, first)) in self.listed().enumerate().filter(|(_, (_, first))| first.begins != 0) {
            for (at, word) in self.asked.iter().enumerate().filter(|(at, _)| first.begins & 1 << at != 0) {
                let Some(longest) = self.longest.get(at).copied().flatten() else { continue };
                let mut run = first.seen.sounds;
                let mut least = first.length;
                let next = self.listed().enumerate().take(from + LONGEST_RUN).skip(from + 1);
                for (to, (_, part)) in next.take_while(|(_, (_, part))| part.joinable) {
                    // Where two meet, one sound at most is written once.
                    least += part.length.saturating_sub(1);
                    if too_long(least, longest) {
                        break;
                    }
                    if told {
                        run = run.joined(&part.seen.sounds);
                        let run = Seen::with(part.seen.outline, run);
                        if too_long(run.length(), longest) {
                            break;
                        }
                        if !may_be_one(word, &run, (run.length(), run.length()), longest) {
                            continue;
                        }
                    }
                    written_as_one(from..=to, c, (at, word.seen.outline), q);
                    any = true;
                }
            }
        }
        any
    }
}

/// What a listed part is for a word asked for; it is noted in the part's row.
fn likeness(kind: NameKind, rows: &mut Rows, place: u32, (at, word): (usize, &Word), shared: bool) -> Counterpart {
    let Some(row) = rows.get(place) else { return Counterpart::default() };
    let pair = (word.number | u32::from(shared), row.seen.outline);
    let found = MEMO.with_borrow_mut(|memo| memo.of(pair, || alike(kind, word, &row.seen, shared)));
    let found = counterpart(word, row, found);
    if let Some(known) = rows.likeness(place, at, shared) {
        *known = Some(found);
    }
    found
}

/// What a part that is so much alike, saying so many bits, is for a word.
fn counterpart(word: &Word, row: &Row, alike: Option<(f32, f32)>) -> Counterpart {
    let Some((alike, bits)) = alike else { return Counterpart::default() };
    let heaviest = word.seen.outline.weight().max(row.counted.weight);
    Counterpart { alike, heaviest, bits: bits.min(judge::most_bits(heaviest)) }
}

/// Which of the runs of words asked for may be the part, a bit for each.
fn runs_that_are(asked: &[Word], together: &[(RangeInclusive<usize>, Word)], part: &Seen) -> u64 {
    let may_be = |(run, words): &(RangeInclusive<usize>, Word)| {
        asked.get(*run.start()).is_some_and(|first| first.may_begin(part))
            && may_be_one(words, part, words.lengths(), part.length())
    };
    together.iter().enumerate().map(|(at, run)| u64::from(may_be(run)) << at).sum()
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
fn written_as_one(
    run: RangeInclusive<usize>,
    of_parts: &mut Side,
    (at, word): (usize, Outline),
    of_words: &mut Side,
) {
    let found = Counterpart { alike: 1.0, heaviest: word.weight(), bits: MOST_BITS };
    run.for_each(|part| of_parts.may_be(part, found));
    of_words.may_be(at, Counterpart { heaviest: JOINED_WEIGHT, ..found });
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
