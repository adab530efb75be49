//! Morphological features: case, number, gender, tense, mood and what else a treebank has.
//!
//! Every attribute is a group of classes of one learner, decided for each word from left to right. Trees come first, because
//! they tell most: an article and a preposition fix the case, the subject's person tells "liefere" (Konjunktiv) from "liefere"
//! (I deliver).

use crate::features::{Features, OUTSIDE, Word};
use crate::hash::{Random, mix};
use crate::model::format::{FormatError, Reader, Writer};
use crate::perceptron::{Effort, MAX_CLASSES, Trainer, Weights};
use crate::{Token, Upos};
use std::collections::BTreeMap;
use std::ops::Range;

const SEED: u64 = 0x303f;
/// Values seen less often in training are not learned.
const RARE: usize = 8;
/// An attribute that a treebank gives to a part of speech this many times less often than another treebank does
/// is not annotated there, and nothing is learned from its absence.
const UNANNOTATED: f64 = 3.0;

/// A tagged and parsed sentence.
#[derive(Clone, Copy)]
pub(crate) struct Input<'a> {
    pub(crate) words: &'a [Word],
    pub(crate) tags: &'a [Upos],
    /// Head of each word; its own index for the root.
    pub(crate) heads: &'a [usize],
    /// Name of each word's relation.
    pub(crate) relations: &'a [&'a str],
}

/// A sentence to learn from, and the treebank (a number) that it comes from.
pub(crate) struct Example<'a> {
    pub(crate) input: Input<'a>,
    pub(crate) gold: &'a [Token],
    pub(crate) treebank: usize,
}

/// An attribute and its values; the first value is the empty one (not marked).
#[derive(Clone, Debug, PartialEq, Eq)]
struct Attribute {
    name: String,
    values: Vec<String>,
}

/// A trained morphological tagger.
#[derive(Debug)]
pub(crate) struct Morph {
    weights: Weights,
    attributes: Vec<Attribute>,
    /// For each part of speech, one byte per class: 1 where the value was seen.
    seen: Vec<u8>,
}

/// The classes of each attribute.
fn ranges(attributes: &[Attribute]) -> Vec<Range<usize>> {
    let mut start = 0;
    let range = |attribute: &Attribute| {
        let range = start..start + attribute.values.len();
        start = range.end;
        range
    };
    attributes.iter().map(range).collect()
}

impl Morph {
    /// Features of every word, in the form `Case=Nom|Number=Sing`.
    pub(crate) fn tag(&self, input: Input) -> Vec<String> {
        let context = Context::new(input);
        let ranges = ranges(&self.attributes);
        let mut features = Features::new();
        let mut scores = [0; MAX_CLASSES];
        let mut last = OUTSIDE;
        let mut found = Vec::with_capacity(input.words.len());
        for index in 0..input.words.len() {
            context.collect(index, last, &mut features);
            self.weights.score(features.all(), &mut scores);
            let seen = self.seen_with(input.tags.get(index).copied().unwrap_or_default());
            let chosen: Vec<usize> = ranges.iter().map(|range| choose(&scores, range, seen)).collect();
            last = agreement(&self.attributes, &chosen);
            found.push(self.spell(&chosen));
        }
        found
    }

    fn seen_with(&self, tag: Upos) -> &[u8] {
        let classes = self.weights.classes();
        self.seen.get(tag.index() * classes..(tag.index() + 1) * classes).unwrap_or_default()
    }

    fn spell(&self, chosen: &[usize]) -> String {
        let mut spelled = String::new();
        for (attribute, value) in self.attributes.iter().zip(chosen) {
            let value = attribute.values.get(*value).map_or("", String::as_str);
            if !value.is_empty() {
                let bar = if spelled.is_empty() { "" } else { "|" };
                spelled.extend([bar, &attribute.name, "=", value]);
            }
        }
        spelled
    }

    pub(crate) fn write(&self, out: &mut Writer) {
        out.u32(self.attributes.len() as u32);
        for attribute in &self.attributes {
            out.text(&attribute.name);
            out.texts(&attribute.values);
        }
        out.bytes(&self.seen);
        self.weights.write(out);
    }

