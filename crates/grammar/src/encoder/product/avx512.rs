//! Products by AVX-512 VNNI: 64 multiplications and sums in one instruction.
#![allow(unsafe_code, reason = "vector instructions; each block says why it is sound")]
#![allow(clippy::needless_range_loop, reason = "see `float`")]

use super::super::float::LANES;
use super::{DEEP, PANEL, PANELS, Product, ROWS, Tile};
use std::arch::x86_64::{
    __m512, _mm512_add_ps, _mm512_dpbusd_epi32, _mm512_loadu_ps, _mm512_loadu_si512, _mm512_mul_ps,
    _mm512_set1_epi32, _mm512_set1_ps, _mm512_storeu_ps,
};

/// The way of machines with AVX-512 VNNI.
pub(in super::super) struct Avx512;

impl Avx512 {
    /// True where the machine has the instructions.
    pub(in super::super) fn available() -> bool {
        is_x86_feature_detected!("avx512f")
            && is_x86_feature_detected!("avx512bw")
            && is_x86_feature_detected!("avx512vl")
            && is_x86_feature_detected!("avx512dq")
            && is_x86_feature_detected!("avx512vnni")
    }
}

impl Product for Avx512 {
    #[inline(always)]
    fn tile(activations: &[u8], weights: [&[i8]; PANELS], starts: [&[i32; PANEL]; PANELS]) -> Tile {
        // SAFETY: this way is chosen only where `available` holds.
        unsafe { tile(activations, weights, starts) }
    }

    type Floats = __m512;

    #[inline(always)]
    fn splat(x: f32) -> Self::Floats {
        // SAFETY: as above.
        unsafe { _mm512_set1_ps(x) }
    }

    #[inline(always)]
    fn load(from: &[f32; LANES]) -> Self::Floats {
        // SAFETY: as above; the pointer is to 16 floats, and the load needs no alignment.
        unsafe { _mm512_loadu_ps(from.as_ptr()) }
    }

    #[inline(always)]
    fn store(floats: Self::Floats, to: &mut [f32; LANES]) {
        // SAFETY: as above; the pointer is to 16 floats, and the store needs no alignment.
        unsafe { _mm512_storeu_ps(to.as_mut_ptr(), floats) }
    }

    #[inline(always)]
    fn add_product(sum: Self::Floats, a: Self::Floats, b: Self::Floats) -> Self::Floats {
        // SAFETY: as above.
        unsafe { _mm512_add_ps(sum, _mm512_mul_ps(a, b)) }
    }
}

#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512dq,avx512vnni")]
fn tile(activations: &[u8], weights: [&[i8]; PANELS], starts: [&[i32; PANEL]; PANELS]) -> Tile {
    // SAFETY: each points to 16 numbers of 32 bits; the loads need no alignment.
    let (first, second) = unsafe {
        (_mm512_loadu_si512(starts[0].as_ptr().cast()), _mm512_loadu_si512(starts[1].as_ptr().cast()))
    };
    let mut sums = [[first, second]; ROWS];
    let groups = activations.as_chunks::<{ ROWS * DEEP }>().0;
    let (firsts, seconds) =
        (weights[0].as_chunks::<{ PANEL * DEEP }>().0, weights[1].as_chunks::<{ PANEL * DEEP }>().0);
    for at in 0..groups.len().min(firsts.len()).min(seconds.len()) {
        // SAFETY: both point to arrays of 64 bytes; the loads need no alignment.
        let (first, second) = unsafe {
            (_mm512_loadu_si512(firsts[at].as_ptr().cast()), _mm512_loadu_si512(seconds[at].as_ptr().cast()))
        };
        let group = &groups[at];
        for row in 0..ROWS {
            let four =
                [group[row * DEEP], group[row * DEEP + 1], group[row * DEEP + 2], group[row * DEEP + 3]];
            let four = _mm512_set1_epi32(i32::from_le_bytes(four));
            sums[row][0] = _mm512_dpbusd_epi32(sums[row][0], four, first);
            sums[row][1] = _mm512_dpbusd_epi32(sums[row][1], four, second);
        }
    }
    // SAFETY: a row of sums and a row of a tile are both 32 numbers of 32 bits, in the same order.
    unsafe { std::mem::transmute::<[[_; PANELS]; ROWS], Tile>(sums) }
}
