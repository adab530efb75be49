//! Nouns that name a relation itself: "sanctions against X", "needs the consent of X".

use crate::fill::{Candidate, Told, at_places, subjects, told};
use crate::lexicon::Word;
use crate::scene::{Scene, Side};
use crate::verbs::{pairs, sides};
use lagebild_predicates::{Argument, Kind, Predicate, Role};
use lagebild_statements::Certainty;

/// The relations that such a noun tells: by its own phrases, else with the subject of the verb that it stands under.
pub(crate) fn of_noun(scene: &Scene, at: usize) -> Vec<Candidate> {
    let Some(predicate) = scene.clauses.predicates.get(at).filter(|one| one.kind == Kind::Noun) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for (kind, word) in scene.words.deeds(&predicate.lemma) {
        let own = sides(scene, predicate, word);
        let (filled, told) = if own.is_empty() {
            let Some(carried) = carried(scene, predicate, word) else { continue };
            carried
        } else {
            (own, told(scene, at))
        };
        let candidate = |sides| Candidate::new(scene, predicate, kind, sides, told.clone());
        found.extend(filled.into_iter().map(candidate));
    }
    found
}

/// "imposed sanctions on X", "may sell only with the consent of X": the subject of the verb is the one side.
fn carried(scene: &Scene, noun: &Predicate, word: &Word) -> Option<(Vec<(Side, Side)>, Told)> {
    let holds = |one: &&Argument| one.head == noun.head && one.role != Role::Subject;
    let under = |(_, verb): &(usize, &Predicate)| {
        verb.head != noun.head
            && (noun.support == Some(verb.head) || verb.arguments.iter().any(|one| holds(&one)))
    };
    let mut verbs = scene.clauses.predicates.iter().enumerate().filter(|(_, verb)| verb.kind == Kind::Verb);
    let (index, verb) = verbs.find(under)?;
    let marked = verb.arguments.iter().filter(holds).flat_map(|one| one.how.iter());
    let marked: Vec<usize> = marked.copied().filter(|at| scene.is_one_of(*at, &word.by)).collect();
    // What can or may be done only with a consent needs it; what was done with it did not say so.
    let needed = !marked.is_empty() && !verb.modals.is_empty();
    if !needed && !word.by.contains(&verb.lemma) {
        return None;
    }
    let own = at_places(scene, noun, &word.to);
    let to = if own.is_empty() { at_places(scene, verb, &word.to) } else { own };
    let told = if needed {
        Told { certainty: Certainty::CertainPlus, by: marked, source: None }
    } else {
        told(scene, index)
    };
    let found = pairs(&subjects(scene, verb), &to);
    (!found.is_empty()).then_some((found, told))
}
