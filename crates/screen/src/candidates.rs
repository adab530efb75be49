//! Which listed names share enough sounds with a query to be worth comparing.
//!
//! Every part of the query is looked up by the keys of its readings. A name collects the weight of each part that it
//! shares; those with the largest share of both names' weight are compared in full.

use crate::{Index, compile::key};
use lagebild_names::{Name, NameKind};

/// Candidates with a smaller share of the weight of both names are not compared.
const LEAST_SHARE: f32 = 0.2;

/// Candidates with less than this part of the best one's share are not compared either.
const LEAST_OF_BEST: f32 = 0.4;

/// What the whole name as one word counts, as a share of the weight of all parts.
const WHOLE: f32 = 0.5;

/// Room for the work, used again for every query.
#[derive(Debug, Default)]
pub(crate) struct Gathering {
    /// Weight that each name shares with the query.
    shared: Vec<f32>,
    /// The part of the query that was counted last for each name.
    counted: Vec<u32>,
    /// The parts of each name that were counted, a bit for each.
    used: Vec<u16>,
    /// Numbers the parts through all queries.
    part: u32,
    /// Names that share something.
    touched: Vec<u32>,
}

impl Gathering {
    /// At most `most` names of the index that share most with the query, the best first.
    pub(crate) fn names(&mut self, index: &Index, query: &Name, kind: NameKind, most: usize) -> Vec<u32> {
        self.shared.resize(index.names(), 0.0);
        self.counted.resize(index.names(), 0);
        self.used.resize(index.names(), 0);
        let parts = query.part_keys();
        let total: f32 = parts.iter().map(|part| part.weight).sum();
        for part in parts {
            self.part = self.part.wrapping_add(1).max(1);
            // The whole name as one word has no weight of its own: it finds names that are written apart or together.
            let weight = if part.weight > 0.0 { part.weight } else { WHOLE * total };
            for one in part.keys {
                self.count(index.posting(key(kind, one)), weight);
            }
        }
        let mut ranked: Vec<(f32, u32)> = Vec::new();
        let mut best = 0f32;
        for &name in &self.touched {
            let Some(shared) = self.shared.get_mut(name as usize).map(std::mem::take) else { continue };
            self.used.get_mut(name as usize).map(std::mem::take);
            if shared < LEAST_SHARE * total {
                continue;
            }
            let weight = index.weight_of_name(name);
            let shared = shared.min(total).min(weight);
            let share = shared / (total + weight - shared).max(0.01);
            best = best.max(share);
            ranked.push((share, name));
        }
        self.touched.clear();
        ranked.retain(|(share, _)| *share >= LEAST_SHARE.max(LEAST_OF_BEST * best));
        let order = |a: &(f32, u32), b: &(f32, u32)| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1));
        if ranked.len() > most {
            ranked.select_nth_unstable_by(most, order);
            ranked.truncate(most);
        }
        ranked.sort_unstable_by(order);
        ranked.into_iter().map(|(_, name)| name).collect()
    }

    /// Adds the weight of a part to every name of a posting that has not had it yet, for a part of the name that stands for
    /// no other.
    fn count(&mut self, posting: &[u8], weight: f32) {
        for four in posting.chunks_exact(4) {
            let (name, part) = split(u32::from_le_bytes(four.try_into().unwrap_or_default()));
            let at = name as usize;
            let (Some(shared), Some(counted), Some(used)) =
                (self.shared.get_mut(at), self.counted.get_mut(at), self.used.get_mut(at))
            else {
                continue;
            };
            if *counted == self.part || *used & (1 << part) != 0 {
                continue;
            }
            *counted = self.part;
            *used |= 1 << part;
            if *shared == 0.0 {
                self.touched.push(name);
            }
            *shared += weight.max(0.001);
        }
    }
}

/// Bits of a posting that say which part of the name stands at the key.
const PART_BITS: u32 = 4;

/// The entry of a posting: the name, and its part (the last number for all parts from there on).
pub(crate) fn entry(name: u32, part: usize) -> u32 {
    name << PART_BITS | (part as u32).min((1 << PART_BITS) - 1)
}

/// Name and part of an entry.
pub(crate) fn split(entry: u32) -> (u32, u32) {
    (entry >> PART_BITS, entry & ((1 << PART_BITS) - 1))
}
