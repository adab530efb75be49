//! Relations that lists themselves state between their parties, in FollowTheMoney terms, and how they are said
//! (`data/lists/relations.yaml`).

use crate::party::is_false;
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// A relation that a list states. It is kept with the party whose entry states it; one of its ends is that party.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Link {
    /// FollowTheMoney schema: `Ownership`, `Control`, `Directorship`, `Membership`, `Employment`, `Representation`,
    /// `Family`, `Associate`, `Succession`, `UnknownLink`.
    pub kind: String,
    /// The owner, director, member, employee, agent, person, subject.
    pub from: End,
    /// The asset, organization, employer, client, relative, object.
    pub to: End,
    /// The publisher's words for it, exactly as published; empty where it has none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub role: String,
    /// Share in percent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share: Option<f64>,
    /// Since when, as published or in EDTF.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<String>,
    /// Until when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<String>,
    /// The publisher calls it a former one.
    #[serde(default, skip_serializing_if = "is_false")]
    pub ended: bool,
    /// The list writes it the other way round, which cannot be meant (a person "owned or controlled by" a firm).
    #[serde(default, skip_serializing_if = "is_false")]
    pub turned: bool,
    /// What else the publisher says of it: a remark, how sure it is.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// One end of a link.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum End {
    /// A party of the same list, by its id.
    Party(String),
    /// A name that no party of the list bears, or several do.
    Name(String),
}

impl Default for End {
    fn default() -> Self {
        Self::Name(String::new())
    }
}

impl End {
    /// The id of the party, where it is one of the list.
    pub fn party(&self) -> Option<&str> {
        match self {
            Self::Party(id) => Some(id),
            Self::Name(_) => None,
        }
    }
}

/// How the party above holds the one below it in an ownership chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hold {
    /// It owns it, or a share of it.
    Owned,
    /// The list says "owned or controlled by": which of the two is not said.
    OwnedOrControlled,
    /// It controls it.
    Controlled,
    /// The property is one in which it has an interest.
    Interest,
    /// The one below acts for it or on its behalf: no ownership is stated.
    ActsFor,
}

impl Link {
    /// Who stands above whom, and how, where it belongs into an ownership chain: the upper end and the lower one.
    pub fn hold(&self) -> Option<(Hold, &End, &End)> {
        let hold = self.word().and_then(|word| word.hold).or_else(|| self.vocabulary()?.hold)?;
        let (upper, lower) =
            if hold == Hold::ActsFor { (&self.to, &self.from) } else { (&self.from, &self.to) };
        Some((hold, upper, lower))
    }

    /// The other end, seen from a party; none where the party is no end of it.
    pub fn other(&self, party: &str) -> Option<&End> {
        match (self.from.party() == Some(party), self.to.party() == Some(party)) {
            (true, _) => Some(&self.to),
            (_, true) => Some(&self.from),
            _ => None,
        }
    }

    /// What the party is to the other end, in words: "owned by".
    pub fn said(&self, party: &str) -> &'static str {
        let forth = self.from.party() == Some(party);
        let own =
            self.word().and_then(|word| if forth { word.forth.as_deref() } else { word.back.as_deref() });
        let of_kind =
            || self.vocabulary().map(|kind| if forth { kind.forth.as_str() } else { kind.back.as_str() });
        own.or_else(of_kind).unwrap_or("linked to")
    }

    /// The FollowTheMoney properties that hold the two ends.
    pub fn properties(&self) -> Option<(&'static str, &'static str)> {
        self.vocabulary().map(|kind| (kind.from.as_str(), kind.to.as_str()))
    }

    fn word(&self) -> Option<&'static Word> {
        words().word(&self.role).filter(|word| word.kind == self.kind)
    }

    fn vocabulary(&self) -> Option<&'static Schema> {
        words().kind(&self.kind)
    }
}

