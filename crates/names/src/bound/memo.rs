//! What was worked out of pairs of parts, kept for the next names and the next queries of the thread: given names are few, and one
//! listed name stands on several lists.

use crate::{kind::NameKind, outline::Outline};
use std::collections::HashMap;

/// Pairs kept: two megabytes for a thread. A pair takes the place of the one that was there.
const PAIRS: usize = 1 << 16;
/// Words numbered before all is forgotten, so that a long table does not fill the memory.
const MOST_WORDS: usize = 1 << 16;

/// How alike two parts are and what that says.
type Likeness = Option<(f32, f32)>;

pub(super) struct Memo {
    /// The numbers of the words asked for, from 2.
    words: HashMap<(NameKind, Outline), u32>,
    /// The next number: none is given twice, so that what a bound still holds stays true when the words are forgotten.
    next: u32,
    pairs: Vec<((u32, Outline), Likeness)>,
}

impl Memo {
    pub(super) fn new() -> Self {
        let none = ((0, Outline::default()), None);
        Self { words: HashMap::new(), next: 2, pairs: vec![none; PAIRS] }
    }

    /// The number of a word that is asked for, and that its outline tells all of. It leaves the lowest bit free.
    pub(super) fn number(&mut self, kind: NameKind, word: Outline) -> u32 {
        if self.words.len() >= MOST_WORDS {
            self.words.clear();
        }
        if let Some(known) = self.words.get(&(kind, word)) {
            return *known;
        }
        let number = self.new_number();
        self.words.insert((kind, word), number);
        number
    }

    /// A number for a word that no other has.
    pub(super) fn new_number(&mut self) -> u32 {
        if self.next >= u32::MAX - 1 {
            *self = Self::new();
        }
        self.next += 2;
        self.next - 2
    }

    /// What is known of the pair, else what `work` makes of it.
    #[inline]
    pub(super) fn of(&mut self, pair: (u32, Outline), work: impl FnOnce() -> Likeness) -> Likeness {
        let at = pair.1.mixed(pair.0) as usize % PAIRS;
        let Some(place) = self.pairs.get_mut(at) else { return work() };
        if place.0 != pair {
            *place = (pair, work());
        }
        place.1
    }
}
