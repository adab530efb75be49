//! The index file: a head that says where its sections lie, then the sections.
//!
//! ```text
//! "Lagebild index 8"   16 bytes
//! checksum             u64, over all that follows (`sum_of`): checked whenever the file is opened
//! SHA-256              32 bytes, over all that follows: names the content in reports
//! sections             u64 offset, u64 length of each, in the order of `Section`
//! …                    the sections, each beginning at a multiple of eight
//! ```
//! All numbers are little-endian. What does not have its checksum is not opened: a byte that turned on the disk could make a
//! listed party vanish. Every access is checked nevertheless.

use lagebild_names::checksum;
use sha2::{Digest, Sha256};
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Begins every index; the digit is the version of the layout.
pub(crate) const MAGIC: &[u8; 16] = b"Lagebild index 8";
/// Where the part begins that the checksum is of.
const CHECKED: usize = MAGIC.len() + 8;
const HEAD: usize = CHECKED + 32;

/// What the file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Section {
    /// JSON: [`crate::IndexStamp`].
    Stamp,
    /// Parties as JSON, one after the other.
    Parties,
    /// u32: where each party begins in `Parties`; one more for the end.
    PartyOffsets,
    /// What can be compared of each party besides its names ([`crate::facts::Facts`]).
    Facts,
    /// u32: where each party's facts begin; one more for the end.
    FactOffsets,
    /// Prepared names.
    Names,
    /// u32: where each name begins in `Names`; one more for the end.
    NameOffsets,
    /// u32: the party of each name.
    NameParties,
    /// u128: the outlines that parts of names have, each once.
    Outlines,
    /// u32: the parts of each name by their places in `Outlines`, one name after the other.
    Parts,
    /// u32: where each name's parts begin in `Parts`, counted in parts; one more for the end.
    PartOffsets,
    /// u64, ascending: the keys.
    Keys,
    /// u32: where each key's names begin in `Postings`, counted in entries; one more for the end.
    KeyOffsets,
    /// u32, ascending within a key: names with the part that stands there (`candidates::entry`).
    Postings,
    /// JSON: the links that parties state ([`crate::links::Stored`]), one after the other.
    Links,
    /// u32: where each link begins in `Links`; one more for the end.
    LinkOffsets,
    /// u32: the links of each party, whichever end of them it is, by their numbers, one party after the other.
    PartyLinks,
    /// u32: where each party's links begin in `PartyLinks`, counted in links; one more for the end.
    PartyLinkOffsets,
}

const SECTIONS: usize = Section::PartyLinkOffsets as usize + 1;

/// Sections while they are gathered.
#[derive(Default)]
pub(crate) struct Sections([Vec<u8>; SECTIONS]);

impl Sections {
    pub(crate) fn of(&mut self, section: Section) -> &mut Vec<u8> {
        &mut self.0[section as usize]
    }

    pub(crate) fn push_u32(&mut self, section: Section, value: u32) {
        self.of(section).extend(value.to_le_bytes());
    }

    /// The length of a section in bytes, as an offset.
    pub(crate) fn end(&self, section: Section) -> u32 {
        self.0[section as usize].len() as u32
    }

    /// The whole file.
    pub(crate) fn finish(self) -> Vec<u8> {
        let mut places = Vec::new();
        let mut body = Vec::new();
        let table = SECTIONS * 16;
        for section in &self.0 {
            body.resize(body.len().next_multiple_of(8), 0);
            places.extend(((HEAD + table + body.len()) as u64).to_le_bytes());
            places.extend((section.len() as u64).to_le_bytes());
            body.extend(section);
        }
        let digest = Sha256::new().chain_update(&places).chain_update(&body).finalize();
        let mut file = [MAGIC.as_slice(), &[0; 8], &digest, &places, &body].concat();
        seal(&mut file);
        file
    }
}

/// Writes the checksum of a file into its head.
pub(crate) fn seal(file: &mut [u8]) {
    let sum = sum_of(file.get(CHECKED..).unwrap_or_default());
    if let Some(place) = file.get_mut(MAGIC.len()..CHECKED) {
        place.copy_from_slice(&sum.to_le_bytes());
    }
}

