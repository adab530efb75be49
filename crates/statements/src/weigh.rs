//! How sure the one who speaks is: the predicate layer, asked about the part of the chain that is theirs.

use crate::lexicon::Words;
use crate::model::Certainty;
use crate::scene::Scene;
use lagebild_entities::EntityKind;
use lagebild_grammar::Upos;
use lagebild_predicates::{
    Class, Clauses, Cue, Form, Kind, Link, Marker, Negated, Predicate, Role, Voice, class_of, holds,
};

/// The certainty of predicate `at` as told by predicate `by`; whatever governs that one says nothing of it.
pub(crate) fn told(scene: &Scene, at: usize, by: Option<usize>) -> Certainty {
    if let Some(own) = adjective(scene, at) {
        return own;
    }
    let mut clauses = scene.clauses.clone();
    let core = under_modal(scene, at);
    said(scene, &mut clauses, core);
    if let Some(outer) = by.and_then(|by| clauses.predicates.get_mut(by)) {
        outer.governor = None;
        outer.question = false;
        outer.modals.clear();
        outer.adverbs.clear();
    }
    found(scene, &clauses, core)
}

/// The predicate that a modal verb with a clause of its own is about: "снизиться" of "может снизиться", "équiper" of "peuvent
/// équiper"; so of a verb that only says how far its infinitive has come: "plans to deliver", "is believed to have sold". Any other
/// stands for itself.
fn under_modal(scene: &Scene, at: usize) -> usize {
    let Some(modal) = scene.predicate(at) else { return at };
    let inner = scene.clauses.predicates.iter().position(|inner| {
        let governed = inner
            .governor
            .as_ref()
            .is_some_and(|governor| governor.predicate == at && governor.link == Link::Complement);
        let bare = inner.kind == Kind::Verb && inner.form != Form::Finite;
        governed && (modal.is_modal_of(inner) || bare && is_stage(scene, modal))
    });
    inner.unwrap_or(at)
}

/// Plans and considers, or is believed.
fn is_stage(scene: &Scene, own: &Predicate) -> bool {
    let Some((class, _)) = class_of(own, scene.lexicon) else { return false };
    match class {
        Class::Plan | Class::Consider => own.voice == Voice::Active,
        Class::Belief | Class::Suspect => own.voice == Voice::Passive,
        _ => false,
    }
}

/// Somebody acts who can have plans: "the ministry will deliver", not "stocks will last". Who is not named may.
fn acts(scene: &Scene, own: &Predicate) -> bool {
    let mut subjects = own.of(&Role::Subject).filter(|argument| argument.through.is_none()).peekable();
    subjects.peek().is_none()
        || subjects.any(|argument| {
            let noun = scene.is(argument.head, &[Upos::Noun]);
            !noun || scene.named(argument.head).is_some() || scene.words.is_party(&scene.lemma(argument.head))
        })
}

/// The certainty; what somebody plans is probable.
fn found(scene: &Scene, clauses: &Clauses, at: usize) -> Certainty {
    let certainty = Certainty::from(holds(clauses, at, scene.lexicon).certainty);
    let future =
        clauses.predicates.get(at).is_some_and(|own| own.tense.as_deref() == Some("Fut") && acts(scene, own));
    if future && certainty == Certainty::CertainPlus { Certainty::ProbablePlus } else { certainty }
}

/// "Unlikely", "möglich": an adjective that says how sure its own clause is.
fn adjective(scene: &Scene, at: usize) -> Option<Certainty> {
    let own = scene.predicate(at)?;
    let (class, entry) = class_of(own, scene.lexicon)?;
    let negated = !own.negations.is_empty();
    // "nicht auszuschließen": the verb turned round says something of its own.
    if own.kind == Kind::Verb && negated && own.form != Form::Finite && impersonal(scene, own) {
        return entry.negated.map(Certainty::from);
    }
    if own.kind != Kind::Adjective {
        return None;
    }
    let weighs = matches!(class, Class::Doubt | Class::Consider | Class::Unclear)
        || class == Class::Belief && !negated;
    let by_entry = entry.negated.filter(|_| negated).map(Certainty::from);
    (weighs && impersonal(scene, own)).then(|| by_entry.unwrap_or_else(|| by_class(class, negated)))
}

