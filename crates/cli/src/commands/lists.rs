//! `lagebild lists`: sanctions lists on this machine, from files that their publishers offer.

use crate::exit::{Exit, UsageError};
use anyhow::Result;
use clap::Subcommand;
use jiff::civil::Date;
use lagebild_watchlist::store::Store;
use std::path::PathBuf;

/// After how many days a list is called stale: the publishers change theirs about weekly.
const STALE_DAYS: i32 = 14;
/// How many problems of a file are shown.
const SHOWN_PROBLEMS: usize = 5;

/// Arguments of `lagebild lists`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Folder of the lists (else `$LAGEBILD_LISTS`, else the standard data folder)
    #[arg(long, value_name = "FOLDER", default_value_os_t = standard_folder())]
    folder: PathBuf,
    #[command(subcommand)]
    job: Job,
}

#[derive(Subcommand)]
enum Job {
    /// Read a publisher's file and keep it as the present version of a list
    Add {
        /// Short name of the list, such as ofac-sdn
        name: String,
        /// The file as the publisher offers it
        file: PathBuf,
        /// Take it even if most parties of the present version are gone
        #[arg(long)]
        force: bool,
    },
    /// Which lists there are, of which day, with how many parties
    Status,
    /// Everything that a list says of a party
    Show {
        /// The party's id, such as ofac-sdn:20157
        party: String,
    },
    /// What the present version of a list changed against the one before
    Diff {
        /// Short name of the list
        name: String,
    },
    /// Forget a list
    Remove {
        /// Short name of the list
        name: String,
    },
}

/// `$LAGEBILD_LISTS`, else `$XDG_DATA_HOME/lagebild/lists`, else `~/.local/share/lagebild/lists`.
pub(super) fn standard_folder() -> PathBuf {
    if let Some(folder) = std::env::var_os("LAGEBILD_LISTS") {
        return folder.into();
    }
    let home = || std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".local/share"));
    let data = std::env::var_os("XDG_DATA_HOME").map(PathBuf::from).or_else(home).unwrap_or_default();
    data.join("lagebild/lists")
}

/// Does the job.
pub(crate) fn run(args: &Args) -> Result<Exit> {
    let store = Store::new(&args.folder);
    match &args.job {
        Job::Add { name, file, force } => {
            let (entry, problems) = store.add(name, file, *force)?;
            println!(
                "{name}: {} parties of {}, {} problems",
                entry.parties,
                day(&entry.date),
                problems.len()
            );
            for problem in problems.iter().take(SHOWN_PROBLEMS) {
                eprintln!("{}: {}", problem.place, problem.reason);
            }
        }
        Job::Status => status(&store)?,
        Job::Show { party } => {
            let list = party.split(':').next().unwrap_or_default();
            let found = store.parties(list)?.into_iter().find(|known| known.id == *party);
            let found = found.ok_or_else(|| UsageError(format!("no party {party}")))?;
            println!("{}", serde_json::to_string_pretty(&found)?);
        }
        Job::Diff { name } => {
            let changes = store.changes(name)?;
            for (sign, ids) in [("+", &changes.added), ("~", &changes.changed), ("-", &changes.removed)] {
                for id in ids {
                    println!("{sign} {id}");
                }
            }
        }
        Job::Remove { name } => store.remove(name)?,
    }
    Ok(Exit::Done)
}

fn status(store: &Store) -> Result<()> {
    let today = jiff::Zoned::now().date();
    for entry in store.entries()? {
        let age = entry.date.parse::<Date>().ok().map(|date| (today - date).get_days());
        let stale = if age.is_some_and(|days| days > STALE_DAYS) { "\tstale" } else { "" };
        let hash = entry.hash.get(..12).unwrap_or_default();
        println!("{}\t{}\t{} parties\t{hash}{stale}", entry.name, day(&entry.date), entry.parties);
    }
    Ok(())
}

fn day(date: &str) -> &str {
    if date.is_empty() { "an unstated day" } else { date }
}
