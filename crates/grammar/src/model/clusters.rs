//! What is known of words before any sentence is read: Brown-like clusters (words that are used alike share the first
//! bits of their cluster's path), and what dictionaries say of them.

use super::format::{FormatError, Reader, Writer};
use crate::hash;

/// Bits of a word's hash that say where it is looked for first.
const INDEX_BITS: u32 = 12;

/// Words of which less is known are looked for by what their compound ends in, of this many letters at least.
const SHORTEST_HEAD: usize = 4;
/// No compound is longer (in bytes): every end of it is looked for.
const LONGEST_COMPOUND: usize = 64;

/// What is known of a word; zero stands for nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// The path of its cluster, lowest bit first.
    pub cluster: u16,
    /// Class of the parts of speech that it may be.
    pub kind: u8,
    /// Class of the genders, numbers and cases that it may have.
    pub inflection: u8,
    /// Class of the kinds of name that lists of names give it for (given name, surname, place, organisation).
    pub name: u8,
}

/// Known words. A word is found by 32 bits of its hash.
#[derive(Clone, Debug, Default)]
pub struct Clusters {
    keys: Vec<u32>,
    known: Vec<Known>,
    /// Where the keys with each value of their first bits begin.
    index: Vec<u32>,
}

impl Clusters {
    /// From words and what is known of them; the first of two equal words counts.
    pub fn new<'a>(words: impl IntoIterator<Item = (&'a str, Known)>) -> Self {
        let mut pairs: Vec<(u32, Known)> =
            words.into_iter().map(|(word, known)| (key(word), known)).collect();
        pairs.sort_by_key(|pair| pair.0);
        pairs.dedup_by_key(|pair| pair.0);
        let (keys, known): (Vec<u32>, Vec<Known>) = pairs.into_iter().unzip();
        Self::indexed(keys, known)
    }

    fn indexed(keys: Vec<u32>, known: Vec<Known>) -> Self {
        let first = |slot: u32| keys.partition_point(|key| key >> (32 - INDEX_BITS) < slot) as u32;
        let index = (0..=1 << INDEX_BITS).map(first).collect();
        Self { keys, known, index }
    }

    /// What is known of a word as written, or else in lower case; none for a word that is known as a name only.
    pub(crate) fn get(&self, form: &str, lower: &str) -> Option<Known> {
        self.described(form).or_else(|| self.described(lower))
    }

    fn described(&self, word: &str) -> Option<Known> {
        self.find(key(word)).filter(|known| known.cluster != 0 || known.kind != 0)
    }

    /// What is known of the longest known word that an unknown word ends in ("Raketentriebwerk": "Triebwerk").
    pub(crate) fn head(&self, form: &str, lower: &str) -> Option<Known> {
        if lower.len() > LONGEST_COMPOUND {
            return None;
        }
        let capital = form.starts_with(char::is_uppercase);
        let mut head = String::with_capacity(lower.len());
        for (at, first) in lower.char_indices().skip(2) {
            let rest = lower.get(at..)?;
            rest.chars().nth(SHORTEST_HEAD - 1)?;
            head.clear();
            if capital {
                head.extend(first.to_uppercase());
                head.push_str(rest.get(first.len_utf8()..)?);
            } else {
                head.push_str(rest);
            }
            if let Some(known) = self.described(&head) {
                return Some(known);
            }
        }
        None
    }

    /// The kinds of name that a word is known for, as written or without the "s" of the genitive ("Putins"); 0 for none.
    pub(crate) fn name(&self, form: &str) -> u8 {
        let known = self.find(key(form)).map_or(0, |known| known.name);
        let bare =
            || form.strip_suffix('s').and_then(|bare| self.find(key(bare))).map_or(0, |known| known.name);
        if known == 0 { bare() } else { known }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    fn find(&self, key: u32) -> Option<Known> {
        let slot = (key >> (32 - INDEX_BITS)) as usize;
        let (start, end) = (*self.index.get(slot)? as usize, *self.index.get(slot + 1)? as usize);
        let at = self.keys.get(start..end)?.binary_search(&key).ok()?;
        self.known.get(start + at).copied()
    }

    pub(crate) fn write(&self, out: &mut Writer) {
        out.u32(self.keys.len() as u32);
        self.keys.iter().for_each(|key| out.u32(*key));
        self.known.iter().for_each(|known| out.u16(known.cluster));
        out.bytes(&self.known.iter().map(|known| known.kind).collect::<Vec<u8>>());
        out.bytes(&self.known.iter().map(|known| known.inflection).collect::<Vec<u8>>());
        out.bytes(&self.known.iter().map(|known| known.name).collect::<Vec<u8>>());
    }

    pub(crate) fn read(from: &mut Reader) -> Result<Self, FormatError> {
        let count = from.u32()? as usize;
        let keys: Vec<u32> = (0..count).map(|_| from.u32()).collect::<Result<_, _>>()?;
        let paths: Vec<u16> = (0..count).map(|_| from.u16()).collect::<Result<_, _>>()?;
        let (kinds, inflections, names) = (from.bytes()?, from.bytes()?, from.bytes()?);
        if !keys.is_sorted() || [kinds, inflections, names].iter().any(|classes| classes.len() != count) {
            return Err(FormatError::Inconsistent("clusters"));
        }
        let known = paths.into_iter().zip(kinds).zip(inflections.iter().zip(names));
        let known = known.map(|((cluster, kind), (inflection, name))| Known {
            cluster,
            kind: *kind,
            inflection: *inflection,
            name: *name,
        });
        Ok(Self::indexed(keys, known.collect()))
    }
}

fn key(word: &str) -> u32 {
    (hash::text(word) >> 32) as u32 ^ hash::text(word) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compounds_are_known_by_their_longest_known_end() {
        let known = |cluster| Known { cluster, ..Known::default() };
        let words = [("Werk", known(1)), ("Triebwerk", known(2)), ("liefern", known(3))];
        let clusters = Clusters::new(words);
        assert_eq!(clusters.get("Triebwerk", "triebwerk"), Some(known(2)));
        assert_eq!(clusters.head("Raketentriebwerk", "raketentriebwerk"), Some(known(2)));
        assert_eq!(clusters.head("Stahlwerk", "stahlwerk"), Some(known(1)));
        assert_eq!(clusters.head("ausliefern", "ausliefern"), Some(known(3)));
        assert_eq!(clusters.head("Ei", "ei"), None);
        let endless = "a".repeat(100_000) + "werk";
        assert_eq!(clusters.head(&endless, &endless), None);
    }
}
