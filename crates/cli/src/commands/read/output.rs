//! Where readings go: one stream, one file per document, or one case of all.

use super::account::Account;
use super::ledger::Ledger;
#[cfg(feature = "parquet")]
use super::tables::Tables;
use crate::exit::UsageError;
use anyhow::{Context, Result};
use lagebild_case::Decisions;
use lagebild_document::{Document, Origin};
use lagebild_reading::Reading;
use lagebild_views::{csv, export, ftm, html, terminal};
use sha2::{Digest, Sha256};
use std::io::Write;
use std::path::Path;

/// Forms of a case file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Format {
    /// For a person at a terminal
    Text,
    /// The reading contract, one object per line
    Json,
    /// One self-contained HTML file
    Html,
    /// A flat table
    Csv,
    /// FollowTheMoney entities as JSON Lines
    Ftm,
    /// W3C Web Annotations of the exact words (JSON-LD)
    Annotations,
    /// The graph of the case for Gephi
    Gexf,
    /// The graph of the case for yEd, Cytoscape and networkx
    Graphml,
    /// The places of the case
    Geojson,
    /// The events of the case for a calendar
    Ical,
    /// Where each claim comes from: PROV-O in Turtle
    Prov,
    /// STIX 2.1
    Stix,
    /// A table of links for i2 and Maltego
    Links,
    /// Tables in Parquet files, in the folder --out
    #[cfg(feature = "parquet")]
    Parquet,
}

/// Endings of files and the forms that they stand for; a longer one before its end.
const ENDINGS: [(&str, Format); 16] = [
    ("txt", Format::Text),
    ("html", Format::Html),
    ("htm", Format::Html),
    ("links.csv", Format::Links),
    ("csv", Format::Csv),
    ("ftm.jsonl", Format::Ftm),
    ("ftm", Format::Ftm),
    ("stix.json", Format::Stix),
    ("jsonld", Format::Annotations),
    ("gexf", Format::Gexf),
    ("graphml", Format::Graphml),
    ("geojson", Format::Geojson),
    ("ics", Format::Ical),
    ("ttl", Format::Prov),
    ("json", Format::Json),
    ("jsonl", Format::Json),
];

impl Format {
    /// The ending of a file of this form.
    pub(crate) fn ending(self) -> &'static str {
        match self {
            Format::Text => "txt",
            Format::Json => "json",
            Format::Html => "html",
            Format::Csv => "csv",
            Format::Ftm => "ftm.jsonl",
            Format::Annotations => "jsonld",
            Format::Gexf => "gexf",
            Format::Graphml => "graphml",
            Format::Geojson => "geojson",
            Format::Ical => "ics",
            Format::Prov => "ttl",
            Format::Stix => "stix.json",
            Format::Links => "links.csv",
            #[cfg(feature = "parquet")]
            Format::Parquet => "parquet",
        }
    }

    /// True for what shows a case as a whole, also one of a single document.
    fn is_of_case(self) -> bool {
        !matches!(self, Format::Text | Format::Json | Format::Csv | Format::Ftm) && !self.is_tables()
    }

    /// True for a folder of tables.
    pub(crate) fn is_tables(self) -> bool {
        self.ending() == "parquet"
    }

    /// The form asked for, else that of the ending of the file to write, else a text. An ending of no form, or of
    /// another one than is asked for, is refused; a file without an ending (`/dev/stdout`) takes any.
    pub(crate) fn chosen(asked: Option<Self>, out: Option<&Path>) -> Result<Self> {
        if let Some(asked) = asked.filter(|asked| asked.is_tables()) {
            return Ok(asked);
        }
        let name = out.and_then(Path::file_name).map(|name| name.to_string_lossy().to_lowercase());
        let Some((_, ending)) = name.as_deref().and_then(|name| name.split_once('.')) else {
            return Ok(asked.unwrap_or(Format::Text));
        };
        // `case.2023.ftm.jsonl`: the longest ending that is known.
        let endings =
            ENDINGS.iter().filter(|(known, _)| ending == *known || ending.ends_with(&format!(".{known}")));
        let forms: Vec<Format> = endings.map(|&(_, form)| form).collect();
        match (asked, forms.as_slice()) {
            (None, [form, ..]) => Ok(*form),
            (Some(asked), forms) if forms.contains(&asked) => Ok(asked),
            _ => {
                let fits = |(_, form): &&(&str, Format)| asked.is_none_or(|asked| asked == *form);
                let allowed: Vec<String> =
                    ENDINGS.iter().filter(fits).map(|(ending, _)| format!(".{ending}")).collect();
                let form = asked.map_or_else(String::new, |asked| format!(" of form {}", asked.ending()));
                let message = format!(
                    "--out: a case file{form} does not end in .{ending}; it ends in {}",
                    allowed.join(", ")
                );
                Err(UsageError(message).into())
            }
        }
    }
}

