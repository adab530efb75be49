//! What the sentences behind a transfer add to its sides: "The sender was X", "The cargo came from Y".

use crate::confidence::Found;
use crate::find::{Candidate, is_negative};
use crate::item::Sort;
use crate::scene::{Party, Scene};
use lagebild_grammar::Upos;
use lagebild_predicates::phrase;
use lagebild_span::Span;

/// So many sentences back the transfer may stand.
const BACK: usize = 4;

/// Fills sides that a frame leaves open with what the next sentences say of them.
pub(crate) fn complete<'s, 'a>(scenes: &'s [Scene<'a>], candidates: &mut Vec<(&'s Scene<'a>, Candidate)>) {
    for (number, scene) in scenes.iter().enumerate().skip(1) {
        let before = scenes.get(number.saturating_sub(BACK)..number).unwrap_or_default();
        for (giver, party) in named_sides(scene) {
            if let Some(told) = last_open(candidates, before, giver) {
                fill(told, giver, party);
            }
        }
        continued(scene, before, candidates);
    }
}

/// The last transfer of goods in these sentences whose giver (or receiver) is open.
fn last_open<'c>(
    candidates: &'c mut [(&Scene, Candidate)],
    before: &[Scene],
    giver: bool,
) -> Option<&'c mut Candidate> {
    let here = |scene: &Scene| before.iter().any(|one| one.sentence.span == scene.sentence.span);
    let open = |one: &Candidate| if giver { one.giver.is_none() } else { one.receiver.is_none() };
    let goods = |one: &Candidate| one.item.as_ref().is_some_and(|item| item.sort == Sort::Goods);
    let mut all = candidates.iter_mut().rev();
    all.find(|(scene, one)| here(scene) && goods(one) && open(one)).map(|(_, one)| one)
}

fn fill(told: &mut Candidate, giver: bool, party: Party) {
    let other = if giver { told.receiver } else { told.giver };
    if other.is_some_and(|other| other.means_the_same(&party)) {
        return;
    }
    let (side, by) = if giver {
        (&mut told.giver, &mut told.support.giver_by)
    } else {
        (&mut told.receiver, &mut told.support.receiver_by)
    };
    if side.is_none() {
        (*side, *by) = (Some(party), Found::Later);
    }
}

/// Who a sentence names as sender (true) or recipient (false): "The sender was X", "X war der Käufer", "L'expéditeur, la société X, …".
fn named_sides(scene: &Scene) -> Vec<(bool, Party)> {
    let tokens = &scene.sentence.tokens;
    let side = |at: usize| scene.token(at).and_then(|token| scene.setting.words.side(&token.lemma));
    let child = |of: usize, relation: &str| {
        tokens.iter().enumerate().position(|(at, token)| {
            at != of && token.head as usize == of && token.deprel.split(':').next() == Some(relation)
        })
    };
    let nouns = (0..tokens.len()).filter(|at| tokens.get(*at).is_some_and(|one| one.upos == Upos::Noun));
    let other = |at: usize| {
        let token = tokens.get(at)?;
        let head = token.head as usize;
        if let Some(subject) = child(at, "cop").and_then(|_| child(at, "nsubj")) {
            return Some(subject);
        }
        if token.deprel.starts_with("nsubj") && child(head, "cop").is_some() {
            return Some(head);
        }
        child(at, "appos")
    };
    // "Absender war nach Angaben der Behörde ein Händler": circumstances are none of the name.
    let within = |mut at: usize, head: usize| {
        for _ in 0..tokens.len() {
            let Some(token) = tokens.get(at).filter(|_| at != head) else { return at == head };
            if matches!(
                token.deprel.as_str(),
                "obl" | "nsubj" | "cop" | "advmod" | "advcl" | "punct" | "parataxis"
            ) {
                return false;
            }
            at = token.head as usize;
        }
        false
    };
    nouns
        .filter_map(|at| {
            let (giver, other) = (side(at)?, other(at)?);
            let mut argument = phrase(scene.sentence, scene.setting.text, scene.setting.lexicon, other);
            argument.tokens.retain(|at| within(*at, other));
            Some((giver, scene.party(&argument, true)?))
        })
        .collect()
}

/// "The cargo came from Malaysia": goods under a general name, of which the sentence before has told, tell its open sides.
fn continued<'a>(scene: &Scene<'a>, before: &[Scene<'a>], candidates: &mut [(&Scene<'a>, Candidate)]) {
    let Some(last) = before.last() else { return };
    let text = scene.setting.text;
    let general = |one: &Candidate| {
        let item = one.item.as_ref().filter(|item| scene.setting.words.is_general(item.head.of(text)));
        // "the cargo", and no more.
        let bare = item.is_some_and(|item| item.span.of(text).split_whitespace().count() <= 2);
        let says = one.giver.is_some() || one.receiver.is_some();
        bare && says && !one.frame.is_empty() && !is_negative(one.told.status)
    };
    for at in 0..candidates.len() {
        let here =
            candidates.get(at).filter(|(of, one)| of.sentence.span == scene.sentence.span && general(one));
        let Some(new) = here.map(|(_, one)| one.clone()) else { continue };
        if adds(last, candidates, &new)
            && let Some((_, one)) = candidates.get_mut(at)
        {
            one.continues = true;
        }
    }
    // "Die Ladung kam aus …": the noun itself opens a frame, too.
    let here = |of: &Scene| of.sentence.span == scene.sentence.span;
    let item = |one: &Candidate| one.item.as_ref().map(|item| item.span);
    let spent: Vec<Span> = candidates
        .iter()
        .filter(|(of, one)| here(of) && one.continues)
        .filter_map(|(_, one)| item(one))
        .collect();
    for (_, one) in candidates.iter_mut().filter(|(of, _)| here(of)) {
        one.continues |= item(one).is_some_and(|item| spent.iter().any(|span| span.overlaps(item)));
    }
}

/// Gives what goods under a general name tell to the transfer of the sentence before; false where none can have it.
fn adds(last: &Scene, candidates: &mut [(&Scene, Candidate)], new: &Candidate) -> bool {
    let told = candidates.iter_mut().rev().find(|(of, one)| {
        let goods = one.item.as_ref().is_some_and(|item| item.sort == Sort::Goods);
        let fits = |old: Option<Party>, new: Option<Party>| {
            old.zip(new).is_none_or(|(old, new)| old.means_the_same(&new))
        };
        let open =
            one.giver.is_none() && new.giver.is_some() || one.receiver.is_none() && new.receiver.is_some();
        of.sentence.span == last.sentence.span
            && goods
            && open
            && fits(one.giver, new.giver)
            && fits(one.receiver, new.receiver)
    });
    let Some((_, told)) = told else { return false };
    for (giver, party) in [(true, new.giver), (false, new.receiver)] {
        if let Some(party) = party {
            fill(told, giver, party);
        }
    }
    if told.route.is_empty() {
        told.route.clone_from(&new.route);
    }
    true
}
