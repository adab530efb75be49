//! Fills a side with the names that syntax puts there, and says how sure it is.

use crate::lexicon::Places;
use crate::scene::{Scene, Side};
use lagebild_predicates::{Argument, Kind, Predicate, Role, holds};
use lagebild_statements::Certainty;

/// A relation as one word tells it.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    pub(crate) kind: String,
    pub(crate) from: Side,
    pub(crate) to: Side,
    /// The word that opens it.
    pub(crate) trigger: usize,
    /// Noun or verb: for the explanation.
    pub(crate) rule: &'static str,
    pub(crate) told: Told,
    pub(crate) ended: bool,
    pub(crate) share: Option<f64>,
}

impl Candidate {
    /// What a predicate tells of two sides.
    pub(crate) fn new(
        scene: &Scene,
        predicate: &Predicate,
        kind: &str,
        (from, to): (Side, Side),
        told: Told,
    ) -> Self {
        Self {
            kind: kind.to_owned(),
            from,
            to,
            trigger: predicate.head,
            rule: if predicate.kind == Kind::Noun { "noun" } else { "verb" },
            told,
            ended: ended(scene, predicate),
            share: share(scene, predicate),
        }
    }
}

/// How sure, by which words, and who says so.
#[derive(Clone, Debug)]
pub(crate) struct Told {
    pub(crate) certainty: Certainty,
    pub(crate) by: Vec<usize>,
    pub(crate) source: Option<Argument>,
}

/// What the chain of governors says of a predicate.
pub(crate) fn told(scene: &Scene, at: usize) -> Told {
    let held = holds(scene.clauses, at, scene.lexicon);
    Told { certainty: held.certainty.into(), by: held.by, source: held.source }
}

/// What is told in passing, as known: "X, the brother of Y". Words at the noun may make it less sure.
pub(crate) fn in_passing(scene: &Scene, noun: usize) -> Told {
    let doubt = scene.children(noun).find_map(|at| Some((at, *scene.words.doubted.get(&scene.lemma(at))?)));
    let certainty = doubt.map_or(Certainty::CertainPlus, |(_, certainty)| certainty);
    Told { certainty, by: doubt.into_iter().map(|(at, _)| at).collect(), source: None }
}

/// Names at the first place that holds one, each member of its row.
pub(crate) fn at_places(scene: &Scene, predicate: &Predicate, places: &Places) -> Vec<Side> {
    let filled = places.iter().map(|place| at_place(scene, predicate, place));
    filled.into_iter().find(|row| !row.is_empty()).unwrap_or_default()
}

fn at_place(scene: &Scene, predicate: &Predicate, place: &str) -> Vec<Side> {
    // What hangs on another noun is that noun's, but for shares: "51 percent of the bank".
    let near = |argument: &&Argument| {
        argument.through.is_none_or(|through| scene.is_one_of(through, &scene.words.parts))
    };
    let here = predicate.arguments.iter().filter(|one| one.role.fits(place) && !one.negated).filter(near);
    here.filter_map(|argument| scene.side(argument)).collect()
}

/// Who is named as its subject, but for who is said not to be it.
pub(crate) fn subjects(scene: &Scene, predicate: &Predicate) -> Vec<Side> {
    predicate.of(&Role::Subject).filter(|one| !one.negated).filter_map(|one| scene.side(one)).collect()
}

/// True where words at the predicate say that it is over.
fn ended(scene: &Scene, predicate: &Predicate) -> bool {
    let head = predicate.head;
    let prefixed =
        scene.written(head).split_once('-').is_some_and(|(first, _)| scene.words.ended.contains(first));
    let until = |argument: &Argument| argument.how.iter().any(|at| scene.is_one_of(*at, &scene.words.until));
    prefixed
        || scene.children(head).any(|at| scene.is_one_of(at, &scene.words.ended))
        || predicate.arguments.iter().any(until)
}

/// The share in percent that stands at a predicate, as far as its phrases and words reach.
fn share(scene: &Scene, predicate: &Predicate) -> Option<f64> {
    let phrases = predicate.arguments.iter().flat_map(|one| one.tokens.iter().chain(&one.how).copied());
    let mut tokens: Vec<usize> = phrases.chain(scene.children(predicate.head)).collect();
    tokens.sort_unstable();
    let percent = tokens.into_iter().find(|at| scene.is_one_of(*at, &scene.words.percent))?;
    let number = scene.written(percent.checked_sub(1)?).replace(',', ".");
    number.parse().ok().filter(|share| (0.0..=100.0).contains(share))
}