/// How to print.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Look {
    pub(crate) format: Format,
    /// Columns of a text.
    pub(crate) width: usize,
    /// Say which rule produced what.
    pub(crate) explain: bool,
    /// Merge all documents into one case at the end.
    pub(crate) case: bool,
    /// Of a case as text, only what fits on two screens.
    pub(crate) short: bool,
}

impl Look {
    /// What a reading was made with and how it is printed: the same key, the same file.
    fn key(self, made_with: &str) -> String {
        format!("{made_with}-{}{}", self.format.ending(), if self.explain { "-explained" } else { "" })
    }
}

/// Takes readings one by one, in order.
pub(crate) enum Sink {
    /// Printed as they come.
    Stream { out: Box<dyn Write>, look: Look, first: bool },
    /// Kept, and merged at the end.
    Case { out: Box<dyn Write>, look: Look, readings: Vec<Reading>, decisions: Option<Decisions> },
    /// One file each.
    Folder { ledger: Ledger, look: Look },
    /// Rows of tables.
    #[cfg(feature = "parquet")]
    Tables(Box<Tables>),
}

impl Sink {
    /// A sink for one stream: `-` and nothing mean standard output.
    pub(crate) fn stream(path: Option<&Path>, look: Look) -> Result<Self> {
        #[cfg(feature = "parquet")]
        if look.format.is_tables() {
            return Self::tables(path, look.case);
        }
        // Only a text has colours, which are taken out where nobody sees them.
        let printed = || -> Box<dyn Write> {
            match look.format {
                Format::Text => Box::new(anstream::stdout().lock()),
                _ => Box::new(std::io::stdout().lock()),
            }
        };
        let out: Box<dyn Write> = match path {
            None => printed(),
            Some(path) if path == Path::new("-") => printed(),
            Some(path) => {
                let file = std::fs::File::create(path)
                    .with_context(|| format!("cannot write {}", path.display()))?;
                Box::new(std::io::BufWriter::new(anstream::StripStream::new(file)))
            }
        };
        Ok(match look {
            _ if look.case || look.format.is_of_case() => {
                Sink::Case { out, look, readings: Vec::new(), decisions: None }
            }
            _ => Sink::Stream { out, look, first: true },
        })
    }

    /// A case is merged as these decisions say.
    pub(crate) fn decide(&mut self, by: Decisions) {
        if let Sink::Case { decisions, .. } = self {
            *decisions = Some(by);
        }
    }

    /// A sink for the tables in a folder.
    #[cfg(feature = "parquet")]
    fn tables(folder: Option<&Path>, case: bool) -> Result<Self> {
        let Some(folder) = folder.filter(|path| *path != Path::new("-")) else {
            return Err(UsageError(
                "--format parquet writes tables into a folder: name it with --out".into(),
            )
            .into());
        };
        if case {
            let message = "--format parquet writes what each document says; leave --case out";
            return Err(UsageError(message.into()).into());
        }
        if folder.is_file() {
            return Err(UsageError(format!(
                "--out: {} is a file; --format parquet wants a folder",
                folder.display()
            ))
            .into());
        }
        Ok(Sink::Tables(Box::new(Tables::create(folder)?)))
    }

