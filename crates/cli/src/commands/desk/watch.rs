//! `lagebild desk watch`: names and parties that are watched, and the round over new versions of lists.

use super::notices::Post;
use super::{Args, Lists};
use crate::exit::{Exit, UsageError};
use crate::print::{Format, plain, print, print_json};
use anyhow::{Context, Result};
use lagebild_desk::{Changes, Watched};
use lagebild_table::{Columns, Settings};
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// What is done with the watch.
#[derive(clap::Subcommand)]
pub(super) enum Watch {
    /// Watch names, parties by their ids (un-sc:6908555), or the rows of a table
    Add {
        /// Names, or ids of parties
        names: Vec<String>,
        /// A table of names (CSV, JSON Lines, XLSX, ODS)
        #[arg(long, value_name = "FILE")]
        table: Option<PathBuf>,
        /// Field and heading of a column of the table, where they are not told by themselves: name=Customer
        #[arg(long, value_name = "FIELD=HEADING", value_parser = column)]
        column: Vec<(String, String)>,
        /// FollowTheMoney schema of the names, such as Person
        #[arg(long)]
        schema: Option<String>,
        /// Why, or for whom: shown with the news
        #[arg(long, value_name = "WORDS", default_value = "")]
        why: String,
    },
    /// Watch a name or party no longer
    Remove {
        /// The name or id
        name: String,
    },
    /// What is watched
    List,
    /// Ask the lists what changed since they were asked last; news go into the queue
    Run {
        #[command(flatten)]
        lists: Lists,
    },
}

fn column(text: &str) -> Result<(String, String), String> {
    let (field, heading) = text.split_once('=').ok_or("wants FIELD=HEADING, such as name=Customer")?;
    Ok((field.into(), heading.into()))
}

/// Does it.
pub(super) fn run(args: &Args, watch: &Watch) -> Result<Exit> {
    match watch {
        Watch::Add { names, table, column, schema, why } => {
            let one =
                |name: &String| Watched { name: name.clone(), schema: schema.clone(), source: why.clone() };
            let mut watched: Vec<Watched> = names.iter().map(one).collect();
            if let Some(file) = table {
                watched.extend(rows(file, column, schema.as_deref(), why)?);
            }
            if watched.is_empty() {
                return Err(
                    UsageError("say whom to watch: names, ids of parties, or --table FILE".into()).into()
                );
            }
            let mut store = args.new_store()?;
            let new = args.act(|doing| Ok(store.watch(&watched, doing)?))?;
            print(&format!("{new} new, {} were watched already\n", watched.len() - new))
        }
        Watch::Remove { name } => {
            let gone = args.store()?.unwatch(name)?;
            if gone == 0 {
                return Err(UsageError(format!("`{name}` is not watched")).into());
            }
            print(&format!("{name} is watched no longer\n"))
        }
        Watch::List => {
            let watched = args.store()?.watched()?;
            if args.format == Format::Json {
                return print_json(&watched);
            }
            let line = |it: &Watched| format!("{}  {}\n", plain(&it.name), plain(&it.source));
            print(&watched.iter().map(line).collect::<String>())
        }
        Watch::Run { lists } => {
            let mut store = args.store()?;
            let Some(watchlist) = lists.watchlist(None)? else {
                return Err(UsageError(
                    "there are no stored lists to watch; `lagebild lists add` or `update`".into(),
                )
                .into());
            };
            let post = Post::of(args)?;
            let changes = args.act(|doing| Ok(store.watch_lists(&watchlist, &post.targets(), doing)?))?;
            let exit = match args.format {
                Format::Json => print_json(&changes),
                Format::Text => print(&in_words(&changes)),
            };
            // The news are on the desk whatever becomes of the notices: those that fail wait.
            post.send(&mut store)?.complain();
            exit
        }
    }
}

/// The names of a table, each with its row.
fn rows(file: &Path, columns: &[(String, String)], schema: Option<&str>, why: &str) -> Result<Vec<Watched>> {
    let bytes = std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let ending = file.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    let settings = Settings { columns: columns.to_vec(), ..Settings::default() };
    let refused = |error| UsageError(format!("{}: {error}", file.display()));
    let table = lagebild_table::read(&bytes, &ending, &settings).map_err(refused)?;
    let (columns, notes) = Columns::of(&table, &settings).map_err(refused)?;
    for note in table.notes.iter().chain(&notes) {
        eprintln!("lagebild: {}: {}", file.display(), note.words);
    }
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let mut watched = Vec::new();
    for row in &table.rows {
        match columns.record(row) {
            Ok(record) => watched.extend(record.names.into_iter().map(|one| Watched {
                name: one,
                schema: record.schema.clone().or_else(|| schema.map(Into::into)),
                source: format!("{name} line {} {why}", row.line).trim_end().to_owned(),
            })),
            Err(why) => eprintln!("lagebild: {} line {}: {why}", file.display(), row.line),
        }
    }
    Ok(watched)
}

fn in_words(changes: &Changes) -> String {
    if changes.lists.is_empty() {
        return "no list changed since it was asked last\n".into();
    }
    let [came, other, went] = changes.parties;
    let mut text = format!(
        "{}\nparties: {came} came, {other} changed, {went} went\n{} items have news:\n",
        changes.lists.join("\n"),
        changes.items.len()
    );
    for (item, words) in &changes.items {
        let _ = writeln!(text, "  {item}: {}", plain(words));
    }
    let _ = writeln!(text, "{} times somebody watched is concerned:", changes.watched.len());
    for one in &changes.watched {
        let Watched { name, source, .. } = &one.watched;
        let _ = writeln!(
            text,
            "  {} ({}): {} {} ({:.2}): {}",
            plain(name),
            plain(source),
            one.party,
            plain(&one.listed),
            one.score,
            plain(&one.words)
        );
    }
    text
}
