//! Tokens, sentences, tags, lemmas, dependency trees and named entities; training and models.
//!
//! [`analyse`] is the entry: text in, [`Analysis`] out. [`segment`] does without a model. [`train`] makes models from
//! treebanks, [`eval`] measures them.

mod analyse;
mod conllu;
pub mod eval;
mod features;
mod hash;
mod lemma;
mod lemmas;
mod model;
mod morph;
mod ner;
mod parser;
mod perceptron;
mod segment;
mod syntax;
mod tagger;
pub mod train;

pub use analyse::{analyse, analyse_sentences};
pub use conllu::{CorpusError, Gold, read_conllu, read_germeval};
pub use model::{Annotation, Clusters, Known, Model, ModelError};
pub use segment::segment;
pub use syntax::{Analysis, NameClass, NameSpan, Sentence, Token, Upos};
