//! Every place in a sentence where a frame is triggered.

use crate::cue::cue;
use crate::item::{Item, item_at};
use crate::lexicon::{Frame, Role, Shape, Trigger};
use crate::model::Status;
use crate::roles::Site;
use crate::view::View;
use crate::words::{Kind, says_one_of};
use lagebild_entities::EntityId;
use lagebild_span::Span;
use lagebild_statements::Certainty;

/// A triggered frame with the roles that its clause fills.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    /// Id of the frame.
    pub(crate) frame: String,
    pub(crate) trigger: Span,
    /// The clause of the trigger.
    pub(crate) clause: Span,
    pub(crate) sentence: Span,
    pub(crate) giver: Option<EntityId>,
    pub(crate) receiver: Option<EntityId>,
    /// None in a lead-in to a list.
    pub(crate) item: Option<Item>,
    pub(crate) status: Status,
    /// What the words around say of it; none leaves it to the statement.
    pub(crate) certainty: Option<Certainty>,
    /// False where it only says which way things go: a question, a warning, "any delivery".
    pub(crate) asserted: bool,
    /// Introduced as what is given for something else.
    pub(crate) in_exchange: bool,
}

/// The candidates of a sentence, at most one per triggering word.
pub(crate) fn candidates(view: &View) -> Vec<Candidate> {
    let mut found = Vec::new();
    for (clause, range) in view.clauses.iter().map(|clause| clause.words.clone()).enumerate() {
        for word in range {
            let triggers = view.words.get(word).map(|word| word.triggers.as_slice()).unwrap_or_default();
            let read = triggers.iter().filter_map(|trigger| {
                let plain = trigger.shape == Shape::Verb;
                read(view, clause, word, *trigger).map(|candidate| (filled(&candidate), plain, candidate))
            });
            // "exportiert" is a finite form too: as the participle of a passive it has to show more.
            let best =
                read.max_by_key(|(filled, plain, _)| (*filled, *plain)).map(|(.., candidate)| candidate);
            found.extend(best.into_iter().flat_map(|candidate| each_of_row(view, clause, &candidate)));
        }
    }
    found
}

/// One candidate for each giver, receiver and kind of goods that stand in a row ("Sweden and Finland send shells and fuel").
fn each_of_row(view: &View, clause: usize, candidate: &Candidate) -> Vec<Candidate> {
    let items: Vec<Option<Item>> = match &candidate.item {
        Some(item) => {
            let others = item.others.iter().cloned();
            let others = others.map(|(span, class)| Some(Item { span, class, ..item.clone() }));
            std::iter::once(Some(item.clone())).chain(others).collect()
        }
        None => vec![None],
    };
    let givers = row_of(view, clause, candidate.giver);
    let receivers = row_of(view, clause, candidate.receiver);
    let mut all = Vec::with_capacity(items.len() * givers.len() * receivers.len());
    for giver in &givers {
        for receiver in receivers.iter().filter(|receiver| receiver.is_none() || *receiver != giver) {
            let sides = items.iter().cloned();
            all.extend(sides.map(|item| Candidate {
                giver: *giver,
                receiver: *receiver,
                item,
                ..candidate.clone()
            }));
        }
    }
    all
}

/// A side with those that are named in one row with it.
fn row_of(view: &View, clause: usize, side: Option<EntityId>) -> Vec<Option<EntityId>> {
    let phrases = view.clauses.get(clause).map(|clause| clause.phrases.as_slice()).unwrap_or_default();
    let at = phrases.iter().position(|phrase| side.is_some() && view.side(phrase) == side);
    let rest = phrases.iter().skip(at.map_or(phrases.len(), |at| at + 1)).take_while(|next| next.coordinated);
    let others = rest.map_while(|next| view.side(next)).filter(|other| Some(*other) != side).map(Some);
    std::iter::once(side).chain(others).collect()
}

/// How many roles are filled; of equals `max_by_key` takes the last, so data list the plainer frame later.
fn filled(candidate: &Candidate) -> usize {
    usize::from(candidate.giver.is_some())
        + usize::from(candidate.receiver.is_some())
        + 2 * usize::from(candidate.item.is_some())
}

