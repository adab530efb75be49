//! What a clause takes from the clauses around it: antecedents, shared subjects, control.

use crate::arguments::{Antecedents, phrase};
use crate::model::{Argument, Form, Kind, Predicate, Role, Voice};
use crate::properties::Property;
use crate::tree::Tree;
use lagebild_grammar::Upos;

/// The nouns for which relative pronouns stand.
pub(crate) fn antecedents(tree: &Tree) -> Antecedents {
    let mut found = Antecedents::new();
    for clause in 0..tree.len() {
        let Some(noun) = tree.head(clause).filter(|_| tree.rel(clause) == "acl") else { continue };
        let inside = tree.below(clause, |at| !matches!(tree.rel(at), "acl" | "ccomp" | "parataxis"));
        let pronoun = inside
            .iter()
            .copied()
            .find(|at| *at > noun && relative(tree, *at))
            .or_else(|| opening(tree, &inside, noun))
            .or_else(|| conjunction(tree, clause, noun));
        // "die Drohnen, die": the noun next to the comma may be another than the tree says only where it fits; the tree rules.
        found.extend(pronoun.map(|pronoun| (pronoun, noun)));
    }
    found
}

/// The pronoun that opens the clause, where the features do not call it relative: "которая".
fn opening(tree: &Tree, inside: &[usize], noun: usize) -> Option<usize> {
    if !tree.lexicon.has(Property::InterrogativeRelatives) {
        return None;
    }
    let serves = |at: &usize| tree.is(*at, &[Upos::Punct, Upos::Adp, Upos::Cconj]);
    let first = inside.iter().copied().find(|at| *at > noun && !serves(at))?;
    let personal = tree.feat(first, "Person").is_some() || tree.has(first, "Poss", "Yes");
    let pronoun = tree.is(first, &[Upos::Pron, Upos::Det])
        && matches!(tree.rel(first), "nsubj" | "obj" | "iobj" | "obl" | "nmod");
    (pronoun && !personal).then_some(first)
}

/// "empresarios *que* vendieron máquinas": what the tree takes for a conjunction, behind a noun that speaks of nothing.
fn conjunction(tree: &Tree, clause: usize, noun: usize) -> Option<usize> {
    let mark = tree.by(clause, &["mark"]).next()?;
    let either = tree.stands_in(mark, &tree.lexicon.words.relative_conjunctions);
    let finite = tree.by(clause, &["aux"]).chain([clause]).any(|at| tree.has(at, "VerbForm", "Fin"));
    let speaks = tree.lexicon.class(tree.lemma(noun), true).is_some();
    (either && finite && !speaks && tree.is(noun, &[Upos::Noun, Upos::Propn])).then_some(mark)
}

/// A relative pronoun, or an article that stands for one: "die".
fn relative(tree: &Tree, at: usize) -> bool {
    if !tree.is(at, &[Upos::Pron, Upos::Det]) {
        return false;
    }
    let words = &tree.lexicon.words;
    let told = tree.has(at, "PronType", "Rel");
    let article =
        tree.is(at, &[Upos::Pron]) && words.relative_articles.iter().any(|word| word == tree.lemma(at));
    let asked = tree.has(at, "PronType", "Int") || tree.feat(at, "PronType").is_none();
    told || article || asked && tree.stands_in(at, &words.relatives) && tree.rel(at) != "mark"
}

