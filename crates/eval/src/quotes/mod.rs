//! Quotations measured as by Petersen-Frey and Biemann (2024) on the German Wikinews corpus.
//!
//! In each document predicted and gold quotations are paired one to one so that the sum of the token F1 of what is said
//! is greatest (a like type and medium break ties). Each pair, and each one left alone, is a group. In each group token
//! precision and recall are taken of what is said (Message) and of addressee, cue, frame and speaker (Roles); a figure is
//! the mean over all groups in which it is defined, and F1 is that of the two means.

mod clause;
mod wikinews;

pub use wikinews::{Article, Quotation, Quotations, Words};

use std::collections::BTreeSet;

/// What is measured: the first is Message, the others are Roles.
const UNITS: [fn(&Quotation) -> Option<&Words>; 5] = [
    |quotation| quotation.quote.as_ref(),
    |quotation| quotation.addressee.as_ref(),
    |quotation| quotation.cue.as_ref(),
    |quotation| quotation.frame.as_ref(),
    |quotation| quotation.speaker.as_ref(),
];

/// Sums of precision and recall for each unit.
#[derive(Clone, Debug, Default)]
pub struct QuoteScores {
    /// Documents measured.
    pub documents: usize,
    precision: [Mean; 5],
    recall: [Mean; 5],
}

#[derive(Clone, Copy, Debug, Default)]
struct Mean {
    sum: f64,
    of: usize,
}

impl QuoteScores {
    /// Adds a document.
    pub fn add(&mut self, predicted: &[Quotation], gold: &[Quotation]) {
        self.documents += 1;
        let nothing = Quotation::default();
        let value = |g: usize, p: usize| worth(&gold[g], &predicted[p]);
        let pairs = assigned(gold.len(), predicted.len(), &value);
        for &(g, p) in &pairs {
            self.group(&predicted[p], &gold[g]);
        }
        let lone = |at: usize, side: fn(&(usize, usize)) -> usize| !pairs.iter().any(|pair| side(pair) == at);
        (0..predicted.len())
            .filter(|p| lone(*p, |pair| pair.1))
            .for_each(|p| self.group(&predicted[p], &nothing));
        (0..gold.len()).filter(|g| lone(*g, |pair| pair.0)).for_each(|g| self.group(&nothing, &gold[g]));
    }

    fn group(&mut self, predicted: &Quotation, gold: &Quotation) {
        for (at, unit) in UNITS.iter().enumerate() {
            let (found, right) = (tokens(unit(predicted)), tokens(unit(gold)));
            let shared = found.intersection(&right).count() as f64;
            for (mean, of) in [(&mut self.precision[at], found.len()), (&mut self.recall[at], right.len())] {
                if of > 0 {
                    mean.sum += shared / of as f64;
                    mean.of += 1;
                }
            }
        }
    }

    /// Precision, recall and F1 of Message, Roles and both together.
    pub fn figures(&self) -> [(&'static str, [f64; 3]); 3] {
        [("Message", 0..1), ("Roles", 1..5), ("Joint", 0..5)].map(|(name, units)| {
            let mean = |table: &[Mean; 5]| {
                let rows = table.get(units.clone()).unwrap_or_default();
                let of: usize = rows.iter().map(|row| row.of).sum();
                rows.iter().map(|row| row.sum).sum::<f64>() / of.max(1) as f64
            };
            let (p, r) = (mean(&self.precision), mean(&self.recall));
            (name, [p, r, if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 }])
        })
    }
}

fn tokens(words: Option<&Words>) -> BTreeSet<usize> {
    words.map(|words| words.token_ids.iter().copied().collect()).unwrap_or_default()
}

/// Token F1 of what is said, with a little more for a like type and medium.
fn worth(gold: &Quotation, predicted: &Quotation) -> f64 {
    let (a, b) = (tokens(gold.quote.as_ref()), tokens(predicted.quote.as_ref()));
    let shared = a.intersection(&b).count();
    if shared == 0 {
        return 0.0;
    }
    let more = |same: bool, by: f64| if same { by } else { 0.0 };
    2.0 * shared as f64 / (a.len() + b.len()) as f64
        + more(gold.kind == predicted.kind, 0.01)
        + more(gold.medium == predicted.medium, 0.001)
}

/// The one-to-one pairs of `rows` and `columns` whose values sum to the most (Kuhn's Hungarian method with potentials,
/// cubic time). As many pairs as the smaller side has members.
fn assigned(rows: usize, columns: usize, value: &dyn Fn(usize, usize) -> f64) -> Vec<(usize, usize)> {
    if rows > columns {
        let turned = assigned(columns, rows, &|a, b| value(b, a));
        return turned.into_iter().map(|(a, b)| (b, a)).collect();
    }
    // Row and column 0 stand for "none yet".
    let (mut of_row, mut of_column) = (vec![0.0; rows + 1], vec![0.0; columns + 1]);
    let mut row_of = vec![0usize; columns + 1];
    for row in 1..=rows {
        row_of[0] = row;
        let mut least = vec![f64::INFINITY; columns + 1];
        let mut used = vec![false; columns + 1];
        let mut before = vec![0usize; columns + 1];
        let mut here = 0;
        while row_of[here] != 0 {
            used[here] = true;
            let (from, mut delta, mut next) = (row_of[here], f64::INFINITY, 0);
            for column in (1..=columns).filter(|column| !used[*column]) {
                let cost = -value(from - 1, column - 1) - of_row[from] - of_column[column];
                if cost < least[column] {
                    (least[column], before[column]) = (cost, here);
                }
                if least[column] < delta {
                    (delta, next) = (least[column], column);
                }
            }
            for column in 0..=columns {
                if used[column] {
                    of_row[row_of[column]] += delta;
                    of_column[column] -= delta;
                } else {
                    least[column] -= delta;
                }
            }
            here = next;
        }
        while here != 0 {
            row_of[here] = row_of[before[here]];
            here = before[here];
        }
    }
    (1..=columns)
        .filter(|column| row_of[*column] != 0)
        .map(|column| (row_of[column] - 1, column - 1))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_pairs_are_found_though_the_first_is_dear() {
        let values = [[0.9, 0.8, 0.0], [0.9, 0.1, 0.0]];
        let mut pairs = assigned(2, 3, &|a, b| values[a][b]);
        pairs.sort_unstable();
        assert_eq!(pairs, [(0, 1), (1, 0)]);
        let mut turned = assigned(3, 2, &|a, b| values[b][a]);
        turned.sort_unstable();
        assert_eq!(turned, [(0, 1), (1, 0)]);
        assert!(assigned(0, 2, &|_, _| 0.0).is_empty());
    }

    #[test]
    fn a_group_counts_by_shares_of_tokens() {
        let said = |from: usize, to: usize| Quotation {
            quote: Some(Words { token_ids: (from..to).collect() }),
            ..Quotation::default()
        };
        let mut scores = QuoteScores::default();
        scores.add(&[said(0, 4), said(10, 12)], &[said(2, 6)]);
        let [(_, [p, r, f]), ..] = scores.figures();
        assert!((p - 0.25).abs() < 1e-9 && (r - 0.5).abs() < 1e-9 && (f - 1.0 / 3.0).abs() < 1e-9);
    }
}