/// Nobody holds the opinion: "the meeting is unlikely", not "he is sceptical".
fn impersonal(scene: &Scene, own: &Predicate) -> bool {
    let mut subjects = own.of(&Role::Subject).filter(|argument| argument.through.is_none());
    !subjects.any(|argument| {
        let person = scene.named(argument.head).is_some_and(|id| scene.kind(id) == Some(EntityKind::Person));
        person || scene.words.is_party(&scene.lemma(argument.head))
    })
}

/// Undoes what reported speech does to a verb: the subjunctive alone weakens nothing ("er habe geliefert"), and "would" is the
/// "will" of the one who spoke.
fn said(scene: &Scene, clauses: &mut Clauses, at: usize) {
    let condition = clauses.predicates.iter().any(|other| {
        let governed = other.governor.as_ref().filter(|governor| governor.predicate == at);
        governed.is_some_and(|governor| matches!(governor.link, Link::Adverbial(_, Some(Marker::Condition))))
    });
    let Some(own) = clauses.predicates.get_mut(at).filter(|_| !condition) else { return };
    let perfect = &scene.lexicon.words.perfect;
    let subjunctive = |cue: &Cue| cue.tokens.iter().any(|at| scene.has(*at, "Mood", "Sub"));
    own.modals.retain(|cue| !(scene.words.subjunctive && perfect.contains(&cue.lemma) && subjunctive(cue)));
    // Who only passes on what another says leaves it as sure as that one has it.
    for cue in own.modals.iter_mut().chain(&mut own.adverbs).filter(|cue| cue.reported) {
        use lagebild_predicates::Certainty::{PrPlus, PsPlus};
        if matches!(cue.certainty, Some(PrPlus | PsPlus)) {
            cue.certainty = Some(lagebild_predicates::Certainty::CtPlus);
        }
    }
    let owner = acts(scene, own);
    for cue in &mut own.modals {
        if cue.tokens.iter().any(|at| Words::holds(&scene.words.future, &scene.form(*at))) {
            use lagebild_predicates::Certainty::{CtPlus, PrPlus};
            cue.told = None;
            cue.certainty = Some(if owner { PrPlus } else { CtPlus });
            cue.negated = Some(Negated {
                certainty: lagebild_predicates::Certainty::CtMinus,
                status: None,
                reported: false,
            });
        }
    }
}

/// The certainty of a predicate by its own words alone.
pub(crate) fn alone(scene: &Scene, at: usize) -> Certainty {
    if let Some(own) = adjective(scene, at) {
        return own;
    }
    let mut clauses = scene.clauses.clone();
    let core = under_modal(scene, at);
    said(scene, &mut clauses, core);
    if let Some(own) = clauses.predicates.get_mut(at) {
        own.governor = None;
    }
    found(scene, &clauses, core)
}

/// What a word of that class says of something that is no predicate: "ruled out *a loan*".
pub(crate) fn by_class(class: Class, negated: bool) -> Certainty {
    use Class::{
        Accuse, Begin, Belief, Confirm, Consider, Continue, Deny, Doubt, Know, Manage, Plan, Promise,
    };
    use Class::{Report, Suspect, Threaten};
    match (class, negated) {
        (Report | Confirm | Accuse | Know | Manage | Begin | Continue, false) | (Know | Doubt, true) => {
            Certainty::CertainPlus
        }
        (Deny, false) => Certainty::CertainMinus,
        (Deny | Consider, _) => Certainty::PossiblePlus,
        (Belief | Suspect | Plan | Promise | Threaten, false) => Certainty::ProbablePlus,
        (Belief, true) | (Doubt, false) => Certainty::ProbableMinus,
        _ => Certainty::Unknown,
    }
}

/// What is left of somebody's claim when another speaks of it: who confirms it leaves it as it is, who denies it says that it,
/// as it was worded, is not so.
pub(crate) fn of_claim(class: Class, negated: bool, claim: Certainty) -> Certainty {
    match by_class(class, negated) {
        Certainty::CertainPlus => claim,
        own => own,
    }
}
