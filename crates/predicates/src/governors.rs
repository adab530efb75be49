//! The chain of predicates: what each depends on and how.

use crate::cases::preposition;
use crate::lexicon::Class;
use crate::model::{Argument, Clauses, Form, Governor, Kind, Link, Marker, Predicate, Role, Voice};
use crate::properties::Property;
use crate::tree::Tree;
use lagebild_grammar::Upos;

/// Sets the governor of every predicate.
pub(crate) fn link(tree: &Tree, clauses: &mut Clauses) {
    let mut found = Vec::new();
    for predicate in &clauses.predicates {
        found.push(governor(tree, clauses, predicate));
    }
    for (predicate, governor) in clauses.predicates.iter_mut().zip(found) {
        predicate.governor = governor;
    }
    said_beside(tree, clauses);
    serial(tree, clauses);
    let starts: Vec<usize> = (0..clauses.predicates.len()).collect();
    for start in starts {
        cut_circle(clauses, start);
    }
}

/// The nearest predicate above a word, and the word below it from which it was reached.
pub(crate) fn above(tree: &Tree, clauses: &Clauses, at: usize) -> Option<(usize, usize)> {
    let mut below = at;
    while let Some(head) = tree.head(below) {
        if let Some(index) = clauses.headed(head) {
            return Some((index, below));
        }
        below = head;
    }
    None
}

fn governor(tree: &Tree, clauses: &Clauses, predicate: &Predicate) -> Option<Governor> {
    let at = first_of_row(tree, predicate.head);
    if at != predicate.head {
        let first = clauses.headed(at);
        let governed = first
            .and_then(|first| clauses.predicates.get(first))
            .and_then(|first| governor(tree, clauses, first));
        // A main clause after "and" depends on nothing.
        let conjunct = || first.map(|predicate| Governor { predicate, link: Link::Conjunct });
        return governed.or_else(conjunct);
    }
    if let Some(index) = crate::clauses::misplaced(tree, at).and_then(|verb| clauses.headed(verb)) {
        return Some(Governor { predicate: index, link: Link::Complement });
    }
    let (index, below) = above(tree, clauses, at)?;
    let governing = clauses.predicates.get(index)?;
    let link = if below == at {
        link_of(tree, predicate, governing)
    } else if stands_for(tree, at, below) {
        // "говорил о том, что": the pronoun stands for the clause.
        if governing.kind == Kind::Noun && governing.form == Form::Nominal {
            Link::NounComplement
        } else {
            Link::Complement
        }
    } else if tree.rel(at) == "csubj" && matches!(tree.rel(below), "ccomp" | "xcomp") {
        // "إنه من المقرر أن تسلم": the phrase that it is the subject of is no predicate.
        Link::Complement
    } else {
        Link::Relative
    };
    // A noun inside a phrase ("Chef der Firma") is not what the verb speaks of.
    Some(Governor { predicate: index, link })
}

/// A pronoun that a clause with a conjunction explains.
fn stands_for(tree: &Tree, clause: usize, pronoun: usize) -> bool {
    let marked = tree.by(clause, &["mark"]).any(|mark| tree.is(mark, &[Upos::Sconj]));
    marked && tree.head(clause) == Some(pronoun) && tree.is(pronoun, &[Upos::Pron, Upos::Det])
}

fn first_of_row(tree: &Tree, at: usize) -> usize {
    let mut first = at;
    while let Some(head) = tree.head(first).filter(|_| tree.rel(first) == "conj") {
        first = head;
    }
    first
}

fn link_of(tree: &Tree, own: &Predicate, governing: &Predicate) -> Link {
    let at = own.head;
    let role = governing
        .arguments
        .iter()
        .find(|argument| argument.head == at && argument.through.is_none())
        .map(|argument| &argument.role);
    let noun = governing.kind == Kind::Noun && tree.by(governing.head, &["cop"]).next().is_none();
    match tree.rel(at) {
        "acl" | "amod" => clause_at_noun(tree, own),
        // "ohne zu haben", whatever the tree calls it.
        "ccomp" | "xcomp" => match adverbial(tree, own, governing) {
            Link::Adverbial(word, Some(meaning)) if apart(meaning) => Link::Adverbial(word, Some(meaning)),
            _ => Link::Complement,
        },
        "csubj" if governing.voice == Voice::Passive => Link::Complement,
        "csubj" => Link::Subjectival,
        "advcl" => adverbial(tree, own, governing),
        // "인도할 예정이다": what a noun with a copula says of a clause.
        "dep" if own.kind == Kind::Verb && !noun && tree.lexicon.words.morphemes.is_some() => {
            Link::Complement
        }
        "parataxis" => Link::Conjunct,
        "appos" => Link::Relative,
        _ if noun => Link::NounComplement,
        "nsubj" if role == Some(&Role::Object) => Link::Complement,
        "nsubj" => Link::Subjectival,
        "obj" => Link::Complement,
        _ => match (preposition(tree, at), role) {
            (_, Some(Role::Object)) => Link::Complement,
            (Some(found), _) => Link::Oblique(found.plain),
            (None, Some(Role::Dative)) => Link::Oblique("dative".into()),
            (None, _) => Link::Oblique(String::new()),
        },
    }
}

