//! How data files write words that inflect, and the check of such a form against a text.
//!
//! `Russland` is this word, or with one of the language's name endings; `russisch|` is a stem that one of the language's
//! endings follows; `Росси|я` is a stem with its dictionary ending, in whose place any ending may stand; `~sprecher|` may
//! have a compound's first part before it. A capital in the form asks for a capital in the text; two or three capitals
//! alone ask for exactly these letters. `концерн| «Калашников»` may have quotation marks where it has them.

use crate::form_index::start_of;
use crate::words::{Gap, Word, bare};
use lagebild_page::Words;
use std::collections::BTreeSet;

/// The endings of a language.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Endings {
    /// What a closed name may end in ("Russland" + s).
    #[serde(default)]
    pub name: Vec<String>,
    /// What may follow a stem ("russisch" + en).
    #[serde(default)]
    pub stem: Vec<String>,
}

impl Endings {
    /// As words are compared: in lower case, without marks ("й" is "и").
    pub(crate) fn folded(self) -> Self {
        let fold_all = |list: Vec<String>| list.iter().map(|ending| bare(ending)).collect();
        Self { name: fold_all(self.name), stem: fold_all(self.stem) }
    }
}

/// A phrase as a data file writes it.
#[derive(Clone, Debug)]
pub(crate) struct Form {
    words: Vec<FormWord>,
    /// True when it ends in a full stop that belongs to it: "U.S.".
    dotted: bool,
}

#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "the marks of a word as the data file writes them")]
struct FormWord {
    stem: String,
    written: String,
    open: bool,
    /// True for a stem with an umlaut: it must stand there, for "Dän|e" is not "dann".
    umlaut: bool,
    compound: bool,
    case: Case,
    dot: bool,
    /// True where quotation marks stand before it: "сил|ы «Кудс»".
    quoted: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Case {
    Any,
    Capital,
    Exact,
}

impl Form {
    /// Reads a form.
    pub(crate) fn new(written: &str) -> Self {
        let mut words: Vec<FormWord> = Vec::new();
        for (index, part) in written.split_whitespace().enumerate() {
            let (compound, part) = part.strip_prefix('~').map_or((false, part), |rest| (true, rest));
            let (stem, open) = part.split_once('|').map_or((part, false), |(stem, _)| (stem, true));
            let words_of_stem = Words::new(stem);
            let cut: Vec<_> = words_of_stem.whole().collect();
            let last = cut.len().saturating_sub(1);
            for (at, word) in cut.iter().enumerate() {
                words.push(FormWord {
                    stem: word.bare.to_owned(),
                    written: word.text.to_string(),
                    open: open && at == last,
                    umlaut: open && !compound && word.text.contains(['ä', 'ö', 'ü', 'Ä', 'Ö', 'Ü']),
                    compound: compound && at == 0,
                    case: Case::of(word.text),
                    quoted: index > 0 && at == 0 && part.starts_with('«'),
                    dot: (at > 0 || index > 0) && at == 0 && ends_dotted(written, index)
                        || at > 0 && word.gap.is_dot(),
                });
            }
        }
        Self { words, dotted: written.ends_with('.') }
    }

    /// The first two letters that any match begins with; none for a form that may follow a compound's first part.
    pub(crate) fn start(&self) -> Option<[char; 2]> {
        let first = self.words.first()?;
        if first.compound { None } else { start_of(&first.stem) }
    }

    /// For a form that may follow a compound's first part all that its first word may end in; else nothing.
    pub(crate) fn compound_ends(&self, endings: &Endings) -> Vec<String> {
        let Some(first) = self.words.first().filter(|first| first.compound) else { return Vec::new() };
        let known = if first.open { &endings.stem } else { &endings.name };
        let ends = known.iter().map(|ending| format!("{}{ending}", first.stem));
        let ends: BTreeSet<String> = std::iter::once(first.stem.clone()).chain(ends).collect();
        ends.into_iter().collect()
    }

