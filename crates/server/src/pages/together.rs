//! One party on several lists is one hit.

use super::hit::party;
use crate::data::Snapshot;
use lagebild_ftm::{Entity, Kind};
use lagebild_screen::Hit;
use std::collections::BTreeSet;

/// A party with all lists that it was found on.
pub(super) struct Party<'a> {
    /// The hit with the highest score.
    pub(super) best: &'a Hit,
    /// Its entity of each list, with the address of its page.
    pub(super) listed: Vec<(&'a Entity, String)>,
}

/// Puts hits together, in their order. Two records are one party only where they share a name, letter for letter, and what one
/// party alone has: a full date of birth, or a number.
pub(super) fn together<'a>(snapshot: &'a Snapshot, hits: &'a [Hit]) -> Vec<Party<'a>> {
    let mut parties: Vec<Party> = Vec::new();
    for hit in hits {
        let Some((entity, address)) = party(snapshot, hit) else { continue };
        let known =
            parties.iter_mut().find(|known| known.listed.iter().any(|(other, _)| same(entity, other)));
        match known {
            Some(known) if known.listed.iter().any(|(other, _)| other.id == entity.id) => {}
            Some(known) => known.listed.push((entity, address)),
            None => parties.push(Party { best: hit, listed: vec![(entity, address)] }),
        }
    }
    parties
}

fn same(one: &Entity, other: &Entity) -> bool {
    if one.id == other.id {
        return true;
    }
    let shared = |of: fn(&Entity) -> BTreeSet<String>| !of(one).is_disjoint(&of(other));
    one.schema.name == other.schema.name && shared(names) && shared(telling)
}

/// Its names, as words in alphabetical order.
fn names(entity: &Entity) -> BTreeSet<String> {
    let words = |name: &str| {
        let lower = name.to_lowercase();
        let mut words: Vec<&str> =
            lower.split(|c: char| !c.is_alphanumeric()).filter(|it| !it.is_empty()).collect();
        words.sort_unstable();
        words.join(" ")
    };
    entity
        .of_kind(Kind::Name)
        .chain([entity.caption.as_str()])
        .map(words)
        .filter(|name| name.contains(' '))
        .collect()
}

/// What one party alone has, with what it is.
fn telling(entity: &Entity) -> BTreeSet<String> {
    let is_day = |date: &&String| date.len() == "1950-01-01".len();
    let births = entity.values("birthDate").iter().filter(is_day).map(|date| format!("born {date}"));
    births.chain(entity.of_kind(Kind::Identifier).map(|number| format!("number {number}"))).collect()
}
