//! `lagebild screen`: which listed parties may a name, a record or each row of a table be?

mod output;
#[cfg(feature = "parquet")]
mod parquet;
mod resume;
mod rows;
mod table;

use super::lists::Choice;
use crate::exit::{Exit, UsageError};
use crate::print::{print, print_json};
use anyhow::Result;
use clap::ValueEnum;
use jiff::civil::Date;
use lagebild_screen::{Index, Options, Query};
use std::path::PathBuf;

/// Arguments of `lagebild screen`.
#[derive(clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub(crate) struct Args {
    /// The name, as one argument or several; with --also, other spellings
    #[arg(required_unless_present_any = ["table", "id"], value_name = "NAME")]
    name: Vec<String>,
    /// Another spelling of the same party's name
    #[arg(long, value_name = "NAME", help_heading = "The party")]
    also: Vec<String>,
    /// What kind of party
    #[arg(long, value_enum, help_heading = "The party")]
    schema: Option<Schema>,
    /// Date of birth: 1952, 1952-10 or 1952-10-07
    #[arg(long, value_name = "DATE", help_heading = "The party")]
    birth_date: Option<String>,
    /// Nationality or country, as a code or a name
    #[arg(long, value_name = "COUNTRY", help_heading = "The party")]
    country: Vec<String>,
    /// female or male
    #[arg(long, value_name = "GENDER", help_heading = "The party")]
    gender: Option<String>,
    /// An identifier, as in imoNumber=9187629 or innCode=7707083893
    #[arg(long, value_name = "PROPERTY=VALUE", value_parser = pair, help_heading = "The party")]
    id: Vec<(String, String)>,
    /// Screen every row of a table instead: CSV with any separator, XLSX, XLS, ODS, JSON Lines, Parquet
    #[arg(long, value_name = "FILE", conflicts_with_all = ["name", "also", "id"], help_heading = "Tables")]
    table: Option<PathBuf>,
    /// Which column holds what, where the heading does not say: name=Wer, birthDate=Geb.
    #[arg(long, value_name = "FIELD=HEADING", value_parser = pair, requires = "table", help_heading = "Tables")]
    column: Vec<(String, String)>,
    /// Encoding of the table, such as windows-1252, where the guess is wrong
    #[arg(long, value_name = "NAME", requires = "table", help_heading = "Tables")]
    encoding: Option<String>,
    /// What separates the cells of the table, where the guess is wrong
    #[arg(long, value_name = "CHARACTER", value_parser = separator, requires = "table", help_heading = "Tables")]
    separator: Option<char>,
    /// Which sheet of a spreadsheet
    #[arg(long, value_name = "NAME", requires = "table", help_heading = "Tables")]
    sheet: Option<String>,
    /// What comes first in dates like 04/03/1961, where the table does not show it
    #[arg(long, value_enum, requires = "table", help_heading = "Tables")]
    date_order: Option<rows::DateOrder>,
    /// Go on although a guess about the table is doubtful
    #[arg(long, requires = "table", help_heading = "Tables")]
    yes: bool,
    /// With --table: file to write to instead of standard output, by its ending: .csv, .tsv, .jsonl
    #[arg(long, short, value_name = "FILE", requires = "table", help_heading = "Tables")]
    out: Option<PathBuf>,
    /// With --out: go on with the last row that the file holds, where table, lists and threshold are the same
    #[arg(long, requires = "out", help_heading = "Tables")]
    resume: bool,
    /// With --table: threads (default: all cores)
    #[arg(long, value_name = "N", default_value_t = 0, help_heading = "Tables")]
    threads: usize,
    #[command(flatten)]
    lists: Choice,
    /// Day whose lists count (default: the present ones)
    #[arg(long, value_name = "DATE", help_heading = "Lists")]
    as_of: Option<Date>,
    /// From this score on a hit is a match
    #[arg(long, value_name = "0..1", default_value_t = lagebild_names::THRESHOLD)]
    threshold: f64,
    /// Hits below this score are not shown (default: the threshold)
    #[arg(long, value_name = "0..1")]
    cutoff: Option<f64>,
    /// Most hits to show
    #[arg(long, value_name = "N", default_value_t = 10)]
    limit: usize,
    /// Take each score apart: parts of the names, why they are taken for each other, how much each counts
    #[arg(long)]
    explain: bool,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Exit with 1 when there is a match
    #[arg(long)]
    fail_on_match: bool,
}

