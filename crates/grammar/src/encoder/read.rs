//! Reading windows, batch by batch, with the instructions of the machine.
#![allow(
    unsafe_code,
    reason = "calls of functions that are compiled for other instructions; each says why it is sound"
)]

use super::forward::Room;
#[cfg(target_arch = "x86_64")]
use super::product::{Avx2, Avx512};
use super::product::{Portable, Product};
use super::{BATCH, Encoder, Habits, Instructions, Window, WindowReading, joins};

impl Encoder {
    /// Reads some windows: for each its sentences, for each of these its words.
    pub(crate) fn read(&self, windows: &[Window], language: Option<&str>) -> Vec<WindowReading> {
        let habits = Habits { treebank: self.labels.treebank(language), joins: joins(language) };
        match self.instructions {
            Instructions::Portable => self.read_by::<Portable>(windows, habits),
            // SAFETY: these instructions are chosen only where the machine has them (`Instructions::available`).
            #[cfg(target_arch = "x86_64")]
            Instructions::Avx2 => unsafe { read_avx2(self, windows, habits) },
            // SAFETY: as above.
            #[cfg(target_arch = "x86_64")]
            Instructions::Avx512 => unsafe { read_avx512(self, windows, habits) },
        }
    }

    /// The whole of it by one way of multiplying. Inlined, so that all float loops are compiled for the instructions of
    /// the function around it.
    #[inline(always)]
    fn read_by<P: Product>(&self, windows: &[Window], habits: Habits) -> Vec<WindowReading> {
        let mut room = Room::default();
        let mut readings = Vec::with_capacity(windows.len());
        let mut rest = windows;
        while !rest.is_empty() {
            let (batch, later) = rest.split_at(batch(rest));
            let vectors = self.vectors::<P>(batch, &mut room);
            readings.extend(self.decide::<P>(batch, vectors, habits));
            rest = later;
        }
        readings
    }
}

/// How many of the windows make a batch: at least one.
fn batch(windows: &[Window]) -> usize {
    let mut pieces = 0;
    let fits = |window: &Window| {
        pieces += window.pieces.len();
        pieces <= BATCH
    };
    windows.iter().map(fits).take_while(|fits| *fits).count().max(1)
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn read_avx2(encoder: &Encoder, windows: &[Window], habits: Habits) -> Vec<WindowReading> {
    encoder.read_by::<Avx2>(windows, habits)
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512dq,avx512vnni")]
fn read_avx512(encoder: &Encoder, windows: &[Window], habits: Habits) -> Vec<WindowReading> {
    encoder.read_by::<Avx512>(windows, habits)
}
