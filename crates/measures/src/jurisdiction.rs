//! Whose persons and territory a measure binds, and since when: `data/measures/jurisdictions.yaml`.

use crate::model::Measure;
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct JurisdictionFile {
    jurisdictions: Vec<Row>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    binds: Vec<String>,
    name: String,
    #[serde(default)]
    one_territory: bool,
    members: Vec<Members>,
}

/// Countries that are bound from a first day (none: from the beginning) up to, not including, a last one.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Members {
    #[serde(default)]
    from: Option<Date>,
    #[serde(default)]
    to: Option<Date>,
    countries: Vec<String>,
}

/// First day, and first day after the last.
type Term = (Option<Date>, Option<Date>);

/// Words of `binds` and the countries that they stand for.
#[derive(Debug)]
pub(crate) struct Jurisdiction {
    binds: Vec<String>,
    pub(crate) name: String,
    /// What goes from one of its countries to another is no export.
    pub(crate) one_territory: bool,
    members: FxHashMap<String, Vec<Term>>,
}

impl JurisdictionFile {
    pub(crate) fn jurisdictions(self) -> Vec<Jurisdiction> {
        self.jurisdictions.into_iter().map(Jurisdiction::new).collect()
    }
}

impl Jurisdiction {
    fn new(row: Row) -> Self {
        let mut members: FxHashMap<String, Vec<Term>> = FxHashMap::default();
        for group in row.members {
            for country in group.countries {
                members.entry(country).or_default().push((group.from, group.to));
            }
        }
        Self { binds: row.binds, name: row.name, one_territory: row.one_territory, members }
    }

    /// True when a country is bound on a day.
    pub(crate) fn holds(&self, country: &str, on: Date) -> bool {
        let within = |&(from, to): &Term| from.is_none_or(|from| from <= on) && to.is_none_or(|to| on < to);
        self.members.get(country).is_some_and(|terms| terms.iter().any(within))
    }
}

/// The place of the jurisdiction that a measure binds, where it binds one.
pub(crate) fn of(jurisdictions: &[Jurisdiction], measure: &Measure) -> Option<usize> {
    jurisdictions.iter().position(|one| one.binds.iter().any(|word| measure.binds.contains(word)))
}
