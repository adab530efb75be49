//! The outline of a part: its consonants and weight in eight bytes, enough to tell that two parts cannot be alike.

use crate::{
    judge,
    keys::skeleton,
    kind::NameKind,
    part::{Part, PartKind},
};

/// Consonants kept: four bits each.
const MOST: usize = 10;
const WEIGHT_AT: u32 = 40;
const INITIAL: u64 = 1 << 48;
/// Alike only what shares a key: characters that stand for syllables, numbers.
const BY_KEY: u64 = 1 << 49;
/// Belongs to another way to cut the name.
const OTHER_CUT: u64 = 1 << 50;

/// What the consonants of a part are, how much it weighs, and what may stand for it; kept in an index for every part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outline(u64);

impl Outline {
    pub(crate) fn of(part: &Part, other_cut: bool) -> Self {
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
        Self(if other_cut { bits | OTHER_CUT } else { bits })
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
        self.0 & OTHER_CUT != 0
    }

    /// Whether parts that share no key may be alike all the same: a sound in three is another, or where words may be
    /// written together, one is the beginning of the other.
    fn may_be(self, other: Self, joined: bool) -> bool {
        if (self.0 | other.0) & BY_KEY != 0 {
            return false;
        }
        if (self.0 | other.0) & INITIAL != 0 {
            return true;
        }
        let (a, b) = (self.sounds(), other.sounds());
        let (short, long) = if a.1 <= b.1 { (a, b) } else { (b, a) };
        let begins = joined && short.1 > 1 && short.0 == long.0 & ((1 << (4 * short.1)) - 1);
        begins || within(a, b, long.1 / 3)
    }

    /// The classes of its sounds, four bits each, and how many there are.
    const fn sounds(self) -> (u64, u32) {
        let bits = self.0 & ((1 << WEIGHT_AT) - 1);
        (bits, (67 - bits.leading_zeros()) / 4)
    }
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
pub fn at_most(kind: NameKind, query: &[Outline], candidate: &[Outline], shared: (u32, u32)) -> f64 {
    let is = |mask: u32, at: usize| mask & 1 << at != 0;
    let weight = |outlines: &[Outline], mask: u32| -> f32 {
        let all = outlines.iter().enumerate().filter(|(at, _)| is(mask, *at));
        all.map(|(_, outline)| outline.weight()).sum()
    };
    let (mut of_query, mut of_candidate) = shared;
    let mut matched = weight(query, of_query).max(weight(candidate, of_candidate));
    let mut bits = bits_of(query, of_query).max(bits_of(candidate, of_candidate));
    let joined = query.len() != candidate.len();
    for (i, asked) in query.iter().enumerate().filter(|(i, _)| !is(shared.0, *i)) {
        let free = |j: usize, mask: u32| !is(mask, j);
        let found = candidate
            .iter()
            .enumerate()
            .find(|(j, listed)| free(*j, of_candidate) && asked.may_be(**listed, joined));
        if let Some((j, listed)) = found {
            of_query |= 1 << i;
            of_candidate |= 1 << j;
            let weight = asked.weight().max(listed.weight());
            matched += weight;
            bits += judge::most_bits(weight);
        }
    }
    let free = |outlines: &[Outline], mask: u32| -> f32 {
        let free =
            outlines.iter().enumerate().filter(|(at, outline)| !is(mask, *at) && !outline.may_be_free());
        free.map(|(_, outline)| outline.weight()).sum()
    };
    judge::at_most(kind, (matched, bits), (free(query, of_query), free(candidate, of_candidate)))
}

fn bits_of(outlines: &[Outline], mask: u32) -> f32 {
    let shared = outlines.iter().enumerate().filter(|(at, _)| mask & 1 << at != 0);
    shared.map(|(_, outline)| judge::most_bits(outline.weight())).sum()
}
