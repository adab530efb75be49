//! The most that two names can score, told from the outlines of their parts.
//!
//! A part may stand for any part of the other name that is like it, taken or not: which stands for which is not settled here, so that no
//! pairing the comparison finds can be better. How alike two parts are is told as the comparison does, by their sounds (characters that
//! stand for syllables by the first of their readings only, and these share their keys by any). That takes an alignment, so what
//! the sounds could say in the best order ([`Reach`]) is asked first.

mod memo;
mod quick;
mod reach;
mod rows;
mod side;
mod word;

use crate::{
    align::{LEAST_JOINED, LEAST_SYLLABLES},
    judge,
    keys::PartKeys,
    kind::NameKind,
    outline::{self, Outline},
    sound::Sounds,
    weights::MOST_BITS,
};
use reach::Gained;
use rows::{Row, Rows};
use side::{Counted, Counterpart, Side};
use std::cmp::Ordering;
use std::ops::RangeInclusive;
use word::{Run, Seen, Word, alike};

/// Parts that are looked at as written together.
const LONGEST_RUN: usize = 4;
/// Of a name with more parts it is not known which are shared (see the postings of the index).
const MOST_PARTS: usize = 15;
/// Sounds by which words written together may be longer than the one word.
const LONGER: usize = 2;
/// So many sounds and more only words fit that may have any number.
const FITTING: usize = 32;
/// What words written together weigh at most.
const JOINED_WEIGHT: f32 = 1.2;
/// Below this, names in Chinese characters may be alike by words written together that are written otherwise and sound the same.
const LEAST_HAN: f64 = 0.6;
/// What the order of sums may change.
const ROUNDING: f64 = 1e-4;

/// A name that is asked for, ready to be held against others.
pub struct Bound {
    kind: NameKind,
    asked: Vec<Word>,
    /// Sounds of the longest reading of each, of those that may be several words written together.
    longest: Vec<Option<usize>>,
    /// Neighbours among the parts asked for, written together.
    together: Vec<(RangeInclusive<usize>, Word)>,
    /// The words asked for that may have so many sounds when they are several words written together, a bit for each.
    fit: [u32; FITTING],
    side: Side,
    /// One part at most says who it is.
    single: bool,
    /// A part is written in Chinese characters.
    han: bool,
    rows: Rows,
    /// Room for the parts of the other name: where their rows are.
    listed: Vec<u32>,
    /// Room for the parts of both as far as they may stand for each other: as they are, and with words that are joined.
    sides: Option<Box<[Side; 4]>>,
}

/// Which name has words that may be one of the other when they are written together.
#[derive(Clone, Copy, Default)]
struct Joined {
    asked: bool,
    listed: bool,
}

