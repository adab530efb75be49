//! Scenarios by somebody who did not write the records and did not see them: `data/measures/scenarios-blind.yaml`, settled
//! by law where they and a record disagreed. `LAGEBILD_BLIND=FILE` prints how many entries of another file are answered
//! as written: `cargo test --test blind -- --ignored --nocapture`.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "tests")]

use jiff::civil::Date;
use lagebild_measures::{Flow, FlowKind, Kind, Measures, Verdict};
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
struct File {
    scenarios: Vec<Scenario>,
}

#[derive(Deserialize)]
struct Scenario {
    id: String,
    /// Beginning of the regimes' names: `UN`, `EU`.
    issuer: String,
    /// Whom the measures are directed at.
    country: String,
    on: Date,
    #[serde(default)]
    from: Option<String>,
    #[serde(default)]
    to: Option<String>,
    #[serde(default)]
    goods: Option<String>,
    #[serde(default)]
    kind: Option<FlowKind>,
    expect: Expect,
    #[serde(default)]
    cites: Option<Cites>,
    #[serde(default)]
    why: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Expect {
    Touched,
    Possible,
    NotTouched,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Cites {
    One(String),
    More(Vec<String>),
}

impl Cites {
    fn words(&self) -> String {
        match self {
            Self::One(one) => one.clone(),
            Self::More(more) => more.join("; "),
        }
    }
}

/// What the records of the issuer on the country (of the Arms Trade Treaty: on all) come to for the flow, and which ones.
/// What stands beside "no measure found" is no answer. "An exception may apply" is both `touched` and `possible`,
/// "would apply with nexus" both `possible` and `not_touched`.
fn answer(scenario: &Scenario) -> (Vec<Expect>, Vec<String>) {
    let measures = Measures::shipped();
    let flow = Flow {
        from: scenario.from.clone(),
        to: scenario.to.clone(),
        class: scenario.goods.clone(),
        kind: scenario.kind,
        ..Flow::default()
    };
    let mut findings = measures.check(&flow, scenario.on);
    findings.retain(|f| !matches!(f.verdict, Verdict::NoMeasureFound | Verdict::NoData));
    let top = findings.iter().filter_map(|f| Some((f.measure.as_deref()?, f.verdict)));
    let beside = findings.iter().flat_map(|f| &f.also).map(|r| (r.measure.as_str(), r.verdict));
    let prefix = format!("{}-", scenario.issuer);
    let named = top.chain(beside).filter_map(|(id, verdict)| Some((measures.get(id)?, verdict)));
    let of_issuer = named.filter(|(m, _)| {
        let of_country = m.regime.starts_with(&prefix) && m.target.contains(&scenario.country);
        of_country || m.regime == scenario.issuer
    });
    let of_issuer: Vec<_> = of_issuer.collect();
    let words = of_issuer.iter().map(|(m, verdict)| format!("{} {}", m.id, verdict.code())).collect();
    let bans = of_issuer.iter().filter(|(m, _)| matches!(m.record.kind, Kind::Prohibition | Kind::Cap));
    let strongest = bans.map(|(_, verdict)| *verdict).min();
    let expected = match strongest {
        Some(Verdict::Touched | Verdict::CapQuantityUnknown) => vec![Expect::Touched],
        Some(Verdict::ExceptionMayApply) => vec![Expect::Touched, Expect::Possible],
        _ if of_issuer.is_empty() => vec![Expect::NotTouched],
        _ if of_issuer.iter().all(|(_, verdict)| *verdict == Verdict::WouldApplyWithNexus) => {
            vec![Expect::NotTouched, Expect::Possible]
        }
        _ => vec![Expect::Possible],
    };
    (expected, words)
}

fn read(path: &str) -> Vec<Scenario> {
    let text = std::fs::read_to_string(path).unwrap();
    match lagebild_data::parse::<File>(path, &text) {
        Ok(file) => file.scenarios,
        // The file of a lawyer may be the bare list.
        Err(_) => lagebild_data::parse::<Vec<Scenario>>(path, &text).unwrap(),
    }
}

/// What is answered otherwise than written.
fn disagreement(scenario: &Scenario) -> Option<(&str, String)> {
    let Scenario { id, issuer, country, on, from, to, goods, kind, expect, cites, why } = scenario;
    let (got, words) = answer(scenario);
    let (from, to) = (from.as_deref().unwrap_or("?"), to.as_deref().unwrap_or("?"));
    let goods = goods.as_deref().unwrap_or("?");
    let cites = cites.as_ref().map(Cites::words).unwrap_or_default();
    let line = format!(
        "{id} [{country} {on}] {from}>{to} {goods} {kind:?}: expected {expect:?}, got {got:?} {words:?}; \
         cites {cites}; {why}"
    );
    (!got.contains(expect)).then_some((issuer.as_str(), line))
}

fn disagreements(scenarios: &[Scenario]) -> Vec<(&str, String)> {
    scenarios.iter().filter_map(disagreement).collect()
}

#[test]
fn settled_scenarios_are_answered_as_written() {
    let scenarios = read("../../data/measures/scenarios-blind.yaml");
    let wrong: Vec<String> = disagreements(&scenarios).into_iter().map(|(_, line)| line).collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), scenarios.len(), wrong.join("\n"));
}

#[test]
#[ignore = "needs a file of scenarios that are not settled yet"]
fn how_many_of_a_file_are_answered_as_written() {
    let scenarios = read(&std::env::var("LAGEBILD_BLIND").unwrap());
    let wrong = disagreements(&scenarios);
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for scenario in &scenarios {
        counts.entry(&scenario.issuer).or_default().1 += 1;
    }
    for (issuer, line) in &wrong {
        counts.entry(issuer).or_default().0 += 1;
        println!("{line}");
    }
    for (issuer, (wrong, all)) in counts {
        println!("{issuer}: {} of {all} as written", all - wrong);
    }
}
