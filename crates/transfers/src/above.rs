//! What the predicate above a frame adds to it: who decides on a delivery, resumes it, or is accused of it.

use crate::frames::Slot;
use crate::scene::{Party, Scene};
use crate::slots::Filled;
use lagebild_entities::EntityKind;
use lagebild_predicates::{Class, Kind, Link, Predicate, Role, embeds};

/// Frames whose words also say what becomes of another transfer: "stopped the delivery", "offered to sell".
const EMBEDDING: [&str; 7] = ["ban", "stop", "license", "order", "promise", "offer", "request"];

/// True where another frame under this one tells the transfer: the delivery of "stopped the delivery".
pub(crate) fn is_told_below(scene: &Scene, filled: &[Option<Filled>], at: usize, one: &Filled) -> bool {
    let sides = |one: &Filled| usize::from(!one.giver.is_empty()) + usize::from(!one.receiver.is_empty());
    let below = |(other, inner): (usize, &Option<Filled>)| {
        let Some(inner) = inner.as_ref() else { return false };
        // "hopes for help with satellites": a noun that says less than what governs it tells nothing by itself.
        let tells = sides(inner) >= sides(one) && (!inner.items.is_empty() || sides(inner) == 2);
        tells && is_below(scene, at, other, one)
    };
    filled.iter().enumerate().any(below)
}

/// True where the predicate at `other` is what the one at `at` speaks of.
fn is_below(scene: &Scene, at: usize, other: usize, one: &Filled) -> bool {
    let pair = scene.clauses.predicates.get(at).zip(scene.clauses.predicates.get(other));
    let Some((predicate, under)) = pair.filter(|_| other != at) else { return false };
    let governed = under.governor.as_ref().is_some_and(|governor| governor.predicate == at);
    let places = one.entry.places(Slot::Item);
    let argument = predicate
        .arguments
        .iter()
        .any(|argument| argument.head == under.head && places.iter().any(|place| argument.role.fits(place)));
    let carried = under.support == Some(predicate.head);
    carried || argument || governed && EMBEDDING.contains(&one.entry.id)
}

/// "Berlin approved the export of tanks to Qatar", "refused Taiwan the delivery": the sides of what decides on a transfer are
/// those of the transfer, where it does not name its own. Who asks for one need not be the one who gets it.
pub(crate) fn hand_down(scene: &Scene, filled: &mut [Option<Filled>]) {
    for at in 0..filled.len() {
        let Some(outer) = filled.get(at).cloned().flatten() else { continue };
        if !EMBEDDING.contains(&outer.entry.id) {
            continue;
        }
        for other in 0..filled.len() {
            if !is_below(scene, at, other, &outer) {
                continue;
            }
            let Some(inner) = filled.get_mut(other).and_then(Option::as_mut) else { continue };
            let free =
                |party: &Party, taken: &[Party]| !taken.iter().any(|one| one.span.overlaps(party.span));
            // "cancelled an order": who cancels it may be the one who ordered.
            let bought = inner.entry.frame.slots.first() == Some(&Slot::Receiver);
            if inner.giver.is_empty()
                && !bought
                && outer.giver.iter().all(|party| free(party, &inner.receiver))
            {
                inner.giver.clone_from(&outer.giver);
            }
            let asked = outer.entry.id == "request";
            if inner.receiver.is_empty()
                && !asked
                && outer.receiver.iter().all(|party| free(party, &inner.giver))
            {
                inner.receiver.clone_from(&outer.receiver);
            }
        }
    }
}

/// Classes of verbs whose subject does what their object names: "plans, resumed, cancelled the export".
const CONTROL: [Class; 13] = [
    Class::Plan,
    Class::Promise,
    Class::Negotiate,
    Class::Offer,
    Class::Refuse,
    Class::Manage,
    Class::Begin,
    Class::Continue,
    Class::Stop,
    Class::Try,
    Class::Threaten,
    Class::Agree,
    Class::Consider,
];

