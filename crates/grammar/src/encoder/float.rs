//! The float parts of the encoder, with one order of sums and no fused operations: the same bits on every machine.
//!
//! All of it is plain Rust over lanes of [`LANES`] numbers, inlined into a caller that was compiled for the
//! machine's vector instructions. Rust neither reorders nor fuses float operations, so how wide the machine's vectors
//! are changes the speed, never a bit of the result.
//!
//! Loops run over indices: the compiler does not inline the standard library's adapters into functions that are compiled for
//! other instructions (LLVM takes their pairs for incompatible), and their calls took half of the time.
#![allow(clippy::needless_range_loop, reason = "see above")]

use super::product::Product;

/// Numbers that are worked on side by side, and the number of partial sums of a sum.
pub(super) const LANES: usize = 16;

/// Added to a variance before its root (the encoder's configuration).
const EPSILON: f32 = 1e-12;

/// e to the x, within two units in the last place (Cephes `expf`), for x clamped to ±87.
#[inline(always)]
pub(super) fn exp(x: f32) -> f32 {
    /// Adding and taking away 1.5 · 2²³ rounds to the nearest integer.
    const ROUND: f32 = 12_582_912.0;
    let x = x.clamp(-87.0, 87.0);
    let shifted = x * std::f32::consts::LOG2_E + ROUND;
    let whole = shifted - ROUND;
    let rest = x - whole * 0.693_359_4 - whole * -2.121_944_4e-4;
    let p = 1.987_569_1e-4 * rest + 1.398_199_9e-3;
    let p = p * rest + 8.333_452e-3;
    let p = p * rest + 4.166_579_6e-2;
    let p = p * rest + 1.666_666_5e-1;
    let p = p * rest + 0.5;
    let of_rest = p * rest * rest + rest + 1.0;
    // `shifted` holds the whole part in its low bits, whatever its sign: the power of two is made from them.
    of_rest * f32::from_bits(shifted.to_bits().wrapping_add(127) << 23)
}

/// Numbers as shares of a whole (softmax).
pub(super) fn shares(numbers: &[f32]) -> Vec<f32> {
    let exponentials: Vec<f32> = numbers.iter().map(|number| exp(*number)).collect();
    let total: f32 = exponentials.iter().sum();
    exponentials.into_iter().map(|x| x / total).collect()
}

/// The Gaussian error linear unit, by Abramowitz and Stegun 7.1.26 (error below 2e-7).
#[inline(always)]
pub(super) fn gelu(h: f32) -> f32 {
    let x = h * std::f32::consts::FRAC_1_SQRT_2;
    let t = 1.0 / (1.0 + 0.327_591_1 * x.abs());
    let p = 1.061_405_4 * t - 1.453_152;
    let p = p * t + 1.421_413_8;
    let p = p * t - 0.284_496_74;
    let p = p * t + 0.254_829_6;
    let erf = (1.0 - p * t * exp(-x * x)).copysign(x);
    0.5 * h * (1.0 + erf)
}

/// The sum of the lanes, by halves.
#[inline(always)]
fn total(mut lanes: [f32; LANES]) -> f32 {
    let mut width = LANES / 2;
    while width > 0 {
        for lane in 0..width {
            lanes[lane] += lanes[lane + width];
        }
        width /= 2;
    }
    lanes[0]
}

/// Sum of the products; a rest that fills no lanes is added last.
#[inline(always)]
pub(super) fn dot<P: Product>(a: &[f32], b: &[f32]) -> f32 {
    let (a_lanes, a_rest) = a.as_chunks::<LANES>();
    let (b_lanes, b_rest) = b.as_chunks::<LANES>();
    let mut sums = P::splat(0.0);
    for at in 0..a_lanes.len().min(b_lanes.len()) {
        sums = P::add_product(sums, P::load(&a_lanes[at]), P::load(&b_lanes[at]));
    }
    let mut lanes = [0.0; LANES];
    P::store(sums, &mut lanes);
    let mut sum = total(lanes);
    for at in 0..a_rest.len().min(b_rest.len()) {
        sum += a_rest[at] * b_rest[at];
    }
    sum
}

/// Mean 0, variance 1, then weight and bias; row by row. Rows are a whole number of lanes long.
#[inline(always)]
pub(super) fn normalise(rows: &mut [f32], weight: &[f32], bias: &[f32]) {
    let width = weight.len();
    for row in rows.chunks_exact_mut(width) {
        let mean = sum(row, |x| x) / width as f32;
        let variance = sum(row, |x| (x - mean) * (x - mean)) / width as f32;
        let scale = 1.0 / (variance + EPSILON).sqrt();
        let (weights, biases) = (weight.as_chunks::<LANES>().0, bias.as_chunks::<LANES>().0);
        let lanes = row.as_chunks_mut::<LANES>().0;
        for at in 0..lanes.len().min(weights.len()).min(biases.len()) {
            for lane in 0..LANES {
                lanes[at][lane] = (lanes[at][lane] - mean) * scale * weights[at][lane] + biases[at][lane];
            }
        }
    }
}