    pub(crate) fn read(from: &mut Reader) -> Result<Self, FormatError> {
        let count = from.u32()?;
        let mut attributes = Vec::new();
        for _ in 0..count {
            attributes.push(Attribute { name: from.text()?, values: from.texts()? });
        }
        let seen = from.bytes()?.to_vec();
        let weights = Weights::read(from)?;
        let classes: usize = attributes.iter().map(|attribute| attribute.values.len()).sum();
        if classes != weights.classes() || seen.len() != classes * Upos::ALL.len() {
            return Err(FormatError::Inconsistent("morphology"));
        }
        Ok(Self { weights, attributes, seen })
    }
}

/// The best value of one attribute among those seen with the part of speech.
fn choose<S: PartialOrd + Copy>(scores: &[S], range: &Range<usize>, seen: &[u8]) -> usize {
    let allowed = |value: usize| seen.get(range.start + value) == Some(&1);
    crate::perceptron::best(scores.get(range.clone()).unwrap_or_default(), allowed).unwrap_or_default()
}

/// What the next word may agree with.
fn agreement(attributes: &[Attribute], chosen: &[usize]) -> u64 {
    let agrees = |(attribute, _): &(&Attribute, &usize)| {
        matches!(attribute.name.as_str(), "Case" | "Gender" | "Number")
    };
    attributes.iter().zip(chosen).filter(agrees).fold(OUTSIDE, |hash, (_, value)| mix(hash, *value as u64))
}

/// A sentence with each word's dependents that matter for its form.
struct Context<'a> {
    input: Input<'a>,
    relations: Vec<u64>,
    articles: Vec<Option<usize>>,
    prepositions: Vec<Option<usize>>,
    subjects: Vec<Option<usize>>,
    marks: Vec<Option<usize>>,
}

impl<'a> Context<'a> {
    fn new(input: Input<'a>) -> Self {
        let count = input.words.len();
        let mut context = Self {
            input,
            relations: input.relations.iter().map(|relation| crate::hash::text(relation)).collect(),
            articles: vec![None; count],
            prepositions: vec![None; count],
            subjects: vec![None; count],
            marks: vec![None; count],
        };
        for (word, (head, relation)) in input.heads.iter().zip(input.relations).enumerate() {
            let slots = match *relation {
                "det" => &mut context.articles,
                "case" => &mut context.prepositions,
                "nsubj" => &mut context.subjects,
                "mark" => &mut context.marks,
                _ => continue,
            };
            if let Some(slot) = slots.get_mut(*head) {
                *slot = slot.or(Some(word));
            }
        }
        context
    }

    fn word(&self, at: Option<usize>) -> Option<&Word> {
        at.and_then(|at| self.input.words.get(at))
    }

    fn lower(&self, at: Option<usize>) -> u64 {
        self.word(at).map_or(OUTSIDE, |word| word.lower)
    }

    fn tag(&self, at: Option<usize>) -> u64 {
        at.and_then(|at| self.input.tags.get(at)).map_or(OUTSIDE, |tag| tag_value(*tag))
    }

    fn relation(&self, at: usize) -> u64 {
        self.relations.get(at).copied().unwrap_or(OUTSIDE)
    }

    /// The features of word `index` after a word with the agreement `last`. All hold for one part of speech only.
    fn collect(&self, index: usize, last: u64, features: &mut Features) {
        let tag = self.tag(Some(index));
        features.clear(SEED.wrapping_mul(tag));
        let Some(word) = self.input.words.get(index) else { return };
        features.add(1);
        for value in [word.form, word.lower, word.shape, word.prefixes[2], word.cluster[2], word.cluster[3]] {
            features.add(value);
        }
        word.suffixes.iter().for_each(|value| features.add(*value));
        for value in
            [word.kind, word.inflection, mix(word.inflection, word.suffixes[0]), mix(last, word.inflection)]
        {
            features.add(value);
        }
        for distance in [-2_isize, -1, 1, 2] {
            let at = index.checked_add_signed(distance);
            features.add(self.lower(at));
            features.add(self.tag(at));
            features.add(self.word(at).map_or(OUTSIDE, |word| word.suffixes[1]));
        }
        features.add(last);
        features.add(mix(last, word.suffixes[1]));
        features.add(mix(last, word.lower));
        self.phrase(index, word, last, features);
        self.clause(index, word, features);
    }

