//! What the table of languages is made of: words and sequences of letters, as keys with costs. Shared with `build.rs`,
//! which writes the table.

/// Letters of the longest sequence. With five it is no better on short texts and a third larger.
pub(crate) const MOST_LETTERS: usize = 4;
/// A cost is -log10 of a relative frequency; the table holds it in steps of 1/25 in a byte (up to 10.2).
pub(crate) const STEPS: f64 = 25.0;

/// The cost of a sequence that a language does not have.
pub(crate) const NO_SEQUENCE: f64 = 6.5;

/// What a key stands for.
#[derive(Clone, Copy)]
pub(crate) enum Kind {
    /// A whole word.
    Word = 0,
    /// A sequence of letters, with a space where the word begins or ends.
    Letters = 1,
}

/// The key of a word or sequence: FNV-1a, 32 bits. Of 400,000 keys one in ten thousand strange words meets another's:
/// its cost is wrong then, and one word among others.
pub(crate) fn key(kind: Kind, text: &str) -> u32 {
    std::iter::once(kind as u8)
        .chain(text.bytes())
        .fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// The sequences of `letters` letters in a word, its edges as spaces.
pub(crate) fn sequences(word: &str, letters: usize) -> Vec<String> {
    let padded: Vec<char> = std::iter::once(' ').chain(word.chars()).chain([' ']).collect();
    let all = padded.windows(letters).map(|window| window.iter().collect::<String>());
    all.filter(|sequence| sequence != " ").collect()
}
