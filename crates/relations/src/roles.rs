//! Nouns that name one side: "X, the owner of Y", "Y's owner X", "X is Y's owner", "Nato-Mitglied X".

use crate::fill::{Candidate, Told, at_places, in_passing, subjects, told};
use crate::lexicon::Role as RoleWord;
use crate::scene::{Scene, Side};
use lagebild_grammar::Upos;
use lagebild_predicates::{Form, Kind, Predicate};

/// The relations that a role noun tells.
pub(crate) fn of_noun(scene: &Scene, at: usize) -> Vec<Candidate> {
    let Some(predicate) = scene.clauses.predicates.get(at).filter(|one| one.kind == Kind::Noun) else {
        return Vec::new();
    };
    let entries = entries(scene, predicate);
    if entries.is_empty() {
        return Vec::new();
    }
    let Some((ones, told)) = denoted(scene, at, predicate) else { return Vec::new() };
    let mut found = Vec::new();
    for (kind, role) in entries {
        for one in &ones {
            for other in others(scene, predicate, role, *one) {
                let sides = if role.is_from { (*one, other) } else { (other, *one) };
                found.push(Candidate::new(scene, predicate, kind, sides, told.clone()));
            }
        }
    }
    found
}

/// What the lexicon says of a noun, with the noun before it first: "chief executive".
fn entries<'a>(scene: &Scene<'a>, predicate: &Predicate) -> Vec<&'a (String, RoleWord)> {
    let before = scene.children(predicate.head).filter(|at| at + 1 == predicate.head);
    let two = before.map(|at| scene.words.roles(&format!("{} {}", scene.written(at), predicate.lemma)));
    let two = two.into_iter().find(|found| !found.is_empty());
    let one = || scene.words.roles(&predicate.lemma);
    let found = two.unwrap_or_else(one);
    if found.is_empty() { scene.words.roles(&scene.written(predicate.head)) } else { found }
}

/// Whom a role noun denotes, and how sure that is.
fn denoted(scene: &Scene, at: usize, predicate: &Predicate) -> Option<(Vec<Side>, Told)> {
    // "X is the owner of Y", also under "denied being".
    if predicate.form != Form::Nominal {
        let found = subjects(scene, predicate);
        return (!found.is_empty()).then(|| (found, told(scene, at)));
    }
    if let Some(named) = beside(scene, predicate.head) {
        return Some((vec![named], in_passing(scene, predicate.head)));
    }
    // "became the owner of Y".
    let governor = predicate.governor.as_ref()?.predicate;
    let verb = scene.clauses.predicates.get(governor)?;
    let token = scene.token(predicate.head)?;
    let said_of = scene.words.copulas.contains(&verb.lemma) && token.head as usize == verb.head;
    let found = subjects(scene, verb);
    (said_of && token.deprel != "nsubj" && !found.is_empty()).then(|| (found, told(scene, governor)))
}

/// Relations of dependency in which a noun and a name stand side by side.
const BESIDE: [&str; 3] = ["appos", "flat", "compound"];

/// The name that stands beside a role noun: as its apposition, as what it is an apposition of, or in one name with it.
pub(crate) fn beside(scene: &Scene, noun: usize) -> Option<Side> {
    let token = scene.token(noun)?;
    let relation = |rel: &str| BESIDE.contains(&rel.split(':').next().unwrap_or_default());
    let name = |at: usize| scene.token(at).is_some_and(|token| token.upos != Upos::Noun);
    let own = scene.named(noun).filter(|side| side.span != token.span);
    let below = || {
        let behind = scene.children(noun).filter(|at| *at > noun);
        let mut beside = behind.filter(|at| scene.token(*at).is_some_and(|token| relation(&token.deprel)));
        beside.find_map(|at| scene.named(at))
    };
    let above = || {
        let head = token.head as usize;
        let beside = token.deprel.starts_with("appos") || name(head);
        let found = (relation(&token.deprel) && beside && head != noun).then(|| scene.named(head)).flatten();
        found.or_else(|| {
            // "the tycoon X, owner of Y": the name beside what it is an apposition of.
            token.deprel.starts_with("appos").then(|| scene.alias(head)).flatten()
        })
    };
    own.or_else(below).or_else(above).or_else(|| twin(scene, noun)).or_else(|| scene.alias(noun))
}

