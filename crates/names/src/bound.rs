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
use std::collections::HashMap;
use std::ops::RangeInclusive;

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

/// A name that is asked for, and what was found of the parts of others: the same parts come again with every other bearer.
pub struct Bound {
    kind: NameKind,
    parts: Vec<Seen>,
    met: HashMap<Outline, Met>,
}

/// A part of another name, as the one that is asked for sees it.
struct Met {
    seen: Seen,
    /// How alike it is to each part asked for.
    alike: Vec<Option<(f32, f32)>>,
    /// Neighbours among the parts asked for that written together may be it.
    runs: Vec<RangeInclusive<usize>>,
    /// Which of the parts asked for may begin with it.
    begins: Vec<bool>,
}

impl Bound {
    /// For a name by the outlines of its parts.
    pub fn new(kind: NameKind, asked: &[Outline]) -> Self {
        Self { kind, parts: asked.iter().copied().map(Seen::of).collect(), met: HashMap::new() }
    }

    /// The most that the name can score in [`crate::score`] with another. `shared` says which of their parts share a key, a bit
    /// for each.
    pub fn at_most(&mut self, listed: &[Outline], shared: (u32, u32)) -> f64 {
        if self.parts.len().max(listed.len()) > MOST_PARTS {
            return 1.0;
        }
        // Where every part that says who it is shares a key ("Maria Sir", "Maria Sir Maria") the comparison decides.
        let told = |at: usize, part: Outline, keys: u32| !part.counts() || keys & 1 << at != 0;
        if self.parts.iter().enumerate().all(|(at, part)| told(at, part.outline, shared.0))
            && listed.iter().enumerate().all(|(at, part)| told(at, *part, shared.1))
        {
            return 1.0;
        }
        for outline in listed {
            self.met.entry(*outline).or_insert_with(|| Met::by(&self.parts, *outline));
        }
        let asked: Vec<Outline> = self.parts.iter().map(|part| part.outline).collect();
        let met: Vec<&Met> = listed.iter().filter_map(|outline| self.met.get(outline)).collect();
        let mut q = Side::of(&asked, shared.0);
        let mut c = Side::of(listed, shared.1);
        pair(&self.parts, &met, &mut q, &mut c);
        let joined = join(&self.parts, &met, &mut q, &mut c);
        let most = if joined { MOST_PARTS } else { q.known().min(c.known()) };
        let matched = least((q.most(most, |part| part.heaviest), c.most(most, |part| part.heaviest)));
        let bits = least((q.most(most, |part| part.bits), c.most(most, |part| part.bits)));
        let (free_q, free_c) = (q.free(most), c.free(most));
        let alike = match q.known().cmp(&c.known()) {
            Ordering::Less => q.alike(self.kind),
            Ordering::Greater => c.alike(self.kind),
            Ordering::Equal => least((q.alike(self.kind), c.alike(self.kind))),
        };
        let single = self.parts.iter().filter(|part| part.outline.counts()).count() <= 1
            && listed.iter().filter(|part| part.counts()).count() <= 1;
        judge::at_most(self.kind, (alike, matched, bits), (free_q.0, free_c.0), (free_q.1, free_c.1), single)
    }
}

impl Met {
    fn by(asked: &[Seen], outline: Outline) -> Self {
        let seen = Seen::of(outline);
        let begins = asked.iter().map(|word| word.joinable() && word.may_begin_with(&seen)).collect();
        let alike = asked.iter().map(|part| alike(part, &seen)).collect();
        let runs = if seen.joinable() {
            runs(&asked.iter().collect::<Vec<_>>(), &seen, |from| {
                asked.get(from).is_some_and(|first| seen.may_begin_with(first))
            })
        } else {
            Vec::new()
        };
        Self { seen, alike, runs, begins }
    }
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
    fn of(outline: Outline) -> Self {
        Self { outline, sounds: outline.sounds() }
    }

    /// Whether it may be written together with others: no initial, no number.
    fn joinable(&self) -> bool {
        let number = self.outline.by_key() && self.outline.system() == System::Latin;
        !self.outline.initial() && !number && !self.sounds.codes().is_empty()
    }

