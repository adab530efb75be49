//! `lagebild desk access`, `forget`, `retain`, `sweep`: who looked at what, and what must go.

use super::Args;
use crate::exit::{Exit, UsageError};
use crate::print::{Format, plain, print, print_json};
use anyhow::Result;
use lagebild_desk::{Access as Line, Forgotten, Spelling, Whom};
use serde_json::json;
use std::fmt::Write;

/// Arguments of `lagebild desk access`.
#[derive(clap::Args)]
pub(super) struct Access {
    /// The case; without it all
    case: Option<String>,
    /// Keep these lines for so many days from now on (`sweep` takes older ones away)
    #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u32).range(1..=36500))]
    keep: Option<u32>,
    /// Leave out so many of the last ones
    #[arg(long, default_value_t = 0)]
    skip: u64,
    /// Most lines
    #[arg(long, default_value_t = 100)]
    limit: u64,
}

/// Arguments of `lagebild desk forget`.
#[derive(clap::Args)]
pub(super) struct Forget {
    /// The case
    case: String,
    /// Number of a document in it
    #[arg(required_unless_present = "person", conflicts_with = "person")]
    document: Option<u64>,
    /// Somebody, in one spelling: every document, item and entry that names them goes as a whole; other spellings and scripts of
    /// the name in the case are shown
    #[arg(long, value_name = "NAME")]
    person: Option<String>,
    /// Also in the other spellings that are shown, or with --also=NAME in this one (several times)
    #[arg(long, value_name = "NAME", requires = "person", num_args = 0..=1, require_equals = true, default_missing_value = "")]
    also: Vec<String>,
    /// Why; it stays in the chain, so name nobody
    #[arg(long, value_name = "WORDS")]
    reason: String,
    /// Only tell what would go
    #[arg(long)]
    dry_run: bool,
}

/// How long a case is kept.
#[derive(Clone, Copy, Debug)]
pub(super) struct Days(Option<u32>);

impl std::str::FromStr for Days {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.parse() {
            Ok(days) if (1..=36500).contains(&days) => Ok(Self(Some(days))),
            _ if text == "never" => Ok(Self(None)),
            _ => Err("wants a number of days from 1 to 36500, or never".into()),
        }
    }
}

pub(super) fn access(args: &Args, access: &Access) -> Result<Exit> {
    let mut store = args.store()?;
    if let Some(days) = access.keep {
        store.keep_accesses(days)?;
    }
    let lines = store.accesses(access.case.as_deref(), access.skip, access.limit)?;
    let days = store.access_days()?;
    if args.format == Format::Json {
        return print_json(&json!({"kept_days": days, "accesses": lines}));
    }
    let line = |it: &Line| {
        let (who, address) = (plain(&it.who), plain(&it.address));
        format!("{}  {who}  {}  {}  {address}\n", it.at, it.what, it.case)
    };
    let lines: String = lines.iter().map(line).collect();
    print(&format!("{lines}kept for {days} days\n"))
}

pub(super) fn forget(args: &Args, forget: &Forget) -> Result<Exit> {
    let mut store = args.store()?;
    let (chosen, left) = match &forget.person {
        Some(name) => chosen(store.spellings(&forget.case, name)?, &forget.also)?,
        None => (Vec::new(), Vec::new()),
    };
    let person: Vec<&str> =
        forget.person.iter().map(String::as_str).chain(chosen.iter().map(|it| it.name.as_str())).collect();
    let whom = match forget.document {
        _ if !person.is_empty() => Whom::Person(&person),
        Some(number) => Whom::Document(number),
        None => return Err(UsageError("say what is to go: a document, or --person".into()).into()),
    };
    let forgotten =
        args.act(|doing| Ok(store.forget(&forget.case, whom, &forget.reason, forget.dry_run, doing)?))?;
    if args.format == Format::Json {
        return print_json(&json!({"forgotten": forgotten, "spellings": left}));
    }
    if forgotten.is_empty() {
        return print(&format!(
            "nothing to remove in {}\n{}{}",
            forget.case,
            beside(&forgotten),
            other(&left)
        ));
    }
    let verb = if forget.dry_run { "would remove" } else { "removed" };
    print(&format!("{}{}", in_words(&forgotten, verb), other(&left)))
}

/// The spellings that go too, and those that stay: `--also` takes all, `--also=NAME` one.
fn chosen(spellings: Vec<Spelling>, also: &[String]) -> Result<(Vec<Spelling>, Vec<Spelling>)> {
    if also.iter().any(String::is_empty) {
        return Ok((spellings, Vec::new()));
    }
    if let Some(name) = also.iter().find(|name| !spellings.iter().any(|it| it.name == **name)) {
        let words = "is no other spelling in this case; name it by a --person of its own";
        return Err(UsageError(format!("`{name}` {words}")).into());
    }
    Ok(spellings.into_iter().partition(|it| also.contains(&it.name)))
}

/// Spellings that stay.
fn other(left: &[Spelling]) -> String {
    let line = |it: &Spelling| {
        format!("  STAYS: perhaps another spelling (--also): {} ({:.2})\n", plain(&it.name), it.score)
    };
    left.iter().map(line).collect()
}

fn in_words(it: &Forgotten, verb: &str) -> String {
    let list = |numbers: &[u64]| {
        let numbers: Vec<String> = numbers.iter().map(u64::to_string).collect();
        if numbers.is_empty() { "none".to_owned() } else { numbers.join(", ") }
    };
    let mut text = format!(
        "{verb} in {}: content of entries {}; documents {}; items {}\n",
        it.case,
        list(&it.entries),
        list(&it.documents),
        list(&it.items)
    );
    if it.watched > 0 {
        let _ = writeln!(text, "  watched no longer, in no case: {} names", it.watched);
    }
    if it.addresses > 0 {
        let _ = writeln!(text, "  cut out of the log of accesses: {} addresses", it.addresses);
    }
    if it.notices > 0 {
        let _ = writeln!(text, "  not sent or kept any more: {} notices", it.notices);
    }
    text + &beside(it)
}

/// What stays.
fn beside(it: &Forgotten) -> String {
    let mut text = String::new();
    if it.in_title {
        text.push_str("  STAYS: the title of the case names them\n");
    }
    if !it.elsewhere.is_empty() {
        let _ = writeln!(text, "  STAYS: other cases name them: {}", it.elsewhere.join(", "));
    }
    if it.in_journal {
        text.push_str("  STAYS until others close the desk: its journal could not be cleared; run `lagebild desk sweep` then\n");
    }
    if !it.is_empty() {
        text.push_str("  bundles and backups that were made before still hold it\n");
    }
    text
}

pub(super) fn retain(args: &Args, case: &str, days: Days) -> Result<Exit> {
    let mut store = args.store()?;
    args.act(|doing| Ok(store.retain(case, days.0, doing)?))?;
    match days.0 {
        Some(days) => print(&format!("documents and notes of {case} are kept for {days} days\n")),
        None => print(&format!("documents and notes of {case} are kept for as long as the case is\n")),
    }
}

pub(super) fn sweep(args: &Args) -> Result<Exit> {
    let mut store = args.store()?;
    let (swept, accesses) = args.act(|doing| Ok((store.sweep(doing)?, store.sweep_accesses(doing.at)?)))?;
    if args.format == Format::Json {
        return print_json(&json!({"removed": swept, "accesses": accesses}));
    }
    let mut text: String = swept.iter().map(|it| in_words(it, "removed")).collect();
    let _ = writeln!(text, "{} cases, {accesses} lines of the log of accesses", swept.len());
    print(&text)
}
