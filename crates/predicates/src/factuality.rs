//! Whether a predicate is said to hold: its own cues, then the chain of what governs it.
//!
//! Values are those of FactBank (Saurí and Pustejovsky 2009); an embedding word passes on a value by its class, one for when
//! it holds, one for when it is negated.

use crate::lexicon::{Class, Lexicon};
use crate::model::{Argument, Certainty, Clauses, Held, Kind, Link, Marker, Predicate, Role, Status};

/// Polarity and strength of a value; `None` is unknown.
type Value = Option<(bool, u8)>;

fn value(certainty: Certainty) -> Value {
    match certainty {
        Certainty::CtPlus => Some((true, 3)),
        Certainty::PrPlus => Some((true, 2)),
        Certainty::PsPlus => Some((true, 1)),
        Certainty::CtMinus => Some((false, 3)),
        Certainty::PrMinus => Some((false, 2)),
        Certainty::PsMinus => Some((false, 1)),
        Certainty::U => None,
    }
}

fn certainty(value: Value) -> Certainty {
    match value {
        Some((true, 3..)) => Certainty::CtPlus,
        Some((true, 2)) => Certainty::PrPlus,
        Some((true, _)) => Certainty::PsPlus,
        Some((false, 3..)) => Certainty::CtMinus,
        Some((false, 2)) => Certainty::PrMinus,
        Some((false, _)) => Certainty::PsMinus,
        None => Certainty::U,
    }
}

/// A value under another: a negative one turns it, the weaker one rules.
fn under(outer: Value, inner: Value) -> Value {
    let ((outer, strength), (inner, own)) = outer.zip(inner)?;
    Some((outer == inner, strength.min(own)))
}

/// What a class says of what it embeds: when it holds, when it is negated, and the states of both.
#[rustfmt::skip]
fn signature(class: Class) -> ((Certainty, Option<Status>), (Certainty, Option<Status>)) {
    use Certainty::{CtMinus, CtPlus, PrMinus, PrPlus, PsPlus, U};
    use Status::{Banned, Cancelled, Ongoing, Planned, Possible, Refused, Seized, Wished};
    match class {
        Class::Report | Class::Confirm | Class::Accuse => ((CtPlus, None), (U, None)),
        Class::Deny => ((CtMinus, None), (U, None)),
        Class::Belief => ((PrPlus, None), (PrMinus, None)),
        Class::Suspect => ((PrPlus, None), (U, None)),
        Class::Doubt => ((PrMinus, None), (CtPlus, None)),
        Class::Know => ((CtPlus, None), (CtPlus, None)),
        Class::Plan | Class::Promise => ((PrPlus, Some(Planned)), (CtMinus, None)),
        Class::Wish | Class::Offer | Class::Negotiate => ((U, Some(Wished)), (U, None)),
        Class::Permit => ((PrPlus, Some(Planned)), (CtMinus, Some(Refused))),
        Class::Ban => ((CtMinus, Some(Banned)), (PrPlus, None)),
        Class::Prevent | Class::Fail => ((CtMinus, Some(Cancelled)), (CtPlus, None)),
        Class::Refuse => ((CtMinus, Some(Refused)), (PrPlus, None)),
        Class::Manage => ((CtPlus, None), (CtMinus, None)),
        Class::Begin | Class::Continue => ((CtPlus, Some(Ongoing)), (CtMinus, None)),
        Class::Stop => ((CtMinus, Some(Cancelled)), (CtPlus, Some(Ongoing))),
        Class::Seize => ((CtMinus, Some(Seized)), (U, None)),
        Class::Try => ((U, Some(Possible)), (CtMinus, None)),
        Class::Threaten | Class::Agree => ((PrPlus, Some(Planned)), (CtMinus, None)),
        Class::Consider => ((PsPlus, Some(Possible)), (CtMinus, None)),
        Class::Unclear | Class::Condition => ((U, Some(Possible)), (U, None)),
    }
}

/// Whether the predicate at this index is said to hold, by which words, and who says so.
pub fn holds(clauses: &Clauses, at: usize, lexicon: &Lexicon) -> Held {
    let mut held =
        Held { certainty: Certainty::U, status: None, by: Vec::new(), source: None, reported: false };
    let found = walk(clauses, at, lexicon, &[], &mut held, clauses.predicates.len());
    held.certainty = certainty(found);
    held.by.sort_unstable();
    held.by.dedup();
    held
}

