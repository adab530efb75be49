//! Verbs: "X owns 51 percent of Y", "X mediates between Y and Z".

use crate::fill::{Candidate, at_places, told};
use crate::lexicon::Word;
use crate::scene::{Scene, Side};
use lagebild_predicates::{Kind, Predicate};

/// The relations that a verb or adjective tells.
pub(crate) fn of_verb(scene: &Scene, at: usize) -> Vec<Candidate> {
    let Some(predicate) = scene.clauses.predicates.get(at).filter(|one| one.kind != Kind::Noun) else {
        return Vec::new();
    };
    let words = scene.words.verbs(&predicate.lemma).iter();
    let open = words.filter(|(_, word)| has_what_it_needs(scene, predicate, word));
    open.flat_map(|(kind, word)| {
        let candidate = move |pair| Candidate::new(scene, predicate, kind, pair, told(scene, at));
        sides(scene, predicate, word).into_iter().map(candidate)
    })
    .collect()
}

fn has_what_it_needs(scene: &Scene, predicate: &Predicate, word: &Word) -> bool {
    let fits = |place: &String| predicate.arguments.iter().any(|one| one.role.fits(place));
    let part = || predicate.arguments.iter().any(|one| scene.is_one_of(one.head, &scene.words.parts));
    word.needs.as_ref().is_none_or(fits) && (!word.part || part())
}

/// Each pair of sides that a word's places hold.
pub(crate) fn sides(scene: &Scene, predicate: &Predicate, word: &Word) -> Vec<(Side, Side)> {
    let row = at_places(scene, predicate, &word.between);
    if let [one, other] = row.as_slice() {
        return vec![(*one, *other)];
    }
    pairs(&at_places(scene, predicate, &word.from), &at_places(scene, predicate, &word.to))
}

/// Each of the one with each of the other.
pub(crate) fn pairs(from: &[Side], to: &[Side]) -> Vec<(Side, Side)> {
    from.iter().flat_map(|from| to.iter().map(move |to| (*from, *to))).collect()
}
