//! What a word of saying governs: clauses, nouns, what was said before.

use crate::lexicon::Words;
use crate::model::{Certainty, Manner};
use crate::quoted::main;
use crate::sayings::{Content, Saying, clause, cue_of, is_speech, speech, takes_place};
use crate::scene::Scene;
use crate::source::{Open, of_predicate};
use crate::weigh::{alone, by_class, of_claim, told};
use lagebild_entities::EntityId;
use lagebild_grammar::Upos;
use lagebild_predicates::{Argument, Class, Form, Kind, Link, Predicate, Role, Voice, class_of, embeds};
use std::collections::BTreeSet;

/// Clauses that complete a word of saying: "said that", "denied supplying", "the claim that".
pub(crate) fn clauses(scene: &Scene) -> Vec<Saying> {
    let mut found = Vec::new();
    for (inner, content) in scene.clauses.predicates.iter().enumerate() {
        // "Ship hit by drone, UKMTO says": a headline needs no verb.
        if !Scene::is_clause(content) && scene.rel(content.head) != "ccomp" {
            continue;
        }
        let Some((outer, class)) = saying_of(scene, inner, content) else { continue };
        let Some(cue) = scene.predicate(outer) else { continue };
        if !takes_place(scene, outer, class) || scene.is_spoken(cue.head) {
            continue;
        }
        if passes_on(scene, inner, content) || apart(scene, cue, content) {
            continue;
        }
        // A second verb of a row belongs to the first, unless it is told apart there.
        if scene.rel(content.head) == "conj" && row_mate(scene, content, outer) {
            continue;
        }
        let raised = cue.voice == Voice::Passive && content.form == Form::Infinitive;
        let all = if raised {
            // "are said to be waiting": said is the whole.
            vec![(clause(scene, cue.head, &[]), inner)]
        } else {
            parts(scene, inner, cue)
        };
        for (tokens, at) in all {
            let Some(span) = scene.stretch(tokens) else { continue };
            let relay = relayed(scene, outer, cue, span);
            let mut say = |outer: usize, cue: &Predicate, class: Class, certainty: Certainty| {
                let mut who = of_predicate(scene, outer, Some(span));
                who.channel = who
                    .channel
                    .or(relay)
                    .filter(|id| Some(*id) != who.speaker && !matches!(who.open, Open::Pronoun(_)));
                found.push(Saying {
                    content: Content::Here(span),
                    cue: cue_of(cue),
                    lemma: cue.lemma.clone(),
                    class,
                    manner: Manner::Indirect,
                    rule: "clause under the verb",
                    certainty,
                    who,
                });
            };
            let answer = answer(scene, outer);
            if answer.is_none() || is_owned(cue) {
                say(outer, cue, class, told(scene, at, Some(outer)));
            }
            if let Some((index, verb, class)) =
                answer.filter(|(index, _, class)| takes_place(scene, *index, *class))
            {
                let claim = of_claim(class, !verb.negations.is_empty(), told(scene, at, Some(outer)));
                say(index, verb, class, claim);
            }
        }
    }
    merged(scene, found)
}

/// "Rejected allegations that": the verb that answers the claim of a noun.
fn answer<'a>(scene: &Scene<'a>, noun: usize) -> Option<(usize, &'a Predicate, Class)> {
    let noun = scene.predicate(noun).filter(|noun| noun.kind == Kind::Noun)?;
    let index = noun.governor.as_ref()?.predicate;
    let verb = scene.predicate(index).filter(|verb| verb.kind == Kind::Verb)?;
    let object =
        verb.arguments.iter().any(|argument| argument.head == noun.head && argument.role == Role::Object);
    let class = stance(scene, verb)?;
    (object && agent(verb)).then_some((index, verb, class))
}

