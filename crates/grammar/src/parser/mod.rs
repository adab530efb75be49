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
use crate::perceptron::{MAX_CLASSES, Trainer, Weights, best};
use state::State;
pub(crate) use state::{Action, Actions};

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

/// A trained parser.
#[derive(Debug)]
pub(crate) struct Parser {
    weights: Weights,
    relations: Vec<String>,
    actions: Actions,
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
            features::collect(input, &state, &mut features);
            self.weights.score(features.all(), &mut scores);
            let scores = scores.get(..self.weights.classes()).unwrap_or_default();
            let Some(action) =
                best(scores, |class| state.allows(self.actions.action(class), self.actions.root))
            else {
                break;
            };
            state.apply(self.actions.action(action));
        }
        state.into_tree()
    }

    /// Learns in `rounds` passes over shuffled sentences. `relations` must hold "root".
    pub(crate) fn train(
        examples: &[(Input, &Tree)],
        relations: Vec<String>,
        rounds: usize,
        bits: u32,
    ) -> Self {
        let root = relations.iter().position(|relation| relation == "root").unwrap_or_default();
        let actions = Actions { relations: relations.len(), root };
        let mut learner = Learner {
            trainer: Trainer::new(bits, actions.count()),
            actions,
            random: Random::new(),
            features: Features::new(),
            scores: Vec::new(),
        };
        let mut order: Vec<usize> = (0..examples.len()).collect();
        for round in 0..rounds {
            learner.random.shuffle(&mut order);
            for (input, gold) in order.iter().filter_map(|index| examples.get(*index)) {
                learner.learn(*input, gold, round > 0);
            }
        }
        Self { weights: learner.trainer.finish(), relations, actions }
    }

    pub(crate) fn write(&self, out: &mut Writer) {
        out.texts(&self.relations);
        self.weights.write(out);
    }

    pub(crate) fn read(from: &mut Reader) -> Result<Self, FormatError> {
        let relations = from.texts()?;
        let weights = Weights::read(from)?;
        let root = relations.iter().position(|relation| relation == "root");
        let actions = Actions { relations: relations.len(), root: root.unwrap_or_default() };
        if root.is_none() || weights.classes() != actions.count() {
            return Err(FormatError::Inconsistent("parser"));
        }
        Ok(Self { weights, relations, actions })
    }
}

struct Learner {
    trainer: Trainer,
    actions: Actions,
    random: Random,
    features: Features,
    scores: Vec<f32>,
}

impl Learner {
    /// Parses one sentence; where the best-scored action costs an arc, learns the best of those that cost least.
    /// With `explore`, nine steps in ten follow the parser's own choice.
    fn learn(&mut self, input: Input, gold: &Tree, explore: bool) {
        let mut state = State::new(input.words.len());
        while !state.is_done() {
            features::collect(input, &state, &mut self.features);
            self.trainer.score(self.features.all(), &mut self.scores);
            let (actions, root) = (self.actions, self.actions.root);
            let allowed = |class: usize| state.allows(actions.action(class), root);
            let Some(predicted) = best(&self.scores, allowed) else { break };
            let costs = oracle::Costs::new(&state, gold, root);
            let right = best(&self.scores, |class| allowed(class) && costs.is_least(actions.action(class)));
            let right = right.unwrap_or(predicted);
            if right != predicted {
                self.trainer.update(self.features.all(), right, predicted);
            }
            self.trainer.advance();
            let follow = explore && self.random.below(10) < 9;
            state.apply(self.actions.action(if follow { predicted } else { right }));
        }
    }
}
