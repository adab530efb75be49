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
const DROPPED: f32 = 0.2;
/// Largest number of rows: 2 to this power.
const MAX_BITS: u32 = 24;
/// Marks a row that is stored dense, one byte a weight.
const DENSE: u8 = 255;
/// Marks a row that is stored dense, two bytes a weight: some rows hold a few large weights.
const WIDE: u8 = 254;

fn row_of(feature: u64, bits: u32) -> usize {
    (feature >> (64 - bits)) as usize
}

/// Dense weights while training.
pub(crate) struct Trainer {
    classes: usize,
    bits: u32,
    weights: Vec<f32>,
    /// Sum of updates times the step at which they were made: gives the average at the end.
    weighted: Vec<f32>,
    step: f32,
}

impl Trainer {
    /// A table of 2^`bits` rows.
    pub(crate) fn new(bits: u32, classes: usize) -> Self {
        let size = (1_usize << bits) * classes;
        Self { classes, bits, weights: vec![0.0; size], weighted: vec![0.0; size], step: 1.0 }
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

    /// The average over all steps, quantised.
    pub(crate) fn finish(self) -> Weights {
        let averaged: Vec<f32> = self
            .weights
            .iter()
            .zip(&self.weighted)
            .map(|(weight, weighted)| weight - weighted / self.step)
            .collect();
        let mut lengths = Vec::with_capacity(1 << self.bits);
        let mut cells = Vec::new();
        for row in averaged.chunks_exact(self.classes) {
            let quantised: Vec<i16> = row.iter().map(|weight| quantise(*weight)).collect();
            lengths.push(push_row(&quantised, &mut cells));
        }
        Weights::new(self.classes, self.bits, lengths, cells)
    }
}

/// Weights are stored in steps of this size.
const STEP: f32 = 1.0 / 16.0;

fn quantise(weight: f32) -> i16 {
    if weight.abs() < DROPPED {
        return 0;
    }
    (weight / STEP).round().clamp(f32::from(i16::MIN), f32::from(i16::MAX)) as i16
}

/// Appends a row in the shortest form and gives its length byte.
fn push_row(row: &[i16], cells: &mut Vec<u8>) -> u8 {
    let filled = row.iter().filter(|weight| **weight != 0).count();
    if row.iter().any(|weight| i8::try_from(*weight).is_err()) {
        cells.extend(row.iter().flat_map(|weight| weight.to_le_bytes()));
        return WIDE;
    }
    if filled * 2 > row.len() || filled >= usize::from(WIDE) {
        cells.extend(row.iter().map(|weight| weight.to_le_bytes()[0]));
        return DENSE;
    }
    for (class, weight) in (0_u8..=u8::MAX).zip(row).filter(|(_, weight)| **weight != 0) {
        cells.extend([class, weight.to_le_bytes()[0]]);
    }
    filled as u8
}

/// Weights of a trained model.
#[derive(Debug)]
pub(crate) struct Weights {
    classes: usize,
    bits: u32,
    /// Per row: number of (class, weight) pairs, or [`DENSE`].
    lengths: Vec<u8>,
    /// Where each row begins in `cells`; one more than there are rows.
    starts: Vec<u32>,
    cells: Vec<u8>,
}

impl Weights {
    fn new(classes: usize, bits: u32, lengths: Vec<u8>, cells: Vec<u8>) -> Self {
        let mut starts = Vec::with_capacity(lengths.len() + 1);
        let mut start = 0_u32;
        starts.push(0);
        for length in &lengths {
            start = start.saturating_add(match *length {
                DENSE => classes as u32,
                WIDE => classes as u32 * 2,
                pairs => u32::from(pairs) * 2,
            });
            starts.push(start);
        }
        Self { classes, bits, lengths, starts, cells }
    }

    /// Number of classes.
    pub(crate) fn classes(&self) -> usize {
        self.classes
    }

    /// Scores of each class; those beyond [`Self::classes`] are left as they are.
    pub(crate) fn score(&self, features: &[u64], scores: &mut Scores) {
        scores.iter_mut().take(self.classes).for_each(|score| *score = 0);
        for feature in features {
            let row = row_of(*feature, self.bits);
            let (Some(start), Some(end)) = (self.starts.get(row), self.starts.get(row + 1)) else { continue };
            let cells = self.cells.get(*start as usize..*end as usize).unwrap_or_default();
            add_row(self.lengths.get(row).copied().unwrap_or_default(), cells, scores);
        }
    }

    pub(crate) fn write(&self, out: &mut Writer) {
        out.u32(self.classes as u32);
        out.u32(self.bits);
        out.bytes(&self.lengths);
        out.bytes(&self.cells);
    }

    pub(crate) fn read(from: &mut Reader) -> Result<Self, FormatError> {
        let (classes, bits) = (from.u32()? as usize, from.u32()?);
        let (lengths, cells) = (from.bytes()?.to_vec(), from.bytes()?.to_vec());
        let fits = (1..=MAX_CLASSES).contains(&classes)
            && (1..=MAX_BITS).contains(&bits)
            && lengths.len() == 1 << bits;
        let weights = fits.then(|| Self::new(classes, bits, lengths, cells));
        weights
            .filter(|weights| weights.starts.last().is_some_and(|end| *end as usize == weights.cells.len()))
            .ok_or(FormatError::Inconsistent("weights"))
    }
}

fn add_row(length: u8, cells: &[u8], scores: &mut Scores) {
    match length {
        DENSE => {
            for (score, cell) in scores.iter_mut().zip(cells) {
                *score += i32::from(cell.cast_signed());
            }
        }
        WIDE => {
            for (score, cell) in scores.iter_mut().zip(cells.as_chunks::<2>().0) {
                *score += i32::from(i16::from_le_bytes(*cell));
            }
        }
        _ => {
            for [class, weight] in cells.as_chunks::<2>().0 {
                scores[usize::from(*class)] += i32::from(weight.cast_signed());
            }
        }
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