fn read(view: &View, clause: usize, word: usize, trigger: Trigger) -> Option<Candidate> {
    let frame = view.setting.lexicon.data.frames.get(trigger.frame)?;
    let mut site = Site { view, clause, word, trigger, passive: false };
    if !particle_stands(&site, frame) {
        return None;
    }
    site.passive = is_passive(&site);
    let item = if trigger.shape == Shape::Noun { noun_item(&site, frame) } else { site.item(&frame.item) };
    let item = item.filter(|item| fits_class(view, frame, item));
    let leads_in = view.words.last().is_some_and(|last| last.lower == ":");
    if item.is_none() && (!leads_in || trigger.shape == Shape::Noun) {
        return None;
    }
    let giver_first = frame.giver.first() == Some(&crate::lexicon::Place::Subject);
    let (giver, receiver) = sides(&site, frame, item.as_ref(), giver_first);
    let receiver = wished_for(&site, frame, item.as_ref()).or(receiver);
    let missing = |role: &Role| match role {
        Role::Giver => giver.is_none(),
        Role::Receiver => receiver.is_none(),
    };
    if (giver.is_none() && receiver.is_none()) || frame.requires.iter().any(missing) {
        return None;
    }
    Some(candidate(&site, frame, item, giver, receiver))
}

/// "demands from Berlin the delivery of missiles to Kyiv": to whom what is wished for shall go, where its noun says so.
fn wished_for(site: &Site, frame: &Frame, item: Option<&Item>) -> Option<EntityId> {
    if frame.status != Some(Status::Wished) || site.trigger.shape == Shape::Noun {
        return None;
    }
    let phrases = &site.clause()?.phrases;
    let words = phrases.get(item?.phrase)?.words.clone();
    let before = phrases.get(item?.phrase.checked_sub(1)?).map(|phrase| phrase.words.clone());
    words.chain(before.into_iter().flatten()).find_map(|word| {
        let noun = |trigger: &&Trigger| trigger.shape == Shape::Noun;
        let trigger = *site.view.words.get(word)?.triggers.iter().find(noun)?;
        let inner = Site { view: site.view, clause: site.clause, word, trigger, passive: false };
        inner.party(&site.view.setting.lexicon.data.frames.get(trigger.frame)?.receiver, None, None)
    })
}

/// Giver and receiver, never the same; the one that is the subject first. What is missing may be in the item's adjective.
fn sides(
    site: &Site,
    frame: &Frame,
    item: Option<&Item>,
    giver_first: bool,
) -> (Option<EntityId>, Option<EntityId>) {
    let origin = item.and_then(|item| item.origin);
    if site.trigger.shape == Shape::Noun {
        let giver = site.party(&frame.giver, item, None);
        let receiver = site.party(&frame.receiver, item, giver);
        let (giver, receiver) = site.supported(frame, item, (giver, receiver));
        return (giver.or(origin.filter(|origin| Some(*origin) != receiver)), receiver);
    }
    if giver_first {
        let giver = site.party(&frame.giver, item, None);
        let receiver = site.party(&frame.receiver, item, giver);
        (giver.or(origin.filter(|origin| Some(*origin) != receiver)), receiver)
    } else {
        let receiver = site.party(&frame.receiver, item, None);
        let giver = site.party(&frame.giver, item, receiver);
        (giver.or(origin.filter(|origin| Some(*origin) != receiver)), receiver)
    }
}

fn candidate(
    site: &Site,
    frame: &Frame,
    item: Option<Item>,
    giver: Option<EntityId>,
    receiver: Option<EntityId>,
) -> Candidate {
    let view = site.view;
    let cue = cue(site);
    let clause_words =
        site.clause().and_then(|clause| view.words.get(clause.words.clone())).unwrap_or_default();
    let clause = clause_words
        .first()
        .zip(clause_words.last())
        .map_or(view.span, |(first, last)| first.span.cover(last.span));
    let trigger = view.words.get(site.word).map_or(clause, |word| word.span);
    let status = match (frame.status, cue) {
        (Some(own), Some(cue)) if !matches!(cue.status, Status::Denied | Status::Cancelled) => own,
        (_, Some(cue)) => cue.status,
        (Some(own), None) => own,
        (None, None) if site.trigger.shape == Shape::Participle => Status::Done,
        (None, None) => Status::Ongoing,
    };
    // "any weapons" are none in particular, but whoever denies any denies them all.
    let vague = item.as_ref().is_some_and(|item| item.generic) && status != Status::Denied;
    let asserted = !vague && !asks(view) && !warns(site) && !controlled(site);
    Candidate {
        frame: frame.id.clone(),
        trigger,
        clause,
        sentence: view.span,
        giver,
        receiver,
        item,
        status,
        certainty: cue.and_then(|cue| cue.certainty).or(frame.certainty),
        asserted,
        in_exchange: says(view, view.span, &view.setting.lexicon.data.exchange),
    }
}

