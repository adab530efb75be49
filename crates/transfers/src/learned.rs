//! What the reader (`lagebild_grammar::Anchor`) adds to the frames: transfers that no frame tells, sides that stand elsewhere,
//! and how much each deserves trust.
//!
//! What syntax puts into a frame stays there; the reader fills what is left open.

use crate::above::controls;
use crate::confidence::{Found, Support};
use crate::find::{Candidate, Teller, is_negative};
use crate::frames::ItemKind;
use crate::item::{Item, Sort, item};
use crate::model::Status;
use crate::scene::{Party, Scene, holding};
use crate::status::{Told, by_itself, told};
use crate::transfers::speaker;
use lagebild_entities::EntityKind;
use lagebild_grammar::{Anchor, Filler};
use lagebild_predicates::{Argument, Predicate, Role, phrase};
use lagebild_span::Span;
use lagebild_statements::Certainty;
use std::collections::BTreeMap;

/// A word fills a side from this probability on: more likely so than not.
const ENOUGH: f32 = 0.5;
/// Whoever stands in a sentence before says so from this probability on.
const BEFORE: f32 = 0.8;
/// An anchor tells a transfer by itself from this probability on: of .35, .5 and .8 the best F1 on passages that the reader had not
/// seen.
const ALONE: f32 = 0.8;

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
    source: Option<Teller>,
}

/// Adds what the anchors say to the candidates of the same things, and the anchors that no candidate tells.
pub(crate) fn add<'a, 's>(
    anchors: &[Anchor],
    scenes: &'s [Scene<'a>],
    candidates: &mut Vec<(&'s Scene<'a>, Candidate)>,
) {
    let mut of_scene: BTreeMap<Span, Vec<usize>> = BTreeMap::new();
    for (at, (scene, _)) in candidates.iter().enumerate() {
        of_scene.entry(scene.sentence.span).or_default().push(at);
    }
    for anchor in anchors.iter().filter(|anchor| anchor.kind == "transfer") {
        let Some((scene, at)) = place(scenes, anchor.span) else { continue };
        let sides = Sides {
            giver: choices(anchor, "giver", scenes),
            receiver: choices(anchor, "receiver", scenes),
            source: source(anchor, scenes),
        };
        let mut known = false;
        let here = of_scene.entry(scene.sentence.span).or_default();
        for at in here.iter().copied() {
            let Some((_, candidate)) = candidates.get_mut(at) else { continue };
            let same = candidate.trigger.overlaps(anchor.span)
                || candidate.item.as_ref().is_some_and(|item| item.span.overlaps(anchor.span));
            if same {
                known = true;
                let told_by = scene
                    .clauses
                    .predicates
                    .iter()
                    .position(|predicate| scene.span(&[predicate.head]) == candidate.trigger);
                let mut by = bystanders(scene, told_by, candidate.told.status);
                by.extend(firms_of(scene, candidate.carrier));
                complete(candidate, scene.sentence.span, anchor, &sides, &by);
            }
        }
        if !known && anchor.chance >= ALONE {
            let new = alone(scene, at, anchor, &sides).map(|candidate| (scene, candidate));
            here.extend(new.is_some().then_some(candidates.len()));
            candidates.extend(new);
        }
    }
}

/// Where a span stands: its sentence, and the index of its token.
fn place<'a, 's>(scenes: &'s [Scene<'a>], span: Span) -> Option<(&'s Scene<'a>, usize)> {
    let scene = holding(scenes, span)?;
    let at = scene.sentence.tokens.iter().position(|token| token.span == span)?;
    Some((scene, at))
}

fn choices(anchor: &Anchor, role: &str, scenes: &[Scene]) -> Vec<Choice> {
    let end = holding(scenes, anchor.span).map_or(anchor.span.end(), |scene| scene.sentence.span.end());
    let choice = |filler: &Filler| {
        // Who takes part is named in the sentence or before it.
        let near = filler.span.filter(|span| span.start() < end);
        let party = near.and_then(|span| place(scenes, span)).and_then(|(scene, at)| {
            scene.party(&phrase(scene.sentence, scene.setting.text, scene.setting.lexicon, at), true)
        });
        Choice { span: filler.span, party, chance: filler.chance }
    };
    anchor.role(role).iter().map(choice).collect()
}

/// Who says so, by name and words, where the reader is sure of somebody: in the sentence, or with more certainty in one before it.
fn source(anchor: &Anchor, scenes: &[Scene]) -> Option<Teller> {
    let likeliest = anchor.role("source").first()?;
    let (span, sentence) = (likeliest.span?, holding(scenes, anchor.span)?.sentence.span);
    let enough = if sentence.contains(span) { ENOUGH } else { BEFORE };
    if likeliest.chance < enough || span.start() >= sentence.end() {
        return None;
    }
    let (scene, at) = place(scenes, span)?;
    let argument = phrase(scene.sentence, scene.setting.text, scene.setting.lexicon, at);
    Some((speaker(scene, &argument), Some(scene.span(&argument.tokens))))
}

