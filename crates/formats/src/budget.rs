//! What an input has been unpacked to, against its own size.

use crate::limits::Limits;
use std::cell::Cell;
use std::io::{Error, Read};
use std::rc::Rc;

/// Any input may unpack to this much.
const ALWAYS: u64 = 64 << 20;

/// Counts for one input.
#[derive(Debug, Default)]
pub(crate) struct Budget {
    packed: Cell<u64>,
    unpacked: Cell<u64>,
    members: Cell<u64>,
}

impl Budget {
    pub(crate) fn add_packed(&self, bytes: u64) {
        self.packed.set(self.packed.get().saturating_add(bytes));
    }

    pub(crate) fn add_unpacked(&self, bytes: u64) {
        self.unpacked.set(self.unpacked.get().saturating_add(bytes));
    }

    pub(crate) fn count_member(&self) -> u64 {
        self.members.set(self.members.get() + 1);
        self.members.get()
    }

    /// Why no more is unpacked.
    pub(crate) fn spent(&self, limits: &Limits) -> Option<String> {
        let unpacked = self.unpacked.get();
        let by_size = ALWAYS.saturating_add(self.packed.get().saturating_mul(limits.max_ratio));
        if unpacked > by_size {
            return Some(format!(
                "unpacks to more than {} times its size (a bomb?): the rest is not read",
                limits.max_ratio
            ));
        }
        (unpacked > limits.max_unpacked)
            .then(|| format!("unpacks to more than {} GiB: the rest is not read", limits.max_unpacked >> 30))
    }
}

/// Which side of the packing a reader stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Packed {
    Yes,
    No,
}

/// A reader whose bytes are counted, and that ends where the budget does.
pub(crate) struct Counted<R> {
    inner: R,
    budget: Rc<Budget>,
    limits: Limits,
    packed: Packed,
}

impl<R> Counted<R> {
    pub(crate) fn new(inner: R, budget: Rc<Budget>, limits: Limits, packed: Packed) -> Self {
        Self { inner, budget, limits, packed }
    }
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.inner.read(buffer)?;
        match self.packed {
            Packed::Yes => self.budget.add_packed(read as u64),
            Packed::No => self.budget.add_unpacked(read as u64),
        }
        match self.budget.spent(&self.limits) {
            Some(reason) => Err(Error::other(reason)),
            None => Ok(read),
        }
    }
}
