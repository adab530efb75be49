//! The schema of `data/lexicon/<code>/predicates.yaml`; the head of each file explains the fields.

use crate::forms::{AdjectivalParticiples, Morphemes};
use crate::inflection::Inflection;
use crate::model::{Certainty, Marker, Status};
use crate::properties::Property;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// `predicates.yaml`: see the head of the file.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[expect(missing_docs, reason = "the head of each data file explains the fields")]
pub struct Words {
    pub passive: BTreeSet<String>,
    pub impersonal_passive_endings: Vec<String>,
    pub receptive: BTreeSet<String>,
    pub perfect: BTreeSet<String>,
    pub agents: Vec<String>,
    pub modals: Vec<Modal>,
    pub moods: Vec<Modal>,
    pub negations: BTreeSet<String>,
    pub negations_with: BTreeMap<String, Vec<String>>,
    pub negation_alone_with: BTreeMap<String, Vec<String>>,
    pub negation_feats: Vec<String>,
    pub pairs: Vec<(String, String)>,
    pub not_negations: Vec<String>,
    pub adverbs: Vec<Adverbs>,
    pub support: BTreeSet<String>,
    pub receptive_support: BTreeSet<String>,
    pub passive_support: Vec<Placed>,
    pub control: Control,
    pub markers: BTreeMap<Marker, Vec<String>>,
    pub sources: Vec<String>,
    pub contractions: BTreeMap<String, String>,
    /// Forms of articles and pronouns, and the cases that they can be.
    pub cases: BTreeMap<String, Vec<String>>,
    /// Prepositions of several words: "a través de".
    pub prepositions: Vec<String>,
    /// Prepositions that only say how exact a number is: "up to 500".
    pub approximate: Vec<String>,
    /// Articles that look like a preposition: fr "du".
    pub partitives: BTreeSet<String>,
    /// What holds of the grammar.
    pub properties: BTreeSet<Property>,
    /// Endings of the locative; a form without one is an accusative ("в Сирию").
    pub locative_ends: Vec<String>,
    /// Endings of names in the dative, for trees that take them for another case.
    pub dative_ends: Vec<String>,
    /// Endings of the instrumental; a form without one that has an ending of the dative is a dative.
    pub instrumental_ends: Vec<String>,
    /// Endings of feminine nouns in the accusative singular; a name without one that has an ending of the dative is a dative.
    pub feminine_accusative_ends: Vec<String>,
    /// Endings of finite verbs in the plural and of no others, where they are surer than the features.
    pub plural_verb_ends: Vec<String>,
    /// Endings that make a verb reflexive: "поставляется".
    pub reflexive_ends: Vec<String>,
    /// Pronouns that make a verb reflexive: "sich".
    pub reflexives: Vec<String>,
    /// Pronouns that make a verb reflexive where the tree calls them expletive: "se".
    pub expletive_reflexives: Vec<String>,
    /// Marks of an infinitive: "to".
    pub infinitive_marks: Vec<String>,
    /// Relative pronouns that trees may take for interrogative ones: "which".
    pub relatives: Vec<String>,
    /// Articles that stand for relative pronouns too, by their lemmas: "der".
    pub relative_articles: Vec<String>,
    /// Relative pronouns that trees may take for a conjunction: "que".
    pub relative_conjunctions: Vec<String>,
    /// What marks the owner before it: "'s".
    pub genitive_marks: Vec<String>,
    /// Prepositions behind a noun of saying that lead in who says it: "reports from X".
    pub speakers: Vec<String>,
    /// Signs that texts may have or not, such as those of short vowels; the words of the data files are without them.
    pub optional_signs: String,
    /// Participles that trees take for adjectives.
    pub adjectival_participles: AdjectivalParticiples,
    /// The morphemes in lemmas, for trees that tell them apart.
    pub morphemes: Option<Morphemes>,
    /// Endings of participles, and of the verbs that they come from.
    pub participles: BTreeMap<String, String>,
    /// Auxiliaries of the state that something was brought into.
    pub state: BTreeSet<String>,
    /// How forms of verbs are built, for those that the trees' lemmas do not know.
    pub inflection: Option<Inflection>,
    /// Lemmas of passives that trees take for verbs of their own, and those of the verbs: tr "edil", "et".
    pub passive_lemmas: BTreeMap<String, String>,
    /// Verbs of a noun and a verb that trees take for two: tr "askıya al".
    pub joined_verbs: BTreeSet<String>,
    /// Prepositions that trees take for verbs: zh "由", "给".
    pub coverbs: BTreeSet<String>,
    /// Nouns that only carry the clause at them: ko "것".
    pub bound_nouns: BTreeSet<String>,
    /// Verbs of two words, for trees that take the particle for a preposition.
    pub phrasal: BTreeSet<String>,
}

/// A modal verb (by its lemma), or a mood (by its form).
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[expect(missing_docs, reason = "the head of each data file explains the fields")]
pub struct Modal {
    pub lemma: String,
    pub form: Option<String>,
    pub shapes: Vec<String>,
    pub verb: Option<String>,
    #[serde(deserialize_with = "one_or_more")]
    pub next: Vec<String>,
    pub governs: Option<Governs>,
    #[serde(deserialize_with = "one_or_more")]
    pub with: Vec<String>,
    pub certainty: Certainty,
    pub status: Option<Status>,
    pub reported: bool,
    pub negated: Option<Negated>,
    pub told: Option<Told>,
}

/// What a modal means in what somebody is said to say: "would" is then the "will" of the one who spoke.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Told {
    /// How sure it then is.
    pub certainty: Certainty,
    /// How far it has come.
    #[serde(default)]
    pub status: Option<Status>,
    /// What remains of it where it is negated.
    #[serde(default)]
    pub negated: Option<Negated>,
}

/// What remains of a modal that is negated.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Negated {
    pub certainty: Certainty,
    #[serde(default)]
    pub status: Option<Status>,
    #[serde(default)]
    pub reported: bool,
}

/// The form of what a modal governs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Governs {
    Infinitive,
    MarkedInfinitive,
    Perfect,
    Participle,
    Progressive,
}

/// Words and phrases of one effect.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the head of each data file explains the fields")]
pub struct Adverbs {
    pub words: Vec<String>,
    #[serde(default)]
    pub form: Option<String>,
    #[serde(default)]
    pub certainty: Option<Certainty>,
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
    /// Words where the phrase of a preposition does it: "appeal to X to".
    pub by: Vec<Place>,
    /// Prepositions of the one who is asked, at those verbs: "demandó a Irán".
    pub asked: Vec<String>,
    /// Words where nobody is named: "recommend selling".
    pub open: BTreeSet<String>,
}

/// A word and the preposition of the one meant.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Place {
    pub lemma: String,
    pub place: String,
}

/// A word, or a word with the places that count.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Placed {
    Word(String),
    With { lemma: String, of: Vec<String> },
}

impl Placed {
    /// The word.
    pub fn lemma(&self) -> &str {
        match self {
            Placed::Word(lemma) | Placed::With { lemma, .. } => lemma,
        }
    }

    /// The places, none where any counts.
    pub fn of(&self) -> &[String] {
        match self {
            Placed::Word(_) => &[],
            Placed::With { of, .. } => of,
        }
    }
}

fn one_or_more<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Words {
        One(String),
        More(Vec<String>),
    }
    Ok(match Words::deserialize(from)? {
        Words::One(word) => vec![word],
        Words::More(words) => words,
    })
}
