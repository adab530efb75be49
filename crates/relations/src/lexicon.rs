//! Words for relations: `data/lexicon/<language>/relations.yaml`; the head of the English file explains the fields.

use crate::kinds::kinds;
use lagebild_data::DataError;
use lagebild_language::Language;
use lagebild_statements::Certainty;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// Grammatical places, the first that is filled counts.
pub(crate) type Places = Vec<String>;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct File {
    compounds: bool,
    copulas: BTreeSet<String>,
    ended: BTreeSet<String>,
    until: BTreeSet<String>,
    doubted: BTreeMap<String, Certainty>,
    percent: BTreeSet<String>,
    parts: BTreeSet<String>,
    own: BTreeMap<String, BTreeSet<String>>,
    kinds: BTreeMap<String, Section>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Section {
    verbs: Vec<Word>,
    roles: Vec<RoleWords>,
    deeds: Vec<Word>,
    joined: Vec<String>,
}

/// A verb, or a noun that names the relation itself.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Word {
    pub(crate) lemma: String,
    #[serde(default)]
    pub(crate) from: Places,
    #[serde(default)]
    pub(crate) to: Places,
    /// Both sides stand in one row there.
    #[serde(default)]
    pub(crate) between: Places,
    /// Of a deed: verbs whose subject is the one side, prepositions under a verb that can or may.
    #[serde(default)]
    pub(crate) by: BTreeSet<String>,
    /// A place that must be filled: "supplies X *with*".
    #[serde(default)]
    pub(crate) needs: Option<String>,
    /// A share must be what it is about: "holds 51 percent".
    #[serde(default)]
    pub(crate) part: bool,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct RoleWords {
    from: Vec<String>,
    to: Vec<String>,
    other: Places,
}

/// A noun that names one side.
#[derive(Clone, Debug)]
pub(crate) struct Role {
    /// It names the side that the relation goes out from.
    pub(crate) is_from: bool,
    /// It also counts as the last part of a compound.
    tail: bool,
    /// Where the other side stands.
    pub(crate) other: Places,
}

/// The words of a language.
#[derive(Debug, Default)]
pub(crate) struct Words {
    compounds: bool,
    pub(crate) copulas: BTreeSet<String>,
    pub(crate) ended: BTreeSet<String>,
    pub(crate) until: BTreeSet<String>,
    pub(crate) doubted: BTreeMap<String, Certainty>,
    pub(crate) percent: BTreeSet<String>,
    pub(crate) parts: BTreeSet<String>,
    /// Possessive pronouns, with the kinds of parties that they can stand for; none for any.
    pub(crate) own: BTreeMap<String, BTreeSet<String>>,
    /// Kinds by the participles that a hyphen joins to a name.
    joined: BTreeMap<String, Vec<String>>,
    verbs: BTreeMap<String, Vec<(String, Word)>>,
    deeds: BTreeMap<String, Vec<(String, Word)>>,
    roles: BTreeMap<String, Vec<(String, Role)>>,
}

impl lagebild_language::Lexicon for Words {
    fn of(language: &Language) -> Result<Option<Self>, DataError> {
        let Some(file) = language.read::<File>("relations")? else { return Ok(None) };
        if let Some(id) = file.kinds.keys().find(|id| !kinds().contains_key(*id)) {
            return Err(DataError {
                file: format!("data/lexicon/{}/relations.yaml", language.code()),
                line: 0,
                field: id.clone(),
                message: "no kind of data/relations.yaml".to_owned(),
            });
        }
        Ok(Some(Self::from(file)))
    }
}

impl From<File> for Words {
    fn from(file: File) -> Self {
        let mut words = Self {
            compounds: file.compounds,
            copulas: file.copulas,
            ended: file.ended,
            until: file.until,
            doubted: file.doubted,
            percent: file.percent,
            parts: file.parts,
            own: file.own,
            ..Self::default()
        };
        for (id, section) in file.kinds {
            for word in section.joined {
                words.joined.entry(word).or_default().push(id.clone());
            }
            for word in section.verbs {
                words.verbs.entry(word.lemma.clone()).or_default().push((id.clone(), word));
            }
            for word in section.deeds {
                words.deeds.entry(word.lemma.clone()).or_default().push((id.clone(), word));
            }
            for role in section.roles {
                let sides = [(true, &role.from), (false, &role.to)];
                for (is_from, noun) in sides
                    .into_iter()
                    .flat_map(|(is_from, nouns)| nouns.iter().map(move |noun| (is_from, noun)))
                {
                    let tail = noun.strip_prefix('-');
                    let entry = Role { is_from, tail: tail.is_some(), other: role.other.clone() };
                    words.roles.entry(tail.unwrap_or(noun).to_owned()).or_default().push((id.clone(), entry));
                }
            }
        }
        words
    }
}

/// Letters that stand at least before the last part of a compound.
const SHORTEST_PART: usize = 2;

impl Words {
    /// The relations that a verb tells.
    pub(crate) fn verbs(&self, lemma: &str) -> &[(String, Word)] {
        self.verbs.get(lemma).map_or(&[], Vec::as_slice)
    }

    /// The relations that a participle tells behind the name of who does it: "X-owned".
    pub(crate) fn joined(&self, word: &str) -> &[String] {
        self.joined.get(word).map_or(&[], Vec::as_slice)
    }

    /// The relations that a noun names itself.
    pub(crate) fn deeds(&self, lemma: &str) -> &[(String, Word)] {
        let found = self.deeds.get(lemma);
        let last = || lemma.rsplit_once('-').and_then(|(_, last)| self.deeds.get(last));
        found.or_else(last).map_or(&[], Vec::as_slice)
    }

    /// The relations one of whose sides a noun names: by the noun, its part behind a hyphen, or the longest last part that counts.
    pub(crate) fn roles(&self, lemma: &str) -> Vec<&(String, Role)> {
        if let Some(found) = self.roles.get(lemma) {
            return found.iter().collect();
        }
        if let Some(found) = lemma.rsplit_once('-').and_then(|(_, last)| self.roles.get(last)) {
            return found.iter().collect();
        }
        if !self.compounds {
            return Vec::new();
        }
        let ends = lemma.char_indices().skip(SHORTEST_PART).filter_map(|(at, _)| lemma.get(at..));
        let tails = ends.filter_map(|end| self.roles.get(end));
        let tails = tails.map(|found| found.iter().filter(|(_, role)| role.tail).collect::<Vec<_>>());
        tails.into_iter().find(|found| !found.is_empty()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use lagebild_language::{Languages, Lexicon};

    #[test]
    fn the_inventory_and_every_file_can_be_read() {
        assert_eq!(kinds().len(), 11);
        let read = |language: &Language| Words::of(language).unwrap().is_some();
        assert!(Languages::shipped().iter().filter(|language| read(language)).count() >= 6);
    }

    #[test]
    fn a_compound_counts_by_its_last_part_where_that_is_said() {
        let german = lagebild_language::of("de");
        let words = Words::of(&german).unwrap().unwrap();
        let kind = |lemma| words.roles(lemma).first().map(|(id, _)| id.as_str());
        assert_eq!(kind("gaslieferant"), Some("supplier"));
        assert_eq!(kind("nato-mitglied"), Some("member"));
        assert_eq!(kind("stiefbruder"), None);
    }
}