/// "sold its subsidiary Corvane Bank": a name right behind the noun that the tree takes for a second object.
fn twin(scene: &Scene, noun: usize) -> Option<Side> {
    let (token, next) = (scene.token(noun)?, scene.token(noun + 1)?);
    let same = |at: &usize| {
        scene.token(*at).is_some_and(|other| {
            other.upos == Upos::Propn && other.head == token.head && other.deprel == token.deprel
        })
    };
    let name = (noun + 1..scene.sentence.tokens.len()).find(same).and_then(|at| scene.named(at));
    name.filter(|name| name.span.start() == next.span.start())
}

/// The other sides of a role noun, which denotes `one`.
fn others(scene: &Scene, predicate: &Predicate, role: &RoleWord, one: Side) -> Vec<Side> {
    let free = |side: &Side| side.entity != one.entity && !side.span.overlaps(one.span);
    let here = at_places(scene, predicate, &role.other);
    let mut found: Vec<Side> = here.into_iter().filter(free).collect();
    if found.is_empty() && role.other.iter().any(|place| place == "compound") {
        found.extend(scene.named_first(predicate.head).filter(free));
    }
    // "Russia's ally Belarus": the tree may hang the owner on the name behind the noun.
    let token = scene.token(predicate.head);
    let name = token.filter(|token| matches!(token.deprel.as_str(), "compound" | "flat" | "nmod"));
    let name = name.map(|token| token.head as usize).filter(|at| *at > predicate.head);
    if let Some(name) = name.filter(|_| found.is_empty()) {
        let before = scene.children(name).filter(|at| *at < predicate.head);
        let owner = before.filter(|at| {
            let relation = scene.token(*at).map_or("", |token| token.deprel.as_str());
            let place = match relation.split(':').next() {
                Some("nmod") => "possessor",
                Some("amod") => "adjective",
                _ => "compound",
            };
            role.other.iter().any(|one| one == place)
        });
        found.extend(owner.filter_map(|at| scene.named(at)).find(free));
    }
    if found.is_empty() && role.other.iter().any(|place| matches!(place.as_str(), "possessor" | "gen")) {
        found.extend(meant(scene, predicate).filter(free));
    }
    found
}

/// Whom a possessive pronoun at a noun means: "X and its rival Y", "X sold its subsidiary Y". Whoever else is the subject, or several,
/// leave it open.
fn meant(scene: &Scene, predicate: &Predicate) -> Option<Side> {
    let (at, can_be) =
        scene.children(predicate.head).find_map(|at| Some((at, scene.words.own.get(&scene.written(at))?)))?;
    let before = scene.token(at)?.span.start();
    let fits = |side: &Side| {
        let kind = scene.entities.get(side.entity).map(|entity| format!("{:?}", entity.kind).to_lowercase());
        side.span.end() <= before && (can_be.is_empty() || kind.is_some_and(|kind| can_be.contains(&kind)))
    };
    let token = scene.token(predicate.head)?;
    if token.deprel.starts_with("conj") {
        return scene.named(token.head as usize).filter(fits);
    }
    let mut governor = predicate.governor.as_ref().map(|governor| governor.predicate);
    // Clauses lie in one another a few deep; a tree that is broken must not lead in a circle.
    for _ in 0..scene.clauses.predicates.len() {
        let verb = scene.clauses.predicates.get(governor?)?;
        let all: Vec<Side> =
            subjects(scene, verb).into_iter().filter(|side| side.span.end() <= before).collect();
        match all.as_slice() {
            [] => governor = verb.governor.as_ref().map(|governor| governor.predicate),
            [only] => return Some(*only).filter(fits),
            _ => return None,
        }
    }
    None
}
