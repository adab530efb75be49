//! The words of a language that shape a clause: `data/lexicon/<code>/{predicates,factuality}.yaml`.

use crate::model::{Certainty, Marker, Status};
use lagebild_data::{DataError, embedded, parse};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// What is known of one language.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    /// ISO 639-1 code.
    pub code: String,
    /// Words that shape a clause.
    pub words: Words,
    /// Words that say whether something holds.
    pub factuality: Factuality,
    classes: BTreeMap<String, (Class, Option<Certainty>)>,
}

/// `predicates.yaml`: see the head of the file.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[expect(missing_docs, reason = "the head of each data file explains the fields")]
pub struct Words {
    pub passive: BTreeSet<String>,
    pub passive_feats: Vec<String>,
    pub impersonal_passive_endings: Vec<String>,
    pub receptive: BTreeSet<String>,
    pub receptive_reflexive: BTreeSet<String>,
    pub passive_support: BTreeSet<String>,
    pub agents: Vec<String>,
    pub modals: Vec<Modal>,
    pub moods: Vec<Mood>,
    pub negations: BTreeSet<String>,
    pub not_negations: Vec<String>,
    pub adverbs: Vec<Adverbs>,
    pub support: BTreeSet<String>,
    pub receptive_support: BTreeSet<String>,
    pub control: Control,
    pub markers: BTreeMap<Marker, Vec<String>>,
    pub sources: Vec<String>,
    /// Contracted prepositions and what they stand for, with the case they show: `im: in+dat`.
    pub contractions: BTreeMap<String, String>,
    /// Forms of articles and pronouns, and the cases that they can be.
    pub cases: BTreeMap<String, Vec<String>>,
    /// Prepositions that only say how exact a number is: "up to 500".
    pub approximate: Vec<String>,
    /// Verbs of two words, for trees that take the particle for a preposition.
    pub phrasal: BTreeSet<String>,
    /// Articles that look like a preposition: fr "du".
    pub partitives: BTreeSet<String>,
}

/// A modal verb.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the head of each data file explains the fields")]
pub struct Modal {
    pub lemma: String,
    #[serde(default)]
    pub form: Option<String>,
    pub certainty: Certainty,
    #[serde(default)]
    pub status: Option<Status>,
    #[serde(default)]
    pub reported: bool,
}

/// A verb form that says how sure something is.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the head of each data file explains the fields")]
pub struct Mood {
    pub form: String,
    pub certainty: Certainty,
    #[serde(default)]
    pub status: Option<Status>,
    #[serde(default)]
    pub reported: bool,
}

/// Words and phrases of one effect.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the head of each data file explains the fields")]
pub struct Adverbs {
    pub words: Vec<String>,
    pub certainty: Certainty,
    #[serde(default)]
    pub status: Option<Status>,
    #[serde(default)]
    pub reported: bool,
}

/// Who does what an infinitive says.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Control {
    /// Verbs whose object (or dative) does it; with all others it is the subject.
    pub object: BTreeSet<String>,
}

/// `factuality.yaml`: what an embedding word says of what it embeds.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Factuality {
    /// The words of each class.
    pub classes: BTreeMap<Class, Members>,
}

/// The words of a class.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Members {
    pub verbs: Vec<Member>,
    pub nouns: Vec<Member>,
    pub adjectives: Vec<Member>,
}

/// A word, and what it says of its complement when it is negated, if that is not what its class says.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Member {
    Word(String),
    Negated { lemma: String, negated: Certainty },
}

/// Classes of embedding words; [`crate::factuality`] says what each does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names say it")]
#[rustfmt::skip]
pub enum Class {
    Report, Confirm, Deny, Belief, Suspect, Accuse, Doubt, Know, Plan, Promise, Wish, Offer, Negotiate, Permit, Ban,
    Prevent, Refuse, Fail, Manage, Begin, Continue, Stop, Seize, Try, Threaten, Agree, Consider, Unclear, Condition,
}

impl Lexicon {
    /// From the two files of a language, as YAML; errors name file, line and field.
    pub fn from_yaml(code: &str, predicates: &str, factuality: &str) -> Result<Lexicon, DataError> {
        let words = parse(&format!("{code}/predicates.yaml"), predicates)?;
        Ok(Self::new(code, words, parse(&format!("{code}/factuality.yaml"), factuality)?))
    }

    /// From what was parsed.
    pub fn new(code: &str, words: Words, factuality: Factuality) -> Lexicon {
        let mut classes = BTreeMap::new();
        for (class, members) in &factuality.classes {
            for member in members.verbs.iter().chain(&members.nouns).chain(&members.adjectives) {
                let (lemma, negated) = match member {
                    Member::Word(lemma) => (lemma, None),
                    Member::Negated { lemma, negated } => (lemma, Some(*negated)),
                };
                classes.entry(lemma.to_lowercase()).or_insert((*class, negated));
            }
        }
        Lexicon { code: code.into(), words, factuality, classes }
    }

    /// The class of a lemma; of a German compound noun that of its last part ("Augenzeugenbericht").
    pub fn class(&self, lemma: &str, noun: bool) -> Option<(Class, Option<Certainty>)> {
        let known = self.classes.get(lemma).copied();
        let compound = || {
            // A last part of a word stands for it only when something is left and it is long enough to be meant.
            let ends = lemma.char_indices().skip(3).map(|(at, _)| lemma.get(at..).unwrap_or_default());
            ends.filter(|end| end.chars().count() > 4).find_map(|end| self.classes.get(end).copied())
        };
        known.or_else(|| (noun && self.code == "de").then(compound).flatten())
    }

    /// What a conjunction or preposition means.
    pub fn marker(&self, word: &str) -> Option<Marker> {
        let holds = |words: &Vec<String>| words.iter().any(|known| known == word);
        self.words.markers.iter().find(|(_, words)| holds(words)).map(|(marker, _)| *marker)
    }
}

/// The shipped lexicon of a language; one without words where none is shipped, so that the bare tree is read.
pub fn of(code: &str) -> &'static Lexicon {
    static NONE: LazyLock<Lexicon> = LazyLock::new(Lexicon::default);
    SHIPPED.get(code).unwrap_or(&NONE)
}

static SHIPPED: LazyLock<BTreeMap<&'static str, Lexicon>> = LazyLock::new(|| {
    FILES
        .iter()
        .map(|(code, words, factuality)| {
            // A test reads every file, so that none is broken here.
            let words = embedded(code, words).unwrap_or_default();
            (*code, Lexicon::new(code, words, embedded(code, factuality).unwrap_or_default()))
        })
        .collect()
});

include!(concat!(env!("OUT_DIR"), "/files.rs"));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_file_is_as_the_schema_wants_it() {
        for (code, words, factuality) in FILES {
            embedded::<Words>(code, words).unwrap();
            embedded::<Factuality>(code, factuality).unwrap();
        }
        assert!(FILES.len() > 1);
    }
}
