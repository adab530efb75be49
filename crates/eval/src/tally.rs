//! Counts and the measures made of them.

use std::fmt;

/// Right, extra and missing answers of a layer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Found and right.
    pub right: usize,
    /// Found and not in the gold.
    pub extra: usize,
    /// In the gold and not found.
    pub missing: usize,
}

impl Tally {
    /// Adds counts.
    pub fn add(&mut self, right: usize, extra: usize, missing: usize) {
        self.right += right;
        self.extra += extra;
        self.missing += missing;
    }

    /// Share of the answers that are right; 0 without answers.
    pub fn precision(self) -> f64 {
        share(self.right, self.right + self.extra)
    }

    /// Share of the gold that was found; 0 without gold.
    pub fn recall(self) -> f64 {
        share(self.right, self.right + self.missing)
    }

    /// Harmonic mean of precision and recall.
    pub fn f1(self) -> f64 {
        share(2 * self.right, 2 * self.right + self.extra + self.missing)
    }
}

/// Right answers among matched ones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Accuracy {
    /// Right.
    pub right: usize,
    /// All.
    pub of: usize,
}

impl Accuracy {
    /// Counts one answer.
    pub fn add(&mut self, right: bool) {
        self.right += usize::from(right);
        self.of += 1;
    }

    /// Share of right answers; 0 without any.
    pub fn share(self) -> f64 {
        share(self.right, self.of)
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// All layers, summed over articles.
#[derive(Clone, Debug, Default)]
#[expect(missing_docs, reason = "the names are those of the layers")]
pub struct Scores {
    pub articles: usize,
    pub mentions: Tally,
    pub entities: Tally,
    pub statements: Tally,
    pub statements_full: Tally,
    pub transfers: Tally,
    pub transfers_full: Tally,
    pub findings: Tally,
    pub speaker: Accuracy,
    pub channel: Accuracy,
    pub certainty: Accuracy,
    /// Statements whose gold is possible, open or denied and which were shown as certain (`CT+`).
    pub shown_as_certain: Accuracy,
    /// What went wrong, a line each.
    pub notes: Vec<String>,
}

impl fmt::Display for Scores {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} article(s)", self.articles)?;
        for (name, tally) in [
            ("mentions", self.mentions),
            ("entities", self.entities),
            ("statements", self.statements),
            ("statements full", self.statements_full),
            ("transfers", self.transfers),
            ("transfers full", self.transfers_full),
            ("findings", self.findings),
        ] {
            let (p, r, f1) = (tally.precision(), tally.recall(), tally.f1());
            let Tally { right, extra, missing } = tally;
            writeln!(
                f,
                "{name:16} P {p:.3}  R {r:.3}  F1 {f1:.3}   ({right} right, {extra} extra, {missing} missed)"
            )?;
        }
        for (name, accuracy) in
            [("speaker", self.speaker), ("channel", self.channel), ("certainty", self.certainty)]
        {
            writeln!(f, "{name:16} accuracy {:.3} of {} matched statements", accuracy.share(), accuracy.of)?;
        }
        let wrong = self.shown_as_certain;
        writeln!(f, "not certain, shown as certain: {} of {}", wrong.right, wrong.of)
    }
}
