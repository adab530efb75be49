//! What the files of the predicate layer do not say: `data/lexicon/<language>/statements.yaml`.

use lagebild_data::DataError;
use lagebild_language::Language;
use serde::Deserialize;

/// The file; the head of the German one explains the fields. All words are in small letters.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Words {
    pub(crate) manner: Vec<String>,
    pub(crate) back: Vec<String>,
    /// Adverbs that stand for "of this": "davon".
    pub(crate) about: Vec<String>,
    pub(crate) own: Vec<String>,
    pub(crate) spokespeople: Vec<String>,
    pub(crate) announce: Vec<String>,
    pub(crate) silent: Vec<String>,
    pub(crate) to: Vec<String>,
    pub(crate) from: Vec<String>,
    pub(crate) impersonal: Vec<String>,
    pub(crate) demnach: Vec<String>,
    pub(crate) future: Vec<String>,
    pub(crate) whereby: Vec<String>,
    pub(crate) outlets: Vec<String>,
    pub(crate) quoting: Vec<String>,
    pub(crate) on: Vec<String>,
    pub(crate) states: Vec<String>,
    pub(crate) by: Vec<String>,
    pub(crate) other_objects: Vec<String>,
    pub(crate) subjunctive: bool,
    #[serde(skip)]
    people: People,
}

/// Nouns for people and bodies, from the words of transfers.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct People {
    parties: Vec<String>,
    compounds: bool,
}

impl lagebild_language::Lexicon for Words {
    fn of(language: &Language) -> Result<Option<Self>, DataError> {
        let Some(words) = language.read::<Words>("statements")? else { return Ok(None) };
        let mut people: People = language.read("referents")?.unwrap_or_default();
        people.parties.iter_mut().for_each(|word| *word = word.to_lowercase());
        Ok(Some(Words { people, ..words }))
    }
}

impl Words {
    /// True when a word is in one of the lists; of a word written together its last part counts.
    pub(crate) fn holds(list: &[String], word: &str) -> bool {
        list.iter().any(|known| known == word)
    }

    /// True for a noun for people or a body: "Behörde", "Küstenbehörde".
    pub(crate) fn is_party(&self, word: &str) -> bool {
        let ends =
            |known: &String| self.people.compounds && known.len() > 3 && word.ends_with(known.as_str());
        self.people.parties.iter().any(|known| known == word || ends(known))
    }

    /// "Regierungssprecherin" is a spokesperson too.
    pub(crate) fn ends(list: &[String], word: &str) -> bool {
        list.iter().any(|known| word.ends_with(known.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_fits_the_schema_and_is_in_small_letters() {
        let mut read = 0;
        for language in lagebild_language::Languages::shipped().iter() {
            let Some(words) = language.lexicon::<Words>() else { continue };
            read += 1;
            let lists = [
                &words.manner,
                &words.back,
                &words.own,
                &words.spokespeople,
                &words.announce,
                &words.silent,
                &words.to,
                &words.from,
                &words.impersonal,
                &words.demnach,
                &words.whereby,
                &words.outlets,
                &words.quoting,
                &words.on,
                &words.states,
                &words.by,
                &words.other_objects,
                &words.future,
            ];
            for word in lists.into_iter().flatten() {
                assert_eq!(word.to_lowercase(), *word, "{}", language.code());
            }
        }
        assert!(read >= 2);
    }
}
