//! Why an input gave no document.

use lagebild_formats::{Refusal, Why};

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
    /// A file of a folder whose ending is not that of an article, or something that is no file.
    #[error("{path}: {what}; articles end in {endings}")]
    Unsupported {
        /// The file.
        path: String,
        /// What it is.
        what: String,
        /// The endings that are read.
        endings: String,
    },
    /// A hidden file or folder in a folder.
    #[error("{path}: hidden")]
    Hidden {
        /// The file or folder.
        path: String,
    },
    /// A link to a folder in a folder.
    #[error("{path}: a link to a folder is not followed; name it on the command line")]
    Link {
        /// The link.
        path: String,
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
    /// A file, or a member of an archive, that gives no text.
    #[error("{source_name}: {reason}")]
    Refused {
        /// The input, with the way to the member.
        source_name: String,
        /// Why, and what to do.
        reason: String,
    },
    /// A file in an archive that is no text.
    #[error("{source_name}: {reason}")]
    NoText {
        /// The input, with the way to the member.
        source_name: String,
        /// What it is.
        reason: String,
        /// Nobody will miss it: hidden files, pictures of a signature, copies, what a web page loads.
        hidden: bool,
    },
    /// A table without a column for the text.
    #[error(
        "{source_name}: no column of the table is a text (columns: {columns}); name it: --columns text=COLUMN"
    )]
    NoTextColumn {
        /// The input.
        source_name: String,
        /// The columns that there are.
        columns: String,
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
    /// The input that it is about, with the line where it has lines.
    pub fn input(&self) -> String {
        match self {
            Self::NotFound { path }
            | Self::Unreadable { path, .. }
            | Self::NoArticles { path, .. }
            | Self::Unsupported { path, .. }
            | Self::Hidden { path }
            | Self::Link { path } => path.clone(),
            Self::TooLarge { source_name, .. }
            | Self::Empty { source_name }
            | Self::Refused { source_name, .. }
            | Self::NoText { source_name, .. }
            | Self::NoTextColumn { source_name, .. }
            | Self::Binary { source_name, .. } => source_name.clone(),
            Self::BrokenJson { source_name, line, .. } | Self::NoArticleInJson { source_name, line, .. } => {
                format!("{source_name}:{line}")
            }
        }
    }

    /// What is wrong, without the name of the input.
    pub fn reason(&self) -> String {
        let words = self.to_string();
        words.strip_prefix(&format!("{}: ", self.input())).unwrap_or(&words).to_owned()
    }

    /// True for what stands in a folder and was not opened, since it is not an article.
    pub fn is_skipped(&self) -> bool {
        matches!(
            self,
            Self::Unsupported { .. } | Self::Hidden { .. } | Self::Link { .. } | Self::NoText { .. }
        )
    }

    /// True for what a user would not miss.
    pub fn is_hidden(&self) -> bool {
        matches!(self, Self::Hidden { .. } | Self::NoText { hidden: true, .. })
    }

    /// What `formats` says of a file that gives no text.
    pub(crate) fn of(refusal: Refusal, max_bytes: u64) -> Self {
        let Refusal { name: source_name, reason, why } = refusal;
        match why {
            Why::Failed => Self::Refused { source_name, reason },
            Why::TooLarge => Self::too_large(&source_name, max_bytes),
            Why::Skipped => Self::NoText { source_name, reason, hidden: false },
            Why::Hidden => Self::NoText { source_name, reason, hidden: true },
        }
    }

    /// An input above the limit of `max_bytes`.
    pub(crate) fn too_large(source: &str, max_bytes: u64) -> Self {
        Self::TooLarge { source_name: source.to_string(), limit_mib: max_bytes.div_ceil(1 << 20) }
    }
}
