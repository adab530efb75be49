//! A part with its sounds, and how alike one that is asked for is to one that is listed.

use super::{
    memo::MEMO,
    reach::{Gained, Reach},
};
use crate::{
    align::{GROUP, GROUP_DOUBT, INITIAL_BITS, LEAST, OF_A_SOUND, least_alike, likeness_of},
    confusion::System,
    keys::PartKeys,
    kind::NameKind,
    outline::Outline,
    sound::{Consonants, Sounds, written_once},
    weights::MOST_BITS,
};

/// How alike words of the same letters are.
const SAME_LETTERS: f32 = 0.78;

/// A part with its sounds.
#[derive(Clone, Copy)]
pub(super) struct Seen {
    pub(super) outline: Outline,
    pub(super) sounds: Sounds,
    consonants: Consonants,
    /// What is heard of it, in a number; none for very long ones.
    heard: Option<u128>,
}

impl Seen {
    pub(super) fn of(outline: Outline) -> Self {
        let sounds = outline.sounds();
        Self { outline, sounds, consonants: sounds.consonants(), heard: Some(outline.heard()) }
    }

    /// Words written together, of which this is the last.
    pub(super) fn with(outline: Outline, sounds: Sounds) -> Self {
        let heard = Outline::heard_of(outline.system(), &sounds);
        Self { outline, sounds, consonants: sounds.consonants(), heard }
    }

    /// How many sounds it has.
    pub(super) fn length(&self) -> usize {
        self.sounds.codes().len()
    }

    /// What it says where it is written the same on both sides.
    fn own_bits(&self) -> f32 {
        if self.outline.cut() { MOST_BITS } else { OF_A_SOUND * self.sounds.codes().len().max(1) as f32 }
    }
}

/// Several parts written together.
#[derive(Clone, Copy)]
pub(super) struct Run {
    pub(super) system: System,
    pub(super) length: usize,
    consonants: Consonants,
    last: u8,
    /// The sounds that are left out where two parts meet.
    once: [u8; 4],
    meets: usize,
    /// All parts are written in one system.
    pub(super) one_system: bool,
}

impl Run {
    pub(super) fn of(part: &Seen) -> Self {
        Self {
            system: part.outline.system(),
            length: part.length(),
            consonants: part.consonants,
            last: part.sounds.ends().1,
            once: [0; 4],
            meets: 0,
            one_system: true,
        }
    }

    /// With the part that follows, as [`Sounds::joined`] has it.
    #[inline]
    pub(super) fn push(&mut self, part: &Seen) {
        let (first, last) = part.sounds.ends();
        self.one_system &= self.system == part.outline.system();
        self.consonants = self.consonants.with(part.consonants);
        self.length += part.length();
        if !written_once(self.last, first) {
            self.last = last;
            return;
        }
        self.length -= 1;
        if let Some(place) = self.once.get_mut(self.meets) {
            *place = first;
            self.meets += 1;
        }
        if part.length() > 1 {
            self.last = last;
        }
    }
}

/// A part that is asked for, or several written together.
pub(super) struct Word {
    pub(super) seen: Seen,
    ways: Vec<Way>,
}

/// A way to read a word.
struct Way {
    system: System,
    sounds: Sounds,
    consonants: Consonants,
    reach: Reach,
    /// Its number in the memo.
    number: u32,
}

impl Word {
    fn of(seen: Seen) -> Self {
        Self { seen, ways: vec![Way::of((seen.outline.system(), seen.sounds))] }
    }

    /// A part that is asked for.
    pub(super) fn asked(part: &PartKeys) -> Self {
        let seen = Seen::of(part.outline);
        if part.readings.is_empty() {
            return Self::of(seen);
        }
        Self { seen, ways: part.readings.iter().copied().map(Way::of).collect() }
    }

    /// The two written together, by any readings of theirs; as many as the comparison looks at.
    pub(super) fn joined(&self, next: &Self) -> Self {
        const MOST_WAYS: usize = 16;
        let pairs = self.ways.iter().flat_map(|way| next.ways.iter().map(move |tail| (way, tail)));
        let together = pairs.map(|(way, tail)| Way::of((way.system, way.sounds.joined(&tail.sounds))));
        let ways: Vec<Way> = together.take(MOST_WAYS).collect();
        let first = self.seen.sounds.joined(&next.seen.sounds);
        Self { seen: Seen::with(next.seen.outline, first), ways }
    }

    /// Whether it may be the other by any reading, written together with what follows.
    pub(super) fn may_begin_with(&self, first: &Seen) -> bool {
        first.outline.joinable()
            && self.ways.iter().any(|way| way.consonants.may_begin_with(first.consonants))
    }

    /// Whether the other may be this one by any reading, written together with what follows.
    pub(super) fn may_begin(&self, whole: &Seen) -> bool {
        self.seen.outline.joinable()
            && self.ways.iter().any(|way| whole.consonants.may_begin_with(way.consonants))
    }

    /// How many readings it has.
    pub(super) fn ways(&self) -> usize {
        self.ways.len()
    }

