//! The dynamic oracle: how many gold arcs each action would make impossible.

use super::Tree;
use super::state::{Action, State};

/// Cost of each action, in the order of [`Action::ALL`]; none where the action cannot be taken.
pub(crate) fn costs(state: &State, gold: &Tree) -> [Option<usize>; 3] {
    let head = |word: usize| gold.heads.get(word).copied();
    let (below, next) = (state.stacked(1), state.next);
    // Dependents of the top that are still to come are lost with it.
    let waiting = |top: usize| (next..state.words).filter(|word| head(*word) == Some(top)).count();
    Action::ALL.map(|action| {
        if !state.allows(action) {
            return None;
        }
        let top = state.stacked(0).unwrap_or_default();
        Some(match action {
            Action::Shift => shift_cost(state, gold),
            Action::Left => {
                waiting(top) + usize::from(head(top).is_some_and(|head| Some(head) == below || head > next))
            }
            Action::Right => waiting(top) + usize::from(head(top).is_some_and(|head| head >= next)),
        })
    })
}

/// After a shift the next word can no longer take a head or dependents from the stack, except its top as head.
fn shift_cost(state: &State, gold: &Tree) -> usize {
    let head = gold.heads.get(state.next).copied();
    let deeper = state.stack().split_last().map_or(&[][..], |(_, deeper)| deeper);
    let lost_head = deeper.iter().any(|word| Some(*word) == head);
    let lost = state.stack().iter().filter(|word| gold.heads.get(**word) == Some(&state.next)).count();
    lost + usize::from(lost_head)
}
