//! `lagebild lists`: sanctions lists on this machine, from files that their publishers offer.

mod choice;
mod show;
mod update;
mod versions;

pub(super) use choice::Choice;
pub(super) use versions::{age, stale};

use crate::exit::{Exit, UsageError};
use crate::print::Format;
use anyhow::{Error, Result};
use clap::Subcommand;
pub(super) use lagebild_watchlist::store::standard_folder;
use lagebild_watchlist::store::{Addition, Care, Store, StoreError};
use std::path::PathBuf;

/// How many problems of a file are shown.
const SHOWN_PROBLEMS: usize = 5;

/// Arguments of `lagebild lists`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Folder of the lists (else `$LAGEBILD_LISTS`, else the standard data folder)
    #[arg(long, alias = "folder", global = true, value_name = "FOLDER", default_value_os_t = standard_folder())]
    lists_folder: PathBuf,
    /// How to print
    #[arg(long, global = true, value_enum, default_value_t)]
    format: Format,
    #[command(subcommand)]
    job: Job,
}

#[derive(Subcommand)]
enum Job {
    /// Read a publisher's file (plain, .xz or .gz) and keep it as a version of a list
    Add {
        /// Short name of the list, such as ofac-sdn
        name: String,
        /// The file as the publisher offers it; or several that make up one list (sdn.csv alt.csv add.csv …)
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// For a table of your own: which column holds what (YAML; see docs/screening.md)
        #[arg(long, value_name = "FILE")]
        mapping: Option<PathBuf>,
        /// Take it even if most parties of the version before are gone
        #[arg(long)]
        force: bool,
    },
    /// Download the publishers' present files (3 where some failed; the others are kept)
    Update {
        /// Short names of lists, such as un-sc (default: all that are free for everybody)
        names: Vec<String>,
    },
    /// Which lists there are, of which day, with how many parties; which are stale
    Status {
        /// Every version that is kept, not only the present one
        #[arg(long)]
        all: bool,
    },
    /// Everything that a list says of a party
    Show {
        /// The party's id, such as ofac-sdn:20157; ofac-sdn@2024-05-07:20157 for the version of a day
        party: String,
    },
    /// Parties added (+), changed (~) and removed (-) between two versions
    Diff {
        /// A list (ofac-sdn) or its version of a day (ofac-sdn@2024-05-07)
        old: String,
        /// The newer one; without it, OLD is a list and its present version is compared with the one before
        new: Option<String>,
    },
    /// Forget a list with all its versions
    Remove {
        /// Short name of the list
        name: String,
    },
}

/// Does the job.
pub(crate) fn run(args: &Args) -> Result<Exit> {
    let store = Store::new(&args.lists_folder);
    match &args.job {
        Job::Add { name, files, mapping, force } => {
            let files: Vec<PathBuf> = files.iter().chain(mapping).cloned().collect();
            add(args, &store, name, &files, *force)
        }
        Job::Update { names } => update::run(&store, &args.lists_folder, names),
        Job::Status { all } => versions::status(&store, *all, args.format),
        Job::Show { party } => show::party(&store, party, args.format),
        Job::Diff { old, new } => versions::diff(&store, old, new.as_deref(), args.format),
        Job::Remove { name } => {
            store.remove(name).map_err(told)?;
            Ok(Exit::Done)
        }
    }
}

/// A name that does not exist is wrong usage, a file that cannot be read an input that failed; else a store is wrong.
pub(super) fn told(error: StoreError) -> Error {
    match error {
        StoreError::NoList(_) | StoreError::Name(_) => UsageError(error.to_string()).into(),
        _ => error.into(),
    }
}

fn add(args: &Args, store: &Store, name: &str, files: &[PathBuf], force: bool) -> Result<Exit> {
    let care = if force { Care::Force } else { Care::File };
    let today = jiff::Zoned::now().date();
    let added = match store.add(&Addition { name, files, source: "", today, care }) {
        Err(error @ (StoreError::Source(_) | StoreError::Empty(_) | StoreError::Shrunk { .. })) => {
            eprintln!("lagebild: {error}");
            return Ok(Exit::SomeInputsFailed);
        }
        added => added.map_err(told)?,
    };
    for problem in added.problems.iter().take(SHOWN_PROBLEMS) {
        eprintln!("lagebild: {name}: {}: {}", show::plain(&problem.place), show::plain(&problem.reason));
    }
    if added.problems.len() > SHOWN_PROBLEMS {
        eprintln!("lagebild: {name}: {} more problems like these", added.problems.len() - SHOWN_PROBLEMS);
    }
    if !added.left_out.is_empty() {
        eprintln!("lagebild: {name}: left out: {}", show::plain(&added.left_out.join(", ")));
    }
    if args.format == Format::Json {
        return crate::print::print_json(&added.entry);
    }
    let unchanged = if added.unchanged { " (it was there already)" } else { "" };
    crate::print::print(&format!("{}{unchanged}\n", versions::line(&added.entry)))
}
