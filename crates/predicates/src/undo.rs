//! Undoes the passive and the support verb: the roles are told as in a plain active clause.

use crate::model::{Argument, Kind, Predicate, Role, Voice};
use crate::properties::Property;
use crate::tree::Tree;
use lagebild_grammar::Upos;

/// Changes grammatical roles into deep ones.
pub(crate) fn voice(tree: &Tree, predicate: &mut Predicate) {
    let passive = match predicate.voice {
        Voice::Active => return,
        Voice::Passive => true,
        Voice::Receptive => false,
    };
    let auxiliaries: Vec<usize> =
        predicate.words.iter().copied().filter(|at| *at != predicate.head).collect();
    let object = predicate.arguments.iter().any(|argument| argument.role == Role::Object);
    // "satıldığını açıkladı": whoever says so is no subject of a passive with one of its own.
    if passive && object && tree.lexicon.has(Property::NominalisedClauses) {
        predicate.arguments.retain(|argument| argument.role != Role::Subject || !argument.shared);
    }
    let agents: Vec<usize> = agents(tree, predicate);
    for (at, argument) in predicate.arguments.iter_mut().enumerate() {
        let role = match argument.role {
            // "Russia was sold drones", "bekam Drohnen geliefert".
            Role::Subject if object || !passive => Role::Dative,
            Role::Subject => Role::Object,
            _ if agents.contains(&at) => Role::Subject,
            _ => continue,
        };
        argument.role = role;
        argument.how.extend(&auxiliaries);
    }
    postposed(tree, predicate);
}

/// The arguments that name the doer of a passive.
fn agents(tree: &Tree, predicate: &Predicate) -> Vec<usize> {
    let agent = |argument: &Argument| {
        let near = argument.through.is_none();
        near && !tree.is(argument.head, &[Upos::Num]) && designated(tree, &argument.role)
    };
    let all = predicate.arguments.iter().enumerate();
    all.filter(|(_, argument)| agent(argument)).map(|(at, _)| at).collect()
}

/// True when the role is one in which the lexicon names the doer: `by`, `instrumental`, "з боку+gen".
pub(crate) fn designated(tree: &Tree, role: &Role) -> bool {
    tree.lexicon.words.agents.iter().any(|place| role.fits(place))
}

/// Turkish "İran tarafından": the word for "by" is a noun, the doer hangs on it.
fn postposed(tree: &Tree, predicate: &mut Predicate) {
    for argument in &mut predicate.arguments {
        let word = argument.head;
        if !matches!(argument.role, Role::Bare(_)) || !tree.listed(word, &tree.lexicon.words.agents) {
            continue;
        }
        if let Some(doer) = tree.by(word, &["nmod", "obl"]).next() {
            argument.head = doer;
            argument.tokens = crate::arguments::phrase(tree, doer);
            argument.role = Role::Subject;
            argument.how = vec![word];
        }
    }
}

/// Gives nouns the arguments of the verb that carries them, and those that the tree hung on the verb behind them.
pub(crate) fn support(tree: &Tree, predicates: &mut [Predicate]) {
    for verb in 0..predicates.len() {
        let Some(carrier) = predicates.get(verb).filter(|predicate| predicate.kind == Kind::Verb).cloned()
        else {
            continue;
        };
        for argument in carrier.arguments.iter().filter(|argument| argument.through.is_none()) {
            let Some(noun) =
                predicates.iter_mut().find(|noun| noun.head == argument.head && noun.kind == Kind::Noun)
            else {
                continue;
            };
            match carried(tree, &carrier, argument) {
                Some(carriage) => carry(noun, &carrier, carriage),
                None if matches!(argument.role, Role::Object | Role::Subject) => trail(tree, noun, &carrier),
                None => {}
            }
        }
    }
}

/// How a verb carries a noun.
#[derive(Clone, Copy, PartialEq)]
enum Carriage {
    /// "leistete Hilfe": its subject does it.
    Doer,
    /// "erhielt Hilfe": its subject gets it.
    Receiver,
    /// "unterlag einer Kontrolle", "die Lieferung erfolgte": nobody is said to do it.
    Undergoer,
}

fn carried(tree: &Tree, verb: &Predicate, noun: &Argument) -> Option<Carriage> {
    let words = &tree.lexicon.words;
    let object =
        verb.arguments.iter().any(|argument| argument.role == Role::Object && argument.head != noun.head);
    let behind =
        matches!(noun.role, Role::Marked(..)) && !object && !tree.lexicon.has(Property::SupportByObjectOnly);
    match noun.role {
        Role::Object if words.support.contains(&verb.lemma) => Some(Carriage::Doer),
        Role::Object if words.receptive_support.contains(&verb.lemma) => Some(Carriage::Receiver),
        _ if undergone(tree, verb, noun) => Some(Carriage::Undergoer),
        // "procéder à la livraison".
        _ if behind && words.support.contains(&verb.lemma) => Some(Carriage::Doer),
        _ => None,
    }
}

/// "Die Lieferung erfolgte", "es kam zu einer Lieferung".
fn undergone(tree: &Tree, verb: &Predicate, noun: &Argument) -> bool {
    let plain = matches!(noun.role, Role::Object | Role::Subject);
    let mut entries = tree.lexicon.words.passive_support.iter().filter(|entry| entry.lemma() == verb.lemma);
    entries.any(|entry| match entry.of() {
        [] => plain,
        places => places.iter().any(|place| noun.role.fits(place)),
    })
}

fn carry(noun: &mut Predicate, verb: &Predicate, carriage: Carriage) {
    noun.support = Some(verb.head);
    noun.words.extend(&verb.words);
    noun.words.sort_unstable();
    noun.words.dedup();
    for argument in &verb.arguments {
        let known = noun.arguments.iter().any(|own| own.head == argument.head);
        if known || argument.head == noun.head || argument.role == Role::Complement {
            continue;
        }
        let role = match (&argument.role, carriage) {
            (Role::Subject, Carriage::Receiver) => Role::Dative,
            (Role::Subject, Carriage::Undergoer) => Role::Object,
            (role, _) => role.clone(),
        };
        noun.arguments.push(Argument { role, ..argument.clone() });
    }
    noun.arguments.sort_by_key(|argument| argument.head);
}

/// "begann die Lieferung von Drohnen an Russland": the tree may hang the last phrase on the verb. Only what follows the
/// noun's own words at once.
fn trail(tree: &Tree, noun: &mut Predicate, verb: &Predicate) {
    let mut end = tree.below(noun.head, |_| true).last().copied().unwrap_or(noun.head);
    for argument in &verb.arguments {
        let phrase = tree.below(argument.head, |_| true);
        let joined = phrase.first() == Some(&(end + 1)) && argument.through.is_none();
        let preposition = argument.how.iter().copied().find(|how| tree.is(*how, &[Upos::Adp]));
        let known = noun.arguments.iter().any(|own| own.head == argument.head);
        let Some(preposition) = preposition.filter(|_| joined && !known) else { continue };
        let role = match &argument.role {
            Role::Subject => Role::Marked(tree.lemma(preposition).into(), None),
            role => role.clone(),
        };
        end = phrase.last().copied().unwrap_or(end);
        // What hangs in that phrase may be the noun's too: "im Wert von 300 Millionen Dollar an Estland".
        let inside = verb
            .arguments
            .iter()
            .filter(|other| other.through.is_some_and(|through| phrase.contains(&through)));
        noun.arguments.extend(inside.cloned());
        noun.arguments.push(Argument { role, through: Some(verb.head), ..argument.clone() });
    }
    noun.arguments.sort_by_key(|argument| argument.head);
}
