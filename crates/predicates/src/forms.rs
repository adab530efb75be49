//! How words of a language are built, as far as its trees do not tell: participles among adjectives, morphemes in lemmas.

use serde::Deserialize;
use std::collections::BTreeMap;

/// Participles that trees take for adjectives at a noun ("gelieferte", lemma "geliefert").
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AdjectivalParticiples {
    /// Endings of those that act, and what the infinitive has in their place: "liefernd", "liefern".
    pub active: BTreeMap<String, String>,
    /// Endings of those that are acted upon.
    pub passive: Vec<String>,
    /// Shapes that make such a word a participle without more ado; `*` stands for any letters: `ge*`.
    pub marks: Vec<String>,
    /// Endings of infinitives, to know a verb by.
    pub infinitives: Vec<String>,
}

impl AdjectivalParticiples {
    /// True for an infinitive.
    pub(crate) fn is_infinitive(&self, verb: &str) -> bool {
        ends(verb, &self.infinitives)
    }

    /// The verb of a participle that acts.
    pub(crate) fn verb_of_active(&self, word: &str) -> Option<String> {
        let verb = |(end, verb): (&String, &String)| Some(word.strip_suffix(end.as_str())?.to_owned() + verb);
        self.active.iter().filter_map(verb).find(|verb| self.is_infinitive(verb))
    }

    /// True where the word ends as those that act do.
    pub(crate) fn ends_as_active(&self, word: &str) -> bool {
        self.active.keys().any(|end| word.ends_with(end.as_str()))
    }

    /// True where the word ends as those that are acted upon do.
    pub(crate) fn ends_as_passive(&self, word: &str) -> bool {
        ends(word, &self.passive)
    }

    /// True where its shape alone tells a participle.
    pub(crate) fn is_marked(&self, word: &str) -> bool {
        self.marks.iter().any(|mark| has_shape(word, mark))
    }
}

/// Lemmas whose morphemes stand apart, joined by `+`: "공급+하+었+다", "러시아+에".
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Morphemes {
    /// Morphemes that make a verb of the noun before them, and what the dictionary has in their place.
    pub verbalisers: BTreeMap<String, String>,
    /// Those that make it a passive one.
    pub passives: Vec<String>,
    /// Those that make a noun of a verb: "인도+하+기+를".
    pub nominalisers: Vec<String>,
    /// Forms of the copula, to know it by in a form that the trees' lemmas do not know: "예정이다".
    pub copulas: Vec<String>,
    /// Particles of subject, topic, object and owner; any other stands where other languages have a preposition.
    pub grammatical: Vec<String>,
}

impl Morphemes {
    /// The first morpheme.
    pub(crate) fn stem(lemma: &str) -> &str {
        lemma.split('+').next().unwrap_or(lemma)
    }

    /// The verb as in the dictionary: the stem with what makes it a verb.
    pub(crate) fn verb(&self, lemma: &str) -> String {
        let maker = second(lemma).and_then(|maker| self.verbalisers.get(maker));
        format!("{}{}", Self::stem(lemma), maker.map_or("", String::as_str))
    }

    /// True for a verb made a passive.
    pub(crate) fn is_passive(&self, lemma: &str) -> bool {
        second(lemma).is_some_and(|maker| self.passives.iter().any(|passive| passive == maker))
    }

    /// The lemma of a noun with a copula.
    pub(crate) fn before_copula(&self, form: &str) -> Option<String> {
        let mut nouns = self.copulas.iter().filter_map(|copula| form.strip_suffix(copula.as_str()));
        nouns.find(|noun| !noun.is_empty()).map(|noun| format!("{noun}+이+다"))
    }

    /// True for a verb made a noun, which has the arguments of a verb.
    pub(crate) fn is_verbal_noun(&self, lemma: &str) -> bool {
        let mut parts = lemma.split('+').skip(1).skip_while(|part| self.verbalisers.contains_key(*part));
        parts.next().is_some_and(|part| self.nominalisers.iter().any(|maker| maker == part))
    }

    /// The particle of a noun that serves as a preposition.
    pub(crate) fn preposition(&self, lemma: &str) -> Option<String> {
        let behind = lemma.split_once('+')?.1;
        let made = self.nominalisers.iter().find_map(|maker| behind.split_once(&format!("{maker}+")));
        let particle = made.map_or(behind, |(_, rest)| rest).replace('+', "");
        (!self.grammatical.contains(&particle)).then_some(particle)
    }
}

fn second(lemma: &str) -> Option<&str> {
    lemma.split('+').nth(1)
}

/// True where the word ends with one of these.
pub(crate) fn ends(word: &str, endings: &[String]) -> bool {
    endings.iter().any(|end| word.ends_with(end.as_str()))
}

/// True where the word is as the shape says; `*` stands for any letters.
pub(crate) fn has_shape(word: &str, shape: &str) -> bool {
    let (Some((first, middle)), Some((_, last))) = (shape.split_once('*'), shape.rsplit_once('*')) else {
        return word == shape;
    };
    let inner = word.strip_prefix(first).and_then(|rest| rest.strip_suffix(last));
    let middle = middle.strip_suffix(last).unwrap_or_default();
    let mut parts = middle.split('*');
    inner.is_some_and(|inner| {
        parts.try_fold(inner, |rest, part| rest.split_once(part).map(|(_, behind)| behind)).is_some()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_of_words() {
        for (word, shape) in
            [("geliefert", "ge*"), ("ausgeliefert", "*ge*t"), ("exportiert", "*iert"), ("so", "so")]
        {
            assert!(has_shape(word, shape), "{word} {shape}");
        }
        for (word, shape) in
            [("verlegen", "ge*"), ("ausgegeben", "*ge*t"), ("rat", "*ge*t"), ("soweit", "so")]
        {
            assert!(!has_shape(word, shape), "{word} {shape}");
        }
    }

    #[test]
    fn an_active_participle_has_an_infinitive() {
        let active = [("nd".to_owned(), "n".to_owned())].into();
        let infinitives = ["en", "rn"].map(str::to_owned).into();
        let german = AdjectivalParticiples { active, infinitives, ..AdjectivalParticiples::default() };
        assert_eq!(german.verb_of_active("liefernd").as_deref(), Some("liefern"));
        assert_eq!(german.verb_of_active("gesund"), None);
    }

    #[test]
    fn morphemes_stand_apart_in_lemmas() {
        let verbalisers = [("하", "하"), ("되", "하")].map(|(one, other)| (one.into(), other.into())).into();
        let morphemes = Morphemes {
            verbalisers,
            passives: vec!["되".into()],
            nominalisers: vec!["기".into()],
            copulas: vec!["이다".into()],
            grammatical: vec!["는".into(), "를".into()],
        };
        assert!(morphemes.is_verbal_noun("공급+하+기+를") && !morphemes.is_verbal_noun("공급+하+었+다"));
        assert_eq!(morphemes.preposition("공급+하+기+를"), None);
        assert_eq!(morphemes.before_copula("예정이다").as_deref(), Some("예정+이+다"));
        assert_eq!(morphemes.verb("공급+되+었+다"), "공급하");
        assert_eq!(morphemes.verb("보내+었+다"), "보내");
        assert!(morphemes.is_passive("공급+되+었+다"));
        assert_eq!(morphemes.preposition("러시아+에+서").as_deref(), Some("에서"));
        assert_eq!(morphemes.preposition("러시아+는"), None);
        assert_eq!(morphemes.preposition("러시아"), None);
    }
}
