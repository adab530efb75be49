//! How probable it is that a transfer is told with its right sides: from the frame, and what the reader thinks of each part.
//!
//! A logistic regression whose weights were fitted on passages that the reader had not been trained on
//! (`data/models/reader/confidence.yaml`, `training/confidence.py`); `lagebild eval corpus` prints how far it is right.

use lagebild_grammar::{odds, probability};
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// How a side was found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Found {
    /// Nobody is named.
    #[default]
    Open,
    /// Syntax puts it there.
    Syntax,
    /// By the reader, in the sentence that tells the transfer.
    Reader,
    /// By the reader, in a sentence before it.
    Before,
    /// A later sentence says so: "The sender was X", "The cargo came from Y".
    Later,
}

impl Found {
    /// Of a side that syntax fills or leaves open.
    pub(crate) fn by_syntax(named: bool) -> Self {
        if named { Self::Syntax } else { Self::Open }
    }
}

/// What speaks for a transfer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Support {
    /// A frame tells it and names a side, by syntax.
    pub frame: bool,
    /// It is a row of a list: its sides stand in the words that lead in, which the reader does not see beside it.
    pub listed: bool,
    /// How probable the reader thinks that its item goes from somebody to somebody, 0 to 1; none where it does not see it.
    pub item: Option<f32>,
    /// How probable the reader thinks its giver, also where none is named.
    pub giver: Option<f32>,
    /// The same of its receiver.
    pub receiver: Option<f32>,
    /// How its giver was found.
    pub giver_by: Found,
    /// The same of its receiver.
    pub receiver_by: Found,
}

/// `data/models/reader/confidence.yaml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Weights {
    /// Of what no frame tells; of what a frame tells and the reader sees; of what a frame tells and the reader does not see.
    alone: f32,
    both: f32,
    unseen: f32,
    /// Of a row of a list.
    listed: f32,
    /// For each unit of the logarithm of the odds.
    item: f32,
    giver: f32,
    receiver: f32,
    /// Of a giver and a receiver, by how each was found.
    giver_by: By,
    receiver_by: By,
    /// What is less probable is not told.
    least: f32,
}

/// The weight of each way in which a side is found; nobody weighs nothing.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct By {
    syntax: f32,
    reader: f32,
    before: f32,
    later: f32,
}

impl By {
    fn of(&self, found: Found) -> f32 {
        match found {
            Found::Open => 0.0,
            Found::Syntax => self.syntax,
            Found::Reader => self.reader,
            Found::Before => self.before,
            Found::Later => self.later,
        }
    }
}

static WEIGHTS: LazyLock<Option<Weights>> = LazyLock::new(|| {
    let yaml = include_str!("../../../data/models/reader/confidence.yaml");
    lagebild_data::parse("confidence.yaml", yaml).ok()
});

impl Support {
    /// How probable it is that giver and receiver are right, 0 to 1 in hundredths.
    pub fn confidence(&self) -> f32 {
        let Some(weights) = WEIGHTS.as_ref() else { return 0.0 };
        let start = match (self.frame, self.item) {
            _ if self.listed => weights.listed,
            (true, Some(_)) => weights.both,
            (true, None) => weights.unseen,
            (false, _) => weights.alone,
        };
        let parts =
            [(weights.item, self.item), (weights.giver, self.giver), (weights.receiver, self.receiver)];
        // The weight of a list's row was not fitted: it stands for its sides, too.
        let sides = if self.listed {
            0.0
        } else {
            weights.giver_by.of(self.giver_by) + weights.receiver_by.of(self.receiver_by)
        };
        let chances = parts.iter().map(|(weight, chance)| weight * chance.map_or(0.0, odds));
        probability(start + sides + chances.sum::<f32>())
    }
}

/// The least confidence of what is told at all.
pub(crate) fn least() -> f32 {
    WEIGHTS.as_ref().map_or(0.0, |weights| weights.least)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_read_and_agreement_counts_more() {
        assert!(WEIGHTS.is_some());
        let sides = |chance| (Some(chance), Some(chance));
        let support =
            |frame, item, (giver, receiver)| Support { frame, item, giver, receiver, ..Support::default() };
        let both = support(true, Some(0.9), sides(0.9)).confidence();
        let against = support(true, Some(0.9), sides(0.1)).confidence();
        let alone = support(false, Some(0.9), sides(0.9)).confidence();
        assert!(both > alone && alone > against, "{both} {alone} {against}");
        let row =
            |giver_by| Support { frame: true, listed: true, giver_by, ..Support::default() }.confidence();
        assert!(
            (row(Found::Syntax) - row(Found::Open)).abs() < f32::EPSILON,
            "a row's weight stands for its sides"
        );
    }
}
