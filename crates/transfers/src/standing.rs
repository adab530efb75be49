//! How well founded a transfer is, in one word.

use crate::model::Status;
use lagebild_statements::Certainty;
use serde::Serialize;

/// Status and certainty taken together, from the best founded to what is said not to be: what a reader has to tell apart
/// at a glance. [`Certainty`] and [`Status`] hold more than this.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Told as a fact by its source.
    Certain,
    /// Told as probable, suspected or hearsay.
    Probable,
    /// Agreed, ordered or intended.
    Planned,
    /// Told as possible.
    Possible,
    /// Asked for, offered or negotiated.
    Wished,
    /// The source leaves open whether it is so.
    Open,
    /// Stopped, refused, forbidden or intercepted.
    Cancelled,
    /// The source doubts it.
    Doubted,
    /// The source says that it is not so.
    Denied,
}

impl Standing {
    /// What a status and a certainty come to; the weaker of the two counts.
    pub fn of(status: Status, certainty: Certainty) -> Self {
        match (status, certainty) {
            (Status::Cancelled | Status::Refused | Status::Banned | Status::Seized, _) => Self::Cancelled,
            (Status::Denied, _) | (_, Certainty::CertainMinus) => Self::Denied,
            (_, Certainty::ProbableMinus | Certainty::PossibleMinus) => Self::Doubted,
            (Status::Wished, _) => Self::Wished,
            (_, Certainty::Unknown) => Self::Open,
            (Status::Possible, _) | (_, Certainty::PossiblePlus) => match certainty {
                Certainty::ProbablePlus => Self::Probable,
                _ => Self::Possible,
            },
            (Status::Planned, _) => Self::Planned,
            (_, Certainty::ProbablePlus) => Self::Probable,
            (Status::Done | Status::Ongoing, Certainty::CertainPlus) => Self::Certain,
        }
    }

    /// True for what is said not to be, or not to be any more.
    pub fn is_negative(self) -> bool {
        matches!(self, Self::Cancelled | Self::Doubted | Self::Denied)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weaker_of_status_and_certainty_counts() {
        use Certainty::{CertainMinus, CertainPlus, PossiblePlus, ProbableMinus, ProbablePlus, Unknown};
        for (status, certainty, standing) in [
            (Status::Done, CertainPlus, Standing::Certain),
            (Status::Ongoing, ProbablePlus, Standing::Probable),
            (Status::Planned, CertainPlus, Standing::Planned),
            (Status::Planned, PossiblePlus, Standing::Possible),
            (Status::Possible, CertainPlus, Standing::Possible),
            (Status::Possible, ProbablePlus, Standing::Probable),
            (Status::Wished, CertainPlus, Standing::Wished),
            (Status::Done, Unknown, Standing::Open),
            (Status::Done, CertainMinus, Standing::Denied),
            (Status::Denied, CertainPlus, Standing::Denied),
            (Status::Done, ProbableMinus, Standing::Doubted),
            (Status::Cancelled, CertainMinus, Standing::Cancelled),
        ] {
            assert_eq!(Standing::of(status, certainty), standing, "{status:?} {certainty:?}");
        }
    }
}
