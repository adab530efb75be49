//! Negation: which predicate, or which argument, a word denies.

use crate::cues::{modified, shows};
use crate::model::{Clauses, Kind};
use crate::tree::Tree;
use lagebild_grammar::Upos;

/// Gives the predicates their negations; adverbs and modals must be there.
pub(crate) fn negations(tree: &Tree, clauses: &mut Clauses) {
    let mut used = exempt(tree);
    // The words of "nicht mehr" and of a modal negate nothing else.
    for predicate in &clauses.predicates {
        let cues = predicate.adverbs.iter().chain(&predicate.modals);
        used.extend(cues.flat_map(|cue| &cue.tokens));
    }
    for at in (0..tree.len()).filter(|at| !used.contains(at)) {
        if negates(tree, at) {
            negate(tree, clauses, at);
        }
    }
}

fn negates(tree: &Tree, at: usize) -> bool {
    let words = &tree.lexicon.words;
    let verbal = tree.is(at, &[Upos::Verb, Upos::Aux]) || tree.feat(at, "VerbForm").is_some();
    if verbal && words.negation_feats.iter().any(|form| shows(tree, at, form)) {
        return true;
    }
    let before =
        |word: &str| (0..at).rev().take(8).any(|near| tree.form(near) == word || tree.lemma(near) == word);
    let clause = |word: &str| {
        (at.saturating_sub(6)..at + 6)
            .any(|near| near != at && (tree.form(near) == word || tree.lemma(near) == word))
    };
    if words.pairs.iter().any(|(first, second)| second == tree.form(at) && before(first)) {
        return true;
    }
    if words.negations_with.iter().any(|(with, list)| tree.listed(at, list) && clause(with)) {
        return true;
    }
    if let Some(verbs) = words.negation_alone_with.get(tree.lemma(at)) {
        return tree.head(at).is_some_and(|head| {
            tree.listed(head, verbs) || tree.by(head, &["aux"]).any(|aux| tree.listed(aux, verbs))
        });
    }
    tree.listed(at, &words.negations)
}

/// Words of phrases that only look like a negation: "nicht nur".
fn exempt(tree: &Tree) -> Vec<usize> {
    let phrases = &tree.lexicon.words.not_negations;
    let at = |at: usize| phrases.iter().filter_map(move |phrase| tree.phrase_at(at, phrase)).flatten();
    (0..tree.len()).flat_map(at).collect()
}

fn negate(tree: &Tree, clauses: &mut Clauses, at: usize) {
    // "weder verlängert noch gekündigt": the second word of a pair denies the verb behind it, whatever the tree hangs it on.
    let pair = tree.lexicon.words.pairs.iter().any(|(_, second)| second == tree.form(at));
    let next = clauses.headed(at + 1).filter(|_| pair && tree.is(at + 1, &[Upos::Verb]));
    if let Some(next) = next {
        push(clauses, next, at);
        return;
    }
    // "without": as conjunction it is a marker, as preposition it denies its noun only.
    if matches!(tree.rel(at), "mark" | "case") {
        if let Some(noun) =
            tree.head(at).filter(|_| tree.rel(at) == "case").and_then(|noun| clauses.headed(noun))
        {
            push(clauses, noun, at);
        }
        return;
    }
    let determiner = matches!(tree.rel(at), "det" | "amod" | "nummod");
    let phrase = tree.head(at).filter(|head| {
        tree.nominal(*head)
            && clauses.headed(*head).is_none_or(|index| {
                clauses
                    .predicates
                    .get(index)
                    .is_some_and(|noun| noun.kind == Kind::Noun && tree.by(*head, &["cop"]).next().is_none())
            })
    });
    if let (Some(phrase), false) = (phrase, determiner) {
        // "nicht Russland, sondern China": only this one is denied.
        let contrast = tree.row(phrase).len() > 1 || tree.rel(phrase) == "conj";
        if contrast && tree.is(at, &[Upos::Part, Upos::Adv]) && at < phrase {
            for argument in clauses.predicates.iter_mut().flat_map(|predicate| &mut predicate.arguments) {
                argument.negated |= argument.head == phrase;
            }
            return;
        }
    }
    if let (Some(noun), true) = (phrase.and_then(|phrase| clauses.headed(phrase)), determiner) {
        push(clauses, noun, at);
    }
    if tree.head(at).is_none() {
        // "нет доказательств": the negation is the verb.
        let below: Vec<usize> =
            tree.by(at, &["nsubj", "obj", "obl", "nmod"]).filter_map(|noun| clauses.headed(noun)).collect();
        for noun in below {
            push(clauses, noun, at);
        }
    }
    if let Some(index) = modified(tree, clauses, at, false) {
        push(clauses, index, at);
    }
}

fn push(clauses: &mut Clauses, index: usize, at: usize) {
    if let Some(predicate) =
        clauses.predicates.get_mut(index).filter(|predicate| !predicate.negations.contains(&at))
    {
        predicate.negations.push(at);
    }
}
