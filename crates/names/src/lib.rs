//! What a name is in each script and culture, how two names compare, and why.
//!
//! A name is prepared once ([`Name::parse`]): cut into parts, each with the readings its script allows. Two
//! prepared names are compared ([`compare`]) by aligning their parts: the score says how sure, the alignment why.
//! [`compare_records`] adds what else is known of two parties.
//!
//! Knows scripts, spellings and how often words occur in names. It must not know lists, documents or who is listed, and
//! decides nothing by one name alone: data in `data/names`, no name in the code.

mod align;
mod bound;
mod compare;
mod confusion;
mod descent;
pub mod eval;
mod explain;
mod firm;
mod fold;
mod hash;
mod judge;
mod keys;
mod kind;
mod lexicon;
mod name;
mod outline;
mod part;
mod readings;
mod record;
mod romanise;
mod rough;
pub mod scores;
mod script;
mod sound;
mod spellings;
mod spelt;
mod token;
pub mod train;
mod weights;

pub use align::Rule;
pub use bound::Bound;
pub use compare::{Aligned, Comparison, Options, Range, compare, score};
pub use hash::stored_hash;
pub use keys::PartKeys;
pub use kind::{NameKind, schema_called};
pub use lexicon::{LegalClass, family_name_first};
pub use name::Name;
pub use outline::Outline;
pub use part::{Part, PartKind};
pub use record::{Contribution, Record, RecordComparison, compare_fields, compare_records};
pub use romanise::{is_apostrophe, is_romanised, romanise};
pub use rough::{consonants, news_sound};
pub use scores::THRESHOLD;
pub use script::Script;
pub use sound::Sounds;

/// How many words from the first on are a legal form ("Ltd", "S", "A", "R", "L", "общество с ограниченной ответственностью"):
/// the most that are one; none where no legal form begins.
pub fn legal_form(words: &[&str]) -> Option<usize> {
    let folded: Vec<String> = words.iter().take(LONGEST_LEGAL_FORM).map(|word| fold::fold(word)).collect();
    (1..=folded.len()).rev().find(|&n| lexicon::LEXICON.legal.contains_key(&folded[..n].join(" ")))
}

/// Words of the longest legal form.
pub const LONGEST_LEGAL_FORM: usize = 7;

/// The likeliest Latin spelling of a word in any script, in lower case: "プーチン" is "puchin", "بوتين" "bwtyn".
pub fn latin_spelling(word: &str) -> String {
    let tokens = token::tokens(word);
    tokens
        .iter()
        .map(|token| {
            readings::spelling(&readings::unified(fold::fold(token.text), token.script), token.script)
        })
        .collect()
}

/// SHA-256 of the words and names that the comparison knows.
pub const DATA_HASH: &str = env!("DATA_HASH");

/// What the README shows, run as a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
