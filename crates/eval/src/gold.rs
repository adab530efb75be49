//! The gold format: one article, what it says by hand. Every `quote` is an exact substring of the article.

use serde::Deserialize;

/// What a person found in an article.
#[derive(Clone, Debug, Deserialize)]
pub struct Gold {
    /// Language, day of publication, title.
    pub document: GoldDocument,
    /// Who and what is named.
    #[serde(default)]
    pub entities: Vec<GoldEntity>,
    /// Who says what.
    #[serde(default)]
    pub statements: Vec<GoldStatement>,
    /// What goes from whom to whom.
    #[serde(default)]
    pub transfers: Vec<GoldTransfer>,
    /// What happened.
    #[serde(default)]
    pub events: Vec<GoldEvent>,
    /// Which provisions that touches.
    #[serde(default)]
    pub findings: Vec<GoldFinding>,
}

/// What is known of the article.
#[derive(Clone, Debug, Deserialize)]
pub struct GoldDocument {
    /// BCP 47 code.
    pub language: String,
    /// ISO date.
    pub published: Option<String>,
}

/// A real thing and all its surface forms in the article.
#[derive(Clone, Debug, Deserialize)]
pub struct GoldEntity {
    /// Canonical name.
    pub name: String,
    /// Every form that refers to it.
    pub forms: Vec<String>,
}

/// Something that somebody says.
#[derive(Clone, Debug, Deserialize)]
pub struct GoldStatement {
    /// The content.
    pub quote: String,
    /// Entity name, or none.
    pub speaker: Option<String>,
    /// Entity name, or none.
    pub channel: Option<String>,
    /// FactBank value.
    pub certainty: String,
    /// True for an entry that is not scored.
    #[serde(default)]
    pub cue_only: bool,
}

/// Something that goes from one to another.
#[derive(Clone, Debug, Deserialize)]
pub struct GoldTransfer {
    /// Entity name.
    pub giver: Option<String>,
    /// Entity name.
    pub receiver: Option<String>,
    /// The words that name what goes.
    pub item: String,
    /// Class of goods; any of several; none where the article does not say.
    pub class: Option<OneOrMany>,
    /// FactBank value.
    pub certainty: String,
    /// Entity name, or none.
    pub source: Option<String>,
}

/// One value or a list of which any is right.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum OneOrMany {
    /// One.
    One(String),
    /// Several.
    Many(Vec<String>),
}

impl OneOrMany {
    /// True when `value` is one of them.
    pub fn holds(&self, value: &str) -> bool {
        match self {
            Self::One(one) => one == value,
            Self::Many(many) => many.iter().any(|one| one == value),
        }
    }
}

/// Something that happened.
#[derive(Clone, Debug, Deserialize)]
pub struct GoldEvent {
    /// PLOVER-like type.
    #[serde(rename = "type")]
    pub kind: String,
    /// The words.
    pub quote: String,
}

/// A provision that a transfer touches.
#[derive(Clone, Debug, Deserialize)]
pub struct GoldFinding {
    /// Index into the transfers.
    pub transfer: usize,
    /// Regime.
    pub regime: String,
    /// Any of these counts; empty: any.
    #[serde(default)]
    pub instruments: Vec<String>,
    /// Evidence state.
    pub verdict: String,
}
