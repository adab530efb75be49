//! The learner under every part: an averaged multi-class perceptron over hashed features.
//!
//! While training, weights are a dense table (rows are hashed features, columns classes). [`Weights`] is what a model
//! keeps of it: averaged, quantised to one byte, small ones dropped, rows stored sparse or dense, whichever is shorter.
//! Collins (2002), "Discriminative training methods for hidden Markov models".

use crate::model::format::{FormatError, Reader, Writer};

/// Class numbers are bytes, so a score table of this size is never left.
pub(crate) const MAX_CLASSES: usize = 256;

/// Scores of all classes for one example.
pub(crate) type Scores = [i32; MAX_CLASSES];

/// Weights below this (in units of one update, after averaging) are dropped.
const DROPPED: f32 = 0.6;
/// Largest number of rows: 2 to this power.
const MAX_BITS: u32 = 24;
/// With this number of classes (the parser's actions) every row is stored whole: one place in memory to look at for each
/// feature.
const FEW: usize = 3;
/// Marks a row that is stored whole among sparse ones.
const WHOLE: u8 = 255;
/// Features looked up together.
const AT_ONCE: usize = 64;
/// No row.
const EMPTY: u32 = u32::MAX;

/// Weights take one byte: its square, with its sign, in sixteenths of an update. Fine near zero, and a row
/// may hold a few large ones.
static DECODED: [i32; 256] = decoded();

const fn decoded() -> [i32; 256] {
    let mut table = [0; 256];
    let mut byte: u8 = 0;
    loop {
        let value = byte.cast_signed() as i32;
        table[byte as usize] = value * value * value.signum();
        if byte == u8::MAX {
            return table;
        }
        byte += 1;
    }
}

fn decode(byte: u8) -> i32 {
    DECODED[usize::from(byte)]
}

fn encode(weight: f32) -> u8 {
    if weight.abs() < DROPPED {
        return 0;
    }
    let root = (weight.abs() * 16.0).sqrt().round().min(f32::from(i8::MAX));
    (root.copysign(weight) as i8).cast_unsigned()
}

fn row_of(feature: u64, bits: u32) -> usize {
    (feature >> (64 - bits)) as usize
}

/// How long a learner learns, and how large its table is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Effort {
    /// Runs from nothing, of which the mean is kept.
    pub(crate) runs: usize,
    /// Passes over the examples in each run.
    pub(crate) rounds: usize,
    /// Rows: 2 to this power.
    pub(crate) bits: u32,
    /// Whether features are left out at random while learning.
    pub(crate) thinned: bool,
}

/// Dense weights while training.
pub(crate) struct Trainer {
    classes: usize,
    bits: u32,
    weights: Vec<f32>,
    /// Sum of updates times the step at which they were made: gives the average at the end.
    weighted: Vec<f32>,
    step: f32,
    /// Averages of the runs so far, summed.
    total: Vec<f32>,
    runs: f32,
}

impl Trainer {
    /// A table of 2^`bits` rows.
    pub(crate) fn new(bits: u32, classes: usize) -> Self {
        let size = (1_usize << bits) * classes;
        let zeros = || vec![0.0; size];
        Self { classes, bits, weights: zeros(), weighted: zeros(), step: 1.0, total: zeros(), runs: 0.0 }
    }

    /// Scores of each class.
    pub(crate) fn score(&self, features: &[u64], scores: &mut Vec<f32>) {
        scores.clear();
        scores.resize(self.classes, 0.0);
        for feature in features {
            let start = row_of(*feature, self.bits) * self.classes;
            let row = self.weights.get(start..start + self.classes).unwrap_or_default();
            for (score, weight) in scores.iter_mut().zip(row) {
                *score += *weight;
            }
        }
    }

    /// Moves weight from the best of the wrong classes to the right one, unless the right one leads by `margin`.
    pub(crate) fn separate(
        &mut self,
        (features, scores): (&[u64], &[f32]),
        right: usize,
        margin: f32,
        wrong: impl Fn(usize) -> bool,
    ) {
        let Some(rival) = best(scores, wrong) else { return };
        let lead = scores.get(right).zip(scores.get(rival)).map(|(right, rival)| right - rival);
        if lead.is_some_and(|lead| lead < margin) {
            self.update(features, right, rival);
        }
    }

