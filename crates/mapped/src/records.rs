//! Records by their number.
//!
//! ```text
//! count     u32
//! starts    u32 each, one more for the end: where a record begins among the bytes
//! bytes     the records, one after the other
//! ```

use crate::u32_at;

/// Records of any length, as they lie in a section.
#[derive(Clone, Copy, Debug, Default)]
pub struct Records<'a> {
    starts: &'a [u8],
    bytes: &'a [u8],
}

impl<'a> Records<'a> {
    /// The records of a section; none where the section is damaged.
    pub fn of(section: &'a [u8]) -> Self {
        let parted = || {
            let count = u32_at(section, 0)? as usize;
            section.get(4..)?.split_at_checked(count.checked_add(1)?.checked_mul(4)?)
        };
        let (starts, bytes) = parted().unwrap_or_default();
        Self { starts, bytes }
    }

    /// How many there are; their numbers are 0 to this.
    pub fn len(&self) -> usize {
        (self.starts.len() / 4).saturating_sub(1)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The record of a number.
    #[inline]
    pub fn get(&self, number: u32) -> Option<&'a [u8]> {
        let at = number as usize;
        let (start, end) = (u32_at(self.starts, at)?, u32_at(self.starts, at + 1)?);
        self.bytes.get(start as usize..end as usize)
    }
}

/// Records while they are gathered.
#[derive(Clone, Debug, Default)]
pub struct RecordsBuilder {
    ends: Vec<u32>,
    bytes: Vec<u8>,
}

impl RecordsBuilder {
    /// Adds a record and gives its number.
    pub fn push(&mut self, record: &[u8]) -> u32 {
        let number = self.len();
        self.bytes.extend_from_slice(record);
        self.ends.push(self.bytes.len() as u32);
        number
    }

    /// How many there are, which is the number of the next one.
    pub fn len(&self) -> u32 {
        self.ends.len() as u32
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The section.
    pub fn finish(self) -> Vec<u8> {
        let numbers = [self.len(), 0].into_iter().chain(self.ends.iter().copied());
        let mut section: Vec<u8> = numbers.flat_map(u32::to_le_bytes).collect();
        section.extend(self.bytes);
        section
    }
}

#[cfg(test)]
mod tests {
    use super::{Records, RecordsBuilder};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_was_pushed_is_there(all: Vec<Vec<u8>>) {
            let mut builder = RecordsBuilder::default();
            for one in &all {
                builder.push(one);
            }
            let section = builder.finish();
            let records = Records::of(&section);
            prop_assert_eq!(records.len(), all.len());
            for (number, one) in (0u32..).zip(&all) {
                prop_assert_eq!(records.get(number), Some(one.as_slice()));
            }
            prop_assert_eq!(records.get(all.len() as u32), None);
        }

        #[test]
        fn any_bytes_can_be_asked(section: Vec<u8>, number: u32) {
            Records::of(&section).get(number);
        }
    }
}
