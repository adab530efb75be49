//! A byte stream of XML in which a `<` that begins no tag ("<54") is escaped: some published files have it in names.

use std::cell::Cell;
use std::io::{BufRead, Read, Result};
use std::rc::Rc;

/// The stream, and how many places were mended so far.
pub(super) struct Mended<R> {
    source: R,
    ready: Vec<u8>,
    given: usize,
    open: bool,
    count: Rc<Cell<u64>>,
}

impl<R: BufRead> Mended<R> {
    pub(super) fn new(source: R, count: Rc<Cell<u64>>) -> Self {
        Self { source, ready: Vec::new(), given: 0, open: false, count }
    }

    fn refill(&mut self) -> Result<()> {
        self.ready.clear();
        self.given = 0;
        let bytes = self.source.fill_buf()?;
        for &byte in bytes {
            if self.open {
                if begins_tag(byte) {
                    self.ready.push(b'<');
                } else {
                    self.ready.extend(b"&lt;");
                    self.count.set(self.count.get() + 1);
                }
            }
            self.open = byte == b'<';
            if !self.open {
                self.ready.push(byte);
            }
        }
        let length = bytes.len();
        self.source.consume(length);
        if length == 0 && std::mem::take(&mut self.open) {
            self.ready.push(b'<');
        }
        Ok(())
    }
}

impl<R: BufRead> Read for Mended<R> {
    fn read(&mut self, out: &mut [u8]) -> Result<usize> {
        while self.given == self.ready.len() {
            self.refill()?;
            if self.ready.is_empty() && !self.open {
                return Ok(0);
            }
        }
        let rest = self.ready.get(self.given..).unwrap_or_default();
        let length = rest.len().min(out.len());
        if let (Some(to), Some(from)) = (out.get_mut(..length), rest.get(..length)) {
            to.copy_from_slice(from);
        }
        self.given += length;
        Ok(length)
    }
}

fn begins_tag(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || !byte.is_ascii() || matches!(byte, b'/' | b'?' | b'!' | b'_' | b':')
}