/// What a verb does with a claim: "rejected" denies it.
pub(crate) fn stance(scene: &Scene, verb: &Predicate) -> Option<Class> {
    match class_of(verb, scene.lexicon)?.0 {
        Class::Refuse => Some(Class::Deny),
        class => matches!(class, Class::Deny | Class::Doubt | Class::Confirm).then_some(class),
    }
}

/// Somebody is named whose claim it is.
fn is_owned(noun: &Predicate) -> bool {
    let owner =
        |role: &Role| matches!(role, Role::Subject | Role::Possessor | Role::Genitive | Role::Marked(..));
    noun.arguments
        .iter()
        .any(|argument| owner(&argument.role) && argument.through.is_none() && !argument.shared)
}

/// "Man habe, sagte er, die Spur verloren": two pieces around their verb are one.
fn merged(scene: &Scene, found: Vec<Saying>) -> Vec<Saying> {
    let mut all: Vec<Saying> = Vec::new();
    for one in found {
        let around = |other: &Saying| {
            let (Content::Here(first), Content::Here(second)) = (other.content, one.content) else {
                return None;
            };
            let cue = scene.span(one.cue.iter().copied())?;
            let split = first.end() <= cue.start() && cue.end() <= second.start() && other.cue == one.cue;
            split.then(|| first.cover(second))
        };
        match all.last_mut().and_then(|last| Some((around(last)?, last))) {
            Some((whole, last)) => {
                last.content = Content::Here(whole);
                if last.certainty == Certainty::CertainPlus {
                    last.certainty = one.certainty;
                }
            }
            None => all.push(one),
        }
    }
    all
}

/// The one who passes on what another says: "the panel notes that a state assessed that …".
fn relayed(scene: &Scene, index: usize, cue: &Predicate, content: lagebild_span::Span) -> Option<EntityId> {
    let (outer, _) = saying_of(scene, index, cue)?;
    passes_on(scene, index, cue).then(|| of_predicate(scene, outer, Some(content)).speaker).flatten()
}

/// "Notes that a state assessed that …", "said they thought that": what counts is what is said inside.
fn passes_on(scene: &Scene, inner: usize, content: &Predicate) -> bool {
    let Some(class) = speech(scene, content).filter(|_| content.kind == Kind::Verb) else { return false };
    let told = matches!(
        class,
        Class::Report | Class::Belief | Class::Suspect | Class::Accuse | Class::Deny | Class::Confirm
    );
    let governed = scene.clauses.predicates.iter().enumerate().find(|(at, one)| {
        let here = one.governor.as_ref().is_some_and(|governor| governor.predicate == inner);
        here && Scene::is_clause(one) && saying_of(scene, *at, one).is_some()
    });
    governed.is_some_and(|(_, one)| told && one.form == Form::Finite && takes_place(scene, inner, class))
}

/// A semicolon parts what the verb says from what follows.
fn apart(scene: &Scene, cue: &Predicate, content: &Predicate) -> bool {
    cue.head < content.head && (cue.head..content.head).any(|at| scene.form(at) == ";")
}

