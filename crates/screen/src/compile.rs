//! Lists become an index.

use crate::{
    candidates::entry,
    facts::{Facts, plain_identifier},
    index::{IndexStamp, ListStamp},
    kinds::kind_of_party,
    layout::{Section, Sections},
};
use lagebild_names::{Name, NameKind};
use lagebild_watchlist::Party;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::panic::resume_unwind;

/// A list to be compiled.
#[derive(Debug, Clone)]
pub struct List {
    /// What it is, of which day.
    pub stamp: ListStamp,
    /// Its parties.
    pub parties: Vec<Party>,
}

/// What stands at a key: a part of a name of one kind, or an identifier.
pub(crate) fn key(kind: NameKind, part: u64) -> u64 {
    hashed((kind, part))
}

/// The key of an identifier.
pub(crate) fn identifier_key(plain: &str) -> u64 {
    hashed(("identifier", plain))
}

fn hashed(value: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// Compiles lists into the bytes of an index file. Deterministic: the same lists give the same bytes.
pub fn compile(lists: &[List]) -> Vec<u8> {
    let mut sections = Sections::default();
    let parties: Vec<&Party> = lists.iter().flat_map(|list| &list.parties).collect();
    let names = prepared(&parties);
    let mut postings: Vec<(u64, u32)> = Vec::new();
    let mut number = 0u32;
    for (party, (at, names)) in parties.iter().zip((0u32..).zip(names)) {
        push_party(&mut sections, party);
        let facts = Facts::of_party(party);
        for (_, value) in &facts.identifiers {
            postings.extend(plain_identifier(value).map(|plain| (identifier_key(&plain), entry(number, 0))));
        }
        push_record(&mut sections, (Section::FactOffsets, Section::Facts), &facts);
        for (name, keys) in names {
            push_name(&mut sections, &name, at);
            postings.extend(keys.into_iter().map(|(key, part)| (key, entry(number, part))));
            number += 1;
        }
    }
    for (offsets, section) in [
        (Section::PartyOffsets, Section::Parties),
        (Section::FactOffsets, Section::Facts),
        (Section::NameOffsets, Section::Names),
    ] {
        let end = sections.end(section);
        sections.push_u32(offsets, end);
    }
    push_postings(&mut sections, postings);
    let stamp = IndexStamp {
        software: env!("CARGO_PKG_VERSION").into(),
        lists: lists.iter().map(|list| list.stamp.clone()).collect(),
        parties: parties.len(),
        names: number as usize,
    };
    *sections.of(Section::Stamp) = serde_json::to_vec(&stamp).unwrap_or_default();
    sections.finish()
}

/// Names with their keys, each with the number of its part.
type Prepared = Vec<(Name, Vec<(u64, usize)>)>;

/// The names of each party with their keys. The work is shared out among the processors; the order stays.
fn prepared(parties: &[&Party]) -> Vec<Prepared> {
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let share = parties.len().div_ceil(threads).max(1);
    std::thread::scope(|scope| {
        let workers: Vec<_> = parties
            .chunks(share)
            .map(|parties| scope.spawn(|| parties.iter().map(|party| names_of(party)).collect::<Vec<_>>()))
            .collect();
        workers
            .into_iter()
            .flat_map(|worker| worker.join().unwrap_or_else(|cause| resume_unwind(cause)))
            .collect()
    })
}

/// A party's names, each once. One without any gets its caption, so that every party has a name.
fn names_of(party: &Party) -> Prepared {
    let kind = kind_of_party(&party.schema);
    let mut texts: Vec<(&str, &str)> = Vec::new();
    for name in &party.names {
        if !texts.iter().any(|(known, _)| *known == name.full) {
            texts.push((&name.full, name.part("lastName").next().unwrap_or_default()));
        }
    }
    if texts.is_empty() {
        texts.push((&party.caption, ""));
    }
    let prepare = |(text, family): (&str, &str)| {
        let name = Name::parse(text, kind).with_family(family);
        let keyed = name.part_keys().into_iter().enumerate();
        let keys = keyed.flat_map(|(at, part)| part.keys.into_iter().map(move |part| (key(kind, part), at)));
        let keys = keys.collect();
        (name, keys)
    };
    texts.into_iter().map(prepare).collect()
}

fn push_party(sections: &mut Sections, party: &Party) {
    let at = sections.end(Section::Parties);
    sections.push_u32(Section::PartyOffsets, at);
    let json = serde_json::to_vec(party).unwrap_or_default();
    sections.of(Section::Parties).extend(json);
}

fn push_record(
    sections: &mut Sections,
    (offsets, section): (Section, Section),
    record: &impl serde::Serialize,
) {
    let at = sections.end(section);
    sections.push_u32(offsets, at);
    sections.of(section).extend(postcard::to_stdvec(record).unwrap_or_default());
}

fn push_name(sections: &mut Sections, name: &Name, party: u32) {
    let at = sections.end(Section::Names);
    sections.push_u32(Section::NameOffsets, at);
    sections.of(Section::Names).extend(name.to_bytes());
    sections.push_u32(Section::NameParties, party);
    let weight: f32 = name.part_keys().iter().map(|part| part.weight).sum();
    sections.of(Section::NameWeights).extend(weight.to_le_bytes());
}

fn push_postings(sections: &mut Sections, mut postings: Vec<(u64, u32)>) {
    postings.sort_unstable();
    postings.dedup();
    let mut last = None;
    for (count, &(key, name)) in (0u32..).zip(&postings) {
        if last != Some(key) {
            sections.of(Section::Keys).extend(key.to_le_bytes());
            sections.push_u32(Section::KeyOffsets, count);
            last = Some(key);
        }
        sections.push_u32(Section::Postings, name);
    }
    sections.push_u32(Section::KeyOffsets, postings.len() as u32);
}
