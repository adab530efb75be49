//! The pure function from a document to its reading.