/// The word of saying that governs a clause, with its class.
fn saying_of(scene: &Scene, inner: usize, content: &Predicate) -> Option<(usize, Class)> {
    let governor = content.governor.as_ref()?;
    let outer = governor.predicate;
    if let Some((class, _)) = embeds(scene.clauses, outer, inner, scene.lexicon) {
        let governing = scene.predicate(outer)?;
        let fits = match class {
            Class::Know => content.form == Form::Finite && governor.link == Link::Complement,
            // "evidence presented at trial" is no clause that completes the noun; "charged with smuggling" is nobody's claim.
            _ if governing.kind == Kind::Noun && content.form == Form::Participle => {
                is_marked(scene, content)
            }
            Class::Accuse if governing.voice == Voice::Passive => agent(governing),
            _ if governing.kind == Kind::Adjective => governor.link == Link::Complement && agent(governing),
            // "is clear that": nobody says so.
            _ if governor.link == Link::Subjectival => governing.voice == Voice::Passive,
            _ => true,
        };
        // "Das Gericht entschied, dass …", not "entschied, zu liefern".
        let decides = matches!(class, Class::Plan | Class::Agree)
            && content.form == Form::Finite
            && governing.kind == Kind::Verb;
        let says = is_speech(scene, &governing.lemma, class)
            || decides && governor.link == Link::Complement && named(scene, governing);
        return (fits && says).then_some((outer, class));
    }
    // Whatever somebody does with a whole clause ("wiederholte, dass", "напомнил, что") is an act of saying.
    let near = scene.predicate(outer)?;
    if governor.link == Link::Complement && near.kind == Kind::Verb && class_of(near, scene.lexicon).is_none()
    {
        let asks = content.question || near.voice == Voice::Passive;
        let marked = is_marked(scene, content);
        let placed = marked || content.head < near.head;
        let whole = content.form == Form::Finite || marked && content.form != Form::Infinitive;
        let says = whole && !asks && placed && !scene.listed(near.head, &scene.words.silent);
        let subject =
            || near.of(&Role::Subject).any(|argument| scene.is(argument.head, &[Upos::Noun, Upos::Propn]));
        let who = named(scene, near) || subject();
        return (says && who).then_some((outer, Class::Report));
    }
    // "Vorwürfe, wonach …": the clause tells what they say.
    if governor.link == Link::Relative && near.kind == Kind::Noun {
        let whereby = scene.below(content.head, &[]).iter().any(|at| scene.listed(*at, &scene.words.whereby));
        return speech(scene, near).filter(|_| whereby).map(|class| (outer, class));
    }
    // "kommt zu dem Schluss, dass": verb and noun together say so.
    let marked = is_marked(scene, content);
    if governor.link == Link::NounComplement
        && near.kind == Kind::Noun
        && class_of(near, scene.lexicon).is_none()
        && marked
        && content.form == Form::Finite
    {
        let verb = near.governor.as_ref()?.predicate;
        let over = scene.predicate(verb).filter(|over| over.kind == Kind::Verb && named(scene, over))?;
        let class = class_of(over, scene.lexicon).map_or(Class::Report, |(class, _)| class);
        return is_speech(scene, &over.lemma, class).then_some((verb, class));
    }
    // "claims by the governor that …": the tree hangs the clause on the nearest noun.
    if governor.link != Link::NounComplement || near.kind != Kind::Noun {
        return None;
    }
    let far = near.governor.as_ref()?;
    let noun = scene.predicate(far.predicate).filter(|noun| noun.kind == Kind::Noun)?;
    let class = speech(scene, noun)?;
    (far.link == Link::NounComplement).then_some((far.predicate, class))
}

/// A conjunction opens it.
fn is_marked(scene: &Scene, content: &Predicate) -> bool {
    scene.children(content.head).iter().any(|at| scene.rel(*at) == "mark" && scene.is(*at, &[Upos::Sconj]))
}

/// Somebody is named as the one who does it.
fn agent(predicate: &Predicate) -> bool {
    predicate.of(&Role::Subject).any(|argument| argument.through.is_none())
}

/// True where the clause stands in a row with one that the same word governs.
fn row_mate(scene: &Scene, content: &Predicate, outer: usize) -> bool {
    let first = scene.head(content.head).and_then(|head| scene.clauses.headed(head));
    let first = first.and_then(|first| scene.predicate(first));
    first.is_some_and(|first| first.governor.as_ref().is_some_and(|governor| governor.predicate == outer))
}

