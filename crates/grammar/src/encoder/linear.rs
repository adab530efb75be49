//! Linear maps: rows of floats in, rows of floats out, with weights in 8 bits.
#![allow(clippy::needless_range_loop, reason = "see `float`")]

use super::float::LANES;
use super::product::{ADDED, DEEP, PANEL, PANELS, Product, ROWS};

/// Largest size of an 8-bit number here; −128 is not used, so that sizes fit 7 bits.
const TOP: f32 = 127.0;

/// A matrix of 8-bit weights with a scale and a bias for each output.
pub(super) struct Linear {
    inputs: usize,
    outputs: usize,
    /// Panels of [`PANEL`] outputs: for every [`DEEP`] inputs the weights of each output side by side.
    weights: Vec<i8>,
    /// For each output, the sum of its weights times −[`ADDED`].
    starts: Vec<[i32; PANEL]>,
    scales: Vec<f32>,
    biases: Vec<f32>,
}

/// What becomes of a result before it is stored.
#[derive(Clone, Copy)]
pub(super) enum Then {
    /// Nothing.
    Keep,
    /// The Gaussian error linear unit.
    Gelu,
    /// Negative values count a tenth.
    Leaky,
}

fn padded(outputs: usize) -> usize {
    outputs.next_multiple_of(PANEL * PANELS)
}

impl Linear {
    /// From rows of 8-bit weights, one row and one scale for each output.
    pub(super) fn new(inputs: usize, rows: &[i8], scales: &[f32], biases: &[f32]) -> Self {
        let outputs = scales.len();
        let depth = inputs.next_multiple_of(DEEP);
        let mut weights = vec![0; padded(outputs) * depth];
        let mut starts = vec![[0; PANEL]; padded(outputs) / PANEL];
        for (output, row) in rows.chunks_exact(inputs).enumerate() {
            let (panel, column) = (output / PANEL, output % PANEL);
            let sum: i32 = row.iter().map(|weight| i32::from(*weight)).sum();
            starts[panel][column] = -i32::from(ADDED) * sum;
            let places = weights[panel * PANEL * depth..].chunks_exact_mut(PANEL * DEEP);
            for (place, four) in places.zip(row.chunks(DEEP)) {
                place[column * DEEP..][..four.len()].copy_from_slice(four);
            }
        }
        let pad = |values: &[f32]| {
            let mut values = values.to_vec();
            values.resize(padded(outputs), 0.0);
            values
        };
        Self { inputs, outputs, weights, starts, scales: pad(scales), biases: pad(biases) }
    }

    /// From rows of floats, which are rounded to 8 bits with a scale for each row.
    pub(super) fn rounded(inputs: usize, rows: &[f32], biases: &[f32]) -> Self {
        let scale = |row: &[f32]| row.iter().fold(0.0_f32, |top, x| top.max(x.abs())) / TOP;
        let scales: Vec<f32> = rows.chunks_exact(inputs).map(scale).collect();
        let round = |(row, scale): (&[f32], &f32)| -> Vec<i8> {
            let inverse = if *scale > 0.0 { 1.0 / scale } else { 0.0 };
            row.iter().map(|x| (x * inverse).round_ties_even() as i8).collect()
        };
        let rounded: Vec<i8> = rows.chunks_exact(inputs).zip(&scales).flat_map(round).collect();
        Self::new(inputs, &rounded, &scales, biases)
    }

    /// Number of results in a row.
    pub(super) fn outputs(&self) -> usize {
        self.outputs
    }

    /// Applies the map to rounded rows. `out` takes [`Linear::outputs`] numbers for each row.
    #[inline(always)]
    pub(super) fn apply<P: Product>(&self, rows: &Rounded, out: &mut Vec<f32>, then: Then) {
        debug_assert_eq!(rows.depth, self.inputs.next_multiple_of(DEEP));
        out.resize(rows.count * self.outputs, 0.0);
        let panel = rows.depth * PANEL;
        for pair in 0..self.starts.len() / PANELS {
            let first = &self.weights[pair * PANELS * panel..(pair * PANELS + 1) * panel];
            let second = &self.weights[(pair * PANELS + 1) * panel..(pair * PANELS + 2) * panel];
            let starts = [&self.starts[pair * PANELS], &self.starts[pair * PANELS + 1]];
            let column = pair * PANEL * PANELS;
            let width = (self.outputs - column).min(PANEL * PANELS);
            let scales = wide(&self.scales[column..]);
            let biases = wide(&self.biases[column..]);
            for block in 0..rows.count.div_ceil(ROWS) {
                let activations = &rows.bytes[block * rows.depth * ROWS..(block + 1) * rows.depth * ROWS];
                let tile = P::tile(activations, [first, second], starts);
                for inside in 0..ROWS.min(rows.count - block * ROWS) {
                    let row = block * ROWS + inside;
                    let results = then.of_sums(&tile[inside], rows.scales[row], scales, biases);
                    let places = &mut out[row * self.outputs + column..];
                    // A copy of a fixed size is a store; one of another size is a call.
                    match places.first_chunk_mut() {
                        Some(places) if width == PANEL * PANELS => *places = results,
                        _ => places[..width].copy_from_slice(&results[..width]),
                    }
                }
            }
        }
    }

