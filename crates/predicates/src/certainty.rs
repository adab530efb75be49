//! How sure something is, and in which state.

/// Certainty and polarity as in FactBank (Saurí and Pustejovsky 2009).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Deserialize)]
#[expect(missing_docs, reason = "certain, probable, possible; yes, no; unknown")]
pub enum Certainty {
    #[serde(rename = "CT+")]
    CtPlus,
    #[serde(rename = "PR+")]
    PrPlus,
    #[serde(rename = "PS+")]
    PsPlus,
    #[serde(rename = "CT-")]
    CtMinus,
    #[serde(rename = "PR-")]
    PrMinus,
    #[serde(rename = "PS-")]
    PsMinus,
    #[default]
    U,
}

impl Certainty {
    /// As FactBank writes it: `CT+`.
    pub fn name(self) -> &'static str {
        match self {
            Certainty::CtPlus => "CT+",
            Certainty::PrPlus => "PR+",
            Certainty::PsPlus => "PS+",
            Certainty::CtMinus => "CT-",
            Certainty::PrMinus => "PR-",
            Certainty::PsMinus => "PS-",
            Certainty::U => "U",
        }
    }
}

/// The state of what is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Status {
    Planned,
    Wished,
    Possible,
    Ongoing,
    Cancelled,
    Refused,
    Banned,
    Seized,
}

impl Status {
    /// The name in data files.
    pub fn name(self) -> &'static str {
        match self {
            Status::Planned => "planned",
            Status::Wished => "wished",
            Status::Possible => "possible",
            Status::Ongoing => "ongoing",
            Status::Cancelled => "cancelled",
            Status::Refused => "refused",
            Status::Banned => "banned",
            Status::Seized => "seized",
        }
    }
}
