//! Tokens, sentences, tags, lemmas, dependency trees and named entities; training and models.

mod syntax;

pub use syntax::{Analysis, NameClass, NameSpan, Sentence, Token, Upos};
