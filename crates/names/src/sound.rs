//! Sounds: the common alphabet in which names of all scripts are compared, and what it costs to confuse two
//! of them (`data/names/sounds.yaml`).

use crate::{
    confusion::{Route, SOUNDS, slot},
    spellings::Spellings,
};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Sounds kept per name part; longer parts are cut (no real name part is longer).
const MAX: usize = 29;
/// Cost of one unrelated letter, the unit of all costs.
pub(crate) const TYPO: u16 = 100;

/// One reading of a name part as sounds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Sounds {
    len: u8,
    /// The script leaves vowels out, or adds some.
    unwritten: bool,
    route: Route,
    codes: [u8; MAX],
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SoundFile {
    spellings: BTreeMap<String, Vec<String>>,
    similar: Vec<Similar>,
    classes: BTreeMap<char, Vec<char>>,
    keys: BTreeMap<char, Vec<String>>,
    pub(crate) news: BTreeMap<String, Vec<String>>,
    pub(crate) transcribed: BTreeMap<String, Vec<String>>,
}

impl SoundFile {
    pub(crate) fn embedded() -> Self {
        let json = include_str!(concat!(env!("OUT_DIR"), "/sounds.json"));
        lagebild_data::embedded("names/sounds.yaml", json).unwrap_or_default()
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Similar {
    cost: u16,
    pairs: Vec<String>,
}

/// The tables of the file, by the slot of a sound where they are asked for each.
struct Table {
    spellings: Spellings<u8>,
    replace: Vec<[u16; SOUNDS]>,
    /// A bit for the class; none for vowels.
    class: [u16; SOUNDS],
    /// How it is written in keys, the likeliest way first.
    keys: Vec<Vec<Option<char>>>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| Table::new(SoundFile::embedded()));

impl Table {
    fn new(file: SoundFile) -> Self {
        let spellings = file.spellings.into_iter().flat_map(|(sound, spellings)| {
            let code = sound.bytes().next().unwrap_or_default();
            spellings.into_iter().map(move |spelling| (spelling, code))
        });
        let mut table = Self {
            spellings: Spellings::new(spellings),
            replace: vec![[TYPO; SOUNDS]; SOUNDS],
            class: [0; SOUNDS],
            keys: vec![Vec::new(); SOUNDS],
        };
        for (i, row) in table.replace.iter_mut().enumerate() {
            row[i] = 0;
        }
        for (at, (class, sounds)) in (0..).zip(file.classes) {
            for sound in sounds.into_iter().map(|sound| slot(sound as u8)) {
                table.class[sound] = 1 << at;
                table.keys[sound] = vec![Some(class)];
            }
        }
        for (sound, ways) in file.keys {
            table.keys[slot(sound as u8)] = ways.iter().map(|way| way.chars().next()).collect();
        }
        for similar in file.similar {
            for pair in &similar.pairs {
                if let [a, _, b] = *pair.as_bytes() {
                    table.replace[slot(a)][slot(b)] = similar.cost;
                    table.replace[slot(b)][slot(a)] = similar.cost;
                }
            }
        }
        table
    }
}

/// The kinds of consonants of a reading, a bit for each.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Consonants(u16);

impl Consonants {
    /// See [`Sounds::may_be`].
    #[inline]
    pub(crate) const fn may_be(self, other: Self) -> bool {
        let (a, b) = (self.0.count_ones(), other.0.count_ones());
        2 * (self.0 & other.0).count_ones() >= if a < b { a } else { b }
    }

    /// Those of words written together: where they meet, one sound may be written once, which leaves it there.
    #[inline]
    pub(crate) const fn with(self, next: Self) -> Self {
        Self(self.0 | next.0)
    }

    /// See [`Sounds::may_begin_with`].
    #[inline]
    pub(crate) const fn may_begin_with(self, head: Self) -> bool {
        2 * (self.0 & head.0).count_ones() >= head.0.count_ones()
    }
}

/// As bytes: what the reading is, then its sounds.
impl Serialize for Sounds {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut bytes = [0u8; MAX + 1];
        bytes[0] = u8::from(self.unwritten) | (self.route as u8) << 1;
        bytes[1..=self.codes().len()].copy_from_slice(self.codes());
        serializer.serialize_bytes(&bytes[..=self.codes().len()])
    }
}

impl<'de> Deserialize<'de> for Sounds {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let bytes = <&[u8]>::deserialize(deserializer)?;
        let (&first, codes) = bytes.split_first().ok_or_else(|| Error::custom("a reading without bytes"))?;
        let route =
            [Route::Plain, Route::Mandarin, Route::Japanese, Route::Korean][usize::from(first >> 1 & 3)];
        let mut sounds =
            Self { len: codes.len().min(MAX) as u8, unwritten: first & 1 == 1, route, codes: [0; MAX] };
        let len = usize::from(sounds.len);
        sounds.codes[..len].copy_from_slice(&codes[..len]);
        Ok(sounds)
    }
}

/// The sounds there are.
pub(crate) fn letters() -> impl Iterator<Item = u8> {
    (b'a'..=b'z').chain([b'A', b'I', b'U', b'G', b'S', b'Z', b'C', b'J', b'X', b'T', b'D', b'N'])
}

/// How a sound is written in keys, the likeliest way first: as a letter, or not at all. Nothing for vowels.
pub(crate) fn key_letters(code: u8) -> &'static [Option<char>] {
    &TABLE.keys[slot(code)]
}

