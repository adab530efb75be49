//! SHA-256 in hexadecimal, and packing.

use sha2::{Digest, Sha256};
use std::io::{Read, Write};

/// Most bytes that a packed thing may hold: a bundle from elsewhere must not fill the memory.
pub(crate) const MOST: u64 = 4 << 30;

pub(crate) fn sha256(bytes: &[u8]) -> String {
    format!("{:x}", Sha256::digest(bytes))
}

pub(crate) fn pack(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    out.write_all(bytes)?;
    out.finish()
}

pub(crate) fn unpack(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut out = Vec::new();
    flate2::read::GzDecoder::new(bytes).take(MOST).read_to_end(&mut out)?;
    Ok(out)
}
