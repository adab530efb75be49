//! What the parser looks at: the top of the stack, the next words, and their nearest dependents.

use super::Input;
use super::state::State;
use crate::features::Features;
use crate::hash::mix;

const ACTION_SEED: u64 = 0x9a45;
const RELATION_SEED: u64 = 0x1abe1;
/// Longer distances count as this one.
const FARTHEST: usize = 9;
/// More dependents count as this many.
const MOST: usize = 4;

/// A position that features talk about: a word, the root, or nothing.
#[derive(Clone, Copy)]
struct Place {
    word: u64,
    tag: u64,
    cluster: u64,
    suffix: u64,
    inflection: u64,
    relation: u64,
    at: Option<usize>,
}

impl Place {
    fn new(input: Input, state: &State, at: Option<usize>) -> Self {
        let Some(index) = at else {
            return Self { word: 11, tag: 21, cluster: 31, suffix: 41, inflection: 71, relation: 51, at };
        };
        let (Some(word), Some(tag)) = (input.words.get(index), input.tags.get(index)) else {
            return Self { word: 12, tag: 22, cluster: 32, suffix: 42, inflection: 72, relation: 52, at };
        };
        Self {
            word: word.lower,
            tag: 100 + tag.index() as u64,
            cluster: word.cluster[2],
            suffix: word.suffixes[2],
            inflection: word.inflection,
            relation: 60 + state.relation(index) as u64,
            at,
        }
    }
}

/// A place with its dependents.
struct Nest {
    place: Place,
    left: [Place; 2],
    right: [Place; 2],
    left_count: u64,
    right_count: u64,
    /// The relations that its dependents have.
    governed: u64,
}

impl Nest {
    fn new(input: Input, state: &State, at: Option<usize>) -> Self {
        let left = at.map(|at| state.left(at)).unwrap_or_default();
        let right = at.map(|at| state.right(at)).unwrap_or_default();
        let place = |at: Option<usize>| Place::new(input, state, at);
        Self {
            place: place(at),
            left: [place(left.last), place(left.before_last)],
            right: [place(right.last), place(right.before_last)],
            left_count: left.count.min(MOST) as u64,
            right_count: right.count.min(MOST) as u64,
            governed: at.map_or(0, |at| state.governed(at)),
        }
    }

    /// What hints at a noun's case and number: its outermost word on the left (preposition or article) and its own forms.
    fn hint(&self) -> u64 {
        mix(self.left[0].word, self.place.inflection)
    }
}

fn distance(from: Option<usize>, to: Option<usize>) -> u64 {
    from.zip(to).map_or(15, |(from, to)| to.saturating_sub(from).min(FARTHEST) as u64)
}

fn mix3(a: u64, b: u64, c: u64) -> u64 {
    mix(mix(a, b), c)
}

/// The features that an action is chosen by.
pub(crate) fn for_action(input: Input, state: &State, features: &mut Features) {
    features.clear(ACTION_SEED);
    let s0 = Nest::new(input, state, state.stacked(0));
    let s1 = Nest::new(input, state, state.stacked(1));
    let s2 = Place::new(input, state, state.stacked(2));
    let b0 = Nest::new(input, state, state.ahead(0));
    let b1 = Place::new(input, state, state.ahead(1));
    let b2 = Place::new(input, state, state.ahead(2));
    let near = distance(s0.place.at, b0.place.at);
    let far = distance(s1.place.at, s0.place.at);
    features.add(1);
    for place in [s0.place, s1.place, s2, b0.place, b1, b2] {
        single(place, features);
    }
    for (a, b) in
        [(s0.place, b0.place), (s1.place, s0.place), (s0.place, b1), (b0.place, b1), (s1.place, b0.place)]
    {
        pair(a, b, near, far, features);
    }
    triples(&s0, &s1, s2, &b0, [b1, b2], features);
    dependents(&s0, &s1, &b0, features);
    for nest in [&s0, &s1, &b0] {
        valency(nest, features);
    }
    for value in [s0.place.tag, s0.place.word, b0.place.tag, b0.place.word] {
        features.add(mix(near, value));
    }
}

fn single(place: Place, features: &mut Features) {
    features.add(place.word);
    features.add(place.tag);
    features.add(mix(place.word, place.tag));
    features.add(mix(place.cluster, place.tag));
    features.add(mix(place.suffix, place.tag));
}

fn pair(a: Place, b: Place, near: u64, far: u64, features: &mut Features) {
    features.add(mix(a.word, b.word));
    features.add(mix3(a.word, a.tag, b.tag));
    features.add(mix3(b.word, b.tag, a.tag));
    features.add(mix(a.tag, b.tag));
    features.add(mix(a.cluster, b.cluster));
    features.add(mix3(a.suffix, a.tag, b.tag));
    features.add(mix3(b.suffix, b.tag, a.tag));
    features.add(mix3(a.tag, b.tag, near));
    features.add(mix3(a.tag, b.tag, far + 100));
}

