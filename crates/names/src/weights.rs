//! The numbers behind a score: how hard each difference weighs (`judge.rs`), and what each other field adds (`record.rs`).
//!
//! They are chosen by hand, not learnt. Measured is what each does: it was made a fifth smaller and a fifth larger, all others
//! left (`crates/names/weights.py`), and stands beside the number as the change of F1 in thousandths, smaller then larger, over the
//! pairs of `lagebild eval names` (`name_bench.csv` and `entity_checks.yml` together, 814 pairs, F1 0.887; 2026-11-27). Most move
//! nothing within a fifth; where another value would be better on these pairs it was left, for they are few. What the fields of
//! a record add is measured together only, by `lagebild eval parties` ("by name" against "all fields").

use crate::kind::NameKind;

/// How hard differences weigh for a kind of party.
pub(crate) struct Rules {
    /// For parts that only one name has.
    pub(crate) extra: f32,
    /// Where each name has parts that the other lacks.
    pub(crate) conflict: f32,
    /// For parts that are only roughly alike.
    pub(crate) doubt: f32,
    /// Where all that matched is little.
    pub(crate) thin: f32,
    /// Bits that a name must say before it is believed to be one of the many listed ones, unless it is the same
    /// through and through.
    pub(crate) prior: f32,
    /// Bits added where every part has its counterpart.
    pub(crate) covered: f32,
    /// Bits added where both names are of one part: few listed names are.
    pub(crate) single: f32,
    /// Bits that a part without counterpart takes away.
    pub(crate) missing: f32,
    /// Bits that parts without counterpart on both sides take away.
    pub(crate) clash: f32,
    /// Whether numbers tell one from the other.
    pub(crate) numbers: bool,
}

const PERSON: Rules = Rules {
    extra: 0.42,   // +0.0 +1.0
    conflict: 0.5, // -16.8 +0.0
    doubt: 0.5,    // +0.0 -2.5
    thin: 0.3,     // no change
    prior: 20.5,   // +1.7 -13.5
    covered: 5.0,  // -7.6 -1.0
    single: 5.0,   // no change
    missing: 3.0,  // +0.0 -1.3
    clash: 8.0,    // no change
    numbers: false,
};

const VESSEL: Rules = Rules {
    extra: 0.7,    // +0.2 +0.0
    conflict: 0.6, // +1.5 +0.0
    doubt: 0.6,    // no change
    thin: 0.2,     // no change
    prior: 8.0,    // no change
    covered: 2.0,  // no change
    single: 0.0,   // no change
    missing: 3.0,  // no change
    clash: 8.0,    // no change
    numbers: true,
};

const ORGANISATION: Rules = Rules {
    extra: 0.75,    // +6.5 -0.8
    conflict: 0.55, // -1.0 -0.5
    doubt: 0.8,     // -1.0 +0.0
    thin: 0.2,      // no change
    prior: 8.0,     // +0.0 -2.5
    covered: 2.0,   // no change
    single: 0.0,    // no change
    missing: 1.0,   // no change
    clash: 3.0,     // no change
    numbers: true,
};

impl Rules {
    pub(crate) const fn of(kind: NameKind) -> &'static Self {
        match kind {
            NameKind::Person => &PERSON,
            NameKind::Vessel => &VESSEL,
            NameKind::Organisation | NameKind::Other => &ORGANISATION,
        }
    }
}

/// Pairs less alike than this raise doubt …
pub(crate) const ROUGHLY_ALIKE: f32 = 0.75; // -2.0 -3.6
/// … where the part weighs more than this.
pub(crate) const DOUBTFUL_FROM: f32 = 0.3; // no change
/// A part that weighs more than this says who it is; where none does, initials alone matched.
pub(crate) const PROPER: f32 = 0.15; // no change
/// What names score that are spellings of one syllable by syllable.
pub(crate) const SPELT_ALIKE: f64 = 0.95; // not swept
/// The share of the score that is left where initials alone matched.
pub(crate) const ONLY_INITIALS: f32 = 0.6; // no change
/// The share that is left where one may be the father of the other.
pub(crate) const FATHER_AND_SON: f32 = 0.65; // +0.0 -3.0
/// The share that is left where one is the junior of the other.
pub(crate) const OTHER_GENERATION: f32 = 0.65; // not swept
/// The share that is left where one is a man's and the other a woman's name.
pub(crate) const HE_AND_SHE: f32 = 0.68; // not swept
/// Bits that another order of three names or more takes away: who is called Ali Hassan is not called Hassan Ali.
pub(crate) const OTHER_ORDER: f32 = 18.0; // not swept
/// What contradicts counts in full from this weight on; the rest changes nothing any more.
pub(crate) const MOST_CONFLICT: f32 = 1.0; // no change
/// By how much each weight that matched lessens a contradiction: in a long name one other part is more often a variant.
pub(crate) const RELIEF: f32 = 0.04; // +0.0 -4.0
/// Less weight than this matched: thin.
pub(crate) const THICK: f32 = 0.9; // no change
/// A contradiction of this weight is told in words.
pub(crate) const TOLD_CONFLICT: f32 = 0.3; // no change