/// Gives a predicate the subject (or object) that stands elsewhere. `parent` is its governing predicate, already done;
/// `surface` is the parent's grammatical subject.
pub(crate) fn share(
    tree: &Tree,
    own: &mut Predicate,
    parent: Option<(&Predicate, &[Argument])>,
    antecedents: &Antecedents,
) {
    if own.kind == Kind::Noun && own.form == Form::Nominal {
        return;
    }
    let has = |role: &Role| own.arguments.iter().any(|argument| argument.role == *role);
    let (subject, object) = (has(&Role::Subject), has(&Role::Object));
    let relation = tree.rel(own.head);
    let Some(noun) = tree.head(own.head) else { return };
    match relation {
        "acl" | "amod" => {
            let pronoun = antecedents
                .iter()
                .any(|(pronoun, of)| *of == noun && tree.below(own.head, |_| true).contains(pronoun));
            // "intention of giving away" is as "intention to give away".
            let marked = tree.by(own.head, &["mark"]).next().is_some();
            let infinitive = own.form == Form::Infinitive || own.form == Form::Participle && marked;
            if misplaced(tree, own.head).is_some() && tree.rel(noun) == "obj" && !subject {
                own.arguments.push(Argument { shared: true, ..lent(tree, noun, Role::Subject) });
                own.arguments.sort_by_key(|argument| argument.head);
                return;
            }
            // Spanish "que" that the tree takes for a conjunction: it stands for what is missing.
            let mark = tree.by(own.head, &["mark"]).any(|mark| antecedents.get(&mark) == Some(&noun));
            if mark && own.voice == Voice::Active && !(subject && object) {
                let role = if subject { Role::Object } else { Role::Subject };
                own.arguments.push(lent(tree, noun, role));
            } else if !pronoun && !infinitive && own.form == Form::Participle && !subject {
                own.arguments.push(lent(tree, noun, Role::Subject));
            } else if !pronoun
                && own.form == Form::Finite
                && subject
                && !object
                && own.voice == Voice::Active
                && gap(tree, own, noun)
            {
                own.arguments.push(lent(tree, noun, Role::Object));
            } else if infinitive && !subject {
                let (predicate, grammatical) = parent.unzip();
                own.arguments.extend(
                    owner_of(predicate, tree, noun).or_else(|| grammatical?.first().cloned()).map(as_subject),
                );
            }
        }
        "conj" => {
            let Some((first, grammatical)) = parent else { return };
            if !subject {
                let fit: Vec<Argument> = grammatical
                    .iter()
                    .filter(|lent| fits(tree, own, lent))
                    .cloned()
                    .map(as_subject)
                    .collect();
                own.arguments.extend(fit);
            }
            if !object && own.voice == Voice::Active && first.kind == Kind::Verb {
                let behind = |argument: &&Argument| {
                    let pronoun = argument.how.iter().any(|how| antecedents.contains_key(how));
                    argument.role == Role::Object
                        && (argument.head > own.head && first.head < own.head || pronoun)
                };
                let objects: Vec<Argument> =
                    first.arguments.iter().filter(behind).cloned().map(borrowed).collect();
                own.arguments.extend(objects);
                let after: Vec<Argument> = first
                    .arguments
                    .iter()
                    .filter(|argument| argument.head > own.head && matches!(argument.role, Role::Marked(..)))
                    .cloned()
                    .map(borrowed)
                    .collect();
                own.arguments.extend(after);
            }
        }
        "xcomp" | "ccomp" | "advcl" | "csubj" | "obl" | "obj" | "parataxis"
            if !subject && (own.form != Form::Finite || relation == "xcomp" || dropped(tree, relation)) =>
        {
            let Some((parent, grammatical)) = parent else { return };
            let finite = own.form == Form::Finite;
            let controllers = controllers(tree, parent, grammatical, relation).into_iter();
            // "Moskau, wie es heißt": a finite verb has only a subject that agrees with it.
            let fit: Vec<Argument> = controllers.filter(|lent| !finite || fits(tree, own, lent)).collect();
            own.arguments.extend(fit.into_iter().map(as_subject));
            if relation == "xcomp" && !object && own.voice == Voice::Active {
                own.arguments.extend(passed_down(tree, parent, antecedents));
            }
        }
        _ => {}
    }
    own.arguments.sort_by_key(|argument| argument.head);
}

/// "опроверг, что продавал": in a language that leaves pronouns out, the one who speaks is the one spoken of.
fn dropped(tree: &Tree, relation: &str) -> bool {
    tree.lexicon.has(Property::ProDrop) && matches!(relation, "ccomp" | "advcl")
}

