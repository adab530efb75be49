//! The records of `data/measures` (fields: `data/measures/README.md`).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// One operative paragraph.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Measure {
    /// Stable id, such as `un-1874-9`.
    pub id: String,
    /// Regime, such as `UN-1718-DPRK`.
    pub regime: String,
    /// Who issued it.
    pub issuer: String,
    /// Whom it is directed at: ISO 3166-1 codes, or `ALL`.
    pub target: Vec<String>,
    /// Whom it binds.
    pub binds: Vec<String>,
    /// What brings a transfer under it.
    pub nexus: Nexus,
    /// Everything that the record itself says.
    #[serde(flatten)]
    pub record: Record,
}

impl Measure {
    /// The provision as it is cited: "S/RES/1874 (2009) para 9".
    pub fn citation(&self) -> String {
        crate::finding::citation(&self.record.instrument, &self.record.paragraph)
    }

    /// True when the provision is in force on a day.
    pub fn in_force(&self, on: Date) -> bool {
        let started = self.record.in_force_from.is_none_or(|from| from <= on);
        started && self.record.in_force_to.is_none_or(|to| on < to) && self.record.status != Status::Draft
    }
}

/// A record as it stands in its file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "data/measures/README.md explains the fields")]
pub struct Record {
    pub id: String,
    #[serde(default, skip_serializing)]
    pub issuer: Option<String>,
    #[serde(default, skip_serializing)]
    pub target: Option<Vec<String>>,
    #[serde(default, skip_serializing)]
    pub binds: Option<Vec<String>>,
    #[serde(default, skip_serializing)]
    pub nexus: Option<Nexus>,
    pub instrument: String,
    pub paragraph: String,
    pub kind: Kind,
    pub force: Force,
    pub status: Status,
    #[serde(default)]
    pub adopted: Option<Date>,
    pub in_force_from: Option<Date>,
    #[serde(default)]
    pub in_force_to: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub known_until: Option<Date>,
    #[serde(default)]
    pub superseded_by: Vec<String>,
    #[serde(default)]
    pub builds_on: Vec<String>,
    #[serde(default)]
    pub modified_by: Vec<String>,
    #[serde(default)]
    pub implements: Vec<String>,
    pub direction: Vec<Direction>,
    pub goods: Vec<String>,
    #[serde(default)]
    pub goods_indirect: Vec<String>,
    #[serde(default)]
    pub possible_for: Vec<PossibleFor>,
    #[serde(default)]
    pub excludes: Vec<Exclusion>,
    #[serde(default)]
    pub hs: Vec<String>,
    #[serde(default)]
    pub target_persons: Option<String>,
    #[serde(default)]
    pub freeze: Vec<ListReference>,
    #[serde(default)]
    pub reminder: Option<Reminder>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub follows: Option<String>,
    #[serde(default)]
    pub requires_determination: bool,
    #[serde(default)]
    pub needs: Vec<String>,
    #[serde(default)]
    pub quantity: Option<Cap>,
    #[serde(default)]
    pub conditions: Vec<String>,
    pub what: String,
    #[serde(default)]
    pub exceptions: Vec<Exception>,
    #[serde(default)]
    pub introduced_by: Option<String>,
    pub source: String,
    #[serde(default)]
    pub checked_against: Vec<String>,
    pub verification: Verification,
    #[serde(default)]
    pub note: Option<String>,
}

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($variant:ident),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        #[expect(missing_docs, reason = "data/measures/README.md explains the words")]
        pub enum $name { $($variant),+ }
    };
}
words!(
    /// What a paragraph does.
    Kind { Prohibition, Cap, Duty, Licence, DesignationBasis, Exception, Context, Gap }
);
words!(
    /// How binding its wording is.
    Force { Decides, CallsUpon, Mixed, Context }
);
words!(
    /// Where it stands.
    Status { InForce, Superseded, Ended, Draft }
);
words!(
    /// What brings a transfer under a measure.
    Nexus {
        CounterpartIsUnMemberState,
        OwnPersonsOrTerritory,
        OwnPersonsTerritoryOrItems,
        NoneSecondaryExposure,
        None,
    }
);
words!(
    /// Which way a flow goes, seen from the target.
    Direction {
        ActivityOfTarget, AssetFreeze, Brokering, Circumvention, Context, Designation, Diplomatic, Education,
        ExportTo, Financial, HostingTrainers, HostingWorkers, ImportFrom, Inspection, Investment, JointVenture,
        PortAccess, ProvisionOfAssistance, ReceiptOfAssistance, Review, ScienceCooperation, Scope, Transport,
        Travel,
    }
);
words!(
    /// What a statement of a record rests on.
    Basis { StoredText, StoredTextPartial, AdoptedOnly, Memory, NotApplicable }
);