/// Meanings that no complement has.
fn apart(meaning: Marker) -> bool {
    use Marker::{After, Before, Concession, Instead, Unless, Without};
    matches!(meaning, After | Before | Concession | Instead | Unless | Without)
}

fn clause_at_noun(tree: &Tree, own: &Predicate) -> Link {
    let marked =
        tree.by(own.head, &["mark"]).any(|mark| tree.is(mark, &[Upos::Sconj, Upos::Part, Upos::Adp]));
    let pronoun = tree.below(own.head, |_| true).into_iter().any(|at| tree.has(at, "PronType", "Rel"));
    let content = own.form == Form::Infinitive || marked && !pronoun || by_source(tree, own.head);
    if content { Link::NounComplement } else { Link::Relative }
}

/// "accusations selon lesquelles elle a livré": the pronoun stands for the noun as a source does.
fn by_source(tree: &Tree, clause: usize) -> bool {
    let source = |pronoun: usize| {
        let mut before = tree.by(pronoun, &["case"]);
        before.any(|case| tree.lexicon.words.sources.iter().any(|word| word == tree.form(case)))
    };
    let pronouns = tree.children(clause).iter().copied();
    pronouns.filter(|at| tree.has(*at, "PronType", "Rel")).any(source)
}

/// The marker of a clause: "wenn", "in case", "instead of", with all its words.
fn marker(tree: &Tree, at: usize) -> Option<(String, Vec<usize>)> {
    let opening = tree.children(at).first().copied().filter(|first| *first < at && !tree.nominal(*first));
    let marks: Vec<usize> = tree.by(at, &["mark", "case", "advmod"]).chain(opening).collect();
    let phrases = tree.lexicon.words.markers.values().flatten();
    let listed = phrases.filter_map(|phrase| {
        let tokens = marks.iter().find_map(|mark| tree.phrase_at(*mark, phrase))?;
        Some((phrase.clone(), tokens))
    });
    let other = || {
        let first = marks.iter().copied().find(|mark| tree.is(*mark, &[Upos::Sconj, Upos::Adp]))?;
        let mut tokens = vec![first];
        tokens.extend(tree.by(first, &["fixed"]));
        Some((tokens.iter().map(|at| tree.form(*at)).collect::<Vec<_>>().join(" "), tokens))
    };
    listed.max_by_key(|(phrase, _)| phrase.len()).or_else(other)
}

fn adverbial(tree: &Tree, own: &Predicate, governing: &Predicate) -> Link {
    let class = tree.lexicon.class(&governing.lemma, governing.kind == Kind::Noun);
    match marker(tree, own.head) {
        Some((word, tokens)) => {
            let meaning = tokens.first().and_then(|first| {
                tree.lexicon
                    .marker(&word)
                    .or_else(|| tree.lexicon.marker(tree.form(*first)))
                    .or_else(|| tree.lexicon.marker(tree.lemma(*first)))
            });
            let meaning = meaning.or_else(|| modal_first(tree, &tokens).then_some(Marker::Condition));
            // "accused of supplying", "empêcher de livrer": the preposition belongs to the verb; so does
            // "to" where it lacks what it speaks of ("threatened to halt").
            let lacks = tree.by(governing.head, &["obj", "xcomp", "ccomp"]).next().is_none();
            let mark = tree.lexicon.words.infinitive_marks.contains(&word);
            let open = mark && meaning == Some(Marker::Purpose) && lacks && class != Some(Class::Report);
            let belongs = class.is_some() && own.form != Form::Finite && (meaning.is_none() || open);
            if belongs { Link::Complement } else { Link::Adverbial(word, meaning) }
        }
        None if inverted(tree, own) => Link::Adverbial(String::new(), Some(Marker::Condition)),
        None if class.is_some_and(|class| class != Class::Report)
            && (own.form == Form::Infinitive || own.form == Form::Participle && follows(own, governing)) =>
        {
            Link::Complement
        }
        None => Link::Adverbial(String::new(), None),
    }
}

