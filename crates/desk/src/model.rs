//! What lies on the desk, as plain data.

use crate::act::Choice;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// How many places of an item are shown, and stand in its decision.
pub(crate) const SHOWN_PLACES: usize = 5;

/// What there is to decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemKind {
    /// A name that may be a listed party's.
    Hit,
    /// Something that is said to go from one to another.
    Flow,
    /// A regime that a flow may touch.
    Finding,
}

impl ItemKind {
    /// The word for it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Hit => "hit",
            Self::Flow => "flow",
            Self::Finding => "finding",
        }
    }

    /// What can be chosen, in words.
    pub const fn choices(self) -> &'static str {
        match self {
            Self::Hit => "same, another or unsure",
            Self::Flow | Self::Finding => "relevant, not or unsure",
        }
    }

    /// Whether a choice fits.
    pub const fn takes(self, choice: Choice) -> bool {
        match choice {
            Choice::Unsure => true,
            Choice::Same | Choice::Another => matches!(self, Self::Hit),
            Choice::Relevant | Choice::Not => !matches!(self, Self::Hit),
        }
    }
}

/// Where an item stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Nobody decided.
    Open,
    /// Decided by one of two people (four eyes).
    Proposed,
    /// Decided.
    Decided,
    /// Decided earlier, of the same name and party in another case.
    Remembered,
}

impl State {
    /// The word for it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Proposed => "proposed",
            Self::Decided => "decided",
            Self::Remembered => "remembered",
        }
    }

    pub(crate) fn of(word: &str) -> Self {
        match word {
            "proposed" => Self::Proposed,
            "decided" => Self::Decided,
            "remembered" => Self::Remembered,
            _ => Self::Open,
        }
    }
}

/// An item's address: case and number.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ItemRef {
    /// The case.
    pub case: String,
    /// Its number in the case, from 1.
    pub number: u64,
}

impl std::fmt::Display for ItemRef {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.case, self.number)
    }
}

/// A listed party that a name may be.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Listed {
    /// Its id, such as `ofac-sdn:20157`.
    pub party: String,
    /// The publisher's primary name.
    pub name: String,
    /// How like the names are, 0 to 1.
    pub score: f64,
    /// Days or years of birth, as published.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub birth: Vec<String>,
    /// Programmes that it is listed under.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub programmes: Vec<String>,
    /// Days of listing, as published.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub listed: Vec<String>,
    /// How the score came about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub why: Vec<String>,
}

impl Listed {
    /// Short name of its list.
    pub fn list(&self) -> &str {
        self.party.split(':').next().unwrap_or_default()
    }
}

/// Words of a document that an item rests on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// Number of the document in its case, from 1.
    pub document: u64,
    /// First byte in its text.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// The words with what stands around them.
    pub words: String,
}

/// A decision on the same name and party in an earlier text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Remembered {
    /// The case in which it was decided.
    pub case: String,
    /// The entry of the decision in the chain of that case.
    pub entry: u64,
    /// What was chosen.
    pub choice: Choice,
    /// By whom.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// Something to decide, as it is found in one document: found again elsewhere it is the same item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Found {
    /// What it is.
    pub kind: ItemKind,
    /// What makes it the same as in other documents; of a hit its name, folded. Hits with one key are one item where they share a
    /// party.
    pub key: String,
    /// What it is about, on one line.
    pub name: String,
    /// How early it wants to be decided, 0 to 1000.
    pub rank: u32,
    /// Of a hit: the listed parties that are taken for one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parties: Vec<Listed>,
    /// What else is known, a line each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub details: Vec<String>,
    /// Where it stands.
    pub places: Vec<Place>,
    /// An earlier decision on the same name and party.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remembered: Option<Remembered>,
}

/// Something in the news of an item: what a list changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct News {
    /// The item.
    pub item: ItemRef,
    /// What is new, in words.
    pub words: String,
}

/// What of an item is shown to whoever decides, and stands in the decision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shown {
    /// What it is.
    pub kind: ItemKind,
    /// What it is about.
    pub name: String,
    /// The listed parties.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parties: Vec<Listed>,
    /// What else is known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub details: Vec<String>,
    /// The first places.
    pub places: Vec<Place>,
    /// What a list changed since the last decision.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub news: Option<String>,
    /// An earlier decision on the same name and party.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remembered: Option<Remembered>,
}

/// An item of the queue.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Item {
    /// Where it is.
    #[serde(flatten)]
    pub item: ItemRef,
    /// Counts what changed on it: whoever decides says which version was seen.
    pub version: u64,
    /// Where it stands.
    pub state: State,
    /// How early it wants to be decided, 0 to 1000.
    pub rank: u32,
    /// What is shown.
    #[serde(flatten)]
    pub shown: Shown,
    /// In how many documents it stands.
    pub documents: u64,
    /// The standing decision.
    pub choice: Option<Choice>,
    /// Its reason.
    pub reason: Option<String>,
    /// Its note.
    pub note: Option<String>,
    /// Who decided.
    pub by: Option<String>,
    /// When.
    pub at: Option<Timestamp>,
    /// Who confirmed, where four eyes are wanted.
    pub confirmed_by: Option<String>,
    /// Whose task it is.
    pub assigned: Option<String>,
    /// Until when.
    pub due: Option<Date>,
}

/// Something that is watched beside the names of the cases.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Watched {
    /// A name, or the id of a listed party.
    pub name: String,
    /// FollowTheMoney schema of a name, where it is known.
    pub schema: Option<String>,
    /// Where it comes from: a customer's number, a table.
    pub source: String,
}

/// A name without case, punctuation and blanks: the same name in two spellings of these.
pub fn folded(name: &str) -> String {
    let parts = name.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(" ").to_lowercase()
}