/// The value of a predicate in its chain. `spent` are negations that were counted further in ("gab keine Lieferung").
fn walk(
    clauses: &Clauses,
    at: usize,
    lexicon: &Lexicon,
    spent: &[usize],
    held: &mut Held,
    fuel: usize,
) -> Value {
    let Some(predicate) = clauses.predicates.get(at).filter(|_| fuel > 0) else { return Some((true, 3)) };
    let own = local(clauses, at, spent, held);
    if let Some(source) = &predicate.source {
        held.source.get_or_insert_with(|| source.clone());
        held.reported = true;
    }
    let Some(governor) = &predicate.governor else { return own };
    let Some(outer) = clauses.predicates.get(governor.predicate) else { return own };
    let spent: Vec<usize> = spent.iter().chain(&predicate.negations).copied().collect();
    let outside = match &governor.link {
        Link::Adverbial(_, Some(Marker::Condition)) => {
            held.status.get_or_insert(Status::Possible);
            None
        }
        Link::Adverbial(_, Some(Marker::Purpose)) => {
            held.status.get_or_insert(Status::Planned);
            Some((true, 2))
        }
        Link::Adverbial(_, Some(Marker::Question)) => None,
        Link::Adverbial(_, Some(Marker::Without | Marker::Instead)) => Some((false, 3)),
        Link::Complement | Link::Subjectival | Link::NounComplement | Link::Oblique(_) => {
            return under(embedded(clauses, predicate, governor.predicate, lexicon, &spent, held, fuel), own);
        }
        Link::Adverbial(..) | Link::Relative | Link::Conjunct => {
            speaker(clauses, governor.predicate, lexicon, held, fuel - 1);
            Some((true, 3))
        }
    };
    if !matches!(governor.link, Link::Relative | Link::Conjunct) {
        speaker(clauses, governor.predicate, lexicon, held, fuel - 1);
    }
    let _ = outer;
    under(outside, own)
}

/// Negation, modals, adverbs, question and condition of the predicate itself.
fn local(clauses: &Clauses, at: usize, spent: &[usize], held: &mut Held) -> Value {
    let Some(predicate) = clauses.predicates.get(at) else { return None };
    let mut found: Value = Some((true, 3));
    let mut able = false;
    for cue in predicate.modals.iter().chain(&predicate.adverbs) {
        found = under(value(cue.certainty), found);
        held.by.extend(&cue.tokens);
        held.status = held.status.or(cue.status);
        held.reported |= cue.reported;
        able |= cue.status == Some(Status::Possible) && predicate.modals.contains(cue);
    }
    let negations: Vec<usize> =
        predicate.negations.iter().copied().filter(|at| !spent.contains(at)).collect();
    if !negations.is_empty() {
        // "kann nicht liefern": what is not possible does not happen.
        let strength = found.map_or(3, |(_, strength)| if able { 3 } else { strength });
        found = Some((found.is_some_and(|(yes, _)| !yes), strength));
        held.by.extend(negations);
        held.status = held.status.filter(|status| *status != Status::Possible);
    }
    if predicate.question {
        found = None;
    }
    let condition = clauses.predicates.iter().find(|other| {
        let governed = other.governor.as_ref().filter(|governor| governor.predicate == at);
        governed.is_some_and(|governor| matches!(governor.link, Link::Adverbial(_, Some(Marker::Condition))))
    });
    if let Some(condition) = condition {
        held.by.push(condition.head);
        held.status.get_or_insert(Status::Possible);
        found = None;
    }
    found
}

/// What the governing predicate makes of its complement.
fn embedded(
    clauses: &Clauses,
    inner: &Predicate,
    outer: usize,
    lexicon: &Lexicon,
    spent: &[usize],
    held: &mut Held,
    fuel: usize,
) -> Value {
    let Some(governing) = clauses.predicates.get(outer) else { return Some((true, 3)) };
    let class = lexicon.class(&governing.lemma, governing.kind == Kind::Noun);
    let passes = class.is_some_and(|(class, _)| embeds(governing, inner, class));
    let Some((class, negated)) = class.filter(|_| passes) else {
        return plain(clauses, inner, outer, lexicon, spent, held, fuel);
    };
    held.by.push(governing.head);
    if speaks(class) {
        held.reported = true;
        if held.source.is_none() {
            held.source = teller(governing, inner);
        }
    }
    let ((yes, state), (no, other)) = signature(class);
    let mut beyond = Held { status: None, ..held.clone() };
    let holds = walk(clauses, outer, lexicon, spent, &mut beyond, fuel - 1);
    let status = held.status;
    *held = beyond;
    let (found, told) = match holds {
        Some((true, strength)) => (weaken(value(yes), strength), state),
        Some((false, strength)) => (weaken(value(negated.unwrap_or(no)), strength), other),
        None if class == Class::Know => (value(yes), state),
        None => (None, state),
    };
    held.status = status.or(told).or(held.status);
    found
}

