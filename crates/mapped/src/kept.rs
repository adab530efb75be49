//! A folder of compiled files: few are kept, for each choice of what they are made of has its own.

use std::path::Path;

/// Files kept of one ending: those of several choices of lists, or of the lists of several days.
const KEPT: usize = 4;

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
