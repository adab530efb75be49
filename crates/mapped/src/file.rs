//! The file: a head that says where its sections lie, then the sections.
//!
//! ```text
//! magic                16 bytes: which kind of file, and which layout of it
//! checksum             u64, over all that follows (`sum_of`): checked whenever the file is opened
//! SHA-256              32 bytes, over all that follows: names the content in reports
//! sections             u64 offset, u64 length of each
//! …                    the sections, each beginning at a multiple of eight
//! ```
//! All numbers are little-endian. What does not have its checksum is not opened: a byte that turned on the disk could make a
//! listed party vanish. Every access is checked nevertheless.

use crate::hash_of;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::ops::Range;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

/// What a kind of file begins with; it names the layout, too.
pub type Magic = [u8; 16];

/// Where the part begins that the checksum is of.
const CHECKED: usize = size_of::<Magic>() + 8;
const HEAD: usize = CHECKED + 32;

/// Why bytes cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum Misfit {
    /// The file cannot be read.
    #[error(transparent)]
    File(#[from] std::io::Error),
    /// They are something else, or of another layout.
    #[error("it is no such file, or one of another version")]
    Layout,
    /// They are such a file, but not the bytes that were written.
    #[error("it is damaged: its content does not have its checksum")]
    Damaged,
}

/// Sections while they are gathered, by their numbers.
#[derive(Debug)]
pub struct Sections(Vec<Vec<u8>>);

impl Sections {
    /// So many empty ones.
    pub fn new(count: usize) -> Self {
        Self(vec![Vec::new(); count])
    }

    /// The bytes of a section.
    ///
    /// # Panics
    /// When there are not so many sections.
    pub fn of(&mut self, section: usize) -> &mut Vec<u8> {
        &mut self.0[section]
    }

    /// The whole file, in memory.
    pub fn finish(self, magic: &Magic) -> Mapped {
        let mut file = vec![0; HEAD + self.0.len() * 16];
        file[..magic.len()].copy_from_slice(magic);
        let mut places = Vec::new();
        for (at, section) in self.0.iter().enumerate() {
            file.resize(file.len().next_multiple_of(8), 0);
            let (start, length) = (file.len(), section.len());
            let entry = [(start as u64).to_le_bytes(), (length as u64).to_le_bytes()].concat();
            file[HEAD + at * 16..HEAD + at * 16 + 16].copy_from_slice(&entry);
            file.extend(section);
            places.push(start..start + length);
        }
        let digest = Sha256::digest(&file[HEAD..]);
        file[CHECKED..HEAD].copy_from_slice(&digest);
        seal(&mut file);
        Mapped { bytes: Bytes::Owned(file), places }
    }
}

/// Writes the checksum of a file into its head.
pub fn seal(file: &mut [u8]) {
    let sum = sum_of(file.get(CHECKED..).unwrap_or_default());
    if let Some(place) = file.get_mut(size_of::<Magic>()..CHECKED) {
        place.copy_from_slice(&sum.to_le_bytes());
    }
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
            sums.push((at, hash_of(chunk)));
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
    hash_of(&all)
}

fn next_of<'a>(next: &AtomicUsize, chunks: &[&'a [u8]]) -> Option<(usize, &'a [u8])> {
    let at = next.fetch_add(1, Ordering::Relaxed);
    Some((at, chunks.get(at)?))
}

#[derive(Debug)]
enum Bytes {
    Mapped(memmap2::Mmap),
    Owned(Vec<u8>),
}

/// A file, opened. It may be shared between threads.
#[derive(Debug)]
pub struct Mapped {
    bytes: Bytes,
    places: Vec<Range<usize>>,
}

impl Mapped {
    /// Maps a file of so many sections into memory. All of it is read once, for its checksum.
    pub fn open(path: &Path, magic: &Magic, sections: usize) -> Result<Self, Misfit> {
        let file = File::open(path)?;
        #[expect(unsafe_code, reason = "the file is replaced by renaming, never written in place (`write`)")]
        let mapped = unsafe { memmap2::Mmap::map(&file) };
        Self::new(Bytes::Mapped(mapped?), magic, sections)
    }

    /// Reads a file into memory, for a program that runs for long: one that was mapped would be killed by whoever cuts the file
    /// off meanwhile.
    pub fn load(path: &Path, magic: &Magic, sections: usize) -> Result<Self, Misfit> {
        Self::from_bytes(std::fs::read(path)?, magic, sections)
    }

