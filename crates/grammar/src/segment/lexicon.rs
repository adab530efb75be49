//! What segmentation and lemmas must know of a language: `data/lexicon/<language>/grammar.yaml`.

use lagebild_data::DataError;
use lagebild_language::Language;
use serde::Deserialize;
use std::collections::HashSet;
use std::sync::LazyLock;

/// One language's file. What the fields mean is said in `data/lexicon/de/grammar.yaml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Lexicon {
    pub(crate) abbreviations: HashSet<String>,
    pub(crate) final_abbreviations: HashSet<String>,
    pub(crate) sentence_starters: HashSet<String>,
    #[serde(default)]
    pub(crate) ordinals: Option<Ordinals>,
    /// Marks that in a row, in any mixture, are one token ("!!", "?!").
    #[serde(default)]
    pub(crate) mark_runs: String,
    pub(crate) elisions: HashSet<String>,
    pub(crate) clitics: Vec<String>,
    pub(crate) split_words: Vec<SplitWord>,
    #[serde(default)]
    pub(crate) hyphens: Option<Hyphens>,
    #[serde(default)]
    pub(crate) features: Vec<crate::features::Correction>,
    /// "i" and "ı" are two letters, with the capitals "İ" and "I".
    #[serde(default)]
    pub(crate) dotless_i: bool,
}

/// A number with a full stop is an ordinal ("12. September").
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Ordinals {
    pub(crate) before: HashSet<String>,
    pub(crate) after: HashSet<String>,
}

/// One written word that is two tokens ("cannot": can + not).
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SplitWord {
    pub(crate) word: String,
    /// Characters of the first token.
    pub(crate) at: usize,
}

/// Words joined by a hyphen are separate tokens, except after these first parts.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Hyphens {
    /// Characters that a first part must have.
    pub(crate) shortest: usize,
    pub(crate) keep_after: HashSet<String>,
}

impl lagebild_language::Lexicon for Lexicon {
    fn of(language: &Language) -> Result<Option<Self>, DataError> {
        language.read("grammar")
    }
}

static NONE: LazyLock<Lexicon> = LazyLock::new(Lexicon::default);

/// The lexicon of a language; an empty one where there is none.
pub(crate) fn of(language: Option<&Language>) -> &Lexicon {
    language.and_then(Language::lexicon).unwrap_or(&NONE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_entry_is_named_with_file_line_and_field() {
        let yaml = "abbreviations: [z.B.]\nordinals:\n  before: am\n";
        let error = lagebild_data::parse::<Lexicon>("de/grammar.yaml", yaml).unwrap_err();
        assert_eq!((error.line, error.field.as_str()), (3, "ordinals.before"));
    }
}
