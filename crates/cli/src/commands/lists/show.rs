//! `lagebild lists show`: one party, as its list has it.

use super::told;
use super::versions::specified;
use crate::exit::{Exit, UsageError};
use crate::print::{Format, print, print_json};
use anyhow::Result;
use lagebild_watchlist::store::Store;
use lagebild_watchlist::{End, NameQuality, Party};
use std::fmt::Write;

/// Prints a party.
pub(super) fn party(store: &Store, asked: &str, format: Format) -> Result<Exit> {
    let (list, local) = asked.split_once(':').ok_or_else(|| {
        UsageError(format!("`{asked}` is no party's id; write LIST:REFERENCE, as in ofac-sdn:20157"))
    })?;
    let entry = specified(store, list)?;
    let id = format!("{}:{local}", entry.name);
    let found = store.load(&entry).map_err(told)?.into_iter().find(|known| known.id == id);
    let found =
        found.ok_or_else(|| UsageError(format!("no party {id} in {} of {}", entry.name, entry.day())))?;
    if format == Format::Json {
        return print_json(&found);
    }
    print(&text(&found, entry.day()))
}

fn text(party: &Party, day: &str) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "{}\n{} · {} · list of {day}", plain(&party.caption), party.id, party.schema);
    for name in &party.names {
        let quality = match name.quality {
            NameQuality::Primary => "primary",
            NameQuality::Alias => "alias",
            NameQuality::Weak => "weak",
            NameQuality::Former => "former",
            NameQuality::Unlisted => "spelling",
        };
        let script = name.script.as_deref().map(|script| format!(" ({script})")).unwrap_or_default();
        let _ = writeln!(out, "  {quality:<10}{}{}", plain(&name.full), plain(&script));
    }
    for (property, values) in &party.properties {
        for value in values {
            let _ = writeln!(out, "  {}: {}", plain(property), plain(value));
        }
    }
    for link in &party.links {
        let end = |end: &End| match end {
            End::Party(id) => id.clone(),
            End::Name(name) => format!("“{name}”"),
        };
        let share = link.share.map(|share| format!(", share {share} %")).unwrap_or_default();
        let role = Some(&link.role).filter(|role| !role.is_empty()).map(|role| format!(", “{role}”"));
        let (from, to) = (end(&link.from), end(&link.to));
        let line = format!("{}: {from} → {to}{}{share}", link.kind, role.unwrap_or_default());
        let _ = writeln!(out, "  {}", plain(&line));
    }
    out
}

/// Text of a publisher's file without what could drive a terminal or reorder what is shown.
pub(super) fn plain(text: &str) -> String {
    let turns = |letter| matches!(letter, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    text.chars().map(|letter| if letter.is_control() || turns(letter) { ' ' } else { letter }).collect()
}
