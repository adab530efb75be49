//! `lagebild triage INPUTS…`: one ranked line for each document or group of copies.

use super::lists::Choice;
use crate::commands::read::ocr;
use crate::exit::Exit;
use crate::print::{print, print_json};
use anyhow::{Context, Result};
use clap::ValueEnum;
use jiff::civil::Date;
use lagebild_document::{Document, Options, input};
use lagebild_reading::{Knowledge, read};
use lagebild_transfers::Standing;
use lagebild_triage::{Entry, Filter, Line, Triage, Weights, triage};
use lagebild_views::csv::harmless;
use lagebild_watchlist::Watchlist;
use rayon::prelude::*;
use std::fmt::Write;
use std::path::PathBuf;

/// Documents read side by side; only what triage keeps of them stays in memory.
const BATCH: usize = 64;

/// Regimes that the text counts, the most frequent ones.
const REGIMES: usize = 12;

/// Arguments of `lagebild triage`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Files, folders, or - for standard input
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<PathBuf>,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Lines that are printed at most (0: all)
    #[arg(long, value_name = "N", default_value_t = 0)]
    top: usize,
    /// Weights of the ranking, a file like data/triage.yaml
    #[arg(long, value_name = "FILE")]
    weights: Option<PathBuf>,
    /// Day whose lists and measures count (default: day of publication, else today)
    #[arg(long, value_name = "DATE")]
    as_of: Option<Date>,
    #[command(flatten)]
    lists: Choice,
    #[command(flatten)]
    filter: Asked,
}

