//! Every predicate of a sentence that opens a frame.

use crate::above::{control, hand_down, is_told_below, misplaced};
use crate::confidence::{Found, Support};
use crate::frames::{Entry, Frames, ItemKind, Slot};
use crate::item::{Item, Sort, item};
use crate::model::Status;
use crate::scene::{Party, Scene};
use crate::slots::{Filled, fill};
use crate::status::{Told, told};
use lagebild_entities::EntityKind;
use lagebild_predicates::{Kind, Predicate};
use lagebild_span::Span;

/// Who says something, by name and words.
pub(crate) type Teller = (Option<lagebild_entities::EntityId>, Option<Span>);

/// A transfer as one predicate tells it.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    /// Id of the frame; empty where the reader alone tells it.
    pub(crate) frame: &'static str,
    pub(crate) lemma: String,
    pub(crate) trigger: Span,
    /// The trigger with all that takes part.
    pub(crate) clause: Span,
    pub(crate) giver: Option<Party>,
    pub(crate) receiver: Option<Party>,
    pub(crate) item: Option<Item>,
    pub(crate) carrier: Option<Party>,
    pub(crate) route: Vec<Party>,
    pub(crate) end_user: Option<Party>,
    pub(crate) told: Told,
    /// Who says so, as the reader sees it.
    pub(crate) source: Option<Teller>,
    /// What speaks for it.
    pub(crate) support: Support,
    /// It only goes on with what the sentence before tells, which has its sides now.
    pub(crate) continues: bool,
}

/// The candidates of a sentence.
pub(crate) fn candidates(scene: &Scene, frames: &Frames) -> Vec<Candidate> {
    let opens = |at: usize| best(scene, frames, scene.clauses.predicates.get(at)?);
    let mut filled: Vec<Option<Filled>> = (0..scene.clauses.predicates.len()).map(opens).collect();
    hand_down(scene, &mut filled);
    control(scene, &mut filled);
    misplaced(scene, &mut filled);
    let mut found = Vec::new();
    for (at, one) in filled.iter().enumerate() {
        let Some(one) = one.as_ref().filter(|one| !is_told_below(scene, &filled, at, one)) else { continue };
        let told = each(scene, at, one);
        found.extend(returned(scene, at, told.first()));
        found.extend(told);
    }
    let seized: Vec<Span> = found
        .iter()
        .filter(|one: &&Candidate| one.told.status == Status::Seized)
        .filter_map(|one| Some(one.item.as_ref()?.span))
        .collect();
    found.retain(|one| !is_heading(scene, one, &seized));
    found
}

/// "rifles bound for Yemen" of rifles that were seized: the seizure tells it.
fn is_heading(scene: &Scene, one: &Candidate, seized: &[Span]) -> bool {
    let words = scene.setting.words;
    let heads = words.bound.words.iter().chain(&words.coming.words).any(|word| *word == one.lemma);
    let same = one.item.as_ref().is_some_and(|item| seized.iter().any(|span| span.overlaps(item.span)));
    heads && same && one.told.status != Status::Seized
}

/// "oil from Russia *in return for* shells": what goes the other way.
fn returned(scene: &Scene, at: usize, told: Option<&Candidate>) -> Option<Candidate> {
    let told = told.filter(|told| told.giver.is_some() && told.receiver.is_some())?;
    let arguments = &scene.clauses.predicates.get(at)?.arguments;
    let back = |argument: &&lagebild_predicates::Argument| {
        scene.setting.words.returns.iter().any(|place| argument.role.fits(place))
    };
    let items = arguments.iter().filter(back);
    let item = items
        .filter_map(|argument| item(scene, argument, ItemKind::Goods))
        .find(|item| item.is(ItemKind::Goods))?;
    Some(Candidate {
        giver: told.receiver,
        receiver: told.giver,
        trigger: item.head,
        item: Some(item),
        ..told.clone()
    })
}

/// The frame of a predicate that is filled best; of equals the first of the inventory.
fn best<'a>(scene: &Scene, frames: &'a Frames, predicate: &Predicate) -> Option<Filled<'a>> {
    let noun = predicate.kind == Kind::Noun;
    let entries = frames.of(&predicate.lemma, noun, scene.setting.words.compounds);
    let filled = entries.filter_map(|entry: &Entry| fill(scene, predicate, entry));
    filled.rev_max_by_weight()
}

