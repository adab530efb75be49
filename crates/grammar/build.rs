//! Turns what is written for people into what is embedded: the encoder's vocabulary, and a hash of the
//! encoder's files.

use sha2::{Digest, Sha256};
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// Files that the encoder and the reader are made of, in the order of their hash.
const FILES: [&str; 7] = [
    "encoder/encoder.safetensors",
    "encoder/labels.json",
    "encoder/normalise.tsv.xz",
    "encoder/vocabulary.tsv.xz",
    "encoder/words.q4",
    "reader/labels.json",
    "reader/reader.safetensors",
];

#[expect(clippy::unwrap_used, reason = "a build script stops by panicking")]
fn main() {
    let models = Path::new("../../data/models");
    let folder = models.join("encoder");
    let mut hash = Sha256::new();
    for file in FILES {
        let path = models.join(file);
        println!("cargo::rerun-if-changed={}", path.display());
        hash.update(std::fs::read(&path).unwrap());
    }
    let hash = hash.finalize().iter().take(8).fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").unwrap();
        text
    });
    println!("cargo::rustc-env=LAGEBILD_ENCODER_HASH={hash}");
    let out = PathBuf::from(std::env::var("OUT_DIR").unwrap());
    vocabulary(&unpacked(&folder.join("vocabulary.tsv.xz")), &out);
    normalisation(&unpacked(&folder.join("normalise.tsv.xz")), &out);
}

#[expect(clippy::unwrap_used, reason = "a build script stops by panicking")]
fn unpacked(path: &Path) -> String {
    let packed = std::fs::read(path).unwrap();
    std::io::read_to_string(lzma_rust2::XzReader::new(packed.as_slice(), false)).unwrap()
}

/// `pieces.fst` (piece to row) and `scores.f32` (log probability of each row). The first four rows are no pieces of text.
#[expect(clippy::unwrap_used, reason = "a build script stops by panicking")]
fn vocabulary(text: &str, out: &Path) {
    let rows: Vec<(&str, f32)> = text
        .lines()
        .map(|line| line.split_once('\t').unwrap())
        .map(|(piece, score)| (piece, score.parse().unwrap()))
        .collect();
    let scores: Vec<u8> = rows.iter().flat_map(|(_, score)| score.to_le_bytes()).collect();
    std::fs::write(out.join("scores.f32"), scores).unwrap();
    let mut pieces: Vec<(&str, u64)> = rows.iter().map(|(piece, _)| *piece).zip(0..).skip(4).collect();
    pieces.sort_unstable();
    let map = fst::Map::from_iter(pieces).unwrap();
    std::fs::write(out.join("pieces.fst"), map.as_fst().as_bytes()).unwrap();
}

/// `normalise.rs`: characters and what they become, sorted.
#[expect(clippy::unwrap_used, reason = "a build script stops by panicking")]
fn normalisation(text: &str, out: &Path) {
    let code = |digits: &str| char::from_u32(u32::from_str_radix(digits, 16).unwrap()).unwrap();
    let mut table: Vec<(char, String)> = text
        .lines()
        .map(|line| line.split_once('\t').unwrap())
        .map(|(from, to)| (code(from), to.split_whitespace().map(code).collect()))
        .collect();
    table.sort_unstable();
    // Escapes, since many of these characters are no canonical spelling.
    let row = |(from, to): &(char, String)| {
        format!("('{}', \"{}\"),\n", from.escape_unicode(), to.escape_unicode())
    };
    let rows: String = table.iter().map(row).collect();
    std::fs::write(out.join("normalise.rs"), format!("[{rows}]")).unwrap();
}
