//! What one sentence says that somebody says.

use crate::back;
use crate::governed;
use crate::model::{Certainty, Manner};
use crate::phrases;
use crate::quoted;
use crate::scene::Scene;
use crate::source::Who;
use lagebild_grammar::Upos;
use lagebild_predicates::{Class, Cue, Governor, Kind, Link, Marker, Predicate, class_of, embeds};
use lagebild_span::Span;
use std::collections::BTreeSet;

/// Something that somebody says.
#[derive(Clone, Debug)]
pub(crate) struct Saying {
    pub(crate) content: Content,
    /// The words that mark it as said.
    pub(crate) cue: Vec<usize>,
    /// The dictionary form of the cue; empty where it is no verb or noun.
    pub(crate) lemma: String,
    pub(crate) class: Class,
    pub(crate) manner: Manner,
    /// How it was found; used in explanations.
    pub(crate) rule: &'static str,
    pub(crate) certainty: Certainty,
    pub(crate) who: Who,
}

/// What is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Content {
    /// These words.
    Here(Span),
    /// What was said before: "das berichtet X". True where the cue is negated.
    Back(bool),
}

impl Saying {
    fn span(&self) -> Option<Span> {
        match self.content {
            Content::Here(span) => Some(span),
            Content::Back(_) => None,
        }
    }
}

/// Everything that the sentence attributes to somebody, in order of the text. `label`: the sentence opens a line.
pub(crate) fn find(scene: &Scene, label: bool) -> Vec<Saying> {
    let mut found = Vec::new();
    let rules: [fn(&Scene) -> Vec<Saying>; 6] =
        [quoted::find, governed::clauses, phrases::manner, phrases::sources, governed::objects, back::back];
    if label {
        add(&mut found, quoted::label(scene));
    }
    for rule in rules {
        add(&mut found, rule(scene));
    }
    let mut hearsay = phrases::hearsay(scene);
    hearsay.retain(|one| {
        !found
            .iter()
            .any(|other| one.span().zip(other.span()).is_some_and(|(one, other)| one.overlaps(other)))
    });
    add(&mut found, hearsay);
    if label {
        add(&mut found, quoted::tail(scene));
    }
    add(&mut found, phrases::subjunctive(scene));
    let rows: Vec<Saying> = found.iter().flat_map(|one| also(scene, one)).collect();
    found.extend(rows);
    found.sort_by_key(|saying| saying.cue.first().copied());
    found
}

/// The same said by the others in a row of speakers.
fn also(scene: &Scene, one: &Saying) -> Vec<Saying> {
    let cue = one.cue.iter().find_map(|at| {
        let index = scene.clauses.headed(*at)?;
        scene.predicate(index).filter(|predicate| predicate.lemma == one.lemma).map(|_| index)
    });
    let others = cue.map(|index| crate::source::others_of(scene, index)).unwrap_or_default();
    let fresh = others.into_iter().filter(|who| who.speaker != one.who.speaker && one.who.speaker.is_some());
    fresh.map(|who| Saying { who: Who { channel: one.who.channel, ..who }, ..one.clone() }).collect()
}

/// Adds what is new: one cue says a thing once, and two cues say the same thing only where both have a speaker of their own.
fn add(found: &mut Vec<Saying>, more: Vec<Saying>) {
    for one in more {
        let taken = found.iter().any(|other: &Saying| {
            let cue = !one.cue.is_empty() && one.cue.iter().any(|at| other.cue.contains(at));
            let (Some(span), Some(there)) = (one.span(), other.span()) else { return cue };
            let same = shared(span, there) * 2 > span.len().max(there.len());
            let within = shared(span, there) * 2 > span.len().min(there.len());
            cue && within || same && (one.who.words.is_none() || one.who.words == other.who.words)
        });
        if !taken {
            found.push(one);
        }
    }
}

fn shared(one: Span, other: Span) -> usize {
    one.end().min(other.end()).saturating_sub(one.start().max(other.start())) as usize
}

