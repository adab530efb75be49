//! `lagebild measures list|show|diff|coverage`: the provisions in the data.

use crate::exit::{Exit, UsageError};
use crate::print::{Format, print, print_json, wrapped};
use anyhow::Result;
use jiff::civil::Date;
use lagebild_goods::Goods;
use lagebild_measures::{Covered, Diff, Measure, Measures, RegimeCoverage};

/// What to do with the measures.
#[derive(clap::Subcommand)]
pub(crate) enum Action {
    /// List provisions, one a line
    List(List),
    /// Show one provision with everything that the data say of it
    Show(Show),
    /// What began and what ended between two days
    Diff(Between),
    /// What the data know by jurisdiction, regime and period, and what that rests on
    Coverage(Coverage),
}

/// Arguments of `lagebild measures list`.
#[derive(clap::Args)]
pub(crate) struct List {
    /// Only this regime (UN-1718-DPRK)
    #[arg(long)]
    regime: Option<String>,
    /// Only provisions in force on this day
    #[arg(long, value_name = "DATE")]
    on: Option<Date>,
    /// Only provisions that name this class of goods or one above it
    #[arg(long, value_name = "CLASS")]
    goods: Option<String>,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// Arguments of `lagebild measures show`.
#[derive(clap::Args)]
pub(crate) struct Show {
    /// Id of the record (un-1874-9)
    id: String,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// Arguments of `lagebild measures diff`.
#[derive(clap::Args)]
pub(crate) struct Between {
    /// The earlier day
    from: Date,
    /// The later day
    to: Date,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// Arguments of `lagebild measures coverage`.
#[derive(clap::Args)]
pub(crate) struct Coverage {
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// Does it.
pub(crate) fn run(action: &Action) -> Result<Exit> {
    match action {
        Action::List(args) => list(args),
        Action::Show(args) => show(args),
        Action::Diff(args) => diff(args),
        Action::Coverage(args) => coverage(args),
    }
}

fn list(args: &List) -> Result<Exit> {
    let measures = Measures::shipped();
    if let Some(regime) = &args.regime
        && !measures.all().iter().any(|measure| measure.regime == *regime)
    {
        let mut known: Vec<&str> = measures.all().iter().map(|measure| measure.regime.as_str()).collect();
        known.dedup();
        return Err(UsageError(format!("no regime `{regime}`; there are {}", known.join(", "))).into());
    }
    let names = |measure: &Measure, class: &String| {
        measure.record.goods.iter().any(|named| Goods::shipped().is_a(class, named))
    };
    let chosen: Vec<&Measure> = measures
        .all()
        .iter()
        .filter(|measure| args.regime.as_ref().is_none_or(|regime| measure.regime == *regime))
        .filter(|measure| args.on.is_none_or(|day| measure.in_force(day)))
        .filter(|measure| args.goods.as_ref().is_none_or(|class| names(measure, class)))
        .collect();
    if args.format == Format::Json {
        return print_json(&chosen);
    }
    print(&chosen.into_iter().map(line).collect::<String>())
}

fn line(measure: &Measure) -> String {
    let record = &measure.record;
    let from = record.in_force_from.map_or_else(|| "?".into(), |day| day.to_string());
    let to = record.in_force_to.map(|day| day.to_string()).unwrap_or_default();
    wrapped(0, &format!("{} · {} · {from}–{to} · {}", measure.id, measure.citation(), record.what))
}

fn show(args: &Show) -> Result<Exit> {
    let Some(measure) = Measures::shipped().get(&args.id) else {
        let ids = Measures::shipped().all().iter().map(|measure| measure.id.as_str());
        let start: String = args.id.chars().take(7).collect();
        let like: Vec<&str> = ids.filter(|id| id.starts_with(&start)).take(12).collect();
        let hint = if like.is_empty() { String::new() } else { format!("; like it: {}", like.join(", ")) };
        return Err(UsageError(format!("no measure has the id `{}`{hint}", args.id)).into());
    };
    if args.format == Format::Json {
        return print_json(measure);
    }
    let mut text = wrapped(0, &format!("{} · {} · {}", measure.id, measure.regime, measure.issuer));
    // The record as plain data: one field a line, empty ones left out.
    if let serde_json::Value::Object(fields) = serde_json::to_value(measure)? {
        for (name, value) in fields.iter().filter(|(name, value)| *name != "id" && !is_empty(value)) {
            text.push_str(&wrapped(2, &format!("{name}: {}", plain(value))));
        }
    }
    print(&text)
}

fn is_empty(value: &serde_json::Value) -> bool {
    match value {
        serde_json::Value::Null | serde_json::Value::Bool(false) => true,
        serde_json::Value::Array(list) => list.is_empty(),
        _ => false,
    }
}

fn plain(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::String(text) => text.clone(),
        serde_json::Value::Array(list) => list.iter().map(plain).collect::<Vec<_>>().join(", "),
        serde_json::Value::Object(fields) => {
            let shown = fields.iter().filter(|(_, value)| !is_empty(value));
            shown.map(|(name, value)| format!("{name} {}", plain(value))).collect::<Vec<_>>().join(", ")
        }
        other => other.to_string(),
    }
}

fn diff(args: &Between) -> Result<Exit> {
    if args.from > args.to {
        return Err(UsageError(format!("{} comes after {}", args.from, args.to)).into());
    }
    let diff = Measures::shipped().diff(args.from, args.to);
    if args.format == Format::Json {
        return print_json(&diff);
    }
    let Diff { began, ended, began_and_ended } = diff;
    let groups = [("Began", began), ("Ended", ended), ("Began and ended", began_and_ended)];
    let mut text = String::new();
    for (name, measures) in groups.into_iter().filter(|(_, measures)| !measures.is_empty()) {
        text.extend([name, ": ", &measures.len().to_string(), "\n"]);
        text.extend(measures.into_iter().map(line));
    }
    if text.is_empty() {
        text.push_str("Nothing began or ended.\n");
    }
    print(&text)
}

fn coverage(args: &Coverage) -> Result<Exit> {
    let coverage = Measures::shipped().coverage();
    if args.format == Format::Json {
        return print_json(&coverage);
    }
    let mut text =
        wrapped(0, "Where the check may answer “no measure found”; everywhere else it answers “no data”:");
    for jurisdiction in &coverage.jurisdictions {
        text.push_str(&wrapped(0, &jurisdiction.name));
        text.extend(jurisdiction.covered.iter().map(|covered| wrapped(2, &covered_words(covered))));
    }
    text.push_str(&wrapped(0, "Of every other jurisdiction there are single records only, or none."));
    text.push_str(&wrapped(0, &format!("Regimes: {}", coverage.regimes.len())));
    text.extend(coverage.regimes.iter().map(|regime| wrapped(2, &regime_words(regime))));
    let records: usize = coverage.regimes.iter().map(|regime| regime.records).sum();
    let basis = coverage.verification.words();
    text.push_str(&wrapped(0, &format!("{records} records: {basis} (paragraph, date and content of each)")));
    print(&text)
}

/// "ALL without KP · arms · 2000-01-01–2025-10-31: why".
fn covered_words(covered: &Covered) -> String {
    let mut target = covered.target.join(", ");
    if !covered.except.is_empty() {
        target = format!("{target} without {}", covered.except.join(", "));
    }
    let goods = if covered.goods.is_empty() { "every class".into() } else { covered.goods.join(", ") };
    let to = covered.to.map(|day| day.to_string()).unwrap_or_default();
    format!("{target} · {goods} · {}–{to}: {}", covered.from, covered.basis)
}

/// "UN-1970-LIBYA · LY · 5 records · 2011-02-26– · 60 % read, …".
fn regime_words(regime: &RegimeCoverage<'_>) -> String {
    let day = |day: Option<Date>, none: &str| day.map_or_else(|| none.to_owned(), |day| day.to_string());
    let until = regime.known_until.map(|day| format!(" · some known until {day}")).unwrap_or_default();
    format!(
        "{} · {} · {} records · {}–{}{until} · {}",
        regime.regime,
        regime.target.join(", "),
        regime.records,
        day(regime.from, "?"),
        day(regime.to, ""),
        regime.verification.words()
    )
}
