//! Readings: every part of a name, in any script, as the Latin spellings that publishers would give it.

mod alphabets;
mod han;
mod hangul;

use crate::{script::Script, sound::Sounds};

pub(crate) use han::{mandarin, segments as han_segments, simplified, syllables as mandarin_syllables};
pub(crate) use hangul::segments as hangul_segments;

/// All readings of one folded word, the likeliest first.
pub(crate) fn readings(word: &str, script: Script, surname: bool) -> Vec<Sounds> {
    match script {
        Script::Latin | Script::Digit => vec![Sounds::of_spelling(word, false)],
        Script::Hangul => hangul::readings(word, surname),
        Script::Han => han::readings(word),
        _ => vec![alphabets::reading(word)],
    }
}

/// A folded word in Latin letters: as it stands where it is written in them.
pub(crate) fn in_latin(word: &str, script: Script) -> String {
    if script == Script::Latin { word.into() } else { spelling(word, script) }
}

/// The likeliest Latin spelling, to be shown in an explanation.
pub(crate) fn spelling(word: &str, script: Script) -> String {
    match script {
        Script::Hangul => hangul::spelling(word),
        Script::Han => han::spelling(word),
        _ => alphabets::spelling(word).0.replace('~', ""),
    }
}

/// A folded word with characters that have several forms in the one they are compared as.
pub(crate) fn unified(word: String, script: Script) -> String {
    if script == Script::Han { word.chars().map(han::simplified).collect() } else { word }
}
