//! How alike words sound, kept for the next names and the next queries of the thread: given names are few, and one listed name stands
//! on several lists.

use crate::{confusion::System, sound::Sounds};
use std::cell::RefCell;
use std::collections::HashMap;

thread_local! {
    /// What this thread remembers.
    pub(super) static MEMO: RefCell<Memo> = RefCell::new(Memo::new());
}

/// Pairs kept: three megabytes for a thread (48 bytes each). A pair takes the place of the one that was there.
const PAIRS: usize = 1 << 16;
/// Words numbered before all is forgotten, so that a long table does not fill the memory: a megabyte for a thread.
const MOST_WORDS: usize = 1 << 14;

/// How alike two words are and what that says.
type Likeness = (f32, f32);

pub(super) struct Memo {
    /// The numbers of the readings asked for, from 1.
    words: HashMap<(System, Sounds), u32>,
    /// The next number: none is given twice, so that what a bound still holds stays true when the words are forgotten.
    next: u32,
    pairs: Vec<((u32, u128), Likeness)>,
}

impl Memo {
    fn new() -> Self {
        Self { words: HashMap::new(), next: 1, pairs: vec![((0, 0), (0.0, 0.0)); PAIRS] }
    }

    /// The number of a reading that is asked for.
    pub(super) fn number(&mut self, word: (System, Sounds)) -> u32 {
        if self.words.len() >= MOST_WORDS {
            self.words.clear();
        }
        if self.next == u32::MAX {
            *self = Self::new();
        }
        let next = self.next;
        let number = *self.words.entry(word).or_insert(next);
        self.next += u32::from(number == next);
        number
    }

    /// What is known of the pair, else what `work` makes of it.
    #[inline]
    pub(super) fn of(&mut self, pair: (u32, u128), work: impl FnOnce() -> Likeness) -> Likeness {
        let Some(place) = self.pairs.get_mut(place(pair)) else { return work() };
        if place.0 != pair {
            *place = (pair, work());
        }
        place.1
    }
}

/// A place in the table, different for most pairs.
#[inline]
const fn place((word, heard): (u32, u128)) -> usize {
    const ODD: u64 = 0x9e37_79b9_7f4a_7c15;
    let halves = (heard as u64).wrapping_mul(ODD) ^ ((heard >> 64) as u64).rotate_left(29);
    ((halves ^ word as u64).wrapping_mul(ODD) >> 40) as usize % PAIRS
}
