//! Streams that unpack to more than memory should hold. The parser unpacks a stream as a whole, so this is looked at
//! first, in the raw bytes.

use crate::limits::Limits;
use flate2::read::ZlibDecoder;
use std::io::Read;

/// Most bytes of one unpacked stream.
const LARGEST: u64 = 64 << 20;
/// Deflate packs a thousand to one at best: a shorter stream cannot reach [`LARGEST`].
const SHORTEST: usize = 60 << 10;

/// Refuses files with a stream that is packed twice, or unpacks to more than memory should hold.
pub(crate) fn check(bytes: &[u8], limits: &Limits) -> Result<(), String> {
    let largest = LARGEST.min(limits.max_bytes);
    let mut rest = bytes;
    while let Some(at) = find(rest, b"stream") {
        let ends_one = at >= 3 && rest.get(at - 3..at) == Some(b"end");
        rest = rest.get(at + 6..).unwrap_or_default();
        if ends_one {
            continue;
        }
        let data = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
        let data = data.get(..find(data, b"endstream").unwrap_or(data.len())).unwrap_or_default();
        if packs(data) && (data.len() >= SHORTEST || packs_twice(data)) && unpacked(data, largest) > largest {
            return Err(format!("a PDF with a stream that unpacks to more than {} MiB", largest >> 20));
        }
    }
    Ok(())
}

fn find(bytes: &[u8], word: &[u8]) -> Option<usize> {
    memchr::memmem::find(bytes, word)
}

/// True for the two bytes at the head of a zlib stream.
fn packs(data: &[u8]) -> bool {
    match data {
        [first, second, ..] => {
            first & 0x0F == 8 && (u16::from(*first) << 8 | u16::from(*second)).is_multiple_of(31)
        }
        _ => false,
    }
}

fn packs_twice(data: &[u8]) -> bool {
    let mut head = [0; 2];
    ZlibDecoder::new(data).read_exact(&mut head).is_ok() && packs(&head)
}

/// Bytes that come out, counted up to just above the limit, of both layers where there are two.
fn unpacked(data: &[u8], largest: u64) -> u64 {
    let count = |reader: &mut dyn Read| {
        let mut counted = 0;
        let mut buffer = [0; 16 << 10];
        while let Ok(read @ 1..) = reader.read(&mut buffer) {
            counted += read as u64;
            if counted > largest {
                break;
            }
        }
        counted
    };
    let once = count(&mut ZlibDecoder::new(data));
    if packs_twice(data) { once.max(count(&mut ZlibDecoder::new(ZlibDecoder::new(data)))) } else { once }
}
