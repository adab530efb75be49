//! Byte spans into an archived text: the anchor of every finding.
//!
//! A [`Span`] is half open (`start..end`), counted in bytes of the document's UTF-8 `text`, and always lies
//! on character boundaries. A text is at most 4 GiB, so four bytes a side are enough.
//!
//! Knows offsets and nothing of what stands there. It must not know documents, languages or any stage.

use serde::{Deserialize, Serialize};

/// A half-open range of bytes in a text, never reversed: the fields are private, and what is read from JSON is checked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Bounds")]
pub struct Span {
    start: u32,
    end: u32,
}

/// A span as it is written, not yet checked.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Bounds {
    start: u32,
    end: u32,
}

/// A span that ends before it begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a span from byte {start} cannot end at byte {end}")]
pub struct Reversed {
    start: u32,
    end: u32,
}

impl TryFrom<Bounds> for Span {
    type Error = Reversed;

    fn try_from(Bounds { start, end }: Bounds) -> Result<Self, Reversed> {
        if start <= end { Ok(Self { start, end }) } else { Err(Reversed { start, end }) }
    }
}

impl Span {
    /// The span `start..end`. A reversed pair gives the empty span at `start`.
    pub fn new(start: usize, end: usize) -> Self {
        let start = u32::try_from(start).unwrap_or(u32::MAX);
        let end = u32::try_from(end).unwrap_or(u32::MAX);
        Self::between(start, end)
    }

    /// First byte.
    pub fn start(self) -> u32 {
        self.start
    }

    /// One past the last byte.
    pub fn end(self) -> u32 {
        self.end
    }

    /// The same end, another start; empty where that lies behind the end.
    #[must_use]
    pub fn starting(self, start: u32) -> Span {
        Span::between(start, self.end)
    }

    /// The same start, another end; empty where that lies before the start.
    #[must_use]
    pub fn ending(self, end: u32) -> Span {
        Span::between(self.start, end)
    }

    /// The span `start..end`, in bytes as they are stored. A reversed pair gives the empty span at `start`.
    pub fn between(start: u32, end: u32) -> Self {
        Self { start, end: end.max(start) }
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// True when the span covers nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The words themselves. Empty when the span does not fit the text.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start as usize..self.end as usize).unwrap_or_default()
    }

    /// True when `other` lies wholly inside.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// True when the two share at least one byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn cover(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The span moved right by `offset` bytes (from a slice's own offsets to those of the whole text).
    #[must_use]
    pub fn shifted(self, offset: u32) -> Span {
        Span { start: self.start.saturating_add(offset), end: self.end.saturating_add(offset) }
    }

    /// The span without leading and trailing white space.
    #[must_use]
    pub fn trimmed(self, text: &str) -> Span {
        let words = self.of(text);
        let start = self.start as usize + (words.len() - words.trim_start().len());
        Span::new(start, start + words.trim().len())
    }

    /// True when the span lies inside the text, on character boundaries.
    pub fn fits(self, text: &str) -> bool {
        text.get(self.start as usize..self.end as usize).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trims_white_space_of_any_width() {
        let text = "  \u{3000}Kim\n";
        assert_eq!(Span::new(0, text.len()).trimmed(text).of(text), "Kim");
    }

    #[test]
    fn a_span_across_a_character_does_not_fit() {
        assert!(!Span::new(0, 1).fits("ü"));
        assert_eq!(Span::new(0, 1).of("ü"), "");
    }

    #[test]
    fn a_reversed_span_is_not_read() {
        assert_eq!(serde_json::from_str::<Span>(r#"{"start":3,"end":5}"#).unwrap(), Span::new(3, 5));
        assert!(serde_json::from_str::<Span>(r#"{"start":5,"end":3}"#).is_err());
    }

    #[test]
    fn overlap_needs_a_shared_byte() {
        assert!(!Span::new(0, 3).overlaps(Span::new(3, 5)));
        assert!(Span::new(0, 4).overlaps(Span::new(3, 5)));
    }
}
