//! How alike a word can be to another at most, without aligning them: by what its sounds could say opposite those of the other in
//! the best order.

use crate::{
    align::{likeness, oriented},
    confusion::{Evidence, SOUNDS, SYSTEMS, System, slot},
    sound::Sounds,
};
use std::sync::OnceLock;

/// What a word says of others by the sounds that they have, in whatever order.
pub(super) struct Reach {
    system: System,
    sounds: Sounds,
    /// For words of each system.
    tables: [OnceLock<Box<Gains>>; SYSTEMS.len()],
}

/// What each sound of another word can add, in hundredths of a bit.
struct Gains {
    /// Opposite the best of the word's sounds, or alone.
    sound: [i16; SOUNDS],
    /// What it counts in the best that words like these could score.
    best: &'static [i16; SOUNDS],
    /// The same of all of the word's own sounds.
    own_best: i32,
    /// What the word's own sounds add that speak for it even alone.
    own_alone: i32,
    /// What each of the word's own sounds that must stand alone costs at least; not above 0.
    surplus: i32,
}

impl Reach {
    pub(super) const fn of(system: System, sounds: Sounds) -> Self {
        Self { system, sounds, tables: [const { OnceLock::new() }; SYSTEMS.len()] }
    }

    /// Not less than the likeness of an alignment with the other ([`crate::align::likeness_of`]).
    pub(super) fn at_most(&self, system: System, other: &Sounds) -> f32 {
        let gained =
            other.codes().iter().fold(Gained::default(), |sum, &code| sum.and(self.gained(system, code)));
        self.at_most_of(system, gained, other.codes().len())
    }

    /// What a sound of the other adds.
    #[inline]
    pub(super) fn gained(&self, system: System, code: u8) -> Gained {
        let gains = self.gains(system);
        Gained { bits: i32::from(gains.sound[slot(code)]), best: i32::from(gains.best[slot(code)]) }
    }

    /// The same as [`Reach::at_most`], of so many sounds which add so much together.
    #[inline]
    pub(super) fn at_most_of(&self, system: System, gained: Gained, sounds: usize) -> f32 {
        let gains = self.gains(system);
        let lacking = self.sounds.codes().len().saturating_sub(sounds);
        let bits = gains.own_alone + gained.bits + gains.surplus * i32::try_from(lacking).unwrap_or(0);
        likeness(Evidence { bits, best: i32::midpoint(gains.own_best, gained.best).max(1) })
    }

    #[inline]
    fn gains(&self, system: System) -> &Gains {
        let table = &self.tables[(system as usize).min(SYSTEMS.len() - 1)];
        table.get_or_init(|| Box::new(Gains::of((self.system, &self.sounds), system)))
    }
}

/// What sounds add, in whatever order.
#[derive(Clone, Copy, Default)]
pub(super) struct Gained {
    bits: i32,
    best: i32,
}

impl Gained {
    #[inline]
    pub(super) const fn and(self, other: Self) -> Self {
        Self { bits: self.bits + other.bits, best: self.best + other.best }
    }

    #[inline]
    pub(super) const fn without(self, other: Self) -> Self {
        Self { bits: self.bits - other.bits, best: self.best - other.best }
    }
}

impl Gains {
    fn of((mine, sounds): (System, &Sounds), other: System) -> Self {
        let (table, native) = oriented(mine, other);
        let pair = |own: usize, other: usize| {
            if native { table.pairs[own][other] } else { table.pairs[other][own] }
        };
        let (own_alone, other_alone) = sides(native, &table.native_alone, &table.latin_alone);
        let (own_best, best) = sides(native, &table.native_best, &table.latin_best);
        let own = || sounds.codes().iter().map(|&code| slot(code));
        let sound = std::array::from_fn(|other| {
            own().map(|own| pair(own, other)).max().unwrap_or(i16::MIN).max(other_alone[other])
        });
        Self {
            sound,
            best,
            own_best: own().map(|own| i32::from(own_best[own])).sum(),
            own_alone: own().map(|own| i32::from(own_alone[own]).max(0)).sum(),
            surplus: own().map(|own| i32::from(own_alone[own]).min(0)).max().unwrap_or(0),
        }
    }
}

/// Own and other, of native and Latin.
const fn sides<T>(native: bool, of_native: T, of_latin: T) -> (T, T)
where
    T: Copy,
{
    if native { (of_native, of_latin) } else { (of_latin, of_native) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::align::likeness_of;
    use proptest::prelude::*;

    proptest! {
        /// Words of any two systems are never more alike than was said before they were aligned.
        #[test]
        fn no_alignment_says_more(
            one in "[a-zAIUGSZCJXTDN]{0,12}",
            other in "[a-zAIUGSZCJXTDN]{0,12}",
            systems in (0..SYSTEMS.len(), 0..SYSTEMS.len()),
        ) {
            let [x, y] = [&one, &other].map(|word| Sounds::of_codes(word.bytes()));
            let (a, b) = (SYSTEMS[systems.0], SYSTEMS[systems.1]);
            let (alike, _) = likeness_of((a, &x), (b, &y), 0.0);
            let most = Reach::of(a, x).at_most(b, &y);
            prop_assert!(most >= alike, "{one} {other}: {alike}, at most {most}");
        }
    }
}
