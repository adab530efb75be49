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
mod table;
mod taken;

pub use error::DocumentError;
pub use json::Columns;
pub use lagebild_formats::{Download, Feed, Item, Mail, Origin, Recogniser};
pub use language::languages;
pub use model::{Block, BlockKind, Document, Place, cited, in_block};
pub use options::{Format, Options};

use decode::Decoded;
use draft::Draft;
use lagebild_formats::{Content, Found, Kind, Refusal};
use sha2::{Digest, Sha256};

/// Reads the bytes of one input. Most inputs give one document; archives, mailboxes, feeds, tables and JSON may hold
/// many, and each line of JSON Lines gives its own document or error.
///
/// `source` names the input in documents and errors, and its ending tells the format when `options` and the bytes do
/// not. The n-th of several articles of one JSON file has the source `source#n`, that of line n of JSON Lines
/// `source:n`, a member of an archive `source!member`.
pub fn read(source: &str, bytes: &[u8], options: &Options) -> Vec<Outcome> {
    if options.format.is_none() && Kind::of(source, bytes.get(..8192).unwrap_or(bytes)).is_some() {
        if bytes.len() as u64 > options.max_bytes {
            return vec![Err(DocumentError::too_large(source, options.max_bytes))];
        }
        let found = lagebild_formats::read_with(
            source,
            bytes.to_vec(),
            &options.limits(),
            options.recogniser.clone(),
        );
        return found.into_iter().flat_map(|found| take(found, options)).collect();
    }
    read_text(source, bytes, options)
}

/// Reads a file that was downloaded. Its documents are named by its address and carry the record of the copy. What
/// the bytes are shown to be goes before what the server calls them.
pub fn read_download(download: &Download, bytes: &[u8], options: &Options) -> Vec<Outcome> {
    let source = download.final_url.as_ref().unwrap_or(&download.url);
    let told = download.media_type.as_deref().unwrap_or_default();
    let is_taken_apart = Kind::of(source, bytes.get(..8192).unwrap_or(bytes)).is_some();
    let format = options.format.or_else(|| Format::of_media_type(told).filter(|_| !is_taken_apart));
    let options = Options { format, ..options.clone() };
    let decoded = decode::by_header(told, bytes).filter(|_| !is_taken_apart);
    let outcomes = read(source, decoded.as_ref().map_or(bytes, |text| text.as_bytes()), &options);
    let with_copy = |outcome: Outcome| {
        outcome.map(|mut document| {
            if decoded.is_some() {
                document.sha256.clone_from(&download.sha256);
            }
            document.url = document.url.or_else(|| Some(source.clone()));
            document.origin.download = Some(Box::new(download.clone()));
            document
        })
    };
    outcomes.into_iter().map(with_copy).collect()
}

/// Reads the own words of a feed's item; `None` where it has none.
pub fn read_item(source: &str, item: &Item, feed: &Feed, options: &Options) -> Option<Outcome> {
    take(Ok(item.found(source, feed)?), options).pop()
}

/// What an input gives: a document, or why there is none.
pub type Outcome = Result<Document, DocumentError>;

/// Reads what `formats` found in an input.
fn take(found: Result<Found, Refusal>, options: &Options) -> Vec<Outcome> {
    let Found { name, origin, content } = match found {
        Ok(found) => found,
        Err(refusal) => return vec![Err(DocumentError::of(refusal, options.max_bytes))],
    };
    let outcomes = match content {
        Content::Raw(bytes) => read_text(&name, &bytes, options),
        Content::Written { written, sha256 } => {
            let draft = taken::draft(*written, Origin::default());
            match finish(&name, &sha256, vec![draft], options) {
                Ok(documents) => documents.into_iter().map(Ok).collect(),
                Err(error) => vec![Err(error)],
            }
        }
    };
    let with_origin = |outcome: Outcome| {
        outcome.map(|mut document| {
            document.url = document.url.or_else(|| origin.url.clone());
            document.origin = origin.clone();
            document
        })
    };
    outcomes.into_iter().map(with_origin).collect()
}

