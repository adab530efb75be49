//! List files as they lie on a disk: one or several, packed or plain, told apart by what they hold.

use super::{Format, ListReading, OfacCsv, UkTables, own, read_list, read_ofac_csv, read_uk_tables};
use flate2::bufread::MultiGzDecoder;
use lzma_rust2::XzReader;
use std::fs::File;
use std::io::{BufRead, BufReader, Error, Read, Result as IoResult};
use std::path::{Path, PathBuf};

/// Bytes of a file's beginning that tell its format.
const HEAD: usize = 4096;
/// Largest unpacked file in bytes: ten times the largest that is published. A packed file may grow without end.
const LARGEST: u64 = 2 << 30;

/// Why files are no list.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// A file could not be opened or read.
    #[error("{0}: {1}")]
    Open(PathBuf, Error),
    /// The file is of no known publisher.
    #[error("{0}: no known list format; a table of your own needs a mapping (--mapping FILE.yaml)")]
    UnknownFormat(PathBuf),
    /// Several files, and this one does not belong to the others.
    #[error("{0}: not one of the tables that make up a list together")]
    NoPart(PathBuf),
    /// The table that names the parties is missing.
    #[error("the table with the parties themselves is missing ({0})")]
    NoParties(&'static str),
    /// The mapping of a table of one's own, or that table, is wrong.
    #[error("{0}: {1}")]
    Own(PathBuf, String),
}

/// The name of a format, as `lagebild lists` shows it.
pub type FormatName = &'static str;

/// Reads the file or files of one list, packed (`.xz`, `.gz`) or plain; the format is told by what they hold.
/// Several files are the tables of one list: OFAC's CSV files or those derived from the UK Sanctions List; or a table of
/// one's own and the mapping of its columns (`.yaml`).
pub fn read_files(files: &[PathBuf], list: &str) -> Result<(ListReading, FormatName), FileError> {
    if let [file] = files {
        let (head, source) = opened(file)?;
        if let Some(format) = Format::guess(&head) {
            return Ok((read_list(source, format, list), format.name()));
        }
    }
    if let Some(at) = files.iter().position(|file| is_mapping(file)) {
        let mut tables = files.to_vec();
        let mapping = tables.swap_remove(at);
        return match tables.as_slice() {
            [table] => Ok((read_own(table, &mapping, list)?, "own-table")),
            _ => Err(FileError::Own(mapping, "a mapping goes with one table".into())),
        };
    }
    read_tables(files, list)
}

fn is_mapping(file: &Path) -> bool {
    file.extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("yaml") || ending.eq_ignore_ascii_case("yml"))
}

/// A table of one's own.
fn read_own(table: &Path, mapping: &Path, list: &str) -> Result<ListReading, FileError> {
    let yaml = std::fs::read_to_string(mapping).map_err(|error| FileError::Open(mapping.into(), error))?;
    let said = lagebild_data::parse(&mapping.display().to_string(), &yaml);
    let wrong =
        |error: lagebild_data::DataError| format!("line {}: {}: {}", error.line, error.field, error.message);
    let said = said.map_err(|error| FileError::Own(mapping.into(), wrong(error)))?;
    let mut bytes = Vec::new();
    let (_, mut source) = opened(table)?;
    source.read_to_end(&mut bytes).map_err(|error| FileError::Open(table.into(), error))?;
    let ending = table.extension().unwrap_or_default().to_string_lossy();
    own::read(&bytes, &ending, &said, list).map_err(|reason| FileError::Own(table.into(), reason))
}

/// The name of the format of a list of one file.
pub fn format_of(file: &Path) -> Result<FormatName, FileError> {
    let (head, _) = opened(file)?;
    Format::guess(&head).map(Format::name).ok_or_else(|| FileError::UnknownFormat(file.into()))
}

/// Opens a file, unpacks it on the way, and looks at its beginning.
fn opened(file: &Path) -> Result<(String, Box<dyn BufRead>), FileError> {
    let wrong = |error| FileError::Open(file.into(), error);
    let mut raw = BufReader::new(File::open(file).map_err(wrong)?);
    let magic = raw.fill_buf().map_err(wrong)?;
    let plain: Box<dyn Read> = if magic.starts_with(b"\xfd7zXZ\0") {
        Box::new(XzReader::new(raw, true))
    } else if magic.starts_with(b"\x1f\x8b") {
        Box::new(MultiGzDecoder::new(raw))
    } else {
        Box::new(raw)
    };
    let mut plain = Capped { source: plain, left: LARGEST };
    let mut head = Vec::with_capacity(HEAD);
    plain.by_ref().take(HEAD as u64).read_to_end(&mut head).map_err(wrong)?;
    let begin = String::from_utf8_lossy(&head).into_owned();
    Ok((begin, Box::new(BufReader::with_capacity(1 << 16, std::io::Cursor::new(head).chain(plain)))))
}

