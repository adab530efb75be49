//! Products by AVX2.
//!
//! `maddubs` sums pairs in 16 bits and would overflow with activations up to 255. It gets their absolute values
//! instead (at most 127, and 2 · 127 · 127 fits), and the weights with the activations' signs.
#![allow(unsafe_code, reason = "vector instructions; each block says why it is sound")]
#![allow(clippy::needless_range_loop, reason = "see `float`")]

use super::super::float::LANES;
use super::{DEEP, PANEL, PANELS, Product, ROWS, Tile};
use std::arch::x86_64::{
    __m256, __m256i, _mm256_abs_epi8, _mm256_add_epi32, _mm256_add_ps, _mm256_loadu_ps, _mm256_loadu_si256,
    _mm256_madd_epi16, _mm256_maddubs_epi16, _mm256_mul_ps, _mm256_set1_epi8, _mm256_set1_epi16,
    _mm256_set1_epi32, _mm256_set1_ps, _mm256_setzero_si256, _mm256_sign_epi8, _mm256_storeu_ps,
    _mm256_xor_si256,
};

/// The way of machines with AVX2.
pub(in super::super) struct Avx2;

/// Vectors in a panel.
const HALVES: usize = 2;
/// Rows whose sums fit into the registers at a time.
const TOGETHER: usize = 2;

impl Avx2 {
    /// True where the machine has the instructions.
    pub(in super::super) fn available() -> bool {
        is_x86_feature_detected!("avx2")
    }
}

impl Product for Avx2 {
    #[inline(always)]
    fn tile(activations: &[u8], weights: [&[i8]; PANELS], _: [&[i32; PANEL]; PANELS]) -> Tile {
        // SAFETY: this way is chosen only where `available` holds.
        unsafe { tile(activations, weights) }
    }

    type Floats = [__m256; 2];

    #[inline(always)]
    fn splat(x: f32) -> Self::Floats {
        // SAFETY: as above.
        unsafe { [_mm256_set1_ps(x); 2] }
    }

    #[inline(always)]
    fn load(from: &[f32; LANES]) -> Self::Floats {
        // SAFETY: as above; the pointers are to 8 floats each, and the loads need no alignment.
        unsafe { [_mm256_loadu_ps(from.as_ptr()), _mm256_loadu_ps(from.as_ptr().add(LANES / 2))] }
    }

    #[inline(always)]
    fn store([first, second]: Self::Floats, to: &mut [f32; LANES]) {
        // SAFETY: as above; the pointers are to 8 floats each, and the stores need no alignment.
        unsafe {
            _mm256_storeu_ps(to.as_mut_ptr(), first);
            _mm256_storeu_ps(to.as_mut_ptr().add(LANES / 2), second);
        }
    }

    #[inline(always)]
    fn add_product(sum: Self::Floats, a: Self::Floats, b: Self::Floats) -> Self::Floats {
        // SAFETY: as above.
        unsafe {
            [
                _mm256_add_ps(sum[0], _mm256_mul_ps(a[0], b[0])),
                _mm256_add_ps(sum[1], _mm256_mul_ps(a[1], b[1])),
            ]
        }
    }
}

type Sums = [[__m256i; HALVES * PANELS]; ROWS];

#[inline]
#[target_feature(enable = "avx2")]
fn tile(activations: &[u8], weights: [&[i8]; PANELS]) -> Tile {
    let mut sums: Sums = [[_mm256_setzero_si256(); HALVES * PANELS]; ROWS];
    let groups = activations.as_chunks::<{ ROWS * DEEP }>().0;
    let (firsts, seconds) =
        (weights[0].as_chunks::<{ PANEL * DEEP }>().0, weights[1].as_chunks::<{ PANEL * DEEP }>().0);
    let (added, ones) = (_mm256_set1_epi8(-128), _mm256_set1_epi16(1));
    for part in 0..ROWS / TOGETHER {
        let mut some = [[_mm256_setzero_si256(); HALVES * PANELS]; TOGETHER];
        for at in 0..groups.len().min(firsts.len()).min(seconds.len()) {
            let weights = halves(&firsts[at], &seconds[at]);
            let group = &groups[at];
            for row in 0..TOGETHER {
                let from = (part * TOGETHER + row) * DEEP;
                let four = [group[from], group[from + 1], group[from + 2], group[from + 3]];
                let four = _mm256_xor_si256(_mm256_set1_epi32(i32::from_le_bytes(four)), added);
                let size = _mm256_abs_epi8(four);
                for half in 0..HALVES * PANELS {
                    let pairs = _mm256_maddubs_epi16(size, _mm256_sign_epi8(weights[half], four));
                    some[row][half] = _mm256_add_epi32(some[row][half], _mm256_madd_epi16(pairs, ones));
                }
            }
        }
        for row in 0..TOGETHER {
            sums[part * TOGETHER + row] = some[row];
        }
    }
    // SAFETY: a row of sums and a row of a tile are both 32 numbers of 32 bits, in the same order.
    unsafe { std::mem::transmute::<Sums, Tile>(sums) }
}

#[inline]
#[target_feature(enable = "avx2")]
fn halves(first: &[i8; PANEL * DEEP], second: &[i8; PANEL * DEEP]) -> [__m256i; HALVES * PANELS] {
    let (first, second) = (first.as_ptr(), second.as_ptr());
    // SAFETY: each points to 32 bytes of an array of 64; the loads need no alignment.
    unsafe {
        [
            _mm256_loadu_si256(first.cast()),
            _mm256_loadu_si256(first.add(32).cast()),
            _mm256_loadu_si256(second.cast()),
            _mm256_loadu_si256(second.add(32).cast()),
        ]
    }
}
