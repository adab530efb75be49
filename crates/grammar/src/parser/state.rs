//! The parser's stack, buffer and the arcs so far.

use super::Tree;

/// A step of the parser. The relation of an arc is decided apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Action {
    /// The next word goes on the stack.
    Shift,
    /// The word on top of the stack depends on the next word (or on the root, behind the last word).
    Left,
    /// The word on top of the stack depends on the one below it.
    Right,
}

impl Action {
    /// All of them, in the order of their classes.
    pub(crate) const ALL: [Action; 3] = [Action::Shift, Action::Left, Action::Right];
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
    /// For each word, one bit for each relation that a dependent of it has.
    governed: Vec<u64>,
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
            governed: vec![0; words + 1],
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

    /// The relations of a word's dependents, one bit each.
    pub(crate) fn governed(&self, word: usize) -> u64 {
        self.governed.get(word).copied().unwrap_or_default()
    }

    /// True when the action can be taken. Only the last word left on the stack may depend on the root.
    pub(crate) fn allows(&self, action: Action) -> bool {
        match action {
            Action::Shift => self.next < self.words,
            Action::Left => !self.stack.is_empty() && (self.next < self.words || self.stack.len() == 1),
            Action::Right => self.stack.len() >= 2,
        }
    }

    /// The head and the dependent of the arc that an action makes.
    pub(crate) fn arc(&self, action: Action) -> Option<(usize, usize)> {
        let head = match action {
            Action::Shift => None,
            Action::Left => self.ahead(0),
            Action::Right => self.stacked(1),
        };
        head.zip(self.stacked(0))
    }

    /// Takes an action; `relation` is that of its arc.
    pub(crate) fn apply(&mut self, action: Action, relation: usize) {
        if let Some((head, word)) = self.arc(action) {
            self.stack.pop();
            self.connect(head, word, relation);
        } else {
            self.stack.push(self.next);
            self.next += 1;
        }
    }

    fn connect(&mut self, head: usize, word: usize, relation: usize) {
        if let (Some(slot), Some(name)) = (self.heads.get_mut(word), self.relations.get_mut(word)) {
            (*slot, *name) = (head, relation);
        }
        if let Some(set) = self.governed.get_mut(head) {
            *set |= 1 << (relation % 64);
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
