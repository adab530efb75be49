//! The way through an input: archives in archives, down to texts.
//!
//! What is found is handed on at once, so an archive of any size is read in the memory of its largest member. Formats
//! that can be read from front to end (tar, gzip, web archives, mailboxes) are never held as a whole.

use crate::budget::{Budget, Counted, Packed};
use crate::kind::{self, Kind, TEXT_ENDINGS};
use crate::limits::Limits;
use crate::model::{Content, Found, Origin, Refusal, Why, Written};
use crate::ocr::Recogniser;
use crate::{feed, mail, office, pack, pdf};
use sha2::{Digest, Sha256};
use std::io::{Cursor, Read, Seek};
use std::rc::Rc;

/// Bytes that are looked at to tell a format.
const HEAD: u64 = 8 << 10;

/// Takes what is found; false when no more is wanted.
pub(crate) type Emit<'a> = dyn FnMut(Result<Found, Refusal>) -> bool + 'a;

/// An input on its way.
pub(crate) struct Walk<'a> {
    pub(crate) limits: &'a Limits,
    pub(crate) budget: Rc<Budget>,
    recogniser: Recogniser,
    emit: &'a mut Emit<'a>,
    /// No more is wanted, or the input is a bomb.
    ended: bool,
}

/// Where the walk is.
#[derive(Clone, Debug, Default)]
pub(crate) struct Place {
    /// The input and the way to the member.
    pub(crate) name: String,
    pub(crate) origin: Origin,
    /// Archives around it.
    pub(crate) depth: usize,
    /// It was found in an archive of files: what is no text by its name is left.
    pub(crate) is_file: bool,
}

impl Place {
    /// A member of the archive that is here.
    pub(crate) fn member(&self, member: &str) -> Self {
        let mut origin = self.origin.clone();
        origin.members.push(member.to_owned());
        Self { name: format!("{}!{member}", self.name), origin, depth: self.depth + 1, is_file: true }
    }
}

impl<'a> Walk<'a> {
    pub(crate) fn new(
        limits: &'a Limits,
        budget: Rc<Budget>,
        recogniser: Recogniser,
        emit: &'a mut Emit<'a>,
    ) -> Self {
        Self { limits, budget, recogniser, emit, ended: false }
    }

    /// True when nothing more is to be read.
    pub(crate) fn is_over(&self) -> bool {
        self.ended
    }

    pub(crate) fn refuse(&mut self, place: &Place, reason: impl Into<String>) {
        self.hand(Err(Refusal::new(&place.name, reason)));
    }

    pub(crate) fn leave(&mut self, place: &Place, why: Why, reason: impl Into<String>) {
        self.hand(Err(Refusal { why, ..Refusal::new(&place.name, reason) }));
    }

    pub(crate) fn written(&mut self, place: &Place, format: &str, written: Written, sha256: String) {
        if written.pieces.is_empty() {
            return self.refuse(place, "empty: it holds no words");
        }
        let mut origin = place.origin.clone();
        format.clone_into(&mut origin.format);
        let content = Content::Written { written: Box::new(written), sha256 };
        self.hand(Ok(Found { name: place.name.clone(), origin, content }));
    }

    pub(crate) fn hand(&mut self, found: Result<Found, Refusal>) {
        if !self.ended {
            self.ended = !(self.emit)(found);
        }
    }

    /// Counts a member; false when there are too many, which is said.
    pub(crate) fn may_go_on(&mut self, place: &Place) -> bool {
        if self.ended {
            return false;
        }
        let reason = if let Some(reason) = self.budget.spent(self.limits) {
            reason
        } else if self.budget.count_member() > self.limits.max_members {
            format!("more than {} members: the rest is not read", self.limits.max_members)
        } else {
            return true;
        };
        self.refuse(place, reason);
        self.ended = true;
        false
    }

    /// Takes an input or member that is read from front to end.
    pub(crate) fn take(&mut self, place: &Place, mut reader: Box<dyn Read + '_>) {
        let mut head = Vec::new();
        if let Err(error) = reader.by_ref().take(HEAD).read_to_end(&mut head) {
            return self.broken(place, &error);
        }
        let kind = Kind::of(&place.name, &head);
        if kind.is_none() && self.is_no_text(place, &head) {
            return;
        }
        if place.depth >= self.limits.max_depth && kind.is_some_and(packs) {
            return self
                .refuse(place, format!("packed more than {} deep: not opened", self.limits.max_depth));
        }
        let whole: Box<dyn Read + '_> = Box::new(Cursor::new(head).chain(reader));
        match kind {
            Some(Kind::Gzip) => {
                let unpacked = flate2::read::MultiGzDecoder::new(whole);
                self.unpack(place, Box::new(unpacked), &["gz", "tgz"]);
            }
            Some(Kind::Zstd) => match zstd::Decoder::new(whole) {
                Ok(unpacked) => self.unpack(place, Box::new(unpacked), &["zst", "tzst"]),
                Err(error) => self.broken(place, &error),
            },
            Some(Kind::Xz) => match pack::xz(whole) {
                Ok(unpacked) => self.unpack(place, unpacked, &["xz", "txz"]),
                Err(error) => self.broken(place, &error),
            },
            Some(Kind::Tar) => pack::tar::read(self, place, whole),
            Some(Kind::Warc) => pack::warc::read(self, place, whole),
            Some(Kind::Mbox) => mail::mbox::read(self, place, whole),
            kind => {
                if let Some(bytes) = self.all(place, whole) {
                    self.take_bytes(place, bytes, kind);
                }
            }
        }
    }

