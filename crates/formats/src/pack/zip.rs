//! ZIP archives, and what is one inside: office files, EPUB, WACZ.

use super::is_hidden;
use crate::budget::{Counted, Packed};
use crate::model::Why;
use crate::office;
use crate::walk::{Place, Walk};
use std::io::{Read, Seek, SeekFrom};
use std::rc::Rc;
use zip::ZipArchive;
use zip::result::ZipError;

/// Members whose list is held in memory.
const MOST_MEMBERS: u64 = 200_000;

/// Hands on what an archive holds.
pub(crate) fn read(walk: &mut Walk, place: &Place, mut file: impl Read + Seek) {
    if let Some(count) = members(&mut file).filter(|&count| count > MOST_MEMBERS) {
        return walk.refuse(
            place,
            format!("a ZIP archive of {count} members; more than {MOST_MEMBERS} are not read"),
        );
    }
    let mut archive = match ZipArchive::new(file) {
        Ok(archive) => archive,
        Err(error) => return walk.refuse(place, reason(&error)),
    };
    if archive.is_empty() {
        return walk.refuse(place, "empty: an archive without files");
    }
    if let Some(format) = office::Format::of(&mut archive) {
        return office::read(walk, place, archive, format);
    }
    let is_wacz = archive.index_for_name("datapackage.json").is_some()
        && archive.file_names().any(|name| name.starts_with("archive/"));
    for index in 0..archive.len() {
        let (name, is_dir) = match archive.by_index_raw(index) {
            Ok(entry) => (entry.name().to_owned(), entry.is_dir()),
            Err(error) => {
                walk.refuse(&place.member(&format!("member {}", index + 1)), reason(&error));
                continue;
            }
        };
        // What a WACZ holds beside its archive are indexes.
        if is_dir || is_wacz && !name.starts_with("archive/") {
            continue;
        }
        let at = place.member(&name);
        if !walk.may_go_on(&at) {
            return;
        }
        if is_hidden(&name) {
            walk.leave(&at, Why::Hidden, "hidden");
            continue;
        }
        match archive.by_index(index) {
            Ok(entry) => {
                let counted = Counted::new(entry, Rc::clone(&walk.budget), *walk.limits, Packed::No);
                walk.take(&at, Box::new(counted));
            }
            Err(error) => walk.refuse(&at, reason(&error)),
        }
        if walk.is_over() {
            return;
        }
    }
}

/// The count of members that the end of the archive states; it is looked at before the list is read.
fn members(file: &mut (impl Read + Seek)) -> Option<u64> {
    let length = file.seek(SeekFrom::End(0)).ok()?;
    let tail = length.min(66_000);
    file.seek(SeekFrom::Start(length - tail)).ok()?;
    let mut end = Vec::new();
    file.by_ref().take(tail).read_to_end(&mut end).ok()?;
    file.rewind().ok()?;
    let at = memchr::memmem::rfind(&end, b"PK\x05\x06")?;
    let count = u64::from(u16::from_le_bytes(end.get(at + 10..at + 12)?.try_into().ok()?));
    if count < 0xFFFF {
        return Some(count);
    }
    let wide = memchr::memmem::rfind(end.get(..at)?, b"PK\x06\x06")?;
    Some(u64::from_le_bytes(end.get(wide + 32..wide + 40)?.try_into().ok()?))
}

fn reason(error: &ZipError) -> String {
    match error {
        ZipError::UnsupportedArchive(what) if what.to_lowercase().contains("password") => {
            "encrypted: unpack it with its password first".into()
        }
        ZipError::UnsupportedArchive(what) => format!("packed in a way that is not read: {what}"),
        error => format!("a ZIP archive that is broken or cut off: {error}"),
    }
}
