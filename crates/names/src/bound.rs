//! The most that two names can score, told from the outlines of their parts.
//!
//! A part may stand for any part of the other name that is like it, taken or not: which stands for which is not settled here, so that no
//! pairing the comparison finds can be better. How alike two parts are is told as the comparison does, by their sounds (characters that
//! stand for syllables by the first of their readings only, and these share their keys by any).

use crate::{
    align::{INITIAL_BITS, LEAST, LEAST_JOINED, likeness_of},
    confusion::System,
    judge,
    kind::NameKind,
    outline::{self, Outline},
    sound::Sounds,
    weights::MOST_BITS,
};
use std::cmp::Ordering;

/// Parts that are looked at as written together.
const LONGEST_RUN: usize = 4;
/// Of a name with more parts it is not known which are shared (see the postings of the index).
const MOST_PARTS: usize = 15;
/// Sounds by which words written together may be longer than the one word.
const LONGER: usize = 2;
/// What words written together weigh at most.
const JOINED_WEIGHT: f32 = 1.2;
/// More alike than this, a part raises the average of a name that is a match.
const WELL_ALIKE: f32 = 0.9;
/// How alike words of the same letters are.
const SAME_LETTERS: f32 = 0.78;

/// The most that two names can score in [`crate::score`]. `shared` says which of their parts share a key, a bit for
/// each.
pub fn at_most(kind: NameKind, query: &[Outline], candidate: &[Outline], shared: (u32, u32)) -> f64 {
    if query.len().max(candidate.len()) > MOST_PARTS {
        return 1.0;
    }
    // Where every part that says who it is shares a key ("Maria Sir", "Maria Sir Maria") the comparison decides.
    let told = |parts: &[Outline], keys: u32| {
        parts.iter().enumerate().all(|(at, part)| !part.counts() || keys & 1 << at != 0)
    };
    if told(query, shared.0) && told(candidate, shared.1) {
        return 1.0;
    }
    let (query, candidate) = (seen(query), seen(candidate));
    let mut q = Side::of(&query, shared.0);
    let mut c = Side::of(&candidate, shared.1);
    pair(&query, &candidate, &mut q, &mut c);
    let joined = join(&query, &candidate, &mut q, &mut c) | join(&candidate, &query, &mut c, &mut q);
    let most = if joined { MOST_PARTS } else { q.known().min(c.known()) };
    let matched = least((q.most(most, |part| part.heaviest), c.most(most, |part| part.heaviest)));
    let bits = least((q.most(most, |part| part.bits), c.most(most, |part| part.bits)));
    let (free_q, free_c) = (q.free(most), c.free(most));
    let alike = match q.known().cmp(&c.known()) {
        Ordering::Less => q.alike(kind),
        Ordering::Greater => c.alike(kind),
        Ordering::Equal => least((q.alike(kind), c.alike(kind))),
    };
    let counted = |parts: &[Seen]| parts.iter().filter(|part| part.outline.counts()).count();
    let single = counted(&query) <= 1 && counted(&candidate) <= 1;
    judge::at_most(kind, (alike, matched, bits), (free_q.0, free_c.0), (free_q.1, free_c.1), single)
}

/// The lesser of two.
const fn least((a, b): (f32, f32)) -> f32 {
    a.min(b)
}

/// A part with its sounds.
struct Seen {
    outline: Outline,
    sounds: Sounds,
}

impl Seen {
    /// Whether it may be written together with others: no initial, no number.
    fn joinable(&self) -> bool {
        let number = self.outline.by_key() && self.outline.system() == System::Latin;
        !self.outline.initial() && !number && !self.sounds.codes().is_empty()
    }
}

fn seen(outlines: &[Outline]) -> Vec<Seen> {
    outlines.iter().map(|&outline| Seen { outline, sounds: outline.sounds() }).collect()
}

/// How alike two parts are that share no key and what that says, if one may stand for the other.
fn alike(a: &Seen, b: &Seen) -> Option<(f32, f32)> {
    let (one, other) = (a.outline, b.outline);
    if one.may_be_particle(other) {
        return Some((1.0, INITIAL_BITS));
    }
    if one.by_key() || other.by_key() || one.counts() != other.counts() {
        return None;
    }
    if one.initial() || other.initial() {
        return Some((0.8, INITIAL_BITS));
    }
    let (similarity, bits) = likeness_of((one.system(), &a.sounds), (other.system(), &b.sounds));
    if one.may_be_letters(other) {
        return Some((similarity.max(SAME_LETTERS), MOST_BITS));
    }
    (similarity > LEAST).then_some((similarity, bits))
}

/// Notes of each part how alike those of the other name are that may stand for it.
fn pair(query: &[Seen], candidate: &[Seen], q: &mut Side, c: &mut Side) {
    for (i, asked) in query.iter().enumerate() {
        for (j, listed) in candidate.iter().enumerate() {
            let weight = asked.outline.weight().max(listed.outline.weight());
            let both = q.shares(i) && c.shares(j);
            // Which of the other's parts shares the key is not known.
            let found = if both { Some((1.0, MOST_BITS)) } else { alike(asked, listed) };
            if let Some((alike, bits)) = found {
                let bits = bits.min(judge::most_bits(weight));
                q.may_be(i, Counterpart { alike, heaviest: weight, bits });
                c.may_be(j, Counterpart { alike, heaviest: weight, bits });
            }
        }
    }
}

