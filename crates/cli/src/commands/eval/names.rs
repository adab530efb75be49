//! `lagebild eval names`: the comparison of names measured on pairs with known answers.

use super::parties::{lists, table};
use crate::exit::Exit;
use crate::print::{Format, print, print_json, print_line};
use anyhow::{Context, Result, ensure};
use lagebild_eval::pairs::{NamePair, PairReport, compare_pairs, name_pairs};
use lagebild_eval::parties::{Directory, Pair};
use lagebild_names::eval::{Case, Report, read_bench, read_checks, run as compare_cases};
use lagebild_screen::Index;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Shares of other parties let through, for which the recall is told.
const FALSE_POSITIVES: [f64; 4] = [0.001, 0.005, 0.01, 0.023];

/// Arguments of `lagebild eval names`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// A table of pairs (columns `name1`, `name2`, `schema`, `is_match`, …), a YAML file of checks, or a table of parties that are
    /// the same on two lists (columns `list_a`, `id_a`, `list_b`, `id_b`, `type`, `suspect`), which needs --lists
    file: PathBuf,
    /// Folder of stored lists, named as in the table
    #[arg(long, value_name = "FOLDER")]
    lists: Option<PathBuf>,
    /// Compare only the first name of each party
    #[arg(long)]
    primary: bool,
    /// Also write the pairs of parties as JSON Lines, so that another matcher can be measured on the same
    #[arg(long, value_name = "FILE")]
    pairs_out: Option<PathBuf>,
    /// Print what went wrong
    #[arg(long)]
    show: bool,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// Compares the pairs of a file and prints the figures.
pub(crate) fn run(args: &Args) -> Result<Exit> {
    let text = std::fs::read_to_string(&args.file)
        .with_context(|| format!("cannot read {}", args.file.display()))?;
    if text.lines().next().is_some_and(|head| head.contains("list_a")) {
        return parties(args);
    }
    let yaml = args.file.extension().is_some_and(|ending| ending == "yml" || ending == "yaml");
    let cases: Vec<Case> =
        if yaml { read_checks(&args.file.display().to_string(), &text)? } else { read_bench(&text) };
    ensure!(!cases.is_empty(), "{}: no pairs in it", args.file.display());
    let report: Report = compare_cases(&cases);
    if args.format == Format::Json {
        return print_json(&report);
    }
    print(&report.text(if args.show { usize::MAX } else { 0 }))?;
    let strong = report.errors.iter().filter(|(_, case)| case.quality == "STRONG").count();
    print_line(&format!("pairs labelled STRONG that are wrong: {strong}"))?;
    Ok(Exit::Done)
}

fn parties(args: &Args) -> Result<Exit> {
    let folder =
        args.lists.as_deref().context("the lists are needed that the table speaks of: --lists FOLDER")?;
    let index = Index::of_lists(&lists(folder, &[])?).context("the lists cannot be compiled")?;
    let directory = Directory::of(&index);
    let rows: Vec<Pair> = table(&args.file)?;
    let mut all = Vec::new();
    for of in ["person", "org", "vessel"] {
        let pairs = name_pairs(&rows, of, &directory, args.primary);
        let listed = rows.iter().filter(|row| row.r#type == of && row.suspect == "0").count();
        let report = compare_pairs(&pairs, &FALSE_POSITIVES);
        print_line(&format!("{of}: {} of {listed} pairs have both parties in the lists", report.pairs[0]))?;
        print_report(&report)?;
        all.extend(pairs);
    }
    if let Some(out) = &args.pairs_out {
        write_pairs(out, &all)?;
    }
    Ok(Exit::Done)
}

fn print_report(report: &PairReport) -> Result<()> {
    let [recall, wrong] = report.at_threshold;
    print_line(&format!(
        "  at the threshold: recall {recall:.3}, wrong {wrong:.4} of {} others; {:.0} pairs of parties a second",
        report.pairs[1], report.per_second
    ))?;
    for [rate, threshold, recall] in &report.at_false_positives {
        print_line(&format!("  at {rate:.3} wrong (threshold {threshold:.3}): recall {recall:.3}"))?;
    }
    Ok(())
}

fn write_pairs(out: &Path, pairs: &[NamePair]) -> Result<()> {
    let place = || format!("cannot write {}", out.display());
    let mut file = std::io::BufWriter::new(std::fs::File::create(out).with_context(place)?);
    for pair in pairs {
        writeln!(file, "{}", serde_json::to_string(pair)?).with_context(place)?;
    }
    file.flush().with_context(place)
}