/// The one whom the reader is sure of, unless syntax says that it only stands by.
fn sure(choices: &[Choice], bystanders: &[Span]) -> Option<Party> {
    let party = choices.first().filter(|choice| choice.chance >= ENOUGH)?.party?;
    (!bystanders.iter().any(|span| span.overlaps(party.span))).then_some(party)
}

/// Who only says, bans, deplores or investigates what a predicate tells: the subjects of the predicates above it, and who is named as
/// the source. "Chile deplored the delivery": a reader that fills an open giver with Chile would accuse it.
fn bystanders(scene: &Scene, told_by: Option<usize>, status: Status) -> Vec<Span> {
    let mut found = Vec::new();
    let mut here = told_by;
    // A chain of governors is no longer than there are predicates.
    for step in 0..scene.clauses.predicates.len() {
        let Some(predicate) = here.and_then(|index| scene.clauses.predicates.get(index)) else { break };
        found.extend(predicate.source.iter().map(|source| scene.span(&source.tokens)));
        // "Finland stopped a tanker": who seizes or forbids takes no part either.
        let stops = matches!(status, Status::Seized | Status::Banned);
        if stops || step > 0 && !controls(scene, predicate) {
            found.extend(predicate.of(&Role::Subject).map(|subject| scene.span(&subject.tokens)));
        }
        let takes = |argument: &Argument| argument.head == predicate.head && !argument.shared;
        let holds = |other: &Predicate| other.arguments.iter().any(takes);
        let governor = predicate.governor.as_ref().map(|governor| governor.predicate);
        here = governor.or_else(|| scene.clauses.predicates.iter().position(holds));
    }
    found
}

/// The firms that the words for a carrier name: whose aircraft flies the goods is no side of the transfer.
fn firms_of(scene: &Scene, carrier: Option<Party>) -> Vec<Span> {
    let Some(carrier) = carrier else { return Vec::new() };
    let tokens =
        scene.sentence.tokens.iter().enumerate().filter(|(_, token)| carrier.span.contains(token.span));
    let named = |at: usize| scene.setting.entities.get(scene.mention(at)?.entity);
    let firm = |at: usize| named(at).is_some_and(|entity| entity.kind == EntityKind::Organisation);
    tokens.filter(|(at, _)| firm(*at)).map(|(_, token)| token.span).collect()
}

/// The probability of a side, by all words for the same one.
fn chance(choices: &[Choice], side: Option<Party>) -> f32 {
    let same = |choice: &&Choice| match (side, choice.span) {
        (None, None) => true,
        (Some(side), Some(span)) => {
            side.span.overlaps(span) || choice.party.is_some_and(|party| side.names_the_same(&party))
        }
        _ => false,
    };
    choices.iter().filter(same).map(|choice| choice.chance).sum()
}

/// Fills what a frame leaves open.
fn complete(candidate: &mut Candidate, sentence: Span, anchor: &Anchor, sides: &Sides, bystanders: &[Span]) {
    let taken = [candidate.giver, candidate.receiver, candidate.carrier, candidate.end_user];
    let free = |party: &Party| !taken.iter().flatten().any(|other| other.means_the_same(party));
    // A frame whose sides syntax leaves open says nothing about them.
    let syntax = (candidate.giver, candidate.receiver);
    let fill = |choices: &[Choice]| sure(choices, bystanders).filter(free);
    let (mut giver, mut receiver) = (fill(&sides.giver), fill(&sides.receiver));
    // Nobody gives to himself: of two places for one the likelier stays.
    if syntax == (None, None)
        && giver.zip(receiver).is_some_and(|(giver, receiver)| giver.means_the_same(&receiver))
    {
        let likelier = chance(&sides.giver, giver) > chance(&sides.receiver, receiver);
        *(if likelier { &mut receiver } else { &mut giver }) = None;
    }
    candidate.giver = candidate.giver.or(giver);
    candidate.receiver = candidate.receiver.or(receiver);
    // A candidate of several things has the support of the surest of them.
    if candidate.support.item.is_none_or(|item| item < anchor.chance) {
        candidate.source = sides.source;
        weaken(&mut candidate.told, anchor);
        let old = candidate.support;
        let by = |syntax: Option<Party>, side: Option<Party>, old: Found| match (syntax, old) {
            (Some(_), Found::Later) => old,
            (Some(_), _) => Found::Syntax,
            (None, _) => by_reader(sentence, side),
        };
        candidate.support = Support {
            frame: syntax.0.is_some() || syntax.1.is_some(),
            giver_by: by(syntax.0, candidate.giver, old.giver_by),
            receiver_by: by(syntax.1, candidate.receiver, old.receiver_by),
            ..support(anchor, sides, candidate.giver, candidate.receiver)
        };
    }
}

