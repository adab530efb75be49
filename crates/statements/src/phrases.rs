//! Sources beside a clause: "laut X", "wie X schrieb", "reportedly".

use crate::model::Manner;
use crate::sayings::{Content, Saying, clause, cue_of, is_manner, speech};
use crate::scene::Scene;
use crate::source::{Open, Who, of_argument, of_predicate};
use crate::weigh::{alone, told};
use lagebild_grammar::Upos;
use lagebild_predicates::{Argument, Class, Link, Predicate, Role, class_of};
use std::collections::BTreeSet;

/// "Wie X schrieb, …", "…, as X reported".
pub(crate) fn manner(scene: &Scene) -> Vec<Saying> {
    let mut found = Vec::new();
    for (index, cue) in scene.clauses.predicates.iter().enumerate() {
        let manner = is_manner(scene, cue.head) && !scene.is_spoken(cue.head);
        let Some(class) = speech(scene, cue).filter(|_| manner) else {
            continue;
        };
        let Some(main) = around(scene, cue.head) else { continue };
        let Some(tokens) = rest(scene, main, &[cue.head]) else { continue };
        let Some(span) = scene.stretch(tokens) else { continue };
        let mut who = of_predicate(scene, index, Some(span));
        // "As the Times learned": it passes on what somebody told it.
        if class == Class::Know && who.speaker.is_some_and(|id| scene.is_media(id)) {
            who = Who { channel: who.speaker, speaker: None, words: None, ..who };
        }
        found.push(Saying {
            content: Content::Here(span),
            cue: cue_of(cue),
            lemma: cue.lemma.clone(),
            class,
            manner: Manner::Reported,
            rule: "clause of manner",
            certainty: alone(scene, main),
            who,
        });
    }
    found
}

/// The clause in which a clause stands.
fn around(scene: &Scene, at: usize) -> Option<usize> {
    let clauses = scene.above(at).into_iter().filter_map(|up| scene.clauses.headed(up));
    clauses.into_iter().find(|index| scene.predicate(*index).is_some_and(Scene::is_clause))
}

/// The words of a clause without its source.
fn rest(scene: &Scene, main: usize, skip: &[usize]) -> Option<BTreeSet<usize>> {
    let head = scene.predicate(main)?.head;
    Some(clause(scene, head, skip))
}

/// "Laut X …", "…, according to X", "nach eigenen Angaben".
pub(crate) fn sources(scene: &Scene) -> Vec<Saying> {
    let mut found = Vec::new();
    for (index, main) in scene.clauses.predicates.iter().enumerate() {
        let Some(source) = main.source.clone().or_else(|| told_in(scene, main)) else { continue };
        let source = &source;
        // "According to manifests obtained by the Panel, …": the clause is not the one within the source.
        let within = scene.below(source.head, &[]).contains(&main.head);
        let index = if within { around(scene, source.head).unwrap_or(index) } else { index };
        let Some(main) = scene.predicate(index) else { continue };
        let cites = speech(scene, main).is_some()
            && (main.arguments.iter().any(|argument| argument.role == Role::Complement)
                || completes(scene, index));
        // "Wie Tass unter Berufung auf das Ministerium berichtet": the clause that it stands in says so ([`manner`]).
        let passes_on = is_manner(scene, main.head) && speech(scene, main).is_some();
        if cites || passes_on || scene.is_spoken(source.head) {
            continue;
        }
        let phrase = phrase(scene, source);
        let top =
            phrase.iter().copied().find(|at| scene.head(*at).is_none_or(|head| !phrase.contains(&head)));
        let Some(tokens) = rest(scene, index, &top.into_iter().collect::<Vec<_>>()) else { continue };
        let tokens: BTreeSet<usize> = tokens.into_iter().filter(|at| !phrase.contains(at)).collect();
        let Some(span) = scene.stretch(tokens) else { continue };
        let (class, who) = of_source(scene, main, source);
        found.push(Saying {
            content: Content::Here(span),
            cue: source.how.clone(),
            lemma: String::new(),
            class,
            manner: Manner::Reported,
            rule: "source beside the clause",
            certainty: told(scene, index, main.governor.as_ref().map(|governor| governor.predicate)),
            who,
        });
    }
    found
}

/// "За твердженням Форін-офісу", "nach Zählung der Behörde": a noun of saying with a preposition that makes it a source.
fn told_in(scene: &Scene, main: &Predicate) -> Option<Argument> {
    let speaks = |argument: &&Argument| {
        let placed = matches!(&argument.role, Role::Marked(word, _) if scene.words.by.contains(word));
        let noun = scene.clauses.headed(argument.head).and_then(|index| scene.predicate(index));
        let class = noun.and_then(|noun| class_of(noun, scene.lexicon)).map(|(class, _)| class);
        let said = matches!(class, Some(Class::Report | Class::Belief | Class::Suspect | Class::Know));
        placed && said && argument.through.is_none() && !argument.shared
    };
    let noun = main.arguments.iter().find(speaks)?;
    let preposition = scene.children(noun.head).iter().copied().filter(|at| scene.rel(*at) == "case");
    let how: Vec<usize> = preposition.chain([noun.head]).collect();
    let inner = scene.clauses.headed(noun.head).and_then(|index| scene.predicate(index))?;
    let owner =
        inner.arguments.iter().find(|argument| matches!(argument.role, Role::Genitive | Role::Possessor));
    let mut found = owner.cloned().unwrap_or_else(|| noun.clone());
    found.how = how;
    Some(found)
}