/// `data/lists/relations.yaml`.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Vocabulary {
    pub(crate) kinds: Vec<Schema>,
    words: Vec<Word>,
    pub(crate) properties: Vec<Field>,
}

/// A kind of link; the fields are told at the head of the file.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Schema {
    pub(crate) kind: String,
    pub(crate) from: String,
    pub(crate) to: String,
    forth: String,
    back: String,
    hold: Option<Hold>,
    #[serde(default)]
    from_never: Vec<String>,
    #[serde(default)]
    to_never: Vec<String>,
    #[serde(default)]
    pub(crate) persons: bool,
}

impl Schema {
    /// Whether parties of these schemata can be its two ends; of an end that is no party nothing is known.
    pub(crate) fn fits(&self, from: Option<&str>, to: Option<&str>) -> bool {
        let never = |never: &[String], schema: Option<&str>| {
            schema.is_some_and(|schema| never.iter().any(|one| one == schema))
        };
        let person = |schema: Option<&str>| schema.is_none_or(|schema| schema == "Person");
        !never(&self.from_never, from)
            && !never(&self.to_never, to)
            && (!self.persons || person(from) && person(to))
    }
}

/// A publisher's words.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Word {
    words: Vec<String>,
    pub(crate) kind: String,
    pub(crate) stated_by: Side,
    hold: Option<Hold>,
    forth: Option<String>,
    back: Option<String>,
}

/// A field that names another party.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Field {
    pub(crate) property: String,
    pub(crate) said: String,
    pub(crate) kind: String,
    pub(crate) stated_by: Side,
    #[serde(default)]
    pub(crate) ended: bool,
}

/// Which end of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Side {
    From,
    To,
}

impl Vocabulary {
    pub(crate) fn kind(&self, kind: &str) -> Option<&Schema> {
        self.kinds.iter().find(|known| known.kind == kind)
    }

    pub(crate) fn word(&self, role: &str) -> Option<&Word> {
        let same = |word: &String| word.eq_ignore_ascii_case(role);
        self.words.iter().find(|known| known.words.iter().any(same))
    }
}

/// The embedded file.
pub(crate) fn words() -> &'static Vocabulary {
    static WORDS: LazyLock<Vocabulary> = LazyLock::new(|| {
        const JSON: &str = include_str!(concat!(env!("OUT_DIR"), "/lists-relations.json"));
        lagebild_data::embedded("lists/relations.yaml", JSON).unwrap_or_default()
    });
    &WORDS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_and_property_has_a_kind_that_there_is_and_says_it_both_ways() {
        let words = words();
        assert!(!words.kinds.is_empty() && !words.words.is_empty() && !words.properties.is_empty());
        for kind in words.words.iter().map(|w| &w.kind).chain(words.properties.iter().map(|p| &p.kind)) {
            assert!(words.kind(kind).is_some(), "{kind}");
        }
        for word in &words.words {
            assert_eq!(word.forth.is_some(), word.back.is_some(), "{:?}", word.words);
        }
    }

    #[test]
    fn a_link_is_said_from_both_its_ends_and_tells_who_stands_above() {
        let party = |id: &str| End::Party(id.into());
        let link = Link {
            kind: "Ownership".into(),
            from: party("x:1"),
            to: party("x:2"),
            role: "Owned or Controlled By".into(),
            ..Link::default()
        };
        assert_eq!(
            (link.said("x:2"), link.said("x:1")),
            ("owned or controlled by", "owner or controller of")
        );
        assert_eq!(link.hold(), Some((Hold::OwnedOrControlled, &party("x:1"), &party("x:2"))));
        let agent = Link { kind: "Representation".into(), role: String::new(), ..link.clone() };
        assert_eq!(agent.hold(), Some((Hold::ActsFor, &party("x:2"), &party("x:1"))));
        assert_eq!(agent.other("x:2"), Some(&party("x:1")));
        assert_eq!((agent.other("x:3"), Link { kind: "Family".into(), ..link }.hold()), (None, None));
    }
}
