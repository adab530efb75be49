//! Who is meant by a pronoun, or by nothing at all.

use crate::attribute::Last;
use crate::scene::Scene;
use crate::source::{Open, Who, of_argument};
use lagebild_entities::{EntityId, EntityKind, Gender};
use lagebild_predicates::Role;

/// What stood before.
pub(crate) struct Before<'b, 'a> {
    /// The sentence before.
    pub(crate) sentence: Option<&'b Scene<'a>>,
    /// Who spoke last.
    pub(crate) last: Option<&'b Last>,
}

/// The same with what the sentence leaves open filled from what stood before, where that is clear.
pub(crate) fn resolved(scene: &Scene, before: &Before, who: Who) -> Who {
    match who.open {
        Open::Settled => who,
        Open::Pronoun(at) => pronoun(scene, before, who, at),
        Open::Missing => {
            let spoke = before.last.filter(|last| near(scene, before, last)).map(|last| last.who);
            let found = spoke.or_else(|| before.sentence.and_then(subject));
            found.map_or(who, |found| Who {
                speaker: found.speaker,
                words: if found.speaker.is_none() { found.words } else { None },
                ..who
            })
        }
    }
}

/// True where the last one to speak did so in this sentence or the one before.
fn near(scene: &Scene, before: &Before, last: &Last) -> bool {
    let start = before.sentence.map_or(scene.sentence.span.start(), |one| one.sentence.span.start());
    last.sentence.start() >= start
}

/// The subject of a sentence's main verb.
pub(crate) fn subject(scene: &Scene) -> Option<Who> {
    let root = scene.predicate(scene.root()?)?;
    let mut subjects = root.of(&Role::Subject).filter(|argument| argument.through.is_none());
    let who = of_argument(scene, subjects.next()?);
    (who.open == Open::Settled).then_some(who)
}

fn pronoun(scene: &Scene, before: &Before, who: Who, at: usize) -> Who {
    let token = scene.token(at);
    if token.and_then(|token| token.feat("Person")).is_some_and(|person| person != "3") {
        return who;
    }
    let fits = |id: &EntityId| agrees(scene, at, *id);
    // A mention that the names stage has already tied to somebody.
    let tied = token.and_then(|token| {
        let mut here = scene.entities.within(token.span);
        here.find(|mention| mention.form == lagebild_entities::Form::Pronoun).map(|mention| mention.entity)
    });
    let here = earlier(scene, at);
    let spoke = before.last.filter(|last| near(scene, before, last)).and_then(|last| last.who.speaker);
    let subject = before.sentence.and_then(subject).and_then(|who| who.speaker);
    let other = before.last.and_then(|last| last.who.speaker);
    let candidates = [here, spoke, subject, tied, other];
    let found = candidates.into_iter().flatten().find(fits);
    Who { speaker: found, ..who }
}

/// The subject of an earlier verb of the same sentence.
fn earlier(scene: &Scene, at: usize) -> Option<EntityId> {
    let verbs = scene.clauses.predicates.iter().filter(|one| one.head < at);
    let subjects = verbs.flat_map(|one| one.of(&Role::Subject)).filter(|argument| argument.head < at);
    let named: Vec<EntityId> = subjects.filter_map(|argument| of_argument(scene, argument).speaker).collect();
    let first = named.first().copied()?;
    named.iter().all(|id| *id == first).then_some(first)
}

/// Gender and kind: "she" is a woman, "it" no person.
fn agrees(scene: &Scene, at: usize, id: EntityId) -> bool {
    let (Some(token), Some(entity)) = (scene.token(at), scene.entities.get(id)) else { return false };
    let plural = token.feat("Number") == Some("Plur");
    let person = entity.kind == EntityKind::Person;
    if plural {
        return !person;
    }
    match (token.feat("Gender"), entity.gender) {
        (Some("Masc"), Some(Gender::Female)) | (Some("Fem"), Some(Gender::Male)) => false,
        (Some("Neut"), _) => !person,
        // Without gender of nouns "he" and "she" are persons.
        (Some(_), _) if matches!(scene.lexicon.code.as_str(), "en") => person,
        _ => true,
    }
}