/// Each bit beyond chance raises the score by this much above the threshold.
pub(crate) const SCORE_OF_A_BIT: f32 = 0.03; // no change
/// Bits that a missing part takes away from a name in Chinese characters or Hangul, which people write in full.
pub(crate) const SYLLABLE_MISSING: f32 = 8.0; // no change
/// Bits that a wholly unlike pair takes away where parts have no counterpart: a name that is neither complete nor exact …
pub(crate) const ROUGH: f32 = 15.0; // no change
/// … which it is where more weight than this has none.
pub(crate) const INCOMPLETE: f32 = 0.3; // no change
/// Where no more weight than this has no counterpart, every part has one (particles weigh 0.1, what stands in brackets 0.05).
pub(crate) const COMPLETE: f32 = 0.05; // no change
/// Bits taken away where no part of a known family name has its counterpart.
pub(crate) const FAMILY_LOST: f32 = 6.0; // no change
/// Bits taken away where the father's name of one stands for the family name of the other.
pub(crate) const FATHER_FOR_FAMILY: f32 = 15.0; // none of these pairs has one; `tests/fathers_names.rs`
/// Weight up to which parts without counterpart on both sides take bits away.
pub(crate) const MOST_CLASH: f32 = 1.5; // no change
/// The most bits that a pair of full weight can say: about the number of people there are in a large country.
pub(crate) const MOST_BITS: f32 = 22.0; // +0.7 +5.0
/// The most bits of a common part, for each weight.
pub(crate) const BITS_OF_WEIGHT: f32 = 10.0; // -5.6 +0.2

/// Likeness from which on two parts of one script are the same but for an accent or the like …
pub(crate) const SAME_IN_SCRIPT: f32 = 0.9; // +0.0 -1.3
/// … and two parts of two scripts.
pub(crate) const SAME_ACROSS: f32 = 0.99; // no change
/// The share that is left where each name has a number that the other lacks …
pub(crate) const OTHER_NUMBER: f32 = 0.9; // -2.5 +6.7
/// … and where one has a number and the other none.
pub(crate) const NO_NUMBER: f32 = 0.88; // +1.0 +2.7
/// What an initial without counterpart weighs: more than one with (0.35), for the name behind it is missing.
pub(crate) const FREE_INITIAL: f32 = 0.6; // no change
/// What words in brackets weigh among names proper that have no counterpart.
pub(crate) const FREE_ASIDE: f32 = 0.5; // -1.0 +2.0
/// The share that is left where one is a non-profit body and the other a company or an enterprise …
pub(crate) const NONPROFIT: f32 = 0.68; // +0.0 -2.0
/// … and where both are companies of two classes, which translations confuse.
pub(crate) const OTHER_LEGAL_FORM: f32 = 0.95; // +2.0 -1.0

/// Letters of an acronym: two are too many bodies', seven a word.
pub(crate) const ACRONYM: std::ops::RangeInclusive<usize> = 3..=6;

/// What the fields of a record besides names add to the score of the names, or take away.
pub(crate) mod field {
    /// An identifier that belongs to one party only; the score is then at least [`crate::scores::SAME_IDENTIFIER`].
    pub(crate) const STRONG_IDENTIFIER: f64 = 0.6;
    /// Another identifier.
    pub(crate) const IDENTIFIER: f64 = 0.2;
    /// Another identifier of the same kind.
    pub(crate) const OTHER_IDENTIFIER: f64 = -0.15;
    /// Born on the same day, or with day and month swapped.
    pub(crate) const BORN_SAME_DAY: f64 = 0.1;
    /// Born in the same year, of which no more is known.
    pub(crate) const BORN_SAME_YEAR: f64 = 0.05;
    /// Born in the same year on another day: lists often have two days for one person.
    pub(crate) const BORN_OTHER_DAY: f64 = -0.05;
    /// Born a year before or after: "circa", and other calendars.
    pub(crate) const BORN_NEXT_YEAR: f64 = -0.06;
    /// Born two or three years before or after.
    pub(crate) const BORN_NEAR_YEAR: f64 = -0.15;
    /// Years that are still near.
    pub(crate) const NEAR_YEARS: i32 = 3;
    /// Born in quite another year.
    pub(crate) const BORN_OTHER_YEAR: f64 = -0.25;
    /// A country in common.
    pub(crate) const COUNTRY: f64 = 0.03;
    /// Countries, and none in common.
    pub(crate) const OTHER_COUNTRY: f64 = -0.1;
    /// Another gender.
    pub(crate) const OTHER_GENDER: f64 = -0.2;
    /// An address in common.
    pub(crate) const ADDRESS: f64 = 0.05;
    /// The share of the words of the shorter address that the other must have: four of five, and more than one.
    pub(crate) const ADDRESS_WORDS: (usize, usize) = (4, 5);

    const _: () = assert!(BORN_SAME_DAY + COUNTRY + ADDRESS <= crate::scores::MOST_LIFT);
}