/// Notes the neighbours among `parts` that written together may be one of the `words`, and these; answers whether there are any.
fn join(parts: &[Seen], words: &[Seen], of_parts: &mut Side, of_words: &mut Side) -> bool {
    let mut any = false;
    for (at, word) in words.iter().enumerate().filter(|(_, word)| word.joinable()) {
        let sounds = word.sounds.codes().len();
        // Of a word that long the end is not known: any words that reach its end may be it.
        let cut = sounds >= outline::MOST;
        let longest = if cut { usize::MAX } else { sounds + LONGER };
        for (from, first) in parts.iter().enumerate() {
            let mut run = first.sounds;
            let begins = first.joinable() && word.sounds.may_begin_with(&first.sounds);
            for (to, part) in parts.iter().enumerate().take(from + LONGEST_RUN).skip(from + 1) {
                run = run.joined(&part.sounds);
                if !begins || !part.joinable() || run.codes().len() > longest {
                    break;
                }
                let written = (word.outline.system(), &word.sounds);
                let reaches = cut && run.codes().len() + LONGER >= sounds;
                if reaches || likeness_of(written, (part.outline.system(), &run)).0 >= LEAST_JOINED {
                    let heaviest = word.outline.weight();
                    let found = Counterpart { alike: 1.0, heaviest, bits: MOST_BITS };
                    (from..=to).for_each(|part| of_parts.may_be(part, found));
                    of_words.may_be(at, Counterpart { heaviest: JOINED_WEIGHT, ..found });
                    any = true;
                }
            }
        }
    }
    any
}

/// The most that may be said of a part with a counterpart.
#[derive(Clone, Copy, Default)]
struct Counterpart {
    alike: f32,
    /// Weight of the heavier of the two.
    heaviest: f32,
    bits: f32,
}

/// A part as far as those of the other name may stand for it.
#[derive(Clone, Copy, Default)]
struct Counted {
    weight: f32,
    /// What it weighs when it has no counterpart after all: among all parts, and among those that say who it is.
    spare: (f32, f32),
    counterpart: Option<Counterpart>,
}

/// The parts of one name.
struct Side {
    parts: Vec<Counted>,
    shared: u32,
}

impl Side {
    fn of(mine: &[Seen], shared: u32) -> Self {
        let counted = |(at, Seen { outline, .. }): (usize, &Seen)| {
            let weight = outline.weight();
            // What is said twice is missed once.
            let twice = || mine.iter().enumerate().any(|(i, other)| i != at && other.outline == *outline);
            let all = if outline.may_be_free() || twice() { 0.0 } else { weight };
            let proper = if outline.may_be_free() || !outline.counts() { 0.0 } else { weight };
            Counted { weight, spare: (all, proper), counterpart: None }
        };
        Self { parts: mine.iter().enumerate().map(counted).collect(), shared }
    }

    const fn shares(&self, at: usize) -> bool {
        self.shared & 1 << at != 0
    }

    /// A part may have this counterpart.
    fn may_be(&mut self, at: usize, one: Counterpart) {
        if let Some(part) = self.parts.get_mut(at) {
            let before =
                part.counterpart.unwrap_or(Counterpart { heaviest: part.weight, ..Counterpart::default() });
            part.counterpart = Some(Counterpart {
                alike: before.alike.max(one.alike),
                heaviest: before.heaviest.max(one.heaviest),
                bits: before.bits.max(one.bits),
            });
        }
    }

    /// How many parts may have a counterpart.
    fn known(&self) -> usize {
        self.counterparts().count()
    }

    fn counterparts(&self) -> impl Iterator<Item = (f32, Counterpart)> {
        self.parts.iter().filter_map(|part| Some((part.weight, part.counterpart?)))
    }

    /// The most that so many parts with a counterpart have together.
    fn most(&self, parts: usize, of: fn(&Counterpart) -> f32) -> f32 {
        let mut all: Vec<f32> = self.counterparts().map(|(_, one)| of(&one)).collect();
        all.sort_unstable_by(|a, b| b.total_cmp(a));
        all.iter().take(parts).sum()
    }

    /// How alike the parts are on average at most, less the doubt of those that are only roughly alike.
    fn alike(&self, kind: NameKind) -> f32 {
        let (mut alike, mut all, mut doubt) = (0.0, 0.0, 1.0);
        for (weight, one) in self.counterparts() {
            let weight = if one.alike > WELL_ALIKE { one.heaviest } else { weight };
            alike += weight * one.alike;
            all += weight;
            doubt *= judge::doubt(kind, weight, one.alike);
        }
        if all > 0.0 { alike / all * doubt } else { 1.0 }
    }

    /// The least weight of parts without counterpart where at most so many have one.
    fn free(&self, most: usize) -> (f32, f32) {
        let over = self.known().saturating_sub(most);
        let least = |of: fn(&Counted) -> f32| -> f32 {
            let mut lightest: Vec<f32> =
                self.parts.iter().filter(|part| part.counterpart.is_some()).map(of).collect();
            lightest.sort_unstable_by(f32::total_cmp);
            let free = self.parts.iter().filter(|part| part.counterpart.is_none()).map(of);
            free.chain(lightest.into_iter().take(over)).sum()
        };
        (least(|part| part.spare.0), least(|part| part.spare.1))
    }
}