/// A clause and those in a row with it that say something of their own: with a conjunction, or in another degree of certainty.
fn parts(scene: &Scene, inner: usize, cue: &Predicate) -> Vec<(BTreeSet<usize>, usize)> {
    let Some(first) = scene.predicate(inner) else { return Vec::new() };
    let own = alone(scene, inner);
    let mut apart: Vec<usize> = Vec::new();
    let mut other = Vec::new();
    for at in scene.children(first.head).iter().copied().filter(|at| scene.rel(*at) == "conj") {
        let Some((index, next)) =
            scene.clauses.headed(at).and_then(|index| Some((index, scene.predicate(index)?)))
        else {
            continue;
        };
        if !Scene::is_clause(next) {
            continue;
        }
        let marked = |head: usize| {
            scene.children(head).iter().any(|at| scene.rel(*at) == "mark" && scene.is(*at, &[Upos::Sconj]))
        };
        if tells(scene, index, first) {
            other.push(next.head);
        } else if marked(at) && marked(first.head) || alone(scene, index) != own && next.form == Form::Finite
        {
            apart.push(index);
        }
    }
    let heads = apart.iter().filter_map(|index| scene.predicate(*index)).map(|one| one.head);
    let skip: Vec<usize> = heads.chain(other).chain([cue.head]).collect();
    let mut tokens = clause(scene, first.head, &skip);
    let mut inner = inner;
    // "Aus Wien kommt Widerspruch: …, erklärte X": what stands before the colon is not said by X.
    let colon = tokens
        .iter()
        .copied()
        .filter(|at| *at < cue.head && scene.form(*at) == ":" && scene.quote(*at).is_none());
    if let Some(colon) = colon.max().filter(|colon| cue.head > first.head && *colon + 2 < cue.head) {
        let behind = |at: &usize| *at > colon && *at < cue.head;
        if let Some(main) =
            scene.span(tokens.iter().copied().filter(behind)).and_then(|span| main(scene, span))
        {
            tokens.retain(behind);
            inner = main;
        }
    }
    let mut more = Vec::new();
    // What follows a cue in the middle belongs to the frame: "…, a annoncé le ministère, confirmant une information".
    if cue.head > first.head && scene.above(cue.head).contains(&first.head) {
        let rows: Vec<usize> =
            scene.children(first.head).iter().copied().filter(|at| scene.rel(*at) == "conj").collect();
        let kept: BTreeSet<usize> = rows.into_iter().flat_map(|at| scene.below(at, &skip)).collect();
        let colon = tokens.iter().copied().find(|at| *at > cue.head && scene.form(*at) == ":");
        let behind: BTreeSet<usize> =
            tokens.iter().copied().filter(|at| colon.is_some_and(|colon| *at > colon)).collect();
        tokens.retain(|at| (*at < cue.head || kept.contains(at)) && !behind.contains(at));
        if let Some(span) = scene.span(behind.iter().copied()) {
            let main = main(scene, span);
            more.extend(main.map(|main| (behind, main)));
        }
    }
    let mut all = vec![(tokens, inner)];
    all.extend(more);
    for index in apart {
        let Some(next) = scene.predicate(index) else { continue };
        all.push((clause(scene, next.head, &[cue.head]), index));
    }
    all
}

/// True for a further verb of saying that the tree hangs on what was said: "said he would come, and added that".
fn tells(scene: &Scene, index: usize, first: &Predicate) -> bool {
    let Some(next) = scene.predicate(index) else { return false };
    let said = speech(scene, next).is_some() && speech(scene, first).is_none();
    let content = next.arguments.iter().any(|argument| argument.role == Role::Complement);
    said && content && next.form == Form::Finite && next.mood.as_deref() != Some("Sub")
}

