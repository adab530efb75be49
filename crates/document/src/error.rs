//! Why an input gave no document.

/// An input, or one record of it, that could not be read. The others are not touched by it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DocumentError {
    /// Nothing exists at this path.
    #[error("{path}: no such file or folder")]
    NotFound {
        /// The path as it was given.
        path: String,
    },
    /// The operating system refused.
    #[error("{path}: cannot be read: {reason}")]
    Unreadable {
        /// The path as it was given.
        path: String,
        /// What the system said.
        reason: String,
    },
    /// A folder in which no file has the ending of an article.
    #[error("{path}: the folder holds no articles (looked for {endings})")]
    NoArticles {
        /// The folder as it was given.
        path: String,
        /// The endings that were looked for.
        endings: String,
    },
    /// More bytes than [`crate::Options::max_bytes`].
    #[error(
        "{source_name}: larger than {limit_mib} MiB; split it, or raise the limit (--max-size); \
         JSON Lines (.jsonl) are read line by line and may be of any length"
    )]
    TooLarge {
        /// The input.
        source_name: String,
        /// The limit in MiB, rounded up.
        limit_mib: u64,
    },
    /// Nothing, or only white space.
    #[error("{source_name}: empty")]
    Empty {
        /// The input.
        source_name: String,
    },
    /// Not text at all.
    #[error("{source_name}: not a text but {what}; give the article as text, Markdown, HTML or JSON")]
    Binary {
        /// The input.
        source_name: String,
        /// What it seems to be.
        what: &'static str,
    },
    /// JSON that cannot be parsed.
    #[error("{source_name}:{line}: broken JSON: {reason}")]
    BrokenJson {
        /// The input.
        source_name: String,
        /// The line, from 1.
        line: u64,
        /// What the parser said, with the column.
        reason: String,
    },
    /// JSON in which no object has the shape of an article.
    #[error(
        "{source_name}:{line}: no article found: an object needs a body under one of the names {expected}"
    )]
    NoArticleInJson {
        /// The input.
        source_name: String,
        /// The line, from 1.
        line: u64,
        /// The names of fields that were looked for.
        expected: String,
    },
}

impl DocumentError {
    /// An input above the limit of `max_bytes`.
    pub(crate) fn too_large(source: &str, max_bytes: u64) -> Self {
        Self::TooLarge { source_name: source.to_string(), limit_mib: max_bytes.div_ceil(1 << 20) }
    }
}
