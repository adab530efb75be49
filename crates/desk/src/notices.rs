//! Notices: what a new version of a list changed, as it is told to others.
//!
//! Here is only what is said, and to whom by name; how it gets there (mail, webhook) is the caller's business. No more is said than
//! a receiver needs to look it up at the desk, unless names are asked for.

use crate::hash::sha256;
use crate::model::ItemRef;
use serde::{Deserialize, Serialize};

/// Most news in one notice; how many more there are is said.
const MOST: usize = 500;

/// How much a notice says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Detail {
    /// Ids of parties and items, nobody's name.
    #[default]
    Ids,
    /// Also names, what changed in words, and why somebody is watched.
    Names,
}

/// Somebody who is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// What the receiver is called.
    pub name: String,
    /// How much it is told.
    pub detail: Detail,
}

/// What became of a party.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// Is listed now.
    Listed,
    /// Has a name more.
    NewAlias,
    /// Has a name less.
    AliasGone,
    /// Changed in something else.
    Changed,
    /// Is listed no longer.
    Removed,
}

impl What {
    /// In words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Listed => "listed since",
            Self::NewAlias => "new alias",
            Self::AliasGone => "alias no longer listed",
            Self::Changed => "changed",
            Self::Removed => "removed",
        }
    }
}

/// A version of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListDay {
    /// Short name.
    pub list: String,
    /// Its day.
    pub day: String,
    /// SHA-256 over its parties.
    pub version: String,
    /// The day of the version that was asked before; none the first time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
}

/// What changed of one party.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Told {
    /// What became of it.
    pub what: What,
    /// The list.
    pub list: String,
    /// The list's day.
    pub day: String,
    /// The party's id.
    pub party: String,
    /// Fields that changed, without their values.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<String>,
    /// The item at the desk; none where it concerns somebody watched.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<ItemRef>,
    /// The name in the documents, or the one that is watched.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What changed, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
    /// Why it is watched.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// What is told at once.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notice {
    /// The same however often it comes: a receiver that has it already leaves it.
    pub id: String,
    /// When it was made, RFC 3339 in UTC.
    pub made: String,
    /// The lists that changed.
    pub lists: Vec<ListDay>,
    /// What changed.
    pub news: Vec<Told>,
    /// How many more there are at the desk.
    pub more: usize,
}

impl Notice {
    /// What a target is told; none where nothing is new.
    pub(crate) fn new(target: &Target, made: &str, lists: &[ListDay], news: &[Told]) -> Option<Self> {
        if news.is_empty() {
            return None;
        }
        let said = |told: &Told| match target.detail {
            Detail::Names => told.clone(),
            Detail::Ids => Told { name: None, words: None, source: None, ..told.clone() },
        };
        let versions: Vec<&str> = lists.iter().map(|list| list.version.as_str()).collect();
        let id =
            sha256(format!("{}\n{made}\n{}", target.name, versions.join(" ")).as_bytes())[..32].to_owned();
        Some(Self {
            id,
            made: made.into(),
            lists: lists.to_vec(),
            news: news.iter().take(MOST).map(said).collect(),
            more: news.len().saturating_sub(MOST),
        })
    }
}

/// A notice that is to be sent now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing {
    /// Its number.
    pub number: i64,
    /// To whom.
    pub target: String,
    /// Its id.
    pub key: String,
    /// [`Notice`] as JSON.
    pub body: String,
    /// Which try this is, from 1.
    pub tries: u32,
}

/// A notice as the desk keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Kept {
    /// Its number.
    pub number: i64,
    /// To whom.
    pub target: String,
    /// `waiting`, `sent` or `dead` (given up).
    pub state: String,
    /// When it was made.
    pub made: String,
    /// How often it was tried.
    pub tries: u32,
    /// When it is tried next.
    pub next: Option<String>,
    /// Why it could not be sent.
    pub why: String,
    /// What is to be sent; gone once it was.
    pub notice: Option<Notice>,
}
