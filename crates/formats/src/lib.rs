//! What people really have, taken apart into texts: PDF, office files, mail, feeds, web archives, packed files.
//!
//! [`open`] goes through one input and gives every text that it finds, with where it comes from ([`Origin`]) and where
//! its pages, slides or sheets begin. What gives no text is a [`Refusal`] that says why; the others are not touched by
//! it. Limits count bytes and things drawn, never seconds, so that a file gives the same on every machine.
//!
//! Knows formats of files. It must not know what a text says: blocks, languages and encodings of plain texts are the
//! business of `document`, which comes next.

mod budget;
mod feed;
mod kind;
mod limits;
mod mail;
mod model;
mod ocr;
mod office;
mod pack;
mod pdf;
mod walk;
mod xml;

pub use feed::{Feed, Item};
pub use kind::{ENDINGS, Kind, TEXT_ENDINGS};
pub use limits::Limits;
pub use model::{Content, Download, Found, Mail, Origin, Piece, Refusal, Role, Why, Written};
pub use ocr::{Ocr, Picture, Program, Recognise, Recogniser, SeenLine, SeenParagraph};

use budget::{Budget, Counted, Packed};
use std::fs::File;
use std::io::{BufReader, Read, Seek};
use std::rc::Rc;
use std::sync::mpsc::{Receiver, sync_channel};
use walk::{Place, Walk};

/// Stack of the thread that goes through a file.
const STACK: usize = 16 << 20;

/// The texts in the bytes of an input; pages that are pictures give none.
pub fn read(name: &str, bytes: Vec<u8>, limits: &Limits) -> Vec<Result<Found, Refusal>> {
    read_with(name, bytes, limits, Recogniser::default())
}

/// The texts in the bytes of an input; pages that are pictures are shown to `recogniser`.
pub fn read_with(
    name: &str,
    bytes: Vec<u8>,
    limits: &Limits,
    recogniser: Recogniser,
) -> Vec<Result<Found, Refusal>> {
    let mut found = Vec::new();
    let mut emit = |one| {
        found.push(one);
        true
    };
    let budget = Rc::new(Budget::default());
    budget.add_packed(bytes.len() as u64);
    let place = Place { name: name.to_owned(), ..Place::default() };
    let kind = Kind::of(name, bytes.get(..8192).unwrap_or(&bytes));
    let mut walk = Walk::new(limits, budget, recogniser, &mut emit);
    match kind {
        Some(Kind::Gzip | Kind::Zstd | Kind::Xz | Kind::Tar | Kind::Warc | Kind::Mbox) => {
            walk.take(&place, Box::new(bytes.as_slice()));
        }
        kind => walk.take_bytes(&place, bytes, kind),
    }
    found
}

/// The texts in an open file, one after the other as they are asked for. A file of any size is read in the memory of
/// its largest member.
pub fn open(
    name: String,
    mut file: File,
    limits: Limits,
    recogniser: Recogniser,
) -> impl Iterator<Item = Result<Found, Refusal>> {
    stream(
        move |walk| {
            let place = Place { name, ..Place::default() };
            let mut head = [0; 4];
            let is_zip = file.read_exact(&mut head).is_ok() && head.starts_with(b"PK");
            if let Err(error) = file.rewind() {
                return walk.broken(&place, &error);
            }
            if is_zip {
                walk.budget.add_packed(file.metadata().map_or(0, |facts| facts.len()));
                return walk.take_zip(&place, BufReader::new(file));
            }
            let counted =
                Counted::new(BufReader::new(file), Rc::clone(&walk.budget), *walk.limits, Packed::Yes);
            walk.take(&place, Box::new(counted));
        },
        limits,
        recogniser,
    )
}

/// The texts in what is read from front to end, such as standard input.
pub fn open_stream(
    name: String,
    reader: impl Read + Send + 'static,
    limits: Limits,
    recogniser: Recogniser,
) -> impl Iterator<Item = Result<Found, Refusal>> {
    stream(
        move |walk| {
            let place = Place { name, ..Place::default() };
            let counted = Counted::new(reader, Rc::clone(&walk.budget), *walk.limits, Packed::Yes);
            walk.take(&place, Box::new(counted));
        },
        limits,
        recogniser,
    )
}

/// Goes through an input on a thread of its own, which waits until each text is asked for: readers borrow from each
/// other, archive in archive, and could not be left and taken up again otherwise.
fn stream(
    go: impl FnOnce(&mut Walk) + Send + 'static,
    limits: Limits,
    recogniser: Recogniser,
) -> impl Iterator<Item = Result<Found, Refusal>> {
    let (sender, receiver): (_, Receiver<Result<Found, Refusal>>) = sync_channel(0);
    let worker = std::thread::Builder::new().name("formats".into()).stack_size(STACK).spawn(move || {
        let mut emit = |one| sender.send(one).is_ok();
        go(&mut Walk::new(&limits, Rc::new(Budget::default()), recogniser, &mut emit));
    });
    let failed = worker.err().map(|error| Err(Refusal::new("", format!("no thread for it: {error}"))));
    receiver.into_iter().chain(failed)
}