/// Why bytes are no index that can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Misfit {
    /// They are something else, or of another layout.
    Layout,
    /// They are an index, but not the bytes that were written.
    Damaged,
    /// They are of another program, or other knowledge of names.
    Foreign,
}

/// Bytes that are hashed in one go: large enough that starting costs nothing, small enough to be shared out.
const CHUNK: usize = 4 << 20;

/// The checksum of all bytes: XXH3 over the XXH3 of each chunk. The chunks are shared out among the processors, for an index of
/// 266 MB opens in 23 to 38 ms on two busy cores
/// (`cargo run --profile fast -p lagebild-eval --example open -- 266`).
fn sum_of(bytes: &[u8]) -> u64 {
    let chunks: Vec<&[u8]> = bytes.chunks(CHUNK).collect();
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get).min(chunks.len());
    let next = AtomicUsize::new(0);
    let work = || {
        let mut sums: Vec<(usize, u64)> = Vec::new();
        while let Some((at, chunk)) = next_of(&next, &chunks) {
            sums.push((at, checksum(chunk)));
        }
        sums
    };
    let mut sums = if threads < 2 {
        work()
    } else {
        std::thread::scope(|scope| {
            let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
            workers.into_iter().flat_map(|worker| worker.join().unwrap_or_default()).collect()
        })
    };
    sums.sort_unstable();
    let all: Vec<u8> = sums.into_iter().flat_map(|(_, sum)| sum.to_le_bytes()).collect();
    checksum(&all)
}

fn next_of<'a>(next: &AtomicUsize, chunks: &[&'a [u8]]) -> Option<(usize, &'a [u8])> {
    let at = next.fetch_add(1, Ordering::Relaxed);
    Some((at, chunks.get(at)?))
}

/// Where each section lies in the bytes of a file.
#[derive(Debug)]
pub(crate) struct Layout([Range<usize>; SECTIONS]);

impl Layout {
    /// Reads all of the bytes once.
    pub(crate) fn parse(bytes: &[u8]) -> Result<Self, Misfit> {
        if !bytes.starts_with(MAGIC) {
            return Err(Misfit::Layout);
        }
        let stated = bytes.get(MAGIC.len()..CHECKED).ok_or(Misfit::Damaged)?;
        if sum_of(bytes.get(CHECKED..).unwrap_or_default()).to_le_bytes() != stated {
            return Err(Misfit::Damaged);
        }
        Self::places(bytes).ok_or(Misfit::Damaged)
    }

    fn places(bytes: &[u8]) -> Option<Self> {
        let mut places: [Range<usize>; SECTIONS] = std::array::from_fn(|_| 0..0);
        for (at, place) in places.iter_mut().enumerate() {
            let number = |from: usize| {
                let eight = bytes.get(from..from + 8)?.try_into().ok()?;
                usize::try_from(u64::from_le_bytes(eight)).ok()
            };
            let (start, length) = (number(HEAD + at * 16)?, number(HEAD + at * 16 + 8)?);
            *place = start..start.checked_add(length).filter(|&end| end <= bytes.len())?;
        }
        Some(Self(places))
    }

    /// The bytes of a section.
    pub(crate) fn get<'a>(&self, bytes: &'a [u8], section: Section) -> &'a [u8] {
        bytes.get(self.0[section as usize].clone()).unwrap_or_default()
    }
}

/// The hash that the file states of itself.
pub(crate) fn hash(bytes: &[u8]) -> String {
    hex(bytes.get(CHECKED..HEAD).unwrap_or_default())
}

/// Bytes in hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .map(|n| char::from(b"0123456789abcdef"[usize::from(n)]))
        .collect()
}

/// The number at place `at` of a section of u32.
pub(crate) fn u32_at(section: &[u8], at: usize) -> Option<u32> {
    section.get(at * 4..at * 4 + 4)?.try_into().ok().map(u32::from_le_bytes)
}

/// The number at place `at` of a section of u64.
pub(crate) fn u64_at(section: &[u8], at: usize) -> Option<u64> {
    section.get(at * 8..at * 8 + 8)?.try_into().ok().map(u64::from_le_bytes)
}