    /// Whether it may be the other, written together with what follows.
    fn may_begin_with(&self, first: &Seen) -> bool {
        first.joinable() && self.sounds.may_begin_with(&first.sounds)
    }
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
fn pair(asked: &[Seen], listed: &[&Met], q: &mut Side, c: &mut Side) {
    for (j, met) in listed.iter().enumerate() {
        for (i, (part, alike)) in asked.iter().zip(&met.alike).enumerate() {
            let weight = part.outline.weight().max(met.seen.outline.weight());
            let both = q.shares(i) && c.shares(j);
            // Which of the other's parts shares the key is not known.
            let found = if both { Some((1.0, MOST_BITS)) } else { *alike };
            if let Some((alike, bits)) = found {
                let bits = bits.min(judge::most_bits(weight));
                q.may_be(i, Counterpart { alike, heaviest: weight, bits });
                c.may_be(j, Counterpart { alike, heaviest: weight, bits });
            }
        }
    }
}

/// Notes the neighbours in either name that written together may be a word of the other, and these; answers whether there are any.
fn join(asked: &[Seen], listed: &[&Met], q: &mut Side, c: &mut Side) -> bool {
    let mut any = false;
    for (at, met) in listed.iter().enumerate() {
        for run in &met.runs {
            together(run.clone(), q, (at, &met.seen), c);
            any = true;
        }
    }
    let seen: Vec<&Seen> = listed.iter().map(|met| &met.seen).collect();
    for (at, word) in asked.iter().enumerate() {
        let begins = |from: usize| listed.get(from).is_some_and(|met| met.begins.get(at) == Some(&true));
        for run in runs(&seen, word, begins) {
            together(run, c, (at, word), q);
            any = true;
        }
    }
    any
}

/// Notes that a run of parts may be a word of the other name.
fn together(
    run: RangeInclusive<usize>,
    of_parts: &mut Side,
    (at, word): (usize, &Seen),
    of_words: &mut Side,
) {
    let found = Counterpart { alike: 1.0, heaviest: word.outline.weight(), bits: MOST_BITS };
    run.for_each(|part| of_parts.may_be(part, found));
    of_words.may_be(at, Counterpart { heaviest: JOINED_WEIGHT, ..found });
}

/// The neighbours among `parts` that written together may be the word; `begins` says with which part it may begin.
fn runs(parts: &[&Seen], word: &Seen, begins: impl Fn(usize) -> bool) -> Vec<RangeInclusive<usize>> {
    let sounds = word.sounds.codes().len();
    // Of a word that long the end is not known: any words that reach its end may be it.
    let cut = sounds >= outline::MOST;
    let longest = if cut { usize::MAX } else { sounds + LONGER };
    let mut found = Vec::new();
    for (from, first) in parts.iter().enumerate().filter(|(from, _)| begins(*from)) {
        let mut run = first.sounds;
        for (to, part) in parts.iter().enumerate().take(from + LONGEST_RUN).skip(from + 1) {
            run = run.joined(&part.sounds);
            if !part.joinable() || run.codes().len() > longest {
                break;
            }
            let written = (word.outline.system(), &word.sounds);
            let reaches = cut && run.codes().len() + LONGER >= sounds;
            if reaches || likeness_of(written, (part.outline.system(), &run)).0 >= LEAST_JOINED {
                found.push(from..=to);
            }
        }
    }
    found
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
    fn of(mine: &[Outline], shared: u32) -> Self {
        let counted = |(at, outline): (usize, Outline)| {
            let weight = outline.weight();
            // What is said twice is missed once.
            let twice = || mine.iter().enumerate().any(|(i, other)| i != at && *other == outline);
            let all = if outline.may_be_free() || twice() { 0.0 } else { weight };
            let proper = if outline.may_be_free() || !outline.counts() { 0.0 } else { weight };
            Counted { weight, spare: (all, proper), counterpart: None }
        };
        Self { parts: mine.iter().copied().enumerate().map(counted).collect(), shared }
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
