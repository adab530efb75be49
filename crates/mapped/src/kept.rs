//! A folder of compiled files: few are kept, for each choice of what they are made of has its own.

use crate::file::{Magic, hex};
use sha2::{Digest, Sha256};
use std::path::Path;

/// Files kept of one ending: those of several choices of lists, or of the lists of several days.
const KEPT: usize = 4;

/// A name for what is made of these pieces (the program's, the lists' versions) in this layout: another of any is another name.
pub fn fingerprint<'p>(magic: &Magic, pieces: impl IntoIterator<Item = &'p str>) -> String {
    let mut digest = Sha256::new().chain_update(magic);
    for piece in pieces {
        digest.update(piece);
        digest.update([0]);
    }
    hex(digest.finalize().get(..8).unwrap_or_default())
}

/// Removes all files of an ending but the newest. One that is in use stays readable until it is closed; one that cannot be
/// removed does no harm.
pub fn forget_old(folder: &Path, ending: &str) {
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let ours = files.filter(|file| file.path().extension().is_some_and(|own| own == ending));
    let mut dated: Vec<_> =
        ours.filter_map(|file| Some((file.metadata().ok()?.modified().ok()?, file.path()))).collect();
    dated.sort();
    for (_, path) in dated.iter().rev().skip(KEPT) {
        let _ = std::fs::remove_file(path);
    }
}
