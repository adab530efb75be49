//! Products in plain Rust: every machine has this way, and compilers make vectors of it (NEON on 64-bit Arm).
#![allow(clippy::needless_range_loop, reason = "see `float`")]

use super::super::float::LANES;
use super::{ADDED, DEEP, PANEL, PANELS, Product, ROWS, Tile};

/// The way that every machine has.
pub(in super::super) struct Portable;

impl Product for Portable {
    #[inline(always)]
    fn tile(activations: &[u8], weights: [&[i8]; PANELS], _: [&[i32; PANEL]; PANELS]) -> Tile {
        let mut tile = [[0; PANEL * PANELS]; ROWS];
        let groups = activations.as_chunks::<{ ROWS * DEEP }>().0;
        for panel in 0..PANELS {
            let weights = weights[panel].as_chunks::<{ PANEL * DEEP }>().0;
            for at in 0..groups.len().min(weights.len()) {
                let group = &groups[at];
                // One input after the other, so that the outputs lie side by side.
                let mut apart = [[0_i16; PANEL]; DEEP];
                for column in 0..PANEL {
                    for inside in 0..DEEP {
                        apart[inside][column] = i16::from(weights[at][column * DEEP + inside]);
                    }
                }
                for row in 0..ROWS {
                    let of = |inside: usize| i16::from(group[row * DEEP + inside]) - i16::from(ADDED);
                    let (a, b, c, d) = (of(0), of(1), of(2), of(3));
                    for column in 0..PANEL {
                        // Two products of numbers up to 127 fit 16 bits.
                        let first = a * apart[0][column] + b * apart[1][column];
                        let second = c * apart[2][column] + d * apart[3][column];
                        tile[row][panel * PANEL + column] += i32::from(first) + i32::from(second);
                    }
                }
            }
        }
        tile
    }

    type Floats = [f32; LANES];

    #[inline(always)]
    fn splat(x: f32) -> Self::Floats {
        [x; LANES]
    }

    #[inline(always)]
    fn load(from: &[f32; LANES]) -> Self::Floats {
        *from
    }

    #[inline(always)]
    fn store(floats: Self::Floats, to: &mut [f32; LANES]) {
        *to = floats;
    }

    #[inline(always)]
    fn add_product(mut sum: Self::Floats, a: Self::Floats, b: Self::Floats) -> Self::Floats {
        for lane in 0..LANES {
            sum[lane] += a[lane] * b[lane];
        }
        sum
    }
}
