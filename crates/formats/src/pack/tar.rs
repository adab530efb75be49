//! Tape archives.

use super::is_hidden;
use crate::model::Why;
use crate::walk::{Place, Walk};
use std::io::Read;

/// Hands on the files of an archive.
pub(crate) fn read(walk: &mut Walk, place: &Place, reader: Box<dyn Read + '_>) {
    let mut archive = tar::Archive::new(reader);
    let entries = match archive.entries() {
        Ok(entries) => entries,
        Err(error) => return walk.broken(place, &error),
    };
    let mut some = false;
    for entry in entries {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => return walk.broken(place, &error),
        };
        let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        let at = place.member(&name);
        let kind = entry.header().entry_type();
        if kind.is_dir() || kind.is_pax_global_extensions() {
            continue;
        }
        some = true;
        if !walk.may_go_on(&at) {
            return;
        }
        if is_hidden(&name) {
            walk.leave(&at, Why::Hidden, "hidden");
        } else if kind.is_file() || kind.is_contiguous() || kind.is_gnu_sparse() {
            walk.take(&at, Box::new(entry));
        } else {
            walk.leave(&at, Why::Skipped, "neither a file nor a folder");
        }
        if walk.is_over() {
            return;
        }
    }
    if !some {
        walk.refuse(place, "empty: an archive without files");
    }
}
