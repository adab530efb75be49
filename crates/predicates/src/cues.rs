//! Negation, modals, adverbs, questions, named sources: the words that change what a predicate says.

use crate::arguments::Arguments;
use crate::forms::{Morphemes, has_shape};
use crate::governors::above;
use crate::model::{Argument, Case, Certainty, Clauses, Cue, Kind, Marker, Predicate, Role};
use crate::properties::Property;
use crate::tree::Tree;
use crate::verbs::is_infinitive_alike;
use crate::words::{Governs, Modal, Negated};
use lagebild_grammar::Upos;
use std::collections::BTreeSet;

/// Gives every predicate its cues.
pub(crate) fn set(reader: &Arguments, clauses: &mut Clauses) {
    let tree = reader.tree;
    modals(tree, clauses);
    adverbs(tree, clauses);
    unmarked(clauses);
    crate::negation::negations(tree, clauses);
    questions(tree, clauses);
    sources(reader, clauses);
}

/// True when every feature of `form` ("Mood=Sub|Tense=Past") is there.
pub(crate) fn shows(tree: &Tree, at: usize, form: &str) -> bool {
    form.split('|').all(|pair| pair.split_once('=').is_some_and(|(name, value)| tree.has(at, name, value)))
}

/// The entry for a modal at `at` over the verb `verb`; the first that fits counts.
fn modal(tree: &Tree, at: usize, verb: usize) -> Option<Cue> {
    let fits = |modal: &&Modal| {
        let with = |word: &String| {
            (0..tree.len()).any(|near| {
                near.abs_diff(at) < 4 && near != at && (tree.form(near) == word || tree.lemma(near) == word)
            })
        };
        let next = |word: &String| tree.form(at + 1).starts_with(word.as_str());
        (modal.lemma == stem(tree, at) || modal.lemma == tree.form(at))
            && modal.verb.as_ref().is_none_or(|end| tree.lemma(verb).ends_with(end.as_str()))
            && (modal.next.is_empty() || modal.next.iter().any(next))
            && modal.form.as_ref().is_none_or(|form| shows(tree, at, form))
            && modal.governs.is_none_or(|governs| governed(tree, verb, at) == governs)
            // "geliefert zu haben" is a perfect, though the participle may look like an infinitive.
            && !(modal.governs == Some(Governs::MarkedInfinitive)
                && tree.has(at, "VerbForm", "Inf")
                && tree.listed(at, &tree.lexicon.words.perfect))
            // "haya suministrado" behind "que" is a perfect, no "haber que".
            && (modal.with.is_empty()
                || modal.with.iter().any(with)
                    && !(tree.has(verb, "VerbForm", "Part") && tree.listed(at, &tree.lexicon.words.perfect)))
    };
    let found = tree.lexicon.words.modals.iter().find(fits)?;
    let tokens = if found.next.is_empty() { vec![at] } else { vec![at, at + 1] };
    let cue = cue(found, tokens, &found.lemma);
    // "不会": negated in one word.
    let negative = tree.lexicon.words.negation_feats.iter().any(|form| shows(tree, at, form));
    Some(match found.negated.filter(|_| negative) {
        Some(Negated { certainty, status, reported }) => {
            Cue { certainty: Some(certainty), status, reported, negated: None, ..cue }
        }
        None => cue,
    })
}

/// The lemma, of one in which the morphemes stand apart the first of them.
fn stem<'t>(tree: &'t Tree, at: usize) -> &'t str {
    let lemma = tree.lemma(at);
    if tree.lexicon.words.morphemes.is_some() { Morphemes::stem(lemma) } else { lemma }
}

/// True for the relation in which a modal governs its verb: "может поставить"; "인도할 것이다"; "تستطيع تسليم".
fn under_modal(tree: &Tree, predicate: &Predicate) -> bool {
    match tree.rel(predicate.head) {
        "xcomp" | "csubj" | "ccomp" => true,
        "dep" => tree.lexicon.words.morphemes.is_some(),
        "obj" => predicate.kind == Kind::Noun && tree.lexicon.has(Property::NounsForInfinitives),
        _ => false,
    }
}

fn cue(found: &Modal, tokens: Vec<usize>, lemma: &str) -> Cue {
    Cue {
        tokens,
        lemma: lemma.into(),
        certainty: Some(found.certainty),
        status: found.status,
        reported: found.reported,
        negated: found.negated,
        told: found.told,
        is_mood: false,
    }
}