/// "convicted the man of selling": the tree hangs the clause on the person; the verb meant.
pub(crate) fn misplaced(tree: &Tree, clause: usize) -> Option<usize> {
    let noun = tree.head(clause).filter(|_| tree.rel(clause) == "acl")?;
    let verb = tree.head(noun).filter(|_| matches!(tree.rel(noun), "obj" | "obl" | "nsubj"))?;
    let marked = tree.by(clause, &["mark"]).next().is_some() && !tree.has(clause, "VerbForm", "Fin");
    let controls = tree.lexicon.words.control.object.contains(tree.lemma(verb));
    let embeds = tree.lexicon.class(tree.lemma(noun), true).is_some();
    (marked && controls && !embeds || said_over(tree, clause, noun, verb)).then_some(verb)
}

/// "afirmó durante el debate que …": the tree hangs what is said on the noun before it, though the verb lacks it.
fn said_over(tree: &Tree, clause: usize, noun: usize, verb: usize) -> bool {
    use crate::lexicon::Class::{Belief, Confirm, Deny, Know, Report, Suspect, Threaten};
    let speaks = |class| [Belief, Confirm, Deny, Know, Report, Suspect, Threaten].contains(&class);
    let content = tree.by(clause, &["mark"]).any(|mark| {
        let meaning = tree.lexicon.marker(tree.form(mark));
        tree.is(mark, &[Upos::Sconj]) && matches!(meaning, None | Some(crate::model::Marker::Content))
    });
    let relative = tree.below(clause, |_| true).into_iter().any(|at| tree.has(at, "PronType", "Rel"));
    let finite = tree.by(clause, &["aux", "cop"]).chain([clause]).any(|at| tree.has(at, "VerbForm", "Fin"));
    let lacks = tree.by(verb, &["ccomp", "xcomp"]).next().is_none();
    content
        && !relative
        && finite
        && lacks
        && tree.rel(noun) == "obl"
        && tree.lexicon.class(tree.lemma(verb), false).is_some_and(speaks)
        && !tree.lexicon.class(tree.lemma(noun), true).is_some_and(speaks)
}

/// "imports and resells steel": the tree hangs the object on the second verb only.
pub(crate) fn share_back(tree: &Tree, predicates: &mut [Predicate]) {
    for at in 0..predicates.len() {
        let Some(second) = predicates.get(at).filter(|second| tree.rel(second.head) == "conj").cloned()
        else {
            continue;
        };
        let Some(first) = tree.head(second.head) else { continue };
        let between = first + 1..second.head;
        let joined = between.clone().count() > 0
            && between.into_iter().all(|at| tree.is(at, &[Upos::Cconj, Upos::Punct]));
        let Some(first) = predicates.iter_mut().find(|predicate| predicate.head == first && joined) else {
            continue;
        };
        let bare = !first
            .arguments
            .iter()
            .any(|argument| matches!(argument.role, Role::Object | Role::Complement | Role::Marked(..)));
        if bare && first.kind == Kind::Verb && second.kind == Kind::Verb && first.voice == second.voice {
            let lent = second
                .arguments
                .iter()
                .filter(|argument| argument.head > second.head && argument.role != Role::Complement);
            first.arguments.extend(lent.cloned().map(borrowed));
        }
    }
}

/// "the weapons Iran supplied", not "the claim that Iran supplied".
fn gap(tree: &Tree, own: &Predicate, noun: usize) -> bool {
    let marked = tree.by(own.head, &["mark"]).next().is_some();
    let says = tree.lexicon.class(tree.lemma(noun), true).is_some();
    let content = own.arguments.iter().any(|argument| argument.role == Role::Complement);
    !(content || marked && says)
}

/// "the tanks Jordan wants to buy": what the relative clause leaves open belongs to the infinitive.
fn passed_down(tree: &Tree, parent: &Predicate, antecedents: &Antecedents) -> Option<Argument> {
    let noun =
        tree.head(parent.head).filter(|_| tree.rel(parent.head) == "acl" && parent.form == Form::Finite)?;
    let pronoun = |argument: &&Argument| argument.how.iter().any(|how| antecedents.contains_key(how));
    let open = |role: &Role| matches!(role, Role::Object);
    if let Some(object) = parent.arguments.iter().filter(|argument| open(&argument.role)).find(pronoun) {
        return Some(borrowed(object.clone()));
    }
    let whole = parent.arguments.iter().any(|argument| pronoun(&argument) || open(&argument.role));
    let marked = tree.by(parent.head, &["mark"]).next().is_some();
    (!whole && !marked && tree.lexicon.has(Property::ZeroRelatives)).then(|| lent(tree, noun, Role::Object))
}

