//! A transfer is listed once, at its most specific mention.

use crate::model::Transfer;
use lagebild_entities::EntityId;
use lagebild_goods::Goods;
use lagebild_statements::Certainty;

/// True for the class of arms as such.
fn is_broad(class: &str) -> bool {
    class == "arms_and_related_materiel"
}

/// A transfer with how much weight its place has.
pub(crate) struct Draft {
    pub(crate) transfer: Transfer,
    /// In a headline, lead or heading: what the text says later counts more.
    pub(crate) announced: bool,
}

impl Draft {
    /// How much a mention says; of equals the first in the text stays.
    fn weight(&self) -> (usize, bool, bool, bool, usize) {
        let transfer = &self.transfer;
        let class = transfer.class.as_deref();
        (
            usize::from(transfer.giver.is_some()) + usize::from(transfer.receiver.is_some()),
            !self.announced,
            class.is_some_and(|class| !is_broad(class)),
            transfer.quantity.is_some(),
            transfer.item.len(),
        )
    }
}

/// Drops what another draft says more exactly, keeps the order of the text. Who denies what is dropped denies what stays for it.
pub(crate) fn once(mut drafts: Vec<Draft>, goods: &Goods) -> Vec<Transfer> {
    drafts.sort_by_key(|draft| (draft.transfer.item.start(), draft.transfer.item.end()));
    let covering: Vec<Option<usize>> = (0..drafts.len()).map(|at| covering(&drafts, at, goods)).collect();
    // What stays for a draft may itself be dropped: its denials go on to the one that stays in the end.
    let stays = |mut at: usize| {
        while let Some(Some(heavier)) = covering.get(at) {
            at = *heavier;
        }
        at
    };
    let dropped = (0..drafts.len()).filter(|at| stays(*at) != *at);
    for at in dropped {
        let denials = drafts.get(at).map(|draft| draft.transfer.disputed_by.clone()).unwrap_or_default();
        if let Some(draft) = drafts.get_mut(stays(at)) {
            let new =
                denials.into_iter().filter(|id| !draft.transfer.disputed_by.contains(id)).collect::<Vec<_>>();
            draft.transfer.disputed_by.extend(new);
        }
    }
    let kept = drafts.into_iter().zip(covering).filter(|(_, covering)| covering.is_none());
    kept.map(|(draft, _)| draft.transfer).collect()
}

/// The first draft that says more exactly what one says. It is always the heavier, so that no chain of them comes back.
fn covering(drafts: &[Draft], at: usize, goods: &Goods) -> Option<usize> {
    let draft = drafts.get(at)?;
    drafts.iter().enumerate().position(|(other_at, other)| {
        let heavier = (other.weight(), std::cmp::Reverse(other_at)) > (draft.weight(), std::cmp::Reverse(at));
        other_at != at && heavier && same(draft, other, goods)
    })
}

/// True when the heavier draft tells the same transfer.
fn same(draft: &Draft, heavier: &Draft, goods: &Goods) -> bool {
    let (one, other) = (&draft.transfer, &heavier.transfer);
    let sides = fits(one.giver, other.giver) && fits(one.receiver, other.receiver);
    if one.item.overlaps(other.item) {
        // Several who stand in a row give or get the same.
        return sides || one.evidence.first() != other.evidence.first();
    }
    // A claim and its denial stand side by side.
    if !sides || one.standing().is_negative() != other.standing().is_negative() {
        return false;
    }
    // What may come beside what has come is a transfer of its own.
    let level = draft.announced || one.certainty == other.certainty;
    match (one.class.as_deref(), other.class.as_deref()) {
        (Some(class), Some(of)) if class == of => {
            let different = one
                .quantity
                .as_ref()
                .zip(other.quantity.as_ref())
                .is_some_and(|(one, other)| one.value != other.value)
                || one
                    .time
                    .as_ref()
                    .zip(other.time.as_ref())
                    .is_some_and(|(one, other)| one.from != other.from);
            level && !different
        }
        (Some(class), Some(of)) => is_broad(class) && goods.is_a(of, class) && level,
        (None, Some(_)) => draft.announced || weak(one.certainty),
        // Goods that are named are not dropped for some that are not.
        (Some(_), None) => false,
        _ => one.certainty == other.certainty,
    }
}

/// True for the same side, and for one that the lighter draft leaves unnamed.
fn fits(lighter: Option<EntityId>, heavier: Option<EntityId>) -> bool {
    lighter.is_none() || lighter == heavier
}

fn weak(certainty: Certainty) -> bool {
    !matches!(certainty, Certainty::CertainPlus | Certainty::ProbablePlus)
}
