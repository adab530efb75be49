//! Archives and packed files.

pub(crate) mod tar;
pub(crate) mod warc;
pub(crate) mod zip;

use std::io::{Cursor, Error, Read};

/// Largest window of xz: that of its strongest preset.
const LARGEST_WINDOW: u64 = 64 << 20;

/// What xz packed, if its window is no larger than memory should hold.
pub(crate) fn xz<'a>(mut reader: Box<dyn Read + 'a>) -> std::io::Result<Box<dyn Read + 'a>> {
    let mut head = Vec::new();
    reader.by_ref().take(64).read_to_end(&mut head)?;
    // Header of the first block: the filter LZMA2 (0x21), one byte of properties, which stands for the window.
    let block = head.get(12..).unwrap_or_default();
    let window = block.windows(3).skip(2).find(|three| three.starts_with(&[0x21, 0x01]));
    if let Some([_, _, bits]) = window {
        let size = (2 | u64::from(bits & 1)) << (bits.min(&62) / 2 + 11);
        if size > LARGEST_WINDOW {
            return Err(Error::other("xz with a window larger than 64 MiB"));
        }
    }
    Ok(Box::new(lzma_rust2::XzReader::new(Cursor::new(head).chain(reader), true)))
}

/// True for what programs leave in archives beside the files that people put there.
pub(crate) fn is_hidden(member: &str) -> bool {
    member.split('/').any(|part| part.starts_with('.') && part != "." && part != ".." || part == "__MACOSX")
}