impl Bound {
    /// For a name by its parts.
    pub fn new(kind: NameKind, asked: &[PartKeys]) -> Self {
        let mut side = Side::new();
        side.fill(&asked.iter().map(|part| (part.outline, Counted::of(part.outline))), 0);
        let asked: Vec<Word> = asked.iter().take(MOST_PARTS + 1).map(Word::asked).collect();
        let longest: Vec<Option<usize>> =
            asked.iter().map(|word| word.seen.outline.joinable().then(|| word.lengths().0)).collect();
        let fits = |length: usize| {
            let fits = |word: &Option<usize>| word.is_some_and(|longest| !too_long(length, longest));
            longest.iter().enumerate().map(|(at, word)| u32::from(fits(word)) << at).sum()
        };
        Self {
            kind,
            fit: std::array::from_fn(fits),
            longest,
            together: written_together(&asked),
            side,
            single: asked.iter().filter(|part| part.seen.outline.counts()).count() <= 1,
            han: asked.iter().any(|part| part.seen.outline.han()),
            rows: Rows::new(&asked),
            asked,
            listed: Vec::new(),
            sides: Some(Box::new(std::array::from_fn(|_| Side::new()))),
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
        if self.is_surely_below(shared, least) {
            return false;
        }
        let Some(mut sides) = self.sides.take() else { return true };
        let may = self.may_reach_by(&mut sides, shared, least);
        self.sides = Some(sides);
        may
    }

    fn may_reach_by(&mut self, sides: &mut [Side; 4], shared: (u32, u32), least: f64) -> bool {
        let [q, c, rough_q, rough_c] = sides;
        q.copy(&self.side, shared.0);
        c.fill(&self.listed().map(|(place, row)| (place, row.counted)), shared.1);
        let han_by_key = self.han_may_be_joined(least);
        // Parts that were taken for alike because they may be joined, which no sounds tell.
        let by_key = self.pair(han_by_key, q, c);
        let may = |bound: &Self, q: &Side, c: &Side, joined: Joined| {
            bound.at_most(q, c, joined, least) + ROUNDING >= least
        };
        // What is written together may only add to that.
        if may(self, q, c, Joined::default()) {
            return true;
        }
        let asked = self.join_asked(q, c);
        if !self.may_begin_a_word() {
            return asked && may(self, q, c, Joined { asked, listed: by_key });
        }
        // Which of the other's may be joined takes an alignment for each, so they are asked by their lengths first.
        rough_q.copy(q, shared.0);
        rough_c.copy(c, shared.1);
        self.join_listed(false, rough_q, rough_c);
        if !may(self, rough_q, rough_c, Joined { asked: asked || by_key, listed: true }) {
            return false;
        }
        let listed = self.join_listed(true, q, c);
        (asked || listed) && may(self, q, c, Joined { asked: asked || by_key, listed: listed || by_key })
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

    /// The most that the name can score with another where its parts may stand for the other's like this; or something less than
    /// `least`, if it is less.
    fn at_most(&self, q: &Side, c: &Side, joined: Joined, least: f64) -> f64 {
        let known = (q.known(), c.known());
        if known.0.min(known.1) == 0 {
            return 0.0;
        }
        // Words that are joined stand for one of the other name.
        let (most_q, most_c) = match joined {
            Joined { asked: false, listed: false } => (known.1, known.0),
            Joined { asked: false, listed: true } => (known.1 - 1, MOST_PARTS),
            Joined { asked: true, listed: false } => (MOST_PARTS, known.0 - 1),
            Joined { asked: true, listed: true } => (MOST_PARTS, MOST_PARTS),
        };
        let lesser = |of: fn(&Counterpart) -> f32| q.most(most_q, of).min(c.most(most_c, of));
        let bits = lesser(|part| part.bits);
        let (free_q, free_c) = (q.free(most_q), c.free(most_c));
        let free = judge::Free { all: (free_q.0, free_c.0), proper: (free_q.1, free_c.1) };
        let single = self.single && self.listed().filter(|(_, row)| row.seen.outline.counts()).count() <= 1;
        let complete = q.nearly_same() && c.nearly_same();
        let by_bits = judge::at_most_by_bits(self.kind, bits, free, (single, complete));
        if f64::from(by_bits) + ROUNDING < least {
            return f64::from(by_bits);
        }
        let alike = match known.0.cmp(&known.1) {
            Ordering::Less => q.alike(self.kind),
            Ordering::Greater => c.alike(self.kind),
            Ordering::Equal => q.alike(self.kind).min(c.alike(self.kind)),
        };
        let matched = lesser(|part| part.heaviest);
        f64::from(judge::at_most(self.kind, (alike, matched), free).min(by_bits).clamp(0.0, 1.0))
    }

    /// Notes of each part how alike those of the other name are that may stand for it; answers whether any do only because words in
    /// Chinese characters that share a key may be joined.
    fn pair(&mut self, han_by_key: bool, q: &mut Side, c: &mut Side) -> bool {
        let mut any = false;
        for (j, &place) in self.listed.iter().enumerate() {
            for (i, word) in self.asked.iter().enumerate() {
                // Which of the other's parts shares the key is not known.
                let shared = q.shares(i) && c.shares(j);
                let Some(row) = self.rows.get(place) else { continue };
                let found = if shared && han_by_key && row.han && word.seen.outline.han() {
                    any = true;
                    counterpart(word, row, Some((1.0, MOST_BITS)))
                } else {
                    self.rows
                        .likeness(place, i, shared)
                        .and_then(|known| *known)
                        .unwrap_or_else(|| likeness(self.kind, &mut self.rows, place, (i, word), shared))
                };
                if found.alike > 0.0 {
                    q.may_be(i, found);
                    c.may_be(j, found);
                }
            }
        }
        any
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
            let mut runs =
                *row.runs.get_or_insert_with(|| runs_that_are(asked, together, (&row.seen, row.certain)));
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

    /// Whether there are neighbours in the other name that may begin a word asked for.
    fn may_begin_a_word(&self) -> bool {
        self.listed.windows(2).any(|two| self.beginning(two) != 0)
    }

    /// The words asked for that the two neighbours may begin, by their lengths and the consonants of the first; a bit for each.
    #[inline]
    fn beginning(&self, two: &[u32]) -> u32 {
        let &[first, second] = two else { return 0 };
        let (Some(first), Some(second)) = (self.rows.get(first), self.rows.get(second)) else { return 0 };
        if first.begins == 0 || !second.joinable {
            return 0;
        }
        // Where two meet, one sound at most is written once.
        let length = first.length + second.length.saturating_sub(1);
        first.begins & self.fit.get(length).copied().unwrap_or(u32::MAX)
    }

    /// Notes the neighbours in the other name that written together may be a word asked for, and these; answers whether there are any.
    /// They are aligned with the word only if that is `told`.
    fn join_listed(&self, told: bool, q: &mut Side, c: &mut Side) -> bool {
        let mut any = false;
        for (from, two) in self.listed.windows(2).enumerate() {
            let mut words = self.beginning(two);
            while words != 0 {
                let at = words.trailing_zeros() as usize;
                words &= words - 1;
                if let Some(word) = self.asked.get(at) {
                    let mut note = |to: usize| written_as_one(from..=to, c, (at, word.seen.outline), q);
                    any |= if told {
                        self.ends(from, at, &mut note)
                    } else {
                        self.rough_ends(from, at, &mut note)
                    };
                }
            }
        }
        any
    }

    /// Notes where the neighbours in the other name end that begin at `from` and may be that word, as far as can be told without
    /// an alignment; answers whether there are any.
    fn rough_ends(&self, from: usize, at: usize, note: &mut impl FnMut(usize)) -> bool {
        let longest = self.longest.get(at).copied().flatten().unwrap_or(0);
        let Some(word) = self.asked.get(at) else { return false };
        let first = self.listed.get(from).and_then(|&place| self.rows.get(place));
        let Some(first) = first.filter(|part| part.joinable) else { return false };
        let mut run = Run::of(&first.seen);
        let mut certain = first.certain;
        let mut any = false;
        for (to, &place) in self.listed.iter().enumerate().skip(from + 1).take(LONGEST_RUN - 1) {
            let Some(part) = self.rows.get(place).filter(|part| part.joinable) else { break };
            run.push(&part.seen);
            certain &= part.certain;
            // Longer words are cut off somewhere.
            let whole = run.length <= Sounds::MOST;
            if whole && too_long(run.length, longest) {
                break;
            }
            let parts = self.listed.get(from..=to).unwrap_or_default();
            let sum = |way| {
                let gained = |sum: Gained, &place: &u32| sum.and(self.rows.gained(place, (at, word), way));
                parts.iter().fold(Gained::default(), gained)
            };
            let may = !whole
                || !run.one_system
                || cut(longest) && run.length + LONGER >= longest
                || word.may_be(&run, sum, enough(word, certain));
            if may {
                note(to);
                any = true;
            }
        }
        any
    }

    /// The same by their sounds.
    fn ends(&self, from: usize, at: usize, note: &mut impl FnMut(usize)) -> bool {
        let longest = self.longest.get(at).copied().flatten().unwrap_or(0);
        let Some(word) = self.asked.get(at) else { return false };
        let mut any = false;
        let mut found = |to: usize| {
            let parts =
                || self.listed.iter().take(to + 1).skip(from).filter_map(|&place| self.rows.get(place));
            let Some(last) = parts().next_back() else { return };
            let run = parts().fold(Sounds::default(), |run, part| run.joined(&part.seen.sounds));
            let certain = parts().all(|part| part.certain);
            let length = run.codes().len();
            let whole = Seen::with(last.seen.outline, run);
            if !too_long(length, longest) && may_be_one(word, (&whole, certain), (length, length), longest) {
                note(to);
                any = true;
            }
        };
        self.rough_ends(from, at, &mut found);
        any
    }
}

impl Drop for Bound {
    fn drop(&mut self) {
        self.rows.leave();
    }
}

/// What a listed part is for a word asked for; it is noted in the part's row.
fn likeness(
    kind: NameKind,
    rows: &mut Rows,
    place: u32,
    (at, word): (usize, &Word),
    shared: bool,
) -> Counterpart {
    let Some(row) = rows.get(place) else { return Counterpart::default() };
    let found = counterpart(word, row, alike(kind, word, &row.seen, shared));
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
fn runs_that_are(
    asked: &[Word],
    together: &[(RangeInclusive<usize>, Word)],
    (part, certain): (&Seen, bool),
) -> u64 {
    let may_be = |(run, words): &(RangeInclusive<usize>, Word)| {
        asked.get(*run.start()).is_some_and(|first| first.may_begin(part))
            && may_be_one(words, (part, certain), words.lengths(), part.length())
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
/// that is `asked` for, and one is the `other`, of which all sounds are known if it is `certain`.
fn may_be_one(
    asked: &Word,
    (other, certain): (&Seen, bool),
    (most, least): (usize, usize),
    word: usize,
) -> bool {
    if cut(word) && most + LONGER >= word {
        return true;
    }
    let enough = enough(asked, certain);
    !too_long(least, word) && asked.likeness(other, enough).0 >= enough
}

/// How alike a word asked for must be to a run of words, or the run to the word.
fn enough(asked: &Word, certain: bool) -> f32 {
    if certain && asked.seen.outline.syllables() { LEAST_SYLLABLES } else { LEAST_JOINED }
}