fn completes(scene: &Scene, outer: usize) -> bool {
    let governed =
        |one: &Predicate| one.governor.as_ref().is_some_and(|governor| governor.predicate == outer);
    scene.clauses.predicates.iter().any(|one| governed(one) && Scene::is_clause(one))
}

/// The words of a source phrase.
fn phrase(scene: &Scene, source: &Argument) -> BTreeSet<usize> {
    let alias = source.alias.into_iter().flat_map(|alias| scene.below(alias, &[]));
    source.how.iter().chain(&source.tokens).copied().chain(alias).collect()
}

/// Who the source is: somebody, or nobody in particular; "nach eigenen Angaben" is whoever the clause is about.
fn of_source(scene: &Scene, main: &Predicate, source: &Argument) -> (Class, Who) {
    let noun = scene.clauses.headed(source.head).and_then(|index| scene.predicate(index));
    let noun = noun.or_else(|| source.how.iter().find_map(|at| scene.predicate(scene.clauses.headed(*at)?)));
    let class = noun.and_then(|noun| class_of(noun, scene.lexicon)).map_or(Class::Report, |(class, _)| class);
    let phrase = phrase(scene, source);
    if phrase.iter().any(|at| scene.listed(*at, &scene.words.own)) {
        return (class, own(scene, main));
    }
    let mut who = of_argument(scene, source);
    crate::source::spoken_to(scene, source, &mut who);
    // "Nach spanischen Angaben": the adjective names the country.
    if who.speaker.is_none()
        && noun.is_some_and(|noun| noun.head == source.head && class_of(noun, scene.lexicon).is_some())
    {
        let adjective =
            phrase.iter().filter(|at| scene.is(**at, &[Upos::Adj])).find_map(|at| scene.named(*at));
        who.speaker = adjective;
    }
    (class, who)
}

/// The one the clause is about.
fn own(scene: &Scene, main: &Predicate) -> Who {
    let subject =
        main.of(&Role::Subject).chain(main.of(&Role::Object)).find(|argument| argument.through.is_none());
    subject.map_or(Who { open: Open::Missing, ..Who::default() }, |subject| of_argument(scene, subject))
}

/// "Soll geliefert haben", "reportedly", French "aurait livré": somebody says so, nobody in particular.
pub(crate) fn hearsay(scene: &Scene) -> Vec<Saying> {
    let mut found = Vec::new();
    for (index, main) in scene.clauses.predicates.iter().enumerate() {
        let cue = main.adverbs.iter().chain(&main.modals).find(|cue| cue.reported);
        let Some(cue) = cue.filter(|_| Scene::is_clause(main) && !scene.is_spoken(main.head)) else {
            continue;
        };
        let inner = |other: &Predicate| {
            matches!(scene.rel(other.head), "acl" | "amod") && other.form != lagebild_predicates::Form::Finite
        };
        if inner(main) {
            continue;
        }
        let Some(tokens) = rest(scene, index, &[]) else { continue };
        let Some(span) = scene.stretch(tokens) else { continue };
        let mine = cue.tokens.iter().any(|at| scene.listed(*at, &scene.words.own));
        let subjunctive =
            scene.words.subjunctive && cue.tokens.iter().any(|at| scene.has(*at, "Mood", "Sub"));
        if subjunctive {
            continue;
        }
        found.push(Saying {
            content: Content::Here(span),
            cue: cue.tokens.clone(),
            lemma: String::new(),
            class: Class::Report,
            manner: Manner::Reported,
            rule: "hearsay",
            certainty: alone(scene, index),
            who: if mine { own(scene, main) } else { Who::default() },
        });
    }
    found
}

/// A clause in the subjunctive beside a main clause that says nothing: "…, weil eine Weitergabe nicht auszuschließen sei",
/// "rückte das zurecht: Man habe …". Whoever the main clause is about says so.
pub(crate) fn subjunctive(scene: &Scene) -> Vec<Saying> {
    let root = scene.root().and_then(|root| scene.predicate(root));
    let Some(root) = root.filter(|root| scene.words.subjunctive && root.mood.as_deref() != Some("Sub"))
    else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for (index, clause_) in scene.clauses.predicates.iter().enumerate() {
        let present = clause_
            .words
            .iter()
            .any(|at| scene.has(*at, "Mood", "Sub") && crate::continued::is_present(scene, *at));
        let link = clause_.governor.as_ref().map(|governor| &governor.link);
        let beside =
            matches!(link, Some(Link::Adverbial(..) | Link::Relative | Link::Conjunct)) || link.is_none();
        if !present || !beside || clause_.head == root.head || scene.is_spoken(clause_.head) {
            continue;
        }
        let Some(span) = rest(scene, index, &[]).and_then(|tokens| scene.stretch(tokens)) else { continue };
        let who = scene.root().map(|root| of_predicate(scene, root, Some(span))).unwrap_or_default();
        found.push(Saying {
            content: Content::Here(span),
            cue: vec![root.head],
            lemma: root.lemma.clone(),
            class: Class::Report,
            manner: Manner::Indirect,
            rule: "subjunctive beside the clause",
            certainty: alone(scene, index),
            who: Who { open: Open::Settled, ..who },
        });
        break;
    }
    found
}
