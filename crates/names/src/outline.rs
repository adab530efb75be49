//! The outline of a part: its consonants and weight in eight bytes, enough to tell that two parts cannot be alike.

use crate::{
    hash::stored_hash,
    judge,
    keys::skeleton,
    kind::NameKind,
    part::{Part, PartKind},
    weights::MOST_BITS,
};

/// Consonants kept: four bits each.
const MOST: usize = 10;
/// Sounds of a word from which on it may be another's with a consonant mistyped.
const TYPO_FROM: u64 = 4;
/// Bytes of a word that may be a particle.
const SHORT_WORD: usize = 4;
/// What words in brackets weigh.
const ASIDE: f32 = 0.05;
/// What a particle weighs.
const PARTICLE: f32 = 0.1;
const WEIGHT_AT: u32 = 40;
const INITIAL: u64 = 1 << 48;
/// Alike only what shares a key: characters that stand for syllables, numbers.
const BY_KEY: u64 = 1 << 49;
/// The name can be cut in two ways, so that the part may not be there.
const TWO_CUTS: u64 = 1 << 50;
/// So short that it may be a particle with a typing error.
const SHORT: u64 = 1 << 51;
/// How many particles the name has, three bits.
const PARTICLES_AT: u32 = 52;
const MOST_PARTICLES: usize = 7;
/// How many sounds it has, four bits.
const LENGTH_AT: u32 = 55;
const LONGEST: usize = 15;
/// A hash of the letters in any order, five bits.
const LETTERS_AT: u32 = 59;

/// What the consonants of a part are, how much it weighs, and what may stand for it; kept in an index for every part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outline(u64);

impl Outline {
    /// `two_cuts` says that the name can be cut in two ways, `particles` how many it has.
    pub(crate) fn of(part: &Part, two_cuts: bool, particles: usize) -> Self {
        let sounds = part.readings.first().map(|reading| skeleton(reading, MOST)).unwrap_or_default();
        let mut bits =
            sounds.chars().take(MOST).zip(0u32..).fold(0, |bits, (c, at)| bits | class(c) << (4 * at));
        #[expect(clippy::cast_sign_loss, reason = "clamped")]
        let weight = (part.weight.clamp(0.0, 1.0) * 100.0).round() as u64;
        bits |= weight << WEIGHT_AT;
        if part.kind == PartKind::Initial {
            bits |= INITIAL;
        }
        if part.script.writes_syllables() || part.kind == PartKind::Number || sounds.is_empty() {
            bits |= BY_KEY;
        }
        if part.folded.len() <= SHORT_WORD {
            bits |= SHORT;
        }
        if two_cuts {
            bits |= TWO_CUTS;
        }
        let letters = letters_in_any_order(&part.folded) & 0x1f;
        let length = part.readings.first().map_or(0, |reading| reading.codes().len()).min(LONGEST) as u64;
        bits |= (particles.min(MOST_PARTICLES) as u64) << PARTICLES_AT;
        Self(bits | length << LENGTH_AT | letters << LETTERS_AT)
    }

    /// The bytes of an index.
    pub const fn to_bits(self) -> u64 {
        self.0
    }

    /// From the bytes of an index.
    pub const fn from_bits(bits: u64) -> Self {
        Self(bits)
    }

    /// How much the part says about who bears the name.
    pub fn weight(self) -> f32 {
        f32::from((self.0 >> WEIGHT_AT) as u8) / 100.0
    }

    /// Whether nothing is amiss when it has no counterpart.
    const fn may_be_free(self) -> bool {
        self.0 & TWO_CUTS != 0
    }

    /// Particles of the name.
    const fn particles(self) -> u64 {
        self.0 >> PARTICLES_AT & MOST_PARTICLES as u64
    }

    /// Whether parts that share no key may be alike all the same: a consonant in three is another, or one.
    fn may_be(self, other: Self) -> bool {
        if (self.0 | other.0) & BY_KEY != 0 {
            return false;
        }
        if (self.0 | other.0) & INITIAL != 0 || self.0 >> LETTERS_AT == other.0 >> LETTERS_AT {
            return true;
        }
        let (a, b) = (self.sounds(), other.sounds());
        // In a short word one consonant more or less is a typing error where vowels stand around it.
        let typo = u32::from(self.length().max(other.length()) >= TYPO_FROM);
        within(a, b, ((a.1.max(b.1) + 1) / 3).max(typo))
    }

