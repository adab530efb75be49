//! `lagebild eval parties`: screening measured on tables of people, native names and pairs of parties.

use crate::exit::Exit;
use crate::print::print_line;
use anyhow::{Context, Result, ensure};
use lagebild_eval::parties::{
    Directory, Native, Pair, PartyCase, PartyReport, Person, pairs, run, short_forms,
};
use lagebild_screen::{Index, List, Options, Query};
use lagebild_watchlist::store::Store;
use serde::de::DeserializeOwned;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Arguments of `lagebild eval parties`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Folder with `positives_*.csv`, `negatives_*.csv`, `un_native.csv`, `crosslist_truth.csv` (those that are there)
    folder: PathBuf,
    /// Folder of stored lists, named as in the crosslist (see `lagebild lists add`)
    #[arg(long, value_name = "FOLDER")]
    lists: PathBuf,
    /// Only these lists
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    only: Vec<String>,
    /// Every so-manieth listed person is asked for by other forms of the name
    #[arg(long, value_name = "N", default_value_t = 5)]
    every: usize,
    /// Print what went wrong
    #[arg(long)]
    show: bool,
}

/// Measures every set in the folder and prints a line for each.
pub(crate) fn run_parties(args: &Args) -> Result<Exit> {
    let lists = lists(&args.lists, &args.only)?;
    let index = Index::of_lists(&lists).context("the lists cannot be compiled")?;
    let directory = Directory::of(&index);
    print_line(&format!(
        "{} parties, {} names of {} lists",
        index.stamp().parties,
        index.stamp().names,
        lists.len()
    ))?;
    let mut told = 0usize;
    let mut tell = |report: &PartyReport| -> Result<()> {
        told += 1;
        print_line(&report.line())?;
        let shown = report.errors.iter().filter(|_| args.show);
        shown.map(|error| format!("    {error}")).try_for_each(|line| print_line(&line).map(|_| ()))?;
        Ok(())
    };
    people(args, &index, &directory, &mut tell)?;
    for (form, cases) in short_forms(&directory, args.every) {
        tell(&run(&format!("listed people by {form}"), &index, &cases, &Options::default()))?;
    }
    if let Some(report) = native(args, &lists, &directory)? {
        tell(&report)?;
    }
    crosslist(args, &index, &directory, &mut tell)?;
    ensure!(told > 0, "{}: no known table in it", args.folder.display());
    Ok(Exit::Done)
}

/// What is done with a report as soon as it is there: some take minutes.
type Tell<'a> = &'a mut dyn FnMut(&PartyReport) -> Result<()>;

/// The stored lists of a folder, all or those named.
pub(super) fn lists(folder: &Path, only: &[String]) -> Result<Vec<List>> {
    let store = Store::new(folder);
    let mut lists = Vec::new();
    for entry in store.select(only, None)? {
        lists.push(List::stored(&store, &entry)?);
    }
    ensure!(!lists.is_empty(), "{}: no list there; add some with `lagebild lists add`", folder.display());
    Ok(lists)
}

/// Tables of people: `positives_X_treated` are the people of `positives_X_untreated`, misspelt.
fn people(args: &Args, index: &Index, directory: &Directory, tell: Tell<'_>) -> Result<()> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(&args.folder)
        .with_context(|| format!("cannot read {}", args.folder.display()))?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    files.sort();
    for file in files {
        let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let positive = name.starts_with("positives_");
        if !positive && !name.starts_with("negatives_") {
            continue;
        }
        let asked: Vec<Person> = table(&file)?;
        let plain = file.with_file_name(format!("{}.csv", name.replace("_treated", "_untreated")));
        let plain: Vec<Person> = if positive { table(&plain)? } else { Vec::new() };
        for (how, all_fields) in [("by name", false), ("all fields", true)] {
            let meant = |at: usize| match plain.get(at) {
                Some(person) => directory.bearers(&person.full_name),
                None => BTreeSet::new(),
            };
            let case = |(at, person): (usize, &Person)| PartyCase {
                query: person.query(all_fields),
                meant: meant(at),
                ..PartyCase::default()
            };
            let cases: Vec<PartyCase> = asked.iter().enumerate().map(case).collect();
            tell(&run(&format!("{name} {how}"), index, &cases, &Options::default()))?;
        }
    }
    Ok(())
}

/// Names in native scripts against lists from which all such names were taken away.
fn native(args: &Args, lists: &[List], directory: &Directory) -> Result<Option<PartyReport>> {
    let file = args.folder.join("un_native.csv");
    if !file.is_file() {
        return Ok(None);
    }
    let rows: Vec<Native> = table(&file)?;
    let mut latin = lists.to_vec();
    let readable = |name: &str| !name.chars().any(|c| c.is_alphabetic() && !is_latin(c));
    for party in latin.iter_mut().flat_map(|list| &mut list.parties) {
        party.names.retain(|name| readable(&name.full));
    }
    let index = Index::of_lists(&latin).context("the lists cannot be compiled")?;
    let meant = |row: &Native| &directory.bearers(&row.latin) | &directory.bearers(&row.native);
    let cases: Vec<PartyCase> = rows
        .iter()
        .map(|row| PartyCase {
            query: Query::name(&row.native, Some(&row.schema)),
            meant: meant(row),
            ..PartyCase::default()
        })
        .collect();
    Ok(Some(run("un_native by name", &index, &cases, &Options::default())))
}

/// Latin letters, with all their marks and modifiers.
fn is_latin(c: char) -> bool {
    matches!(c, '\0'..='\u{24f}' | '\u{2b0}'..='\u{2ff}' | '\u{1e00}'..='\u{1eff}' | '\u{ff21}'..='\u{ff5a}')
}

/// The same parties on two lists.
fn crosslist(args: &Args, index: &Index, directory: &Directory, tell: Tell<'_>) -> Result<()> {
    let file = args.folder.join("crosslist_truth.csv");
    if !file.is_file() {
        return Ok(());
    }
    let rows: Vec<Pair> = table(&file)?;
    for of in ["person", "org", "vessel"] {
        for (how, all_fields) in [("by name", false), ("all fields", true)] {
            let (cases, left_out) = pairs(&rows, of, all_fields, directory);
            if left_out > 0 && !all_fields {
                print_line(&format!(
                    "crosslist {of}: {left_out} pairs left out, their lists or parties are not there"
                ))?;
            }
            let options = Options { limit: 50, ..Options::default() };
            tell(&run(&format!("crosslist {of} {how}"), index, &cases, &options))?;
        }
    }
    Ok(())
}

/// The rows of a CSV file.
pub(super) fn table<T: DeserializeOwned>(file: &Path) -> Result<Vec<T>> {
    let place = || format!("cannot read {}", file.display());
    csv::Reader::from_path(file)
        .with_context(place)?
        .deserialize()
        .collect::<Result<_, _>>()
        .with_context(place)
}
