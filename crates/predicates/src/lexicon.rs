//! The words of a language that shape a clause: `data/lexicon/<code>/{predicates,factuality}.yaml`.

use crate::inflection::Inflection;
use crate::model::{Certainty, Kind, Marker, Predicate, Status};
use crate::properties::Property;
use crate::words::Words;
use lagebild_data::DataError;
use lagebild_language::{Language, Languages};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// What is known of one language.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    /// ISO 639-1 code: the key of its dictionary forms, see [`lagebild_grammar::lemma`].
    pub code: String,
    /// Words that shape a clause.
    pub words: Words,
    /// Words that say whether something holds.
    pub factuality: Factuality,
    /// Verbs in their dictionary form, for [`Words::inflection`].
    pub(crate) verbs: BTreeSet<String>,
    /// Nouns likewise.
    nouns: BTreeSet<String>,
    embeddings: BTreeMap<String, Vec<Embedding>>,
}

/// The words of a frame in `frames.yaml`, whose other fields are for the crate that reads it.
#[derive(Deserialize)]
struct Frame {
    #[serde(default)]
    verbs: Vec<FrameWord>,
    #[serde(default)]
    nouns: Vec<FrameWord>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum FrameWord {
    Word(String),
    With { lemma: String },
}

impl FrameWord {
    fn lemma(self) -> String {
        match self {
            Self::Word(lemma) | Self::With { lemma } => lemma,
        }
    }
}

/// `factuality.yaml`: what an embedding word says of what it embeds.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Factuality {
    /// Where an embedded noun stands, unless a word says otherwise.
    pub complement: Complement,
    /// The words of each class.
    pub classes: BTreeMap<Class, Members>,
    /// Verbs that call something a lie.
    pub calling: Calling,
}

/// "Called the reports a lie": verbs, and the words by which they deny what they are about.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Calling {
    /// Verbs that judge what was said, by their lemmas.
    pub verbs: Vec<String>,
    /// Words, in small letters, by which it is denied.
    pub deny: Vec<String>,
}

/// Places of an embedded noun at verbs, nouns, adjectives.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Complement {
    pub verbs: Vec<String>,
    pub nouns: Vec<String>,
    pub adjectives: Vec<String>,
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

/// A word of a class.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum Member {
    /// The word alone.
    Word(String),
    /// With what is its own.
    Own(Box<Embedding>),
}

/// An embedding word with what is its own; the head of each file explains the fields.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[expect(missing_docs, reason = "the head of each data file explains the fields")]
pub struct Embedding {
    pub lemma: String,
    pub of: Vec<String>,
    pub at: BTreeMap<String, Class>,
    pub infinitive: Option<Class>,
    pub noun: Option<Class>,
    pub clause: Option<Class>,
    pub negated: Option<Certainty>,
    pub with: Option<String>,
    pub status: Option<Status>,
    #[serde(skip)]
    pub class: Option<Class>,
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
    /// From what was parsed.
    pub fn new(code: &str, words: Words, factuality: Factuality) -> Lexicon {
        let mut embeddings: BTreeMap<String, Vec<Embedding>> = BTreeMap::new();
        for (class, members) in &factuality.classes {
            for member in members.verbs.iter().chain(&members.nouns).chain(&members.adjectives) {
                let entry = match member {
                    Member::Word(lemma) => Embedding { lemma: lemma.clone(), ..Embedding::default() },
                    Member::Own(entry) => (**entry).clone(),
                };
                let key = entry.lemma.to_lowercase();
                embeddings.entry(key).or_default().push(Embedding { class: Some(*class), ..entry });
            }
        }
        for verb in &factuality.calling.verbs {
            let called = factuality.calling.deny.iter().map(|word| Embedding {
                lemma: verb.clone(),
                with: Some(word.clone()),
                class: Some(Class::Deny),
                ..Embedding::default()
            });
            embeddings.entry(verb.to_lowercase()).or_default().extend(called);
        }
        // An entry with a fixed phrase goes before the plain one.
        for entries in embeddings.values_mut() {
            entries.sort_by_key(|entry| entry.with.is_none());
        }
        let modals = words.modals.iter().map(|modal| modal.lemma.clone());
        let classes =
            factuality.classes.values().flat_map(|members| &members.verbs).map(|member| match member {
                Member::Word(lemma) => lemma.clone(),
                Member::Own(entry) => entry.lemma.clone(),
            });
        let mut verbs: BTreeSet<String> =
            modals.chain(classes).chain(words.support.iter().cloned()).collect();
        verbs.extend(words.receptive_support.iter().chain(words.passive_lemmas.keys()).cloned());
        Lexicon { code: code.into(), words, factuality, verbs, nouns: BTreeSet::new(), embeddings }
    }

