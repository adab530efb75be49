//! Bytes to documents: formats, encodings, blocks, language, publication date.
//!
//! [`read`] turns the bytes of one input into documents and does no I/O; [`input::documents`] does the I/O for it:
//! files, folders, standard input. A [`Document`] holds the text that all offsets of later stages refer to, cut into
//! [`Block`]s. What is odd about an input but does not stop it is a warning of its document; what stops it is a
//! [`DocumentError`], and touches no other input.
//!
//! What a block is for is told by mark-up first, then by cue words of all languages
//! (`data/lexicon/<language>/document.yaml`), then by shape and place. In doubt a block is a paragraph.
//!
//! Knows formats, encodings, and what shows a block's purpose. It must not know sentences, names, goods or law, nor
//! change a byte of the text that offsets refer to. It opens no address and no clock: an unknown day stays unknown.

mod blocks;
mod dates;
mod decode;
mod draft;
mod error;
mod html;
pub mod input;
mod json;
mod language;
mod lexicon;
mod markdown;
mod model;
mod options;
mod plain;
mod published;

pub use error::DocumentError;
pub use language::languages;
pub use model::{Block, BlockKind, Document};
pub use options::{Format, Options};

use draft::Draft;
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// Reads the bytes of one input. Most inputs give one document; JSON may hold many, and each line of JSON Lines gives
/// its own document or error.
///
/// `source` names the input in documents and errors, and its ending tells the format when `options` does not. The
/// n-th of several articles of one JSON file has the source `source#n`, that of line n of JSON Lines `source:n`.
pub fn read(source: &str, bytes: &[u8], options: &Options) -> Vec<Result<Document, DocumentError>> {
    if options.format.or_else(|| Format::of_name(source)) == Some(Format::JsonLines) {
        return read_lines(source, bytes, options);
    }
    match read_whole(source, bytes, options) {
        Ok(Whole::Documents(documents)) => documents.into_iter().map(Ok).collect(),
        Ok(Whole::Lines) => read_lines(source, bytes, options),
        Err(error) => vec![Err(error)],
    }
}

/// What the bytes of one input hold.
enum Whole {
    Documents(Vec<Document>),
    /// Their content shows that they are JSON Lines.
    Lines,
}

fn read_whole(source: &str, bytes: &[u8], options: &Options) -> Result<Whole, DocumentError> {
    check(source, bytes, options)?;
    let named = options.format.or_else(|| Format::of_name(source));
    let declared =
        if matches!(named, None | Some(Format::Html)) { html::declared_encoding(bytes) } else { None };
    let decoded = decode::decode(bytes, declared.as_deref());
    if decoded.text.trim().is_empty() {
        return Err(DocumentError::Empty { source_name: source.to_string() });
    }
    let mut drafts = match named.unwrap_or_else(|| Format::of_content(&decoded.text)) {
        Format::Text => {
            vec![Draft { chunks: plain::chunks(&decoded.text), text: decoded.text, ..Draft::default() }]
        }
        Format::Markdown => vec![markdown::draft(decoded.text)],
        Format::Html => vec![html::draft(&decoded.text)],
        Format::Json => json::drafts(source, 1, &decoded.text)?,
        Format::JsonLines => return Ok(Whole::Lines),
    };
    for draft in &mut drafts {
        draft.warnings.splice(0..0, decoded.warnings.iter().cloned());
    }
    Ok(Whole::Documents(finish(source, bytes, drafts, options)?))
}

/// Reads JSON Lines: a broken line is an error of its own. Empty lines are skipped.
fn read_lines(source: &str, bytes: &[u8], options: &Options) -> Vec<Result<Document, DocumentError>> {
    let mut results = Vec::new();
    for (line, number) in bytes.split(|&byte| byte == b'\n').zip(1..) {
        results.extend(read_line(source, number, line, options));
    }
    if results.is_empty() {
        results.push(Err(DocumentError::Empty { source_name: source.to_string() }));
    }
    results
}

/// Reads line `number` (from 1) of JSON Lines.
fn read_line(
    source: &str,
    number: u64,
    line: &[u8],
    options: &Options,
) -> Vec<Result<Document, DocumentError>> {
    if line.trim_ascii().is_empty() {
        return Vec::new();
    }
    let name = format!("{source}:{number}");
    let read = || {
        check(&name, line, options)?;
        let decoded = decode::decode(line, None);
        let mut drafts = json::drafts(source, number, decoded.text.trim())?;
        for draft in &mut drafts {
            draft.warnings.splice(0..0, decoded.warnings.iter().cloned());
        }
        finish(&name, line, drafts, options)
    };
    match read() {
        Ok(documents) => documents.into_iter().map(Ok).collect(),
        Err(error) => vec![Err(error)],
    }
}

/// What can be said before the bytes are decoded.
fn check(source: &str, bytes: &[u8], options: &Options) -> Result<(), DocumentError> {
    let source_name = || source.to_string();
    if bytes.len() as u64 > options.max_bytes {
        return Err(DocumentError::too_large(source, options.max_bytes));
    }
    if bytes.is_empty() {
        return Err(DocumentError::Empty { source_name: source_name() });
    }
    match decode::binary_kind(bytes) {
        Some(what) => Err(DocumentError::Binary { source_name: source_name(), what }),
        None => Ok(()),
    }
}

fn finish(
    source: &str,
    bytes: &[u8],
    drafts: Vec<Draft>,
    options: &Options,
) -> Result<Vec<Document>, DocumentError> {
    let mut sha256 = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        // Writing to a string cannot fail.
        let _ = write!(sha256, "{byte:02x}");
    }
    let alone = drafts.len() == 1;
    let name = |number| if alone { source.to_string() } else { format!("{source}#{number}") };
    let documents: Vec<Document> = drafts
        .into_iter()
        .zip(1..)
        .map(|(draft, number)| draft.finish(&name(number), &sha256, options))
        .collect();
    if documents.iter().all(|document| document.blocks.is_empty()) {
        return Err(DocumentError::Empty { source_name: source.to_string() });
    }
    Ok(documents)
}