    /// Moves weight from the class that was predicted to the right one.
    pub(crate) fn update(&mut self, features: &[u64], right: usize, predicted: usize) {
        for feature in features {
            let start = row_of(*feature, self.bits) * self.classes;
            self.change(start + right, 1.0);
            self.change(start + predicted, -1.0);
        }
    }

    fn change(&mut self, at: usize, by: f32) {
        if let (Some(weight), Some(weighted)) = (self.weights.get_mut(at), self.weighted.get_mut(at)) {
            *weight += by;
            *weighted += by * self.step;
        }
    }

    /// One example more was seen.
    pub(crate) fn advance(&mut self) {
        self.step += 1.0;
    }

    /// Ends a run: keeps its average over all steps and starts again from nothing. Runs over differently shuffled data
    /// err in different places, and their mean errs less than each.
    pub(crate) fn restart(&mut self) {
        let averages = self.weights.iter().zip(&self.weighted).map(|(weight, sum)| weight - sum / self.step);
        self.total.iter_mut().zip(averages).for_each(|(total, average)| *total += average);
        self.weights.fill(0.0);
        self.weighted.fill(0.0);
        (self.step, self.runs) = (1.0, self.runs + 1.0);
    }

    /// The mean of all runs, quantised.
    pub(crate) fn finish(mut self) -> Weights {
        if self.runs == 0.0 || self.step > 1.0 {
            self.restart();
        }
        let averaged = self.total.into_iter().map(|total| total / self.runs);
        let coded: Vec<u8> = averaged.map(encode).collect();
        let table = if self.classes == FEW {
            Table::Whole(coded.as_chunks().0.to_vec())
        } else {
            let mut rows = Sparse::default();
            coded.chunks_exact(self.classes).for_each(|row| rows.push(row));
            Table::Sparse(rows)
        };
        Weights { classes: self.classes, bits: self.bits, table }
    }
}

/// Weights of a trained model.
#[derive(Debug)]
pub(crate) struct Weights {
    classes: usize,
    bits: u32,
    table: Table,
}

#[derive(Debug)]
enum Table {
    /// All rows, one byte a class.
    Whole(Vec<[u8; FEW]>),
    /// Rows of very different length.
    Sparse(Sparse),
}

/// Each row that is not empty: its length, then pairs of class and weight; or [`WHOLE`], then one weight a class.
#[derive(Debug, Default)]
struct Sparse {
    starts: Vec<u32>,
    cells: Vec<u8>,
}

impl Sparse {
    fn push(&mut self, row: &[u8]) {
        let filled = row.iter().filter(|weight| **weight != 0).count();
        if filled == 0 {
            self.starts.push(EMPTY);
            return;
        }
        self.starts.push(self.cells.len() as u32);
        if filled * 2 > row.len() {
            self.cells.push(WHOLE);
            self.cells.extend(row);
        } else {
            self.cells.push(filled as u8);
            let pairs = (0..=u8::MAX).zip(row).filter(|(_, weight)| **weight != 0);
            self.cells.extend(pairs.flat_map(|(class, weight)| [class, *weight]));
        }
    }

    /// One bit a row says whether it is there; rows follow each other.
    fn write(&self, out: &mut Writer) {
        let bit =
            |rows: &[u32]| rows.iter().rev().fold(0, |bits: u8, start| bits << 1 | u8::from(*start != EMPTY));
        out.bytes(&self.starts.chunks(8).map(bit).collect::<Vec<u8>>());
        out.bytes(&self.cells);
    }

    /// `None` when the rows do not fill the cells exactly.
    fn read(bits: &[u8], cells: &[u8], rows: usize, classes: usize) -> Option<Self> {
        let mut starts = Vec::with_capacity(rows);
        let mut at = 0;
        for row in 0..rows {
            let there = bits.get(row / 8)? >> (row % 8) & 1 == 1;
            starts.push(if there { at as u32 } else { EMPTY });
            if there {
                at += 1 + match *cells.get(at)? {
                    WHOLE => classes,
                    pairs => usize::from(pairs) * 2,
                };
            }
        }
        (at == cells.len()).then(|| Self { starts, cells: cells.to_vec() })
    }

