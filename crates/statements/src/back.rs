//! What points back: "das berichtet X", "denied the report", "nannte das falsch".

use crate::governed::{claims, stance};
use crate::lexicon::Words;
use crate::model::{Certainty, Manner};
use crate::sayings::{Content, Saying, clause, cue_of, speech, takes_place};
use crate::scene::Scene;
use crate::source::of_predicate;
use crate::weigh::{alone, of_claim};
use lagebild_grammar::Upos;
use lagebild_predicates::Class::{Accuse, Belief, Confirm, Deny, Doubt, Report};
use lagebild_predicates::{Class, Form, Kind, Predicate, Role};
use lagebild_span::Span;

/// "Das berichtet X", "Moscow denied this", "nannte den Bericht falsch": what was said before is confirmed or denied.
pub(crate) fn back(scene: &Scene) -> Vec<Saying> {
    let mut found = Vec::new();
    for (outer, cue) in scene.clauses.predicates.iter().enumerate() {
        if cue.kind != Kind::Verb || cue.form != Form::Finite || scene.is_spoken(cue.head) {
            continue;
        }
        let calls = Words::holds(&scene.lexicon.factuality.calling.verbs, &cue.lemma);
        let so = scene
            .children(cue.head)
            .iter()
            .any(|at| scene.listed(*at, &scene.words.back) && scene.is(*at, &[Upos::Adv]));
        let states = so && Words::holds(&scene.words.states, &cue.lemma);
        let class = if calls {
            judged(scene, cue)
        } else if states {
            Some(Class::Report)
        } else {
            speech(scene, cue).or_else(|| stance(scene, cue).filter(|_| answers(scene, cue)))
        };
        let Some(class) =
            class.filter(|class| matches!(class, Report | Confirm | Deny | Doubt | Belief | Accuse))
        else {
            continue;
        };
        let negated = !cue.negations.is_empty();
        let says =
            takes_place(scene, outer, class) && !(negated && matches!(class, Report | Confirm | Accuse));
        let completed = cue.arguments.iter().any(|argument| argument.role == Role::Complement);
        if calls
            && says
            && let Some(saying) = judged_clause(scene, outer, cue, class)
        {
            found.push(saying);
            continue;
        }
        let about = scene.children(cue.head).iter().any(|at| scene.listed(*at, &scene.words.about));
        let pointed = states || about || points(scene, cue, class) || calls && beside(scene, cue);
        if !says || completed && !calls || !pointed {
            continue;
        }
        let here = before(scene, cue);
        let (content, certainty) = match here {
            Some((span, index)) => (Content::Here(span), of_claim(class, negated, alone(scene, index))),
            None => (Content::Back(negated), Certainty::CertainPlus),
        };
        found.push(Saying {
            content,
            cue: cue_of(cue),
            lemma: cue.lemma.clone(),
            class,
            manner: Manner::Reported,
            rule: "points back to what was said",
            certainty,
            who: of_predicate(scene, outer, here.map(|(span, _)| span)),
        });
    }
    found
}

/// "Die Miliz bekommt Drohnen; das bestreitet der Iran": what is pointed at stands before, in the same sentence.
fn before(scene: &Scene, cue: &Predicate) -> Option<(Span, usize)> {
    let head = scene.head(cue.head).filter(|head| *head < cue.head && scene.rel(cue.head) == "parataxis")?;
    let index = scene.clauses.headed(head)?;
    scene.predicate(index).filter(|told| Scene::is_clause(told))?;
    Some((scene.stretch(clause(scene, head, &[cue.head]))?, index))
}

/// "Dass …, nannte er falsch": the clause that is judged.
fn judged_clause(scene: &Scene, outer: usize, cue: &Predicate, class: Class) -> Option<Saying> {
    let governed =
        |one: &Predicate| one.governor.as_ref().is_some_and(|governor| governor.predicate == outer);
    let clause_ = scene.clauses.predicates.iter().position(|one| {
        let word = scene.listed(one.head, &scene.lexicon.factuality.calling.deny);
        governed(one) && one.form == Form::Finite && Scene::is_clause(one) && !word
    })?;
    let head = scene.predicate(clause_)?.head;
    let span = scene.stretch(clause(scene, head, &[cue.head]))?;
    Some(Saying {
        content: Content::Here(span),
        cue: cue_of(cue),
        lemma: cue.lemma.clone(),
        class,
        manner: Manner::Indirect,
        rule: "clause that is judged",
        certainty: of_claim(class, !cue.negations.is_empty(), alone(scene, clause_)),
        who: of_predicate(scene, outer, Some(span)),
    })
}

/// "called it *false*": what the words say that are said of it.
fn judged(scene: &Scene, cue: &Predicate) -> Option<Class> {
    let near = scene.below(cue.head, &[]).into_iter().filter(|at| *at != cue.head);
    let mut near = near.filter(|at| scene.is(*at, &[Upos::Adj, Upos::Noun, Upos::Adv, Upos::Verb]));
    near.find_map(|at| {
        if scene.listed(at, &scene.lexicon.factuality.calling.deny) {
            return Some(Class::Deny);
        }
        let class = scene.lexicon.class(&scene.lemma(at), scene.is(at, &[Upos::Noun]))?;
        matches!(class, Class::Deny | Class::Doubt).then_some(class)
    })
}

/// "Called the report baseless": a claim right behind the verb, whatever the tree hangs it on.
fn beside(scene: &Scene, cue: &Predicate) -> bool {
    let open = |at: &usize| !scene.is(*at, &[Upos::Det, Upos::Adj, Upos::Adp, Upos::Adv]);
    let next = (cue.head + 1..scene.len()).find(open);
    let noun = next.and_then(|at| scene.clauses.headed(at)).and_then(|index| scene.predicate(index));
    noun.is_some_and(|noun| claims(scene, noun))
}

/// Its object is somebody's claim.
fn answers(scene: &Scene, cue: &Predicate) -> bool {
    cue.of(&Role::Object).any(|argument| {
        let noun = scene.clauses.headed(argument.head).and_then(|index| scene.predicate(index));
        noun.is_some_and(|noun| claims(scene, noun))
    })
}

/// True where the verb's object (or subject) stands for what was said before.
fn points(scene: &Scene, cue: &Predicate, class: Class) -> bool {
    let against = matches!(class, Class::Deny | Class::Doubt | Class::Confirm);
    cue.arguments.iter().filter(|argument| argument.through.is_none() && !argument.shared).any(|argument| {
        let word = scene.listed(argument.head, &scene.words.back)
            && scene.is(argument.head, &[Upos::Pron, Upos::Det]);
        let object =
            cue.of(&Role::Object).any(|other| other.head != argument.head && other.through.is_none());
        let place = match argument.role {
            Role::Object | Role::Dative => true,
            // "Об этом сообщил X".
            Role::Marked(..) => class == Class::Report && word,
            // "Das teilte die Union mit": the other one speaks.
            Role::Subject => object,
            _ => false,
        };
        let noun = || {
            let noun = scene.clauses.headed(argument.head).and_then(|index| scene.predicate(index));
            noun.is_some_and(|noun| claims(scene, noun)) && against && argument.role != Role::Subject
        };
        place && (word || noun())
    })
}