    /// A sink that adds lines of JSON to what a file holds.
    #[cfg(feature = "desk")]
    pub(crate) fn append(path: &Path, look: Look) -> Result<Self> {
        let file = std::fs::OpenOptions::new().create(true).append(true).open(path);
        let file = file.with_context(|| format!("cannot write {}", path.display()))?;
        Ok(Sink::Stream { out: Box::new(std::io::BufWriter::new(file)), look, first: true })
    }

    /// What was taken is in the file, not only on its way.
    #[cfg(feature = "desk")]
    pub(crate) fn flush(&mut self) -> Result<()> {
        match self {
            Sink::Stream { out, .. } | Sink::Case { out, .. } => out.flush()?,
            Sink::Folder { .. } => {}
            #[cfg(feature = "parquet")]
            Sink::Tables(_) => {}
        }
        Ok(())
    }

    /// A sink with one file per document.
    pub(crate) fn folder(path: &Path, resume: bool, look: Look) -> Result<Self> {
        if look.format.is_tables() {
            let message = "--format parquet writes all documents into the same tables, which are whole only at the end: name their \
                           folder with --out, and read everything anew instead of --resume; --out-dir --format json can be resumed";
            return Err(UsageError(message.into()).into());
        }
        let ledger =
            Ledger::open(path, resume).with_context(|| format!("cannot write to {}", path.display()))?;
        Ok(Sink::Folder { ledger, look })
    }

    /// True when this document was already read with the very same things, and is to be left as it is.
    pub(crate) fn holds(&self, document: &Document, made_with: &str) -> bool {
        match self {
            Sink::Folder { ledger, look } => {
                let source = source_key(&document.sha256, &document.source, &document.origin);
                ledger.holds(&source, &look.key(made_with))
            }
            _ => false,
        }
    }

    /// Takes a reading. `made_with` is the hash of its stamp.
    pub(crate) fn take(&mut self, reading: Reading, made_with: &str) -> Result<()> {
        match self {
            Sink::Case { readings, .. } => readings.push(reading),
            #[cfg(feature = "parquet")]
            Sink::Tables(tables) => {
                let about = &reading.document;
                tables.add(&source_key(&about.sha256, &about.source, &about.origin), &reading)?;
            }
            Sink::Stream { out, look, first } => {
                write_one(out, &reading, *look, *first)?;
                *first = false;
            }
            Sink::Folder { ledger, look } => {
                let mut content = Vec::new();
                let about = &reading.document;
                let source = source_key(&about.sha256, &about.source, &about.origin);
                let stem = stem(&about.source);
                if look.format.is_of_case() {
                    content.extend(whole(&lagebild_case::merge(vec![reading]), look.format)?.into_bytes());
                } else {
                    write_one(&mut anstream::StripStream::new(&mut content), &reading, *look, true)?;
                }
                ledger.write(&stem, look.format.ending(), (&source, &look.key(made_with)), &content)?;
            }
        }
        Ok(())
    }

    /// Prints what has to wait for the end.
    pub(crate) fn finish(self, account: &Account) -> Result<()> {
        match self {
            Sink::Case { mut out, look, readings, decisions } => {
                let case = match &decisions {
                    Some(decisions) => lagebild_case::merge_decided(readings, decisions),
                    None => lagebild_case::merge(readings),
                };
                for problem in case.decisions.iter().flat_map(|decided| &decided.problems) {
                    eprintln!("not carried out: {problem}");
                }
                write_case(&mut out, &case, look, account)?;
                out.flush()?;
            }
            Sink::Stream { mut out, look, .. } => {
                if look.format == Format::Json && !account.is_one_document() {
                    serde_json::to_writer(&mut out, account)?;
                    writeln!(out)?;
                }
                out.flush()?;
            }
            Sink::Folder { ledger, .. } => ledger.finish(account)?,
            #[cfg(feature = "parquet")]
            Sink::Tables(tables) => tables.finish(account)?,
        }
        Ok(())
    }
}