/// The form in which a modal governs its verb.
fn governed(tree: &Tree, verb: usize, modal: usize) -> Governs {
    let words = &tree.lexicon.words;
    // "due to deliver": "to" hangs on the first word.
    let mark = |at: usize| tree.is(at, &[Upos::Part]) || tree.stands_in(at, &words.infinitive_marks);
    let marked = tree.by(verb, &["mark"]).any(|at| mark(at) || tree.by(at, &["fixed"]).any(mark));
    let helped = |list: &BTreeSet<String>| {
        // "soll gekauft und gebracht haben": the last of a row has the auxiliary of all.
        let row =
            tree.row(verb).into_iter().filter(|at| *at == verb || tree.by(*at, &["nsubj"]).next().is_none());
        row.flat_map(|at| tree.by(at, &["aux", "cop"]).collect::<Vec<_>>())
            .any(|aux| aux != modal && tree.listed(aux, list) && !tree.has(aux, "VerbForm", "Fin"))
    };
    let participle = tree.has(verb, "VerbForm", "Part") && !is_infinitive_alike(tree, verb);
    let marked = marked && !participle;
    let infinitive = tree.by(verb, &["aux", "cop"]).any(|aux| tree.has(aux, "VerbForm", "Inf"));
    if marked && (tree.rel(modal) != "aux" || tree.lexicon.has(Property::AuxiliariesWithMarkedInfinitive)) {
        return Governs::MarkedInfinitive;
    }
    if helped(&words.perfect) && (participle || !tree.has(verb, "VerbForm", "Inf")) {
        return Governs::Perfect;
    }
    if participle && tree.has(verb, "Tense", "Pres") {
        return Governs::Progressive;
    }
    if marked {
        return Governs::MarkedInfinitive;
    }
    if participle && !infinitive { Governs::Participle } else { Governs::Infinitive }
}

fn modals(tree: &Tree, clauses: &mut Clauses) {
    // "판매할 수 없다", "无法提供": trees hang modals on the verb in other ways too.
    let loose = tree.lexicon.words.morphemes.is_some() || tree.lexicon.has(Property::UninflectedVerbs);
    let mut governed = Vec::new();
    for (index, predicate) in clauses.predicates.iter().enumerate() {
        // "versorgt zu haben", "to have sold": the auxiliary of the perfect in the infinitive is no modal.
        let helps =
            |at: &usize| tree.has(*at, "VerbForm", "Inf") && tree.listed(*at, &tree.lexicon.words.perfect);
        let own = predicate.words.iter().copied().filter(|at| *at != predicate.head && !helps(at));
        let beside = tree.by(predicate.head, &["advmod", "advcl", "obl", "flat"]);
        let behind = tree.lexicon.words.morphemes.is_some();
        let beside =
            beside.filter(|at| predicate.kind == Kind::Verb && loose && (*at > predicate.head) == behind);
        let mut cues: Vec<Cue> = own.chain(beside).filter_map(|at| modal(tree, at, predicate.head)).collect();
        cues.sort_by_key(|cue| cue.tokens.first().copied());
        // "может поставить", "peut livrer": in some treebanks the modal governs.
        let over = tree.head(predicate.head).filter(|_| under_modal(tree, predicate));
        cues.extend(over.and_then(|over| modal(tree, over, predicate.head)));
        if cues.is_empty() {
            cues.extend(mood(tree, &predicate.words));
        }
        governed.push((index, cues));
    }
    for (index, cues) in governed {
        let first = shared_group(tree, clauses, index).map(|first| first.modals.clone());
        if let Some(predicate) = clauses.predicates.get_mut(index) {
            predicate.modals = if cues.is_empty() { first.unwrap_or_default() } else { cues };
        }
    }
}

/// A modal that is a predicate by itself loses its own mood: "could" is possible, whatever the mood of "can" ("могла бы поставить").
fn unmarked(clauses: &mut Clauses) {
    let mut modals = BTreeSet::new();
    for one in &clauses.predicates {
        let tokens = one.modals.iter().flat_map(|cue| cue.tokens.iter().copied());
        modals.extend(tokens.filter(|at| *at != one.head));
    }
    for modal in clauses.predicates.iter_mut().filter(|one| modals.contains(&one.head)) {
        modal.modals.retain(|cue| !cue.is_mood);
        modal.adverbs.retain(|cue| cue.certainty != Some(Certainty::U));
    }
}

