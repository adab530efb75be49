//! The dynamic oracle: how many gold arcs each action would make impossible.

use super::Tree;
use super::state::{Action, State};

/// More than any real cost.
const IMPOSSIBLE: usize = usize::MAX;

/// Costs of the three kinds of action in one state.
pub(crate) struct Costs<'a> {
    gold: &'a Tree,
    shift: usize,
    left: usize,
    right: usize,
    least: usize,
    top: Option<usize>,
    below: Option<usize>,
    next: usize,
}

impl<'a> Costs<'a> {
    pub(crate) fn new(state: &State, gold: &'a Tree, root: usize) -> Self {
        let (top, below, next) = (state.stacked(0), state.stacked(1), state.next);
        let head = |word: usize| gold.heads.get(word).copied();
        let possible = |action: Action| state.allows(action, root);
        let waiting = |top: usize| (next..state.words).filter(|word| head(*word) == Some(top)).count();
        let shift = if possible(Action::Shift) { shift_cost(state, gold) } else { IMPOSSIBLE };
        let attachable = next < state.words || below.is_none();
        let left = top.filter(|_| attachable).map_or(IMPOSSIBLE, |top| {
            let lost = head(top).is_some_and(|head| Some(head) == below || head > next);
            waiting(top) + usize::from(lost)
        });
        let right = top
            .filter(|_| below.is_some())
            .map_or(IMPOSSIBLE, |top| waiting(top) + usize::from(head(top).is_some_and(|head| head >= next)));
        Self { gold, shift, left, right, least: shift.min(left).min(right), top, below, next }
    }

    /// True when no action costs less. An arc of the gold tree must carry its relation.
    pub(crate) fn is_least(&self, action: Action) -> bool {
        let arc = |relation: usize, head: Option<usize>| {
            let top = self.top.unwrap_or_default();
            self.gold.heads.get(top).copied() != head || self.gold.relations.get(top) == Some(&relation)
        };
        match action {
            Action::Shift => self.shift == self.least,
            Action::Left(relation) => self.left == self.least && arc(relation, Some(self.next)),
            Action::Right(relation) => self.right == self.least && arc(relation, self.below),
        }
    }
}

/// After a shift the next word can no longer take a head or dependents from the stack, except its top as head.
fn shift_cost(state: &State, gold: &Tree) -> usize {
    let head = gold.heads.get(state.next).copied();
    let deeper = state.stack().split_last().map_or(&[][..], |(_, deeper)| deeper);
    let lost_head = deeper.iter().any(|word| Some(*word) == head);
    let lost = state.stack().iter().filter(|word| gold.heads.get(**word) == Some(&state.next)).count();
    lost + usize::from(lost_head)
}