    /// How many words of `text` from `at` on it covers; none when it does not stand there.
    pub(crate) fn matches(&self, text: &[Word<'_>], at: usize, endings: &Endings) -> Option<usize> {
        let last = self.words.len().checked_sub(1)?;
        for (index, form) in self.words.iter().enumerate() {
            let word = text.get(at + index)?;
            let quoted = form.quoted && matches!(word.gap, Gap::Mark);
            let joined = index == 0 || quoted || if form.dot { word.gap.is_dot() } else { word.gap.joins() };
            if !joined || !form.fits(word, (index > 0, index == last), endings) {
                return None;
            }
        }
        Some(self.words.len())
    }

    /// How many letters it asks for, without endings.
    pub(crate) fn letters(&self) -> usize {
        self.words.iter().map(|word| word.stem.chars().count()).sum()
    }

    /// True when a full stop after it belongs to it.
    pub(crate) fn dotted(&self) -> bool {
        self.dotted
    }
}

fn ends_dotted(written: &str, index: usize) -> bool {
    index
        .checked_sub(1)
        .and_then(|before| written.split_whitespace().nth(before))
        .is_some_and(|word| word.ends_with('.'))
}

impl Case {
    fn of(word: &str) -> Self {
        let capitals = word.chars().all(|c| c.is_uppercase() || c.is_numeric());
        match word.chars().next() {
            Some(first) if !first.is_uppercase() => Self::Any,
            Some(_) if capitals && word.chars().count() <= 3 => Self::Exact,
            Some(_) => Self::Capital,
            None => Self::Any,
        }
    }
}

impl FormWord {
    fn fits(&self, word: &Word<'_>, (inner, last): (bool, bool), endings: &Endings) -> bool {
        let rest = if self.compound {
            // The stem may stand inside ("Kremlsprecher"); the last place counts.
            word.bare.rfind(&self.stem).and_then(|from| word.bare.get(from + self.stem.len()..))
        } else {
            word.bare.strip_prefix(self.stem.as_str())
        };
        let Some(rest) = rest else { return false };
        let known = |list: &[String]| list.iter().any(|ending| ending == rest);
        let ended = if self.open {
            rest.is_empty() || known(&endings.stem)
        } else {
            rest.is_empty() || last && known(&endings.name)
        };
        ended
            && (!self.umlaut || word.text.to_lowercase().starts_with(&self.written.to_lowercase()))
            && match self.case {
                Case::Any => true,
                // "Kim Jong-un": behind a hyphen the capital may be missing.
                Case::Capital => word.capital() || inner && word.gap == Gap::Hyphen,
                // "RPA" is not "RP" with an ending.
                Case::Exact => {
                    let rest = word.text.strip_prefix(self.written.as_str());
                    rest.is_some_and(|rest| !rest.chars().any(char::is_uppercase))
                }
            }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use lagebild_grammar::Analysis;

    fn covers(form: &str, text: &str) -> Option<usize> {
        let endings = Endings {
            name: vec!["s".into()],
            stem: ["e", "en", "es", "er", "s", "ию", "ой", "ая"].map(String::from).to_vec(),
        }
        .folded();
        let cut = Words::new(text);
        Form::new(form).matches(&crate::words::Words::new(&cut, &Analysis::default()).list, 0, &endings)
    }

    #[test]
    fn a_closed_name_takes_name_endings_only() {
        assert_eq!(covers("Russland", "Russlands Armee"), Some(1));
        assert_eq!(covers("Russland", "Russlanden"), None);
    }

    #[test]
    fn stems_take_any_ending_in_any_word() {
        assert_eq!(covers("russisch|", "russischen Truppen"), Some(1));
        assert_eq!((covers("Dän|e", "Dänen"), covers("Dän|e", "dane")), (Some(1), None));
        assert_eq!(covers("Weiß|es Haus|", "Weißen Hauses"), Some(2));
        assert_eq!(covers("Северн|ая Коре|я", "Северной Кореию"), Some(2));
    }

    #[test]
    fn capitals_count() {
        assert_eq!(covers("Turkey", "turkey"), None);
        assert_eq!(
            (covers("Kim Jong Un", "Kim Jong-uns"), covers("Kim Jong Un", "Kim jong un")),
            (Some(3), None)
        );
        assert_eq!(covers("US", "us"), None);
        assert_eq!(covers("US", "Us"), None);
        assert_eq!((covers("US", "USs"), covers("US", "USS")), (Some(1), None));
        assert_eq!(covers("KCNA", "Kcna"), Some(1));
        assert_eq!(covers("russisch|", "Russische Truppen"), Some(1));
    }

    #[test]
    fn abbreviations_keep_their_full_stops() {
        assert_eq!(covers("U.S.", "U.S. troops"), Some(2));
        assert_eq!(covers("U.S.", "U S troops"), None);
        assert!(Form::new("U.S.").dotted());
        assert_eq!(covers("St. Petersburg", "St. Petersburg"), Some(2));
    }

    #[test]
    fn a_compound_may_begin_with_anything() {
        assert_eq!(covers("~sprecher|", "Kremlsprechers"), Some(1));
        assert_eq!(covers("~sprecher|", "Sprecher"), Some(1));
        assert_eq!(covers("~sprecher|", "versprechen"), None);
    }
}
