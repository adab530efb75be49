//! `lagebild read FILE…`: articles in, case file out.

mod account;
mod ledger;
pub(crate) mod ocr;
mod output;
#[cfg(feature = "parquet")]
mod tables;
mod work;

use super::lists::Choice;
use crate::exit::{Exit, UsageError};
use anyhow::{Context, Result};
use clap::ValueEnum;
use jiff::civil::Date;
use lagebild_case::Decisions;
use lagebild_document::{Columns, Document, DocumentError, Options, input};
use lagebild_reading::Knowledge;
use lagebild_transfers::Standing;
use lagebild_watchlist::Watchlist;
use std::path::{Path, PathBuf};

pub(crate) use output::{Format, Look, Sink};
pub(crate) use work::{Tally, Work};

/// Arguments of `lagebild read`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Files, folders, or - for standard input
    #[arg(required = true, value_name = "FILE")]
    inputs: Vec<PathBuf>,
    #[command(flatten)]
    how: How,
}

/// How inputs are read and where their readings go; the same for `read` and `fetch`.
#[derive(clap::Args)]
pub(crate) struct How {
    /// Language of all inputs (de, en, ru, …) instead of finding it
    #[arg(long, value_name = "CODE", help_heading = "Input")]
    language: Option<String>,
    /// Day of publication of all inputs (2023-09-12) instead of finding it
    #[arg(long, value_name = "DATE", help_heading = "Input")]
    published: Option<Date>,
    /// Format of all inputs instead of telling it by name and content
    #[arg(long, value_name = "FORMAT", help_heading = "Input")]
    input_format: Option<InputFormat>,
    /// Which column of a table or field of a record is the text, title, author, date, url or language, where its name does
    /// not tell (text=Body)
    #[arg(long, value_name = "WHAT=COLUMN", value_delimiter = ',', help_heading = "Input")]
    columns: Vec<String>,
    /// Largest text in MiB; archives may be larger
    #[arg(long, value_name = "MIB", default_value_t = 64, help_heading = "Input")]
    max_size: u64,
    /// Leave scanned pages unread, also where tesseract is installed and could recognise their words
    #[arg(long, help_heading = "Input")]
    no_ocr: bool,
    #[command(flatten)]
    lists: Choice,
    #[command(flatten)]
    shown: Shown,
    /// Write one file per document into this folder
    #[arg(long, value_name = "DIR", conflicts_with_all = ["out", "case"], help_heading = "Output")]
    out_dir: Option<PathBuf>,
    /// With --out-dir: skip documents that the folder already holds, read with the same data
    #[arg(long, help_heading = "Output")]
    resume: bool,
    /// Merge all documents into one case: shared names, copies folded, claims by number of origins, timeline
    #[arg(long, help_heading = "Output")]
    case: bool,
    /// With --case: who is one and who is not, as you decided (YAML; docs/cases.md)
    #[arg(long, value_name = "FILE", requires = "case", help_heading = "Output")]
    decisions: Option<PathBuf>,
    /// Exit with 1 when a document names a listed party, or touches a provision by a transfer that is at least this well
    /// founded (touched alone: by any, also a denied one)
    #[arg(long, value_name = "WHAT", help_heading = "Output")]
    fail_on: Vec<FailOn>,
}

