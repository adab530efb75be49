//! Tokens, sentences, tags, lemmas, dependency trees and named entities; training and models.

mod analyse;
mod model;
mod segment;
mod syntax;

pub use analyse::analyse;
pub use model::Model;
pub use segment::segment;
pub use syntax::{Analysis, NameClass, NameSpan, Sentence, Token, Upos};
