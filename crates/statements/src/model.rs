//! Statements as plain data; serialised as the reading contract wants them (`docs/reading.md`).

use crate::confidence::Support;
use lagebild_entities::EntityId;
use lagebild_span::Span;
use serde::{Serialize, Serializer};

/// A statement's number in its document; written `s1`, `s2`, ….
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StatementId(pub u32);

impl std::fmt::Display for StatementId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "s{}", self.0)
    }
}

impl Serialize for StatementId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Something that somebody is said to say, think or announce.
#[derive(Clone, Debug, Serialize)]
pub struct Statement {
    /// Its id in this document.
    pub id: StatementId,
    /// The words that carry what is said.
    pub content: Span,
    /// The words that mark it as said ("bestätigte", "laut").
    pub cue: Option<Span>,
    /// Who says it; none when the source is unnamed or the article speaks for itself.
    pub speaker: Option<EntityId>,
    /// The words that name the speaker, also when it is nobody in particular ("Experten").
    pub speaker_words: Option<Span>,
    /// The outlet through which it reached the article.
    pub channel: Option<EntityId>,
    /// To whom it is said.
    pub addressee: Option<EntityId>,
    /// How it is rendered.
    pub manner: Manner,
    /// How sure the source is.
    pub certainty: Certainty,
    /// What is done by saying it.
    pub act: Act,
    /// The statement in which this one is embedded.
    pub within: Option<StatementId>,
    /// List items that a lead-in governs: its attribution and certainty are theirs.
    pub scope: Vec<Span>,
    /// How probable it is that the speaker is rightly said to say this, 0 to 1 in hundredths.
    pub confidence: f32,
    /// What speaks for it.
    pub support: Support,
    /// The rule and the words that produced it, a line each.
    pub explanation: Vec<String>,
}

/// The least confidence of what the views show unfolded; that of transfers is the same.
const SURE: f32 = 0.6;

impl Statement {
    /// True where somebody is likelier rightly than wrongly said to say it: a confidence of 0.6 or more. The views fold the others.
    pub fn is_sure(&self) -> bool {
        self.confidence >= SURE
    }
}

/// How a statement is rendered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Manner {
    /// In quotation marks.
    Direct,
    /// In a clause under a verb of saying.
    Indirect,
    /// As a report about saying: nominalised, by preposition, or by *sollen*.
    Reported,
    /// In the subjunctive, without a cue of its own.
    FreeIndirect,
}

/// What is done by saying it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Act {
    Assert,
    Confirm,
    Deny,
    Announce,
    Threaten,
    Demand,
    Promise,
    Speculate,
    Ask,
}

/// How certain the source is that a thing is so or is not so: `FactBank`'s values
/// (Saurí and Pustejovsky 2009, Language Resources and Evaluation 43).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, serde::Deserialize)]
pub enum Certainty {
    /// Certain that it is so.
    #[serde(rename = "CT+")]
    CertainPlus,
    /// Probable that it is so.
    #[serde(rename = "PR+")]
    ProbablePlus,
    /// Possible that it is so.
    #[serde(rename = "PS+")]
    PossiblePlus,
    /// Certain that it is not so.
    #[serde(rename = "CT-")]
    CertainMinus,
    /// Probable that it is not so.
    #[serde(rename = "PR-")]
    ProbableMinus,
    /// Possible that it is not so.
    #[serde(rename = "PS-")]
    PossibleMinus,
    /// Asked, awaited, demanded: no commitment.
    #[serde(rename = "U")]
    Unknown,
}

impl Certainty {
    /// The value as it is written: `CT+`.
    pub fn code(self) -> &'static str {
        match self {
            Self::CertainPlus => "CT+",
            Self::ProbablePlus => "PR+",
            Self::PossiblePlus => "PS+",
            Self::CertainMinus => "CT-",
            Self::ProbableMinus => "PR-",
            Self::PossibleMinus => "PS-",
            Self::Unknown => "U",
        }
    }

    /// The value that is written so.
    pub fn from_code(code: &str) -> Option<Self> {
        let all = [
            Self::CertainPlus,
            Self::ProbablePlus,
            Self::PossiblePlus,
            Self::CertainMinus,
            Self::ProbableMinus,
            Self::PossibleMinus,
            Self::Unknown,
        ];
        all.into_iter().find(|value| value.code() == code)
    }
}

impl std::fmt::Display for Certainty {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.code())
    }
}

impl Certainty {
    /// The same level with the other polarity.
    #[must_use]
    pub fn negated(self) -> Self {
        match self {
            Self::CertainPlus => Self::CertainMinus,
            Self::CertainMinus => Self::CertainPlus,
            Self::ProbablePlus => Self::ProbableMinus,
            Self::ProbableMinus => Self::ProbablePlus,
            Self::PossiblePlus => Self::PossibleMinus,
            Self::PossibleMinus => Self::PossiblePlus,
            Self::Unknown => Self::Unknown,
        }
    }

    /// True for the values with a minus.
    pub fn is_negative(self) -> bool {
        matches!(self, Self::CertainMinus | Self::ProbableMinus | Self::PossibleMinus)
    }
}

impl From<lagebild_predicates::Certainty> for Certainty {
    fn from(found: lagebild_predicates::Certainty) -> Self {
        use lagebild_predicates::Certainty::{CtMinus, CtPlus, PrMinus, PrPlus, PsMinus, PsPlus, U};
        match found {
            CtPlus => Self::CertainPlus,
            PrPlus => Self::ProbablePlus,
            PsPlus => Self::PossiblePlus,
            CtMinus => Self::CertainMinus,
            PrMinus => Self::ProbableMinus,
            PsMinus => Self::PossibleMinus,
            U => Self::Unknown,
        }
    }
}
