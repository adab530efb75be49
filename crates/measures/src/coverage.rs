//! What the data know and what they do not: `data/measures/covered.yaml`, and the records counted by regime.

use crate::finding::{Finding, Verdict};
use crate::measures::{Classes, Measures};
use crate::model::{Basis, Measure, Verification};
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The regime that a finding about missing data carries.
const NO_DATA: &str = "NO-DATA";

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CoveredFile {
    pub(crate) jurisdictions: Vec<CoveredJurisdiction>,
}

/// What the data know of the measures of one jurisdiction.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CoveredJurisdiction {
    /// Beginning of the regimes' names: `UN`, `EU`.
    pub regimes: String,
    /// How it is named in an answer.
    pub name: String,
    /// Its own countries: it has no embargo on them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub own: Vec<String>,
    /// What is known.
    pub covered: Vec<Covered>,
}

/// Countries, classes and a time for which the records are meant to be whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Covered {
    /// ISO 3166-1 codes, or `ALL`.
    pub target: Vec<String>,
    /// Left out of `ALL`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub except: Vec<String>,
    /// Class ids with all below them; none: every class.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub goods: Vec<String>,
    /// First day.
    pub from: Date,
    /// Last day up to which changes were followed; none where they are followed.
    #[serde(default)]
    pub to: Option<Date>,
    /// Why it is thought to be whole.
    pub basis: String,
}

/// The entries of one jurisdiction, indexed for the check.
#[derive(Debug)]
pub(crate) struct Known {
    jurisdiction: CoveredJurisdiction,
    /// Beginning of its regimes with the hyphen: `UN-`.
    prefix: String,
    /// The classes of each entry, in its order.
    classes: Vec<Classes>,
    /// Entries that name a country, by country; `ALL` among them.
    by_target: FxHashMap<String, Vec<usize>>,
}

impl Known {
    pub(crate) fn new(jurisdiction: CoveredJurisdiction, below: &impl Fn(&[String]) -> Classes) -> Self {
        let all = |goods: &[String]| if goods.is_empty() { Classes::MAX } else { below(goods) };
        let classes = jurisdiction.covered.iter().map(|covered| all(&covered.goods)).collect();
        let mut by_target: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        for (at, covered) in jurisdiction.covered.iter().enumerate() {
            for country in &covered.target {
                by_target.entry(country.clone()).or_default().push(at);
            }
        }
        Self { prefix: format!("{}-", jurisdiction.regimes), classes, by_target, jurisdiction }
    }

    /// True when the records on a country are meant to be whole for a class on a day.
    pub(crate) fn covers(&self, country: &str, class: Classes, on: Date) -> bool {
        let holds = |at: &usize| {
            let known = self.jurisdiction.covered.get(*at).zip(self.classes.get(*at));
            known.is_some_and(|(covered, classes)| {
                let within = covered.from <= on && covered.to.is_none_or(|to| on <= to);
                within && classes & class != 0 && !covered.except.iter().any(|left| left == country)
            })
        };
        let named = |target: &str| self.by_target.get(target).is_some_and(|list| list.iter().any(holds));
        named(country) || named("ALL") || self.jurisdiction.own.iter().any(|own| own == country)
    }
}

impl Measures {
    /// True when the records of the jurisdiction of a regime are meant to be whole for a country, class and day.
    pub(crate) fn regime_covers(&self, regime: &str, country: &str, class: Classes, on: Date) -> bool {
        let mut of_regime = self.known.iter().filter(|known| regime.starts_with(&known.prefix));
        of_regime.any(|known| known.covers(country, class, on))
    }

    /// One finding that names the jurisdictions and countries of which the data know nothing for a class on a day
    /// and that nothing else answered: silence about them would read as "no measure".
    pub(crate) fn no_data(
        &self,
        ends: [Option<&str>; 2],
        (label, class): (&str, Classes),
        on: Date,
        findings: &[Finding],
    ) -> Option<Finding> {
        let answers: Vec<&Measure> =
            findings.iter().filter_map(|finding| self.get(finding.measure.as_deref()?)).collect();
        let answered = |known: &Known, country: &str| {
            let mut of = answers.iter().filter(|measure| measure.regime.starts_with(&known.prefix));
            of.any(|measure| measure.target.iter().any(|target| target == country))
        };
        let mut unknown: Vec<String> = Vec::new();
        for known in &self.known {
            let lacks = |country: &&str| !known.covers(country, class, on) && !answered(known, country);
            let lacking: Vec<&str> = ends.into_iter().flatten().filter(lacks).collect();
            if !lacking.is_empty() {
                unknown.push(format!("{} on {}", known.jurisdiction.name, lacking.join(", ")));
            }
        }
        (!unknown.is_empty()).then(|| Finding {
            measure: None,
            regime: NO_DATA.into(),
            issuer: "outside the data".into(),
            instrument: None,
            paragraph: None,
            verdict: Verdict::NoData,
            why: format!("no data for this regime or country: {} (“{label}”, {on})", unknown.join("; ")),
            missing: vec!["what these jurisdictions provide: the data do not say".into()],
            exceptions: Vec::new(),
            verification: Verification::default(),
            source: None,
            also: Vec::new(),
        })
    }

