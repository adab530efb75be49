//! The language of a search box: words, phrases, fields, ranges, wildcards, operators, as Lucene's query string has
//! them, and the simple form of it that never fails.

mod parse;
mod pattern;
mod scan;
mod simple;

pub use parse::parse;
pub use simple::parse as parse_simple;

/// What is searched for.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// Every entity.
    All,
    /// A word. `None` searches names and all other text.
    Word {
        /// Field that it stands in.
        field: Option<String>,
        /// The word; `*` and `?` stand for any letters where `wild`.
        text: String,
        /// Letters that may differ; `None` when exact.
        fuzzy: Option<Fuzzy>,
        /// Whether it holds wildcards.
        wild: bool,
    },
    /// Words that stand together.
    Phrase {
        /// Field that they stand in.
        field: Option<String>,
        /// The words.
        text: String,
        /// How many places they may be apart.
        slop: u32,
    },
    /// Values between two, either of which may be open (`None`).
    Range {
        /// Field.
        field: String,
        /// Least value, and whether it is itself meant.
        from: Option<(String, bool)>,
        /// Greatest value, and whether it is itself meant.
        to: Option<(String, bool)>,
    },
    /// A regular expression over words.
    Pattern {
        /// Field.
        field: Option<String>,
        /// The expression.
        pattern: String,
    },
    /// Any value in a field.
    Exists(String),
    /// Several conditions.
    Group(Vec<(Occur, Node)>),
    /// A condition that counts for more or less.
    Boost(Box<Node>, f32),
}

/// Conditions in one query, as in Elasticsearch.
const MOST_CONDITIONS: usize = 1024;
/// What a word that may differ costs, against one that may not.
const FUZZY_COST: usize = 32;
/// What a pattern costs.
const PATTERN_COST: usize = 256;
/// Steps of a pattern when it is written out; its automaton costs this times the letters, times its states.
const MOST_SIZE: usize = 250;
/// Letters of a word that may differ.
const LONGEST_FUZZY: usize = 64;
/// Words of a phrase that may stand apart.
const MOST_APART: usize = 32;

impl Node {
    /// Whether the query asks for so much that answering it would keep others waiting.
    pub fn is_too_much(&self) -> bool {
        self.cost() > MOST_CONDITIONS
    }

    fn cost(&self) -> usize {
        let words =
            |text: &str| text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).count();
        match self {
            Self::All => 0,
            Self::Exists(_) | Self::Range { .. } => FUZZY_COST,
            Self::Pattern { pattern, .. } if pattern::size(pattern) > MOST_SIZE => MOST_CONDITIONS + 1,
            Self::Pattern { .. } => PATTERN_COST,
            Self::Word { text, wild: true, .. } if pattern::size_of_wild(text) > MOST_SIZE => {
                MOST_CONDITIONS + 1
            }
            Self::Word { text, fuzzy: Some(_), .. } if text.chars().count() > LONGEST_FUZZY => {
                MOST_CONDITIONS + 1
            }
            Self::Word { text, fuzzy: None, wild: false, .. } | Self::Phrase { text, slop: 0, .. } => {
                words(text)
            }
            Self::Word { text, .. } => words(text).max(1) * FUZZY_COST,
            Self::Phrase { text, .. } if words(text) > MOST_APART => MOST_CONDITIONS + 1,
            Self::Phrase { text, .. } => words(text) * FUZZY_COST,
            Self::Group(clauses) => clauses.iter().map(|(_, node)| node.cost()).sum(),
            Self::Boost(node, _) => node.cost(),
        }
    }
}

/// How many letters may differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fuzzy {
    /// None in words of up to two letters, one up to five, else two.
    Auto,
    /// This many.
    Letters(u8),
}

/// How a condition counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Occur {
    /// It must hold.
    Must,
    /// One of several must hold.
    Should,
    /// It must not hold.
    MustNot,
}

/// Why a query cannot be understood.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message} at character {at}")]
pub struct QueryError {
    /// Place in the query, in characters.
    pub at: usize,
    /// What is wrong.
    pub message: &'static str,
}
