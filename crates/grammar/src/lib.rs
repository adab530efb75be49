//! Tokens, sentences, tags, lemmas, dependency trees and named entities.
//!
//! [`analyse`] is the entry: text in, [`Analysis`] out. [`segment`] does without the encoder. [`eval`] measures against
//! treebanks and name corpora. The encoder is trained by `training/`, outside the product.
//!
//! Knows sentences, words, trees and names as such. It must not know documents, lists, goods or measures, nor what a name
//! stands for; the same text gives the same bytes on every machine.

mod analyse;
mod chance;
mod conllu;
mod encoder;
pub mod eval;
mod features;
mod lemmas;
mod segment;
mod syntax;

pub use analyse::{PieceWindow, analyse, analyse_sentences, windows};
pub use chance::{odds, probability};
pub use conllu::{CorpusError, Gold, read_conllu, read_germeval};
pub use encoder::{Encoder, Instructions, LANGUAGES, ModelError};
pub use lemmas::lemma;
pub use segment::segment;
pub use syntax::{Analysis, Anchor, Filler, NameClass, NameSpan, Sentence, Token, Upos};

/// What the README shows, run as a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
