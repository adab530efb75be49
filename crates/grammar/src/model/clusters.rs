//! Brown-like word clusters: words that are used alike share the first bits of their cluster's path.

use super::format::{FormatError, Reader, Writer};
use crate::hash;

/// Bits of a word's hash that say where it is looked for first.
const INDEX_BITS: u32 = 12;

/// Clusters of frequent words. A word is known by 32 bits of its hash.
#[derive(Clone, Debug, Default)]
pub struct Clusters {
    keys: Vec<u32>,
    paths: Vec<u16>,
    /// Where the keys with each value of their first bits begin.
    index: Vec<u32>,
}

impl Clusters {
    /// From words and their clusters; the first of two equal words counts.
    pub fn new<'a>(words: impl IntoIterator<Item = (&'a str, u16)>) -> Self {
        let mut pairs: Vec<(u32, u16)> = words.into_iter().map(|(word, path)| (key(word), path)).collect();
        pairs.sort_by_key(|pair| pair.0);
        pairs.dedup_by_key(|pair| pair.0);
        let (keys, paths): (Vec<u32>, Vec<u16>) = pairs.into_iter().unzip();
        Self::indexed(keys, paths)
    }

    fn indexed(keys: Vec<u32>, paths: Vec<u16>) -> Self {
        let first = |slot: u32| keys.partition_point(|key| key >> (32 - INDEX_BITS) < slot) as u32;
        let index = (0..=1 << INDEX_BITS).map(first).collect();
        Self { keys, paths, index }
    }

    /// The cluster of a word as written, or else in lower case.
    pub(crate) fn get(&self, form: &str, lower: &str) -> Option<u16> {
        self.find(key(form)).or_else(|| self.find(key(lower)))
    }

    fn find(&self, key: u32) -> Option<u16> {
        let slot = (key >> (32 - INDEX_BITS)) as usize;
        let (start, end) = (*self.index.get(slot)? as usize, *self.index.get(slot + 1)? as usize);
        let at = self.keys.get(start..end)?.binary_search(&key).ok()?;
        self.paths.get(start + at).copied()
    }

    pub(crate) fn write(&self, out: &mut Writer) {
        out.u32(self.keys.len() as u32);
        self.keys.iter().for_each(|key| out.u32(*key));
        self.paths.iter().for_each(|path| out.u16(*path));
    }

    pub(crate) fn read(from: &mut Reader) -> Result<Self, FormatError> {
        let count = from.u32()? as usize;
        let keys: Vec<u32> = (0..count).map(|_| from.u32()).collect::<Result<_, _>>()?;
        let paths: Vec<u16> = (0..count).map(|_| from.u16()).collect::<Result<_, _>>()?;
        if !keys.is_sorted() {
            return Err(FormatError::Inconsistent("clusters"));
        }
        Ok(Self::indexed(keys, paths))
    }
}

fn key(word: &str) -> u32 {
    (hash::text(word) >> 32) as u32 ^ hash::text(word) as u32
}
