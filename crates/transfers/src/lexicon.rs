//! How a language says that things go from one to another: `data/lexicon/<language>/transfers.yaml`.

use crate::forms::expand;
use crate::model::Status;
use lagebild_data::DataError;
use lagebild_language::Language;
use lagebild_statements::Certainty;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// The file as it is written; the comments in the German one explain each field.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Lexicon {
    pub(crate) words: FunctionWords,
    pub(crate) generic_items: Vec<String>,
    pub(crate) not_items: Vec<String>,
    pub(crate) generic_determiners: Vec<String>,
    pub(crate) questions: Vec<String>,
    pub(crate) frames: Vec<Frame>,
    pub(crate) cues: Vec<Cue>,
    /// Verbs whose subject gives (or, of a purchase, gets) what their object names: "approves the sale".
    #[serde(default)]
    pub(crate) supports: String,
    /// Verbs whose dative or second object does: "forbids Denmark the export".
    #[serde(default)]
    pub(crate) permits: String,
    /// Verbs whose subject only tells of something: no side by its place, but of what it says of itself.
    #[serde(default)]
    pub(crate) tellers: String,
    /// Verbs whose subject accuses, seizes or forbids: no side; whoever it does that to may be one.
    #[serde(default)]
    pub(crate) opponents: String,
    pub(crate) object_control: Vec<String>,
    /// Words with which a noun of giving tells of no transfer: "to curb exports of".
    #[serde(default)]
    pub(crate) controlled: Vec<String>,
    pub(crate) warnings: Vec<String>,
    pub(crate) exchange: Vec<String>,
    pub(crate) via: Vec<String>,
    pub(crate) private_roles: Vec<String>,
    pub(crate) magnitudes: BTreeMap<String, f64>,
    pub(crate) numbers: BTreeMap<String, f64>,
    pub(crate) decimal: char,
}

/// The closed classes of a language, as far as frames need them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "properties of a language, each by itself")]
pub(crate) struct FunctionWords {
    /// Prepositions and contractions, with the plain form that frames name.
    pub(crate) prepositions: BTreeMap<String, String>,
    /// Prepositions of place that before an accusative say whither, and the preposition that says the same.
    #[serde(default)]
    pub(crate) directed: BTreeMap<String, String>,
    /// Determiners with the cases that they leave open; none for a language without.
    pub(crate) determiners: BTreeMap<String, Vec<Case>>,
    pub(crate) conjunctions: Vec<String>,
    pub(crate) subordinators: Vec<String>,
    pub(crate) relatives: Vec<String>,
    pub(crate) pronouns: Vec<String>,
    pub(crate) auxiliaries: Vec<String>,
    /// Auxiliaries of the passive, and those that show that a participle is none.
    pub(crate) passive: Vec<String>,
    pub(crate) perfect: Vec<String>,
    /// Prepositions of the one who acts in the passive.
    pub(crate) agents: Vec<String>,
    /// Marks of the infinitive.
    pub(crate) infinitives: Vec<String>,
    /// Words that open, and endings that make, a verb form without a subject of its own ("having", "selling").
    #[serde(default)]
    pub(crate) nonfinite: Vec<String>,
    #[serde(default)]
    pub(crate) gerunds: Vec<String>,
    pub(crate) adverbs: Vec<String>,
    pub(crate) approximators: Vec<String>,
    /// Nouns that a name or type follows ("Typ Shahed-136").
    #[serde(default)]
    pub(crate) type_nouns: Vec<String>,
    /// Adverbs that end a phrase with a preposition ("seit langem").
    #[serde(default)]
    pub(crate) closing_adverbs: Vec<String>,
    /// Words after a comma that name a source, not a party (", so X").
    #[serde(default)]
    pub(crate) attributions: Vec<String>,
    /// Words that open an aside between commas which names a source (", as Kirby says,").
    #[serde(default)]
    pub(crate) asides: Vec<String>,
    pub(crate) item_links: Vec<String>,
    pub(crate) negations: Vec<String>,
    pub(crate) negation_exceptions: Vec<String>,
    pub(crate) genitive: Vec<String>,
    pub(crate) adjectives: Vec<String>,
    pub(crate) free_order: bool,
    pub(crate) capital_nouns: bool,
    /// Names show their case by their endings, so the case that the tagger gives them counts.
    #[serde(default)]
    pub(crate) case_endings: bool,
    /// Endings of names that stay the same in every case, and of those that can be a dative, whatever oblique
    /// case the tagger sees.
    #[serde(default)]
    pub(crate) caseless: Vec<String>,
    #[serde(default)]
    pub(crate) dative_ends: Vec<String>,
    /// The last word of a noun phrase says what it is ("artillery expert").
    #[serde(default)]
    pub(crate) head_final: bool,
}

/// Grammatical cases that articles or endings tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Case {
    Nom,
    Acc,
    Dat,
    Gen,
    Ins,
    Loc,
}

/// A verb or noun of giving or getting, and where its roles stand.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Frame {
    pub(crate) id: String,
    #[serde(default)]
    pub(crate) verbs: Vec<Verb>,
    #[serde(default)]
    pub(crate) nouns: Vec<String>,
    pub(crate) giver: Vec<Place>,
    pub(crate) receiver: Vec<Place>,
    pub(crate) item: Vec<Place>,
    /// What a plain use says; by default that it is or was done.
    pub(crate) status: Option<Status>,
    pub(crate) certainty: Option<Certainty>,
    /// Only these classes of goods, and what is one of them.
    #[serde(default)]
    pub(crate) classes: Vec<String>,
    /// Roles that must stand in the clause itself.
    #[serde(default)]
    pub(crate) requires: Vec<Role>,
}

