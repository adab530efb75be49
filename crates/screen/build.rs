//! Embeds the names of countries, and says what the program is that makes an index.

use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

/// What an index comes from besides the lists and the data: whoever changes any of it gets another index, without having to
/// remember a number. The lock file stands for the dependencies.
const SOURCES: [&str; 5] =
    ["src", "../names/src", "../watchlist/src/party.rs", "../watchlist/src/link.rs", "../../Cargo.lock"];

fn main() {
    lagebild_data::embed("../../data", &["world/countries", "names/countries"]);
    let mut digest = Sha256::new();
    for source in SOURCES {
        println!("cargo::rerun-if-changed={source}");
        for file in files(Path::new(source)) {
            digest.update(std::fs::read(file).unwrap_or_default());
            digest.update([0]);
        }
    }
    println!("cargo::rustc-env=BUILD_HASH={:x}", digest.finalize());
}

/// The file, or all files of a folder, in order of path.
fn files(path: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(path) else { return vec![path.into()] };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths.iter().flat_map(|path| files(path)).collect()
}
