//! Ways through trees: how one word of a window stands to another, as the reader was taught them (`training/arcs.py`).

use super::SentenceReading;
use crate::Upos;
use std::collections::HashMap;

/// A way in one sentence has at most so many steps to be told whole.
const STEPS: usize = 5;
/// Sentences farther away than this are told alike.
const FAR: usize = 3;
/// No tree is climbed farther.
const HIGH: usize = 40;

/// The ways that are known, and which words may fill a role.
pub(super) struct Ways {
    numbers: HashMap<String, usize>,
    fillers: Vec<Upos>,
}

/// A word of a window in its tree.
struct Node {
    sentence: usize,
    head: usize,
    relation: usize,
    fills: bool,
}

/// The trees of a window, with words numbered through.
pub(super) struct Trees<'a> {
    ways: &'a Ways,
    relations: &'a [String],
    nodes: Vec<Node>,
}

impl Ways {
    pub(super) fn new(ways: &[String], fillers: &[String]) -> Self {
        Self {
            // Number 0 stands for every way that is not known.
            numbers: ways.iter().cloned().zip(1..).collect(),
            fillers: fillers.iter().filter_map(|name| Upos::from_name(name)).collect(),
        }
    }

    /// How many numbers there are.
    pub(super) fn count(&self) -> usize {
        self.numbers.len() + 1
    }

    pub(super) fn trees<'a>(&'a self, sentences: &[SentenceReading], relations: &'a [String]) -> Trees<'a> {
        let mut nodes = Vec::new();
        for (number, sentence) in sentences.iter().enumerate() {
            let before = nodes.len();
            nodes.extend(sentence.iter().map(|word| Node {
                sentence: number,
                head: before + word.head as usize,
                relation: word.relation,
                fills: self.fillers.contains(&word.upos),
            }));
        }
        Trees { ways: self, relations, nodes }
    }
}

impl Trees<'_> {
    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// A word's head; itself for a root.
    pub(super) fn head(&self, at: usize) -> usize {
        self.nodes.get(at).map_or(at, |node| node.head)
    }

    /// The first preposition or the like of a word; one past the last where it has none.
    pub(super) fn case(&self, at: usize) -> usize {
        let marks = |(other, node): &(usize, &Node)| {
            node.head == at && *other != at && self.relation(node.relation) == "case"
        };
        self.nodes.iter().enumerate().find(marks).map_or(self.nodes.len(), |(other, _)| other)
    }

    fn relation(&self, number: usize) -> &str {
        self.relations.get(number).map_or("dep", String::as_str)
    }

    /// The number of the way from an anchor to a word; none where the word fills no role.
    pub(super) fn way(&self, anchor: usize, at: usize) -> Option<usize> {
        let node = self.nodes.get(at).filter(|node| node.fills)?;
        Some(self.ways.numbers.get(&self.told(anchor, at, node)).copied().unwrap_or_default())
    }

    fn told(&self, anchor: usize, at: usize, node: &Node) -> String {
        let own = self.nodes.get(anchor).map_or(0, |anchor| anchor.sentence);
        if node.sentence != own {
            let sign = if node.sentence < own { "-" } else { "" };
            let far = node.sentence.abs_diff(own).min(FAR);
            return format!("{sign}{far}:{}", self.relation(node.relation));
        }
        let (up, down) = (self.line(anchor), self.line(at));
        let meets = up
            .iter()
            .enumerate()
            .find_map(|(steps, word)| Some((steps, down.iter().position(|other| other == word)?)));
        let Some((ups, downs)) = meets else { return "?".into() };
        let side = if at < anchor { '<' } else { '>' };
        let name = |word: &usize| self.nodes.get(*word).map_or("dep", |node| self.relation(node.relation));
        let rising: Vec<&str> = up.iter().take(ups).map(name).collect();
        let falling: Vec<&str> = down.iter().take(downs).rev().map(name).collect();
        if ups + downs > STEPS {
            return format!("{side}{}^{}", ups.min(STEPS + 1), falling.last().unwrap_or(&""));
        }
        format!("{side}{}|{}", rising.join("^"), falling.join("v"))
    }

    /// A word and all above it.
    fn line(&self, at: usize) -> Vec<usize> {
        let mut line = vec![at];
        let mut here = at;
        while line.len() < HIGH && self.head(here) != here {
            here = self.head(here);
            line.push(here);
        }
        line
    }
}
