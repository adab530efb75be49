//! Named entities: a labeller from left to right over tags and word classes (B-PER, I-PER, O …).

use crate::features::{Features, OUTSIDE, Word};
use crate::hash::{Random, mix};
use crate::model::format::{FormatError, Reader, Writer};
use crate::perceptron::{Effort, MAX_CLASSES, Trainer, Weights, best};
use crate::tagger::{around, own};
use crate::{NameClass, Upos};

const SEED: u64 = 0x4e32;
/// Label before the first word.
const START: usize = 99;
/// Of a hundred features of an example, so many are left out while learning.
const THINNED: usize = 45;
/// By so much the right label is to lead, in units of one update.
const MARGIN: f32 = 30.0;

/// A name by word indices: the first, one past the last, and its class as in the corpus (`PER`, `LOCderiv`).
pub(crate) type Name = (usize, usize, String);

/// A tagged sentence.
#[derive(Clone, Copy)]
pub(crate) struct Input<'a> {
    pub(crate) words: &'a [Word],
    pub(crate) tags: &'a [Upos],
}

/// A trained labeller. Label 0 is "O"; labels 2k+1 and 2k+2 begin and continue class k.
#[derive(Debug)]
pub(crate) struct Labeller {
    weights: Weights,
    classes: Vec<String>,
}

/// A continuation must follow its own class.
fn follows(label: usize, last: usize) -> bool {
    label == 0 || label % 2 == 1 || last == label || last + 1 == label
}

impl Labeller {
    /// The names of a sentence, in order.
    pub(crate) fn names(&self, input: Input) -> Vec<Name> {
        let mut features = Features::new();
        let mut scores = [0; MAX_CLASSES];
        let (mut last, mut before) = (START, START);
        let mut names: Vec<Name> = Vec::new();
        for index in 0..input.words.len() {
            collect(input, index, last, before, &mut features);
            self.weights.score(features.all(), &mut scores);
            let scores = scores.get(..self.weights.classes()).unwrap_or_default();
            let label = best(scores, |label| follows(label, last)).unwrap_or_default();
            match names.last_mut() {
                Some(name) if label > 0 && label % 2 == 0 => name.1 = index + 1,
                _ if label > 0 => {
                    let class = self.classes.get((label - 1) / 2).cloned().unwrap_or_default();
                    names.push((index, index + 1, class));
                }
                _ => {}
            }
            (before, last) = (last, label);
        }
        names
    }

    pub(crate) fn write(&self, out: &mut Writer) {
        out.texts(&self.classes);
        self.weights.write(out);
    }

    pub(crate) fn read(from: &mut Reader) -> Result<Self, FormatError> {
        let classes = from.texts()?;
        let weights = Weights::read(from)?;
        if weights.classes() != classes.len() * 2 + 1 {
            return Err(FormatError::Inconsistent("names"));
        }
        Ok(Self { weights, classes })
    }
}

/// The class of a label of GermEval or CoNLL; none for parts of words and words derived from names.
pub(crate) fn name_class(label: &str) -> Option<NameClass> {
    match label {
        "PER" => Some(NameClass::Person),
        "ORG" => Some(NameClass::Organisation),
        "LOC" | "GPE" => Some(NameClass::Location),
        "OTH" | "MISC" => Some(NameClass::Other),
        _ => None,
    }
}

/// The features of word `index` after the labels `last` and `before`.
fn collect(input: Input, index: usize, last: usize, before: usize, features: &mut Features) {
    features.clear(SEED);
    let Some(word) = input.words.get(index) else { return };
    let (last, before) = (last as u64, before as u64);
    features.add(1);
    own(word, features);
    features.add(last);
    features.add(mix(last, before));
    for value in [word.lower, word.cluster[2], word.shape, word.suffixes[2], word.kind] {
        features.add(mix(last, value));
    }
    features.add(u64::from(index == 0) * 2 + u64::from(word.capital));
    for distance in [-3_isize, -2, -1, 1, 2, 3] {
        around(input.words, index, distance, features);
    }
    let neighbour = |distance: isize| index.checked_add_signed(distance).and_then(|at| input.words.get(at));
    let lower = |distance: isize| neighbour(distance).map_or(OUTSIDE, |word| word.lower);
    let shape = |distance: isize| neighbour(distance).map_or(OUTSIDE, |word| word.shape);
    features.add(mix(lower(-1), lower(1)));
    features.add(mix(shape(-1), mix(word.shape, shape(1))));
    tags(input, index, word, last, features);
    listed(input, index, word, last, features);
}

