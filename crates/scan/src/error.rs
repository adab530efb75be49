//! What stops a whole batch, or keeps lists from being had. What stops one row stands in its column `error`.

use arrow_schema::ArrowError;
use lagebild_screen::StoredError;
use lagebild_watchlist::readers::FileError;
use lagebild_watchlist::store::StoreError;
use std::path::PathBuf;

/// Why a batch gives none.
#[derive(Debug, thiserror::Error)]
pub enum ScanError {
    /// The column that the work is about is missing.
    #[error("there is no column `{wanted}`; the columns are {there}")]
    NoColumn {
        /// The one that is wanted.
        wanted: &'static str,
        /// Those that there are.
        there: String,
    },
    /// A column is of a kind that holds no words.
    #[error("the column `{0}` cannot be read as text: {1}")]
    Column(&'static str, ArrowError),
    /// What came out does not fit into columns: more than 2 GiB of words in one batch, say.
    #[error("the batch that comes out cannot be put together: {0}")]
    Out(#[from] ArrowError),
}

/// Why lists cannot be asked.
#[derive(Debug, thiserror::Error)]
pub enum ListsError {
    /// The store could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The index of the store could not be made or opened.
    #[error(transparent)]
    Index(#[from] StoredError),
    /// A file is no list.
    #[error(transparent)]
    File(#[from] FileError),
    /// The folder holds no lists.
    #[error(
        "no lists in {0}; `lagebild lists update` downloads them, `lagebild lists add NAME FILE` takes a file"
    )]
    Empty(PathBuf),
    /// A file ends too early: a party that is missing would be taken for not listed.
    #[error("the list `{0}` breaks off: {1}")]
    Torn(String, String),
    /// A file holds no party at all.
    #[error("the list `{0}` holds no party")]
    NoParty(String),
    /// The lists could not be compiled into an index.
    #[error("the lists cannot be compiled")]
    Compiled,
}
