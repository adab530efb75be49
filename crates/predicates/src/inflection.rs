//! Dictionary forms of verbs by rules, for forms that the trees' lemmas do not know: "ترفض" is "رفض", "değerlendirdiğini" "değerlendir".

use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// How forms of verbs are built. A form is a verb only if what the rules make of it is a verb of the data files.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Inflection {
    /// What forms other than those of the past begin with.
    pub prefixes: Vec<String>,
    /// What forms end with.
    pub suffixes: Vec<String>,
    /// Forms may end with anything.
    pub any_suffix: bool,
    /// What the dictionary form begins with where a prefix was: "تستطيع", "استطاع".
    pub fronts: Vec<String>,
    /// What may be left of an ending in the lemma of a tree: tr "satabil", "sat".
    pub left: Vec<String>,
    /// Letters before the last one, and what the dictionary has in their place.
    pub vowels: BTreeMap<char, char>,
    /// Prepositions that are written as one with a noun: "بتسليم".
    pub proclitics: Vec<String>,
    /// Ends of stems, and what the dictionary has in their place.
    pub ends: BTreeMap<String, String>,
}

impl Inflection {
    /// The verbs to know forms by: of those of several words also the last one.
    pub(crate) fn stems(verbs: BTreeSet<String>) -> BTreeSet<String> {
        let last: Vec<String> =
            verbs.iter().filter_map(|verb| verb.rsplit_once(' ')).map(|(_, last)| last.to_owned()).collect();
        verbs.into_iter().filter(|verb| !verb.contains(' ')).chain(last).collect()
    }

    /// The verb that a form belongs to, the one with the fewest changes.
    pub(crate) fn lemma(&self, form: &str, past: bool, verbs: &BTreeSet<String>) -> Option<String> {
        let future = self
            .prefixes
            .iter()
            .any(|prefix| prefix.chars().count() > 1 && form.starts_with(prefix.as_str()));
        let prefixed = !self.prefixes.is_empty() && (!past || future);
        let bare = if prefixed { Vec::new() } else { vec![form] };
        let cut =
            self.prefixes.iter().filter(|_| prefixed).filter_map(|prefix| form.strip_prefix(prefix.as_str()));
        let stems: Vec<&str> = bare
            .into_iter()
            .chain(cut)
            .flat_map(|rest| self.endless(rest))
            .filter(|stem| stem.chars().nth(1).is_some())
            .collect();
        let fronts: Vec<&str> =
            std::iter::once("").chain(self.fronts.iter().map(String::as_str).filter(|_| prefixed)).collect();
        let all = || fronts.iter().flat_map(|front| stems.iter().map(move |stem| format!("{front}{stem}")));
        let known = |verb: &String| verbs.contains(verb);
        all()
            .find(known)
            .or_else(|| all().flat_map(|verb| self.ended(&verb)).find(known))
            .or_else(|| all().filter_map(|verb| self.voiced(&verb)).find(known))
    }

    /// The verb of a lemma in which a part of an ending was left.
    pub(crate) fn shorter(&self, lemma: &str, verbs: &BTreeSet<String>) -> Option<String> {
        let mut stems = self.left.iter().filter_map(|end| lemma.strip_suffix(end.as_str()));
        stems.find(|stem| verbs.contains(*stem)).filter(|_| !verbs.contains(lemma)).map(str::to_owned)
    }

    /// The form without its ending, the longest stem first.
    fn endless<'f>(&self, form: &'f str) -> Vec<&'f str> {
        if self.any_suffix {
            return form
                .char_indices()
                .rev()
                .filter_map(|(at, letter)| form.get(..at + letter.len_utf8()))
                .collect();
        }
        let cut = self.suffixes.iter().filter_map(|suffix| form.strip_suffix(suffix.as_str()));
        std::iter::once(form).chain(cut).collect()
    }

    fn ended(&self, stem: &str) -> Vec<String> {
        let other =
            |(end, own): (&String, &String)| Some(format!("{}{own}", stem.strip_suffix(end.as_str())?));
        self.ends.iter().filter_map(other).collect()
    }

    fn voiced(&self, stem: &str) -> Option<String> {
        let mut letters: Vec<char> = stem.chars().collect();
        let place = letters.len().checked_sub(2)?;
        let letter = letters.get_mut(place)?;
        *letter = *self.vowels.get(letter)?;
        Some(letters.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_one_of_a_known_verb() {
        let list = |words: &str| words.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let arabic = Inflection {
            prefixes: list("سي ست ي ت"),
            suffixes: list("ت ون"),
            fronts: list("ا أ"),
            vowels: [('ي', 'ا')].into(),
            ends: [("ي".to_owned(), "ى".to_owned()), (String::new(), "ى".to_owned())].into(),
            ..Inflection::default()
        };
        let verbs: BTreeSet<String> = list("رفض استطاع أراد أعطى نفى توقف سلم تسلم").into_iter().collect();
        for (form, past, verb) in [
            ("ترفض", false, "رفض"),
            ("تستطيع", false, "استطاع"),
            ("تريد", false, "أراد"),
            ("نفت", true, "نفى"),
            ("توقفت", true, "توقف"),
            ("ستسلم", true, "سلم"),
            ("تسلم", false, "سلم"),
        ] {
            assert_eq!(arabic.lemma(form, past, &verbs).as_deref(), Some(verb), "{form}");
        }
        assert_eq!(arabic.lemma("تلعب", false, &verbs), None);
        let turkish = Inflection {
            any_suffix: true,
            ends: [("d".to_owned(), "t".to_owned())].into(),
            ..Inflection::default()
        };
        let verbs: BTreeSet<String> = list("et değerlendir").into_iter().collect();
        assert_eq!(turkish.lemma("edemeyeceğini", false, &verbs).as_deref(), Some("et"));
        assert_eq!(turkish.lemma("değerlendirdiğini", true, &verbs).as_deref(), Some("değerlendir"));
    }
}