/// The first verb of a row whose auxiliary and modals serve this one too: "will sell and deliver".
fn shared_group<'c>(tree: &Tree, clauses: &'c Clauses, index: usize) -> Option<&'c crate::model::Predicate> {
    let own = clauses.predicates.get(index)?;
    let first = tree.head(own.head).filter(|_| tree.rel(own.head) == "conj")?;
    let first = clauses.headed(first).and_then(|first| clauses.predicates.get(first))?;
    let bare = own.kind == Kind::Verb && tree.by(own.head, &["aux", "cop", "nsubj"]).next().is_none();
    let finite = tree.has(own.head, "VerbForm", "Fin")
        && tree.by(first.head, &["aux"]).next().is_some()
        && tree.has(own.head, "Tense", "Past");
    (bare
        && !finite
        && first.kind == Kind::Verb
        && tree.by(first.head, &["aux"]).next().is_some()
        && tree.feat(own.head, "Mood").is_none_or(|mood| mood == "Imp"))
    .then_some(first)
}

fn mood(tree: &Tree, words: &[usize]) -> Option<Cue> {
    words.iter().find_map(|at| {
        let found = tree.lexicon.words.moods.iter().find(|mood| match &mood.form {
            Some(form) => shows(tree, *at, form),
            None => mood.shapes.iter().any(|shape| has_shape(tree.form(*at), shape)),
        })?;
        let name = found.form.as_ref().or(found.shapes.first()).map_or("", String::as_str);
        Some(Cue { is_mood: true, ..cue(found, vec![*at], name) })
    })
}

fn adverbs(tree: &Tree, clauses: &mut Clauses) {
    let mut at = 0;
    while at < tree.len() {
        let entries = tree
            .lexicon
            .words
            .adverbs
            .iter()
            .flat_map(|entry| entry.words.iter().map(move |word| (entry, word)));
        let found = entries
            .filter_map(|(entry, word)| Some((entry, word, tree.phrase_at(at, word)?)))
            .max_by_key(|(_, _, tokens)| tokens.len());
        let Some((entry, word, tokens)) = found else {
            at += 1;
            continue;
        };
        let next = at + tokens.len();
        let top = tokens
            .iter()
            .copied()
            .find(|token| tree.head(*token).is_none_or(|head| !tokens.contains(&head)))
            .unwrap_or(at);
        let cue = Cue {
            tokens,
            lemma: word.clone(),
            certainty: entry.certainty,
            status: entry.status,
            reported: entry.reported,
            negated: None,
            told: None,
            is_mood: false,
        };
        let counts = entry.certainty == Some(Certainty::CtMinus) && measures(tree, &cue.tokens);
        let place = place(tree, clauses, top, cue.tokens.len() > 1).filter(|_| !counts);
        let place = place.and_then(|index| clauses.predicates.get_mut(index));
        let fits = |head: usize| entry.form.as_ref().is_none_or(|form| shows(tree, head, form));
        if let Some(predicate) = place.filter(|predicate| fits(predicate.head)) {
            predicate.adverbs.push(cue);
        }
        at = next;
    }
}

/// "Almost half", "fast alle": it says how many, not that it did not happen.
fn measures(tree: &Tree, tokens: &[usize]) -> bool {
    let [at] = tokens else { return false };
    if tree.rel(*at) == "amod" {
        return false;
    }
    let negates = tree.lexicon.words.negations.contains(tree.form(*at));
    let counted = [Upos::Num, Upos::Noun, Upos::Det, Upos::Adj, Upos::Adv, Upos::Pron];
    !negates && tree.head(*at).is_some_and(|head| tree.is(head, &counted))
}

/// The predicate that an adverb speaks of, a word or a `phrase` with this top.
fn place(tree: &Tree, clauses: &Clauses, top: usize, phrase: bool) -> Option<usize> {
    let adjective = tree.rel(top) == "amod";
    // "wurde gestoppt" is the predicate itself; "gestoppte Lieferung" tells of the delivery.
    if !adjective && tokens_head(tree, clauses, top) {
        // "być może": an adverb that is made of verbs.
        let above = tree.head(top).filter(|_| phrase && tree.rel(top) == "advmod")?;
        return modified(tree, clauses, above, false);
    }
    // "من المقرر أن تسلم": what is planned is the subject of the phrase.
    let subject = tree.by(top, &["csubj"]).find_map(|clause| clauses.headed(clause));
    subject.or_else(|| modified(tree, clauses, top, adjective))
}

fn tokens_head(tree: &Tree, clauses: &Clauses, at: usize) -> bool {
    let own = clauses.headed(at).and_then(|index| clauses.predicates.get(index));
    own.is_some_and(|own| own.kind == Kind::Verb) || tree.is(at, &[Upos::Verb]) && tree.rel(at) != "amod"
}

