//! `LAGEBILD_PROGRAM_HASH`: SHA-256 of the sources of this crate and of those that it is built on, for the stamp.

use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

/// The crates that take part in a reading; a test holds them against `Cargo.toml`.
const CRATES: [&str; 17] = [
    "data",
    "document",
    "entities",
    "ftm",
    "goods",
    "grammar",
    "language",
    "measures",
    "names",
    "page",
    "predicates",
    "reading",
    "relations",
    "span",
    "statements",
    "transfers",
    "watchlist",
];

#[expect(clippy::unwrap_used, reason = "a build script stops by panicking")]
fn main() {
    let mut hash = Sha256::new();
    for name in CRATES {
        let folder = Path::new("..").join(name).join("src");
        println!("cargo::rerun-if-changed={}", folder.display());
        for path in sources(&folder) {
            hash.update(path.to_string_lossy().as_bytes());
            hash.update(std::fs::read(&path).unwrap());
        }
    }
    println!("cargo::rustc-env=LAGEBILD_PROGRAM_HASH={:x}", hash.finalize());
}

/// The files of a folder and its subfolders, in order.
#[expect(clippy::unwrap_used, reason = "a build script stops by panicking")]
fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.into_iter().flat_map(|path| if path.is_dir() { sources(&path) } else { vec![path] }).collect()
}