/// What the chain of predicates takes as a fact is none where the reader sees that it is not. That it is denied has to be written: of
/// plain sentences about facts the reader thinks so too often.
fn weaken(told: &mut Told, anchor: &Anchor) {
    let (status, certainty) = read(anchor);
    // Words of the chain say so ("accused", "confirmed"): the reader sees no more than they.
    if is_torn(anchor) || told.accused || !told.by.is_empty() {
        return;
    }
    // What is asked for or planned is no fact, however sure its source.
    let certainty = if certainty == Certainty::CertainPlus { by_itself(status) } else { certainty };
    if is_fact(told.status, told.certainty) && !is_fact(status, certainty) && !is_denied(status, certainty) {
        (told.status, told.certainty) = (status, certainty);
    }
}

fn read(anchor: &Anchor) -> (Status, Certainty) {
    let status = Status::named(&anchor.status).unwrap_or(Status::Possible);
    let certainty = Certainty::from_code(&anchor.certainty).unwrap_or(Certainty::Unknown);
    if is_torn(anchor) { (Status::Possible, Certainty::Unknown) } else { (status, certainty) }
}

/// What is done and at the same time is not: the reader does not know.
fn is_torn(anchor: &Anchor) -> bool {
    let negative = Certainty::from_code(&anchor.certainty).is_some_and(Certainty::is_negative);
    negative && matches!(Status::named(&anchor.status), Some(Status::Done | Status::Ongoing))
}

fn is_denied(status: Status, certainty: Certainty) -> bool {
    is_negative(status) || certainty.is_negative()
}

fn is_fact(status: Status, certainty: Certainty) -> bool {
    certainty == Certainty::CertainPlus && matches!(status, Status::Done | Status::Ongoing)
}

/// How a side that syntax leaves open was found.
fn by_reader(sentence: Span, side: Option<Party>) -> Found {
    match side {
        None => Found::Open,
        Some(party) if sentence.contains(party.span) => Found::Reader,
        Some(_) => Found::Before,
    }
}

fn support(anchor: &Anchor, sides: &Sides, giver: Option<Party>, receiver: Option<Party>) -> Support {
    Support {
        item: Some(anchor.chance),
        giver: Some(chance(&sides.giver, giver)),
        receiver: Some(chance(&sides.receiver, receiver)),
        ..Support::default()
    }
}

/// A transfer that the reader alone tells.
fn alone(scene: &Scene, at: usize, anchor: &Anchor, sides: &Sides) -> Option<Candidate> {
    let argument = phrase(scene.sentence, scene.setting.text, scene.setting.lexicon, at);
    let found = item(scene, &argument, ItemKind::Any).filter(|item| !item.open)?;
    let told = weaker(scene, at, anchor);
    let bystanders = bystanders(scene, governing(scene, at), told.status);
    let giver = sure(&sides.giver, &bystanders);
    let other = |party: &Party| !giver.is_some_and(|giver| giver.names_the_same(party));
    let receiver = sure(&sides.receiver, &bystanders).filter(other);
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
        told,
        source: sides.source,
        continues: false,
        support: Support {
            giver_by: by_reader(scene.sentence.span, giver),
            receiver_by: by_reader(scene.sentence.span, receiver),
            ..support(anchor, sides, giver, receiver)
        },
        // The reader knows that it goes, whatever it is.
        item: Some(Item { sort: found.sort.max(Sort::Generic), ..found }),
    })
}

/// The word that governs the item.
fn trigger(scene: &Scene, at: usize) -> Span {
    let head = scene.token(at).map_or(at, |token| token.head as usize);
    scene.span(&[head])
}

/// The predicate that a word takes part in.
fn governing(scene: &Scene, at: usize) -> Option<usize> {
    scene.clauses.predicates.iter().position(|predicate| {
        let takes = |argument: &Argument| argument.head == at && !argument.shared;
        predicate.head != at && predicate.arguments.iter().any(takes)
    })
}

/// What the reader says of status and certainty, or what the chain of predicates says, where that is weaker.
fn weaker(scene: &Scene, at: usize, anchor: &Anchor) -> Told {
    let chain = governing(scene, at).map(|index| told(scene, index, None));
    let (status, certainty) = read(anchor);
    let Some(chain) = chain else {
        return Told { status, certainty, source: None, by: Vec::new(), accused: false };
    };
    let weaker = chain.certainty != Certainty::CertainPlus || is_negative(chain.status);
    if is_fact(status, certainty) && weaker { chain } else { Told { status, certainty, ..chain } }
}
