//! The most that two names can score, told from the outlines of their parts.
//!
//! A part may stand for any part of the other name that is like it, taken or not: which stands for which is not settled here, so that no
//! pairing the comparison finds can be better. How alike two parts are is told as the comparison does, by their sounds (characters that
//! stand for syllables by the first of their readings only, and these share their keys by any). That takes an alignment, so what
//! the sounds could say in the best order ([`Reach`]) is asked first.

mod memo;
mod reach;
mod side;

use crate::{
    align::{INITIAL_BITS, LEAST, LEAST_JOINED, likeness_of},
    judge,
    kind::NameKind,
    outline::{self, Outline},
    sound::{Consonants, Sounds},
    weights::MOST_BITS,
};
use memo::Memo;
use reach::Reach;
use side::{Counterpart, Side};
use std::cell::RefCell;
use std::cmp::Ordering;
use std::ops::RangeInclusive;

/// Parts that are looked at as written together.
const LONGEST_RUN: usize = 4;
/// Of a name with more parts it is not known which are shared (see the postings of the index).
const MOST_PARTS: usize = 15;
/// Sounds by which words written together may be longer than the one word.
const LONGER: usize = 2;
/// What words written together weigh at most.
const JOINED_WEIGHT: f32 = 1.2;
/// How alike words of the same letters are.
const SAME_LETTERS: f32 = 0.78;

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
    /// For a name by the outlines of its parts.
    pub fn new(kind: NameKind, asked: &[Outline]) -> Self {
        let side = Side::of(&asked.iter().copied());
        let numbered = |outline: &Outline| {
            let number = MEMO.with_borrow_mut(|memo| memo.number(*outline));
            Word { number, ..Word::of(Seen::of(*outline)) }
        };
        let asked: Vec<Word> = asked.iter().map(numbered).collect();
        Self { kind, together: written_together(&asked), asked, side, listed: Vec::new() }
    }

    /// Whether the name can score so much in [`crate::score`] with another. `shared` says which of their parts share a key, a bit
    /// for each.
    pub fn may_reach(&mut self, listed: &[Outline], shared: (u32, u32), least: f64) -> bool {
        if self.asked.len().max(listed.len()) > MOST_PARTS || self.all_told(listed, shared) {
            return true;
        }
        self.listed.clear();
        self.listed.extend(listed.iter().copied().map(Seen::of));
        let mut q = self.side.clone().sharing(shared.0);
        let mut c = Side::of(&listed.iter().copied()).sharing(shared.1);
        self.pair(&mut q, &mut c);
        let joined = self.join(&mut q, &mut c);
        self.at_most(&q, &c, joined) >= least
    }

    /// Where every part that says who it is shares a key ("Maria Sir", "Maria Sir Maria") the comparison decides.
    fn all_told(&self, listed: &[Outline], shared: (u32, u32)) -> bool {
        let told = |at: usize, part: Outline, keys: u32| !part.counts() || keys & 1 << at != 0;
        self.asked.iter().enumerate().all(|(at, part)| told(at, part.seen.outline, shared.0))
            && listed.iter().enumerate().all(|(at, part)| told(at, *part, shared.1))
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
        judge::at_most(self.kind, (alike, matched, bits), (free_q.0, free_c.0), (free_q.1, free_c.1), single)
    }

    /// Notes of each part how alike those of the other name are that may stand for it.
    fn pair(&self, q: &mut Side, c: &mut Side) {
        MEMO.with_borrow_mut(|memo| self.pair_with(memo, q, c));
    }

    fn pair_with(&self, memo: &mut Memo, q: &mut Side, c: &mut Side) {
        for (i, word) in self.asked.iter().enumerate() {
            for (j, part) in self.listed.iter().enumerate() {
                let both = q.shares(i) && c.shares(j);
                // Which of the other's parts shares the key is not known.
                if let Some((alike, bits)) = if both {
                    Some((1.0, MOST_BITS))
                } else {
                    memo.of((word.number, part.outline), || alike(word, part))
                } {
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
            for (at, part) in
                parts.filter(|(_, part)| first.is_some_and(|first| part.may_begin_with(&first.seen)))
            {
                if may_be_one(words, part, &words.seen, part) {
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
        let mut run = first.seen.sounds;
        let next = parts.iter().enumerate().take(from + LONGEST_RUN).skip(from + 1);
        for (to, part) in next.take_while(|(_, part)| part.seen.outline.joinable()) {
            run = run.joined(&part.seen.sounds);
            all.push((from..=to, Word::of(Seen::with(part.seen.outline, run))));
        }
    }
    all
}

/// The lesser of two.
const fn least((a, b): (f32, f32)) -> f32 {
    a.min(b)
}

/// A part with its sounds.
#[derive(Clone, Copy)]
struct Seen {
    outline: Outline,
    sounds: Sounds,
    consonants: Consonants,
}

impl Seen {
    fn of(outline: Outline) -> Self {
        Self::with(outline, outline.sounds())
    }

    fn with(outline: Outline, sounds: Sounds) -> Self {
        Self { outline, sounds, consonants: sounds.consonants() }
    }

    /// Whether it may be the other, written together with what follows.
    fn may_begin_with(&self, first: &Seen) -> bool {
        first.outline.joinable() && self.consonants.may_begin_with(first.consonants)
    }
}

/// A part that is asked for, or several written together.
struct Word {
    seen: Seen,
    /// Its number in the memo; 0 for words written together, which are not asked after there.
    number: u32,
    reach: Reach,
}

impl Word {
    fn of(seen: Seen) -> Self {
        Self { seen, number: 0, reach: Reach::of(seen.outline.system(), seen.sounds) }
    }

    /// How alike it is to another and what that says; nothing where it is less alike than that.
    fn likeness(&self, other: &Seen, least: f32) -> (f32, f32) {
        let system = other.outline.system();
        if !self.seen.consonants.may_be(other.consonants) || self.reach.at_most(system, &other.sounds) < least
        {
            return (0.0, 0.0);
        }
        likeness_of((self.seen.outline.system(), &self.seen.sounds), (system, &other.sounds))
    }
}

/// How alike two parts are that share no key and what that says, if one may stand for the other.
fn alike(a: &Word, b: &Seen) -> Option<(f32, f32)> {
    let (one, other) = (a.seen.outline, b.outline);
    if one.may_be_particle(other) {
        return Some((1.0, INITIAL_BITS));
    }
    if one.by_key() || other.by_key() || one.counts() != other.counts() {
        return None;
    }
    if one.initial() || other.initial() {
        return Some((0.8, INITIAL_BITS));
    }
    let (similarity, bits) = a.likeness(b, LEAST);
    if one.may_be_letters(other) {
        return Some((similarity.max(SAME_LETTERS), MOST_BITS));
    }
    (similarity > LEAST).then_some((similarity, bits))
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
    let first = listed.iter().enumerate().filter(|(_, first)| word.seen.may_begin_with(first));
    first.flat_map(move |(from, first)| {
        let next = listed.iter().enumerate().take(from + LONGEST_RUN).skip(from + 1);
        // Where two meet, one sound at most is written once: what is longer than that is not joined in the first place.
        let second = listed.get(from + 1).map_or(0, |second| second.sounds.codes().len());
        let least = first.sounds.codes().len() + second.saturating_sub(1);
        let hopeless = !cut(&word.seen) && least > word.seen.sounds.codes().len() + LONGER;
        let next = next.take_while(move |(_, part)| !hopeless && part.outline.joinable());
        let mut run = first.sounds;
        let runs = next.map(move |(to, part)| {
            run = run.joined(&part.sounds);
            (to, Seen::with(part.outline, run))
        });
        let runs = runs.take_while(|(_, run)| !too_long(run, &word.seen));
        runs.filter(move |(_, run)| may_be_one(word, run, run, &word.seen)).map(move |(to, _)| from..=to)
    })
}

/// Of a word that long the end is not known: any words that reach its end may be it.
fn cut(word: &Seen) -> bool {
    word.sounds.codes().len() >= outline::MOST
}

/// Whether these are too many sounds for the word.
fn too_long(run: &Seen, word: &Seen) -> bool {
    !cut(word) && run.sounds.codes().len() > word.sounds.codes().len() + LONGER
}

/// Whether a `run` of words written together may be a `word`; one of them is the one that is `asked` for, and one is the `other`.
fn may_be_one(asked: &Word, other: &Seen, run: &Seen, word: &Seen) -> bool {
    let reaches = cut(word) && run.sounds.codes().len() + LONGER >= word.sounds.codes().len();
    reaches || !too_long(run, word) && asked.likeness(other, LEAST_JOINED).0 >= LEAST_JOINED
}
