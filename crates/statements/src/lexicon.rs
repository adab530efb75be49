//! The words by which a language marks speech and certainty: `data/lexicon/<language>/{reporting,certainty}.yaml`.

use crate::inflect::{Group, Regular};
use crate::model::{Act, Certainty};
use crate::phrases::{Marks, Phrases};
use lagebild_data::DataError;
use lagebild_language::Language;
use serde::Deserialize;
use std::collections::BTreeMap;

/// A verb of saying, thinking or wanting.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Verb {
    /// Dictionary form; used in explanations.
    pub(crate) lemma: String,
    pub(crate) act: Act,
    /// The most that the verb leaves of its content; nothing is taken away where it is absent.
    pub(crate) certainty: Option<Certainty>,
    /// What the verb leaves of its content when it is itself negated; without it nothing is said then.
    pub(crate) negated: Option<Certainty>,
    /// The speaker says that the content is not so.
    #[serde(default)]
    pub(crate) negates: bool,
    /// What must be there for the verb to count.
    pub(crate) needs: Option<Needs>,
    /// A separated prefix that must follow in the clause.
    pub(crate) particle: Option<String>,
    /// A word that must follow in the clause ("davon", "of").
    pub(crate) after: Option<String>,
    /// What its object or subject is, where that is special.
    pub(crate) takes: Option<Takes>,
    pub(crate) forms: Vec<String>,
    #[serde(default)]
    pub(crate) joined: Vec<String>,
}

/// What must be there for a verb to count as a cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Needs {
    /// A clause with an opener, or a quotation.
    Clause,
    /// A quotation.
    Quote,
    /// A clause with an opener.
    That,
    /// A content before the verb.
    Tail,
    /// The word named in `after`; the content begins behind it.
    After,
}

/// What stands beside a verb of saying.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Takes {
    /// A noun phrase alone can be the content ("kündigte die Stationierung an").
    Content,
    /// The one spoken to is the object ("told the Courier"), so words after the verb do not make it open a clause.
    Addressee,
    /// The one quoted is beside the outlet ("wurde von Tass zitiert").
    Quoted,
}

/// Nouns that hold a proposition ("the claim that …").
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Nouns {
    pub(crate) act: Act,
    pub(crate) certainty: Option<Certainty>,
    #[serde(default)]
    pub(crate) negates: bool,
    words: Vec<String>,
}

/// How a language marks speech.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Reporting {
    pub(crate) verbs: Vec<Verb>,
    #[serde(default)]
    groups: Vec<Group>,
    #[serde(default)]
    regular: Regular,
    nouns: Vec<Nouns>,
    pub(crate) openers: Vec<String>,
    pub(crate) unknown_openers: Vec<String>,
    pub(crate) relatives: Vec<String>,
    pub(crate) conjunctions: Vec<String>,
    pub(crate) before: Phrases,
    /// Those of `before` that name their source themselves.
    #[serde(default)]
    pub(crate) before_alone: Vec<String>,
    pub(crate) after: Vec<String>,
    pub(crate) tail: Vec<String>,
    pub(crate) manner: Vec<String>,
    pub(crate) weaker: BTreeMap<String, Certainty>,
    pub(crate) hearsay_modals: Vec<String>,
    pub(crate) hearsay_ends: Vec<String>,
    pub(crate) hearsay_adverbs: Phrases,
    pub(crate) citing: Vec<String>,
    pub(crate) not_speaker_before: Vec<String>,
    pub(crate) anonymous: Vec<String>,
    pub(crate) pronouns: Vec<String>,
    pub(crate) subjunctive: Vec<String>,
    /// Forms that mark a sentence as reported by themselves, without any cue near.
    #[serde(default)]
    pub(crate) reported_alone: Vec<String>,
    /// Words with which such a form is something else: a comparison, a wish, a first person.
    #[serde(default)]
    pub(crate) not_reported: Vec<String>,
    /// Words that stand before a colon at the beginning; in lower case once loaded.
    pub(crate) labels: Vec<String>,
    pub(crate) negations: Vec<String>,
    pub(crate) commas: bool,
    pub(crate) skip: Vec<String>,
    pub(crate) auxiliaries: Vec<String>,
    pub(crate) passive: Vec<String>,
    pub(crate) agent: Vec<String>,
    pub(crate) determiners: Vec<String>,
    pub(crate) adds: Vec<String>,
    pub(crate) documents: Vec<String>,
    pub(crate) owners: Vec<String>,
    pub(crate) addressing: Vec<String>,
    pub(crate) points_back: Vec<String>,
    pub(crate) joins: Vec<String>,
    pub(crate) articles: Vec<String>,
    /// Articles that show a subject.
    #[serde(default)]
    pub(crate) subject_articles: Vec<String>,
    pub(crate) not_source: Vec<String>,
    pub(crate) infinitive: Vec<String>,
    pub(crate) anaphora: Phrases,
    pub(crate) roles: Vec<String>,
    pub(crate) finite: Vec<String>,
}

