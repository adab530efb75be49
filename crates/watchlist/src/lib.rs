//! Publishers' sanctions lists, the compiled index, screening, and spotting listed names in text.

pub mod party;