/// Adds `share` times a row to another. Rows are a whole number of lanes long.
#[inline(always)]
pub(super) fn add(sums: &mut [f32], share: f32, row: &[f32]) {
    let (sums, row) = (sums.as_chunks_mut::<LANES>().0, row.as_chunks::<LANES>().0);
    for at in 0..sums.len().min(row.len()) {
        for lane in 0..LANES {
            sums[at][lane] += share * row[at][lane];
        }
    }
}

#[inline(always)]
fn sum(row: &[f32], of: impl Fn(f32) -> f32) -> f32 {
    let mut sums = [0.0; LANES];
    let lanes = row.as_chunks::<LANES>().0;
    for at in 0..lanes.len() {
        for lane in 0..LANES {
            sums[lane] += of(lanes[at][lane]);
        }
    }
    total(sums)
}

/// The largest, each as `of` gives it.
#[inline(always)]
fn largest(row: &[f32], of: impl Fn(f32) -> f32) -> f32 {
    let (lanes, rest) = row.as_chunks::<LANES>();
    let mut best = [f32::NEG_INFINITY; LANES];
    for at in 0..lanes.len() {
        for lane in 0..LANES {
            let x = of(lanes[at][lane]);
            best[lane] = if x > best[lane] { x } else { best[lane] };
        }
    }
    let mut top = f32::NEG_INFINITY;
    for lane in 0..LANES {
        top = if best[lane] > top { best[lane] } else { top };
    }
    for at in 0..rest.len() {
        top = if of(rest[at]) > top { of(rest[at]) } else { top };
    }
    top
}

/// The largest absolute value.
#[inline(always)]
pub(super) fn largest_size(row: &[f32]) -> f32 {
    largest(row, f32::abs)
}

/// Index of the largest; the first of equals.
pub(super) fn first_largest(row: &[f32]) -> usize {
    let larger = |best: (usize, f32), (at, x): (usize, &f32)| if *x > best.1 { (at, *x) } else { best };
    row.iter().enumerate().fold((0, f32::NEG_INFINITY), larger).0
}

/// The first `count` to their exponentials, relative to the largest; the rest to 0. Gives the sum. The row is a whole
/// number of lanes long.
#[inline(always)]
pub(super) fn exponentials(row: &mut [f32], count: usize) -> f32 {
    let top = largest(row.get(..count).unwrap_or(row), |x| x);
    let lanes = row.as_chunks_mut::<LANES>().0;
    for at in 0..lanes.len() {
        for lane in 0..LANES {
            lanes[at][lane] = exp(lanes[at][lane] - top);
        }
    }
    for at in count..row.len() {
        row[at] = 0.0;
    }
    sum(row, |x| x)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[expect(clippy::float_cmp, reason = "these floats are exact")]
    fn exponentials_are_close_to_those_of_the_standard_library() {
        for step in -870..=870 {
            let x = step as f32 / 10.0;
            let right = f64::from(x).exp();
            assert!((f64::from(exp(x)) / right - 1.0).abs() < 3e-7, "{x}");
        }
        assert_eq!(exp(0.0), 1.0);
        assert_eq!(exp(-1e30), exp(-87.0));
    }

    #[test]
    fn gelu_is_zero_far_left_and_the_identity_far_right() {
        for (x, right) in [(0.0, 0.0), (1.0, 0.841_344_7), (-1.0, -0.158_655_3), (-9.0, 0.0), (9.0, 9.0)] {
            assert!((gelu(x) - right).abs() < 1e-6, "{x}: {}", gelu(x));
        }
    }

    #[test]
    fn rows_are_normalised() {
        let mut row: Vec<f32> = (0..32).map(|x| x as f32).collect();
        normalise(&mut row, &[2.0; 32], &[1.0; 32]);
        let mean: f32 = row.iter().sum::<f32>() / 32.0;
        assert!((mean - 1.0).abs() < 1e-5);
        assert!((row[31] - 1.0 - 2.0 * 15.5 / 85.25_f32.sqrt()).abs() < 1e-4);
    }

    #[test]
    fn probabilities_sum_to_one_and_padding_gets_none() {
        let mut row = [0.5; 32];
        row[3] = 2.0;
        let total = exponentials(&mut row, 20);
        assert!((row.iter().sum::<f32>() - total).abs() < 1e-5);
        assert_eq!((row[3], row[20], row[31]), (1.0, 0.0, 0.0));
    }
}