/// What it costs by the hand-made table to take one sound for another, in hundredths of a typing error.
pub(crate) fn starting_cost(a: u8, b: u8) -> u16 {
    TABLE.replace[slot(a)][slot(b)]
}

/// Whether two neighbouring sounds are written once: the same, or a run of i and y.
#[inline]
pub(crate) const fn written_once(last: u8, code: u8) -> bool {
    const fn run(code: u8) -> bool {
        matches!(code, b'i' | b'y' | b'I')
    }
    last == code || (run(last) && run(code))
}

impl Sounds {
    /// Sounds kept of a word.
    pub(crate) const MOST: usize = MAX;

    /// A reading of these sounds.
    #[inline]
    pub(crate) fn of_codes(codes: impl Iterator<Item = u8>) -> Self {
        let mut sounds = Self::default();
        for (place, code) in sounds.codes.iter_mut().zip(codes) {
            *place = code;
            sounds.len += 1;
        }
        sounds
    }

    /// The same reading, said to be in a language.
    pub(crate) const fn by(mut self, route: Route) -> Self {
        self.route = route;
        self
    }

    /// The language in which Han characters were read.
    #[inline]
    pub(crate) const fn route(&self) -> Route {
        self.route
    }

    /// Cuts a Latin spelling (lower case, no marks; `~` as in the script tables) into sounds.
    pub fn of_spelling(spelling: &str, unwritten: bool) -> Self {
        let mut sounds = Self { len: 0, unwritten, route: Route::Plain, codes: [0; MAX] };
        let mut rest = spelling;
        while let Some(c) = rest.chars().next() {
            if let Some((n, &code)) = TABLE.spellings.at(rest) {
                sounds.push(code);
                rest = &rest[n..];
                continue;
            }
            if c.is_ascii_lowercase() {
                sounds.push(c as u8);
            }
            rest = &rest[c.len_utf8()..];
        }
        sounds.drop_final_glide();
        sounds
    }

    /// An `ij` at the end sounds like `i` (Andrij, Dmitrij); before a vowel the `j` is a sound of its own.
    fn drop_final_glide(&mut self) {
        if let [.., b'i' | b'y', b'j'] = self.codes() {
            self.len -= 1;
        }
    }

    /// The same reading, said to write its vowels or not.
    pub(crate) const fn written(mut self, vowels: bool) -> Self {
        self.unwritten = !vowels;
        self
    }

    /// Appends a sound; a doubled one, or a run of i and y, is written once.
    #[inline]
    fn push(&mut self, code: u8) {
        let len = usize::from(self.len);
        let last = if len == 0 { 0 } else { self.codes[len - 1] };
        if len == MAX || written_once(last, code) {
            return;
        }
        self.codes[len] = code;
        self.len += 1;
    }

    /// The first sound and the last; zeros for none.
    #[inline]
    pub(crate) fn ends(&self) -> (u8, u8) {
        let codes = self.codes();
        (codes.first().copied().unwrap_or(0), codes.last().copied().unwrap_or(0))
    }

    /// Whether the consonants of two readings have enough in common to be worth aligning.
    #[inline]
    pub(crate) fn may_be(&self, other: &Self) -> bool {
        self.consonants().may_be(other.consonants())
    }

    /// Whether a word may begin with this one: it has most of its kinds of consonants.
    #[inline]
    pub(crate) fn may_begin_with(&self, head: &Self) -> bool {
        self.consonants().may_begin_with(head.consonants())
    }

    /// The kinds of consonants in the reading; those that are easily confused are one kind.
    #[inline]
    pub(crate) fn consonants(&self) -> Consonants {
        let class = &TABLE.class;
        Consonants(self.codes().iter().fold(0, |all, &code| all | class[slot(code)]))
    }

    /// The sounds in order.
    #[inline]
    pub fn codes(&self) -> &[u8] {
        &self.codes[..usize::from(self.len)]
    }

    /// Whether vowels count for little in this reading.
    pub const fn unwritten(&self) -> bool {
        self.unwritten
    }

    /// The readings of two neighbours written as one.
    #[inline]
    pub(crate) fn joined(&self, next: &Self) -> Self {
        let mut both = *self;
        both.unwritten |= next.unwritten;
        for &code in next.codes() {
            both.push(code);
        }
        both
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::confusion::{Confusion, System};

    /// Share of the best possible evidence.
    fn share(a: &str, b: &str) -> f64 {
        let reading = |word| Sounds::of_spelling(word, false);
        let evidence = Confusion::of(System::Latin).evidence(&reading(a), &reading(b));
        f64::from(evidence.bits) / f64::from(evidence.best)
    }

    #[test]
    fn spellings_of_one_sound_are_near_typing_errors_less_so_and_other_names_far() {
        assert!(share("schoigu", "shoygu") > 0.8);
        assert!(share("wladimir", "vladimir") > 0.8);
        assert!((0.3..0.8).contains(&share("putin", "pulin")));
        assert!((0.3..0.8).contains(&share("schloz", "scholz")));
        assert!(share("medvedev", "mendeleev") < 0.6);
        assert!(share("schmidt", "popov") < 0.0);
    }

    #[test]
    fn the_data_file_is_well_formed_and_a_wrong_entry_is_named() {
        let yaml = include_str!("../../../data/names/sounds.yaml");
        assert!(lagebild_data::parse::<SoundFile>("sounds.yaml", yaml).is_ok());
        let error =
            lagebild_data::parse::<Vec<Similar>>("sounds.yaml", "- cost: 1\n  pairs: 2\n").unwrap_err();
        assert_eq!((error.line, error.field.as_str()), (2, "[0].pairs"));
    }
}
