//! The weights of the ranking: `data/triage.yaml`.

use lagebild_data::DataError;
use lagebild_measures::Verdict;
use lagebild_transfers::Standing;
use serde::Deserialize;
use std::collections::BTreeMap;

/// What counts how much. The file says what each field means.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weights {
    pub(crate) listed_in_flow: f64,
    pub(crate) listed_named: f64,
    pub(crate) listed_least: f64,
    verdicts: BTreeMap<String, f64>,
    standings: BTreeMap<String, f64>,
    pub(crate) transfer: f64,
}

impl Weights {
    /// Those that ship.
    ///
    /// # Errors
    /// Where the file is wrong.
    pub fn shipped() -> Result<Self, DataError> {
        let json = include_str!(concat!(env!("OUT_DIR"), "/triage.json"));
        lagebild_data::embedded("data/triage.yaml", json)
    }

    /// Those of a file of the same form.
    ///
    /// # Errors
    /// What is wrong, with line and field.
    pub fn parse(file: &str, yaml: &str) -> Result<Self, DataError> {
        lagebild_data::parse(file, yaml)
    }

    pub(crate) fn verdict(&self, verdict: Verdict) -> f64 {
        self.verdicts.get(verdict.code()).copied().unwrap_or_default()
    }

    pub(crate) fn standing(&self, standing: Standing) -> f64 {
        self.standings.get(name(standing)).copied().unwrap_or_default()
    }
}

/// The word of the JSON contract.
pub(crate) fn name(standing: Standing) -> &'static str {
    match standing {
        Standing::Certain => "certain",
        Standing::Probable => "probable",
        Standing::Planned => "planned",
        Standing::Possible => "possible",
        Standing::Wished => "wished",
        Standing::Open => "open",
        Standing::Cancelled => "cancelled",
        Standing::Doubted => "doubted",
        Standing::Denied => "denied",
    }
}
