//! What machines do differently: integer matrix products and products of floats side by side.
//!
//! Integer products: 8-bit activations by 8-bit weights, summed exactly in 32 bits.
//!
//! Activations are stored as `u8` with 128 added, in blocks of [`ROWS`] rows; weights in panels of [`PANEL`] outputs;
//! both with four consecutive inputs side by side, as the instructions of the machines want them. The sums are
//! integers and exact, so every way gives the same.

#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod avx512;
mod portable;

#[cfg(target_arch = "x86_64")]
pub(super) use avx2::Avx2;
#[cfg(target_arch = "x86_64")]
pub(super) use avx512::Avx512;
pub(super) use portable::Portable;

use super::float::LANES;

/// Rows of activations that are multiplied together.
pub(super) const ROWS: usize = 8;
/// Outputs in a panel of weights.
pub(super) const PANEL: usize = 16;
/// Panels that are multiplied together.
pub(super) const PANELS: usize = 2;
/// Inputs that lie side by side.
pub(super) const DEEP: usize = 4;
/// What is added to an activation to make it an unsigned byte.
pub(super) const ADDED: u8 = 128;

/// A tile of sums: one row for each row of activations, one column for each output of the panels.
pub(super) type Tile = [[i32; PANEL * PANELS]; ROWS];

/// One way of multiplying.
pub(super) trait Product {
    /// The sums of `activations` (a block) by `weights` (its panels one after the other).
    ///
    /// `starts` is, for each output, the sum of its weights times −[`ADDED`]: a way that multiplies the unsigned bytes as
    /// they are begins its sums there.
    fn tile(activations: &[u8], weights: [&[i8]; PANELS], starts: [&[i32; PANEL]; PANELS]) -> Tile;

    /// [`LANES`] floats side by side.
    type Floats: Copy;

    /// All the same.
    fn splat(x: f32) -> Self::Floats;

    /// From memory.
    fn load(from: &[f32; LANES]) -> Self::Floats;

    /// Into memory.
    fn store(floats: Self::Floats, to: &mut [f32; LANES]);

    /// `sum + a · b`, rounded twice: never fused.
    fn add_product(sum: Self::Floats, a: Self::Floats, b: Self::Floats) -> Self::Floats;
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers that look random; the extremes among them.
    fn numbers(count: usize, seed: u32) -> impl Iterator<Item = i8> {
        let mut state = seed;
        (0..count).map(move |at| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            match at % 50 {
                0 => -127,
                1 => 127,
                _ => ((state >> 24) as i8).max(-127),
            }
        })
    }

    /// Multiplied by the definition.
    fn plain(activations: &[u8], weights: [&[i8]; PANELS]) -> Tile {
        let mut tile = Tile::default();
        for (row, sums) in tile.iter_mut().enumerate() {
            for (column, sum) in sums.iter_mut().enumerate() {
                for input in 0..activations.len() / ROWS {
                    let (group, inside) = (input / DEEP, input % DEEP);
                    let activation = i32::from(activations[(group * ROWS + row) * DEEP + inside]) - 128;
                    let weight = weights[column / PANEL][(group * PANEL + column % PANEL) * DEEP + inside];
                    *sum += activation * i32::from(weight);
                }
            }
        }
        tile
    }

    #[test]
    fn every_way_gives_the_exact_sums() {
        for inputs in [4, 132, 384, 1536] {
            let activations: Vec<u8> =
                numbers(inputs * ROWS, 1).map(|x| x.cast_unsigned().wrapping_add(ADDED)).collect();
            let weights: Vec<i8> = numbers(inputs * PANEL * PANELS, 2).collect();
            let (first, second) = weights.split_at(inputs * PANEL);
            let right = plain(&activations, [first, second]);
            let start = |panel: &[i8]| {
                let mut sums = [0; PANEL];
                for (at, weight) in panel.iter().enumerate() {
                    sums[at / DEEP % PANEL] -= 128 * i32::from(*weight);
                }
                sums
            };
            let starts = [&start(first), &start(second)];
            assert_eq!(Portable::tile(&activations, [first, second], starts), right);
            #[cfg(target_arch = "x86_64")]
            {
                if Avx2::available() {
                    assert_eq!(Avx2::tile(&activations, [first, second], starts), right);
                }
                if Avx512::available() {
                    assert_eq!(Avx512::tile(&activations, [first, second], starts), right);
                }
            }
        }
    }
}