    /// Adds the rows of some features. All are looked up before any is added: the memory is slow and fetches
    /// several places at a time only if none waits for another.
    fn add_all(&self, features: &[u64], bits: u32, classes: usize, scores: &mut Scores) {
        let mut found = [EMPTY; AT_ONCE];
        let mut count = 0;
        for feature in features {
            let start = self.starts.get(row_of(*feature, bits)).copied().unwrap_or(EMPTY);
            if let Some(slot) = found.get_mut(count) {
                *slot = start;
            }
            count += usize::from(start != EMPTY);
        }
        let found = found.get(..count).unwrap_or_default();
        let touched =
            found.iter().fold(0, |all, start| all ^ self.cells.get(*start as usize).copied().unwrap_or(0));
        std::hint::black_box(touched);
        for start in found {
            self.add(*start as usize, classes, scores);
        }
    }

    /// Adds the weights of one row.
    fn add(&self, start: usize, classes: usize, scores: &mut Scores) {
        let Some((length, cells)) = self.cells.get(start..).and_then(<[u8]>::split_first) else { return };
        if *length == WHOLE {
            let cells = cells.get(..classes).unwrap_or_default();
            scores.iter_mut().zip(cells).for_each(|(score, weight)| *score += decode(*weight));
        } else {
            let pairs = cells.get(..usize::from(*length) * 2).unwrap_or_default().as_chunks::<2>().0;
            for [class, weight] in pairs {
                scores[usize::from(*class)] += decode(*weight);
            }
        }
    }
}

impl Weights {
    /// Number of classes.
    pub(crate) fn classes(&self) -> usize {
        self.classes
    }

    /// Scores of each class; those beyond [`Self::classes`] are left as they are.
    pub(crate) fn score(&self, features: &[u64], scores: &mut Scores) {
        scores.iter_mut().take(self.classes).for_each(|score| *score = 0);
        match &self.table {
            Table::Whole(rows) => {
                let mut sums = [0; FEW];
                for feature in features {
                    let row = rows.get(row_of(*feature, self.bits)).copied().unwrap_or_default();
                    sums = std::array::from_fn(|class| sums[class] + decode(row[class]));
                }
                scores[..FEW].copy_from_slice(&sums);
            }
            Table::Sparse(rows) => {
                features
                    .chunks(AT_ONCE)
                    .for_each(|chunk| rows.add_all(chunk, self.bits, self.classes, scores));
            }
        }
    }

    pub(crate) fn write(&self, out: &mut Writer) {
        out.u32(self.classes as u32);
        out.u32(self.bits);
        match &self.table {
            Table::Whole(rows) => out.bytes(rows.as_flattened()),
            Table::Sparse(rows) => rows.write(out),
        }
    }

    pub(crate) fn read(from: &mut Reader) -> Result<Self, FormatError> {
        let (classes, bits) = (from.u32()? as usize, from.u32()?);
        if !(1..=MAX_CLASSES).contains(&classes) || !(1..=MAX_BITS).contains(&bits) {
            return Err(FormatError::Inconsistent("weights"));
        }
        let rows = 1_usize << bits;
        let first = from.bytes()?;
        let table = if classes == FEW {
            (first.len() == rows * FEW).then(|| Table::Whole(first.as_chunks().0.to_vec()))
        } else {
            Sparse::read(first, from.bytes()?, rows, classes).map(Table::Sparse)
        };
        table.map(|table| Self { classes, bits, table }).ok_or(FormatError::Inconsistent("weights"))
    }
}

/// The best of the classes that are allowed; the first of equals.
pub(crate) fn best<S: PartialOrd + Copy>(scores: &[S], allowed: impl Fn(usize) -> bool) -> Option<usize> {
    let mut best: Option<(usize, S)> = None;
    for (class, score) in scores.iter().enumerate() {
        if allowed(class) && best.is_none_or(|(_, top)| *score > top) {
            best = Some((class, *score));
        }
    }
    best.map(|(class, _)| class)
}