    /// What fixes case, gender and number: relation, article and preposition of the word or of its noun.
    fn phrase(&self, index: usize, word: &Word, last: u64, features: &mut Features) {
        let head = self.input.heads.get(index).copied().unwrap_or(index);
        let inside =
            matches!(self.input.relations.get(index), Some(&("det" | "amod" | "nummod" | "case" | "flat")));
        let noun = if inside { head } else { index };
        let article = self.articles.get(noun).copied().flatten();
        let article = self.lower(article.filter(|at| *at != index));
        let preposition = self.lower(self.prepositions.get(noun).copied().flatten());
        let relation = self.relation(noun);
        let inflection = self.word(Some(noun)).map_or(OUTSIDE, |noun| noun.inflection);
        let nominal = self.word(Some(noun)).map_or(OUTSIDE, |noun| noun.suffixes[2]);
        let verb = self.lower(self.input.heads.get(noun).copied());
        features.add(mix(self.relation(index), self.tag(Some(head))));
        features.add(relation);
        features.add(preposition);
        features.add(mix(preposition, relation));
        features.add(mix(preposition, article));
        features.add(mix(preposition, word.lower));
        features.add(mix(preposition, mix(article, nominal)));
        features.add(article);
        features.add(mix(article, nominal));
        features.add(mix(article, relation));
        features.add(mix(article, mix(relation, word.suffixes[1])));
        features.add(mix(inflection, article));
        features.add(mix(inflection, relation));
        features.add(mix(inflection, mix(article, preposition)));
        features.add(mix(inflection, mix(article, relation)));
        features.add(mix(relation, verb));
        features.add(mix(relation, word.lower));
        features.add(mix(relation, mix(word.suffixes[1], last)));
        features.add(self.lower(Some(noun)));
        features.add(mix(word.lower, nominal));
    }

    /// What fixes mood, person and number of a verb: its subject, its conjunction, and the verb that governs its clause.
    fn clause(&self, index: usize, word: &Word, features: &mut Features) {
        let head = self.input.heads.get(index).copied().unwrap_or(index);
        let helper = matches!(self.input.relations.get(index), Some(&("aux" | "cop")));
        let verb = if helper { head } else { index };
        let subject = self.subjects.get(verb).copied().flatten();
        let mark = self.lower(self.marks.get(verb).copied().flatten());
        let governor = self.input.heads.get(verb).copied().filter(|governor| *governor != verb);
        let pronoun =
            if self.tag(subject) == tag_value(Upos::Pron) { self.lower(subject) } else { self.tag(subject) };
        let ending = mix(word.suffixes[1], word.suffixes[0]);
        features.add(pronoun);
        features.add(mix(pronoun, word.suffixes[0]));
        features.add(mix(pronoun, ending));
        features.add(mix(pronoun, word.suffixes[2]));
        features.add(mix(pronoun, word.lower));
        features.add(mark);
        features.add(mix(mark, ending));
        features.add(mix(self.lower(governor), ending));
        features.add(mix(self.relation(verb), ending));
        features.add(mix(self.lower(governor), self.relation(verb)));
    }
}

fn tag_value(tag: Upos) -> u64 {
    100 + tag.index() as u64
}

/// Learns from shuffled sentences.
pub(crate) fn train(examples: &[Example], effort: Effort) -> Morph {
    let attributes = attributes(examples);
    let ranges = ranges(&attributes);
    let classes = ranges.last().map_or(1, |range| range.end).max(1);
    let annotated = Annotated::new(examples, &attributes);
    let mut seen = vec![0; classes * Upos::ALL.len()];
    for token in examples.iter().flat_map(|example| example.gold) {
        for (attribute, range) in attributes.iter().zip(&ranges) {
            if let Some(slot) =
                seen.get_mut(token.upos.index() * classes + range.start + value_of(attribute, token))
            {
                *slot = 1;
            }
        }
    }
    let mut learner =
        Learner { trainer: Trainer::new(effort.bits, classes), attributes, ranges, annotated, seen };
    let mut random = Random::new();
    let mut order: Vec<usize> = (0..examples.len()).collect();
    for _ in 0..effort.runs {
        for _ in 0..effort.rounds {
            random.shuffle(&mut order);
            let shuffled = order.iter().filter_map(|index| examples.get(*index));
            shuffled.for_each(|example| learner.learn(example));
        }
        learner.trainer.restart();
    }
    Morph { weights: learner.trainer.finish(), attributes: learner.attributes, seen: learner.seen }
}

