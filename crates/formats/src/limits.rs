//! How much of an input is read, so that no file fills memory or time. All limits count work, not seconds: the same
//! file gives the same outcome on every machine.

/// The most that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one text, mail, page or office file, unpacked.
    pub max_bytes: u64,
    /// Bytes that all members of one input unpack to.
    pub max_unpacked: u64,
    /// An input that unpacks to more than 16 MiB and this many times its own size is a bomb.
    pub max_ratio: u64,
    /// Archives within archives.
    pub max_depth: usize,
    /// Members of one input.
    pub max_members: u64,
    /// Pages of one PDF.
    pub max_pages: usize,
    /// Pages of one PDF whose words are recognised in pictures.
    pub max_pictures: usize,
    /// Points of one picture that is unpacked to recognise words in it.
    pub max_pixels: u64,
    /// Glyphs, paths and pictures that are drawn on the pages of one PDF.
    pub max_drawn: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_bytes: 64 << 20,
            max_unpacked: 64 << 30,
            max_ratio: 300,
            max_depth: 5,
            max_members: 5_000_000,
            max_pages: 5_000,
            max_pictures: 500,
            max_pixels: 64_000_000,
            max_drawn: 50_000_000,
        }
    }
}