/// Nouns that a word of saying takes: "announced the deployment", "denied a loan", "spoke of deliveries".
pub(crate) fn objects(scene: &Scene) -> Vec<Saying> {
    let mut found = Vec::new();
    for (outer, cue) in scene.clauses.predicates.iter().enumerate() {
        let Some(class) = speech(scene, cue) else { continue };
        let person = cue.kind == Kind::Verb && cue.voice == Voice::Active && cue.form == Form::Finite;
        let completed = cue.arguments.iter().any(|argument| argument.role == Role::Complement);
        let quoted = scene.is_spoken(cue.head);
        let back = cue.arguments.iter().any(|argument| {
            scene.listed(argument.head, &scene.words.back)
                && scene.is(argument.head, &[Upos::Pron, Upos::Det])
        });
        if back || !person || completed || quoted || !takes_place(scene, outer, class) || !named(scene, cue) {
            continue;
        }
        for argument in cue.arguments.iter().filter(|argument| argument.through.is_none() && !argument.shared)
        {
            let Some(saying) = object(scene, outer, cue, argument, class) else { continue };
            found.push(saying);
            break;
        }
    }
    found
}

/// Somebody in particular is the subject.
fn named(scene: &Scene, cue: &Predicate) -> bool {
    let mut subjects = cue.of(&Role::Subject).filter(|argument| argument.through.is_none());
    subjects.any(|argument| {
        let head = argument.head;
        let noun = || {
            let (word, form) = (scene.lemma(head), scene.form(head));
            let speaks =
                |word: &str| Words::ends(&scene.words.spokespeople, word) || scene.words.is_party(word);
            scene.named(head).is_some() || argument.alias.is_some() || speaks(&word) || speaks(&form)
        };
        scene.is(head, &[Upos::Propn, Upos::Pron, Upos::X]) || noun()
    })
}

fn object(scene: &Scene, outer: usize, cue: &Predicate, argument: &Argument, class: Class) -> Option<Saying> {
    if !scene.is(argument.head, &[Upos::Noun, Upos::Propn])
        || matches!(class, Class::Know | Class::Report) && argument.role == Role::Object
    {
        return None;
    }
    let inner = scene.clauses.headed(argument.head);
    let places = class_of(cue, scene.lexicon).map(|(_, entry)| entry.of.clone()).unwrap_or_default();
    if argument.role == Role::Object && Words::holds(&scene.words.other_objects, &cue.lemma) {
        return None;
    }
    let there = if places.is_empty() {
        argument.role == Role::Object
    } else {
        places.iter().any(|place| argument.role.fits(place))
    };
    let class = match inner.and_then(|inner| embeds(scene.clauses, outer, inner, scene.lexicon)) {
        Some((class, _)) if is_speech(scene, &cue.lemma, class) => class,
        None if there => class,
        _ => return None,
    };
    let addressed = scene.named(argument.head).is_some();
    let noun = inner.and_then(|inner| scene.predicate(inner));
    if addressed || noun.is_some_and(|noun| claims(scene, noun)) {
        return None;
    }
    let mut tokens = scene.below(argument.head, &[cue.head]);
    for at in argument
        .how
        .iter()
        .chain(tokens.clone().iter().filter(|at| scene.rel(**at) == "case" && **at < argument.head))
    {
        let edge = tokens.first() == Some(at);
        if edge {
            tokens.remove(at);
        }
    }
    let span = scene.stretch(tokens)?;
    let certainty = match inner {
        Some(inner) if embeds(scene.clauses, outer, inner, scene.lexicon).is_some() => {
            told(scene, inner, Some(outer))
        }
        _ => by_class(class, !cue.negations.is_empty()),
    };
    Some(Saying {
        content: Content::Here(span),
        cue: cue_of(cue),
        lemma: cue.lemma.clone(),
        class,
        manner: Manner::Reported,
        rule: "object of the verb",
        certainty,
        who: of_predicate(scene, outer, Some(span)),
    })
}

/// A noun that stands for something said ("report", "allegation").
pub(crate) fn claims(scene: &Scene, noun: &Predicate) -> bool {
    let class = class_of(noun, scene.lexicon).map(|(class, _)| class);
    matches!(
        class,
        Some(
            Class::Report
                | Class::Accuse
                | Class::Suspect
                | Class::Confirm
                | Class::Deny
                | Class::Belief
                | Class::Know
        )
    )
}
