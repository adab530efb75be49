//! Attention: every piece of a window gathers from all pieces of the same window.
#![allow(clippy::needless_range_loop, reason = "see `float`")]

use super::float::{LANES, exponentials};
use super::product::Product;
use super::{HEADS, WIDTH};

/// Numbers of a head.
const DEPTH: usize = WIDTH / HEADS;
/// Pieces whose scores are worked out together.
const TOGETHER: usize = 8;

/// Room that is used again.
#[derive(Default)]
pub(super) struct Attention {
    /// Keys with the pieces side by side: `[DEPTH][padded]`.
    keys: Vec<f32>,
    /// Values: `[pieces][DEPTH]`.
    values: Vec<[[f32; LANES]; DEPTH / LANES]>,
    /// Scores of pieces that are worked on together: `[TOGETHER][padded]`.
    scores: Vec<f32>,
}

impl Attention {
    /// `projected` holds query, key and value of each piece of one window (3 × [`WIDTH`] numbers); `out` takes [`WIDTH`]
    /// numbers for each.
    #[inline(always)]
    pub(super) fn window<P: Product>(&mut self, projected: &[f32], out: &mut [f32]) {
        for head in 0..HEADS {
            self.gather(projected, head);
            let queries = projected.chunks(3 * WIDTH * TOGETHER);
            for (queries, out) in queries.zip(out.chunks_mut(WIDTH * TOGETHER)) {
                self.rows::<P>(queries, head, out);
            }
        }
    }

    /// Keys and values of one head.
    #[inline(always)]
    fn gather(&mut self, projected: &[f32], head: usize) {
        let count = projected.len() / (3 * WIDTH);
        let padded = count.next_multiple_of(LANES);
        self.keys.clear();
        self.keys.resize(DEPTH * padded, 0.0);
        self.values.clear();
        for (piece, row) in projected.chunks_exact(3 * WIDTH).enumerate() {
            for depth in 0..DEPTH {
                self.keys[depth * padded + piece] = row[WIDTH + head * DEPTH + depth];
            }
            let values = &row[2 * WIDTH + head * DEPTH..];
            self.values.push([*lanes(values), *lanes(&values[LANES..])]);
        }
    }

    /// What up to [`TOGETHER`] pieces gather.
    #[inline(always)]
    fn rows<P: Product>(&mut self, queries: &[f32], head: usize, out: &mut [f32]) {
        let padded = self.keys.len() / DEPTH;
        let mut asked = [[0.0; DEPTH]; TOGETHER];
        for (asked, row) in asked.iter_mut().zip(queries.chunks_exact(3 * WIDTH)) {
            for (place, x) in asked.iter_mut().zip(&row[head * DEPTH..]) {
                *place = x / (DEPTH as f32).sqrt();
            }
        }
        self.scores.clear();
        self.scores.resize(TOGETHER * padded, 0.0);
        for column in (0..padded).step_by(LANES) {
            let mut sums = [P::splat(0.0); TOGETHER];
            for depth in 0..DEPTH {
                let keys = P::load(lanes(&self.keys[depth * padded + column..]));
                for row in 0..TOGETHER {
                    sums[row] = P::add_product(sums[row], P::splat(asked[row][depth]), keys);
                }
            }
            for row in 0..TOGETHER {
                P::store(sums[row], lanes_mut(&mut self.scores[row * padded + column..]));
            }
        }
        let mut totals = [1.0; TOGETHER];
        for (scores, total) in self.scores.chunks_exact_mut(padded).zip(&mut totals) {
            *total = exponentials(scores, self.values.len());
        }
        let mut gathered = [[P::splat(0.0); DEPTH / LANES]; TOGETHER];
        for piece in 0..self.values.len() {
            let values = [P::load(&self.values[piece][0]), P::load(&self.values[piece][1])];
            for row in 0..TOGETHER {
                let share = P::splat(self.scores[row * padded + piece]);
                gathered[row][0] = P::add_product(gathered[row][0], share, values[0]);
                gathered[row][1] = P::add_product(gathered[row][1], share, values[1]);
            }
        }
        for row in 0..out.len() / WIDTH {
            for half in 0..DEPTH / LANES {
                let place = lanes_mut(&mut out[row * WIDTH + head * DEPTH + half * LANES..]);
                P::store(gathered[row][half], place);
                for lane in 0..LANES {
                    place[lane] /= totals[row];
                }
            }
        }
    }
}

/// The first lanes of a row.
#[inline(always)]
fn lanes(row: &[f32]) -> &[f32; LANES] {
    row.first_chunk::<LANES>().unwrap_or(&[0.0; LANES])
}

/// The same to be written to. The row must be that long: scores and results are whole numbers of lanes.
#[inline(always)]
fn lanes_mut(row: &mut [f32]) -> &mut [f32; LANES] {
    &mut row.as_chunks_mut::<LANES>().0[0]
}
