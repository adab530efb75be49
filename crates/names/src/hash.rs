//! Hashes that are kept in files: one algorithm (XXH3, 64 bits), over bytes that are spelled out here. They are the same on
//! every machine and with every compiler, which the standard library does not promise of its own.

use twox_hash::XxHash3_64;

/// The hash of some pieces. `what` says what they are, so that equal pieces of two kinds of things stay apart; each piece
/// goes in with its length, so that `ab`, `c` is not `a`, `bc`.
pub fn stored_hash(what: &str, pieces: &[&[u8]]) -> u64 {
    let mut bytes = Vec::with_capacity(64);
    for piece in std::iter::once(&what.as_bytes()).chain(pieces) {
        bytes.extend((piece.len() as u64).to_le_bytes());
        bytes.extend_from_slice(piece);
    }
    XxHash3_64::oneshot(&bytes)
}

#[cfg(test)]
mod tests {
    use super::stored_hash;

    #[test]
    fn the_values_are_those_of_files_that_were_written_before() {
        // Another value means another algorithm: then the layout of every file that keeps such hashes needs a new number.
        assert_eq!(stored_hash("word", &[b"putin"]), 1_580_611_495_455_564_210);
        assert_ne!(stored_hash("word", &[b"ab", b"c"]), stored_hash("word", &[b"a", b"bc"]));
        assert_ne!(stored_hash("word", &[b"ab"]), stored_hash("group", &[b"ab"]));
    }
}