/// Who or what takes part in a transfer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Role {
    Giver,
    Receiver,
}

/// A verb of a frame.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Verb {
    /// Its forms apart from the participle of the passive.
    pub(crate) forms: String,
    pub(crate) participle: Option<String>,
    /// Words of which one must stand in the clause: a particle or the second half of a phrase.
    pub(crate) with: Option<String>,
}

/// Where a role stands.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(from = "String")]
pub(crate) enum Place {
    Subject,
    Object,
    Dative,
    Genitive,
    Possessor,
    Adjective,
    /// Who acts in the passive: "by Iran", "Ираном".
    Agent,
    Preposition(String),
}

impl From<String> for Place {
    fn from(word: String) -> Self {
        match word.as_str() {
            "subject" => Self::Subject,
            "object" => Self::Object,
            "dative" => Self::Dative,
            "genitive" => Self::Genitive,
            "possessor" => Self::Possessor,
            "adjective" => Self::Adjective,
            "agent" => Self::Agent,
            _ => Self::Preposition(word),
        }
    }
}

/// Words that say how far a transfer has come.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Cue {
    pub(crate) status: Status,
    pub(crate) certainty: Option<Certainty>,
    pub(crate) words: String,
    /// Words of which one must stand in the clause too, as in a verb's `with`.
    pub(crate) with: Option<String>,
}

/// How a word form can trigger a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Trigger {
    /// Index of the frame.
    pub(crate) frame: usize,
    /// Index of the verb; none for a noun.
    pub(crate) verb: Option<usize>,
    pub(crate) shape: Shape,
}

/// Shapes of a triggering word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Finite form or infinitive.
    Verb,
    /// Participle as in the passive or perfect.
    Participle,
    /// Participle with the ending of an adjective ("gelieferte").
    Attribute,
    Noun,
}

/// A lexicon with its index of forms.
#[derive(Debug)]
pub(crate) struct Indexed {
    pub(crate) data: Lexicon,
    pub(crate) forms: BTreeMap<String, Vec<Trigger>>,
    /// Nouns that also end compounds.
    nouns: Vec<(String, Trigger)>,
    /// Rows of `cues` by their words.
    pub(crate) cue_words: BTreeMap<String, Vec<usize>>,
    /// Forms of the verbs whose subject gives or gets what their object names.
    pub(crate) supports: BTreeSet<String>,
    /// The same for verbs whose dative or second object does.
    pub(crate) permits: BTreeSet<String>,
    pub(crate) controls: BTreeSet<String>,
    pub(crate) tellers: BTreeSet<String>,
    pub(crate) opponents: BTreeSet<String>,
}

/// Endings that make an adjective of a German participle.
const ATTRIBUTE_ENDINGS: [&str; 5] = ["e", "en", "er", "es", "em"];

impl From<Lexicon> for Indexed {
    fn from(data: Lexicon) -> Self {
        let mut forms: BTreeMap<String, Vec<Trigger>> = BTreeMap::new();
        let mut nouns = Vec::new();
        for (frame, row) in data.frames.iter().enumerate() {
            for (verb, entry) in row.verbs.iter().enumerate() {
                let trigger = |shape| Trigger { frame, verb: Some(verb), shape };
                for form in expand(&entry.forms) {
                    forms.entry(form).or_default().push(trigger(Shape::Verb));
                }
                for form in entry.participle.iter().flat_map(|words| expand(words)) {
                    for ending in ATTRIBUTE_ENDINGS.iter().filter(|_| data.words.capital_nouns) {
                        forms.entry(format!("{form}{ending}")).or_default().push(trigger(Shape::Attribute));
                    }
                    forms.entry(form).or_default().push(trigger(Shape::Participle));
                }
            }
            let trigger = Trigger { frame, verb: None, shape: Shape::Noun };
            for form in row.nouns.iter().flat_map(|words| expand(words)) {
                forms.entry(form.clone()).or_default().push(trigger);
                nouns.push((form, trigger));
            }
        }
        let mut cue_words: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (row, cue) in data.cues.iter().enumerate() {
            for word in expand(&cue.words) {
                cue_words.entry(word).or_default().push(row);
            }
        }
        let set = |words: &str| expand(words).into_iter().collect();
        let (supports, permits) = (set(&data.supports), set(&data.permits));
        let (tellers, opponents): (BTreeSet<String>, BTreeSet<String>) =
            (set(&data.tellers), set(&data.opponents));
        let controls = data.object_control.iter().chain(&opponents).cloned().collect();
        Self { data, forms, nouns, cue_words, supports, permits, controls, tellers, opponents }
    }
}

impl Indexed {
    /// The ways in which a word (in lower case) can trigger a frame; a compound by its last part.
    pub(crate) fn triggers(&self, word: &str) -> Vec<Trigger> {
        let plain = || self.forms.get(&word.replace('ё', "е"));
        if let Some(triggers) = self.forms.get(word).or_else(plain) {
            return triggers.clone();
        }
        let compound = |(noun, _): &&(String, Trigger)| {
            self.data.words.capital_nouns
                && word.strip_suffix(noun.as_str()).is_some_and(|first| first.chars().count() > 2)
        };
        self.nouns.iter().filter(compound).map(|(_, trigger)| *trigger).take(1).collect()
    }
}

impl lagebild_language::Lexicon for Indexed {
    fn of(language: &Language) -> Result<Option<Self>, DataError> {
        Ok(language.read::<Lexicon>("transfers")?.map(Self::from))
    }
}
