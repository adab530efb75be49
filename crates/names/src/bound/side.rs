//! The parts of one name, as far as those of the other may stand for them.

use super::MOST_PARTS;
use crate::{judge, kind::NameKind, outline::Outline, weights::SAME_IN_SCRIPT};

/// More alike than this, a part raises the average of most names that are a match.
const WELL_ALIKE: f32 = 0.9;
/// Steps in which the highest average is found; the second is seldom another than the first.
const STEPS: usize = 2;

/// The most that may be said of a part with a counterpart.
#[derive(Clone, Copy, Default)]
pub(super) struct Counterpart {
    pub(super) alike: f32,
    /// Weight of the heavier of the two.
    pub(super) heaviest: f32,
    pub(super) bits: f32,
}

/// A part as far as those of the other name may stand for it.
#[derive(Clone, Copy, Default)]
pub(super) struct Counted {
    pub(super) weight: f32,
    /// What it weighs when it has no counterpart after all: among all parts, and among those that say who it is.
    spare: (f32, f32),
    counterpart: Option<Counterpart>,
}

impl Counted {
    /// It has no counterpart yet.
    pub(super) fn of(outline: Outline) -> Self {
        let weight = outline.weight();
        let all = if outline.may_be_free() { 0.0 } else { weight };
        let proper = if outline.counts() { all } else { 0.0 };
        Self { weight, spare: (all, proper), counterpart: None }
    }

    /// What it weighs when it has no counterpart: among all parts, and among those that say who it is.
    #[inline]
    pub(super) const fn spare(&self) -> (f32, f32) {
        self.spare
    }

    /// The same part said once more: what is said twice is missed once.
    pub(super) const fn twice(mut self) -> Self {
        self.spare.0 = 0.0;
        self
    }
}

/// The parts of one name, at most [`MOST_PARTS`].
pub(super) struct Side {
    parts: [Counted; MOST_PARTS],
    len: usize,
    shared: u32,
}

impl Side {
    /// No parts.
    pub(super) fn new() -> Self {
        Self { parts: [Counted::default(); MOST_PARTS], len: 0, shared: 0 }
    }

    /// Takes the parts of a name, each with what tells it from the others, of which these share a key with the other name.
    pub(super) fn fill<T: PartialEq>(
        &mut self,
        mine: &(impl Iterator<Item = (T, Counted)> + Clone),
        shared: u32,
    ) {
        (self.len, self.shared) = (0, shared);
        for (place, (it, counted)) in self.parts.iter_mut().zip(mine.clone()) {
            let len = self.len;
            let twice = mine.clone().enumerate().any(|(i, (other, _))| i != len && other == it);
            *place = if twice { counted.twice() } else { counted };
            self.len += 1;
        }
    }

    /// Takes the parts of another.
    pub(super) fn copy(&mut self, other: &Self, shared: u32) {
        (self.len, self.shared) = (other.len, shared);
        for (place, part) in self.parts.iter_mut().zip(other.parts()) {
            *place = *part;
        }
    }

    #[inline]
    pub(super) const fn shares(&self, at: usize) -> bool {
        self.shared & 1 << at != 0
    }

    #[inline]
    fn parts(&self) -> &[Counted] {
        self.parts.get(..self.len).unwrap_or_default()
    }

    /// A part may have this counterpart.
    #[inline]
    pub(super) fn may_be(&mut self, at: usize, one: Counterpart) {
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

    /// What those of its parts weigh that have no counterpart: among all, and among those that say who it is.
    #[inline]
    pub(super) fn spare_of(&self, alone: impl Fn(usize) -> bool) -> (f32, f32) {
        let alone = self.parts().iter().enumerate().filter(|(at, _)| alone(*at));
        alone.fold((0.0, 0.0), |sum, (_, part)| (sum.0 + part.spare.0, sum.1 + part.spare.1))
    }

    /// How many parts may have a counterpart.
    pub(super) fn known(&self) -> usize {
        self.counterparts().count()
    }

    /// Whether every part may have a counterpart that is nearly the same.
    pub(super) fn nearly_same(&self) -> bool {
        let same = |part: &Counted| part.counterpart.is_some_and(|one| one.alike >= SAME_IN_SCRIPT);
        self.parts().iter().all(|part| part.spare.0 <= 0.0 || same(part))
    }

    fn counterparts(&self) -> impl Iterator<Item = (f32, Counterpart)> {
        self.parts().iter().filter_map(|part| Some((part.weight, part.counterpart?)))
    }

    /// The most that so many parts with a counterpart have together.
    pub(super) fn most(&self, parts: usize, of: fn(&Counterpart) -> f32) -> f32 {
        if parts >= self.known() {
            return self.counterparts().map(|(_, one)| of(&one)).sum();
        }
        let mut all = [0f32; MOST_PARTS];
        for (place, (_, one)) in all.iter_mut().zip(self.counterparts()) {
            *place = of(&one);
        }
        all.sort_unstable_by(|a, b| b.total_cmp(a));
        all.iter().take(parts).sum()
    }

    /// How alike the parts are on average at most, less the doubt of those that are only roughly alike.
    pub(super) fn alike(&self, kind: NameKind) -> f32 {
        let doubt: f32 =
            self.counterparts().map(|(weight, one)| judge::doubt(kind, weight, one.alike)).product();
        // A part that is more alike than the average raises it by its greatest weight, another by its least.
        let mut average = WELL_ALIKE;
        for _ in 0..STEPS {
            let (mut alike, mut all) = (0.0, 0.0);
            for (weight, one) in self.counterparts() {
                let weight = if one.alike > average { one.heaviest } else { weight };
                alike += weight * one.alike;
                all += weight;
            }
            if all <= 0.0 {
                return 1.0;
            }
            average = alike / all;
        }
        average * doubt
    }

    /// The least weight of parts without counterpart where at most so many have one: of all, and of those that say who it is.
    pub(super) fn free(&self, most: usize) -> (f32, f32) {
        let over = self.known().saturating_sub(most);
        let least = |of: fn(&Counted) -> f32| -> f32 {
            let free: f32 = self.parts().iter().filter(|part| part.counterpart.is_none()).map(of).sum();
            if over == 0 {
                return free;
            }
            let mut lightest = [f32::INFINITY; MOST_PARTS];
            for (place, part) in
                lightest.iter_mut().zip(self.parts().iter().filter(|part| part.counterpart.is_some()))
            {
                *place = of(part);
            }
            lightest.sort_unstable_by(f32::total_cmp);
            free + lightest.iter().take(over).sum::<f32>()
        };
        (least(|part| part.spare.0), least(|part| part.spare.1))
    }
}
