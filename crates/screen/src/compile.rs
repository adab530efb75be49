//! Lists become an index.

use crate::{
    candidates::{MOST_PARTS, entry},
    facts::{Facts, plain_identifier},
    index::{IndexStamp, ListStamp},
    layout::{Section, Sections},
    links::push_links,
};
use lagebild_names::{Name, NameKind, Outline, stored_hash};
use lagebild_watchlist::Party;
use std::{collections::HashMap, panic::resume_unwind};

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
    stored_hash("part", &[&[kind as u8], &part.to_le_bytes()])
}

/// The key of an identifier.
pub(crate) fn identifier_key(plain: &str) -> u64 {
    stored_hash("identifier", &[plain.as_bytes()])
}

/// The key of a name as it is written: its words in any order and case, without marks. What has neither letters nor
/// digits is its own key; none for nothing.
pub(crate) fn written_key(text: &str) -> Option<u64> {
    let lower = text.to_lowercase();
    let mut words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    if words.is_empty() {
        words.extend(lower.split_whitespace());
    }
    words.sort_unstable();
    let words: Vec<&[u8]> = words.into_iter().map(str::as_bytes).collect();
    (!words.is_empty()).then(|| stored_hash("written", &words))
}

/// Compiles lists into the bytes of an index file. Deterministic: the same lists give the same bytes.
pub fn compile(lists: &[List]) -> Vec<u8> {
    compile_as(IndexStamp::of(lists.iter().map(|list| list.stamp.clone()).collect()), lists)
}

/// Compiles lists into an index that says of itself what the stamp says.
pub(crate) fn compile_as(stamp: IndexStamp, lists: &[List]) -> Vec<u8> {
    let mut sections = Sections::default();
    let parties: Vec<&Party> = lists.iter().flat_map(|list| &list.parties).collect();
    let names = prepared(&parties);
    let mut postings: Vec<(u64, u32)> = Vec::new();
    let mut outlines: HashMap<Outline, u32> = HashMap::new();
    let mut number = 0u32;
    for (party, (at, names)) in parties.iter().zip((0u32..).zip(names)) {
        push_party(&mut sections, party);
        let facts = Facts::of_party(party);
        for (_, value) in &facts.identifiers {
            postings.extend(plain_identifier(value).map(|plain| (identifier_key(&plain), entry(number, 0))));
        }
        push_record(&mut sections, (Section::FactOffsets, Section::Facts), &facts);
        for prepared in names {
            push_name(&mut sections, &mut outlines, &prepared, at);
            postings.extend(prepared.keys.iter().map(|&(key, part)| (key, entry(number, part))));
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
    let end = sections.end(Section::Parts) / 4;
    sections.push_u32(Section::PartOffsets, end);
    push_postings(&mut sections, postings);
    push_links(&mut sections, &parties);
    let stamp = IndexStamp { parties: parties.len(), names: number as usize, ..stamp };
    *sections.of(Section::Stamp) = serde_json::to_vec(&stamp).unwrap_or_default();
    sections.finish().into_bytes()
}

/// A name as it goes into the index.
struct Prepared {
    name: Name,
    /// Keys, each with the number of its part.
    keys: Vec<(u64, usize)>,
    outlines: Vec<Outline>,
}

/// The names of each party with their keys. The work is shared out among the processors; the order stays.
fn prepared(parties: &[&Party]) -> Vec<Vec<Prepared>> {
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

/// A party's names, each once for each kind of name that it may be. One without any gets its caption, so that every
/// party has a name.
fn names_of(party: &Party) -> Vec<Prepared> {
    let mut texts: Vec<(&str, &str)> = Vec::new();
    for name in &party.names {
        if !texts.iter().any(|(known, _)| *known == name.full) {
            texts.push((&name.full, name.part("lastName").next().unwrap_or_default()));
        }
    }
    if texts.is_empty() {
        texts.push((&party.caption, ""));
    }
    let kinds = NameKind::of_party(&party.schema);
    let each = texts.into_iter().flat_map(|text| kinds.iter().map(move |&kind| (text, kind)));
    each.map(|((text, family), kind)| prepare(text, family, kind)).collect()
}

fn prepare(text: &str, family: &str, kind: NameKind) -> Prepared {
    let name = Name::parse(text, kind).with_family(family);
    let parts = name.part_keys();
    let of_parts = parts.iter().take(MOST_PARTS).enumerate();
    let of_parts = of_parts.flat_map(|(at, part)| part.keys.iter().map(move |&one| (key(kind, one), at)));
    let of_whole = name.whole_keys(true).into_iter().map(|whole| key(kind, whole)).chain(written_key(text));
    let keys = of_parts.chain(of_whole.map(|key| (key, MOST_PARTS))).collect();
    let outlines = parts.iter().take(MOST_PARTS).map(|part| part.outline).collect();
    Prepared { name, keys, outlines }
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

/// Adds a name of a party. Outlines are numbered as they come up.
fn push_name(sections: &mut Sections, outlines: &mut HashMap<Outline, u32>, prepared: &Prepared, party: u32) {
    let at = sections.end(Section::Names);
    sections.push_u32(Section::NameOffsets, at);
    sections.of(Section::Names).extend(prepared.name.to_bytes());
    sections.push_u32(Section::NameParties, party);
    let at = sections.end(Section::Parts) / 4;
    sections.push_u32(Section::PartOffsets, at);
    for outline in &prepared.outlines {
        let next = outlines.len() as u32;
        let number = *outlines.entry(*outline).or_insert(next);
        if number == next {
            sections.of(Section::Outlines).extend(outline.to_bytes());
        }
        sections.push_u32(Section::Parts, number);
    }
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
