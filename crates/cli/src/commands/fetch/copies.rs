//! The copies of what was fetched: each under the hash of its bytes, each time it came a line.

use lagebild_fetch::Copy;
use std::fs::{File, OpenOptions};
use std::io::{Result, Write};
use std::path::{Path, PathBuf};

/// Name of the file of records.
const RECORDS: &str = "copies.jsonl";

/// A folder of copies.
pub(crate) struct Copies {
    folder: PathBuf,
    records: File,
}

impl Copies {
    /// Opens the folder, made where there is none.
    pub(crate) fn open(folder: &Path) -> Result<Self> {
        std::fs::create_dir_all(folder)?;
        let records = OpenOptions::new().create(true).append(true).open(folder.join(RECORDS))?;
        Ok(Self { folder: folder.to_owned(), records })
    }

    /// Keeps a copy: the file as a whole, then its record.
    pub(crate) fn keep(&mut self, copy: &Copy) -> Result<()> {
        let name = format!("{}.{}", copy.download.sha256, ending(copy.download.media_type.as_deref()));
        let path = self.folder.join(&name);
        if !path.exists() {
            let unfinished = self.folder.join(format!("{name}.part"));
            std::fs::write(&unfinished, &copy.bytes)?;
            std::fs::rename(&unfinished, path)?;
        }
        let mut line = serde_json::to_vec(&copy.download)?;
        line.push(b'\n');
        self.records.write_all(&line)
    }
}

/// The ending of a file of this type; `bin` where none is sure.
fn ending(media_type: Option<&str>) -> &'static str {
    let kind = media_type.and_then(|told| told.split(';').next()).unwrap_or_default().trim();
    match kind.to_ascii_lowercase().as_str() {
        "text/html" | "application/xhtml+xml" => "html",
        "text/plain" => "txt",
        "text/markdown" => "md",
        "text/csv" => "csv",
        "application/pdf" => "pdf",
        kind if kind.ends_with("xml") => "xml",
        kind if kind.ends_with("json") => "json",
        kind if kind.ends_with("zip") => "zip",
        _ => "bin",
    }
}