/// True when one of the phrases stands in the span as words of its own.
fn says(view: &View, span: Span, phrases: &[String]) -> bool {
    let text = span.of(view.setting.text).to_lowercase();
    phrases.iter().any(|phrase| text.contains(phrase.as_str()))
}

fn asks(view: &View) -> bool {
    view.words.last().is_some_and(|last| last.lower == "?")
}

/// "to curb exports of drone engines": the noun names what is watched, not what went.
fn controlled(site: &Site) -> bool {
    let lexicon = &site.view.setting.lexicon.data;
    let words =
        site.clause().and_then(|clause| site.view.words.get(clause.words.clone())).unwrap_or_default();
    site.trigger.shape == Shape::Noun && words.iter().any(|word| lexicon.controlled.contains(&word.lower))
}

/// A warning against a transfer, in the clause or the one before it.
fn warns(site: &Site) -> bool {
    let view = site.view;
    let clauses = view.clauses.get(site.clause.saturating_sub(1)..=site.clause).unwrap_or_default();
    clauses
        .iter()
        .filter_map(|clause| view.words.get(clause.words.clone()))
        .flatten()
        .any(|word| view.setting.lexicon.data.warnings.contains(&word.lower))
}

fn fits_class(view: &View, frame: &Frame, item: &Item) -> bool {
    frame.classes.is_empty()
        || item
            .class
            .as_ref()
            .is_some_and(|class| frame.classes.iter().any(|of| view.setting.catalogue.is_a(class, of)))
}

/// The particle or second half of the verb stands in the clause.
fn particle_stands(site: &Site, frame: &Frame) -> bool {
    let with = site.trigger.verb.and_then(|verb| frame.verbs.get(verb)).and_then(|verb| verb.with.as_ref());
    let Some(with) = with else { return true };
    let Some(clause) = site.clause() else { return false };
    says_one_of(site.view.words.get(clause.words.clone()).unwrap_or_default(), with)
}

fn is_passive(site: &Site) -> bool {
    let function = &site.view.setting.lexicon.data.words;
    match site.trigger.shape {
        Shape::Attribute => true,
        Shape::Verb | Shape::Noun => false,
        Shape::Participle if function.free_order => {
            let Some(clause) = site.clause() else { return false };
            let words = site.view.words.get(clause.words.clone()).unwrap_or_default();
            let has = |list: &[String]| words.iter().any(|word| list.contains(&word.lower));
            !has(&function.perfect)
                && (has(&function.passive) || !words.iter().any(|word| word.kind == Kind::Auxiliary))
        }
        Shape::Participle => {
            let before = site.view.words.get(..site.word).unwrap_or_default();
            let auxiliary = before
                .iter()
                .rev()
                .find(|word| word.kind != Kind::Adverb && !function.negations.contains(&word.lower));
            match auxiliary.filter(|word| word.kind == Kind::Auxiliary) {
                Some(auxiliary) => function.passive.contains(&auxiliary.lower),
                // "loaded and carried by a vessel"
                None => acted_by(site) || is_reduced(site),
            }
        }
    }
}

/// A participle right before the one who acts.
fn acted_by(site: &Site) -> bool {
    let agents = &site.view.setting.lexicon.data.words.agents;
    site.view.words.get(site.word + 1).is_some_and(|next| agents.contains(&next.lower))
}

/// "drones supplied by Iran": a participle right behind the item, without an object of its own.
fn is_reduced(site: &Site) -> bool {
    let Some(clause) = site.clause() else { return false };
    let before = clause.phrases.iter().rposition(|phrase| phrase.words.end == site.word);
    let item_before = before.is_some_and(|at| item_at(site.view, clause, at).is_some());
    let next = site.view.words.get(site.word + 1);
    item_before
        && next.is_none_or(|next| {
            matches!(next.kind, Kind::Preposition | Kind::Stop | Kind::Comma | Kind::Mark | Kind::Adverb)
        })
}

/// What a noun is the giving of: named in the noun's own phrase, or behind it.
fn noun_item(site: &Site, frame: &Frame) -> Option<Item> {
    let clause = site.clause()?;
    let own = item_at(site.view, clause, site.own_phrase()?);
    match own {
        Some(Item { class: Some(_), .. }) => own,
        _ => site.item(&frame.item).or(own),
    }
}