fn write_one(out: &mut dyn Write, reading: &Reading, look: Look, first: bool) -> Result<()> {
    match look.format {
        Format::Text => {
            if !first {
                writeln!(out)?;
            }
            write!(out, "{}", terminal::reading(reading, look.width, look.explain))?;
        }
        Format::Csv => write_csv(out, std::slice::from_ref(reading), first)?,
        Format::Ftm => write_ftm(out, &ftm::entities(reading))?,
        _ => {
            serde_json::to_writer(&mut *out, reading)?;
            writeln!(out)?;
        }
    }
    Ok(())
}

/// A case as JSON, with what became of its inputs.
#[derive(serde::Serialize)]
struct CaseFile<'a> {
    #[serde(flatten)]
    case: &'a lagebild_case::Case,
    inputs: &'a Account,
}

fn write_case(out: &mut dyn Write, case: &lagebild_case::Case, look: Look, account: &Account) -> Result<()> {
    match look.format {
        Format::Text if look.short => write!(out, "{}", terminal::short(case, look.width))?,
        Format::Text => {
            for (at, reading) in case.readings.iter().enumerate() {
                write_one(out, reading, look, at == 0)?;
            }
            if case.readings.len() > 1 {
                write!(out, "{}", terminal::case(case, look.width))?;
            }
        }
        Format::Json => {
            serde_json::to_writer(&mut *out, &CaseFile { case, inputs: account })?;
            writeln!(out)?;
        }
        Format::Csv => write_csv(out, &case.readings, true)?,
        Format::Ftm => write_ftm(out, &ftm::case(case))?,
        format => write!(out, "{}", whole(case, format)?)?,
    }
    Ok(())
}

/// A case in a form that shows it as a whole.
fn whole(case: &lagebild_case::Case, format: Format) -> Result<String> {
    Ok(match format {
        Format::Annotations => export::annotations::text(case),
        Format::Gexf => export::gexf::text(case),
        Format::Graphml => export::graphml::text(case),
        Format::Geojson => export::geojson::text(case),
        Format::Ical => export::calendar::text(case),
        Format::Prov => export::provenance::text(case),
        Format::Stix => export::stix::text(case),
        Format::Links => export::links::text(case)?,
        _ => html::case(case),
    })
}

fn write_csv(out: &mut dyn Write, readings: &[Reading], header: bool) -> Result<()> {
    let mut table = ::csv::Writer::from_writer(out);
    if header {
        table.write_record(csv::COLUMNS)?;
    }
    for reading in readings {
        csv::rows(reading, &mut table)?;
    }
    table.flush()?;
    Ok(())
}

fn write_ftm(out: &mut dyn Write, entities: &[serde_json::Value]) -> Result<()> {
    for entity in entities {
        serde_json::to_writer(&mut *out, entity)?;
        writeln!(out)?;
    }
    Ok(())
}

/// What tells one document from all others: several may come from the same bytes, and other words where another program
/// recognises them.
fn source_key(sha256: &str, source: &str, origin: &Origin) -> String {
    let ocr = origin.ocr.as_ref().map(|ocr| format!("\n{ocr:?}")).unwrap_or_default();
    format!("{:x}", Sha256::digest(format!("{sha256}\n{source}{ocr}")))
}

/// The file name of a source without its ending.
fn stem(source: &str) -> String {
    let name = Path::new(source).file_stem().map(|stem| stem.to_string_lossy().into_owned());
    name.filter(|name| !name.is_empty() && name != "-").unwrap_or_else(|| "document".into())
}
