//! A case as one file.
//!
//! ```text
//! lagebild.bundle/1
//! sha256 HEX                    over all that follows the third line
//! unsigned | signed KEY SIG SIG over "lagebild bundle HEX"
//! (gzip) a line of JSON each: the case, its lists, the entries of its chain, its documents
//! ```
//! Every line is written in one way only, and all that it says is covered by the chain: a byte that turned is found even where
//! somebody made the hash in the second line fit again.

use crate::act::Act;
use crate::chain::Entry;
use crate::error::{DeskError, Result};
use crate::hash::{MOST, pack, sha256};
use crate::sign::Signer;
use crate::store::{Content, ListVersion, Store, Watchlists};
use crate::verify;
use serde::{Deserialize, Serialize};
use std::io::Read;

/// Name and version of the format.
pub const SCHEMA: &str = "lagebild.bundle/1";

/// What a bundle is of.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// The case.
    pub case: String,
    /// Entries of its chain.
    pub entries: u64,
    /// Hash of the last one.
    pub head: String,
    /// Documents.
    pub documents: u64,
}

/// A line of the body.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Line {
    Case(Header),
    List(ListVersion),
    Watchlist(Watchlists),
    Entry(Entry),
    Document(Content),
}

/// A bundle, read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bundle {
    /// What it is of.
    pub header: Header,
    pub(crate) lists: Vec<ListVersion>,
    pub(crate) watchlists: Vec<Watchlists>,
    /// The chain.
    pub entries: Vec<Entry>,
    pub(crate) documents: Vec<Content>,
    /// The key that signed the bundle as a whole.
    pub key: Option<String>,
}

pub(crate) fn signed_line(hash: &str) -> String {
    format!("lagebild bundle {hash}")
}

impl Bundle {
    /// The bundle as a file.
    pub fn to_bytes(&self, signer: Option<&Signer>) -> Result<Vec<u8>> {
        let mut body = Vec::new();
        let lines = std::iter::once(Line::Case(self.header.clone()))
            .chain(self.lists.iter().cloned().map(Line::List))
            .chain(self.watchlists.iter().cloned().map(Line::Watchlist))
            .chain(self.entries.iter().cloned().map(Line::Entry))
            .chain(self.documents.iter().cloned().map(Line::Document));
        for line in lines {
            serde_json::to_writer(&mut body, &line)?;
            body.push(b'\n');
        }
        seal(&body, signer)
    }

    /// Reads a file's bytes. What does not have its hash, or is not written as a bundle is, is refused.
    pub fn parse(bytes: &[u8]) -> Result<Self> {
        let (key, body) = open(bytes)?;
        let mut bundle = Self { key, ..Self::default() };
        let mut stage = 0;
        let text = body.strip_suffix('\n').ok_or_else(|| wrong("it breaks off"))?;
        for (line, number) in text.split('\n').zip(1..) {
            let parsed: Line =
                serde_json::from_str(line).map_err(|error| wrong(&format!("line {number}: {error}")))?;
            if serde_json::to_string(&parsed).ok().as_deref() != Some(line) {
                return Err(wrong(&format!("line {number} is not written as this program writes it")));
            }
            let here = match parsed {
                Line::Case(header) => {
                    bundle.header = header;
                    0
                }
                Line::List(list) => push(&mut bundle.lists, list, 1),
                Line::Watchlist(set) => push(&mut bundle.watchlists, set, 2),
                Line::Entry(entry) => push(&mut bundle.entries, entry, 3),
                Line::Document(content) => push(&mut bundle.documents, content, 4),
            };
            if here < stage || (here == 0) != (number == 1) {
                return Err(wrong(&format!("line {number} stands where it does not belong")));
            }
            stage = here;
        }
        Ok(bundle)
    }
}

fn push<T>(list: &mut Vec<T>, value: T, stage: u8) -> u8 {
    list.push(value);
    stage
}

fn wrong(what: &str) -> DeskError {
    DeskError::Bundle(what.into())
}

/// The file of a body.
pub(crate) fn seal(body: &[u8], signer: Option<&Signer>) -> Result<Vec<u8>> {
    let packed = pack(body)?;
    let hash = sha256(&packed);
    let signature = match signer {
        None => "unsigned".to_owned(),
        Some(signer) => format!("signed {} {}", signer.public(), signer.sign(&signed_line(&hash))?),
    };
    let mut file = format!("{SCHEMA}\nsha256 {hash}\n{signature}\n").into_bytes();
    file.extend(packed);
    Ok(file)
}

/// The body of a file, and the key that signed it.
pub(crate) fn open(bytes: &[u8]) -> Result<(Option<String>, String)> {
    let mut parts = bytes.splitn(4, |&byte| byte == b'\n');
    let mut line =
        || parts.next().and_then(|line| std::str::from_utf8(line).ok()).unwrap_or_default().to_owned();
    let (schema, sum, signature) = (line(), line(), line());
    let packed = parts.next().unwrap_or_default();
    if schema != SCHEMA {
        return Err(wrong("this is no bundle of a case, or one of another version"));
    }
    let hash = sha256(packed);
    if sum != format!("sha256 {hash}") {
        return Err(wrong("its content does not have its hash: bytes were changed, or it breaks off"));
    }
    let key = match signature.split(' ').collect::<Vec<_>>().as_slice() {
        ["unsigned"] => None,
        ["signed", key, one, two] => {
            if !crate::sign::is_signed(key, &signed_line(&hash), &format!("{one} {two}")) {
                return Err(wrong("its signature is wrong"));
            }
            Some((*key).to_owned())
        }
        _ => return Err(wrong("its third line is neither `unsigned` nor a signature")),
    };
    let mut body = String::new();
    let read = flate2::read::GzDecoder::new(packed).take(MOST).read_to_string(&mut body);
    read.map_err(|error| wrong(&format!("its content cannot be unpacked: {error}")))?;
    Ok((key, body))
}

impl Store {
    /// Takes in a case from a bundle that is whole. Refused where the store has a case of this name.
    pub fn import(&mut self, bundle: &Bundle) -> Result<()> {
        let report = verify::check(bundle, &verify::Trust::default());
        if let Some(problem) = report.problems.first() {
            return Err(wrong(&format!("it is not whole: entry {}: {}", problem.entry, problem.what)));
        }
        let mut acts = Vec::with_capacity(bundle.entries.len());
        for entry in &bundle.entries {
            let act: Option<Act> = entry.act()?;
            acts.push(act.ok_or_else(|| {
                wrong("content was taken away from its chain; it can be verified, not taken in")
            })?);
        }
        self.take_in(bundle, &acts)
    }
}
