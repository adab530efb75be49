//! The parser's stack, buffer and the arcs so far.

use super::Tree;

/// A step of the parser. Relations are indices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Action {
    /// The next word goes on the stack.
    Shift,
    /// The word on top of the stack depends on the next word (or on the root, behind the last word).
    Left(usize),
    /// The word on top of the stack depends on the one below it.
    Right(usize),
}

/// How actions are numbered as classes: shift, then left arcs, then right arcs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Actions {
    pub(crate) relations: usize,
    /// Index of the relation "root".
    pub(crate) root: usize,
}

impl Actions {
    pub(crate) fn count(self) -> usize {
        1 + 2 * self.relations
    }

    pub(crate) fn action(self, class: usize) -> Action {
        match class.checked_sub(1) {
            None => Action::Shift,
            Some(relation) if relation < self.relations => Action::Left(relation),
            Some(relation) => Action::Right(relation - self.relations),
        }
    }
}

/// A word's two nearest and its number of dependents on one side.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Side {
    pub(crate) last: Option<usize>,
    pub(crate) before_last: Option<usize>,
    pub(crate) count: usize,
}

impl Side {
    fn add(&mut self, word: usize) {
        *self = Self { last: Some(word), before_last: self.last, count: self.count + 1 };
    }
}

/// Word indices run from 0; the number of words itself is the root.
pub(crate) struct State {
    pub(crate) words: usize,
    pub(crate) next: usize,
    stack: Vec<usize>,
    heads: Vec<usize>,
    relations: Vec<usize>,
    left: Vec<Side>,
    right: Vec<Side>,
}

impl State {
    pub(crate) fn new(words: usize) -> Self {
        Self {
            words,
            next: 0,
            stack: Vec::with_capacity(32),
            heads: vec![words; words],
            relations: vec![0; words],
            left: vec![Side::default(); words + 1],
            right: vec![Side::default(); words + 1],
        }
    }

    pub(crate) fn is_done(&self) -> bool {
        self.next >= self.words && self.stack.is_empty()
    }

    /// The word `depth` below the top of the stack.
    pub(crate) fn stacked(&self, depth: usize) -> Option<usize> {
        self.stack.len().checked_sub(depth + 1).and_then(|at| self.stack.get(at).copied())
    }

    /// The word (or root) `ahead` of the next.
    pub(crate) fn ahead(&self, ahead: usize) -> Option<usize> {
        Some(self.next + ahead).filter(|word| *word <= self.words)
    }

    pub(crate) fn stack(&self) -> &[usize] {
        &self.stack
    }

    pub(crate) fn left(&self, word: usize) -> Side {
        self.left.get(word).copied().unwrap_or_default()
    }

    pub(crate) fn right(&self, word: usize) -> Side {
        self.right.get(word).copied().unwrap_or_default()
    }

    /// The relation of a word that has a head already.
    pub(crate) fn relation(&self, word: usize) -> usize {
        self.relations.get(word).copied().unwrap_or_default()
    }

    pub(crate) fn allows(&self, action: Action, root: usize) -> bool {
        match action {
            Action::Shift => self.next < self.words,
            Action::Left(relation) if relation == root => self.next == self.words && self.stack.len() == 1,
            Action::Left(_) => self.next < self.words && !self.stack.is_empty(),
            Action::Right(relation) => self.stack.len() >= 2 && relation != root,
        }
    }

    pub(crate) fn apply(&mut self, action: Action) {
        let head = match action {
            Action::Shift => {
                self.stack.push(self.next);
                self.next += 1;
                return;
            }
            Action::Left(_) => self.ahead(0),
            Action::Right(_) => self.stacked(1),
        };
        let (Action::Left(relation) | Action::Right(relation)) = action else { return };
        if let (Some(head), Some(word)) = (head, self.stack.pop()) {
            self.connect(head, word, relation);
        }
    }

    fn connect(&mut self, head: usize, word: usize, relation: usize) {
        if let (Some(slot), Some(name)) = (self.heads.get_mut(word), self.relations.get_mut(word)) {
            (*slot, *name) = (head, relation);
        }
        let side = if word < head { self.left.get_mut(head) } else { self.right.get_mut(head) };
        if let Some(side) = side {
            side.add(word);
        }
    }

    pub(crate) fn into_tree(self) -> Tree {
        Tree { heads: self.heads, relations: self.relations }
    }
}