fn tags(input: Input, index: usize, word: &Word, last: u64, features: &mut Features) {
    let tag = |distance: isize| {
        let at = index.checked_add_signed(distance);
        at.and_then(|at| input.tags.get(at)).map_or(OUTSIDE, |tag| 100 + tag.index() as u64)
    };
    let own = tag(0);
    features.add(own);
    features.add(mix(own, word.lower));
    features.add(mix(own, last));
    for distance in [-1, 1] {
        features.add(tag(distance));
        features.add(mix(own, tag(distance)));
    }
    features.add(tag(-2));
    features.add(tag(2));
    features.add(mix(tag(-1), mix(own, tag(1))));
}

/// What lists of names say of the word and of those beside it.
fn listed(input: Input, index: usize, word: &Word, last: u64, features: &mut Features) {
    let name = |distance: isize| {
        let at = index.checked_add_signed(distance);
        at.and_then(|at| input.words.get(at)).map_or(OUTSIDE << 8, |word| word.name)
    };
    features.add(word.name);
    for value in [last, word.shape, word.kind, word.cluster[1], name(-1), name(1), mix(name(-1), name(1))] {
        features.add(mix(word.name, value));
    }
    features.add(name(-1));
    features.add(name(1));
    features.add(mix(name(1), name(2)));
    features.add(mix(name(-1), name(-2)));
}

/// Learns from shuffled sentences.
pub(crate) fn train(examples: &[(Input, &[Name])], effort: Effort) -> Labeller {
    let mut classes: Vec<String> =
        examples.iter().flat_map(|(_, names)| names.iter().map(|name| name.2.clone())).collect();
    classes.sort();
    classes.dedup();
    let mut trainer = Trainer::new(effort.bits, classes.len() * 2 + 1);
    let (mut random, mut features) = (Random::new(), Features::new());
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let thinned = if effort.thinned { THINNED } else { 0 };
    for _ in 0..effort.runs {
        for _ in 0..effort.rounds {
            random.shuffle(&mut order);
            for (input, names) in order.iter().filter_map(|index| examples.get(*index)) {
                learn(
                    *input,
                    &labels(names, &classes, input.words.len()),
                    &mut trainer,
                    &mut features,
                    (thinned, &mut random),
                );
            }
        }
        trainer.restart();
    }
    Labeller { weights: trainer.finish(), classes }
}

/// One pass over a sentence, with the labels that the learner itself chose before.
fn learn(
    input: Input,
    labels: &[usize],
    trainer: &mut Trainer,
    features: &mut Features,
    (thinned, random): (usize, &mut Random),
) {
    let mut scores = Vec::new();
    let (mut last, mut before) = (START, START);
    for (index, right) in labels.iter().enumerate() {
        collect(input, index, last, before, features);
        features.thin(thinned, random);
        trainer.score(features.all(), &mut scores);
        let label = best(&scores, |label| follows(label, last)).unwrap_or_default();
        let wrong = |label: usize| label != *right && follows(label, last);
        trainer.separate((features.all(), &scores), *right, MARGIN, wrong);
        trainer.advance();
        (before, last) = (last, label);
    }
}

fn labels(names: &[Name], classes: &[String], words: usize) -> Vec<usize> {
    let mut labels = vec![0; words];
    for (first, end, class) in names {
        let Ok(class) = classes.binary_search(class) else { continue };
        for (at, slot) in labels.iter_mut().enumerate().take(*end).skip(*first) {
            *slot = class * 2 + if at == *first { 1 } else { 2 };
        }
    }
    labels
}
