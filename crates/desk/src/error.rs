//! Why the desk could not do what was asked.

use crate::model::ItemRef;

/// Why the desk could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// The database refused.
    #[error("the store: {0}")]
    Database(#[from] rusqlite::Error),
    /// A stored value is not what was stored.
    #[error("the store is damaged: {0}")]
    Damaged(String),
    /// The file was made by a newer program.
    #[error(
        "the store was made by a newer program (layout {found}, this one knows {known}); update lagebild"
    )]
    Newer {
        /// Layout of the file.
        found: i64,
        /// Newest layout that this program knows.
        known: i64,
    },
    /// There is no such case.
    #[error("no case `{0}`; `lagebild desk cases` shows which there are")]
    NoCase(String),
    /// The case is there already.
    #[error("there is a case `{0}` already")]
    CaseExists(String),
    /// A case is named by letters, digits, `-`, `_` and `.`.
    #[error("`{0}` cannot be a case's name: 1 to 64 letters, digits, - _ and . only")]
    CaseName(String),
    /// There is no such item.
    #[error("no item {0}; `lagebild desk queue` shows which there are")]
    NoItem(ItemRef),
    /// Somebody else was faster.
    #[error("{item} has changed since you saw it: {what}; look at it again, then decide {item}@{version}")]
    Conflict {
        /// The item.
        item: ItemRef,
        /// What became of it.
        what: String,
        /// Its present version.
        version: u64,
    },
    /// Four eyes: another person must confirm.
    #[error("{item} was proposed by {by}; somebody else must confirm it")]
    OwnProposal {
        /// The item.
        item: ItemRef,
        /// Who proposed.
        by: String,
    },
    /// There is nothing to confirm or take back.
    #[error("{0}: nothing to {1}")]
    Nothing(ItemRef, &'static str),
    /// The choice does not fit the item.
    #[error("{item} is a {kind}: choose {choices}")]
    Choice {
        /// The item.
        item: ItemRef,
        /// What it is.
        kind: &'static str,
        /// What can be chosen.
        choices: &'static str,
    },
    /// A decision needs a reason.
    #[error("say why: a decision without a reason cannot be looked at later")]
    NoReason,
    /// There is nobody of this name.
    #[error("nobody is called `{0}`; `lagebild desk people list` shows who is")]
    NoPerson(String),
    /// There is somebody of this name.
    #[error("there is somebody called `{0}` already")]
    PersonExists(String),
    /// People are named by letters, digits and some signs.
    #[error("`{0}` cannot be a person's name: 1 to 80 letters, digits, blanks, - _ . and @ only")]
    PersonName(String),
    /// A password must have some length.
    #[error("the password: at least {0} letters, at most 1,024 bytes")]
    Password(usize),
    /// Who acts is not said.
    #[error("say who decides: a name without control characters, 1 to 80 letters")]
    NoName,
    /// There is no such document.
    #[error("no document {1} in the case `{0}`")]
    NoDocument(String, u64),
    /// The content of a document was removed.
    #[error("document {document}: content removed by {by} on {at}: {why}")]
    Removed {
        /// Its number.
        document: u64,
        /// Who removed it.
        by: String,
        /// When, RFC 3339 in UTC.
        at: String,
        /// Why.
        why: String,
    },
    /// A name to forget, or a reason that names it.
    #[error("say whom, and say why without the name: the reason stays in the chain")]
    Unnamed,
    /// A key or signature cannot be used.
    #[error("the key: {0}")]
    Key(String),
    /// A bundle is none, or was changed.
    #[error("the bundle: {0}")]
    Bundle(String),
    /// Something could not be read or written.
    #[error(transparent)]
    File(#[from] std::io::Error),
}

impl From<serde_json::Error> for DeskError {
    fn from(error: serde_json::Error) -> Self {
        Self::Damaged(error.to_string())
    }
}

/// What the desk's functions answer.
pub(crate) type Result<T> = std::result::Result<T, DeskError>;