/// How to read and print; the same for `read` and `demo`.
#[derive(clap::Args)]
pub(crate) struct Shown {
    /// Form of the case file (default: that of the ending of --out, else text)
    #[arg(long, value_name = "FORMAT", help_heading = "Output")]
    format: Option<Format>,
    /// File to write to instead of standard output; for parquet a folder
    #[arg(long, short, value_name = "FILE", help_heading = "Output")]
    out: Option<PathBuf>,
    /// Columns of the text (default: those of the terminal, else 100)
    #[arg(long, value_name = "COLUMNS", help_heading = "Output")]
    width: Option<usize>,
    /// Say which rule and which words produced each line
    #[arg(long, help_heading = "Output")]
    explain: bool,
    /// Day whose lists and measures count (default: day of publication, else today)
    #[arg(long, value_name = "DATE")]
    as_of: Option<Date>,
    /// Look for names alone, without grammar: a first pass over an archive
    #[arg(long)]
    quick: bool,
    /// Leave out transfers whose sides, and statements whose speakers, are less probably right than this, 0 to 1, and what follows
    /// from them (default: what is told at all; the text folds those under 0.6)
    #[arg(long, value_name = "SHARE", value_parser = share, help_heading = "Output")]
    min_confidence: Option<f32>,
    /// Threads (default: all cores)
    #[arg(long, value_name = "N", default_value_t = 0)]
    threads: usize,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum InputFormat {
    Text,
    Markdown,
    Html,
    Json,
    JsonLines,
    Csv,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FailOn {
    /// A name that may be a listed party's
    Listed,
    /// A provision is touched, however the transfer stands: also if it is denied, asked for or cancelled
    Touched,
    /// … by a transfer that is told as possible or better
    #[value(name = "touched:possible")]
    TouchedPossible,
    /// … as probable, suspected, agreed or planned, or better
    #[value(name = "touched:probable")]
    TouchedProbable,
    /// … as certain by its source
    #[value(name = "touched:certain")]
    TouchedCertain,
}

impl FailOn {
    /// True when a run found what is asked for.
    fn found(self, tally: &Tally) -> bool {
        let touched = |least: Standing| tally.touched.is_some_and(|standing| standing <= least);
        match self {
            FailOn::Listed => tally.with_listed > 0,
            FailOn::Touched => tally.touched.is_some(),
            FailOn::TouchedPossible => touched(Standing::Possible),
            FailOn::TouchedProbable => touched(Standing::Planned),
            FailOn::TouchedCertain => touched(Standing::Certain),
        }
    }
}

/// Reads the inputs.
pub(crate) fn run(args: &Args) -> Result<Exit> {
    let options = args.how.options()?;
    let only_file = matches!(args.inputs.as_slice(), [path] if !path.is_dir());
    args.how.read(input::documents(&args.inputs, &options), only_file)
}

impl How {
    /// What the user says of the inputs. Scanned pages are recognised, unless the user does not want it.
    pub(crate) fn options(&self) -> Result<Options> {
        check_language(self.language.as_deref())?;
        Ok(Options {
            format: self.input_format.map(InputFormat::into),
            language: self.language.clone(),
            published: self.published,
            max_bytes: self.max_size.saturating_mul(1 << 20),
            columns: columns(&self.columns)?,
            recogniser: ocr::recogniser(!self.no_ocr, self.language.as_deref()),
        })
    }

    /// The folder of readings, where there is to be one.
    pub(crate) fn out_dir(&self) -> Option<&Path> {
        self.out_dir.as_deref()
    }

    /// Reads documents to where they are wanted. `alone` when there is one input that is no folder.
    pub(crate) fn read(
        &self,
        documents: impl Iterator<Item = Result<Document, DocumentError>>,
        alone: bool,
    ) -> Result<Exit> {
        let watchlist = self.lists.watchlist(self.shown.as_of)?;
        let look = self.shown.look(self.case, false)?;
        if self.resume && self.out_dir.is_none() && !look.format.is_tables() {
            return Err(UsageError(
                "--resume goes on with a folder of readings: name it with --out-dir".into(),
            )
            .into());
        }
        // Read before the documents: a typing error shall not cost their time.
        let decisions = self.decisions.as_deref().map(decisions).transpose()?;
        let mut sink = match &self.out_dir {
            None if self.resume => Sink::folder(Path::new(""), true, look)?,
            Some(folder) => Sink::folder(folder, self.resume, look)?,
            None => Sink::stream(self.shown.out.as_deref(), look)?,
        };
        if let Some(decisions) = decisions {
            sink.decide(decisions);
        }
        let watchlist = watchlist.as_ref().unwrap_or_else(|| Watchlist::starter());
        let tally = self.shown.read(documents, sink, watchlist)?;
        if !(alone && tally.account.is_one_document()) {
            eprint!("{}", tally.account.summary());
        }
        Ok(exit(&self.fail_on, &tally))
    }
}

/// The decisions in a file.
fn decisions(path: &Path) -> Result<Decisions> {
    let yaml = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let name = path.file_name().map_or_else(|| "decisions".into(), |name| name.to_string_lossy());
    Decisions::parse(&name, &yaml).map_err(|error| UsageError(error.to_string()).into())
}

/// The columns that were named.
fn columns(named: &[String]) -> Result<Columns> {
    let mut columns = Columns::default();
    for one in named {
        if !one.split_once('=').is_some_and(|(what, column)| columns.set(what, column)) {
            let message =
                format!("--columns: `{one}` is none of text=…, title=…, author=…, date=…, url=…, language=…");
            return Err(UsageError(message).into());
        }
    }
    Ok(columns)
}

/// A number from 0 to 1.
fn share(text: &str) -> Result<f32, String> {
    let number: f32 = text.parse().map_err(|_| "wants a number from 0 to 1, such as 0.7".to_owned())?;
    if (0.0..=1.0).contains(&number) { Ok(number) } else { Err("wants a number from 0 to 1".into()) }
}

/// Refuses a language that no text can be told to be in: a typing error would leave everything unread.
fn check_language(code: Option<&str>) -> Result<()> {
    let known = lagebild_document::languages();
    match code {
        Some(code) if !code.split(['-', '_']).next().is_some_and(|primary| known.contains(&primary)) => {
            let message =
                format!("`{code}` is no language that is told apart; there are {}", known.join(", "));
            Err(UsageError(message).into())
        }
        _ => Ok(()),
    }
}

fn exit(fail_on: &[FailOn], tally: &Tally) -> Exit {
    if fail_on.iter().any(|what| what.found(tally)) {
        Exit::Found
    } else if tally.account.is_incomplete() {
        Exit::SomeInputsFailed
    } else {
        Exit::Done
    }
}

impl Shown {
    /// How to print.
    pub(crate) fn look(&self, case: bool, short: bool) -> Result<Look> {
        if self.width.is_some_and(|width| width < 40) {
            return Err(UsageError("--width must be 40 or more".into()).into());
        }
        let terminal = || terminal_size::terminal_size().map_or(100, |(width, _)| usize::from(width.0));
        let format = Format::chosen(self.format, self.out.as_deref())?;
        Ok(Look { format, width: self.width.unwrap_or_else(terminal), explain: self.explain, case, short })
    }

    /// True when a text without explanations is to be printed.
    pub(crate) fn is_plain_text(&self) -> bool {
        self.format.is_none_or(|format| format == Format::Text) && self.out.is_none() && !self.explain
    }

    /// A sink for one stream.
    pub(crate) fn sink(&self, case: bool, short: bool) -> Result<Sink> {
        Sink::stream(self.out.as_deref(), self.look(case, short)?)
    }

    /// Reads documents into a sink.
    pub(crate) fn read(
        &self,
        documents: impl Iterator<Item = Result<Document, DocumentError>>,
        mut sink: Sink,
        watchlist: &Watchlist,
    ) -> Result<Tally> {
        let today = jiff::Zoned::now().date();
        let knowledge = Knowledge { watchlist, ..Knowledge::built_in() };
        let work = Work {
            knowledge,
            as_of: self.as_of,
            today,
            threads: self.threads,
            quick: self.quick,
            min_confidence: self.min_confidence.unwrap_or_default(),
        };
        let tally = work.run(documents, &mut sink)?;
        sink.finish(&tally.account)?;
        Ok(tally)
    }
}

impl From<InputFormat> for lagebild_document::Format {
    fn from(format: InputFormat) -> Self {
        match format {
            InputFormat::Text => Self::Text,
            InputFormat::Markdown => Self::Markdown,
            InputFormat::Html => Self::Html,
            InputFormat::Json => Self::Json,
            InputFormat::JsonLines => Self::JsonLines,
            InputFormat::Csv => Self::Csv,
        }
    }
}
