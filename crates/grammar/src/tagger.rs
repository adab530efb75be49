//! Parts of speech: a greedy tagger from left to right.

use crate::Upos;
use crate::features::{Features, OUTSIDE, Word};
use crate::hash::{Random, mix};
use crate::perceptron::{Effort, MAX_CLASSES, Trainer, Weights, best};

const SEED: u64 = 0x7a6;
/// Tag before the first word.
const START: usize = 99;
/// Of a hundred features of an example, so many are left out while learning.
const THINNED: usize = 30;
/// By so much the right tag is to lead, in units of one update.
const MARGIN: f32 = 15.0;

/// One sentence to learn from.
pub(crate) struct Example<'a> {
    pub(crate) words: &'a [Word],
    pub(crate) tags: &'a [Upos],
}

/// Tags of a sentence.
pub(crate) fn tag(weights: &Weights, words: &[Word]) -> Vec<Upos> {
    let mut features = Features::new();
    let mut scores = [0; MAX_CLASSES];
    let (mut last, mut before) = (START, START);
    let mut tags = Vec::with_capacity(words.len());
    for index in 0..words.len() {
        collect(words, index, last, before, &mut features);
        weights.score(features.all(), &mut scores);
        let tag = best(scores.get(..weights.classes()).unwrap_or_default(), |_| true).unwrap_or(START);
        (before, last) = (last, tag);
        tags.push(Upos::ALL.get(tag).copied().unwrap_or_default());
    }
    tags
}

/// Learns from shuffled sentences.
pub(crate) fn train(examples: &[Example], effort: Effort) -> Weights {
    let mut trainer = Trainer::new(effort.bits, Upos::ALL.len());
    let mut random = Random::new();
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut features = Features::new();
    let thinned = if effort.thinned { THINNED } else { 0 };
    for _ in 0..effort.runs {
        for _ in 0..effort.rounds {
            random.shuffle(&mut order);
            for example in order.iter().filter_map(|index| examples.get(*index)) {
                learn(example, &mut trainer, &mut features, (thinned, &mut random));
            }
        }
        trainer.restart();
    }
    trainer.finish()
}

/// One pass over a sentence, with the tags that the learner itself chose before.
fn learn(
    example: &Example,
    trainer: &mut Trainer,
    features: &mut Features,
    (thinned, random): (usize, &mut Random),
) {
    let mut scores = Vec::new();
    let (mut last, mut before) = (START, START);
    for (index, right) in example.tags.iter().enumerate() {
        collect(example.words, index, last, before, features);
        features.thin(thinned, random);
        trainer.score(features.all(), &mut scores);
        let tag = best(&scores, |_| true).unwrap_or_default();
        let right = right.index();
        trainer.separate((features.all(), &scores), right, MARGIN, |tag| tag != right);
        trainer.advance();
        (before, last) = (last, tag);
    }
}

/// The features of word `index` after the tags `last` and `before`.
fn collect(words: &[Word], index: usize, last: usize, before: usize, features: &mut Features) {
    features.clear(SEED);
    let Some(word) = words.get(index) else { return };
    let (last, before) = (last as u64, before as u64);
    features.add(1);
    own(word, features);
    features.add(last);
    features.add(mix(last, before));
    for value in [word.lower, word.cluster[2], word.shape, word.suffixes[2], word.kind] {
        features.add(mix(last, value));
    }
    features.add(u64::from(index == 0) * 2 + u64::from(word.capital));
    for distance in [-2_isize, -1, 1, 2] {
        around(words, index, distance, features);
    }
    let neighbour = |distance: isize| index.checked_add_signed(distance).and_then(|at| words.get(at));
    if let (Some(left), Some(right)) = (neighbour(-1), neighbour(1)) {
        features.add(mix(left.lower, right.lower));
        features.add(mix(left.shape, mix(word.shape, right.shape)));
        features.add(mix(last, right.cluster[2]));
        features.add(mix(last, mix(word.cluster[2], right.suffixes[1])));
        features.add(mix(last, mix(word.kind, right.kind)));
        features.add(mix(left.kind, mix(word.kind, right.kind)));
    }
}

/// The word itself.
pub(crate) fn own(word: &Word, features: &mut Features) {
    features.add(word.form);
    features.add(word.lower);
    features.add(word.shape);
    word.prefixes.iter().chain(&word.suffixes).chain(&word.cluster).for_each(|value| features.add(*value));
    features.add(word.after_hyphen);
    features.add(word.kind);
    features.add(mix(word.kind, word.suffixes[1]));
    features.add(mix(word.kind, word.shape));
    features.add(mix(word.suffixes[2], word.shape));
    features.add(mix(word.name, word.shape));
    features.add(mix(word.name, word.kind));
}

/// A word at some distance.
pub(crate) fn around(words: &[Word], index: usize, distance: isize, features: &mut Features) {
    let next = distance.abs() == 1;
    let other = index.checked_add_signed(distance).and_then(|at| words.get(at));
    let (Some(word), Some(other)) = (words.get(index), other) else {
        features.add(OUTSIDE);
        features.skip(if next { 9 } else { 4 });
        return;
    };
    for value in [other.lower, other.shape, other.cluster[1], other.cluster[2], other.kind] {
        features.add(value);
    }
    if next {
        features.add(other.suffixes[2]);
        features.add(mix(other.lower, word.lower));
        features.add(mix(other.shape, word.shape));
        features.add(mix(other.cluster[2], word.cluster[2]));
        features.add(mix(other.kind, word.kind));
    }
}
