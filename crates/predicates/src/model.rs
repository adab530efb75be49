//! What a sentence says: plain data, all tokens by their index in the sentence.

pub use crate::certainty::{Certainty, Status};

/// Everything that one sentence says, in order of the heads.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Clauses {
    /// Verbs, nominal predicates and nouns; a noun is one even where it names a thing, since only its reader knows.
    pub predicates: Vec<Predicate>,
}

impl Clauses {
    /// The predicate with this head.
    pub fn headed(&self, head: usize) -> Option<usize> {
        self.predicates.iter().position(|predicate| predicate.head == head)
    }
}

/// Something said: a verb, a noun or an adjective, with those that take part.
#[derive(Clone, Debug, PartialEq)]
pub struct Predicate {
    /// Its main word.
    pub head: usize,
    /// The verb group: head, auxiliaries, particle, infinitive mark; of a supported noun also the support verb.
    pub words: Vec<usize>,
    /// Dictionary form in small letters: "ausliefern", "hand over", "lieferung".
    pub lemma: String,
    /// What it is.
    pub kind: Kind,
    /// Active or passive; arguments are told in the active way in both.
    pub voice: Voice,
    /// Its form.
    pub form: Form,
    /// `Ind`, `Sub`, `Cnd`, `Imp` of the finite verb.
    pub mood: Option<String>,
    /// `Past`, `Pres`, `Fut` of the finite verb.
    pub tense: Option<String>,
    /// "sich einigen", "договориться": with a reflexive that is no passive.
    pub reflexive: bool,
    /// Words that negate it, also as determiner of an argument ("kein Panzer").
    pub negations: Vec<usize>,
    /// Modal verbs and moods over it.
    pub modals: Vec<Cue>,
    /// Words such as "perhaps" and "reportedly".
    pub adverbs: Vec<Cue>,
    /// Who takes part, in order of the text.
    pub arguments: Vec<Argument>,
    /// What it depends on.
    pub governor: Option<Governor>,
    /// The verb that carries this noun: "leistete" Hilfe.
    pub support: Option<usize>,
    /// The main verb of a question, and what stands under "whether".
    pub question: bool,
    /// Who says so by a phrase: "laut Kiew", "according to officials".
    pub source: Option<Argument>,
    /// Words (forms and lemmas, small letters) that hang on it, for fixed phrases: "auf Eis legen".
    pub companions: Vec<String>,
    /// Where case or agreement was trusted more than the tree.
    pub doubts: Vec<String>,
}

impl Predicate {
    /// A verb that is a predicate by itself is the modal of another: "может поставить".
    pub fn is_modal_of(&self, verb: &Self) -> bool {
        self.head != verb.head && verb.modals.iter().any(|cue| cue.tokens.contains(&self.head))
    }

    /// The arguments in a role, those the tree hangs on it before those that hang on another noun.
    pub fn of(&self, role: &Role) -> impl Iterator<Item = &Argument> {
        let (near, far): (Vec<_>, Vec<_>) = self
            .arguments
            .iter()
            .filter(|argument| argument.role == *role)
            .partition(|argument| argument.through.is_none());
        near.into_iter().chain(far)
    }
}

/// What a predicate is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Kind {
    Verb,
    Noun,
    Adjective,
}

/// Whether the grammatical subject does it or undergoes it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Voice {
    /// The subject does it.
    #[default]
    Active,
    /// The subject undergoes it.
    Passive,
    /// "bekam geliefert": the subject is the one to whom it is done.
    Receptive,
}

/// The form of a predicate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Form {
    #[default]
    Finite,
    Infinitive,
    Participle,
    /// A noun without a copula.
    Nominal,
}

/// A case, as Universal Dependencies names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names are those of universaldependencies.org")]
pub enum Case {
    Nom,
    Gen,
    Dat,
    Acc,
    Ins,
    Loc,
    Abl,
    Voc,
}

impl Case {
    /// The case of a name such as `Acc` or `acc`.
    pub fn named(name: &str) -> Option<Case> {
        Some(match name.to_lowercase().as_str() {
            "nom" => Case::Nom,
            "gen" => Case::Gen,
            "dat" => Case::Dat,
            "acc" => Case::Acc,
            "ins" => Case::Ins,
            "loc" => Case::Loc,
            "abl" => Case::Abl,
            "voc" => Case::Voc,
            _ => return None,
        })
    }
}

/// One who or which takes part.
#[derive(Clone, Debug, PartialEq)]
pub struct Argument {
    /// Its main word; of a relative pronoun the noun that it stands for.
    pub head: usize,
    /// The phrase without preposition, relative clauses and further members of a row ("A und B" are two arguments).
    pub tokens: Vec<usize>,
    /// How it takes part.
    pub role: Role,
    /// Words that show it: preposition, relative pronoun, auxiliary of the passive.
    pub how: Vec<usize>,
    /// The name beside it: "der Präsident Putin", "the company, Arsenal".
    pub alias: Option<usize>,
    /// The noun on which the tree hangs it: it may belong to that noun ("sold the parts to Iran").
    pub through: Option<usize>,
    /// It stands elsewhere and is shared: a subject of a coordinated or governing verb.
    pub shared: bool,
    /// "nicht Russland, sondern China": this one did not take part.
    pub negated: bool,
}

