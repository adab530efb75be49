//! What a score means: all thresholds of scores, and all scores that are given without a comparison, in one place.
//!
//! A score runs from 0 (nothing in common) to 1 (the same). The numbers are chosen, not learnt; what they do together is
//! measured with `lagebild eval names`, `eval parties` and `eval spotting` (`docs/screening.md` has the figures).

/// From this score on two names, or two parties, are taken for the same. The comparison is laid out around it (see
/// [`crate::score`]): a name that says just as much as chance would has this score.
pub const THRESHOLD: f64 = 0.7;

/// Screening shows what reaches this, unless somebody asks for less: below the threshold, for a person to look at.
pub const SHOWN: f64 = 0.5;

/// Names that cannot reach this are never compared in full, however little is asked for: a name of a few common parts shares that
/// much with thousands.
pub const COMPARED: f64 = 0.4;

/// What the other fields of a record lift a pair of names by at most, an identifier aside: what lies deeper below [`SHOWN`] cannot
/// become a hit (`record.rs` holds its points to it).
pub const MOST_LIFT: f64 = 0.2;

/// A party of which one name comes this near to a hit is compared by all its names.
pub const NEAR: f64 = 0.15;

/// What is a match by itself with nothing to spare: a name that stands on the list word for word, though it says little (one
/// letter, a number, a legal form), and an acronym for the name behind it.
pub const JUST_A_MATCH: f64 = 0.75;

/// The least score of records that share an identifier which belongs to one party only: certain, but for a typing error in it.
pub const SAME_IDENTIFIER: f64 = 0.97;

/// Scores of names in running text (`lagebild-watchlist`) where there is nothing to compare.
pub mod in_text {
    /// The whole name, letter by letter, in a script that has no other spelling of it.
    pub const LETTER_BY_LETTER: f64 = 0.95;
    /// A name found by its consonants in another script has to reach this: consonants alone tell less.
    pub const BY_CONSONANTS: f64 = 0.8;
    /// A foreign name in Chinese characters, by its consonants alone: there is no more to compare.
    pub const IN_CHINESE: f64 = 0.75;
    /// A surname alone where the full name stands elsewhere in the text.
    pub const SURNAME_CONFIRMED: f64 = 0.7;
    /// An initial with a surname whose listed bearers all share the first name.
    pub const INITIAL_UNIQUE: f64 = 0.7;
    /// A surname alone in another script, the full name elsewhere in the text.
    pub const SURNAME_BY_CONSONANTS: f64 = 0.6;
    /// A surname alone in a script that is compared letter by letter.
    pub const SURNAME_LETTER_BY_LETTER: f64 = 0.5;
    /// A surname alone that only one listed person bears, on several lists.
    pub const SURNAME_RARE: f64 = 0.45;
    /// A name that its publisher calls weak counts this share of its score.
    pub const WEAK: f64 = 0.8;
}

const _: () = assert!(
    COMPARED < SHOWN && SHOWN < THRESHOLD && THRESHOLD < JUST_A_MATCH && JUST_A_MATCH < SAME_IDENTIFIER
);
