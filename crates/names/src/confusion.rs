//! How probable it is that two sounds write the same: log-odds tables learnt from pairs of spellings, one for each
//! writing system against Latin letters (`data/names/confusions.yaml`, made by `lagebild train spellings`).
//!
//! As with the substitution matrices of biology (Henikoff & Henikoff 1992, BLOSUM), an entry is the logarithm of how
//! much more often two sounds stand opposite each other in spellings of the same name than in unrelated names.
//! The best sum over all alignments says how strongly two words speak for being the same: about 2^bits to 1.

use crate::{script::Script, sound::Sounds};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A writing system as it is read, against Latin letters (or Latin letters among themselves).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum System {
    Latin,
    Cyrillic,
    Greek,
    Armenian,
    Georgian,
    Devanagari,
    Thai,
    Kana,
    Hangul,
    Hebrew,
    Arabic,
    Mandarin,
    Japanese,
    Korean,
}

/// All systems.
pub(crate) const SYSTEMS: [System; 14] = [
    System::Latin,
    System::Cyrillic,
    System::Greek,
    System::Armenian,
    System::Georgian,
    System::Devanagari,
    System::Thai,
    System::Kana,
    System::Hangul,
    System::Hebrew,
    System::Arabic,
    System::Mandarin,
    System::Japanese,
    System::Korean,
];

impl System {
    /// How a word of this script is read; Han characters are read in the language of the reading.
    pub(crate) const fn of(script: Script, route: Route) -> Self {
        match (script, route) {
            (Script::Han, Route::Japanese) => Self::Japanese,
            (Script::Han, Route::Korean) => Self::Korean,
            (Script::Han, _) => Self::Mandarin,
            (Script::Cyrillic, _) => Self::Cyrillic,
            (Script::Greek, _) => Self::Greek,
            (Script::Armenian, _) => Self::Armenian,
            (Script::Georgian, _) => Self::Georgian,
            (Script::Devanagari, _) => Self::Devanagari,
            (Script::Thai, _) => Self::Thai,
            (Script::Kana, _) => Self::Kana,
            (Script::Hangul, _) => Self::Hangul,
            (Script::Hebrew, _) => Self::Hebrew,
            (Script::Arabic, _) => Self::Arabic,
            (Script::Latin | Script::Digit | Script::Other, _) => Self::Latin,
        }
    }
}

/// The language in which Han characters are read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(crate) enum Route {
    /// Scripts that are read in one way only.
    #[default]
    Plain,
    /// Mandarin.
    Mandarin,
    /// Japanese.
    Japanese,
    /// Korean.
    Korean,
}

/// A table as it lies in the file; all values in hundredths of a bit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TableFile {
    /// Pairs of spellings it was learnt from.
    pub(crate) learnt_from: usize,
    /// For pairs that are not given.
    pub(crate) other: i16,
    /// For a sound that only the native side writes.
    pub(crate) native_alone: BTreeMap<char, i16>,
    /// For a sound that only the Latin side writes.
    pub(crate) latin_alone: BTreeMap<char, i16>,
    /// For a native sound opposite a Latin one.
    pub(crate) pairs: BTreeMap<char, BTreeMap<char, i16>>,
}

/// Sounds are numbered by the low six bits of their letter.
pub(crate) const SOUNDS: usize = 64;

/// The number of a sound.
#[inline]
pub(crate) const fn slot(code: u8) -> usize {
    (code & 63) as usize
}

/// A table, ready for use.
#[derive(Debug, Clone)]
pub(crate) struct Confusion {
    pub(crate) pairs: Box<[[i16; SOUNDS]; SOUNDS]>,
    pub(crate) native_alone: [i16; SOUNDS],
    pub(crate) latin_alone: [i16; SOUNDS],
    /// The most that each native sound can score.
    pub(crate) native_best: [i16; SOUNDS],
    /// The most that each Latin sound can score.
    pub(crate) latin_best: [i16; SOUNDS],
}

/// What two readings say about being the same.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Evidence {
    /// Log-odds, in hundredths of a bit.
    pub(crate) bits: i32,
    /// The most that words like these could score, in hundredths of a bit.
    pub(crate) best: i32,
}

static TABLES: LazyLock<Vec<Confusion>> = LazyLock::new(|| {
    let json = include_str!(concat!(env!("OUT_DIR"), "/confusions.json"));
    let mut files: BTreeMap<System, TableFile> =
        lagebild_data::embedded("names/confusions.yaml", json).unwrap_or_default();
    SYSTEMS.iter().map(|system| Confusion::new(&files.remove(system).unwrap_or_default())).collect()
});