/// How a language marks certainty.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Operators {
    pub(crate) possible: Marks,
    pub(crate) probable: Marks,
    pub(crate) improbable: Marks,
    pub(crate) negative: Vec<String>,
    pub(crate) not_negative: Marks,
    pub(crate) unknown: Marks,
    /// Words that set clauses side by side.
    pub(crate) coordinators: Marks,
    pub(crate) subordinators: Vec<String>,
    pub(crate) relatives: Vec<String>,
    pub(crate) openers: Vec<String>,
}

/// Both lexicons of a language, with the verbs by form.
#[derive(Debug)]
pub(crate) struct Lexicon {
    pub(crate) reporting: Reporting,
    pub(crate) operators: Operators,
    /// Verbs by the first word of each form, in lower case, with the words that must follow directly.
    forms: BTreeMap<String, Vec<Form>>,
    /// Index of the group of each noun.
    nouns: BTreeMap<String, usize>,
}

#[derive(Debug)]
struct Form {
    verb: usize,
    rest: Vec<String>,
    joined: bool,
}

/// A verb found by its form.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Found<'a> {
    pub(crate) verb: &'a Verb,
    /// Words of the form.
    pub(crate) words: usize,
    /// The form holds its prefix, so no particle must follow.
    pub(crate) joined: bool,
}

impl Lexicon {
    fn new(mut reporting: Reporting, operators: Operators) -> Self {
        let regular: Vec<Verb> =
            reporting.groups.iter().flat_map(|group| group.verbs(&reporting.regular)).collect();
        reporting.verbs.extend(regular);
        reporting.labels = reporting.labels.iter().map(|label| label.to_lowercase()).collect();
        let mut nouns = BTreeMap::new();
        for (at, group) in reporting.nouns.iter().enumerate() {
            nouns.extend(group.words.iter().map(|word| (word.to_lowercase(), at)));
        }
        let mut forms: BTreeMap<String, Vec<Form>> = BTreeMap::new();
        for (at, verb) in reporting.verbs.iter().enumerate() {
            let all = verb
                .forms
                .iter()
                .map(|form| (form, false))
                .chain(verb.joined.iter().map(|form| (form, true)));
            for (form, joined) in all {
                let mut words = form.split(' ').map(str::to_lowercase);
                let first = words.next().unwrap_or_default();
                forms.entry(first).or_default().push(Form { verb: at, rest: words.collect(), joined });
            }
        }
        // Longer forms and those with a particle are the more specific ones.
        for entry in forms.values_mut() {
            entry.sort_by_key(|form| {
                let particle = reporting.verbs.get(form.verb).is_some_and(|verb| verb.particle.is_some());
                (std::cmp::Reverse(form.rest.len()), !particle)
            });
        }
        Self { reporting, operators, forms, nouns }
    }

    /// The noun of saying or thinking with this form, in lower case.
    pub(crate) fn noun(&self, word: &str) -> Option<&Nouns> {
        self.reporting.nouns.get(*self.nouns.get(word)?)
    }

    /// True when a verb has a form that begins with this word, in lower case.
    pub(crate) fn is_verb_form(&self, word: &str) -> bool {
        self.forms.contains_key(word)
    }

    /// The verbs that a form may belong to, the most specific first. `next` are the words after it.
    pub(crate) fn verbs<'a>(&'a self, word: &str, next: [&str; 2]) -> impl Iterator<Item = Found<'a>> {
        self.forms.get(word).into_iter().flatten().filter_map(move |form| {
            let follows = form.rest.iter().zip(next).all(|(wanted, word)| wanted == word);
            (follows && next.len() >= form.rest.len()).then_some(Found {
                verb: self.reporting.verbs.get(form.verb)?,
                words: 1 + form.rest.len(),
                joined: form.joined,
            })
        })
    }
}

impl lagebild_language::Lexicon for Lexicon {
    fn of(language: &Language) -> Result<Option<Self>, DataError> {
        let both = language.read("reporting")?.zip(language.read("certainty")?);
        Ok(both.map(|(reporting, operators)| Self::new(reporting, operators)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_verb_can_be_found() {
        for lexicon in lagebild_language::Languages::shipped()
            .iter()
            .filter_map(|language| language.lexicon::<Lexicon>())
        {
            for verb in &lexicon.reporting.verbs {
                assert!(!verb.forms.is_empty(), "{} has no forms", verb.lemma);
                assert!(verb.needs != Some(Needs::After) || verb.after.is_some(), "{}", verb.lemma);
            }
        }
    }

    #[test]
    fn a_wrong_entry_is_named_with_file_line_and_field() {
        let text = std::fs::read_to_string("../../data/lexicon/en/reporting.yaml").unwrap();
        let wrong = text.replacen("act: assert", "act: utter", 1);
        let error = lagebild_data::parse::<Reporting>("reporting.yaml", &wrong).unwrap_err();
        assert_eq!((error.line, error.field.as_str()), (3, "verbs[0].act"), "{error}");
    }
}
