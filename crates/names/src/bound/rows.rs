//! What was worked out of the listed parts that an asked name was held against: each part once, however many names have it.
//!
//! Parts go by their number in the index. A look at a listed name is then a few reads from tables.

use super::{
    reach::Gained,
    side::{Counted, Counterpart},
    word::{Seen, Word},
};
use crate::outline::Outline;
use std::cell::{Cell, RefCell};

/// Rows and pairs that room is kept for (a few megabytes for a thread): a long name of common words needs many times as many.
const MOST_ROOM: usize = 1 << 14;

thread_local! {
    /// The room of the last query, for the next: it is as long as there are parts.
    static ROOM: RefCell<Rows> = RefCell::new(Rows::default());
}

/// A listed part.
pub(super) struct Row {
    pub(super) seen: Seen,
    pub(super) counted: Counted,
    /// How many sounds it has.
    pub(super) length: usize,
    pub(super) joinable: bool,
    pub(super) han: bool,
    /// All its sounds are known, and its only reading.
    pub(super) certain: bool,
    /// The words asked for that may begin with it, a bit for each.
    pub(super) begins: u32,
    /// The runs of the name asked for that may be it, a bit for each, once that is known.
    pub(super) runs: Option<u64>,
}

/// The parts that were looked at.
#[derive(Default)]
pub(super) struct Rows {
    /// Where the row of each part is, one more than its place; 0 for none.
    places: Vec<u32>,
    /// The numbers of the rows' parts.
    numbers: Vec<u32>,
    known: Vec<Row>,
    /// The counterpart that each part is for each word asked for, when they share no key and when they do; none before it was needed.
    likeness: Vec<[Option<Counterpart>; 2]>,
    /// How many words are asked for.
    asked: usize,
    /// What each part adds to each reading of each word asked for; none before it was needed.
    gained: Vec<Cell<Option<Gained>>>,
    /// Where the readings of each word asked for begin; one more for the end.
    ways: Vec<usize>,
}

impl Rows {
    pub(super) fn new(asked: &[Word]) -> Self {
        let mut rows = Self { asked: asked.len(), ..ROOM.take() };
        rows.ways.clear();
        rows.ways.push(0);
        for word in asked {
            rows.ways.push(rows.ways() + word.ways());
        }
        rows
    }

    /// How many readings all words asked for have.
    #[inline]
    fn ways(&self) -> usize {
        self.ways.last().copied().unwrap_or(0)
    }

    /// What a part adds to a reading of a word, by their places.
    #[inline]
    pub(super) fn gained(&self, place: u32, (at, word): (usize, &Word), way: usize) -> Gained {
        let first = self.ways.get(at).copied().unwrap_or(0);
        let Some(cell) = self.gained.get(place as usize * self.ways() + first + way) else {
            return Gained::default();
        };
        if let Some(known) = cell.get() {
            return known;
        }
        let gained = self.get(place).map_or_else(Gained::default, |row| word.gained(way, &row.seen));
        cell.set(Some(gained));
        gained
    }

    /// Forgets all, and leaves the room to the next query.
    pub(super) fn leave(&mut self) {
        for number in self.numbers.drain(..) {
            if let Some(place) = self.places.get_mut(number as usize) {
                *place = 0;
            }
        }
        self.known.clear();
        self.likeness.clear();
        self.gained.clear();
        self.known.shrink_to(MOST_ROOM);
        self.likeness.shrink_to(MOST_ROOM);
        self.gained.shrink_to(MOST_ROOM);
        ROOM.set(std::mem::take(self));
    }

    /// The place of the row of a part.
    #[inline]
    pub(super) fn place(&mut self, number: u32, asked: &[Word], outline: &impl Fn(u32) -> Outline) -> u32 {
        match self.places.get(number as usize) {
            Some(&place) if place != 0 => place - 1,
            _ => self.add(number, asked, outline(number)),
        }
    }

    fn add(&mut self, number: u32, asked: &[Word], outline: Outline) -> u32 {
        let seen = Seen::of(outline);
        let begin = |(at, word): (usize, &Word)| {
            u32::from(word.seen.outline.joinable() && word.may_begin_with(&seen)) << at
        };
        self.known.push(Row {
            seen,
            counted: Counted::of(outline),
            length: seen.length(),
            joinable: outline.joinable(),
            han: outline.han(),
            certain: !outline.by_key() && !outline.cut(),
            begins: asked.iter().enumerate().map(begin).sum(),
            runs: None,
        });
        self.gained.resize(self.known.len() * self.ways(), Cell::new(None));
        self.numbers.push(number);
        self.likeness.resize(self.known.len() * self.asked, [None; 2]);
        if self.places.len() <= number as usize {
            self.places.resize(number as usize + 1, 0);
        }
        let rows = self.known.len() as u32;
        if let Some(place) = self.places.get_mut(number as usize) {
            *place = rows;
        }
        rows - 1
    }

    #[inline]
    pub(super) fn get(&self, place: u32) -> Option<&Row> {
        self.known.get(place as usize)
    }

    #[inline]
    pub(super) fn get_mut(&mut self, place: u32) -> Option<&mut Row> {
        self.known.get_mut(place as usize)
    }

    /// What is known of a part as the counterpart of a word asked for.
    #[inline]
    pub(super) fn likeness(
        &mut self,
        place: u32,
        word: usize,
        shared: bool,
    ) -> Option<&mut Option<Counterpart>> {
        self.likeness.get_mut(place as usize * self.asked + word)?.get_mut(usize::from(shared))
    }
}