/// "ruled out delivering": right behind the verb or its particle.
fn follows(own: &Predicate, governing: &Predicate) -> bool {
    own.words.first().is_some_and(|first| governing.words.iter().any(|word| word + 1 == *first))
}

/// "Sollte China liefern": for the tree the modal is a conjunction.
fn modal_first(tree: &Tree, marker: &[usize]) -> bool {
    let modal = |at: &usize| {
        let verb = lagebild_grammar::lemma(&tree.lexicon.code, tree.form(*at), Upos::Aux, "");
        verb != tree.form(*at) && tree.lexicon.words.modals.iter().any(|modal| modal.lemma == verb)
    };
    // Only where the verb may stand far behind its modal does a tree lose the one from the other.
    let apart = tree.lexicon.has(Property::VerbFirstConditions) && tree.lexicon.has(Property::VerbFinal);
    apart && marker.first().is_some_and(modal)
}

/// "Liefert China Waffen, …", "Should China deliver, …": the finite verb comes first.
fn inverted(tree: &Tree, own: &Predicate) -> bool {
    let finite = own.words.iter().copied().find(|at| tree.has(*at, "VerbForm", "Fin"));
    let subject = tree.by(own.head, &["nsubj"]).min();
    let opens = |finite: usize| {
        tree.below(own.head, |_| true).into_iter().find(|at| !tree.is(*at, &[Upos::Punct])) == Some(finite)
    };
    tree.lexicon.has(Property::VerbFirstConditions)
        && finite.zip(subject).is_some_and(|(finite, subject)| finite < subject && opens(finite))
}

/// "停止向乌克兰交付": of two verbs without anything between them but what belongs to the second, the first governs, whatever the
/// tree hangs on what.
fn serial(tree: &Tree, clauses: &mut Clauses) {
    if !tree.lexicon.has(Property::UninflectedVerbs) {
        return;
    }
    let mut changes = Vec::new();
    for (index, first) in clauses.predicates.iter().enumerate().filter(|(_, one)| one.kind == Kind::Verb) {
        let class = tree.lexicon.class(&first.lemma, false);
        let loose = |at: usize| matches!(tree.rel(at), "parataxis" | "conj" | "advcl" | "obj" | "dep");
        let second = clauses.predicates.iter().position(|second| {
            let (above, below) =
                (tree.head(second.head) == Some(first.head), tree.head(first.head) == Some(second.head));
            let apart = (first.head..second.head).any(|at| tree.is(at, &[Upos::Punct, Upos::Cconj]));
            second.kind == Kind::Verb
                && second.head > first.head
                && !apart
                && (above && loose(second.head) || below && loose(first.head))
        });
        let object = second
            .and_then(|second| clauses.predicates.get(second))
            .is_some_and(|second| tree.by(first.head, &["obj"]).any(|at| at < second.head));
        changes.extend(second.filter(|_| class.is_some() && !object).map(|second| (index, second)));
    }
    for (first, second) in changes {
        let Some(outer) = clauses.predicates.get(first).cloned() else { continue };
        let Some(inner) = clauses.predicates.get_mut(second) else { continue };
        let outside = inner.governor.take().filter(|governor| governor.predicate != first);
        inner.governor = Some(Governor { predicate: first, link: Link::Complement });
        let own = |one: &Predicate| one.of(&Role::Subject).any(|subject| !subject.shared);
        if !own(inner) && outer.of(&Role::Subject).next().is_some() {
            inner.arguments.retain(|argument| argument.role != Role::Subject);
            let shared = outer.of(&Role::Subject).map(|subject| Argument { shared: true, ..subject.clone() });
            inner.arguments.extend(shared);
        }
        let below = outer.governor.as_ref().is_some_and(|governor| governor.predicate == second);
        if let Some(outer) = clauses.predicates.get_mut(first).filter(|_| below) {
            outer.governor = outside;
        }
    }
}