    /// What the data know, by jurisdiction and by regime.
    pub fn coverage(&self) -> Coverage<'_> {
        let mut regimes: BTreeMap<&str, Vec<&Measure>> = BTreeMap::new();
        for measure in &self.list {
            regimes.entry(&measure.regime).or_default().push(measure);
        }
        let jurisdictions = self.known.iter().map(|known| &known.jurisdiction).collect();
        let regimes =
            regimes.into_iter().map(|(name, measures)| RegimeCoverage::new(name, &measures)).collect();
        Coverage { jurisdictions, regimes, verification: Shares::of(self.list.iter()) }
    }
}

/// What the data know.
#[derive(Debug, Serialize)]
pub struct Coverage<'m> {
    /// What is meant to be whole; outside it the check answers `no_data`.
    pub jurisdictions: Vec<&'m CoveredJurisdiction>,
    /// The regimes of which there are records.
    pub regimes: Vec<RegimeCoverage<'m>>,
    /// What all records rest on.
    pub verification: Shares,
}

/// The records of one regime.
#[derive(Debug, Serialize)]
pub struct RegimeCoverage<'m> {
    /// Its name.
    pub regime: &'m str,
    /// Who issued it.
    pub issuer: &'m str,
    /// Whom its records are directed at.
    pub target: Vec<&'m str>,
    /// How many records.
    pub records: usize,
    /// First day of the earliest record; none where it is not known.
    pub from: Option<Date>,
    /// First day on which nothing of it is in force any more; none where something is.
    pub to: Option<Date>,
    /// Earliest day up to which a record in force was read to be in force, where one has such a day.
    pub known_until: Option<Date>,
    /// What the records rest on.
    pub verification: Shares,
}

impl<'m> RegimeCoverage<'m> {
    fn new(regime: &'m str, measures: &[&'m Measure]) -> Self {
        let mut target: Vec<&str> =
            measures.iter().flat_map(|measure| &measure.target).map(String::as_str).collect();
        target.sort_unstable();
        target.dedup();
        let over = measures.iter().map(|measure| measure.record.in_force_to);
        Self {
            regime,
            issuer: measures.first().map_or("", |measure| measure.issuer.as_str()),
            target,
            records: measures.len(),
            from: measures.iter().filter_map(|measure| measure.record.in_force_from).min(),
            to: over.collect::<Option<Vec<Date>>>().and_then(|days| days.into_iter().max()),
            known_until: measures.iter().filter_map(|measure| measure.record.known_until).min(),
            verification: Shares::of(measures.iter().copied()),
        }
    }
}

/// How many statements (paragraph, date and content of each record) rest on what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Shares {
    /// Read in a public text.
    pub read: usize,
    /// Read in part.
    pub partly: usize,
    /// From memory.
    pub memory: usize,
}

impl Shares {
    fn of<'m>(measures: impl Iterator<Item = &'m Measure>) -> Self {
        let mut shares = Self::default();
        for measure in measures {
            let Verification { paragraph, date, content } = measure.record.verification;
            for basis in [paragraph, date, content] {
                match basis {
                    Basis::StoredText => shares.read += 1,
                    Basis::StoredTextPartial | Basis::AdoptedOnly => shares.partly += 1,
                    Basis::Memory => shares.memory += 1,
                    Basis::NotApplicable => {}
                }
            }
        }
        shares
    }

    /// "61 % read, 9 % read in part, 30 % from memory".
    pub fn words(&self) -> String {
        let all = (self.read + self.partly + self.memory).max(1);
        let share = |part: usize| (part * 200 / all).div_ceil(2);
        format!(
            "{} % read, {} % read in part, {} % from memory",
            share(self.read),
            share(self.partly),
            share(self.memory)
        )
    }
}
