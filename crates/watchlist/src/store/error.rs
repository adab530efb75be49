//! Why the store could not do what was asked.

use crate::readers::FileError;
use std::path::PathBuf;

/// Why the store could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A file of the store could not be read or written.
    #[error("{0}: {1}")]
    File(PathBuf, std::io::Error),
    /// The given files are no list.
    #[error(transparent)]
    Source(#[from] FileError),
    /// The file holds no party.
    #[error("{0}: no party in it; nothing was replaced")]
    Empty(PathBuf),
    /// The file breaks off.
    #[error("the new version of {name} breaks off ({place}: {reason}); not replaced")]
    Torn {
        /// The list.
        name: String,
        /// Where.
        place: String,
        /// How it shows.
        reason: String,
    },
    /// The new version lost too many parties to be believed.
    #[error(
        "the new version of {name} has {new} parties, the one before {old}; not replaced (--force takes it)"
    )]
    Shrunk {
        /// The list.
        name: String,
        /// Parties of the new version.
        new: usize,
        /// Parties of the one before.
        old: usize,
    },
    /// What was downloaded is older than what is there.
    #[error("the new version of {name} is of {new}, the present one of {old}; not replaced")]
    Older {
        /// The list.
        name: String,
        /// Day of the new version.
        new: String,
        /// Day of the present one.
        old: String,
    },
    /// A list's name is a file name: letters, digits, `-` and `_`.
    #[error("`{0}` cannot be a list's name: letters, digits, - and _ only, and not `index`")]
    Name(String),
    /// There is no such list.
    #[error("no list {0}; `lagebild lists status` shows which there are")]
    NoList(String),
    /// The table of a list's versions is damaged.
    #[error(
        "{file}: damaged: {reason}; `lagebild lists add {name} FILE` or `lagebild lists update {name}` makes it anew, \
         `lagebild lists remove {name}` forgets the list"
    )]
    Versions {
        /// The list.
        name: String,
        /// The table.
        file: PathBuf,
        /// How it shows.
        reason: String,
    },
    /// A stored file is damaged.
    #[error("{0}: damaged: {1}; add the list anew")]
    Damaged(PathBuf, serde_json::Error),
    /// A stored file does not hold what was added.
    #[error(
        "{0}: damaged: it no longer has the content that was added, so nothing is read from it; add the list anew"
    )]
    Changed(PathBuf),
}