/// Who does what an infinitive says.
fn controllers(tree: &Tree, parent: &Predicate, grammatical: &[Argument], relation: &str) -> Vec<Argument> {
    let find = |role: &Role| -> Vec<Argument> {
        parent.arguments.iter().filter(|argument| argument.role == *role).cloned().collect()
    };
    let control = &tree.lexicon.words.control;
    let by = control.by.iter().find(|entry| entry.lemma.to_lowercase() == parent.lemma);
    let placed = by.map(|by| {
        let fits = |argument: &&Argument| argument.role.fits(&by.place);
        parent.arguments.iter().filter(fits).cloned().collect::<Vec<_>>()
    });
    let mut all = vec![placed.unwrap_or_default()];
    // "ha condannato l'imprenditore per aver esportato": the one who is accused did it.
    let accused = tree.lexicon.class(&parent.lemma, false) == Some(crate::lexicon::Class::Accuse);
    if (control.object.contains(&parent.lemma) || accused) && relation != "csubj" {
        // "erlaubte Iran", "asked Iran", "demandó a Irán": the one who is asked.
        let marked = |argument: &&Argument| matches!(&argument.role, Role::Marked(word, _) if control.asked.contains(word));
        let objects =
            find(&Role::Object).into_iter().filter(|argument| !tree.is(argument.head, &[Upos::Verb]));
        all.extend([find(&Role::Dative), objects.collect()]);
        all.push(parent.arguments.iter().filter(marked).take(1).cloned().collect());
    } else if control.open.contains(&parent.lemma)
        && tree.lexicon.class(&parent.lemma, false) != Some(crate::lexicon::Class::Refuse)
    {
        return Vec::new();
    }
    all.extend([grammatical.to_vec(), find(&Role::Subject)]);
    all.into_iter().find(|found| !found.is_empty()).unwrap_or_default()
}

/// "Iran's plan to deliver", "решение Германии поставить": the owner of the noun does it.
pub(crate) fn owner_of(predicate: Option<&Predicate>, tree: &Tree, noun: usize) -> Option<Argument> {
    let predicate = predicate.filter(|predicate| predicate.head == noun)?;
    let agent = |argument: &&Argument| match &argument.role {
        Role::Subject | Role::Possessor | Role::Genitive => true,
        Role::Marked(word, _) => {
            tree.lexicon.words.agents.iter().any(|agent| agent.split('+').next() == Some(word))
        }
        _ => false,
    };
    let found = predicate.arguments.iter().find(agent).cloned();
    found.or_else(|| predicate.arguments.iter().find(|argument| argument.role == Role::Adjective).cloned())
}

/// A subject of another number belongs to another verb: languages that leave the subject out.
fn fits(tree: &Tree, own: &Predicate, subject: &Argument) -> bool {
    let verb = own.words.iter().find_map(|word| tree.feat(*word, "Mood").and(tree.feat(*word, "Number")));
    let rows = tree.row(subject.head).len() > 1 || tree.rel(subject.head) == "conj";
    let noun = tree.feat(subject.head, "Number").filter(|_| !rows);
    verb.zip(noun).is_none_or(|(verb, noun)| verb == noun) || !tree.lexicon.has(Property::ProDrop)
}

/// The noun itself as an argument of a clause that hangs on it.
fn lent(tree: &Tree, noun: usize, role: Role) -> Argument {
    // "Tebbi, a trader who sells fuel": what the clause hangs on is another name for what stands before it.
    let named = tree.head(noun).filter(|_| tree.rel(noun) == "appos");
    Argument {
        head: noun,
        tokens: phrase(tree, noun),
        role,
        how: Vec::new(),
        alias: named,
        through: None,
        shared: false,
        negated: false,
    }
}

fn as_subject(argument: Argument) -> Argument {
    Argument { role: Role::Subject, shared: true, ..argument }
}

fn borrowed(argument: Argument) -> Argument {
    Argument { shared: true, ..argument }
}