/// "Canada resumed exports": who does it, where the noun does not say. An authority that stops a delivery takes no part in it,
/// so only a state or a firm that is named counts.
pub(crate) fn control(scene: &Scene, filled: &mut [Option<Filled>]) {
    for (at, one) in filled.iter_mut().enumerate() {
        let Some(one) = one.as_mut().filter(|one| one.entry.noun) else { continue };
        let Some((party, accused)) = controller(scene, at) else { continue };
        let by_subject = |slot| one.entry.places(slot).iter().any(|place| place == "subject");
        let (gives, gets) = (by_subject(Slot::Giver), by_subject(Slot::Receiver));
        // Who is accused goes before anybody unnamed: "обвинила Эфиопию в поставках повстанцам из движения".
        let unnamed = |side: &[Party]| side.iter().all(|party| party.entity.is_none());
        if gives && accused && party.entity.is_some() && unnamed(&one.giver) {
            one.giver.clear();
        }
        let others = one.giver.iter().chain(&one.receiver).chain(&one.end_user);
        if others.clone().any(|other| other.entity == party.entity) {
            continue;
        }
        if gives && one.giver.is_empty() {
            one.giver.push(party);
        } else if gets && one.receiver.is_empty() {
            one.receiver.push(party);
        }
    }
}

/// True for a verb whose subject does what its object names.
pub(crate) fn controls(scene: &Scene, predicate: &Predicate) -> bool {
    let class = scene.setting.lexicon.class(&predicate.lemma, false);
    predicate.kind == Kind::Verb && class.is_some_and(|class| CONTROL.contains(&class))
}

/// Who does what a noun names by the verb above it, and whether as the one accused of it.
fn controller(scene: &Scene, at: usize) -> Option<(Party, bool)> {
    let governor = scene.clauses.predicates.get(at)?.governor.as_ref()?;
    let outer = scene.clauses.predicates.get(governor.predicate)?;
    // "تستطيع تسليم": a modal of a noun plans it, as it were.
    let modal = outer.is_modal_of(scene.clauses.predicates.get(at)?);
    let class = scene.setting.lexicon.class(&outer.lemma, false).filter(|_| !modal);
    let class = class.or(modal.then_some(Class::Plan)).filter(|_| outer.kind == Kind::Verb)?;
    // "does not rule out deliveries": his own.
    let open = class == Class::Deny && !outer.negations.is_empty();
    let class = if open { Class::Consider } else { class };
    let completes = governor.link == Link::Complement
        || embeds(scene.clauses, governor.predicate, at, scene.setting.lexicon).is_some();
    // "accused France of deliveries": who is accused delivers.
    if class == Class::Accuse && completes {
        let mut accused = outer.of(&Role::Object).chain(outer.of(&Role::Dative));
        return accused.find_map(|argument| scene.party(argument, true)).map(|party| (party, true));
    }
    // Who bans exports bans his own, who bans sales those of others.
    let own = class == Class::Ban && scene.setting.words.is_export(&scene.clauses.predicates.get(at)?.lemma);
    if !completes || !own && !CONTROL.contains(&class) {
        return None;
    }
    let subject = outer.of(&Role::Subject).next()?;
    let party = scene.party(subject, false)?;
    let entity = party.entity.and_then(|id| scene.setting.entities.get(id))?;
    let acts = match entity.kind {
        EntityKind::Country => true,
        // A council that bans what others export takes no part.
        EntityKind::Organisation => !entity.is_state && class != Class::Ban,
        _ => false,
    };
    acts.then_some((party, false))
}

/// "обвинила Эфиопию в поставках оружия повстанцам": who gets it hangs on the verb above, behind the noun.
pub(crate) fn misplaced(scene: &Scene, filled: &mut [Option<Filled>]) {
    for (at, one) in filled.iter_mut().enumerate() {
        let Some(one) = one.as_mut().filter(|one| one.entry.noun && one.receiver.is_empty()) else {
            continue;
        };
        let Some(noun) = scene.clauses.predicates.get(at) else { continue };
        let Some(governor) = noun.governor.as_ref() else { continue };
        let embedded = embeds(scene.clauses, governor.predicate, at, scene.setting.lexicon).is_some();
        let Some(above) = scene.clauses.predicates.get(governor.predicate).filter(|_| embedded) else {
            continue;
        };
        let places = one.entry.places(Slot::Receiver);
        let mut behind = above.arguments.iter().filter(|argument| {
            let near = argument.through.is_none() && !argument.negated && argument.head > noun.head;
            near && places.iter().any(|place| place != "subject" && argument.role.fits(place))
        });
        one.receiver.extend(behind.find_map(|argument| {
            let party = scene.party(argument, false)?;
            let taken = one.giver.iter().any(|giver| giver.span.overlaps(party.span));
            (!taken && argument.head != noun.head).then_some(party)
        }));
    }
}
