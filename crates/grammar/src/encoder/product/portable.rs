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
                let (group, weights) = (&groups[at], &weights[at]);
                for row in 0..ROWS {
                    for column in 0..PANEL {
                        for inside in 0..DEEP {
                            let activation = i32::from(group[row * DEEP + inside]) - i32::from(ADDED);
                            tile[row][panel * PANEL + column] +=
                                activation * i32::from(weights[column * DEEP + inside]);
                        }
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
