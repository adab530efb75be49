//! Numbers by a key, found without unpacking anything: a table of hashes in a section.
//!
//! ```text
//! keys, bits   u32, u32
//! directory    u32 each, 2^bits and one more: where the keys that begin with these bits begin
//! keys         u64 each, ascending, mixed
//! starts       u32 each, one more for the end: where a key's values begin, counted in values
//! values       u32 each, ascending within a key
//! ```

use crate::{u32_at, u64_at};

/// Keys to a place of the directory, on the average.
const KEYS_A_PLACE: usize = 4;
/// The most bits that a directory may have: a damaged number must not lead anywhere.
const MOST_BITS: u32 = 31;

/// Values by keys, as they lie in a section.
#[derive(Clone, Copy, Debug, Default)]
pub struct Multimap<'a> {
    bits: u32,
    directory: &'a [u8],
    keys: &'a [u8],
    starts: &'a [u8],
    values: &'a [u8],
}

/// The values of one key, ascending.
#[derive(Clone, Debug, Default)]
pub struct Values<'a>(&'a [u8]);

impl Iterator for Values<'_> {
    type Item = u32;

    #[inline]
    fn next(&mut self) -> Option<u32> {
        let value = u32_at(self.0, 0)?;
        self.0 = self.0.get(4..).unwrap_or_default();
        Some(value)
    }
}

impl<'a> Multimap<'a> {
    /// The table of a section; an empty one where the section is damaged.
    pub fn of(section: &'a [u8]) -> Self {
        Self::parted(section).unwrap_or_default()
    }

    fn parted(section: &'a [u8]) -> Option<Self> {
        let (count, bits) = (u32_at(section, 0)? as usize, u32_at(section, 1)?);
        let places = (1usize << (bits <= MOST_BITS).then_some(bits)?) + 1;
        let (directory, rest) = section.get(8..)?.split_at_checked(places.checked_mul(4)?)?;
        let (keys, rest) = rest.split_at_checked(count.checked_mul(8)?)?;
        let (starts, values) = rest.split_at_checked((count + 1).checked_mul(4)?)?;
        Some(Self { bits, directory, keys, starts, values })
    }

    /// The values of a key.
    #[inline]
    pub fn get(&self, key: u64) -> Values<'a> {
        let values = || {
            let at = self.place(key)?;
            let (start, end) = (u32_at(self.starts, at)?, u32_at(self.starts, at + 1)?);
            self.values.get(start as usize * 4..end as usize * 4)
        };
        Values(values().unwrap_or_default())
    }

    /// Whether the key is there.
    #[inline]
    pub fn contains(&self, key: u64) -> bool {
        self.place(key).is_some()
    }

    #[inline]
    fn place(&self, key: u64) -> Option<usize> {
        let key = mixed(key);
        let first = first_bits(key, self.bits);
        let (from, to) = (u32_at(self.directory, first)?, u32_at(self.directory, first + 1)?);
        (from as usize..to as usize).find(|&at| u64_at(self.keys, at) == Some(key))
    }
}

/// The section of a table with these entries; what is there twice is kept once.
pub fn multimap(entries: impl IntoIterator<Item = (u64, u32)>) -> Vec<u8> {
    let mut entries: Vec<(u64, u32)> = entries.into_iter().map(|(key, value)| (mixed(key), value)).collect();
    entries.sort_unstable();
    entries.dedup();
    let (mut keys, mut starts): (Vec<u64>, Vec<u32>) = (Vec::new(), Vec::new());
    for (count, (key, _)) in (0u32..).zip(&entries) {
        if keys.last() != Some(key) {
            keys.push(*key);
            starts.push(count);
        }
    }
    starts.push(entries.len() as u32);
    let bits = (keys.len() / KEYS_A_PLACE).checked_ilog2().unwrap_or_default();
    let mut section: Vec<u8> = [keys.len() as u32, bits].into_iter().flat_map(u32::to_le_bytes).collect();
    let begins = |place: usize| keys.partition_point(|&key| first_bits(key, bits) < place) as u32;
    section.extend((0..=1usize << bits).flat_map(|place| begins(place).to_le_bytes()));
    section.extend(keys.iter().flat_map(|key| key.to_le_bytes()));
    section.extend(starts.iter().flat_map(|start| start.to_le_bytes()));
    section.extend(entries.iter().flat_map(|(_, value)| value.to_le_bytes()));
    section
}

fn first_bits(key: u64, bits: u32) -> usize {
    key.checked_shr(64 - bits).unwrap_or_default() as usize
}

/// Spreads keys evenly, each to one of its own (the finalizer of `SplitMix64`, Steele, Lea, Flood 2014): those that are counted
/// or put together of two numbers lie close to each other.
fn mixed(key: u64) -> u64 {
    let key = (key ^ (key >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let key = (key ^ (key >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    key ^ (key >> 31)
}

#[cfg(test)]
mod tests {
    use super::{Multimap, multimap};
    use proptest::prelude::*;
    use std::collections::{BTreeMap, BTreeSet};

    proptest! {
        #[test]
        fn every_entry_is_found_and_no_other(entries: Vec<(u8, u32)>, others: Vec<u64>) {
            let mut model: BTreeMap<u64, BTreeSet<u32>> = BTreeMap::new();
            for (key, value) in &entries {
                model.entry(u64::from(*key)).or_default().insert(*value);
            }
            let section = multimap(entries.iter().map(|(key, value)| (u64::from(*key), *value)));
            let table = Multimap::of(&section);
            for key in (0..=255).chain(others) {
                let found: Vec<u32> = table.get(key).collect();
                let known: Vec<u32> = model.get(&key).into_iter().flatten().copied().collect();
                prop_assert_eq!(found, known);
                prop_assert_eq!(table.contains(key), model.contains_key(&key));
            }
        }

        #[test]
        fn any_bytes_can_be_asked(section: Vec<u8>, key: u64) {
            Multimap::of(&section).get(key).count();
        }
    }

    #[test]
    fn many_keys_are_found() {
        let section = multimap((0..50_000).map(|key| (u64::from(key) << 32, key)));
        let table = Multimap::of(&section);
        assert!((0..50_000).all(|key| table.get(u64::from(key) << 32).eq([key])));
        assert!(!table.contains(1));
    }
}