/// "Iran, Kirby said, has …", "Kirby said: Iran has …": a verb of saying beside what is said.
fn said_beside(tree: &Tree, clauses: &mut Clauses) {
    let says = |predicate: &Predicate| {
        let class = tree.lexicon.class(&predicate.lemma, false);
        let told = matches!(
            class,
            Some(
                Class::Report
                    | Class::Confirm
                    | Class::Deny
                    | Class::Belief
                    | Class::Suspect
                    | Class::Accuse
                    | Class::Threaten
            )
        );
        predicate.kind == Kind::Verb && told && tree.by(predicate.head, &["ccomp", "xcomp"]).next().is_none()
    };
    let mut changes = Vec::new();
    for (index, predicate) in clauses.predicates.iter().enumerate() {
        if tree.rel(predicate.head) != "parataxis" && !inserted(tree, predicate) {
            continue;
        }
        let Some(head) = tree.head(predicate.head).and_then(|head| clauses.headed(head)) else { continue };
        let Some(other) = clauses.predicates.get(head) else { continue };
        // "…; das bestreitet der Iran" speaks of it by a pronoun.
        if predicate.arguments.iter().any(|argument| tree.has(argument.head, "PronType", "Dem")) {
            continue;
        }
        let told = says(predicate) || inverted_beside(tree, predicate);
        if told && !predicate.arguments.iter().any(|argument| argument.role == Role::Object) {
            changes.push((head, index));
        } else if says(other) && tree.rel(predicate.head) == "parataxis" {
            changes.push((index, head));
        }
    }
    for (inner, outer) in changes {
        let free = clauses
            .predicates
            .get(outer)
            .is_some_and(|outer| outer.governor.as_ref().is_none_or(|governor| governor.predicate == inner));
        let outside = clauses
            .predicates
            .get(inner)
            .and_then(|inner| inner.governor.clone())
            .filter(|governor| governor.predicate != outer);
        if let Some(predicate) = clauses.predicates.get_mut(outer).filter(|_| free) {
            predicate.governor = outside;
        }
        if let Some(predicate) = clauses.predicates.get_mut(inner) {
            predicate.governor = Some(Governor { predicate: outer, link: Link::Complement });
        }
    }
}

/// "The engines, Haan said, were never paid for", "…, сообщили в пресс-службе": a finite clause set apart by a comma that nothing
/// joins to the rest.
fn inserted(tree: &Tree, predicate: &Predicate) -> bool {
    let joined = |at: usize| matches!(tree.rel(at), "mark" | "cc") || tree.has(at, "PronType", "Rel");
    let below = tree.below(predicate.head, |_| true);
    let first = below.iter().copied().find(|at| !tree.is(*at, &[Upos::Punct]));
    let apart = first.is_some_and(|at| at > 1 && tree.is(at - 1, &[Upos::Punct]));
    let subject = tree.by(predicate.head, &["nsubj"]).next().is_some();
    let relation = tree.rel(predicate.head);
    (matches!(relation, "advcl" | "acl" | "appos") && subject || relation == "conj")
        && predicate.form == Form::Finite
        && apart
        && !below.iter().any(|at| joined(*at))
}

/// "…, передає Укрінформ": verb, then subject, and nothing more behind a comma. Whatever the verb, it tells who says so.
fn inverted_beside(tree: &Tree, predicate: &Predicate) -> bool {
    let below = tree.below(predicate.head, |_| true);
    let first = below.iter().copied().find(|at| !tree.is(*at, &[Upos::Punct]));
    let subject = tree.by(predicate.head, &["nsubj"]).min();
    let verb = predicate.words.iter().copied().min();
    predicate.kind == Kind::Verb
        && first == verb
        && first.is_some_and(|at| at > 2 && tree.is(at - 1, &[Upos::Punct]))
        && subject.is_some_and(|subject| subject > predicate.head && tree.nominal(subject))
        && !tree
            .by(predicate.head, &["obj", "iobj", "xcomp", "ccomp", "cc", "mark", "advmod", "cop"])
            .any(|child| !predicate.words.contains(&child))
}

/// No predicate governs itself, whatever was said beside what.
fn cut_circle(clauses: &mut Clauses, start: usize) {
    let mut seen = vec![start];
    let mut at = start;
    while let Some(next) = clauses
        .predicates
        .get(at)
        .and_then(|predicate| predicate.governor.as_ref())
        .map(|governor| governor.predicate)
    {
        if seen.contains(&next) {
            if let Some(predicate) = clauses.predicates.get_mut(at) {
                predicate.governor = None;
            }
            return;
        }
        seen.push(next);
        at = next;
    }
}
