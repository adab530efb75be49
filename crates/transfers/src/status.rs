//! How far a transfer has come and how sure that is, by its predicate and the chain that governs it.

use crate::find::is_negative;
use crate::model::Status;
use crate::scene::Scene;
use lagebild_predicates::{Argument, Form, Kind, Predicate, Voice, holds};
use lagebild_statements::Certainty;

/// What is told of a transfer.
#[derive(Clone, Debug)]
pub(crate) struct Told {
    pub(crate) status: Status,
    pub(crate) certainty: Certainty,
    /// Who says so, as far as the sentence tells.
    pub(crate) source: Option<Argument>,
    /// The words that make it so.
    pub(crate) by: Vec<usize>,
    /// Somebody is accused of it: what the accuser takes for a fact.
    pub(crate) accused: bool,
}

/// What is told of the predicate at this index; `own` is what its frame says by itself.
pub(crate) fn told(scene: &Scene, at: usize, own: Option<Status>) -> Told {
    let held = holds(scene.clauses, at, scene.setting.lexicon);
    let held_certainty = of(held.certainty);
    let outer = held.status.map(status_of);
    let certainty = own.map_or(held_certainty, |own| together(by_itself(own), held_certainty));
    let predicate = scene.clauses.predicates.get(at);
    let status = outer
        .filter(|_| own.is_none_or(|own| !is_negative(own)))
        .or(own)
        .unwrap_or_else(|| plain(scene, predicate, certainty));
    let accused = predicate.is_some_and(|one| is_accused(scene, one));
    // "accuses X of supplying": what has no tense of its own goes on.
    let tenseless = predicate.is_some_and(|one| {
        let infinite = one.kind == Kind::Verb && one.form != Form::Finite;
        infinite && !one.words.iter().any(|at| is_perfect_word(scene, *at))
    });
    let status = match status {
        Status::Done if accused && tenseless => Status::Ongoing,
        // "is likely to send".
        Status::Done if tenseless && is_expected(scene, predicate, certainty) => Status::Planned,
        status => status,
    };
    let status = match (status, certainty) {
        (
            Status::Planned | Status::Possible | Status::Wished | Status::Ongoing | Status::Done,
            Certainty::CertainMinus,
        ) => Status::Denied,
        (status, _) => status,
    };
    // What is to come is planned, however sure its source.
    let to_come = status == Status::Planned && certainty == Certainty::CertainPlus;
    let certainty = if to_come { by_itself(status) } else { certainty };
    Told { status, certainty, source: held.source, by: held.by, accused }
}

/// What a frame says by itself, in a clause that is so sure: "probably ordered", "did not seize".
fn together(own: Certainty, held: Certainty) -> Certainty {
    use Certainty::{
        CertainMinus, CertainPlus, PossibleMinus, PossiblePlus, ProbableMinus, ProbablePlus, Unknown,
    };
    match (own, held) {
        (own, CertainPlus) => own,
        // What was not forbidden or seized may have gone or not.
        (Unknown, _) | (_, Unknown) | (CertainMinus, CertainMinus | ProbableMinus | PossibleMinus) => Unknown,
        (CertainMinus, ProbablePlus) => ProbableMinus,
        (CertainMinus, PossiblePlus) => PossibleMinus,
        (PossiblePlus, ProbablePlus) => PossiblePlus,
        (_, held) => held,
    }
}

/// How sure a thing is that has come only so far.
pub(crate) fn by_itself(status: Status) -> Certainty {
    match status {
        Status::Done | Status::Ongoing => Certainty::CertainPlus,
        Status::Planned => Certainty::ProbablePlus,
        Status::Possible => Certainty::PossiblePlus,
        Status::Wished => Certainty::Unknown,
        _ => Certainty::CertainMinus,
    }
}

/// The status of a predicate without a word for it, by its tense.
fn plain(scene: &Scene, predicate: Option<&Predicate>, certainty: Certainty) -> Status {
    let verb = predicate.filter(|one| one.kind == Kind::Verb);
    let tense = verb.filter(|one| !is_perfect(scene, one)).and_then(|one| one.tense.as_deref());
    match (certainty, tense) {
        (Certainty::CertainMinus | Certainty::ProbableMinus | Certainty::PossibleMinus, _) => Status::Denied,
        (Certainty::PossiblePlus, _) => Status::Possible,
        (Certainty::Unknown, _) => Status::Wished,
        (_, Some("Fut")) => Status::Planned,
        (_, Some("Pres")) => Status::Ongoing,
        _ => Status::Done,
    }
}

/// Somebody is accused of it by a verb in a tense: "accuses X of supplying".
fn is_accused(scene: &Scene, predicate: &Predicate) -> bool {
    governing(scene, predicate)
        .is_some_and(|outer| outer.form == Form::Finite && scene.setting.lexicon.accuses(outer))
}

/// "is likely to send": an adjective makes probable what has no tense.
fn is_expected(scene: &Scene, predicate: Option<&Predicate>, certainty: Certainty) -> bool {
    let outer = predicate.and_then(|one| governing(scene, one));
    certainty == Certainty::ProbablePlus && outer.is_some_and(|outer| outer.kind == Kind::Adjective)
}

fn governing<'s>(scene: &Scene<'s>, predicate: &Predicate) -> Option<&'s Predicate> {
    scene.clauses.predicates.get(predicate.governor.as_ref()?.predicate)
}

fn is_perfect_word(scene: &Scene, at: usize) -> bool {
    let lemma = scene.token(at).map_or("", |token| token.lemma.as_str());
    scene.setting.lexicon.words.perfect.contains(lemma)
}

/// "has received", "a livré": what is told in the present is over.
fn is_perfect(scene: &Scene, predicate: &Predicate) -> bool {
    let head = scene.token(predicate.head);
    // "has been flowing" goes on.
    let present = head.and_then(|token| token.feat("Tense")) == Some("Pres");
    // Trees may tell no forms of verbs.
    let past =
        head.is_some_and(|token| token.feat("VerbForm").is_none() && token.feat("Tense") == Some("Past"));
    let participle = past || head.and_then(|token| token.feat("VerbForm")) == Some("Part") && !present;
    let active = predicate.voice == Voice::Active && predicate.form == Form::Finite;
    predicate.words.iter().any(|at| is_perfect_word(scene, *at)) && (participle || !active)
}

fn of(certainty: lagebild_predicates::Certainty) -> Certainty {
    use lagebild_predicates::Certainty as Held;
    match certainty {
        Held::CtPlus => Certainty::CertainPlus,
        Held::PrPlus => Certainty::ProbablePlus,
        Held::PsPlus => Certainty::PossiblePlus,
        Held::CtMinus => Certainty::CertainMinus,
        Held::PrMinus => Certainty::ProbableMinus,
        Held::PsMinus => Certainty::PossibleMinus,
        Held::U => Certainty::Unknown,
    }
}

fn status_of(status: lagebild_predicates::Status) -> Status {
    use lagebild_predicates::Status as Held;
    match status {
        Held::Planned => Status::Planned,
        Held::Wished => Status::Wished,
        Held::Possible => Status::Possible,
        Held::Ongoing => Status::Ongoing,
        Held::Cancelled => Status::Cancelled,
        Held::Refused => Status::Refused,
        Held::Banned => Status::Banned,
        Held::Seized => Status::Seized,
    }
}
