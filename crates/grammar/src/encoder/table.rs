//! The vectors of the pieces, read from the 4-bit table where it lies.

use super::WIDTH;
use half::f16;

/// Values that share a scale.
const BLOCK: usize = 32;
/// Bytes of a block: a half-precision scale, then two values a byte.
const BLOCK_BYTES: usize = 2 + BLOCK / 2;
/// Bytes of a row.
pub(super) const ROW_BYTES: usize = WIDTH / BLOCK * BLOCK_BYTES;

/// Adds the vector of a piece to `sum`; byte j of a block holds value j in its low half and value j + 16 in its high half,
/// each minus 8 (the form of llama.cpp's `Q4_0`). A piece beyond the table adds nothing.
pub(super) fn add_row(table: &[u8], piece: u32, sum: &mut [f32]) {
    let start = piece as usize * ROW_BYTES;
    let row = table.get(start..start + ROW_BYTES).unwrap_or_default();
    for (block, sum) in row.as_chunks::<BLOCK_BYTES>().0.iter().zip(sum.chunks_exact_mut(BLOCK)) {
        let [low, high, halves @ ..] = block;
        let scale = f16::from_le_bytes([*low, *high]).to_f32();
        let (first, second) = sum.split_at_mut(BLOCK / 2);
        for ((first, second), byte) in first.iter_mut().zip(second).zip(halves) {
            *first += (f32::from(byte & 15) - 8.0) * scale;
            *second += (f32::from(byte >> 4) - 8.0) * scale;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[expect(clippy::float_cmp, reason = "these floats are exact")]
    fn low_halves_come_first() {
        let mut table = vec![0x88; ROW_BYTES];
        for block in table.chunks_exact_mut(BLOCK_BYTES) {
            block[..2].copy_from_slice(&f16::from_f32(0.5).to_le_bytes());
        }
        table[2] = 0xF0;
        let mut sum = vec![1.0; WIDTH];
        add_row(&table, 0, &mut sum);
        assert_eq!((sum[0], sum[1], sum[16], sum[17]), (-3.0, 1.0, 4.5, 1.0));
        add_row(&table, 7, &mut sum);
        assert_eq!(sum[0], -3.0);
    }
}
