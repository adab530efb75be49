//! A set of parties with its stamp, ready for spotting.

use crate::party::Party;
use crate::spot::{
    Candidate, Compiled, Identifier, Made, Opening, Parties, Spotted, Spotter, bears, compile, single, whole,
};
use crate::starter;
use lagebild_mapped::hex;
use sha2::{Digest, Sha256};
use std::path::Path;
use std::sync::LazyLock;

/// Which list set, of which day, with which content.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Stamp {
    /// Name of the list set.
    pub name: String,
    /// Its newest list's date, ISO 8601.
    pub date: String,
    /// SHA-256 over all parties, in hexadecimal.
    pub hash: String,
    /// The version of each list in it; empty for a list that stands alone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lists: Vec<Stamp>,
}

/// Parties of one or more lists, compiled: they lie in one piece of memory, or in a file that is mapped, and are unpacked one by
/// one as they are asked for.
#[derive(Debug)]
pub struct Watchlist {
    stamp: Stamp,
    compiled: Compiled,
}

impl Watchlist {
    /// The small built-in list: for demonstration, not for compliance (`data/lists/starter.yaml`).
    pub fn starter() -> &'static Watchlist {
        static STARTER: LazyLock<Watchlist> = LazyLock::new(|| {
            let Ok(file) = starter::load() else { return Watchlist::new("starter", "", &[]) };
            let parties: Vec<Party> = file.parties.iter().map(starter::Row::party).collect();
            let lists = file.lists.iter().map(|list| starter::stamp(list, &parties)).collect();
            Watchlist::new(&file.name, &file.date, &parties).of_lists(lists)
        });
        &STARTER
    }

    /// A list set of these parties; `date` is the newest list's. Of parties with one id the last one counts.
    pub fn new(name: &str, date: &str, parties: &[Party]) -> Self {
        let stamp = Stamp { name: name.into(), date: date.into(), hash: hash(parties), lists: Vec::new() };
        Self::compile(stamp, parties)
    }

    pub(crate) fn compile(stamp: Stamp, parties: &[Party]) -> Self {
        Self { compiled: compile(Made::of(stamp.clone()), parties), stamp }
    }

    /// Opens a file of compiled lists; none where there is none, where it is damaged, or made by another program.
    pub(crate) fn open(path: &Path, opening: Opening) -> Option<Self> {
        let compiled = Compiled::open(path, opening)?;
        Some(Self { stamp: compiled.stamp().clone(), compiled })
    }

    /// The file that [`Watchlist::open`] opens.
    pub(crate) fn bytes(&self) -> &[u8] {
        self.compiled.bytes()
    }

    /// The same set, with the versions of the lists that it was made of.
    #[must_use]
    pub fn of_lists(mut self, lists: Vec<Stamp>) -> Self {
        self.stamp.lists = lists;
        self
    }

    /// Which list set this is.
    pub fn stamp(&self) -> &Stamp {
        &self.stamp
    }

    /// How many parties there are.
    pub fn len(&self) -> usize {
        self.listed().len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All parties, in the order of their lists.
    pub fn parties(&self) -> impl Iterator<Item = Party> {
        let listed = self.listed();
        (0..listed.len() as u32).filter_map(move |number| listed.get(number))
    }

    /// The party with this id, such as `ofac-sdn:20157`.
    pub fn party(&self, id: &str) -> Option<Party> {
        self.listed().of_id(id)
    }

    fn listed(&self) -> Parties<'_> {
        Parties::of(&self.compiled)
    }

    fn spotter(&self) -> Spotter<'_> {
        Spotter::of(&self.compiled)
    }

    /// Listed names in a running text, in text order, not overlapping.
    ///
    /// Full names are found in any script, inflected and in compounds; a surname alone only as a `partial`
    /// candidate, where the full name stands elsewhere in the text or one listed person alone bears it. `language` (BCP 47),
    /// where it is known, tells which endings a name may have.
    pub fn spot(&self, text: &str, language: Option<&str>) -> Vec<Spotted> {
        let language = language.and_then(|code| code.split(['-', '_']).next());
        self.spotter().spot(text, language)
    }

    /// Numbers in a text that name a listed party, or whose kind the words before them tell.
    pub fn identifiers(&self, text: &str) -> Vec<Identifier> {
        self.spotter().identifiers(text)
    }

    /// The parties that bear a number, as candidates.
    pub fn bearers(&self, identifier: &Identifier) -> Vec<Candidate> {
        let listed = self.listed();
        let parties = identifier.parties.iter().filter_map(|&at| listed.get(at));
        let candidate = |party: Party| Candidate {
            list: party.list().into(),
            party: party.id.clone(),
            name: party.caption.clone(),
            schema: party.schema.clone(),
            score: 1.0,
            explanation: vec![format!("the list gives this party the number {}", identifier.number)],
        };
        parties.map(candidate).collect()
    }

    /// Whether the list gives a party another number of a kind of which it has one only: another IMO number is another ship.
    pub fn contradicts(&self, party: &str, identifier: &Identifier) -> bool {
        let Some(property) = identifier.property.as_deref().filter(|property| single(property)) else {
            return false;
        };
        self.party(party).is_some_and(|party| bears(&party, property, &identifier.number) == Some(false))
    }

    /// The listed bodies of which all of `name` is a name: for words that are known to be one, such as "NIOC" or "GRU", which
    /// [`Watchlist::spot`] would not tell from other abbreviations.
    pub fn named(&self, name: &str) -> Option<Spotted> {
        self.spotter().named(name, true)
    }

    /// The same for words that are taken for some body's name: abbreviations and ordinary words are too little here.
    pub fn named_body(&self, name: &str) -> Option<Spotted> {
        self.spotter().named(name, false)
    }

    /// What was spotted, compared anew by all the words of the name that it is a part of. None when no candidate stands the
    /// comparison.
    pub fn within_name(&self, spotted: &Spotted, words: &str) -> Option<Spotted> {
        let parties = spotted.candidates.iter().filter_map(|one| self.party(&one.party));
        let mut candidates: Vec<_> = parties.filter_map(|party| whole(words, &party)).collect();
        candidates.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.party.cmp(&b.party)));
        (!candidates.is_empty()).then(|| Spotted { candidates, ..spotted.clone() })
    }
}

pub(crate) fn hash(parties: &[Party]) -> String {
    let mut digest = Sha256::new();
    for party in parties {
        digest.update(serde_json::to_vec(party).unwrap_or_default());
    }
    hex(&digest.finalize())
}

#[cfg(test)]
mod tests {
    use super::Watchlist;

    #[test]
    fn the_starter_has_its_parties_and_a_stamp() {
        let list = Watchlist::starter();
        assert!(list.len() > 100);
        assert_eq!((list.stamp().name.as_str(), list.stamp().hash.len()), ("starter", 64));
        let kim = list.party("ofac-sdn:20157").unwrap();
        assert_eq!((kim.caption.as_str(), kim.list()), ("Kim Jong Un", "ofac-sdn"));
        assert_eq!(kim.first("listingDate"), Some("2016-07-06"));
        assert!(list.party("ofac-sdn:0").is_none());
    }

    #[test]
    fn the_two_dmitry_peskovs_are_two_parties() {
        let found: Vec<_> = Watchlist::starter().spot("Dmitri Peskow sagte das.", Some("de"));
        let ids: Vec<_> = found.iter().flat_map(|s| &s.candidates).map(|c| c.party.as_str()).collect();
        assert!(ids.contains(&"uk-sl:RUS0753") && ids.contains(&"uk-sl:RUS1770"), "{ids:?}");
    }
}
