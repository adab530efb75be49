//! Whose persons and territory a measure binds: `data/measures/jurisdictions.yaml`.

use crate::model::Measure;
use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct JurisdictionFile {
    pub(crate) jurisdictions: Vec<Jurisdiction>,
}

/// A word of `binds` and the countries that it stands for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Jurisdiction {
    pub(crate) binds: String,
    pub(crate) name: String,
    pub(crate) countries: Vec<String>,
}

/// The jurisdiction that a measure binds, where it binds one only.
pub(crate) fn of<'j>(jurisdictions: &'j [Jurisdiction], measure: &Measure) -> Option<&'j Jurisdiction> {
    jurisdictions.iter().find(|jurisdiction| measure.binds.contains(&jurisdiction.binds))
}
