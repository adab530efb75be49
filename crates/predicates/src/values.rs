//! Values of FactBank and how they go together; what each class of embedding words does.

use crate::lexicon::Class;
use crate::model::{Certainty, Status};

/// Polarity and strength of a value; `None` is unknown.
pub(crate) type Value = Option<(bool, u8)>;

pub(crate) fn value(certainty: Certainty) -> Value {
    match certainty {
        Certainty::CtPlus => Some((true, 3)),
        Certainty::PrPlus => Some((true, 2)),
        Certainty::PsPlus => Some((true, 1)),
        Certainty::CtMinus => Some((false, 3)),
        Certainty::PrMinus => Some((false, 2)),
        Certainty::PsMinus => Some((false, 1)),
        Certainty::U => None,
    }
}

pub(crate) fn certainty(value: Value) -> Certainty {
    match value {
        Some((true, 3..)) => Certainty::CtPlus,
        Some((true, 2)) => Certainty::PrPlus,
        Some((true, _)) => Certainty::PsPlus,
        Some((false, 3..)) => Certainty::CtMinus,
        Some((false, 2)) => Certainty::PrMinus,
        Some((false, _)) => Certainty::PsMinus,
        None => Certainty::U,
    }
}

/// A value under another: a negative one turns it, the weaker one rules. What is not even planned or possible is not at all ("denied
/// that it might sell").
pub(crate) fn under(outer: Value, inner: Value) -> Value {
    let ((outer, strength), (inner, own)) = outer.zip(inner)?;
    let ruled_out = !outer && inner;
    Some((outer == inner, if ruled_out { strength } else { strength.min(own) }))
}

/// What a class says of what it embeds: when it holds, when it is negated, and the states of both.
#[rustfmt::skip]
pub(crate) fn signature(class: Class) -> ((Certainty, Option<Status>), (Certainty, Option<Status>)) {
    use Certainty::{CtMinus, CtPlus, PrMinus, PrPlus, PsPlus, U};
    use Status::{Banned, Cancelled, Ongoing, Planned, Possible, Refused, Seized, Wished};
    match class {
        Class::Report | Class::Confirm | Class::Accuse => ((CtPlus, None), (U, None)),
        Class::Deny => ((CtMinus, None), (U, None)),
        Class::Belief => ((PrPlus, None), (PrMinus, None)),
        Class::Suspect => ((PrPlus, None), (U, None)),
        Class::Doubt => ((PrMinus, None), (CtPlus, None)),
        Class::Know => ((CtPlus, None), (CtPlus, None)),
        Class::Plan | Class::Promise | Class::Threaten | Class::Agree => ((PrPlus, Some(Planned)), (CtMinus, None)),
        Class::Wish | Class::Offer | Class::Negotiate => ((U, Some(Wished)), (U, None)),
        Class::Permit => ((PrPlus, Some(Planned)), (CtMinus, Some(Refused))),
        Class::Ban => ((CtMinus, Some(Banned)), (PrPlus, None)),
        Class::Prevent | Class::Fail => ((CtMinus, Some(Cancelled)), (CtPlus, None)),
        Class::Refuse => ((CtMinus, Some(Refused)), (PrPlus, None)),
        Class::Manage => ((CtPlus, None), (CtMinus, None)),
        Class::Begin | Class::Continue => ((CtPlus, Some(Ongoing)), (CtMinus, None)),
        Class::Stop => ((CtMinus, Some(Cancelled)), (CtPlus, Some(Ongoing))),
        Class::Seize => ((CtMinus, Some(Seized)), (U, None)),
        Class::Try => ((U, Some(Possible)), (CtMinus, None)),
        Class::Consider => ((PsPlus, Some(Possible)), (CtMinus, None)),
        Class::Unclear | Class::Condition => ((U, Some(Possible)), (U, None)),
    }
}

pub(crate) fn weaken(value: Value, strength: u8) -> Value {
    value.map(|(yes, own)| (yes, own.min(strength)))
}

/// The value of a negated modal, no surer than what went before.
pub(crate) fn same_side(negated: Value, before: Value) -> Value {
    negated.zip(before).map(|((yes, strength), (_, own))| (yes, strength.min(own)))
}
