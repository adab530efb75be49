//! What is done at the desk: the bodies of a chain's entries.

use crate::model::{Found, Shown};
use crate::watch::Change;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Something done in a case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum Act {
    /// The case was opened.
    Open(Opened),
    /// A document was stored and read.
    Document(Stored),
    /// An item was decided.
    Decide(Decision),
    /// A second person confirmed a decision.
    Confirm {
        /// The item.
        item: u64,
        /// Its version that was seen.
        version: u64,
        /// The entry of the decision.
        decision: u64,
    },
    /// A decision was taken back.
    Undo {
        /// The item.
        item: u64,
        /// Its version that was seen.
        version: u64,
        /// The entry of the decision.
        decision: u64,
        /// Why.
        reason: String,
    },
    /// A decision of another case, which was remembered here, was taken back there.
    Recall {
        /// The item.
        item: u64,
        /// The other case.
        case: String,
        /// The entry of the decision there.
        decision: u64,
    },
    /// An item was given to somebody.
    Assign {
        /// The item.
        item: u64,
        /// Its version that was seen.
        version: u64,
        /// To whom; none to nobody.
        to: Option<String>,
        /// Until when.
        due: Option<Date>,
    },
    /// A note on an item, or on the case.
    Note {
        /// The item.
        item: Option<u64>,
        /// The note.
        text: String,
    },
    /// Lists changed, and that concerns this case.
    Watch {
        /// The lists that were asked: name, day, hash.
        lists: Vec<Value>,
        /// What changed.
        changes: Vec<Change>,
    },
    /// Content was removed.
    Remove(Removal),
    /// How many days documents and notes are kept was set; none for as long as the case is.
    Retain {
        /// The days.
        days: Option<u32>,
    },
}

/// What was removed, and why. Who did it and when stands in the head of the entry.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Removal {
    /// Entries whose bodies were removed; their heads stay.
    pub entries: Vec<u64>,
    /// Documents, with their readings.
    pub documents: Vec<u64>,
    /// Items.
    pub items: Vec<u64>,
    /// Why.
    pub reason: String,
}

/// A case as it was opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opened {
    /// What it is about.
    pub title: String,
    /// A second person must confirm each decision.
    pub four_eyes: bool,
}

/// A document in the chain: hashes, and what was found in it. Its text and reading lie beside the chain.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stored {
    /// Its number in the case, from 1.
    pub number: u64,
    /// Where it came from.
    pub source: String,
    /// Headline.
    pub title: Option<String>,
    /// SHA-256 of the source bytes.
    pub sha256: String,
    /// SHA-256 of the text.
    pub text: String,
    /// SHA-256 of the archived document ([`crate::Archived`] as JSON).
    pub archived: String,
    /// SHA-256 of the reading as JSON.
    pub reading: String,
    /// What it was read with (`stamp` of the reading).
    pub stamp: Value,
    /// What there is to decide.
    pub found: Vec<Found>,
    /// Who else is named, by kind: watched when lists change.
    pub names: Vec<(String, String)>,
}

/// What is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Choice {
    /// The name is the listed party's.
    Same,
    /// It is somebody else's.
    Another,
    /// It cannot be told yet.
    Unsure,
    /// The flow or finding matters.
    Relevant,
    /// It does not.
    Not,
}

impl Choice {
    /// The word for it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Another => "another",
            Self::Unsure => "unsure",
            Self::Relevant => "relevant",
            Self::Not => "not",
        }
    }

    pub(crate) fn of(word: &str) -> Option<Self> {
        [Self::Same, Self::Another, Self::Unsure, Self::Relevant, Self::Not]
            .into_iter()
            .find(|choice| choice.word() == word)
    }

    /// Whether later texts with the same name and party are taken as decided.
    pub(crate) const fn is_remembered(self) -> bool {
        matches!(self, Self::Same | Self::Another)
    }
}

/// A decision with what it was made on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Decision {
    /// The item.
    pub item: u64,
    /// Its version that was seen.
    pub version: u64,
    /// What was chosen.
    pub choice: Choice,
    /// Why.
    pub reason: String,
    /// A note.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// What was shown.
    pub shown: Shown,
    /// The documents that were shown.
    pub evidence: Vec<Evidence>,
    /// Lists, software and models of their readings, each once.
    pub stamps: Vec<Value>,
    /// Lists that were stale on the day of the decision, in words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stale: Vec<String>,
}

/// A document that a decision rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// Its number in the case.
    pub document: u64,
    /// SHA-256 of its text.
    pub text: String,
    /// SHA-256 of its reading.
    pub reading: String,
    /// Which of the stamps it was read with, from 0.
    pub stamp: usize,
}
