//! `data/measures/scenarios.yaml`: what the check must answer, day before and day after included.

#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

use jiff::civil::Date;
use lagebild_measures::{Exchange, Finding, Flow, FlowKind, Measures, Verdict};
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    scenarios: Vec<Scenario>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Scenario {
    id: String,
    text: String,
    on: Date,
    flows: Vec<FlowRow>,
    /// Provisions that are touched; a cap with unknown quantity counts.
    #[serde(default)]
    fires: Vec<String>,
    /// Provisions that are possible, touched only indirectly, or lack a nexus.
    #[serde(default)]
    weaker: Vec<String>,
    /// Provisions that must not be named.
    #[serde(default)]
    silent: Vec<String>,
    /// The answer of a regime; `none` where it must not answer.
    #[serde(default)]
    verdicts: BTreeMap<String, String>,
    #[serde(default, rename = "note")]
    _note: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FlowRow {
    from: String,
    to: String,
    #[serde(default)]
    goods: Option<String>,
    #[serde(default)]
    kind: Option<FlowKind>,
    #[serde(default)]
    quantity: Option<(f64, String)>,
    #[serde(default)]
    listed: Vec<String>,
    #[serde(default)]
    exchange: Option<ExchangeRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExchangeRow {
    from: String,
    to: String,
    goods: String,
}

impl FlowRow {
    fn flow(&self) -> Flow {
        let exchange = self.exchange.as_ref();
        Flow {
            from: Some(self.from.clone()),
            to: Some(self.to.clone()),
            class: self.goods.clone(),
            kind: self.kind,
            quantity: self.quantity.clone(),
            listed_parties: self.listed.clone(),
            exchange: exchange.map(|e| Exchange {
                from: e.from.clone(),
                to: e.to.clone(),
                class: e.goods.clone(),
            }),
        }
    }
}

fn scenarios() -> Vec<Scenario> {
    let yaml = std::fs::read_to_string("../../data/measures/scenarios.yaml").unwrap();
    lagebild_data::parse::<File>("data/measures/scenarios.yaml", &yaml)
        .unwrap_or_else(|e| panic!("{e}"))
        .scenarios
}

/// Every provision named in the findings, with its verdict.
fn named(findings: &[Finding]) -> BTreeMap<String, Verdict> {
    let top = findings.iter().filter_map(|f| Some((f.measure.clone()?, f.verdict)));
    let beside = findings.iter().flat_map(|f| &f.also).map(|r| (r.measure.clone(), r.verdict));
    top.chain(beside).collect()
}

fn wrong(scenario: &Scenario) -> Vec<String> {
    let measures = Measures::shipped();
    let findings: Vec<Finding> =
        scenario.flows.iter().flat_map(|row| measures.check(&row.flow(), scenario.on)).collect();
    let named = named(&findings);
    let state = |id: &String| named.get(id).copied();
    let fires = |v| matches!(v, Verdict::Touched | Verdict::CapQuantityUnknown | Verdict::ExceptionMayApply);
    let mut wrong = Vec::new();
    let mut expect = |ids: &[String], what: &str, ok: &dyn Fn(Option<Verdict>) -> bool| {
        for id in ids {
            assert!(measures.get(id).is_some(), "{}: no record {id}", scenario.id);
            if !ok(state(id)) {
                wrong.push(format!(
                    "{} ({}): {id} should be {what}, is {:?}",
                    scenario.id,
                    scenario.text,
                    state(id)
                ));
            }
        }
    };
    expect(&scenario.fires, "touched", &|v| v.is_some_and(fires));
    expect(&scenario.weaker, "named, not touched", &|v| v.is_some_and(|v| !fires(v)));
    expect(&scenario.silent, "unnamed", &|v| v.is_none());
    for (regime, verdict) in &scenario.verdicts {
        let mut got: Vec<&str> =
            findings.iter().filter(|f| f.regime == *regime).map(|f| f.verdict.code()).collect();
        got.dedup();
        if got.join(" ") != *verdict && !(got.is_empty() && verdict == "none") {
            wrong.push(format!(
                "{} ({}): {regime} should be {verdict}, is {got:?}",
                scenario.id, scenario.text
            ));
        }
    }
    wrong
}

#[test]
fn every_scenario_is_answered_as_written() {
    let scenarios = scenarios();
    let wrong: Vec<String> = scenarios.iter().flat_map(wrong).collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), scenarios.len(), wrong.join("\n"));
    assert!(scenarios.len() >= 78, "only {} scenarios", scenarios.len());
}