    /// A preposition that is written as one with a known noun, and the noun.
    pub(crate) fn part_proclitic<'w>(&self, word: &'w str) -> Option<(&str, &'w str)> {
        let mut all = self.words.inflection.iter().flat_map(|inflection| &inflection.proclitics);
        all.find_map(|proclitic| {
            let noun = word.strip_prefix(proclitic.as_str())?;
            (self.nouns.contains(noun) && !self.nouns.contains(word)).then_some((proclitic.as_str(), noun))
        })
    }

    /// True for a language with this property.
    pub fn has(&self, property: Property) -> bool {
        self.words.properties.contains(&property)
    }

    /// The entries of a lemma; of a noun written as one with others those of its last part ("Augenzeugenbericht").
    pub fn embeddings(&self, lemma: &str, noun: bool) -> &[Embedding] {
        let known = |lemma: &str| self.embeddings.get(lemma).map(Vec::as_slice);
        let compound = || {
            // A last part stands for the word only when something is left and it is long enough to be meant.
            let ends = lemma.char_indices().skip(3).map(|(at, _)| lemma.get(at..).unwrap_or_default());
            ends.filter(|end| end.chars().count() > 3).find_map(known)
        };
        known(lemma)
            .or_else(|| (noun && self.has(Property::ClosedCompounds)).then(compound).flatten())
            .unwrap_or_default()
    }

    /// The class of a lemma without a fixed phrase.
    pub fn class(&self, lemma: &str, noun: bool) -> Option<Class> {
        self.embeddings(lemma, noun).iter().find(|entry| entry.with.is_none()).and_then(|entry| entry.class)
    }

    /// True for a verb that accuses or sentences somebody.
    pub fn accuses(&self, predicate: &Predicate) -> bool {
        predicate.kind == Kind::Verb && self.class(&predicate.lemma, false) == Some(Class::Accuse)
    }

    /// What a conjunction or preposition means.
    pub fn marker(&self, word: &str) -> Option<Marker> {
        let holds = |words: &Vec<String>| words.iter().any(|known| known == word);
        self.words.markers.iter().find(|(_, words)| holds(words)).map(|(marker, _)| *marker)
    }
}

impl lagebild_language::Lexicon for Lexicon {
    fn of(language: &Language) -> Result<Option<Self>, DataError> {
        let Some(words) = language.read("predicates")? else { return Ok(None) };
        let mut own = Self::new(language.code(), words, language.read("factuality")?.unwrap_or_default());
        if own.words.inflection.is_some() {
            let frames: BTreeMap<String, Frame> = language.read("frames")?.unwrap_or_default();
            for frame in frames.into_values() {
                own.verbs.extend(frame.verbs.into_iter().map(FrameWord::lemma));
                own.nouns.extend(frame.nouns.into_iter().map(FrameWord::lemma));
            }
            own.verbs = Inflection::stems(own.verbs);
        }
        Ok(Some(own))
    }
}

/// The shipped lexicon of a language; one without words where none is shipped, so that the bare tree is read.
pub fn of(code: &str) -> &'static Lexicon {
    static NONE: LazyLock<Lexicon> = LazyLock::new(Lexicon::default);
    Languages::shipped().get(code).and_then(Language::lexicon).unwrap_or(&NONE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_file_is_as_the_schema_wants_it() {
        let read = |language| <Lexicon as lagebild_language::Lexicon>::of(language).unwrap().is_some();
        assert!(Languages::shipped().iter().filter(|language| read(language)).count() > 1);
    }
}
