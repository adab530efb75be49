//! `lagebild eval lists`: are the publishers' files read in full? Counts what is read and compares it with what is expected.

use crate::exit::Exit;
use crate::print::{print, print_line};
use anyhow::{Context, Result};
use lagebild_watchlist::{
    NameQuality, Party,
    readers::{ListReading, read_files},
};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Arguments of `lagebild eval lists`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The expected counts (`crates/eval/expected/lists.yaml`)
    expected: PathBuf,
    /// Folder of the list files
    #[arg(long, value_name = "FOLDER")]
    folder: PathBuf,
    /// Print what had to be mended or left out
    #[arg(long)]
    show: bool,
}

/// What one list should hold. Counts that are not given are only printed.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    files: Vec<PathBuf>,
    parties: Option<usize>,
    #[serde(default)]
    schemata: BTreeMap<String, usize>,
    names: Option<usize>,
    aliases: Option<usize>,
    weak_names: Option<usize>,
    parties_in_other_scripts: Option<usize>,
    problems: Option<usize>,
    /// The file is known to be broken: there must be a problem, and parties all the same.
    #[serde(default)]
    mended: bool,
}

/// Properties whose share of parties is printed, so that a reader that loses a field is noticed.
const FIELDS: [&str; 8] =
    ["birthDate", "nationality", "country", "address", "idNumber", "program", "listingDate", "notes"];

/// Reads every list; [`Exit::SomeInputsFailed`] when a count is not met or a file cannot be read.
pub(crate) fn run(args: &Args) -> Result<Exit> {
    let yaml = std::fs::read_to_string(&args.expected)
        .with_context(|| format!("cannot read {}", args.expected.display()))?;
    let all: Vec<Expected> = lagebild_data::parse(&args.expected.display().to_string(), &yaml)?;
    let mut failed = 0;
    for expected in &all {
        failed += usize::from(!one(args, expected)?);
    }
    let left: Vec<PathBuf> = files(&args.folder)
        .into_iter()
        .filter(|file| !all.iter().any(|one| one.files.contains(file)))
        .collect();
    for file in &left {
        print_line(&format!("not expected, not read: {}", file.display()))?;
    }
    print_line(&format!("{} of {} lists are as expected", all.len() - failed, all.len()))?;
    Ok(if failed == 0 { Exit::Done } else { Exit::SomeInputsFailed })
}

/// Reads a list and prints its counts and differences; true when all is as expected.
fn one(args: &Args, expected: &Expected) -> Result<bool> {
    let files: Vec<PathBuf> = expected.files.iter().map(|file| args.folder.join(file)).collect();
    let began = Instant::now();
    let name = expected.files.first().map(|file| file.display().to_string()).unwrap_or_default();
    let reading = match read_files(&files, "list") {
        Ok((reading, _)) => reading,
        Err(error) => {
            print_line(&format!("FAILED {name}: {error}"))?;
            return Ok(false);
        }
    };
    let differences = expected.differences(&reading);
    let mut text = format!(
        "{} {name}: {} parties, {} names, {} problems, {:.1} s; {}\n",
        if differences.is_empty() { "ok    " } else { "FAILED" },
        reading.parties.len(),
        reading.parties.iter().map(|party| party.names.len()).sum::<usize>(),
        reading.problems.len(),
        began.elapsed().as_secs_f64(),
        fields(&reading.parties),
    );
    for difference in &differences {
        let _ = writeln!(text, "       {difference}");
    }
    if args.show {
        for problem in &reading.problems {
            let _ = writeln!(text, "       {}: {}", problem.place, problem.reason);
        }
    }
    print(&text)?;
    Ok(differences.is_empty())
}

impl Expected {
    fn differences(&self, reading: &ListReading) -> Vec<String> {
        let parties = &reading.parties;
        let names = || parties.iter().flat_map(|party| &party.names);
        let count = |keep: fn(&Party) -> bool| parties.iter().filter(|party| keep(party)).count();
        let counts = [
            ("parties", self.parties, parties.len()),
            ("names", self.names, names().count()),
            ("aliases", self.aliases, names().filter(|name| name.quality != NameQuality::Primary).count()),
            ("weak names", self.weak_names, names().filter(|name| name.quality == NameQuality::Weak).count()),
            ("parties in other scripts", self.parties_in_other_scripts, count(in_another_script)),
            ("problems", self.problems, reading.problems.len()),
        ];
        let mut differences: Vec<String> = counts
            .into_iter()
            .filter_map(|(what, expected, found)| Some((what, expected.filter(|e| *e != found)?, found)))
            .map(|(what, expected, found)| format!("{what}: {found}, expected {expected}"))
            .collect();
        for (schema, &expected) in &self.schemata {
            let found = parties.iter().filter(|party| party.schema == *schema).count();
            if found != expected {
                differences.push(format!("{schema}: {found}, expected {expected}"));
            }
        }
        if self.mended && (reading.problems.is_empty() || parties.is_empty()) {
            differences.push("a broken file should be read in part, with a warning".into());
        }
        differences
    }
}

/// Has a name that is not in Latin letters.
fn in_another_script(party: &Party) -> bool {
    party.names.iter().any(|name| name.script.as_deref().is_some_and(|script| script != "Latn"))
}

/// Share of parties that have each field.
fn fields(parties: &[Party]) -> String {
    let share = |field: &&str| {
        let with = parties.iter().filter(|party| party.first(field).is_some()).count();
        format!("{field} {:.0}%", 100.0 * with as f64 / parties.len().max(1) as f64)
    };
    FIELDS.iter().map(share).collect::<Vec<_>>().join(", ")
}

/// All files under a folder, as paths within it, in order.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(&next).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(within) = path.strip_prefix(folder) {
                found.push(within.to_path_buf());
            }
        }
    }
    found.sort();
    found
}