    /// How many sounds it has, vowels and all.
    const fn length(self) -> u64 {
        self.0 >> LENGTH_AT & LONGEST as u64
    }

    /// Whether the other part may be words written together, this one or another with it among them: one holds the sounds of the
    /// other.
    fn within_word(self, other: Self) -> bool {
        let (a, b) = (self.sounds(), other.sounds());
        let (short, long) = if a.1 <= b.1 { (a, b) } else { (b, a) };
        let holds = |at: u32| long.0 >> (4 * at) & ((1 << (4 * short.1)) - 1) == short.0;
        short.1 > 1 && short.1 < long.1 && (0..=long.1 - short.1).any(holds)
    }

    /// The classes of its sounds, four bits each, and how many there are.
    const fn sounds(self) -> (u64, u32) {
        let bits = self.0 & ((1 << WEIGHT_AT) - 1);
        (bits, (67 - bits.leading_zeros()) / 4)
    }
}

/// The same for words of the same letters.
fn letters_in_any_order(word: &str) -> u64 {
    let mut letters: Vec<char> = word.chars().collect();
    letters.sort_unstable();
    stored_hash("letters", &[String::from_iter(letters).as_bytes()])
}

const fn class(sound: char) -> u64 {
    match sound {
        'p' => 1,
        'f' => 2,
        't' => 3,
        's' => 4,
        'k' => 5,
        'm' => 6,
        'n' => 7,
        'r' => 8,
        // The first sound of a word of vowels.
        other => 9 + other as u64 % 6,
    }
}

/// Whether one becomes the other by at most so many insertions, deletions and replacements.
fn within((a, a_len): (u64, u32), (b, b_len): (u64, u32), most: u32) -> bool {
    if a_len.abs_diff(b_len) > most {
        return false;
    }
    let at = |bits: u64, at: u32| bits >> (4 * at) & 15;
    let mut row: [u32; MOST + 1] = std::array::from_fn(|at| at as u32);
    for i in 0..a_len {
        let mut corner = row[0];
        row[0] = i + 1;
        let mut least = row[0];
        for (j, place) in (0..b_len).zip(1..) {
            let replaced = corner + u32::from(at(a, i) != at(b, j));
            corner = row[place];
            row[place] = replaced.min(row[place] + 1).min(row[place - 1] + 1);
            least = least.min(row[place]);
        }
        if least > most {
            return false;
        }
    }
    row[b_len as usize] <= most
}

/// The most that two names can score in [`crate::score`]. `shared` says which of their parts share a key, a bit for
/// each.
///
/// A part that shares none may still stand for any part of the other name that it may be, taken or not: which stands for which is
/// not settled here, so that no pairing the comparison finds can be better.
pub fn at_most(kind: NameKind, query: &[Outline], candidate: &[Outline], shared: (u32, u32)) -> f64 {
    let particles = |outlines: &[Outline]| outlines.first().map_or(0, |outline| outline.particles());
    let (of_query, of_candidate) = (particles(query), particles(candidate));
    let q = Side::of(query, candidate, shared.0, of_candidate);
    let c = Side::of(candidate, query, shared.1, of_query);
    let joined = q.joins || c.joins;
    let most = if joined { q.known.max(c.known) } else { q.known.min(c.known) };
    // Each pair weighs as much as the heavier side of it; where words are written together, as much as all of them.
    let mut weights: Vec<f32> = q.weights.iter().chain(&c.weights).copied().collect();
    weights.sort_unstable_by(|a, b| b.total_cmp(a));
    // A short word may stand for a particle of the other name.
    weights.truncate(most + q.short.max(c.short));
    let particles = of_query.min(of_candidate) as f32;
    let matched = weights.iter().sum::<f32>() + particles * PARTICLE;
    let counted = |outlines: &[Outline]| outlines.iter().filter(|part| part.weight() > ASIDE).count();
    let single = counted(query) <= 1 && counted(candidate) <= 1;
    let bits = |weight: f32| if joined { weight * MOST_BITS } else { judge::most_bits(weight) };
    let bits = weights.into_iter().map(bits).sum::<f32>() + particles * judge::most_bits(PARTICLE);
    judge::at_most(kind, (matched, bits), (q.free, c.free), (q.proper, c.proper), single)
}

