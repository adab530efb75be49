//! Dependency trees: a greedy arc-hybrid parser, trained with a dynamic oracle.
//!
//! The root stands behind the last word. Kuhlmann, Gómez-Rodríguez and Satta (2011) for the system, Goldberg and Nivre
//! (2013) for the oracle: the parser learns what is best after its own mistakes too.

mod features;
mod oracle;
mod state;

use crate::Upos;
use crate::features::{Features, Word};
use crate::hash::Random;
use crate::model::format::{FormatError, Reader, Writer};
use crate::perceptron::{Effort, MAX_CLASSES, Trainer, Weights, best};
use state::{Action, State};

/// Of a hundred features of an action, so many are left out while learning.
const THINNED_ACTIONS: usize = 15;
/// The same for relations.
const THINNED_RELATIONS: usize = 30;
/// By so much the best action is to lead those that cost more, in units of one update.
const ACTION_MARGIN: f32 = 10.0;
/// By so much the right relation is to lead.
const RELATION_MARGIN: f32 = 15.0;

/// A sentence as the parser sees it.
#[derive(Clone, Copy)]
pub(crate) struct Input<'a> {
    pub(crate) words: &'a [Word],
    pub(crate) tags: &'a [Upos],
}

/// Head and relation (an index into the parser's relations) of each word. The root's head is the number of words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tree {
    pub(crate) heads: Vec<usize>,
    pub(crate) relations: Vec<usize>,
}

/// A trained parser: one learner for actions, one for the relations of the arcs that they make.
#[derive(Debug)]
pub(crate) struct Parser {
    actions: Weights,
    labels: Weights,
    relations: Vec<String>,
    root: usize,
}

impl Parser {
    /// The relation's name.
    pub(crate) fn relation(&self, index: usize) -> &str {
        self.relations.get(index).map_or("dep", String::as_str)
    }

    /// The tree of a sentence, in time linear in its length.
    pub(crate) fn parse(&self, input: Input) -> Tree {
        let mut state = State::new(input.words.len());
        let mut features = Features::new();
        let mut scores = [0; MAX_CLASSES];
        while !state.is_done() {
            features::for_action(input, &state, &mut features);
            self.actions.score(features.all(), &mut scores);
            let Some(action) = best_action(scores.get(..Action::ALL.len()).unwrap_or_default(), &state)
            else {
                break;
            };
            let relation = state.arc(action).map_or(0, |(head, word)| {
                features::for_relation(input, &state, head, word, &mut features);
                self.labels.score(features.all(), &mut scores);
                best_relation(
                    scores.get(..self.relations.len()).unwrap_or_default(),
                    head == state.words,
                    self.root,
                )
            });
            state.apply(action, relation);
        }
        state.into_tree()
    }

    /// Learns from shuffled sentences. `relations` must hold "root".
    pub(crate) fn train(examples: &[(Input, &Tree)], relations: Vec<String>, effort: Effort) -> Self {
        let root = root_of(&relations).unwrap_or_default();
        let mut learner = Learner {
            actions: Trainer::new(effort.bits, Action::ALL.len()),
            labels: Trainer::new(effort.bits - 2, relations.len()),
            root,
            random: Random::new(),
            thinned: if effort.thinned { (THINNED_ACTIONS, THINNED_RELATIONS) } else { (0, 0) },
            features: Features::new(),
            scores: Vec::new(),
        };
        let mut order: Vec<usize> = (0..examples.len()).collect();
        for _ in 0..effort.runs {
            for round in 0..effort.rounds {
                learner.random.shuffle(&mut order);
                for (input, gold) in order.iter().filter_map(|index| examples.get(*index)) {
                    learner.learn(*input, gold, round > 0);
                }
            }
            learner.actions.restart();
            learner.labels.restart();
        }
        Self { actions: learner.actions.finish(), labels: learner.labels.finish(), relations, root }
    }

    pub(crate) fn write(&self, out: &mut Writer) {
        out.texts(&self.relations);
        self.actions.write(out);
        self.labels.write(out);
    }

    pub(crate) fn read(from: &mut Reader) -> Result<Self, FormatError> {
        let relations = from.texts()?;
        let (actions, labels) = (Weights::read(from)?, Weights::read(from)?);
        let fits = labels.classes() == relations.len() && actions.classes() == Action::ALL.len();
        match root_of(&relations).filter(|_| fits) {
            Some(root) => Ok(Self { actions, labels, relations, root }),
            None => Err(FormatError::Inconsistent("parser")),
        }
    }
}

fn root_of(relations: &[String]) -> Option<usize> {
    relations.iter().position(|relation| relation == "root")
}

fn best_action<S: PartialOrd + Copy>(scores: &[S], state: &State) -> Option<Action> {
    let action = |class: usize| Action::ALL.get(class).copied();
    best(scores, |class| action(class).is_some_and(|action| state.allows(action))).and_then(action)
}

/// The root takes the relation "root", and no other head does.
fn best_relation<S: PartialOrd + Copy>(scores: &[S], under_root: bool, root: usize) -> usize {
    if under_root { root } else { best(scores, |class| class != root).unwrap_or_default() }
}

struct Learner {
    actions: Trainer,
    labels: Trainer,
    root: usize,
    random: Random,
    /// Features left out of a hundred: of actions, of relations.
    thinned: (usize, usize),
    features: Features,
    scores: Vec<f32>,
}

impl Learner {
    /// Parses one sentence; where the best-scored action costs an arc, learns the best of those that cost least.
    /// With `explore`, nine steps in ten follow the parser's own choice.
    fn learn(&mut self, input: Input, gold: &Tree, explore: bool) {
        let mut state = State::new(input.words.len());
        while !state.is_done() {
            features::for_action(input, &state, &mut self.features);
            self.features.thin(self.thinned.0, &mut self.random);
            self.actions.score(self.features.all(), &mut self.scores);
            let Some(predicted) = best_action(&self.scores, &state) else { break };
            let costs = oracle::costs(&state, gold);
            let least = costs.iter().flatten().min().copied();
            let right =
                best(&self.scores, |class| least.is_some() && costs.get(class).copied().flatten() == least);
            let right = right.and_then(|class| Action::ALL.get(class).copied()).unwrap_or(predicted);
            let worse =
                |class: usize| costs.get(class).copied().flatten().is_some_and(|cost| Some(cost) > least);
            let example = (self.features.all(), self.scores.as_slice());
            self.actions.separate(example, right as usize, ACTION_MARGIN, worse);
            self.actions.advance();
            let follow = explore && self.random.below(10) < 9;
            let action = if follow { predicted } else { right };
            let relation =
                state.arc(action).map_or(0, |(head, word)| self.label(input, &state, gold, head, word));
            state.apply(action, relation);
        }
    }

    /// Chooses the relation of an arc; learns from it where the gold tree has the arc.
    fn label(&mut self, input: Input, state: &State, gold: &Tree, head: usize, word: usize) -> usize {
        features::for_relation(input, state, head, word, &mut self.features);
        self.features.thin(self.thinned.1, &mut self.random);
        self.labels.score(self.features.all(), &mut self.scores);
        let predicted = best_relation(&self.scores, head == state.words, self.root);
        let right = gold.relations.get(word).copied().unwrap_or(predicted);
        if gold.heads.get(word) == Some(&head) {
            let wrong = |class: usize| class != right && class != self.root && head != state.words;
            let example = (self.features.all(), self.scores.as_slice());
            self.labels.separate(example, right, RELATION_MARGIN, wrong);
            self.labels.advance();
        }
        predicted
    }
}
