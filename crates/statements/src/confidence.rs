//! How probable it is that a statement is told with its right speaker: from the rule that found it, and what the reader thinks.
//!
//! A logistic regression whose weights were fitted on passages that the reader had not been trained on
//! (`data/models/reader/statements.yaml`, `training/confidence.py`); `lagebild eval corpus` prints how far it is right.

use crate::learned::Anchors;
use lagebild_grammar::{odds, probability};
use lagebild_span::Span;
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// What speaks for a statement.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Support {
    /// A rule finds it, by syntax, quotation marks or words.
    pub rule: bool,
    /// How probable the reader thinks that some word of it is the main word of something said, 0 to 1; none where it sees none.
    pub reader: Option<f32>,
}

/// `data/models/reader/statements.yaml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Weights {
    /// Of what no rule finds; of what a rule finds and the reader sees; of what a rule finds and the reader does not see.
    alone: f32,
    both: f32,
    unseen: f32,
    /// For each unit of the logarithm of the odds.
    reader: f32,
}

static WEIGHTS: LazyLock<Option<Weights>> = LazyLock::new(|| {
    let yaml = include_str!("../../../data/models/reader/statements.yaml");
    lagebild_data::parse("statements.yaml", yaml).ok()
});

impl Support {
    /// What the reader thinks of words that somebody says.
    pub(crate) fn of(rule: bool, content: Span, anchors: &Anchors) -> Self {
        Self { rule, reader: anchors.within(content).iter().map(|one| one.chance).max_by(f32::total_cmp) }
    }

    /// How probable it is that somebody is rightly said to say this, 0 to 1 in hundredths.
    pub fn confidence(&self) -> f32 {
        let Some(weights) = WEIGHTS.as_ref() else { return 0.0 };
        let start = match (self.rule, self.reader) {
            (true, Some(_)) => weights.both,
            (true, None) => weights.unseen,
            (false, _) => weights.alone,
        };
        probability(start + weights.reader * self.reader.map_or(0.0, odds))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_read_and_agreement_counts_more() {
        assert!(WEIGHTS.is_some());
        let confidence = |rule, reader| Support { rule, reader }.confidence();
        assert!(confidence(true, Some(0.9)) > confidence(true, None));
        assert!(confidence(true, Some(0.9)) > confidence(false, Some(0.9)));
    }
}