fn triples(s0: &Nest, s1: &Nest, s2: Place, b0: &Nest, [b1, b2]: [Place; 2], features: &mut Features) {
    let (top, below, next) = (s0.place, s1.place, b0.place);
    let triples = [
        (top, next, b1),
        (below, top, next),
        (s2, below, top),
        (next, b1, b2),
        (top, next, b0.left[0]),
        (top, s0.left[0], next),
        (top, s0.right[0], next),
        (below, s1.left[0], top),
        (below, s1.right[0], top),
        (below, top, s0.left[0]),
        (below, top, s0.right[0]),
        (top, s0.left[0], s0.left[1]),
        (top, s0.right[0], s0.right[1]),
        (next, b0.left[0], b0.left[1]),
    ];
    for (a, b, c) in triples {
        features.add(mix3(a.tag, b.tag, c.tag));
    }
}

fn dependents(s0: &Nest, s1: &Nest, b0: &Nest, features: &mut Features) {
    let pairs = [
        (s0, s0.left[0]),
        (s0, s0.right[0]),
        (s0, s0.left[1]),
        (s0, s0.right[1]),
        (b0, b0.left[0]),
        (b0, b0.left[1]),
        (s1, s1.left[0]),
        (s1, s1.right[0]),
    ];
    for (head, dependent) in pairs {
        features.add(mix(head.place.tag, dependent.relation));
        features.add(mix(head.place.word, dependent.relation));
        features.add(mix3(head.place.tag, b0.place.tag, dependent.relation));
        features.add(dependent.word);
        features.add(dependent.tag);
    }
}

fn valency(nest: &Nest, features: &mut Features) {
    let place = nest.place;
    features.add(mix(place.tag, nest.left_count));
    features.add(mix(place.tag, nest.right_count));
    features.add(mix(place.word, nest.left_count));
    features.add(mix(place.word, nest.right_count));
    features.add(mix(place.tag, nest.governed));
    features.add(mix3(place.tag, nest.left[0].relation, nest.right[0].relation));
    features.add(mix3(place.word, nest.left[0].relation, nest.left[1].relation));
}

/// The features that the relation of an arc from `head` to `word` is chosen by. The word has all its dependents by then.
pub(crate) fn for_relation(input: Input, state: &State, head: usize, word: usize, features: &mut Features) {
    let side = u64::from(word < head);
    features.clear(RELATION_SEED + side);
    let nest = Nest::new(input, state, Some(word));
    let governor = Nest::new(input, state, Some(head));
    let near = distance(Some(word.min(head)), Some(word.max(head)));
    let (own, over) = (nest.place, governor.place);
    features.add(1);
    features.add(near);
    single(own, features);
    single(over, features);
    pair(own, over, near, side, features);
    features.add(mix3(nest.hint(), own.tag, over.tag));
    features.add(mix3(nest.hint(), own.tag, mix(governor.left[0].relation, governor.right[0].relation)));
    features.add(mix(nest.hint(), over.word));
    features.add(mix(nest.hint(), mix(over.tag, governor.governed)));
    features.add(mix(own.word, mix(over.tag, governor.governed)));
    features.add(mix3(own.tag, over.tag, governor.governed));
    features.add(mix3(own.tag, over.suffix, nest.hint()));
    features.add(mix3(own.tag, over.inflection, nest.hint()));
    features.add(mix(own.word, over.suffix));
    features.add(mix(own.suffix, over.suffix));
    features.add(mix(own.cluster, over.word));
    features.add(mix(own.word, over.cluster));
    for place in nest.left.into_iter().chain(nest.right) {
        inner(place, own, over, features);
    }
    for place in governor.left.into_iter().chain(governor.right) {
        features.add(mix3(own.tag, over.tag, place.relation));
        features.add(mix3(own.word, over.tag, place.relation));
        features.add(mix3(own.tag, over.word, place.relation));
    }
    for place in [word.checked_sub(1), Some(word + 1), head.checked_sub(1), Some(head + 1)] {
        let place = Place::new(input, state, place);
        features.add(mix(own.tag, place.word));
        features.add(mix3(own.tag, over.tag, place.tag));
    }
    valency(&nest, features);
    valency(&governor, features);
}

/// A dependent of the word that takes a relation: an article, a preposition, a conjunction.
fn inner(place: Place, own: Place, over: Place, features: &mut Features) {
    features.add(mix(own.tag, place.word));
    features.add(mix(own.word, place.word));
    features.add(mix(own.tag, place.relation));
    features.add(mix3(own.tag, over.tag, place.word));
    features.add(mix3(own.tag, over.word, place.word));
    features.add(mix3(own.tag, over.tag, place.relation));
    features.add(mix3(own.suffix, place.word, over.tag));
}