    /// The same into a new vector.
    #[inline(always)]
    pub(super) fn applied<P: Product>(&self, rows: &Rounded, then: Then) -> Vec<f32> {
        let mut out = Vec::new();
        self.apply::<P>(rows, &mut out, then);
        out
    }
}

/// The numbers of two panels.
type Wide = [f32; PANEL * PANELS];

#[inline(always)]
fn wide(row: &[f32]) -> &Wide {
    row.first_chunk().unwrap_or(&[0.0; PANEL * PANELS])
}

impl Then {
    /// Results of a row from its sums.
    #[inline(always)]
    fn of_sums(self, sums: &[i32; PANEL * PANELS], scale: f32, scales: &Wide, biases: &Wide) -> Wide {
        let mut results = [0.0; PANEL * PANELS];
        for at in 0..PANEL * PANELS {
            results[at] = self.of(sums[at] as f32 * (scale * scales[at]) + biases[at]);
        }
        results
    }

    #[inline(always)]
    fn of(self, x: f32) -> f32 {
        match self {
            Then::Keep => x,
            Then::Gelu => super::float::gelu(x),
            Then::Leaky => {
                if x > 0.0 {
                    x
                } else {
                    0.1 * x
                }
            }
        }
    }
}

/// The nearest 8-bit number of `x` times `inverse`, as an unsigned byte.
#[inline(always)]
fn byte(x: f32, inverse: f32) -> u8 {
    /// Adding 1.5 · 2²³ to a small float leaves its nearest integer in the low bits.
    const ROUND: f32 = 12_582_912.0;
    ((x * inverse + ROUND).to_bits() as u8).wrapping_add(ADDED)
}

/// Rows of activations in 8 bits, each with its scale, laid out for [`Product`].
#[derive(Default)]
pub(super) struct Rounded {
    count: usize,
    depth: usize,
    bytes: Vec<u8>,
    scales: Vec<f32>,
}

impl Rounded {
    /// Rounds rows of `width` floats, so that the largest of a row becomes 127.
    #[inline(always)]
    pub(super) fn set(&mut self, rows: &[f32], width: usize) {
        self.count = rows.len() / width;
        self.depth = width.next_multiple_of(DEEP);
        self.scales.clear();
        self.bytes.clear();
        // Room behind the last row, so that the places of a row can be cut into whole groups.
        self.bytes.resize(self.count.next_multiple_of(ROWS) * self.depth + ROWS * DEEP, ADDED);
        for (at, row) in rows.chunks_exact(width).enumerate() {
            let top = super::float::largest_size(row);
            let inverse = if top > 0.0 { TOP / top } else { 0.0 };
            self.scales.push(top / TOP);
            let start = at / ROWS * ROWS * self.depth + at % ROWS * DEEP;
            let (lanes, rest) = row.as_chunks::<LANES>();
            let groups = self.bytes[start..].as_chunks_mut::<{ ROWS * DEEP }>().0;
            for at in 0..lanes.len() {
                let mut bytes = [0; LANES];
                for lane in 0..LANES {
                    bytes[lane] = byte(lanes[at][lane], inverse);
                }
                for group in 0..LANES / DEEP {
                    for inside in 0..DEEP {
                        groups[at * (LANES / DEEP) + group][inside] = bytes[group * DEEP + inside];
                    }
                }
            }
            for inside in 0..rest.len() {
                let (group, inside_group) = (inside / DEEP, inside % DEEP);
                let place = start + (lanes.len() * (LANES / DEEP) + group) * ROWS * DEEP + inside_group;
                self.bytes[place] = byte(rest[inside], inverse);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::product::Portable;
    use super::*;

    #[test]
    fn a_rounded_map_is_close_to_the_exact_one() {
        let (inputs, outputs, count) = (129, 37, 11);
        let wave = |at: usize| ((at * 37 % 101) as f32 - 50.0) / 25.0;
        let weights: Vec<f32> = (0..inputs * outputs).map(wave).collect();
        let biases: Vec<f32> = (0..outputs).map(|at| at as f32).collect();
        let rows: Vec<f32> = (0..inputs * count).map(|at| wave(at * 7 + 3)).collect();
        let map = Linear::rounded(inputs, &weights, &biases);
        let (mut rounded, mut out) = (Rounded::default(), Vec::new());
        rounded.set(&rows, inputs);
        map.apply::<Portable>(&rounded, &mut out, Then::Keep);
        assert_eq!(out.len(), outputs * count);
        for (row, results) in rows.chunks_exact(inputs).zip(out.chunks_exact(map.outputs())) {
            for ((weights, bias), result) in weights.chunks_exact(inputs).zip(&biases).zip(results) {
                let right = bias + weights.iter().zip(row).map(|(w, x)| w * x).sum::<f32>();
                assert!((right - result).abs() < 1.0, "{right} {result}");
            }
        }
    }

    #[test]
    #[expect(clippy::float_cmp, reason = "these floats are exact")]
    fn a_row_of_zeros_gives_the_bias() {
        let map = Linear::rounded(4, &[1.0, 2.0, 3.0, 4.0], &[5.0]);
        let (mut rounded, mut out) = (Rounded::default(), Vec::new());
        rounded.set(&[0.0; 4], 4);
        map.apply::<Portable>(&rounded, &mut out, Then::Keep);
        assert_eq!(out, [5.0]);
        assert_eq!([Then::Keep, Then::Leaky].map(|then| then.of(-1.0)), [-1.0, -0.1]);
    }
}