/// The predicate that a word modifies: an adjective its noun, an adverb the verb even where the tree hangs it on a noun.
pub(crate) fn modified(tree: &Tree, clauses: &Clauses, at: usize, noun: bool) -> Option<usize> {
    let mut from = at;
    if let Some(own) = clauses
        .headed(at)
        .filter(|own| !noun && clauses.predicates.get(*own).is_some_and(|own| own.kind != Kind::Noun))
    {
        return Some(own);
    }
    loop {
        let (index, _) = above(tree, clauses, from)?;
        let predicate = clauses.predicates.get(index)?;
        let carried = tree.by(predicate.head, &["cop"]).next().is_some();
        if noun || predicate.kind != Kind::Noun || carried || tree.head(predicate.head).is_none() {
            return Some(index);
        }
        from = predicate.head;
    }
}

fn questions(tree: &Tree, clauses: &mut Clauses) {
    let last = (0..tree.len()).rev().find(|at| !matches!(tree.form(*at), "\"" | "“" | "”" | "»" | ")" | "'"));
    let asks = last.is_some_and(|at| matches!(tree.form(at), "?" | "？" | "؟"));
    for predicate in &mut clauses.predicates {
        let root = tree.head(predicate.head).is_none();
        let whether = tree.by(predicate.head, &["mark", "advmod", "discourse"]).any(|mark| {
            let question = tree.lexicon.words.markers.get(&Marker::Question);
            let also = tree.lexicon.words.markers.get(&Marker::Condition);
            let both = also.is_some_and(|words| tree.listed(mark, words));
            question.is_some_and(|words| tree.listed(mark, words))
                && (!both || matches!(tree.rel(predicate.head), "ccomp" | "csubj" | "acl" | "xcomp"))
        });
        predicate.question = root && asks || whether;
    }
}

/// "laut Kiew", "according to officials", "nach Angaben des Ministeriums".
fn sources(reader: &Arguments, clauses: &mut Clauses) {
    let tree = reader.tree;
    let mut found: Vec<(usize, Argument)> = Vec::new();
    for at in 0..tree.len() {
        let phrases = tree.lexicon.words.sources.iter().filter_map(|phrase| tree.phrase_at(at, phrase));
        let Some(tokens) = phrases.max_by_key(Vec::len) else { continue };
        // The noun that the words govern, or that hangs on their last noun.
        let last = tokens.last().copied().unwrap_or(at);
        let owner = tree
            .by(last, &["nmod", "det", "obl", "flat"])
            .find(|child| tree.is(*child, &[Upos::Noun, Upos::Propn, Upos::Pron]) && !tokens.contains(child));
        let top =
            tokens.iter().copied().find(|token| tree.head(*token).is_none_or(|head| !tokens.contains(&head)));
        let top = top.unwrap_or(at);
        // "…, so der Minister": an adverb in form.
        let aside = |at: usize| at > 0 && tree.is(at - 1, &[Upos::Punct]);
        let ruled = tree.head(top).filter(|head| {
            let ruling = matches!(tree.rel(top), "case" | "fixed" | "mark");
            tree.nominal(*head) && (ruling || tree.rel(top) == "advmod" && aside(at))
        });
        // "unter Berufung auf Diplomaten", "citing officials".
        let ends = tree.head(last).filter(|head| {
            tree.nominal(*head) && tree.rel(last) == "case" && !tokens.contains(head) && *head > last
        });
        let object = tree.by(last, &["obj"]).find(|child| tree.is(last, &[Upos::Verb]) && *child > last);
        let genitive =
            Some(last + 1).filter(|next| tree.case(*next) == Some(Case::Gen) && tree.nominal(*next));
        let noun = owner
            .filter(|_| tokens.len() > 1)
            .or(ends)
            .or(object)
            .or(ruled)
            .or(genitive)
            .or(tree.is(last, &[Upos::Noun]).then_some(last));
        let Some(noun) = noun else { continue };
        let argument = Argument { how: tokens.clone(), ..reader.argument(noun, noun, Role::Subject) };
        // "said so, citing officials": the participle serves the verb above.
        let participle =
            tree.is(top, &[Upos::Verb]) && matches!(tree.rel(top), "advcl" | "acl" | "xcomp" | "conj");
        let place = if participle { above(tree, clauses, top).map(|(index, _)| index) } else { None };
        let place = place.or_else(|| modified(tree, clauses, top, false));
        found.extend(place.map(|index| (index, argument)));
    }
    for (index, argument) in found {
        if let Some(predicate) = clauses.predicates.get_mut(index) {
            predicate.source.get_or_insert(argument);
        }
    }
}
