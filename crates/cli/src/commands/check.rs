//! `lagebild check`: which provisions a flow touches on a day, without an article.

use crate::exit::{Exit, UsageError};
use crate::print::{Format, print, print_json, wrapped};
use anyhow::Result;
use jiff::civil::Date;
use lagebild_measures::{AskError, Asked, Finding, Flow, Measures};

/// Arguments of `lagebild check`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Country that gives, ISO 3166-1 alpha-2 (KP) or its English name
    #[arg(long, value_name = "COUNTRY")]
    from: Option<String>,
    /// Country that gets
    #[arg(long, value_name = "COUNTRY")]
    to: Option<String>,
    /// Class of goods; `lagebild goods TERM` finds it
    #[arg(long, value_name = "CLASS")]
    goods: Option<String>,
    /// Day whose measures count (2023-09-13)
    #[arg(long, value_name = "DATE")]
    on: Date,
    /// Quantity with the unit of a cap: barrel, tonne, USD (--quantity 500000 barrel)
    #[arg(long, num_args = 2, value_names = ["NUMBER", "UNIT"])]
    quantity: Vec<String>,
    /// Listed party that takes part, by its id (un-sc:KPe.001); may be given several times
    #[arg(long, value_name = "ID")]
    listed: Vec<String>,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// Checks the flow.
pub(crate) fn run(args: &Args) -> Result<Exit> {
    let flow = flow(args)?;
    let findings = Measures::shipped().check(&flow, args.on);
    if args.format == Format::Json {
        return print_json(&findings);
    }
    let mut text = String::new();
    for finding in &findings {
        add(&mut text, finding);
    }
    if findings.is_empty() {
        text.push_str(silence(&flow));
    }
    text.push_str("\nThis names provisions and says what is missing. It decides nothing.\n");
    print(&text)
}

/// Why there is no finding at all; "no measure found" only where the data are meant to be whole.
fn silence(flow: &Flow) -> &'static str {
    if flow.from.is_some() && flow.from == flow.to {
        "Nothing looked up: it stays within one country.\n"
    } else if flow.class.is_none() {
        "No data: the listed parties are on no list that a provision names, and no goods were given.\n"
    } else {
        "No measure found, and the data are meant to be whole for this.\n"
    }
}

fn flow(args: &Args) -> Result<Flow> {
    let asked = Asked {
        from: args.from.clone(),
        to: args.to.clone(),
        goods: args.goods.clone(),
        quantity: quantity(&args.quantity)?,
        listed: args.listed.clone(),
    };
    asked.flow().map_err(|error| {
        let told = match error {
            AskError::NoSide => "give --from, --to or both".to_owned(),
            AskError::NoMatter => "give --goods, --listed or both".to_owned(),
            AskError::NoClass { .. } => format!("{error} `lagebild goods TERM` finds classes"),
            _ => error.to_string(),
        };
        UsageError(told).into()
    })
}

fn quantity(words: &[String]) -> Result<Option<(f64, String)>> {
    let [number, unit] = words else { return Ok(None) };
    let value = number.parse::<f64>().ok().filter(|value| value.is_finite() && *value >= 0.0);
    let value = value.ok_or_else(|| UsageError(format!("`{number}` is no quantity")))?;
    Ok(Some((value, unit.clone())))
}

fn add(text: &mut String, finding: &Finding) {
    let verdict = finding.verdict.code().replace('_', " ");
    let mut line = |indent: usize, words: &str| text.push_str(&wrapped(indent, words));
    line(0, &format!("{}: {verdict} · {}", finding.regime, finding.citation()));
    line(2, &finding.why);
    for missing in &finding.missing {
        line(2, &format!("to be sure, find out: {missing}"));
    }
    for exception in &finding.exceptions {
        line(2, &format!("exception that may apply: {exception}"));
    }
    if finding.verification.rests_on_memory() {
        line(2, "parts of this record rest on memory: read the official text");
    }
    if let Some(source) = &finding.source {
        line(2, source);
    }
    for related in &finding.also {
        let verdict = related.verdict.code().replace('_', " ");
        line(2, &format!("beside it, {verdict}: {} {}", related.citation(), related.why));
        related.missing.iter().for_each(|missing| line(4, &format!("find out: {missing}")));
    }
}
