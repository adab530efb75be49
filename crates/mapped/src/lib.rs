//! Files that are compiled once and then mapped into memory: of sections, with a checksum over all.
//!
//! [`Sections`] gathers a file, [`Mapped`] opens it, [`write()`] puts it on the disk. A section is bytes; [`Records`] and [`Multimap`]
//! are two ways to fill one and to ask it without unpacking it.
//!
//! Knows bytes. It must not know what they mean, nor which program made them: whoever keeps a file here says so in a section.

mod file;
mod kept;
mod multimap;
mod records;

pub use file::{Magic, Mapped, Misfit, Sections, hex, seal, write, write_with};
pub use kept::{fingerprint, forget_old};
pub use multimap::{Multimap, Values, multimap};
pub use records::{Records, RecordsBuilder};

/// A hash that is kept in files: XXH3, 64 bits, the same on every machine and with every compiler.
#[inline]
pub fn hash_of(bytes: &[u8]) -> u64 {
    twox_hash::XxHash3_64::oneshot(bytes)
}

/// The number at place `at` of a section of u32.
#[inline]
pub fn u32_at(section: &[u8], at: usize) -> Option<u32> {
    section.get(at * 4..at * 4 + 4)?.try_into().ok().map(u32::from_le_bytes)
}

/// The number at place `at` of a section of u64.
#[inline]
pub fn u64_at(section: &[u8], at: usize) -> Option<u64> {
    section.get(at * 8..at * 8 + 8)?.try_into().ok().map(u64::from_le_bytes)
}
