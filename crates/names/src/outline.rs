//! The outline of a part: its sounds and weight in sixteen bytes, enough to tell how alike two parts can be at most.

use crate::{
    confusion::{SYSTEMS, System, slot},
    hash::stored_hash,
    part::{Part, PartKind},
    sound::Sounds,
};

/// Sounds kept: six bits each.
pub(crate) const MOST: usize = 15;
/// Bytes of a word that may be a particle with a typing error.
const SHORT_WORD: usize = 4;
const WEIGHT_AT: u32 = 90;
const WEIGHT: u128 = 127;
const INITIAL: u128 = 1 << 97;
/// Read in several ways (characters that stand for syllables), or not at all (numbers): alike only what shares a key.
const BY_KEY: u128 = 1 << 98;
/// The name can be cut in two ways, so that the part may not be there.
const TWO_CUTS: u128 = 1 << 99;
/// So short that it may be a particle with a typing error.
const SHORT: u128 = 1 << 100;
/// A particle ("al", "von").
const PARTICLE: u128 = 1 << 101;
/// It says who it is.
const COUNTS: u128 = 1 << 102;
const SYSTEM_AT: u32 = 103;
/// The number of the words that it may be replaced by, of which there are fewer than these; 0 is none.
const GROUP_AT: u32 = 107;
const GROUPS: u16 = 255;
/// A hash of the letters in any order, in the bits that are left.
const LETTERS_AT: u32 = 115;

/// What the sounds of a part are, how much it weighs, and what may stand for it; kept in an index for every part.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Outline(u128);

impl Outline {
    /// Bytes in an index.
    pub const BYTES: usize = 16;

    /// `two_cuts` says that the name can be cut in two ways.
    pub(crate) fn of(part: &Part, two_cuts: bool) -> Self {
        let reading = part.readings.first().copied().unwrap_or_default();
        let sounds = reading.codes().iter().take(MOST).zip(0u32..);
        let bits = sounds.fold(0, |bits, (&code, at)| bits | (slot(code) as u128) << (6 * at));
        #[expect(clippy::cast_sign_loss, reason = "clamped")]
        let weight = (part.weight.clamp(0.0, 1.0) * 100.0).round() as u128;
        let flags = [
            (INITIAL, part.kind == PartKind::Initial),
            (BY_KEY, part.script.writes_syllables() || part.kind == PartKind::Number || bits == 0),
            (TWO_CUTS, two_cuts),
            (SHORT, part.folded.len() <= SHORT_WORD),
            (PARTICLE, part.kind == PartKind::Particle),
            (COUNTS, part.kind.counts()),
        ];
        let flags: u128 = flags.iter().filter(|(_, holds)| *holds).map(|(flag, _)| flag).sum();
        let system = System::of(part.script, reading.route()) as u128;
        let group = if part.group == 0 { 0 } else { u128::from(part.group % GROUPS) + 1 };
        let letters = u128::from(letters_in_any_order(&part.folded)) << LETTERS_AT;
        Self(bits | weight << WEIGHT_AT | flags | system << SYSTEM_AT | group << GROUP_AT | letters)
    }

    /// The bytes of an index.
    pub const fn to_bytes(self) -> [u8; Self::BYTES] {
        self.0.to_le_bytes()
    }

    /// From the bytes of an index.
    #[inline]
    pub const fn from_bytes(bytes: [u8; Self::BYTES]) -> Self {
        Self(u128::from_le_bytes(bytes))
    }

    /// Its sounds and how they are written, and nothing else.
    #[inline]
    pub(crate) const fn heard(self) -> u128 {
        const SOUNDS: u128 = (1 << WEIGHT_AT) - 1;
        self.0 & (SOUNDS | 15 << SYSTEM_AT)
    }

    /// The same of so many sounds, if they are not too many for an outline.
    pub(crate) fn heard_of(system: System, sounds: &Sounds) -> Option<u128> {
        let codes = sounds.codes();
        let bits = codes.iter().rev().fold(0, |bits, &code| bits << 6 | slot(code) as u128);
        (codes.len() <= MOST).then_some(bits | (system as u128) << SYSTEM_AT)
    }

