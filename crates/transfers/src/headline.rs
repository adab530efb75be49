//! What a headline or lead announces and the text then tells is one transfer: it is kept where the text tells it.

use crate::confidence::Found;
use crate::merge::Draft;
use crate::model::Transfer;
use lagebild_entities::{Entities, EntityId, EntityKind};
use lagebild_goods::Goods;
use lagebild_span::Span;

/// Drops what headlines announce where the text tells it. A side that the text leaves open there is the headline's.
pub(crate) fn told_below(mut drafts: Vec<Draft>, entities: &Entities, goods: &Goods) -> Vec<Draft> {
    let mut at = 0;
    while let Some(draft) = drafts.get(at) {
        let below = draft.announced.then(|| below(&drafts, draft, entities, goods)).flatten();
        match below {
            Some(told) => {
                let announced = drafts.remove(at).transfer;
                // What was removed stood before or behind what tells it.
                let told = if told > at { told - 1 } else { told };
                if let Some(draft) = drafts.get_mut(told) {
                    fill(&mut draft.transfer, &announced);
                }
            }
            None => at += 1,
        }
    }
    drafts
}

/// The first place in the text that tells what is announced.
fn below(drafts: &[Draft], announced: &Draft, entities: &Entities, goods: &Goods) -> Option<usize> {
    let all = drafts.iter().enumerate().filter(|(_, draft)| !draft.announced);
    let told = all.filter(|(_, draft)| tells(&draft.transfer, &announced.transfer, entities, goods));
    told.min_by_key(|(_, draft)| draft.transfer.item.start()).map(|(at, _)| at)
}

fn tells(told: &Transfer, announced: &Transfer, entities: &Entities, goods: &Goods) -> bool {
    let sides = [(announced.giver, told.giver), (announced.receiver, told.receiver)];
    let fits = |(announced, told): (Option<EntityId>, Option<EntityId>)| {
        announced.zip(told).is_none_or(|(announced, told)| stands_for(told, announced, entities))
    };
    let shared = sides.iter().any(|(announced, told)| announced.is_some() && told.is_some());
    let kind = announced.class.as_deref().zip(told.class.as_deref());
    shared
        && sides.into_iter().all(fits)
        // Where the headline names the goods more exactly, both say something.
        && kind.is_some_and(|(announced, told)| goods.is_a(told, announced))
        && announced.standing().is_negative() == told.standing().is_negative()
}

/// The same one, or a body or firm of the country that a headline names for it.
fn stands_for(told: EntityId, announced: EntityId, entities: &Entities) -> bool {
    let both = entities.get(told).zip(entities.get(announced));
    told == announced
        || both.is_some_and(|(told, announced)| {
            announced.kind == EntityKind::Country
                && told.kind == EntityKind::Organisation
                && announced.country.is_some()
                && told.country == announced.country
        })
}

/// Gives the sides that are open what the headline says of them, unless the text's words name somebody there whom nobody knows.
fn fill(told: &mut Transfer, announced: &Transfer) {
    let mut filled = Vec::new();
    let open = |side: Option<EntityId>, words: Option<Span>| side.is_none() && words.is_none();
    let names = |side: Option<EntityId>, other: Option<EntityId>| side.is_some() && side != other;
    if open(told.giver, told.giver_words) && names(announced.giver, told.receiver) {
        (told.giver, told.giver_words) = (announced.giver, announced.giver_words);
        told.giver_country.clone_from(&announced.giver_country);
        told.support.giver_by = Found::Before;
        filled.push("giver");
    }
    if open(told.receiver, told.receiver_words) && names(announced.receiver, told.giver) {
        (told.receiver, told.receiver_words) = (announced.receiver, announced.receiver_words);
        told.receiver_country.clone_from(&announced.receiver_country);
        told.support.receiver_by = Found::Before;
        filled.push("receiver");
    }
    if !filled.is_empty() {
        told.evidence.extend(announced.evidence.first());
        told.explanation.push(format!("{} by the headline or lead", filled.join(", ")));
        told.confidence = told.support.confidence();
    }
}