struct Learner {
    trainer: Trainer,
    attributes: Vec<Attribute>,
    ranges: Vec<Range<usize>>,
    annotated: Annotated,
    seen: Vec<u8>,
}

impl Learner {
    fn learn(&mut self, example: &Example) {
        let context = Context::new(example.input);
        let mut features = Features::new();
        let mut scores = Vec::new();
        let mut last = OUTSIDE;
        let classes = self.ranges.last().map_or(1, |range| range.end);
        for (index, token) in example.gold.iter().enumerate() {
            context.collect(index, last, &mut features);
            self.trainer.score(features.all(), &mut scores);
            let mut chosen = Vec::with_capacity(self.ranges.len());
            for (number, (attribute, range)) in self.attributes.iter().zip(&self.ranges).enumerate() {
                let seen = self.seen.get(token.upos.index() * classes..).unwrap_or_default();
                let predicted = choose(&scores, range, seen);
                let right = value_of(attribute, token);
                if right != predicted && self.annotated.has(example.treebank, token.upos, number) {
                    self.trainer.update(features.all(), range.start + right, range.start + predicted);
                }
                chosen.push(predicted);
            }
            self.trainer.advance();
            last = agreement(&self.attributes, &chosen);
        }
    }
}

fn value_of(attribute: &Attribute, token: &Token) -> usize {
    let value = token.feat(&attribute.name).unwrap_or_default();
    attribute.values.iter().position(|known| known == value).unwrap_or_default()
}

/// The attributes of the examples with the values that are not rare, in alphabetical order.
fn attributes(examples: &[Example]) -> Vec<Attribute> {
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for feats in examples.iter().flat_map(|example| example.gold).map(|token| token.feats.as_str()) {
        for pair in feats.split('|').filter_map(|feat| feat.split_once('=')) {
            *counts.entry(pair).or_default() += 1;
        }
    }
    let mut attributes: Vec<Attribute> = Vec::new();
    let mut room = MAX_CLASSES;
    for ((name, value), _) in counts.into_iter().filter(|(_, count)| *count >= RARE) {
        if attributes.last().is_none_or(|last| last.name != name) && room >= 2 {
            attributes.push(Attribute { name: name.into(), values: vec![String::new()] });
            room -= 1;
        }
        if let Some(last) = attributes.last_mut().filter(|last| last.name == name && room > 0) {
            last.values.push(value.into());
            room -= 1;
        }
    }
    attributes
}

/// Which treebank annotates which attribute of which part of speech.
struct Annotated {
    attributes: usize,
    has: Vec<bool>,
}

impl Annotated {
    fn new(examples: &[Example], attributes: &[Attribute]) -> Self {
        let treebanks = examples.iter().map(|example| example.treebank + 1).max().unwrap_or_default();
        let width = Upos::ALL.len() * attributes.len();
        let mut words = vec![0.0_f64; treebanks * Upos::ALL.len()];
        let mut marked = vec![0.0_f64; treebanks * width];
        for example in examples {
            for token in example.gold {
                let row = example.treebank * Upos::ALL.len() + token.upos.index();
                words.iter_mut().skip(row).take(1).for_each(|count| *count += 1.0);
                let slots = marked.iter_mut().skip(row * attributes.len());
                for (slot, attribute) in slots.zip(attributes) {
                    *slot += f64::from(u8::from(token.feat(&attribute.name).is_some()));
                }
            }
        }
        let shares: Vec<f64> = marked
            .iter()
            .enumerate()
            .map(|(at, count)| {
                count / words.get(at / attributes.len().max(1)).copied().unwrap_or(1.0).max(1.0)
            })
            .collect();
        let most = |at: usize| {
            shares.iter().skip(at % width.max(1)).step_by(width.max(1)).copied().fold(0.0, f64::max)
        };
        let has = shares.iter().enumerate().map(|(at, share)| share * UNANNOTATED >= most(at)).collect();
        Self { attributes: attributes.len(), has }
    }

    fn has(&self, treebank: usize, tag: Upos, attribute: usize) -> bool {
        let row = treebank * Upos::ALL.len() + tag.index();
        self.has.get(row * self.attributes + attribute).copied().unwrap_or(false)
    }
}
