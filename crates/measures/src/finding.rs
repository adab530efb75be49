//! What the check answers.

use crate::model::{Measure, Verification};
use serde::Serialize;

/// An evidence state; never a legal judgement. From the strongest to the weakest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The provision names such a flow and binds those who take part.
    Touched,
    /// The flow is limited in quantity, and the quantity or the running total is not known.
    CapQuantityUnknown,
    /// The provision names such a flow, and an exception is written for it.
    ExceptionMayApply,
    /// The provision reaches the flow only through wider wording such as "related materiel".
    TouchedIndirectly,
    /// The provision names such a flow and binds own persons, territory or items only: none is known to take part.
    WouldApplyWithNexus,
    /// The provision reaches the flow only when something more is shown.
    Possible,
    /// No provision in the data names such a flow, and the data are meant to be whole for it.
    NoMeasureFound,
    /// The data do not cover this jurisdiction, country, class or time: nothing can be said.
    NoData,
}

impl Verdict {
    /// The word in the JSON contract.
    pub fn code(self) -> &'static str {
        match self {
            Self::Touched => "touched",
            Self::CapQuantityUnknown => "cap_quantity_unknown",
            Self::ExceptionMayApply => "exception_may_apply",
            Self::TouchedIndirectly => "touched_indirectly",
            Self::WouldApplyWithNexus => "would_apply_with_nexus",
            Self::Possible => "possible",
            Self::NoMeasureFound => "no_measure_found",
            Self::NoData => "no_data",
        }
    }
}

/// A provision, the evidence state, and why.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Finding {
    /// Id of the record; none where no measure was found.
    pub measure: Option<String>,
    /// Regime, such as `UN-1718-DPRK`.
    pub regime: String,
    /// Who issued it.
    pub issuer: String,
    /// Instrument, such as `S/RES/1874 (2009)`.
    pub instrument: Option<String>,
    /// Paragraph, article or section.
    pub paragraph: Option<String>,
    /// The evidence state.
    pub verdict: Verdict,
    /// Why, in a sentence.
    pub why: String,
    /// What has to be found out to be sure.
    pub missing: Vec<String>,
    /// Exceptions that the provision knows.
    pub exceptions: Vec<String>,
    /// What the record rests on.
    pub verification: Verification,
    /// Link to the official text.
    pub source: Option<String>,
    /// Weaker provisions of the same regime that belong beside this one; on the regime's first finding only.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<Related>,
}

impl Finding {
    /// The provision as it is cited; the issuer where there is none.
    pub fn citation(&self) -> String {
        match (&self.instrument, &self.paragraph) {
            (Some(instrument), Some(paragraph)) => citation(instrument, paragraph),
            _ => self.issuer.clone(),
        }
    }
}

impl Related {
    /// The provision as it is cited.
    pub fn citation(&self) -> String {
        citation(&self.instrument, &self.paragraph)
    }
}

/// "S/RES/1874 (2009) para 9", "Decision (CFSP) 2016/849, Art. 27".
pub(crate) fn citation(instrument: &str, paragraph: &str) -> String {
    let numbered =
        paragraph.starts_with(|first: char| first.is_ascii_digit()) && instrument.starts_with("S/RES/");
    if numbered { format!("{instrument} para {paragraph}") } else { format!("{instrument}, {paragraph}") }
}

/// A weaker provision beside a finding.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Related {
    /// Id of the record.
    pub measure: String,
    /// Instrument.
    pub instrument: String,
    /// Paragraph, article or section.
    pub paragraph: String,
    /// The evidence state.
    pub verdict: Verdict,
    /// Why, in a sentence.
    pub why: String,
    /// What has to be found out to be sure.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<String>,
}

/// A provision that a flow meets, before the regime's answer is put together.
#[derive(Debug)]
pub(crate) struct Hit<'m> {
    pub(crate) measure: &'m Measure,
    pub(crate) verdict: Verdict,
    pub(crate) why: String,
    pub(crate) missing: Vec<String>,
    /// Only named beside an answer; does not make one.
    pub(crate) aside: bool,
    /// How general it is: the first of a regime are those that say most of the flow.
    pub(crate) general: u8,
}

impl Hit<'_> {
    pub(crate) fn finding(self, exceptions: Vec<String>) -> Finding {
        let record = &self.measure.record;
        Finding {
            measure: Some(self.measure.id.clone()),
            regime: self.measure.regime.clone(),
            issuer: self.measure.issuer.clone(),
            instrument: Some(record.instrument.clone()),
            paragraph: Some(record.paragraph.clone()),
            verdict: self.verdict,
            why: self.why,
            missing: self.missing,
            exceptions,
            verification: record.verification,
            source: Some(record.source.clone()),
            also: Vec::new(),
        }
    }

    pub(crate) fn related(self) -> Related {
        Related {
            measure: self.measure.id.clone(),
            instrument: self.measure.record.instrument.clone(),
            paragraph: self.measure.record.paragraph.clone(),
            verdict: self.verdict,
            why: self.why,
            missing: self.missing,
        }
    }
}
