//! Which listed names are worth comparing with one that is asked for.
//!
//! Every part of the query is looked up by the keys of its readings. Of each name that shares one, the parts that it
//! shares and the outlines of the others say how much it can score at most; all that can reach what is wanted are
//! compared. None is left out because there are many: a common part costs a look at the outlines of its bearers.

use crate::{Index, compile::key};
use lagebild_names::{Bound, Name, scores::COMPARED};

/// Parts that are told apart; the next number stands for the whole name.
pub(crate) const MOST_PARTS: usize = WHOLE as usize;
const WHOLE: u32 = (1 << PART_BITS) - 1;

/// Room for the work, used again for every query.
#[derive(Debug, Default)]
pub(crate) struct Gathering {
    /// What each name shares with the query.
    shared: Vec<Shared>,
    /// Names that share something.
    touched: Vec<u32>,
}

/// What a name shares with the query: a bit for each part of either, and for the whole name.
#[derive(Debug, Default, Clone, Copy)]
struct Shared {
    query: u16,
    name: u16,
}

impl Gathering {
    /// The names of the index that may reach `least` when they are compared with the query, in order.
    pub(crate) fn names(&mut self, index: &Index, query: &Name, least: f64) -> Vec<u32> {
        self.shared.resize(index.names(), Shared::default());
        let parts = query.part_keys();
        for (part, keys) in (0..WHOLE).zip(&parts) {
            for &one in &keys.keys {
                self.count(index.posting(key(query.kind(), one)), part);
            }
        }
        for whole in query.whole_keys(false) {
            self.count(index.posting(key(query.kind(), whole)), WHOLE);
        }
        let mut bound = Bound::new(query.kind(), &parts);
        let mut names: Vec<u32> = Vec::new();
        for name in std::mem::take(&mut self.touched) {
            let Some(shared) = self.shared.get_mut(name as usize).map(std::mem::take) else { continue };
            let whole = shared.query & 1 << WHOLE != 0;
            let both = (u32::from(shared.query), u32::from(shared.name));
            let outline = |part: u32| index.outline(part);
            if whole || bound.may_reach(index.parts(name), outline, both, least.max(COMPARED)) {
                names.push(name);
            }
        }
        names.sort_unstable();
        names
    }

    /// Notes that each name of a posting shares a part, and by which of its own. A part that shares keys with two is noted for both:
    /// given to one of them ("John" to "Wang", for both may be written `n`), it would be missing to the other ("Jack"), and a hit
    /// would hang on the order of the keys.
    fn count(&mut self, posting: &[u8], asked: u32) {
        for (name, part) in entries(posting) {
            let Some(shared) = self.shared.get_mut(name as usize) else { continue };
            let (query, listed) = (1 << asked, 1 << part);
            if shared.query == 0 {
                self.touched.push(name);
            }
            shared.query |= query;
            shared.name |= listed;
        }
    }
}

/// Bits of a posting that say which part of the name stands at the key.
const PART_BITS: u32 = 4;

/// The entry of a posting: the name, and its part ([`MOST_PARTS`] and above for the whole name).
pub(crate) fn entry(name: u32, part: usize) -> u32 {
    name << PART_BITS | (part as u32).min(WHOLE)
}

/// Names and parts of a posting.
pub(crate) fn entries(posting: &[u8]) -> impl Iterator<Item = (u32, u32)> {
    let numbers = posting.chunks_exact(4).map(|four| u32::from_le_bytes(four.try_into().unwrap_or_default()));
    numbers.map(|entry| (entry >> PART_BITS, entry & WHOLE))
}
