//! Nouns by what they can be in a transfer: `data/lexicon/<language>/referents.yaml`.

use lagebild_data::DataError;
use lagebild_language::Language;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// The file; its head explains the fields.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct File {
    compounds: bool,
    parties: Vec<String>,
    pronouns: Vec<String>,
    generic: Vec<String>,
    measures: Vec<String>,
    not_items: Vec<String>,
    places: Vec<String>,
    money: Vec<String>,
    numbers: BTreeMap<String, f64>,
    magnitudes: BTreeMap<String, f64>,
    decimal: Option<char>,
    exchange: Vec<String>,
    authorities: Vec<String>,
    exports: Vec<String>,
    descriptions: Vec<String>,
    #[serde(default)]
    states: Vec<String>,
    senders: Vec<String>,
    recipients: Vec<String>,
    laden: Vec<String>,
    of: Vec<String>,
    returns: Vec<String>,
    bound: Heading,
    coming: Heading,
}

/// Words beside goods that tell whither or whence they are on their way, and what stands before the place.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Heading {
    /// Lemmas of verbs, participles and adjectives, in small letters: "destined".
    pub(crate) words: Vec<String>,
    /// Places of the arguments, as in `frames.yaml`: "for".
    pub(crate) places: Vec<String>,
}

/// What a noun can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sense {
    /// People, a body, a state: it can give and receive.
    Party,
    /// What may go without being a particular good: "equipment".
    Generic,
    /// It counts or holds a good that stands beside it.
    Measure,
    /// No thing that goes, whatever stands beside it.
    NotItem,
    Place,
    Money,
}

/// The words of a language, in small letters.
#[derive(Debug, Default)]
pub(crate) struct ReferentWords {
    /// Nouns are written together, so that the last part tells what the whole is.
    pub(crate) compounds: bool,
    senses: BTreeMap<String, Sense>,
    pronouns: BTreeSet<String>,
    pub(crate) numbers: BTreeMap<String, f64>,
    pub(crate) magnitudes: BTreeMap<String, f64>,
    pub(crate) decimal: char,
    /// Words that say that something is given in return, in small letters.
    pub(crate) exchange: Vec<String>,
    authorities: BTreeSet<String>,
    exports: BTreeSet<String>,
    descriptions: BTreeSet<String>,
    states: BTreeSet<String>,
    senders: BTreeSet<String>,
    recipients: BTreeSet<String>,
    /// Prepositions between what carries and what it carries: "a lorry *with* sights".
    pub(crate) laden: Vec<String>,
    /// Prepositions before an owner: "the frigates *of* Morocco".
    pub(crate) of: Vec<String>,
    /// Prepositions before what is given back: "oil *in return for* shells".
    pub(crate) returns: Vec<String>,
    /// Whither goods are on their way.
    pub(crate) bound: Heading,
    /// Whence they come.
    pub(crate) coming: Heading,
}

impl lagebild_language::Lexicon for ReferentWords {
    fn of(language: &Language) -> Result<Option<Self>, DataError> {
        Ok(language.read::<File>("referents")?.map(Self::from))
    }
}

impl From<File> for ReferentWords {
    fn from(file: File) -> Self {
        let lists = [
            (file.parties, Sense::Party),
            (file.generic, Sense::Generic),
            (file.measures, Sense::Measure),
            (file.not_items, Sense::NotItem),
            (file.places, Sense::Place),
            (file.money, Sense::Money),
        ];
        let senses = lists
            .into_iter()
            .flat_map(|(words, sense)| words.into_iter().map(move |word| (word.to_lowercase(), sense)));
        let small = |words: Vec<String>| words.into_iter().map(|word| word.to_lowercase()).collect();
        Self {
            compounds: file.compounds,
            senses: senses.collect(),
            pronouns: small(file.pronouns),
            numbers: file.numbers,
            magnitudes: file.magnitudes,
            decimal: file.decimal.unwrap_or('.'),
            exchange: file.exchange,
            authorities: small(file.authorities),
            exports: small(file.exports),
            descriptions: small(file.descriptions),
            states: small(file.states),
            senders: small(file.senders),
            recipients: small(file.recipients),
            laden: file.laden,
            of: file.of,
            returns: file.returns,
            bound: file.bound,
            coming: file.coming,
        }
    }
}

/// Letters that a last part of a compound has at least, and that stand before it.
const SHORTEST_PART: usize = 3;

impl ReferentWords {
    /// What a noun can be, by its lemma; a compound by its longest known last part.
    pub(crate) fn sense(&self, lemma: &str) -> Option<Sense> {
        let lemma = lemma.to_lowercase();
        let known = |word: &str| self.senses.get(word).copied();
        let last_part = || {
            let ends =
                lemma.char_indices().skip(SHORTEST_PART).map(|(at, _)| lemma.get(at..).unwrap_or_default());
            ends.filter(|end| end.chars().nth(SHORTEST_PART).is_some()).find_map(known)
        };
        let after_hyphen = || known(lemma.rsplit_once('-')?.1);
        known(&lemma).or_else(after_hyphen).or_else(|| self.compounds.then(last_part).flatten())
    }

    /// True for a word that names goods and says nothing of them, as it is written: "cargo".
    pub(crate) fn is_general(&self, word: &str) -> bool {
        matches!(self.sense(word), Some(Sense::Generic | Sense::Measure))
    }

    /// Who may stop goods on their way: customs, police. A compound counts by its last part.
    pub(crate) fn is_authority(&self, lemma: &str) -> bool {
        self.ends_in(&self.authorities, lemma)
    }

    /// What leaves one's own country: "export". A compound counts by its last part.
    pub(crate) fn is_export(&self, lemma: &str) -> bool {
        self.ends_in(&self.exports, lemma)
    }

    /// What a firm or body that was named before may be called: "the company".
    pub(crate) fn describes(&self, lemma: &str) -> bool {
        self.descriptions.contains(&lemma.to_lowercase())
    }

    /// What a state that was named before, or somebody's own, may be called: "the country".
    pub(crate) fn is_state(&self, lemma: &str) -> bool {
        self.states.contains(&lemma.to_lowercase())
    }

    /// The side of a transfer that a noun denotes by itself: giver (true) for "sender", receiver (false) for "buyer".
    pub(crate) fn side(&self, lemma: &str) -> Option<bool> {
        let of = |words| self.ends_in(words, lemma);
        of(&self.senders).then_some(true).or_else(|| of(&self.recipients).then_some(false))
    }

    fn ends_in(&self, words: &BTreeSet<String>, lemma: &str) -> bool {
        let lemma = lemma.to_lowercase();
        words.contains(&lemma)
            || self.compounds && words.iter().any(|word| lemma.len() > word.len() && lemma.ends_with(word))
    }

    /// True for a pronoun, in small letters, that can stand for a party.
    pub(crate) fn is_pronoun(&self, word: &str) -> bool {
        self.pronouns.contains(word)
    }
}