/// A source that ends with an error where it grows beyond all measure.
struct Capped {
    source: Box<dyn Read>,
    left: u64,
}

impl Read for Capped {
    fn read(&mut self, out: &mut [u8]) -> IoResult<usize> {
        let length = self.source.read(out)?;
        self.left =
            self.left.checked_sub(length as u64).ok_or_else(|| Error::other("the file is too large"))?;
        Ok(length)
    }
}

/// What one table of several is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    OfacParties,
    OfacAliases,
    OfacAddresses,
    OfacComments,
    UkSubjects,
    UkNames,
    UkBirths,
    UkIdentifiers,
    UkCountries,
}

impl Part {
    /// OFAC's tables have no headings: the number of columns tells. The UK's are told by a heading of their own.
    fn of(head: &str) -> Option<Part> {
        const HEADINGS: [(&str, Part); 5] = [
            ("subject_type", Part::UkSubjects),
            ("name_type", Part::UkNames),
            ("identifier_type", Part::UkIdentifiers),
            ("country_type", Part::UkCountries),
            ("year", Part::UkBirths),
        ];
        let mut csv =
            csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(head.as_bytes());
        let first = csv.records().next()?.ok()?;
        if first.iter().any(|cell| cell.trim_start_matches('\u{feff}') == "unique_id") {
            let part = HEADINGS.iter().find(|(heading, _)| first.iter().any(|cell| cell == *heading));
            return part.map(|(_, part)| *part);
        }
        first.get(0)?.trim().parse::<u64>().ok()?;
        match first.len() {
            12 => Some(Part::OfacParties),
            5 => Some(Part::OfacAliases),
            6 => Some(Part::OfacAddresses),
            2 => Some(Part::OfacComments),
            _ => None,
        }
    }
}

fn read_tables(files: &[PathBuf], list: &str) -> Result<(ListReading, FormatName), FileError> {
    let mut parts: Vec<(Part, Box<dyn BufRead>)> = Vec::new();
    for file in files {
        let (head, source) = opened(file)?;
        let unknown = || {
            let file = file.clone();
            if files.len() == 1 { FileError::UnknownFormat(file) } else { FileError::NoPart(file) }
        };
        let part = Part::of(&head).ok_or_else(unknown)?;
        if parts.iter().any(|(known, _)| *known == part) {
            return Err(FileError::NoPart(file.clone()));
        }
        parts.push((part, source));
    }
    let mut take = |wanted: Part| -> Option<Box<dyn BufRead>> {
        let at = parts.iter().position(|(part, _)| *part == wanted)?;
        Some(parts.swap_remove(at).1)
    };
    let empty = || -> Box<dyn BufRead> { Box::new(std::io::empty()) };
    let (reading, format) = if let Some(parties) = take(Part::OfacParties) {
        let files = OfacCsv {
            parties,
            aliases: take(Part::OfacAliases).unwrap_or_else(empty),
            addresses: take(Part::OfacAddresses).unwrap_or_else(empty),
            comments: take(Part::OfacComments).unwrap_or_else(empty),
        };
        (read_ofac_csv(files, list), "ofac-csv")
    } else {
        let subjects = take(Part::UkSubjects).ok_or(FileError::NoParties("sdn.csv or subjects.csv"))?;
        let tables = UkTables {
            subjects,
            names: take(Part::UkNames).unwrap_or_else(empty),
            births: take(Part::UkBirths).unwrap_or_else(empty),
            identifiers: take(Part::UkIdentifiers).unwrap_or_else(empty),
            countries: take(Part::UkCountries).unwrap_or_else(empty),
        };
        (read_uk_tables(tables, list), "uk-tables")
    };
    if parts.is_empty() {
        Ok((reading, format))
    } else {
        Err(FileError::NoParties("tables of two publishers were given"))
    }
}