/// How hits are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For reading
    #[default]
    Text,
    /// One JSON value; of a table one on each line
    Json,
    /// FollowTheMoney entities on lines: the parties, their listings, owners and links (not of a table)
    Ftm,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Schema {
    Person,
    Organization,
    Vessel,
    Airplane,
    /// A person or an organization
    LegalEntity,
}

impl Schema {
    const fn name(self) -> &'static str {
        match self {
            Self::Person => "Person",
            Self::Organization => "Organization",
            Self::Vessel => "Vessel",
            Self::Airplane => "Airplane",
            Self::LegalEntity => "LegalEntity",
        }
    }
}

fn pair(text: &str) -> Result<(String, String), String> {
    let (left, right) = text.split_once('=').ok_or("write it as FIELD=VALUE")?;
    Ok((left.trim().into(), right.trim().into()))
}

fn separator(text: &str) -> Result<char, String> {
    let mut letters = text.chars();
    match (text, letters.next(), letters.next()) {
        ("\\t" | "tab", ..) => Ok('\t'),
        (_, Some(one), None) => Ok(one),
        _ => Err("write one character, or tab".into()),
    }
}

/// Screens a name, a record or a table.
pub(crate) fn run(args: &Args) -> Result<Exit> {
    for (value, name) in [(Some(args.threshold), "--threshold"), (args.cutoff, "--cutoff")] {
        if value.is_some_and(|value| !(0.0..=1.0).contains(&value)) {
            return Err(UsageError(format!("{name} is a score between 0 and 1")).into());
        }
    }
    let index = args.lists.index(args.as_of)?;
    if let Some(file) = &args.table {
        if args.format == Format::Ftm {
            return Err(UsageError("--format ftm is for a single query, not for --table".into()).into());
        }
        return table::run(args, file, &index);
    }
    let matched = one(args, &index)?;
    Ok(if matched && args.fail_on_match { Exit::Found } else { Exit::Done })
}

impl Args {
    fn options(&self) -> Options {
        Options {
            cutoff: self.cutoff.unwrap_or(self.threshold),
            threshold: self.threshold,
            limit: self.limit,
            ..Options::default()
        }
    }

    fn query(&self) -> Query {
        let mut query = Query { schema: self.schema.map(|schema| schema.name().into()), ..Query::default() };
        let name = self.name.join(" ");
        query.names =
            std::iter::once(name).chain(self.also.clone()).filter(|name| !name.is_empty()).collect();
        let mut add = |property: &str, value: &str| {
            query.properties.entry(property.into()).or_default().push(value.into());
        };
        self.birth_date.iter().for_each(|date| add("birthDate", date));
        self.country.iter().for_each(|country| add("country", country));
        self.gender.iter().for_each(|gender| add("gender", gender));
        self.id.iter().for_each(|(property, value)| add(property, value));
        query
    }
}

/// Answers a single query; true when there is a match.
fn one(args: &Args, index: &Index) -> Result<bool> {
    let query = args.query();
    let hits = index.screen(&query, &args.options());
    let matched = hits.iter().any(|hit| hit.matched);
    match args.format {
        Format::Json => {
            let answer = serde_json::json!({
                "query": query,
                "hits": hits.iter().map(|hit| index.with_relations(hit)).collect::<Vec<_>>(),
                "lists": index.stamp().lists,
                "software": index.stamp().software,
                "index": index.hash(),
            });
            print_json(&answer)?;
        }
        Format::Ftm => {
            for entity in lagebild_views::screened::ftm(index, &hits) {
                print(&(serde_json::to_string(&entity)? + "\n"))?;
            }
        }
        Format::Text => {
            let width = terminal_size::terminal_size().map_or(100, |(width, _)| usize::from(width.0));
            let text = lagebild_views::terminal::hits(&query, &hits, index, width, args.explain);
            anstream::print!("{text}");
        }
    }
    Ok(matched)
}