/// Which documents are shown.
#[derive(clap::Args)]
#[command(next_help_heading = "Filter")]
struct Asked {
    /// A listed party, by a part of its name or its id
    #[arg(long, value_name = "NAME")]
    party: Option<String>,
    /// A country that is named, by its code (kp)
    #[arg(long, value_name = "CODE")]
    country: Option<String>,
    /// A class of goods that go, by its id (see `lagebild goods`)
    #[arg(long, value_name = "CLASS")]
    class: Option<String>,
    /// A regime, by the beginning of its name (UN-1718)
    #[arg(long, value_name = "REGIME")]
    regime: Option<String>,
    /// How well founded the transfer is told to be, at least
    #[arg(long, value_name = "WORD")]
    certainty: Option<Certainty>,
    /// First day of publication
    #[arg(long, value_name = "DATE")]
    since: Option<Date>,
    /// Last day of publication
    #[arg(long, value_name = "DATE")]
    until: Option<Date>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Certainty {
    Certain,
    Probable,
    Planned,
    Possible,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Format {
    /// For reading
    #[default]
    Text,
    /// One JSON value
    Json,
    /// A table
    Csv,
}

/// Reads the inputs and prints the list.
pub(crate) fn run(args: &Args) -> Result<Exit> {
    let weights = weights(args.weights.as_deref())?;
    let watchlist = args.lists.watchlist(args.as_of)?;
    let watchlist = watchlist.as_ref().unwrap_or_else(|| Watchlist::starter());
    let knowledge = Knowledge { watchlist, ..Knowledge::built_in() };
    let today = jiff::Zoned::now().date();
    let entry = |document: Document| {
        let day = args.as_of.or(document.published).unwrap_or(today);
        let site = document.url.as_deref().and_then(host).map(str::to_owned);
        Entry::of(&read(document, knowledge, day), site.as_deref(), &weights)
    };
    let mut failed = 0;
    let options = Options { recogniser: ocr::recogniser(true, None), ..Options::default() };
    let mut good = input::documents(&args.inputs, &options).filter_map(|document| {
        document
            .map_err(|error| {
                failed += 1;
                eprintln!("lagebild: {error}");
            })
            .ok()
    });
    let mut entries = Vec::new();
    loop {
        let batch: Vec<Document> = good.by_ref().take(BATCH).collect();
        if batch.is_empty() {
            break;
        }
        entries.extend(batch.into_par_iter().map(entry).collect::<Vec<_>>());
    }
    drop(good);
    let mut list = triage(&entries, &args.filter.filter());
    if args.top > 0 {
        list.lines.truncate(args.top);
    }
    show(&list, args.format)?;
    Ok(if failed > 0 { Exit::SomeInputsFailed } else { Exit::Done })
}

fn weights(file: Option<&std::path::Path>) -> Result<Weights> {
    let Some(file) = file else { return Ok(Weights::shipped()?) };
    let name = file.display().to_string();
    let yaml = std::fs::read_to_string(file).with_context(|| format!("{name} cannot be read"))?;
    Ok(Weights::parse(&name, &yaml)?)
}

/// The site of an address.
fn host(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?;
    Some(host.strip_prefix("www.").unwrap_or(host))
}

impl Asked {
    fn filter(&self) -> Filter {
        Filter {
            party: self.party.clone(),
            country: self.country.clone(),
            class: self.class.clone(),
            regime: self.regime.clone(),
            certainty: self.certainty.map(|least| match least {
                Certainty::Certain => Standing::Certain,
                Certainty::Probable => Standing::Probable,
                Certainty::Planned => Standing::Planned,
                Certainty::Possible => Standing::Possible,
            }),
            since: self.since,
            until: self.until,
        }
    }
}

fn show(list: &Triage, format: Format) -> Result<Exit> {
    match format {
        Format::Json => print_json(list),
        Format::Csv => print(&table(list)?),
        Format::Text => print(&text(list)?),
    }
}

fn text(list: &Triage) -> Result<String> {
    let totals = &list.totals;
    let mut out = format!(
        "{} documents, {} without their copies, {} shown; {} name a listed party, {} touch a provision\n",
        totals.documents, totals.groups, totals.shown, totals.with_listed, totals.with_provisions
    );
    let mut regimes: Vec<(&String, &usize)> = totals.regimes.iter().collect();
    regimes.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
    let regimes: Vec<String> =
        regimes.iter().take(REGIMES).map(|(regime, count)| format!("{regime} {count}")).collect();
    writeln!(out, "{}\n", regimes.join(", "))?;
    for line in &list.lines {
        let entry = &line.entry;
        let day = entry.published.map(|day| format!("{day}  ")).unwrap_or_default();
        let title = entry.title.as_deref().unwrap_or("(no title)");
        let copies = if line.copies.is_empty() {
            String::new()
        } else {
            format!(" (and {} copies)", line.copies.len())
        };
        writeln!(out, "{:>4}  {:>5.1}  {day}{}{copies}", line.place, entry.score, quiet(title))?;
        writeln!(out, "             {}\n             {}", quiet(&entry.reason), quiet(&entry.source))?;
    }
    Ok(out)
}

/// Words of a document without what drives a terminal.
fn quiet(words: &str) -> String {
    let drives = |c: char| {
        c.is_control()
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    words.chars().map(|c| if drives(c) { ' ' } else { c }).collect()
}

/// The header of the table.
const COLUMNS: [&str; 14] = [
    "place",
    "score",
    "reason",
    "title",
    "published",
    "language",
    "certainty",
    "confidence",
    "parties",
    "countries",
    "classes",
    "regimes",
    "source",
    "copies",
];

fn table(list: &Triage) -> Result<String> {
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record(COLUMNS)?;
    for line in &list.lines {
        out.write_record(row(line).into_iter().map(harmless))?;
    }
    Ok(String::from_utf8(out.into_inner()?)?)
}

fn row(line: &Line) -> [String; 14] {
    let entry = &line.entry;
    let joined =
        |set: &std::collections::BTreeSet<String>| set.iter().cloned().collect::<Vec<_>>().join(" | ");
    [
        line.place.to_string(),
        entry.score.to_string(),
        entry.reason.clone(),
        entry.title.clone().unwrap_or_default(),
        entry.published.map(|day| day.to_string()).unwrap_or_default(),
        entry.language.clone().unwrap_or_default(),
        entry.certainty.unwrap_or_default().to_owned(),
        entry.confidence.map(|share| format!("{share:.2}")).unwrap_or_default(),
        joined(&entry.parties),
        joined(&entry.countries),
        joined(&entry.classes),
        joined(&entry.regimes),
        entry.source.clone(),
        line.copies.join(" | "),
    ]
}
