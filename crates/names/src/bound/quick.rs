//! A look at a listed name that costs little and rejects most.
//!
//! It takes all at once that [`Bound::may_reach`] weighs step by step: each part with the best that any part of the other name
//! could be to it, words written together by their lengths alone, and no limit to how many parts one part stands for. Each of
//! these can only raise what is said of the name (more bits, more weight that matched, less that has no counterpart), so what is
//! rejected here would be rejected there.

use super::{Bound, JOINED_WEIGHT, MOST_PARTS, ROUNDING, likeness, runs_that_are};
use crate::{
    judge,
    weights::{COMPLETE, MOST_BITS},
};

/// What each part of a name could have for a counterpart.
struct Best {
    bits: [f32; MOST_PARTS],
    heaviest: [f32; MOST_PARTS],
    /// A bit for each part that may have one.
    known: u32,
}

impl Best {
    const fn new() -> Self {
        Self { bits: [0.0; MOST_PARTS], heaviest: [0.0; MOST_PARTS], known: 0 }
    }

    #[inline]
    fn may_be(&mut self, at: usize, bits: f32, heaviest: f32) {
        if let (Some(most), Some(heavy)) = (self.bits.get_mut(at), self.heaviest.get_mut(at)) {
            *most = most.max(bits);
            *heavy = heavy.max(heaviest);
            self.known |= 1 << at;
        }
    }

    /// Bits and weight of so many parts.
    #[inline]
    fn sums(&self, parts: usize) -> (f32, f32) {
        let sum = |of: &[f32; MOST_PARTS]| of.iter().take(parts).sum();
        (sum(&self.bits), sum(&self.heaviest))
    }
}

impl Bound {
    /// Whether the name whose parts are `listed` cannot score so much, as far as a quick look can tell.
    pub(super) fn is_surely_below(&mut self, shared: (u32, u32), least: f64) -> bool {
        let (mut q, mut c) = (Best::new(), Best::new());
        let Some(mut alike) = self.counterparts(shared, (&mut q, &mut c)) else { return false };
        if self.together_as_one((&mut q, &mut c)) {
            alike = 1.0;
        }
        if q.known == 0 {
            return true;
        }
        let free_q = self.side.spare_of(|at| q.known & 1 << at == 0);
        let free_c = self.spare_of_listed(c.known);
        let free = judge::Free { all: (free_q.0, free_c.0), proper: (free_q.1, free_c.1) };
        if free_q.0 + free_c.0 <= COMPLETE {
            return false;
        }
        let (of_q, of_c) = (q.sums(self.asked.len()), c.sums(self.listed.len()));
        let (bits, matched) = (of_q.0.min(of_c.0), of_q.1.min(of_c.1));
        let below = |score: f32| f64::from(score) + ROUNDING < least;
        below(judge::at_most_by_bits(self.kind, bits, free, (self.single, false)))
            || below(judge::at_most(self.kind, (alike, matched), free))
    }

    /// Notes what the parts are for each other; answers how alike the two most alike are, and nothing where it takes a closer look.
    #[inline]
    fn counterparts(&mut self, shared: (u32, u32), (q, c): (&mut Best, &mut Best)) -> Option<f32> {
        let mut most = 0f32;
        for (j, &place) in self.listed.iter().enumerate() {
            if self.han && self.rows.get(place)?.han {
                return None;
            }
            for (i, word) in self.asked.iter().enumerate() {
                let both = shared.0 >> i & shared.1 >> j & 1 == 1;
                let found = match *self.rows.likeness(place, i, both)? {
                    Some(found) => found,
                    None => likeness(self.kind, &mut self.rows, place, (i, word), both),
                };
                if found.alike > 0.0 {
                    q.may_be(i, found.bits, found.heaviest);
                    c.may_be(j, found.bits, found.heaviest);
                    most = most.max(found.alike);
                }
            }
        }
        Some(most)
    }