    /// The bytes of such a file.
    pub fn from_bytes(bytes: Vec<u8>, magic: &Magic, sections: usize) -> Result<Self, Misfit> {
        Self::new(Bytes::Owned(bytes), magic, sections)
    }

    fn new(bytes: Bytes, magic: &Magic, sections: usize) -> Result<Self, Misfit> {
        let all = bytes.all();
        if !all.starts_with(magic) {
            return Err(Misfit::Layout);
        }
        let stated = all.get(magic.len()..CHECKED).ok_or(Misfit::Damaged)?;
        if sum_of(all.get(CHECKED..).unwrap_or_default()).to_le_bytes() != stated {
            return Err(Misfit::Damaged);
        }
        let places = (0..sections).map(|at| place(all, at)).collect::<Option<_>>().ok_or(Misfit::Damaged)?;
        Ok(Self { bytes, places })
    }

    /// The bytes of a section.
    pub fn get(&self, section: usize) -> &[u8] {
        let place = self.places.get(section).cloned().unwrap_or_default();
        self.bytes.all().get(place).unwrap_or_default()
    }

    /// The whole file.
    pub fn bytes(&self) -> &[u8] {
        self.bytes.all()
    }

    /// The whole file, given away.
    pub fn into_bytes(self) -> Vec<u8> {
        match self.bytes {
            Bytes::Mapped(mapped) => mapped.to_vec(),
            Bytes::Owned(bytes) => bytes,
        }
    }

    /// SHA-256 of the content in hexadecimal, as the file states it.
    pub fn hash(&self) -> String {
        hex(self.bytes.all().get(CHECKED..HEAD).unwrap_or_default())
    }
}

/// Where a section lies.
fn place(file: &[u8], section: usize) -> Option<Range<usize>> {
    let number = |from: usize| {
        let eight = file.get(from..from + 8)?.try_into().ok()?;
        usize::try_from(u64::from_le_bytes(eight)).ok()
    };
    let (start, length) = (number(HEAD + section * 16)?, number(HEAD + section * 16 + 8)?);
    Some(start..start.checked_add(length).filter(|&end| end <= file.len())?)
}

impl Bytes {
    fn all(&self) -> &[u8] {
        match self {
            Self::Mapped(mapped) => mapped,
            Self::Owned(bytes) => bytes,
        }
    }
}

/// Bytes in hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .map(|n| char::from(b"0123456789abcdef"[usize::from(n)]))
        .collect()
}

/// Writes a file beside its place and renames it, so that readers have either the old one or the new one. What could not be
/// written whole, on a full disk, leaves nothing behind.
pub fn write(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    write_with(path, |out| out.write_all(bytes))
}

/// The same of what is written piece by piece.
pub fn write_with(
    path: &Path,
    content: impl FnOnce(&mut dyn Write) -> std::io::Result<()>,
) -> std::io::Result<()> {
    static ATTEMPTS: AtomicUsize = AtomicUsize::new(0);
    // Two threads may write the same file at once: each has a file of its own until it is renamed.
    let attempt = ATTEMPTS.fetch_add(1, Ordering::Relaxed);
    let beside = path.with_extension(format!("{}-{}.new", std::process::id(), attempt));
    let filled = File::create(&beside).and_then(|created| {
        let mut out = BufWriter::new(created);
        content(&mut out)?;
        out.into_inner().map_err(std::io::IntoInnerError::into_error)?.sync_all()
    });
    filled.and_then(|()| std::fs::rename(&beside, path)).inspect_err(|_| {
        let _ = std::fs::remove_file(&beside);
    })
}

#[cfg(test)]
mod tests {
    use super::write;

    #[test]
    fn two_that_write_the_same_file_at_once_leave_one_of_them_whole() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("file");
        std::thread::scope(|scope| {
            for letter in b'a'..b'e' {
                let path = &path;
                scope.spawn(move || {
                    (0..20).for_each(|_| write(path, &vec![letter; 30_000]).expect("written"));
                });
            }
        });
        let bytes = std::fs::read(&path).expect("the file");
        assert_eq!(bytes.len(), 30_000);
        assert!(bytes.iter().all(|byte| *byte == bytes[0]), "of one writer");
        assert_eq!(
            std::fs::read_dir(folder.path()).expect("the folder").count(),
            1,
            "nothing is left beside it"
        );
    }
}
