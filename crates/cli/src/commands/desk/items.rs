//! Cases, the queue, and what is done with its items.

use super::{Args, Chosen, Pointer, shown};
use crate::exit::{Exit, UsageError};
use crate::print::{Format, plain, print, print_json};
use anyhow::Result;
use clap::ValueEnum;
use jiff::civil::Date;
use lagebild_desk::{Filter, Item, ItemKind, ItemRef, Opened, State, Verdict};
use serde_json::json;
use std::fmt::Write;

/// Arguments of `lagebild desk queue`.
#[derive(clap::Args)]
pub(super) struct Queue {
    /// Of this case only
    #[arg(long)]
    case: Option<String>,
    /// Given to this person only
    #[arg(long, value_name = "NAME")]
    assigned: Option<String>,
    /// Of this kind only
    #[arg(long)]
    kind: Option<Kind>,
    /// What stands so, instead of what waits
    #[arg(long)]
    state: Option<Standing>,
    /// Due on this day or before
    #[arg(long, value_name = "DATE")]
    due: Option<Date>,
    /// All that names this party, decided or not
    #[arg(long, value_name = "ID")]
    party: Option<String>,
    /// Leave out so many from the front
    #[arg(long, default_value_t = 0)]
    skip: u64,
    /// Most items
    #[arg(long, default_value_t = 20)]
    limit: u64,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Kind {
    /// Names that may be a listed party's
    Hit,
    /// What is said to go from one to another
    Flow,
    /// Provisions that a flow may touch
    Finding,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Standing {
    /// Nobody decided
    Open,
    /// Waits for a second person
    Proposed,
    /// Decided
    Decided,
    /// Decided earlier, of the same name and party in another case
    Remembered,
}

impl From<Kind> for ItemKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Hit => Self::Hit,
            Kind::Flow => Self::Flow,
            Kind::Finding => Self::Finding,
        }
    }
}

impl From<Standing> for State {
    fn from(state: Standing) -> Self {
        match state {
            Standing::Open => Self::Open,
            Standing::Proposed => Self::Proposed,
            Standing::Decided => Self::Decided,
            Standing::Remembered => Self::Remembered,
        }
    }
}

pub(super) fn open(args: &Args, case: &str, title: &str, four_eyes: bool) -> Result<Exit> {
    let mut store = args.new_store()?;
    let opened = Opened { title: title.into(), four_eyes };
    let case = args.act(|doing| Ok(store.open_case(case, opened, doing)?))?;
    match args.format {
        Format::Json => print_json(&case),
        Format::Text => print(&format!("opened the case {}\n", case.id)),
    }
}

pub(super) fn cases(args: &Args) -> Result<Exit> {
    let cases = args.store()?.cases()?;
    if args.format == Format::Json {
        return print_json(&cases);
    }
    let mut text = String::new();
    for case in cases {
        let eyes = if case.four_eyes { ", four eyes" } else { "" };
        let _ = writeln!(
            text,
            "{}  {} of {} items wait, {} documents{eyes}  {}\n  head {}",
            case.id,
            case.pending,
            case.items,
            case.documents,
            plain(&case.title),
            case.head
        );
    }
    print(&text)
}

pub(super) fn queue(args: &Args, queue: &Queue) -> Result<Exit> {
    let store = args.store()?;
    let filter = Filter {
        case: queue.case.clone(),
        assigned: queue.assigned.clone(),
        kind: queue.kind.map(Into::into),
        state: queue.state.map(Into::into),
        due: queue.due,
        party: queue.party.clone(),
        skip: queue.skip,
        limit: queue.limit,
    };
    let items = store.queue(&filter)?;
    let counts = store.counts(queue.case.as_deref())?;
    if args.format == Format::Json {
        return print_json(&json!({"pending": counts.pending, "items": items}));
    }
    let mut text = format!("{} of {} items wait for a decision\n", counts.pending, counts.items);
    for item in &items {
        text += "\n";
        text += &shown::item(item, false);
    }
    text += &shown::help(&items);
    print(&text)
}

pub(super) fn show(args: &Args, item: &Pointer) -> Result<Exit> {
    told(args, &args.store()?.item(&item.item)?)
}

pub(super) fn decide(
    args: &Args,
    item: &Pointer,
    choice: Chosen,
    reason: &str,
    note: Option<&str>,
) -> Result<Exit> {
    let mut store = args.store()?;
    let verdict = Verdict { choice: choice.into(), reason, note };
    told(args, &args.act(|doing| Ok(store.decide(&item.item, item.seen, verdict, doing)?))?)
}

pub(super) fn confirm(args: &Args, item: &Pointer) -> Result<Exit> {
    let mut store = args.store()?;
    told(args, &args.act(|doing| Ok(store.confirm(&item.item, item.seen, doing)?))?)
}

pub(super) fn undo(args: &Args, item: &Pointer, reason: &str) -> Result<Exit> {
    let mut store = args.store()?;
    told(args, &args.act(|doing| Ok(store.undo(&item.item, item.seen, reason, doing)?))?)
}

pub(super) fn assign(args: &Args, items: &[Pointer], to: Option<&str>, due: Option<Date>) -> Result<Exit> {
    let mut store = args.store()?;
    for item in items {
        told(args, &args.act(|doing| Ok(store.assign(&item.item, item.seen, (to, due), doing)?))?)?;
    }
    Ok(Exit::Done)
}

/// Says how an item stands now.
fn told(args: &Args, item: &Item) -> Result<Exit> {
    match args.format {
        Format::Json => print_json(item),
        Format::Text => print(&shown::item(item, true)),
    }
}

pub(super) fn note(args: &Args, on: &str, words: &str) -> Result<Exit> {
    let mut store = args.store()?;
    let (case, item) = match on.parse::<Pointer>() {
        Ok(Pointer { item: ItemRef { case, number }, .. }) => (case, Some(number)),
        Err(_) if on.contains('/') => {
            return Err(UsageError(format!("`{on}` is neither a case nor an item (case/number)")).into());
        }
        Err(_) => (on.to_owned(), None),
    };
    args.act(|doing| Ok(store.note(&case, item, words, doing)?))?;
    print("noted\n")
}

pub(super) fn search(args: &Args, words: &str, case: Option<&str>, limit: u64) -> Result<Exit> {
    let found = args.store()?.search(words, case, limit)?;
    if args.format == Format::Json {
        return print_json(&found);
    }
    let mut text = String::new();
    for hit in &found {
        let words = plain(&hit.words.replace('\n', " "));
        let _ = writeln!(text, "{} document {} {}\n  {words}", hit.case, hit.number, plain(&hit.source));
    }
    let _ = writeln!(text, "{} documents have these words", found.len());
    print(&text)
}

pub(super) fn history(args: &Args, case: &str) -> Result<Exit> {
    let chain = args.store()?.chain(case)?;
    if args.format == Format::Json {
        let entries = chain.iter().map(|entry| {
            let act: Option<serde_json::Value> = entry.body.as_deref().and_then(|body| serde_json::from_str(body).ok());
            json!({"head": entry.parsed().ok(), "hash": entry.hash(), "act": act, "signature": entry.signature})
        });
        return print_json(&entries.collect::<Vec<_>>());
    }
    let mut text = String::new();
    for entry in &chain {
        let head = entry.parsed()?;
        let act = entry.act()?.map_or_else(|| "(content taken away)".to_owned(), |act| shown::act(&act));
        let signed = if head.key.is_some() { " ✓signed" } else { "" };
        let _ = writeln!(text, "{:>4}  {:.0}  {}{signed}  {act}", head.entry, head.at, plain(&head.by));
    }
    print(&text)
}