    /// Notes the words of either name that may be one of the other when they are written together; answers whether there are any.
    #[inline]
    fn together_as_one(&mut self, (q, c): (&mut Best, &mut Best)) -> bool {
        let mut any = false;
        if !self.together.is_empty() {
            for (at, &place) in self.listed.iter().enumerate() {
                let Some(row) = self.rows.get_mut(place).filter(|row| row.joinable) else { continue };
                let (asked, together) = (&self.asked, &self.together);
                let mut runs =
                    *row.runs.get_or_insert_with(|| runs_that_are(asked, together, (&row.seen, row.certain)));
                while runs != 0 {
                    if let Some((run, _)) = together.get(runs.trailing_zeros() as usize) {
                        run.clone().for_each(|word| q.may_be(word, MOST_BITS, JOINED_WEIGHT));
                        c.may_be(at, MOST_BITS, JOINED_WEIGHT);
                        any = true;
                    }
                    runs &= runs - 1;
                }
            }
        }
        for (from, two) in self.listed.windows(2).enumerate() {
            let mut words = self.beginning(two);
            while words != 0 {
                let at = words.trailing_zeros() as usize;
                words &= words - 1;
                let mut note = |to: usize| {
                    (from..=to).for_each(|part| c.may_be(part, MOST_BITS, JOINED_WEIGHT));
                    q.may_be(at, MOST_BITS, JOINED_WEIGHT);
                };
                any |= self.rough_ends(from, at, &mut note);
            }
        }
        any
    }

    /// The weight of the listed parts that are not `known` to have a counterpart: of all, and of those that say who it is.
    #[inline]
    fn spare_of_listed(&self, known: u32) -> (f32, f32) {
        let mut sum = (0.0, 0.0);
        for (at, &place) in self.listed.iter().enumerate().filter(|(at, _)| known & 1 << at == 0) {
            let Some(row) = self.rows.get(place) else { continue };
            // What is said twice is missed once.
            let twice = self.listed.iter().enumerate().any(|(i, &other)| i != at && other == place);
            let spare = row.counted.spare();
            sum = (if twice { sum.0 } else { sum.0 + spare.0 }, sum.1 + spare.1);
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Name, NameKind, PartKeys};
    use proptest::prelude::*;

    fn name() -> impl Strategy<Value = String> {
        let word = prop_oneof![
            "[BDGKLMNPRSTVJ][aeiou][bdgklmnprst]([aeiou][lmnrst]?){0,2}",
            prop::sample::select(vec![
                "Karim",
                "Kareem",
                "al",
                "bin",
                "Marta",
                "Anna",
                "Annamarta",
                "Trading",
                "Bank",
                "Ltd",
                "17",
                "J.",
                "李",
                "明",
                "Иван",
                "محمد",
                "(Alpha)",
            ])
            .prop_map(String::from),
        ];
        prop::collection::vec(word, 1..7).prop_map(|words| words.join(" "))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(3000))]

        /// What a quick look rejects would be rejected by the close one too, whatever parts share a key.
        #[test]
        fn no_quick_look_rejects_more(
            one in name(),
            other in name(),
            kind in 0usize..3,
            shared in (1u32..64, 1u32..64),
            least in 30u8..95,
        ) {
            let kind = [NameKind::Person, NameKind::Organisation, NameKind::Vessel][kind];
            let [asked, listed] = [&one, &other].map(|text| Name::parse(text, kind).part_keys());
            let outline = |part: &PartKeys| part.outline;
            let mut bound = Bound::new(kind, &asked);
            let place = |bound: &mut Bound, part: &PartKeys| {
                let number = listed.iter().position(|other| outline(other) == outline(part)).unwrap_or(0) as u32;
                bound.rows.place(number, &bound.asked, &|_| outline(part))
            };
            bound.listed = listed.iter().map(|part| place(&mut bound, part)).collect();
            let least = f64::from(least) / 100.0;
            if bound.asked.len().max(bound.listed.len()) <= MOST_PARTS && bound.is_surely_below(shared, least) {
                let mut sides = bound.sides.take().unwrap();
                prop_assert!(!bound.may_reach_by(&mut sides, shared, least), "{one} | {other}");
            }
        }
    }
}