/// The parts, a bit for each, that written together with their neighbours may be a part of the other name.
fn runs(mine: &[Outline], others: &[Outline]) -> u32 {
    let mut found = 0;
    each_run(mine, others, |run, _| found |= run);
    found
}

/// The parts that several neighbours of the other name may be, written together.
fn pieces(others: &[Outline], mine: &[Outline]) -> u32 {
    let mut found = 0;
    each_run(others, mine, |_, word| found |= 1 << word);
    found
}

/// Tells each run of parts that may be one word of the other name: a bit for each part, and the place of the word.
fn each_run(parts: &[Outline], words: &[Outline], mut take: impl FnMut(u32, usize)) {
    for from in 0..parts.len() {
        let mut together = (0, 0);
        for to in from..parts.len().min(from + 4) {
            together = append(together, parts[to].sounds());
            if to == from {
                continue;
            }
            for (at, word) in words.iter().enumerate() {
                let word = word.sounds();
                if word.1 > 0 && within(together, word, together.1.max(word.1) / 3) {
                    take((1 << (to + 1)) - (1 << from), at);
                }
            }
        }
    }
}

/// The sounds of two words written together; one that both share is written once.
const fn append((sounds, length): (u64, u32), (next, more): (u64, u32)) -> (u64, u32) {
    let (next, more) = match length > 0 && more > 0 && sounds >> (4 * (length - 1)) == next & 15 {
        true => (next >> 4, more - 1),
        false => (next, more),
    };
    let fits = MOST as u32 - if length > MOST as u32 { MOST as u32 } else { length };
    let more = if more > fits { fits } else { more };
    (sounds | (next & ((1 << (4 * more)) - 1)) << (4 * length), length + more)
}

/// The parts of one name, as far as those of the other may stand for them.
#[derive(Default)]
struct Side {
    /// Weights of the parts that may have a counterpart.
    weights: Vec<f32>,
    /// How many these are.
    known: usize,
    /// Some may be written together in the other name.
    joins: bool,
    /// How many may be a particle of the other name.
    short: usize,
    /// Weight of the parts that can have no counterpart, those left out that are said twice …
    free: f32,
    /// … and with them.
    proper: f32,
}

