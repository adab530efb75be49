//! What the reader (`lagebild_grammar::Anchor`) adds to the frames: transfers that no frame tells, sides that stand elsewhere,
//! and how much each deserves trust.
//!
//! What syntax puts into a frame stays there; the reader fills what is left open.

use crate::confidence::Support;
use crate::find::{Candidate, is_negative};
use crate::frames::ItemKind;
use crate::item::{Item, Sort, item};
use crate::model::Status;
use crate::scene::{Party, Scene};
use crate::status::{Told, told};
use lagebild_grammar::{Anchor, Filler};
use lagebild_predicates::phrase;
use lagebild_span::Span;
use lagebild_statements::Certainty;

/// An anchor tells a transfer by itself, and a word fills a side, from this probability on: more likely so than not.
const ENOUGH: f32 = 0.5;

/// Somebody, or nobody, who may fill a side.
#[derive(Clone, Copy)]
struct Choice {
    /// The word; none for nobody.
    span: Option<Span>,
    /// Who it denotes, when it can be a side.
    party: Option<Party>,
    chance: f32,
}

/// Who may be the sides, the likeliest first.
struct Sides {
    giver: Vec<Choice>,
    receiver: Vec<Choice>,
}

/// Adds what the anchors say to the candidates of the same things, and the anchors that no candidate tells.
pub(crate) fn add<'a, 's>(
    anchors: &[Anchor],
    scenes: &'s [Scene<'a>],
    candidates: &mut Vec<(&'s Scene<'a>, Candidate)>,
) {
    for anchor in anchors.iter().filter(|anchor| anchor.kind == "transfer") {
        let Some((scene, at)) = place(scenes, anchor.span) else { continue };
        let sides =
            Sides { giver: choices(anchor, "giver", scenes), receiver: choices(anchor, "receiver", scenes) };
        let mut known = false;
        for (other, candidate) in candidates.iter_mut() {
            let same = candidate.item.as_ref().is_some_and(|item| item.span.overlaps(anchor.span));
            if std::ptr::eq(*other, scene) && same {
                known = true;
                complete(candidate, anchor, &sides);
            }
        }
        if !known && anchor.chance >= ENOUGH {
            candidates.extend(alone(scene, at, anchor, &sides).map(|candidate| (scene, candidate)));
        }
    }
}

/// Where a span stands: its sentence, and the index of its token.
fn place<'a, 's>(scenes: &'s [Scene<'a>], span: Span) -> Option<(&'s Scene<'a>, usize)> {
    let scene = scenes.iter().find(|scene| scene.sentence.span.contains(span))?;
    let at = scene.sentence.tokens.iter().position(|token| token.span == span)?;
    Some((scene, at))
}

fn choices(anchor: &Anchor, role: &str, scenes: &[Scene]) -> Vec<Choice> {
    let choice = |filler: &Filler| {
        let party = filler.span.and_then(|span| place(scenes, span)).and_then(|(scene, at)| {
            scene.party(&phrase(scene.sentence, scene.setting.text, scene.setting.lexicon, at), true)
        });
        Choice { span: filler.span, party, chance: filler.chance }
    };
    anchor.role(role).iter().map(choice).collect()
}

/// The one whom the reader is sure of.
fn sure(choices: &[Choice]) -> Option<Party> {
    choices.first().filter(|choice| choice.chance >= ENOUGH)?.party
}

/// The probability of a side, by all words for the same one.
fn chance(choices: &[Choice], side: Option<Party>) -> f32 {
    let same = |choice: &&Choice| match (side, choice.span) {
        (None, None) => true,
        (Some(side), Some(span)) => {
            side.span.overlaps(span)
                || side.entity.is_some() && choice.party.is_some_and(|party| party.entity == side.entity)
        }
        _ => false,
    };
    choices.iter().filter(same).map(|choice| choice.chance).sum()
}

/// Fills what a frame leaves open.
fn complete(candidate: &mut Candidate, anchor: &Anchor, sides: &Sides) {
    let taken = [candidate.giver, candidate.receiver, candidate.carrier, candidate.end_user];
    let free = |party: &Party| {
        let same = |other: &Party| {
            other.span.overlaps(party.span) || other.entity.is_some() && other.entity == party.entity
        };
        !taken.iter().flatten().any(same)
    };
    candidate.giver = candidate.giver.or_else(|| sure(&sides.giver).filter(free));
    candidate.receiver = candidate.receiver.or_else(|| sure(&sides.receiver).filter(free));
    // A candidate of several things has the support of the surest of them.
    if candidate.support.item.is_none_or(|item| item < anchor.chance) {
        candidate.support = support(true, anchor, sides, candidate.giver, candidate.receiver);
    }
}

fn support(
    frame: bool,
    anchor: &Anchor,
    sides: &Sides,
    giver: Option<Party>,
    receiver: Option<Party>,
) -> Support {
    Support {
        frame,
        listed: false,
        item: Some(anchor.chance),
        giver: Some(chance(&sides.giver, giver)),
        receiver: Some(chance(&sides.receiver, receiver)),
    }
}

/// A transfer that the reader alone tells.
fn alone(scene: &Scene, at: usize, anchor: &Anchor, sides: &Sides) -> Option<Candidate> {
    let argument = phrase(scene.sentence, scene.setting.text, scene.setting.lexicon, at);
    let found = item(scene, &argument, ItemKind::Any).filter(|item| !item.open)?;
    let giver = sure(&sides.giver);
    let other = |party: &Party| giver.is_none_or(|giver| giver.entity.is_none() || giver.entity != party.entity);
    let receiver = sure(&sides.receiver).filter(other);
    let clause = [giver, receiver].into_iter().flatten().map(|party| party.span);
    let clause = clause.filter(|span| scene.sentence.span.contains(*span)).fold(found.span, Span::cover);
    Some(Candidate {
        frame: "",
        lemma: String::new(),
        trigger: trigger(scene, at),
        clause,
        giver,
        receiver,
        carrier: None,
        route: Vec::new(),
        end_user: None,
        told: weaker(scene, at, anchor),
        support: support(false, anchor, sides, giver, receiver),
        // The reader knows that it goes, whatever it is.
        item: Some(Item { sort: found.sort.max(Sort::Generic), ..found }),
    })
}

/// The word that governs the item.
fn trigger(scene: &Scene, at: usize) -> Span {
    let head = scene.token(at).map_or(at, |token| token.head as usize);
    scene.span(&[head])
}

/// What the reader says of status and certainty, or what the chain of predicates says, where that is weaker.
fn weaker(scene: &Scene, at: usize, anchor: &Anchor) -> Told {
    let governing = scene.clauses.predicates.iter().position(|predicate| {
        let takes = |argument: &lagebild_predicates::Argument| argument.head == at && !argument.shared;
        predicate.head != at && predicate.arguments.iter().any(takes)
    });
    let chain = governing.map(|index| told(scene, index, None));
    let status = Status::named(&anchor.status).unwrap_or(Status::Possible);
    let certainty = Certainty::from_code(&anchor.certainty).unwrap_or(Certainty::Unknown);
    let certain = certainty == Certainty::CertainPlus && matches!(status, Status::Done | Status::Ongoing);
    match chain {
        Some(chain)
            if certain && (chain.certainty != Certainty::CertainPlus || is_negative(chain.status)) =>
        {
            chain
        }
        Some(chain) => Told { status, certainty, ..chain },
        None => Told { status, certainty, source: None, by: Vec::new() },
    }
}
