//! What one version of a list changed against another.

use crate::link::{End, Link};
use crate::party::{Party, PartyName};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Parties that differ between two versions of a list, by id.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Only in the newer one.
    pub added: Vec<Named>,
    /// In both, with other content.
    pub changed: Vec<Changed>,
    /// Only in the older one.
    pub removed: Vec<Named>,
}

/// A party by id and primary name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Named {
    /// Its id, such as `ofac-sdn:20157`.
    pub id: String,
    /// Its primary name.
    pub caption: String,
}

/// A party whose record changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Changed {
    /// Its id.
    pub id: String,
    /// Its primary name in the newer version.
    pub caption: String,
    /// What changed: a property, `name`, `link` or `schema`, with the values that came and went.
    pub fields: Vec<FieldChange>,
}

/// Values of one property that came or went.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct FieldChange {
    /// The property, `name`, `link` or `schema`.
    pub field: String,
    /// Only in the newer version.
    pub added: Vec<String>,
    /// Only in the older version.
    pub removed: Vec<String>,
}

/// Parties that were added, changed or removed between two versions.
pub fn difference(old: &[Party], new: &[Party]) -> Difference {
    let by_id = |parties| -> BTreeMap<&str, &Party> {
        let parties: &[Party] = parties;
        parties.iter().map(|party| (local(&party.id), party)).collect()
    };
    let (before, after) = (by_id(old), by_id(new));
    let mut difference = Difference::default();
    for (id, party) in &after {
        match before.get(id) {
            None => difference.added.push(named(party)),
            Some(was) => difference.changed.extend(changed(was, party)),
        }
    }
    let gone = before.iter().filter(|(id, _)| !after.contains_key(*id));
    difference.removed = gone.map(|(_, party)| named(party)).collect();
    difference
}

/// The publisher's own reference: two copies of a list under two names have the same ones.
fn local(id: &str) -> &str {
    id.split_once(':').map_or(id, |(_, local)| local)
}

fn named(party: &Party) -> Named {
    Named { id: party.id.clone(), caption: party.caption.clone() }
}

fn changed(old: &Party, new: &Party) -> Option<Changed> {
    let names = |party: &Party| party.names.iter().map(described).collect::<BTreeSet<_>>();
    let mut fields = Vec::new();
    fields.extend(field(
        "schema",
        &BTreeSet::from([old.schema.clone()]),
        &BTreeSet::from([new.schema.clone()]),
    ));
    fields.extend(field("name", &names(old), &names(new)));
    let links = |party: &Party| party.links.iter().map(related).collect::<BTreeSet<_>>();
    fields.extend(field("link", &links(old), &links(new)));
    let properties: BTreeSet<&String> = old.properties.keys().chain(new.properties.keys()).collect();
    for property in properties {
        let values = |party: &Party| -> BTreeSet<String> {
            party.properties.get(property).into_iter().flatten().cloned().collect()
        };
        fields.extend(field(property, &values(old), &values(new)));
    }
    let changed = Changed { id: new.id.clone(), caption: new.caption.clone(), fields };
    (!changed.fields.is_empty()).then_some(changed)
}

/// The name with what the publisher says of its quality.
fn described(name: &PartyName) -> String {
    format!("{} ({:?})", name.full, name.quality)
}

/// A relation in words; parties by the publisher's own references.
fn related(link: &Link) -> String {
    let end = |end: &End| match end {
        End::Party(id) => local(id).to_string(),
        End::Name(name) => name.clone(),
    };
    let share = link.share.map(|share| format!("{share} %"));
    let more = [Some(link.role.clone()), share, link.start.clone(), link.end.clone()];
    let more: Vec<String> = more.into_iter().flatten().filter(|words| !words.is_empty()).collect();
    format!("{}: {} → {} ({})", link.kind, end(&link.from), end(&link.to), more.join(", "))
}

fn field(field: &str, old: &BTreeSet<String>, new: &BTreeSet<String>) -> Option<FieldChange> {
    let only = |here: &BTreeSet<String>, there| here.difference(there).cloned().collect::<Vec<_>>();
    let change = FieldChange { field: field.into(), added: only(new, old), removed: only(old, new) };
    (change.added.len() + change.removed.len() > 0).then_some(change)
}