impl Side {
    fn of(mine: &[Outline], others: &[Outline], shared: u32, particles: u64) -> Self {
        let mut side = Self::default();
        let runs = runs(mine, others) | pieces(others, mine);
        for (at, part) in mine.iter().enumerate() {
            let joins = runs & 1 << at != 0 || others.iter().any(|other| part.within_word(*other));
            let short = particles > 0 && part.0 & SHORT != 0;
            side.joins |= joins;
            side.short += usize::from(short);
            if shared & 1 << at != 0 || joins || short || others.iter().any(|other| part.may_be(*other)) {
                side.weights.push(part.weight());
                side.known += 1;
            } else if !part.may_be_free() {
                side.proper += part.weight();
                let twice = mine.iter().enumerate().any(|(i, other)| i != at && other == part);
                side.free += if twice { 0.0 } else { part.weight() };
            }
        }
        side
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Name, Options, score};
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    /// A name of common and invented words of several scripts, and one of the same words with one change: letters turned,
    /// words moved, left out, written together. (A syllable of one consonant with another one is another name: see [`TYPO_FROM`].)
    fn pair() -> impl Strategy<Value = (String, String)> {
        const COMMON: [&str; 21] = [
            "Carlos",
            "Marius",
            "Maria",
            "Teresa",
            "Carlsen",
            "Abdul",
            "Rahman",
            "al",
            "Jong",
            "Un",
            "Li",
            "J.",
            "17",
            "Petrovich",
            "Иван",
            "محمد",
            "Trading",
            "Bank",
            "(Alpha)",
            "Ltd",
            "Hassan",
        ];
        let word = prop_oneof![
            prop::sample::select(COMMON.to_vec()).prop_map(String::from),
            "[BDGKLMNPRSTV][aeiou][bdgklmnprstv]([aeiou][lmnrst]?){0,2}",
        ];
        let change = (2usize..7, any::<prop::sample::Index>(), "[a-z]");
        (prop::collection::vec(word, 1..5), prop::collection::vec(change, 0..2)).prop_map(
            |(words, changes)| {
                let mut other = words.clone();
                for (how, at, letter) in changes {
                    let at = at.index(other.len());
                    let mut letters: Vec<char> = other[at].chars().collect();
                    let middle = letters.len() / 2;
                    match how {
                        0 if letters.len() > 4 && letters[0].is_ascii() => {
                            letters.insert(middle, letter.chars().next().unwrap())
                        }
                        1 if letters.len() > 4 => drop(letters.remove(middle)),
                        2 => letters.reverse(),
                        3 if other.len() > 1 => {
                            other.remove(at);
                            continue;
                        }
                        // (Where n and g meet they become one sound.)
                        4 if at + 1 < other.len() && !other[at + 1].starts_with(['G', 'K']) => {
                            letters.extend(other.remove(at + 1).to_lowercase().chars())
                        }
                        5 => other.push(words[0].clone()),
                        6 => other.rotate_left(1),
                        7 if letters.len() > 4 && letters[0].is_ascii() => {
                            letters[middle] = letter.chars().next().unwrap()
                        }
                        _ => letters.truncate(1),
                    }
                    let at = at.min(other.len() - 1);
                    other[at] = letters.into_iter().collect();
                }
                (words.join(" "), other.join(" "))
            },
        )
    }

    /// What the parts of two names share, or none where the whole names share a key.
    fn bound(kind: NameKind, query: &Name, listed: &Name) -> Option<f64> {
        let (asked, whole) = (query.part_keys(), query.whole_keys(false));
        let (parts, all) = (listed.part_keys(), listed.whole_keys(true));
        if whole.iter().any(|key| all.contains(key)) {
            return None;
        }
        let shares = |mine: &[crate::PartKeys], others: &[crate::PartKeys]| -> u32 {
            let keys: BTreeSet<u64> = others.iter().flat_map(|part| part.keys.iter().copied()).collect();
            let shared = |part: &crate::PartKeys| u32::from(part.keys.iter().any(|key| keys.contains(key)));
            mine.iter().enumerate().map(|(at, part)| shared(part) << at).sum()
        };
        let outlines = |parts: &[crate::PartKeys]| parts.iter().map(|part| part.outline).collect::<Vec<_>>();
        let shared = (shares(&asked, &parts), shares(&parts, &asked));
        Some(at_most(kind, &outlines(&asked), &outlines(&parts), shared))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(5000))]

        /// Whatever the parts are paired with, no two names that are a match score more than their outlines say they can. (Open:
        /// a letter mistyped in a short word can still lose two consonants of its outline at once, "Rober" and "Roher".)
        #[test]
        fn the_bound_is_never_below_the_score((one, other) in pair(), kind in 0usize..3) {
            let kind = [NameKind::Person, NameKind::Organisation, NameKind::Vessel][kind];
            let names = [&one, &other].map(|text| Name::parse(text, kind));
            let score = score(&names[0], &names[1], Options::default());
            if let Some(bound) = bound(kind, &names[0], &names[1]) && score >= crate::THRESHOLD {
                prop_assert!(bound >= score - 1e-4, "{one} | {other}: {score} above {bound}");
            }
        }
    }

    #[test]
    fn which_part_stands_for_which_is_left_open() {
        let names =
            ["Carlos Maria Teresa", "Marius Carlsen Teresa"].map(|text| Name::parse(text, NameKind::Person));
        let score = score(&names[0], &names[1], Options::default());
        assert!(bound(NameKind::Person, &names[0], &names[1]).is_none_or(|bound| bound >= score));
    }
}