/// A word of no class: what it governs shares its fate where it is a verb's only complement, and nothing where it is a noun.
fn plain(
    clauses: &Clauses,
    inner: &Predicate,
    outer: usize,
    lexicon: &Lexicon,
    spent: &[usize],
    held: &mut Held,
    fuel: usize,
) -> Value {
    let Some(governing) = clauses.predicates.get(outer) else { return Some((true, 3)) };
    let link = inner.governor.as_ref().map(|governor| &governor.link);
    let modal =
        governing.modals.is_empty() && inner.modals.iter().any(|cue| cue.tokens.contains(&governing.head));
    let shares = modal
        || matches!(link, Some(Link::Complement | Link::Subjectival)) && governing.kind != Kind::Noun
        || inner.kind == Kind::Noun && matches!(link, Some(Link::NounComplement));
    if shares {
        walk(clauses, outer, lexicon, spent, held, fuel - 1)
    } else {
        speaker(clauses, outer, lexicon, held, fuel - 1);
        Some((true, 3))
    }
}

fn weaken(value: Value, strength: u8) -> Value {
    value.map(|(yes, own)| (yes, own.min(strength)))
}

/// Whether a word of this class speaks of that inner predicate.
fn embeds(governing: &Predicate, inner: &Predicate, class: Class) -> bool {
    let Some(link) = inner.governor.as_ref().map(|governor| &governor.link) else { return false };
    let content = governing
        .arguments
        .iter()
        .any(|argument| argument.role == Role::Complement && argument.head != inner.head);
    match link {
        Link::Complement => inner.kind != Kind::Noun || !content,
        Link::NounComplement => true,
        // "the delivery stopped", "it is unclear that"; but a noun that says or does something is no content.
        Link::Subjectival => {
            inner.kind != Kind::Noun
                || matches!(
                    class,
                    Class::Begin
                        | Class::Continue
                        | Class::Stop
                        | Class::Fail
                        | Class::Unclear
                        | Class::Consider
                        | Class::Doubt
                        | Class::Plan
                        | Class::Manage
                        | Class::Condition
                )
        }
        // "drohte mit Lieferungen", "spoke of deliveries": only what has no other content.
        Link::Oblique(word) => {
            let object = governing
                .arguments
                .iter()
                .any(|argument| argument.role == Role::Object && argument.through.is_none());
            let persons = matches!(
                class,
                Class::Accuse | Class::Suspect | Class::Prevent | Class::Wish | Class::Threaten
            );
            let timing = [
                "nach",
                "vor",
                "after",
                "before",
                "after",
                "in",
                "am",
                "bei",
                "while",
                "après",
                "avant",
                "после",
                "до",
                "en",
                "w",
                "po",
            ];
            !content && (!object || persons) && !timing.contains(&word.as_str())
        }
        _ => false,
    }
}

fn speaks(class: Class) -> bool {
    use Class::{Accuse, Belief, Confirm, Deny, Doubt, Know, Report, Suspect, Threaten};
    matches!(class, Report | Confirm | Deny | Belief | Suspect | Accuse | Doubt | Know | Threaten)
}

/// Who speaks: the subject of the verb, the owner of the noun ("Angaben Kiews").
fn teller(speaking: &Predicate, content: &Predicate) -> Option<Argument> {
    let roles = |role: &Role| match speaking.kind {
        Kind::Noun => {
            matches!(role, Role::Subject | Role::Possessor | Role::Genitive | Role::Adjective)
                || matches!(role, Role::Marked(word, _) if matches!(word.as_str(), "von" | "by" | "from" | "de" | "di" | "of" | "aus"))
        }
        _ => *role == Role::Subject,
    };
    speaking
        .arguments
        .iter()
        .find(|argument| roles(&argument.role) && argument.head != content.head && argument.through.is_none())
        .cloned()
}

/// The speaker around a predicate that is itself asserted: relative clauses and further main clauses keep it.
fn speaker(clauses: &Clauses, from: usize, lexicon: &Lexicon, held: &mut Held, fuel: usize) {
    let Some(predicate) = clauses.predicates.get(from).filter(|_| fuel > 0) else { return };
    if let Some(source) = &predicate.source {
        held.source.get_or_insert_with(|| source.clone());
        held.reported = true;
    }
    let Some(governor) = &predicate.governor else { return };
    let Some(outer) = clauses.predicates.get(governor.predicate) else { return };
    let class = lexicon.class(&outer.lemma, outer.kind == Kind::Noun).map(|(class, _)| class);
    if let Some(class) = class.filter(|class| speaks(*class) && embeds(outer, predicate, *class)) {
        held.reported = true;
        let told = teller(outer, predicate).filter(|_| !matches!(class, Class::Deny | Class::Doubt));
        held.source = held.source.take().or(told);
    }
    speaker(clauses, governor.predicate, lexicon, held, fuel - 1);
}