impl Confusion {
    /// The shipped table of a system.
    pub(crate) fn of(system: System) -> &'static Confusion {
        static NONE: LazyLock<Confusion> = LazyLock::new(|| Confusion::new(&TableFile::default()));
        TABLES.get(system as usize).unwrap_or(&NONE)
    }

    fn new(file: &TableFile) -> Self {
        let mut pairs = Box::new([[file.other; SOUNDS]; SOUNDS]);
        for (&native, row) in &file.pairs {
            for (&latin, &bits) in row {
                pairs[slot(native as u8)][slot(latin as u8)] = bits;
            }
        }
        let alone = |row: &BTreeMap<char, i16>| {
            let mut all = [file.other; SOUNDS];
            for (&sound, &bits) in row {
                all[slot(sound as u8)] = bits;
            }
            all
        };
        Self::with(pairs, alone(&file.native_alone), alone(&file.latin_alone))
    }

    pub(crate) fn with(
        pairs: Box<[[i16; SOUNDS]; SOUNDS]>,
        native_alone: [i16; SOUNDS],
        latin_alone: [i16; SOUNDS],
    ) -> Self {
        let native_best =
            std::array::from_fn(|i| pairs[i].iter().copied().max().unwrap_or(0).max(native_alone[i]));
        let latin_best =
            std::array::from_fn(|j| pairs.iter().map(|row| row[j]).max().unwrap_or(0).max(latin_alone[j]));
        Self { pairs, native_alone, latin_alone, native_best, latin_best }
    }

    /// The evidence of the best alignment. Neighbours that changed places are aligned crosswise at the price of `SWAP`.
    pub(crate) fn evidence(&self, native: &Sounds, latin: &Sounds) -> Evidence {
        self.evidence_from(native, latin, f32::NEG_INFINITY)
    }

    /// The same where it is at least this share of the best there could be; no bits where it is less.
    pub(crate) fn evidence_from(&self, native: &Sounds, latin: &Sounds, share: f32) -> Evidence {
        /// Two neighbours in the wrong order: as rare as a typing error.
        const SWAP: i32 = -700;
        /// Hundredths of a bit that the share may be off.
        const ROUNDING: f32 = 2.0;
        let (x, y) = (native.codes(), latin.codes());
        let most = |codes: &[u8], best: &[i16; SOUNDS]| -> i32 {
            codes.iter().map(|&code| i32::from(best[slot(code)])).sum()
        };
        let of_native = most(x, &self.native_best);
        let best = i32::midpoint(of_native, most(y, &self.latin_best)).max(1);
        #[expect(clippy::cast_possible_truncation, reason = "far below 2^31, or as low as there is")]
        let enough = (share * best as f32 - ROUNDING) as i32;
        // What the rows to come can add, and what could be reached from the last row: a crossing leaps over one.
        let alone = |&code: &u8| i32::from(self.latin_alone[slot(code)]).max(0);
        let mut rest = of_native + y.iter().map(alone).sum::<i32>();
        let mut from_last = i32::MAX;
        let mut rows = [[0i32; Sounds::MOST + 1]; 3];
        let [before, above, here] = &mut rows;
        // The two rows above and the one being written take turns.
        let (mut before, mut above, mut here) = (before, above, here);
        let mut left = 0;
        for (place, &code) in above[1..].iter_mut().zip(y) {
            left += i32::from(self.latin_alone[slot(code)]);
            *place = left;
        }
        let mut last = 0;
        for &p in x {
            let alone = i32::from(self.native_alone[slot(p)]);
            let pairs = &self.pairs[slot(p)];
            let mut aslant = above[0];
            let mut left = aslant + alone;
            here[0] = left;
            let mut beside = 0;
            let mut highest = left;
            for (j, ((place, &over), &q)) in here[1..].iter_mut().zip(&above[1..]).zip(y).enumerate() {
                let mut bits = (aslant + i32::from(pairs[slot(q)]))
                    .max(over + alone)
                    .max(left + i32::from(self.latin_alone[slot(q)]));
                if last == q && beside == p && p != q {
                    let both = self.pairs[slot(p)][slot(p)] + self.pairs[slot(q)][slot(q)];
                    bits = bits.max(before[j - 1] + i32::from(both) + SWAP);
                }
                *place = bits;
                highest = highest.max(bits);
                (left, aslant, beside) = (bits, over, q);
            }
            rest -= i32::from(self.native_best[slot(p)]);
            let from_here = highest + rest;
            if from_here.max(from_last) < enough {
                return Evidence { bits: 0, best };
            }
            from_last = from_here;
            last = p;
            (before, above, here) = (above, here, before);
        }
        let bits = above[y.len()];
        Evidence { bits, best }
    }
}
