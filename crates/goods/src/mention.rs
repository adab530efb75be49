//! What the spotting of goods gives.

use crate::calibre::Calibre;
use lagebild_span::Span;
use serde::Serialize;

/// Words that name a class of goods or services.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GoodsMention {
    /// The exact words, inflection included; bytes of the text that was given.
    #[serde(flatten)]
    pub span: Span,
    /// Id of the class.
    pub class: String,
    /// Id of the named system, such as `kn-23`.
    pub system: Option<String>,
    /// Calibre or range of calibres beside the words; inside `span`.
    pub calibre: Option<Calibre>,
    /// How much the words alone say.
    pub confidence: Confidence,
    /// Which entry of the data led to the class, and what beside it changed it.
    pub why: String,
}

/// How much the words alone say about the class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// A word that says little alone ("parts"), or a comparison ("like the Iskander").
    Low,
    /// One ordinary word.
    Medium,
    /// A named system, a compound, or a term of several words.
    High,
}