/// Reads a plain text, a page, a table or JSON.
fn read_text(source: &str, bytes: &[u8], options: &Options) -> Vec<Outcome> {
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
    let format = named.unwrap_or_else(|| Format::of_content(&decoded.text));
    if options.format.is_none() && format == Format::Text {
        refuse_misnamed(source, &decoded.text)?;
    }
    let mut drafts = match format {
        Format::Text => {
            vec![Draft { chunks: plain::chunks(&decoded.text), text: decoded.text, ..Draft::default() }]
        }
        Format::Markdown => vec![markdown::draft(decoded.text)],
        Format::Html => vec![html::draft(&decoded.text)],
        Format::Json => json::drafts(source, 1, &decoded.text, &options.columns)?,
        Format::Csv => return rows(source, bytes, &decoded, options),
        Format::JsonLines => return Ok(Whole::Lines),
    };
    for draft in &mut drafts {
        draft.warnings.splice(0..0, decoded.warnings.iter().cloned());
    }
    Ok(Whole::Documents(finish(source, &digest(bytes), drafts, options)?))
}

/// The articles of a table: each row a document.
fn rows(source: &str, bytes: &[u8], decoded: &Decoded, options: &Options) -> Result<Whole, DocumentError> {
    let sha256 = digest(bytes);
    let mut documents = Vec::new();
    for (line, mut draft) in table::drafts(source, &decoded.text, &options.columns)? {
        draft.warnings.splice(0..0, decoded.warnings.iter().cloned());
        documents.push(draft.finish(&format!("{source}:{line}"), &sha256, options));
    }
    Ok(Whole::Documents(documents))
}

/// Refuses what has the name of another format but is none of it, and XML that is no page: neither is an article.
fn refuse_misnamed(source: &str, text: &str) -> Result<(), DocumentError> {
    let ending = source.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    let reason = if text.trim_start().starts_with("<?xml") {
        "XML of a kind that is not read; feeds, web pages and office files are".to_owned()
    } else if lagebild_formats::ENDINGS.contains(&ending.as_str()) {
        format!("named .{ending}, but it is none")
    } else {
        return Ok(());
    };
    Err(DocumentError::Refused { source_name: source.to_owned(), reason })
}

/// Reads JSON Lines: a broken line is an error of its own. Empty lines are skipped.
fn read_lines(source: &str, bytes: &[u8], options: &Options) -> Vec<Outcome> {
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
fn read_line(source: &str, number: u64, line: &[u8], options: &Options) -> Vec<Outcome> {
    if line.trim_ascii().is_empty() {
        return Vec::new();
    }
    let name = format!("{source}:{number}");
    let read = || {
        check(&name, line, options)?;
        let decoded = decode::decode(line, None);
        let mut drafts = json::drafts(source, number, decoded.text.trim(), &options.columns)?;
        for draft in &mut drafts {
            draft.warnings.splice(0..0, decoded.warnings.iter().cloned());
        }
        finish(&name, &digest(line), drafts, options)
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
    sha256: &str,
    drafts: Vec<Draft>,
    options: &Options,
) -> Result<Vec<Document>, DocumentError> {
    let alone = drafts.len() == 1;
    let name = |number| if alone { source.to_string() } else { format!("{source}#{number}") };
    let documents: Vec<Document> = drafts
        .into_iter()
        .zip(1..)
        .map(|(draft, number)| draft.finish(&name(number), sha256, options))
        .collect();
    if documents.iter().all(|document| document.blocks.is_empty()) {
        return Err(DocumentError::Empty { source_name: source.to_string() });
    }
    Ok(documents)
}

/// SHA-256, lower-case hexadecimal.
fn digest(bytes: &[u8]) -> String {
    format!("{:x}", Sha256::digest(bytes))
}