    /// What a part adds to one of its readings, in whatever order.
    pub(super) fn gained(&self, way: usize, part: &Seen) -> Gained {
        let (Some(way), system) = (self.ways.get(way), part.outline.system()) else {
            return Gained::default();
        };
        let codes = part.sounds.codes().iter();
        codes.fold(Gained::default(), |sum, &code| sum.and(way.reach.gained(system, code)))
    }

    /// Whether it may be so much like several parts written together by any of its readings, as far as can be told without an
    /// alignment. `gained` is what each reading gains from a part, `twice` the sounds that are written once where two parts meet.
    #[inline]
    pub(super) fn may_be(&self, run: &Run, gained: impl Fn(usize) -> Gained, least: f32) -> bool {
        self.ways.iter().enumerate().any(|(at, way)| {
            way.consonants.may_be(run.consonants) && {
                let once = |sum: Gained, &code: &u8| sum.without(way.reach.gained(run.system, code));
                let gained = run.once.iter().take(run.meets).fold(gained(at), once);
                way.reach.at_most_of(run.system, gained, run.length) >= least
            }
        })
    }

    /// Sounds of its longest reading, and of its shortest.
    pub(super) fn lengths(&self) -> (usize, usize) {
        let lengths = || self.ways.iter().map(|way| way.sounds.codes().len());
        (lengths().max().unwrap_or(0), lengths().min().unwrap_or(0))
    }

    /// How alike it is to another and what that says; nothing where it is less alike than that.
    pub(super) fn likeness(&self, other: &Seen, least: f32) -> (f32, f32) {
        let mut best = (0.0, 0.0);
        for way in &self.ways {
            let found = way.likeness(other, least);
            if found.0 > best.0 {
                best = found;
            }
        }
        best
    }
}

impl Way {
    fn of((system, sounds): (System, Sounds)) -> Self {
        let number = MEMO.with_borrow_mut(|memo| memo.number((system, sounds)));
        Self { system, sounds, consonants: sounds.consonants(), reach: Reach::of(system, sounds), number }
    }

    fn likeness(&self, other: &Seen, least: f32) -> (f32, f32) {
        let system = other.outline.system();
        if !self.consonants.may_be(other.consonants) || self.reach.at_most(system, &other.sounds) < least {
            return (0.0, 0.0);
        }
        let work = || likeness_of((self.system, &self.sounds), (system, &other.sounds), LEAST);
        let known = |heard| MEMO.with_borrow_mut(|memo| memo.of((self.number, heard), work));
        other.heard.map_or_else(work, known)
    }
}

/// How alike two parts can be and what that can say, if one may stand for the other. `shared` says that each shares a key with some
/// part of the other name.
pub(super) fn alike(kind: NameKind, a: &Word, b: &Seen, shared: bool) -> Option<(f32, f32)> {
    let (one, other) = (a.seen.outline, b.outline);
    let letters = one.may_be_letters(other);
    let own = a.seen.own_bits();
    // What is written the same shares a key, where it has any.
    if letters && (shared || one.keyless() && other.keyless()) {
        return Some((1.0, own));
    }
    if one.may_be_particle(other) {
        return Some((1.0, INITIAL_BITS));
    }
    if one.counts() != other.counts() {
        return None;
    }
    if shared && one.may_be_group(other) {
        let bits = own.min(b.own_bits());
        return Some(if kind == NameKind::Person { (GROUP, bits - GROUP_DOUBT) } else { (1.0, bits) });
    }
    if one.initial() != other.initial() {
        return (!one.number() && !other.number()).then_some((0.8, INITIAL_BITS));
    }
    let by_sound = if one.by_key() || other.by_key() { by_key(a, b, shared) } else { by_sound(a, b, shared) };
    if letters && !one.by_key() && !other.by_key() {
        let (similarity, bits) = by_sound.unwrap_or_default();
        return Some((similarity.max(SAME_LETTERS), bits.max(own / 2.0)));
    }
    by_sound
}

/// The same for words of which one has several readings, or no sound.
fn by_key(a: &Word, b: &Seen, shared: bool) -> Option<(f32, f32)> {
    let (one, other) = (a.seen.outline, b.outline);
    if one.number() || other.number() || one.han() && other.han() {
        return None;
    }
    // Of what is listed only the first reading is known.
    if other.by_key() || other.cut() {
        return shared.then_some((1.0, MOST_BITS));
    }
    let least = least_alike((one.syllables(), other.syllables()));
    let (similarity, bits) = a.likeness(b, least);
    (similarity >= least).then_some((similarity, bits))
}

/// The same for words that are read in one way.
fn by_sound(a: &Word, b: &Seen, shared: bool) -> Option<(f32, f32)> {
    if shared && (a.seen.outline.cut() || b.outline.cut()) {
        return Some((1.0, MOST_BITS));
    }
    let (similarity, bits) = a.likeness(b, LEAST);
    (similarity > LEAST).then_some((similarity, bits))
}