impl Argument {
    /// The words that may name who or what it is: its main word, then the name beside it.
    pub fn heads(&self) -> impl Iterator<Item = usize> + Clone + use<> {
        [Some(self.head), self.alias].into_iter().flatten()
    }
}

/// How an argument takes part.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// Who does it; the agent of a passive.
    Subject,
    /// What undergoes it; the grammatical subject of a passive.
    Object,
    /// To whom, without a preposition.
    Dative,
    /// With a preposition (plain, small letters) and the case where it shows.
    Marked(String, Option<Case>),
    /// Without a preposition, in another case: instruments, times.
    Bare(Option<Case>),
    /// Before a noun: "Russlands", "Iran's", "its".
    Possessor,
    /// After a noun, in the genitive.
    Genitive,
    /// An adjective: "russische".
    Adjective,
    /// First part of a compound: "arms" deliveries.
    Compound,
    /// A clause that completes it; `head` is the head of its predicate.
    Complement,
    /// What a noun is also called.
    Apposition,
}

impl Role {
    /// True when the role is at that place, as data files name places: `subject`, `object`, `dative`, `genitive` (bare),
    /// `instrumental`, `possessor`, `adjective`, `compound`, `apposition`, a bare case (`abl`), or a preposition in its plain
    /// form, if need be with its case (`an+acc`). A case that the sentence does not show fits any.
    pub fn fits(&self, place: &str) -> bool {
        match self {
            Role::Subject => place == "subject",
            Role::Object => place == "object",
            Role::Dative => matches!(place, "dative" | "dat"),
            Role::Possessor => matches!(place, "possessor" | "gen"),
            Role::Genitive => matches!(place, "genitive" | "gen"),
            Role::Adjective => place == "adjective",
            Role::Compound => place == "compound",
            Role::Complement => place == "complement",
            Role::Apposition => place == "apposition",
            Role::Bare(case) => match place {
                "instrumental" => *case == Some(Case::Ins),
                "genitive" => *case == Some(Case::Gen),
                place => case.is_some() && Case::named(place) == *case,
            },
            Role::Marked(word, shown) => {
                let (preposition, case) = place.split_once('+').unwrap_or((place, ""));
                let case = Case::named(case);
                word == preposition && (case.is_none() || shown.is_none() || case == *shown)
            }
        }
    }
}

/// What a predicate depends on.
#[derive(Clone, Debug, PartialEq)]
pub struct Governor {
    /// Index in [`Clauses::predicates`].
    pub predicate: usize,
    /// How.
    pub link: Link,
}

/// How a predicate depends on another.
#[derive(Clone, Debug, PartialEq)]
pub enum Link {
    /// It completes it: "denied supplying", "stopped the delivery".
    Complement,
    /// It is its subject: "that they sold is unclear", "the delivery stopped".
    Subjectival,
    /// A clause of circumstance with its marker and the marker's meaning.
    Adverbial(String, Option<Marker>),
    /// A noun with a preposition: "after the sale", "drohte mit Lieferungen".
    Oblique(String),
    /// A relative clause or participle at a noun, which belongs to that predicate.
    Relative,
    /// After "and" in a main clause.
    Conjunct,
    /// At a noun: "plans to sell", "Berichte über Lieferungen".
    NounComplement,
}

/// What a conjunction or preposition means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Marker {
    Condition,
    Question,
    Purpose,
    Before,
    After,
    Concession,
    #[serde(alias = "reason")]
    Cause,
    Unless,
    Time,
    Content,
    Comparison,
    Without,
    Instead,
}

/// Something that says how sure a predicate is.
#[derive(Clone, Debug, PartialEq)]
pub struct Cue {
    /// Its words.
    pub tokens: Vec<usize>,
    /// The entry of the lexicon.
    pub lemma: String,
    /// What it makes of a plain statement; nothing where it only tells the state.
    pub certainty: Option<Certainty>,
    /// What it says of the state.
    pub status: Option<Status>,
    /// Somebody else says so.
    pub reported: bool,
    /// What remains when the predicate is negated, where that is not just the contrary.
    pub negated: Option<crate::words::Negated>,
    /// What it means in what somebody is said to say, where that is something else.
    pub told: Option<crate::words::Told>,
    /// It is the mood of the verb, no word of its own.
    pub is_mood: bool,
}

impl Cue {
    /// What it means: the certainty, the status, and what remains of it where it is negated; other things where somebody is said to
    /// say so (`told`).
    pub(crate) fn meaning(
        &self,
        told: bool,
    ) -> (Option<Certainty>, Option<Status>, Option<crate::words::Negated>) {
        match self.told.filter(|_| told) {
            Some(own) => (Some(own.certainty), own.status, own.negated),
            None => (self.certainty, self.status, self.negated),
        }
    }
}

/// Whether something is said to hold.
#[derive(Clone, Debug, PartialEq)]
pub struct Held {
    /// How sure, and whether yes or no.
    pub certainty: Certainty,
    /// The state, where a word tells it.
    pub status: Option<Status>,
    /// The words that make it so.
    pub by: Vec<usize>,
    /// Who says so, as far as the sentence tells: the innermost.
    pub source: Option<Argument>,
    /// Somebody says so, named or not.
    pub reported: bool,
    /// What modals mean in what is said holds of it ([`Cue::told`]): not of the subject of a clause, which may be a mere thought.
    pub(crate) told: bool,
}