    /// How much the part says about who bears the name.
    #[inline]
    pub fn weight(self) -> f32 {
        (self.0 >> WEIGHT_AT & WEIGHT) as f32 / 100.0
    }

    /// Whether nothing is amiss when it has no counterpart.
    #[inline]
    pub(crate) const fn may_be_free(self) -> bool {
        self.0 & TWO_CUTS != 0
    }

    /// Whether it says who it is.
    #[inline]
    pub(crate) const fn counts(self) -> bool {
        self.0 & COUNTS != 0
    }

    /// Whether it is alike only to what shares a key.
    #[inline]
    pub(crate) const fn by_key(self) -> bool {
        self.0 & BY_KEY != 0
    }

    /// Whether it stands for any name of that letter.
    #[inline]
    pub(crate) const fn initial(self) -> bool {
        self.0 & INITIAL != 0
    }

    /// Whether both are particles, or one is and the other is so short that it may be one misspelt.
    #[inline]
    pub(crate) const fn may_be_particle(self, other: Self) -> bool {
        let (a, b) = (self.0, other.0);
        a & b & PARTICLE != 0 || (a | b) & PARTICLE != 0 && a & b & SHORT != 0
    }

    /// Whether both may be of the same letters.
    #[inline]
    pub(crate) const fn may_be_letters(self, other: Self) -> bool {
        self.0 >> LETTERS_AT == other.0 >> LETTERS_AT
    }

    /// Whether it is looked up by no key: an initial or a particle.
    #[inline]
    pub(crate) const fn keyless(self) -> bool {
        self.0 & (INITIAL | PARTICLE) != 0
    }

    /// Whether it is like nothing that is not written the same: a number, or what has no sound.
    #[inline]
    pub(crate) fn number(self) -> bool {
        self.by_key() && (!self.syllables() || self.0.trailing_zeros() >= 6)
    }

    /// Whether one may replace the other (pet names, translations).
    #[inline]
    pub(crate) const fn may_be_group(self, other: Self) -> bool {
        let (a, b) = (self.0 >> GROUP_AT & GROUPS as u128, other.0 >> GROUP_AT & GROUPS as u128);
        a != 0 && a == b
    }

    /// Whether there may be more sounds than are kept.
    #[inline]
    pub(crate) const fn cut(self) -> bool {
        self.0 >> (6 * (MOST as u32 - 1)) & 63 != 0
    }

    /// Whether it is written in Chinese characters.
    #[inline]
    pub(crate) fn han(self) -> bool {
        matches!(self.system(), System::Mandarin | System::Japanese | System::Korean)
    }

    /// Whether it is written in characters that stand for syllables.
    #[inline]
    pub(crate) fn syllables(self) -> bool {
        self.han() || self.system() == System::Hangul
    }

    /// How its sounds are written.
    #[inline]
    pub(crate) fn system(self) -> System {
        SYSTEMS.get((self.0 >> SYSTEM_AT & 15) as usize).copied().unwrap_or(System::Latin)
    }

    /// Its first reading.
    #[inline]
    pub(crate) fn sounds(self) -> Sounds {
        // In two halves, for shifting all bits at once takes several steps.
        let half = |from: u32| (self.0 >> from) as u64;
        let (low, high) = (half(0), half(6 * 8));
        let code = |half: u64, at: u32| (half >> (6 * at) & 63) as u8;
        let codes =
            (0..8).map(move |at| code(low, at)).chain((0..MOST as u32 - 8).map(move |at| code(high, at)));
        // Sounds are numbered by the low six bits of their letter.
        Sounds::of_codes(codes.take_while(|&slot| slot != 0).map(|slot| slot | 64))
    }

    /// Whether it may be written together with others: no initial, no number.
    #[inline]
    pub(crate) fn joinable(self) -> bool {
        let number = self.by_key() && self.system() == System::Latin;
        !self.initial() && !number && self.0 & 63 != 0
    }
}

/// The same for words of the same letters.
fn letters_in_any_order(word: &str) -> u64 {
    let mut letters: Vec<char> = word.chars().collect();
    letters.sort_unstable();
    stored_hash("letters", &[String::from_iter(letters).as_bytes()])
}