/// The first of the best.
trait FirstOfBest<'a> {
    fn rev_max_by_weight(self) -> Option<Filled<'a>>;
}

impl<'a, I: Iterator<Item = Filled<'a>>> FirstOfBest<'a> for I {
    fn rev_max_by_weight(self) -> Option<Filled<'a>> {
        self.reduce(|best, next| if next.weight() > best.weight() { next } else { best })
    }
}

/// One candidate for each giver, receiver and class of goods in a row.
fn each(scene: &Scene, at: usize, filled: &Filled) -> Vec<Candidate> {
    let Some(predicate) = scene.clauses.predicates.get(at) else { return Vec::new() };
    let told = told(scene, at, filled.entry.frame.status);
    let or_none = |row: &[Party]| -> Vec<Option<Party>> {
        if row.is_empty() { vec![None] } else { row.iter().copied().map(Some).collect() }
    };
    let items = rows(&filled.items);
    // "North Korea shipped sand to China": a state that carries gives.
    let state = |party: &Party| {
        let entity = party.entity.and_then(|id| scene.setting.entities.get(id));
        entity.is_some_and(|entity| entity.kind == EntityKind::Country)
    };
    let shipper = filled.carrier.filter(|party| filled.giver.is_empty() && state(party));
    let mut found = Vec::new();
    for giver in or_none(&filled.giver) {
        // "demands of Iran that it give back …" hangs Iran on both sides: nobody gives to himself.
        let other = |party: &&Party| !giver.is_some_and(|giver| giver.names_the_same(party));
        let receivers: Vec<Party> = filled.receiver.iter().filter(other).copied().collect();
        for receiver in or_none(&receivers) {
            for item in &items {
                let giver = giver.or_else(|| origin(filled, item.as_ref(), receiver)).or(shipper);
                found.push(Candidate {
                    frame: filled.entry.id,
                    lemma: predicate.lemma.clone(),
                    trigger: scene.span(&[predicate.head]),
                    clause: clause(scene, predicate),
                    giver,
                    receiver,
                    item: item.clone(),
                    carrier: filled.carrier.filter(|_| shipper.is_none()),
                    route: filled.route.clone(),
                    end_user: filled.end_user,
                    told: told.clone(),
                    source: None,
                    continues: false,
                    support: Support {
                        frame: true,
                        giver_by: Found::by_syntax(giver.is_some()),
                        receiver_by: Found::by_syntax(receiver.is_some()),
                        ..Support::default()
                    },
                });
            }
        }
    }
    found
}

/// "India buys Russian crude": whose the good is sells it, where somebody else gets it.
fn origin(filled: &Filled, item: Option<&Item>, receiver: Option<Party>) -> Option<Party> {
    let bought = filled.entry.frame.slots.first() == Some(&Slot::Receiver);
    // "North Korean workers" are sent by nobody else.
    let people = filled.entry.frame.item == ItemKind::People;
    let item = item.filter(|item| (bought || people) && item.sort == Sort::Goods)?;
    let entity = item.origin.filter(|id| receiver.is_none_or(|party| party.entity != Some(*id)))?;
    Some(Party { entity: Some(entity), span: item.span, country: None })
}

/// Goods in a row, those of one class together; what names no class goes with what stands beside it.
fn rows(items: &[Item]) -> Vec<Option<Item>> {
    let mut rows: Vec<Option<Item>> = Vec::new();
    for item in items {
        match rows.last_mut().and_then(Option::as_mut) {
            Some(last) if last.class == item.class || item.class.is_none() || last.class.is_none() => {
                last.span = last.span.cover(item.span);
                last.class = last.class.take().or_else(|| item.class.clone());
                last.sort = last.sort.max(item.sort);
            }
            _ => rows.push(Some(item.clone())),
        }
    }
    if rows.is_empty() { vec![None] } else { rows }
}

fn clause(scene: &Scene, predicate: &Predicate) -> Span {
    let arguments = predicate.arguments.iter().filter(|argument| !argument.shared);
    let tokens: Vec<usize> = arguments
        .flat_map(|argument| argument.tokens.iter().copied())
        .chain(predicate.words.iter().copied())
        .collect();
    scene.span(&tokens)
}

/// True for a status that a frame tells of a thing that did not go.
pub(crate) fn is_negative(status: Status) -> bool {
    matches!(status, Status::Seized | Status::Banned | Status::Cancelled | Status::Refused | Status::Denied)
}
