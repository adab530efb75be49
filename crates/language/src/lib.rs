//! Languages: a folder `data/lexicon/<code>` is a language.
//!
//! A [`Language`] is the files of its folder, whole, with one hash. What a file means is known by the stage that reads it: its
//! [`Lexicon`] type is made from the files when it is first asked for and kept in the language. A stage for which a
//! language has no file does without: a new folder works as far as its files go, and no Rust changes.
//!
//! What cannot be read is never passed over in silence: [`Language::problems`] has it, with file, line and field, and a
//! reading repeats it as a warning.
//!
//! This crate knows no words and no language by name.

mod language;
mod languages;

pub use language::{Language, Lexicon};
pub use languages::{Languages, ReadError};

/// The shipped language of that BCP 47 code.
pub fn of(code: &str) -> Language {
    Languages::shipped().of(code)
}