/// The class of a predicate when it is an act of saying, thinking or asking.
pub(crate) fn speech(scene: &Scene, predicate: &Predicate) -> Option<Class> {
    let (class, _) = class_of(predicate, scene.lexicon)?;
    is_speech(scene, &predicate.lemma, class).then_some(class)
}

pub(crate) fn is_speech(scene: &Scene, lemma: &str, class: Class) -> bool {
    use Class::{Accuse, Belief, Confirm, Consider, Deny, Doubt, Know, Offer, Promise, Report, Suspect};
    use Class::{Threaten, Unclear, Wish};
    let silent = crate::lexicon::Words::holds(&scene.words.silent, lemma);
    let announces = crate::lexicon::Words::holds(&scene.words.announce, lemma);
    match class {
        Report | Confirm | Deny | Belief | Suspect | Accuse | Doubt | Know | Promise | Wish | Threaten
        | Offer | Consider | Unclear => !silent,
        _ => announces,
    }
}

/// True where the act itself took place: nobody refused, planned, wished or asked to say it. What is denied, believed or doubted
/// may also be said by a negated verb ("did not rule out", "does not believe").
pub(crate) fn takes_place(scene: &Scene, index: usize, class: Class) -> bool {
    use Class::{
        Accuse, Begin, Belief, Confirm, Consider, Continue, Deny, Doubt, Know, Manage, Report, Suspect,
    };
    let Some(predicate) = scene.predicate(index) else { return false };
    let negated = !predicate.negations.is_empty();
    let to_come = predicate.tense.as_deref() == Some("Fut");
    if predicate.question || to_come || negated && !matches!(class, Deny | Belief | Doubt | Consider) {
        return false;
    }
    let told = |cue: &Cue| {
        let subjunctive =
            cue.tokens.iter().any(|at| scene.has(*at, "Mood", "Sub")) && scene.words.subjunctive;
        cue.certainty.is_none_or(|found| found == lagebild_predicates::Certainty::CtPlus) || subjunctive
    };
    if !predicate.modals.iter().all(told) {
        return false;
    }
    match &predicate.governor {
        Some(Governor { link: Link::Adverbial(_, meaning), .. }) => {
            !matches!(meaning, Some(Marker::Condition | Marker::Unless | Marker::Purpose | Marker::Question))
        }
        Some(governor) => match embeds(scene.clauses, governor.predicate, index, scene.lexicon) {
            Some((class, _)) => {
                let passes = [Report, Confirm, Belief, Suspect, Accuse, Know, Manage, Begin, Continue]
                    .contains(&class);
                // A noun is denied or confirmed with what it says.
                passes || predicate.kind == Kind::Noun
            }
            None => true,
        },
        None => true,
    }
}

/// The words of a verb group without those that only connect.
pub(crate) fn cue_of(predicate: &Predicate) -> Vec<usize> {
    predicate.words.clone()
}

/// "Wie X schrieb": a clause that names the source of the one in which it stands.
pub(crate) fn is_manner(scene: &Scene, at: usize) -> bool {
    let opens =
        |at: &usize| scene.listed(*at, &scene.words.manner) && matches!(scene.rel(*at), "mark" | "advmod");
    let told = scene.clauses.headed(at).and_then(|index| scene.predicate(index));
    let told = told.filter(|told| told.kind == Kind::Verb && speech(scene, told).is_some());
    told.is_some() && scene.children(at).iter().any(opens)
}

/// The words of a clause: all that hangs on its head, without `skip`, without the conjunction that opens it.
pub(crate) fn clause(scene: &Scene, head: usize, skip: &[usize]) -> BTreeSet<usize> {
    let aside = |at: usize| at != head && is_manner(scene, at);
    let skip: Vec<usize> = skip.iter().copied().chain((0..scene.len()).filter(|at| aside(*at))).collect();
    let mut tokens = scene.below(head, &skip);
    while let Some(first) = tokens.first().copied() {
        let opens = scene.is(first, &[Upos::Punct, Upos::Cconj])
            || scene.rel(first) == "mark" && scene.is(first, &[Upos::Sconj, Upos::Adp])
            || scene.rel(first) == "cc";
        if !opens || first == head {
            break;
        }
        tokens.remove(&first);
    }
    tokens
}
