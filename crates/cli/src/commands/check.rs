//! `lagebild check`: which provisions a flow touches on a day, without an article.

use crate::exit::{Exit, UsageError};
use crate::print::{Format, print, print_json, wrapped};
use anyhow::Result;
use jiff::civil::Date;
use lagebild_goods::Goods;
use lagebild_measures::{Finding, Flow, Measures};

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
    if args.from.is_none() && args.to.is_none() {
        return Err(UsageError("give --from, --to or both".into()).into());
    }
    if args.goods.is_none() && args.listed.is_empty() {
        return Err(UsageError("give --goods, --listed or both".into()).into());
    }
    if let Some(class) = args.goods.as_deref() {
        known_class(class)?;
    }
    Ok(Flow {
        from: args.from.as_deref().map(country).transpose()?,
        to: args.to.as_deref().map(country).transpose()?,
        class: args.goods.clone(),
        quantity: quantity(&args.quantity)?,
        listed_parties: args.listed.clone(),
        ..Flow::default()
    })
}

/// The code of a country that exists, given as a code or a name.
fn country(given: &str) -> Result<String> {
    let code = lagebild_ftm::clean(lagebild_ftm::Kind::Country, given).filter(|code| code.len() == 2);
    let unknown = || {
        UsageError(format!(
            "`{given}` is no country; give its code of two letters (ISO 3166-1 alpha-2, such as KP) or its English name"
        ))
    };
    Ok(code.ok_or_else(unknown)?.to_ascii_uppercase())
}

fn quantity(words: &[String]) -> Result<Option<(f64, String)>> {
    let [number, unit] = words else { return Ok(None) };
    let value = number.parse::<f64>().ok().filter(|value| value.is_finite() && *value >= 0.0);
    let value = value.ok_or_else(|| UsageError(format!("`{number}` is no quantity")))?;
    Ok(Some((value, unit.clone())))
}

/// An error that suggests what may have been meant, where there is no such class.
fn known_class(class: &str) -> Result<()> {
    let goods = Goods::shipped();
    if goods.class(class).is_some() {
        return Ok(());
    }
    let mut like: Vec<&str> = goods.lookup(class).iter().map(|found| found.class.id.as_str()).collect();
    like.extend(goods.nearest(class));
    like.dedup();
    like.truncate(5);
    let hint = if like.is_empty() { String::new() } else { format!("; did you mean {}?", like.join(", ")) };
    Err(UsageError(format!(
        "no class of goods has the id `{class}`{hint} `lagebild goods TERM` finds classes"
    ))
    .into())
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
