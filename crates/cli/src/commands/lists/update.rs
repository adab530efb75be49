//! `lagebild lists update`: the publishers' present files, downloaded and checked; a failed list leaves the others.

use super::{show::plain, versions};
use crate::exit::{Exit, UsageError};
use crate::print::print;
use anyhow::{Context, Result};
use indicatif::{ProgressBar, ProgressStyle};
use lagebild_fetch::{Limits, Outcome, Publisher, publishers, update};
use lagebild_watchlist::store::Store;
use std::path::Path;

/// Folder beside the lists for unfinished downloads and the marks of finished ones.
const DOWNLOADS: &str = ".downloads";

/// Brings lists up to date: those named, else all that are not optional.
pub(super) fn run(store: &Store, folder: &Path, names: &[String]) -> Result<Exit> {
    let all = publishers().context("the addresses of lists are wrong")?;
    if let Some(unknown) = names.iter().find(|name| all.iter().all(|one| one.name != **name)) {
        let known: Vec<&str> = all.iter().map(|one| one.name.as_str()).collect();
        return Err(UsageError(format!(
            "no publisher of {unknown} is known; there are {}",
            known.join(", ")
        ))
        .into());
    }
    let today = jiff::Zoned::now().date();
    let wanted =
        all.iter().filter(|one| if names.is_empty() { !one.optional } else { names.contains(&one.name) });
    let mut exit = Exit::Done;
    for publisher in wanted {
        let bar = progress(publisher);
        let limits = Limits { bytes: publisher.max_mib << 20, ..Limits::default() };
        let token = publisher.token.as_ref().and_then(|token| std::env::var(&token.variable).ok());
        let url = publisher.address(token.as_deref());
        let outcome = update(store, publisher, &url, &folder.join(DOWNLOADS), today, &limits, |got| {
            bar.set_position(got);
        });
        bar.finish_and_clear();
        let line = match outcome {
            Ok(Outcome::Unchanged) => format!("{}  unchanged\n", publisher.name),
            Ok(Outcome::Added(added)) => format!("{}\n", versions::line(&added.entry)),
            Err(error) => {
                eprintln!(
                    "lagebild: {} ({}): {}",
                    publisher.name,
                    publisher.publisher,
                    plain(&error.to_string())
                );
                exit = Exit::SomeInputsFailed;
                continue;
            }
        };
        print(&line)?;
    }
    Ok(exit)
}

fn progress(publisher: &Publisher) -> ProgressBar {
    let bar = ProgressBar::no_length().with_message(publisher.name.clone());
    let style = ProgressStyle::with_template("{msg}: {bytes}, {bytes_per_sec}, {elapsed}");
    style.map_or(bar.clone(), |style| bar.with_style(style))
}
