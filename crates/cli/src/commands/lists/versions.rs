//! `lagebild lists status` and `diff`: the versions of the lists.

use super::show::plain;
use super::told;
use crate::exit::{Exit, UsageError};
use crate::print::{Format, print, print_json};
use anyhow::Result;
use jiff::civil::Date;
use lagebild_watchlist::store::{Changed, Entry, Named, Store, difference, stale_days};
use std::fmt::Write;

/// Prints the versions that there are.
pub(super) fn status(store: &Store, all: bool, format: Format) -> Result<Exit> {
    let today = jiff::Zoned::now().date();
    let mut shown = store.entries().map_err(told)?;
    if all {
        let names: Vec<String> = shown.into_iter().map(|entry| entry.name).collect();
        shown = Vec::new();
        for name in names {
            shown.extend(store.versions(&name).map_err(told)?);
        }
    }
    if format == Format::Json {
        let described: Vec<_> = shown
            .iter()
            .map(|entry| serde_json::json!({"version": entry, "age_days": age(entry, today), "stale": stale(entry, today)}))
            .collect();
        return print_json(&described);
    }
    if shown.is_empty() {
        return print("no lists; see `lagebild lists add --help`\n");
    }
    let mut out = String::new();
    for entry in &shown {
        let warning = if stale(entry, today) { "  STALE" } else { "" };
        let age = age(entry, today).map(|days| format!("  {days} days old")).unwrap_or_default();
        let _ = writeln!(out, "{}{age}{warning}", line(entry));
    }
    print(&out)
}

/// The age of a version in days.
pub(in crate::commands) fn age(entry: &Entry, today: Date) -> Option<i32> {
    entry.day().parse::<Date>().ok().map(|day| (today - day).get_days())
}

/// Whether a newer version should be there by now.
pub(in crate::commands) fn stale(entry: &Entry, today: Date) -> bool {
    age(entry, today).is_some_and(|days| days > i32::from(stale_days(&entry.name)))
}

/// A version on one line.
pub(super) fn line(entry: &Entry) -> String {
    let day = if entry.date.is_empty() { format!("added {}", entry.added) } else { entry.date.clone() };
    let schemata: Vec<String> =
        entry.schemata.iter().map(|(schema, count)| format!("{count} {}", plain(schema))).collect();
    let hash = entry.hash.get(..12).unwrap_or_default();
    let mut links = String::new();
    if entry.links + entry.unresolved_links > 0 {
        links = format!("  {} relations ({} lead to nobody on it)", entry.links, entry.unresolved_links);
    }
    format!(
        "{}  {day}  {} parties ({})  {} names{links}  {} problems  {}  {hash}",
        entry.name,
        entry.parties,
        schemata.join(", "),
        entry.names,
        entry.problems,
        entry.format
    )
}

/// The version that `LIST` or `LIST@DAY` stands for.
pub(super) fn specified(store: &Store, asked: &str) -> Result<Entry> {
    let (name, day) = asked.split_once('@').map_or((asked, None), |(name, day)| (name, Some(day)));
    let day = day
        .map(|day| {
            day.parse::<Date>().map_err(|_| UsageError(format!("`{day}` is no day; write it as 2024-05-07")))
        })
        .transpose()?;
    store.version(name, day).map_err(told)
}

/// Prints what changed.
pub(super) fn diff(store: &Store, old: &str, new: Option<&str>, format: Format) -> Result<Exit> {
    let (old, new) = if let Some(new) = new {
        (specified(store, old)?, specified(store, new)?)
    } else {
        let versions = store.versions(old).map_err(told)?;
        let [.., before, present] = versions.as_slice() else {
            return Err(UsageError(format!("{old} has one version only; nothing to compare it with")).into());
        };
        (before.clone(), present.clone())
    };
    let found = difference(&store.load(&old).map_err(told)?, &store.load(&new).map_err(told)?);
    if format == Format::Json {
        return print_json(&serde_json::json!({"old": old, "new": new, "difference": found}));
    }
    let mut out = String::new();
    let _ = writeln!(out, "{} of {} against {} of {}", new.name, new.day(), old.name, old.day());
    named(&mut out, '+', &found.added);
    found.changed.iter().for_each(|party| changed(&mut out, party));
    named(&mut out, '-', &found.removed);
    let counts = [found.added.len(), found.changed.len(), found.removed.len()];
    let _ = writeln!(out, "{} added, {} changed, {} removed", counts[0], counts[1], counts[2]);
    print(&out)
}

fn named(out: &mut String, sign: char, parties: &[Named]) {
    for party in parties {
        let _ = writeln!(out, "{sign} {}  {}", plain(&party.id), plain(&party.caption));
    }
}

fn changed(out: &mut String, party: &Changed) {
    let _ = writeln!(out, "~ {}  {}", plain(&party.id), plain(&party.caption));
    for change in &party.fields {
        for (sign, values) in [('+', &change.added), ('-', &change.removed)] {
            for value in values {
                let _ = writeln!(out, "    {sign} {}: {}", plain(&change.field), plain(value));
            }
        }
    }
}