/// Classes that a provision reaches only when something more is shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PossibleFor {
    /// Class ids.
    pub goods: Vec<String>,
    /// What has to be shown.
    pub when: String,
    /// Named beside an answer; makes none.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub beside: bool,
}

/// Classes that a provision leaves aside.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exclusion {
    /// Class ids.
    pub goods: Vec<String>,
    /// First day on which they are no longer left aside.
    #[serde(default)]
    pub until: Option<Date>,
    /// Why.
    pub reason: String,
}

/// A list whose parties are frozen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListReference {
    /// Short name of the list, as before the colon of a party's id.
    pub list: String,
    /// What the publisher's reference begins with.
    #[serde(default)]
    pub reference: Option<String>,
}

/// A provision worth naming beside the answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reminder {
    /// For which flows.
    pub flows: Vec<crate::FlowKind>,
    /// When it would matter.
    pub when: String,
}

/// The limits of a cap.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cap {
    /// The limits, each in its unit.
    pub limits: Vec<Limit>,
    /// How several limits work together: `any_of`, `lower_of`.
    #[serde(default)]
    pub combine: Option<String>,
    /// Period: an ISO 8601 duration or words.
    pub per: String,
    /// First day of the first period.
    pub anchor: Date,
    /// How often supplies are reported.
    #[serde(default)]
    pub report_every: Option<String>,
    /// Shares of the limit at which notice is given, per cent.
    #[serde(default)]
    pub notice_at_percent: Vec<u8>,
    /// The limits that follow.
    #[serde(default)]
    pub then: Option<Box<Cap>>,
}

/// One limit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// How much.
    pub value: u64,
    /// Of what: `barrel`, `tonne`, `USD`.
    pub unit: String,
}

/// What lifts a provision: words, or the record that says so.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exception {
    /// In words.
    #[serde(default)]
    pub text: Option<String>,
    /// Id of the record.
    #[serde(default)]
    pub measure: Option<String>,
    /// Classes that it is written for.
    #[serde(default)]
    pub goods: Vec<String>,
}

/// How a record was verified.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Verification {
    /// The paragraph's number.
    pub paragraph: Basis,
    /// The dates.
    pub date: Basis,
    /// What it says.
    pub content: Basis,
}

impl Default for Verification {
    fn default() -> Self {
        Self { paragraph: Basis::NotApplicable, date: Basis::NotApplicable, content: Basis::NotApplicable }
    }
}

impl Verification {
    /// True when anything of it was not read in a public text.
    pub fn rests_on_memory(&self) -> bool {
        [self.paragraph, self.date, self.content].contains(&Basis::Memory)
    }
}

/// A file of records.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RegimeFile {
    pub(crate) regime: String,
    pub(crate) defaults: Defaults,
    pub(crate) measures: Vec<Record>,
}

/// What holds for the records of a file that do not say otherwise.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Defaults {
    issuer: String,
    target: Vec<String>,
    binds: Vec<String>,
    nexus: Nexus,
}

impl RegimeFile {
    /// The records with the defaults filled in.
    pub(crate) fn measures(self) -> impl Iterator<Item = Measure> {
        let Self { regime, defaults, measures } = self;
        measures.into_iter().map(move |record| Measure {
            id: record.id.clone(),
            regime: regime.clone(),
            issuer: record.issuer.clone().unwrap_or_else(|| defaults.issuer.clone()),
            target: record.target.clone().unwrap_or_else(|| defaults.target.clone()),
            binds: record.binds.clone().unwrap_or_else(|| defaults.binds.clone()),
            nexus: record.nexus.unwrap_or(defaults.nexus),
            record,
        })
    }
}