    /// Takes an input or member that is held as a whole.
    pub(crate) fn take_bytes(&mut self, place: &Place, bytes: Vec<u8>, kind: Option<Kind>) {
        match kind {
            Some(Kind::Zip) => pack::zip::read(self, place, Cursor::new(&bytes)),
            Some(Kind::Compound) => mail::compound(self, place, &bytes),
            Some(Kind::Mail) => mail::read(self, place, &bytes),
            Some(Kind::Feed) => feed::read(self, place, &bytes),
            Some(Kind::Rtf) => match office::rtf::read(&bytes) {
                Ok(written) => self.written(place, "rtf", written, sha256(&bytes)),
                Err(reason) => self.refuse(place, reason),
            },
            Some(Kind::Pdf) => {
                let mut place = place.clone();
                match pdf::read(&bytes, self.limits, &self.recogniser, &mut place.origin) {
                    Ok(written) => self.written(&place, "pdf", written, sha256(&bytes)),
                    Err(reason) => self.refuse(&place, reason),
                }
            }
            _ => {
                let found = Found {
                    name: place.name.clone(),
                    origin: place.origin.clone(),
                    content: Content::Raw(bytes),
                };
                self.hand(Ok(found));
            }
        }
    }

    /// A ZIP file on the disk: it is not read from front to end.
    pub(crate) fn take_zip(&mut self, place: &Place, file: impl Read + Seek) {
        pack::zip::read(self, place, file);
    }

    /// All bytes of a text or file, if they are not too many.
    pub(crate) fn all(&mut self, place: &Place, reader: impl Read) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        match reader.take(self.limits.max_bytes.saturating_add(1)).read_to_end(&mut bytes) {
            Err(error) => self.broken(place, &error),
            Ok(_) if bytes.len() as u64 > self.limits.max_bytes => {
                self.leave(
                    place,
                    Why::TooLarge,
                    format!("larger than {} MiB", self.limits.max_bytes.div_ceil(1 << 20)),
                );
            }
            Ok(_) => return Some(bytes),
        }
        None
    }

    /// Goes on with what was packed, under the name without the ending.
    fn unpack(&mut self, place: &Place, unpacked: Box<dyn Read + '_>, endings: &[&str]) {
        let mut inner = place.clone();
        inner.depth += 1;
        if let Some((stem, ending)) = place.name.rsplit_once('.') {
            let ending = ending.to_ascii_lowercase();
            if ending.starts_with('t') && endings.contains(&ending.as_str()) {
                inner.name = format!("{stem}.tar");
            } else if endings.contains(&ending.as_str()) {
                stem.clone_into(&mut inner.name);
            }
        }
        let counted = Counted::new(unpacked, Rc::clone(&self.budget), *self.limits, Packed::No);
        self.take(&inner, Box::new(counted));
    }

    pub(crate) fn broken(&mut self, place: &Place, error: &std::io::Error) {
        match self.budget.spent(self.limits) {
            Some(reason) => {
                self.refuse(place, reason);
                self.ended = true;
            }
            None => self.refuse(place, format!("broken or cut off: {error}")),
        }
    }

    /// Leaves a file of an archive whose name and bytes are no text's.
    fn is_no_text(&mut self, place: &Place, head: &[u8]) -> bool {
        let ending = kind::ending(&place.name);
        if !place.is_file || TEXT_ENDINGS.contains(&ending.as_str()) {
            return false;
        }
        let is_page = {
            let start = String::from_utf8_lossy(head.get(..512).unwrap_or(head)).to_ascii_lowercase();
            start.contains("<html") || start.contains("<!doctype html")
        };
        if is_page || head.is_empty() {
            return false;
        }
        let what = if ending.is_empty() {
            "a file without an ending is not read".to_owned()
        } else if kind::ENDINGS.contains(&ending.as_str()) {
            format!("named .{ending}, but it is none")
        } else {
            format!(".{ending} files are not read")
        };
        self.leave(place, Why::Skipped, what);
        true
    }
}

/// True for what holds more files.
fn packs(kind: Kind) -> bool {
    matches!(kind, Kind::Zip | Kind::Tar | Kind::Gzip | Kind::Zstd | Kind::Xz | Kind::Warc | Kind::Mbox)
}

/// SHA-256 of bytes, lower-case hexadecimal.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    sha256_of(bytes)
}

/// SHA-256 of what a reader gives.
pub(crate) fn sha256_of(mut reader: impl Read) -> String {
    let mut hasher = Sha256::new();
    let mut buffer = [0; 16 << 10];
    while let Ok(read @ 1..) = reader.read(&mut buffer) {
        hasher.update(buffer.get(..read).unwrap_or_default());
    }
    format!("{:x}", hasher.finalize())
}
