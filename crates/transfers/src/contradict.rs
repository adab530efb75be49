//! Claims and their denials: which transfers of a document say the opposite of each other, and how far a denial reaches.

use crate::merge::Draft;
use crate::model::Transfer;
use crate::standing::Standing;
use lagebild_goods::Goods;

/// Ties each transfer to those that say the opposite, whatever their dates.
pub(crate) fn contradicted(mut transfers: Vec<Transfer>, goods: &Goods) -> Vec<Transfer> {
    let all = transfers.clone();
    for transfer in &mut transfers {
        let opposite = all.iter().filter(|other| denies(other, transfer) != denies(transfer, other));
        let about = opposite.filter(|other| same_flow(transfer, other, goods));
        transfer.contradicted_by = about.map(|other| other.id).collect();
    }
    transfers
}

/// A denial of what is told last reaches what was told of the same flow before: "Iran sent engines to Sudan. They were flown there in
/// May. Tehran denied the claim." It reaches back over one flow, never ahead.
pub(crate) fn disputed(mut drafts: Vec<Draft>, goods: &Goods) -> Vec<Draft> {
    let told = drafts.iter().map(|draft| &draft.transfer);
    let denied: Vec<Transfer> = told.filter(|one| !one.disputed_by.is_empty()).cloned().collect();
    let open = drafts.iter_mut().map(|draft| &mut draft.transfer).filter(|one| one.disputed_by.is_empty());
    for transfer in open.filter(|one| is_claimed(one)) {
        let later = denied.iter().filter(|other| other.item.start() > transfer.item.start());
        if let Some(other) = later.into_iter().find(|other| same_flow(transfer, other, goods)) {
            transfer.disputed_by.clone_from(&other.disputed_by);
        }
    }
    drafts
}

fn is_claimed(transfer: &Transfer) -> bool {
    !matches!(transfer.standing(), Standing::Denied | Standing::Doubted | Standing::Cancelled)
}

/// True where one says that it is not so, and the other does not.
fn denies(one: &Transfer, other: &Transfer) -> bool {
    let negative = |transfer: &Transfer| matches!(transfer.standing(), Standing::Denied | Standing::Doubted);
    negative(one) && !negative(other) && other.standing() != Standing::Cancelled
}

/// True where both may be about one flow: a side that both name is the same, one at least is named by both, and one names
/// goods that the other's are a kind of.
fn same_flow(one: &Transfer, other: &Transfer, goods: &Goods) -> bool {
    let pairs = [(one.giver, other.giver), (one.receiver, other.receiver)];
    let agrees = |(one, other)| Option::zip(one, other).is_none_or(|(one, other)| one == other);
    let shared = pairs.into_iter().any(|(one, other)| one.is_some() && one == other);
    let kind = match (one.class.as_deref(), other.class.as_deref()) {
        (Some(one), Some(other)) => goods.is_a(one, other) || goods.is_a(other, one),
        _ => true,
    };
    shared && pairs.into_iter().all(agrees) && kind
}
