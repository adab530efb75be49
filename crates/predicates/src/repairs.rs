//! Where the tree cannot be right: case, agreement and order of words are trusted more, and the predicate says so.

use crate::arguments::Arguments;
use crate::cases::{shown, sure};
use crate::forms::ends;
use crate::model::{Argument, Case, Form, Predicate, Role, Voice};
use crate::properties::Property;
use lagebild_grammar::Upos;

impl Arguments<'_> {
    /// Trusts case and agreement where the tree cannot be right.
    pub(crate) fn repair(&self, predicate: &mut Predicate) {
        let tree = self.tree;
        let mut doubts = Vec::new();
        // A subject in another case.
        for at in 0..predicate.arguments.len() {
            let Some(argument) = predicate.arguments.get(at) else { continue };
            let place = argument
                .how
                .last()
                .copied()
                .filter(|_| argument.role == Role::Subject)
                .unwrap_or(argument.head);
            let mut open = sure(tree, place);
            let pronoun = place != argument.head && open == [Case::Nom, Case::Gen, Case::Dat];
            // "die Marine, der Indien …": for a feminine "der" is a dative.
            if pronoun
                && tree.has(argument.head, "Gender", "Fem")
                && !tree.has(argument.head, "Number", "Plur")
            {
                open = vec![Case::Dat];
            }
            let infinitive =
                predicate.form == Form::Infinitive && tree.lexicon.has(Property::SubjectlessInfinitives);
            let object = predicate.arguments.iter().any(|argument| argument.role == Role::Object);
            let role = match argument.role {
                // "Kiew Geschütze zu liefern": an infinitive has no subject of its own.
                Role::Subject if infinitive => {
                    if object {
                        Role::Dative
                    } else {
                        Role::Object
                    }
                }
                Role::Subject if !open.is_empty() && !open.contains(&Case::Nom) => {
                    if shown(tree, place) == Some(Case::Dat) || only_dative(&open) {
                        Role::Dative
                    } else {
                        Role::Object
                    }
                }
                Role::Subject
                    if tree.is(place, &[Upos::Pron])
                        && tree.case(place) == Some(Case::Acc)
                        && open.is_empty() =>
                {
                    Role::Object
                }
                // "Йемену ракеты поставил Иран".
                Role::Subject
                    if tree.is(place, &[Upos::Propn])
                        && tree.case(place) == Some(Case::Dat)
                        && tree.lexicon.has(Property::CaseEndings) =>
                {
                    Role::Dative
                }
                Role::Subject if self.oblique_pronoun(place, argument.head) => Role::Object,
                Role::Object if only_dative(&open) && self.name_before(place).is_none() => Role::Dative,
                _ => continue,
            };
            doubts.push(format!("{}: by its case {role:?}", tree.form(argument.head)));
            if let Some(argument) = predicate.arguments.get_mut(at) {
                argument.role = role;
            }
        }
        // The object agrees with the verb and the subject does not, or case says so.
        let first = |role: &Role| predicate.arguments.iter().position(|argument| argument.role == *role);
        let (subject, object) = (first(&Role::Subject), first(&Role::Object));
        if let (Some(subject), Some(object)) = (subject, object)
            && self.swapped(predicate, subject, object)
        {
            doubts.push("subject and object: by case or agreement".into());
            for (at, role) in [(subject, Role::Object), (object, Role::Subject)] {
                if let Some(argument) = predicate.arguments.get_mut(at) {
                    argument.role = role;
                }
            }
        }
        self.second_subject(predicate, &mut doubts);
        self.second_object(predicate, &mut doubts);
        predicate.doubts = doubts;
    }

    /// Russian "солдат, которых обучали": no subject stands in this case.
    fn oblique_pronoun(&self, place: usize, head: usize) -> bool {
        self.tree.lexicon.has(Property::CaseEndings)
            && place != head
            && matches!(self.tree.case(place), Some(Case::Gen | Case::Acc))
    }

    fn swapped(&self, predicate: &Predicate, subject: usize, object: usize) -> bool {
        let tree = self.tree;
        let head = |at: usize| {
            predicate.arguments.get(at).map(|argument| {
                argument.how.last().copied().filter(|how| tree.nominal(*how)).unwrap_or(argument.head)
            })
        };
        let (Some(subject), Some(object)) = (head(subject), head(object)) else { return false };
        let cases = (tree.case(subject), tree.case(object));
        if tree.lexicon.words.cases.is_empty() {
            let free = subject > object || !tree.lexicon.has(Property::OrderBeforeCase);
            return tree.lexicon.has(Property::CaseEndings)
                && free
                && cases == (Some(Case::Acc), Some(Case::Nom));
        }
        let open = |at| {
            let open = sure(tree, at);
            open.is_empty() || open.contains(&Case::Nom)
        };
        self.agrees(predicate, object) == Some(true)
            && self.agrees(predicate, subject) == Some(false)
            && open(object)
    }

    /// Whether the number of a noun fits the finite verb.
    fn agrees(&self, predicate: &Predicate, noun: usize) -> Option<bool> {
        let tree = self.tree;
        let finite = predicate
            .words
            .iter()
            .find(|word| tree.has(**word, "VerbForm", "Fin") || tree.feat(**word, "Mood").is_some())?;
        let verb = tree.feat(*finite, "Number")?;
        let plural = &tree.lexicon.words.plural_verb_ends;
        if !plural.is_empty() && (verb == "Plur") != ends(tree.form(*finite), plural) {
            return None;
        }
        let number = if tree.row(noun).len() > 1 { "Plur" } else { tree.feat(noun, "Number")? };
        Some(number == verb)
    }

    /// Of two subjects one is an object or dative.
    fn second_subject(&self, predicate: &mut Predicate, doubts: &mut Vec<String>) {
        let tree = self.tree;
        let subjects: Vec<usize> = self.firsts(predicate, &Role::Subject);
        let [one, other] = subjects.as_slice() else { return };
        let head = |at: &usize| predicate.arguments.get(*at).map_or(0, |argument| argument.head);
        let relative =
            |at: &usize| predicate.arguments.get(*at).is_some_and(|argument| self.relative(argument));
        let object = predicate.arguments.iter().any(|argument| argument.role == Role::Object);
        // "die Drohnen, die Iran verkaufte": the pronoun may be either, the name only the subject.
        let (one, other) =
            if relative(one) && !relative(other) && !object { (other, one) } else { (one, other) };
        let misfit = self.agrees(predicate, head(one)) == Some(false)
            && self.agrees(predicate, head(other)) == Some(true);
        let wrong = if misfit { *one } else { *other };
        let place = head(&wrong);
        let dative = shown(tree, place) == Some(Case::Dat) || object;
        let role = if dative { Role::Dative } else { Role::Object };
        doubts.push(format!("{}: a second subject, taken as {role:?}", tree.form(place)));
        if let Some(argument) = predicate.arguments.get_mut(wrong) {
            argument.role = role;
        }
    }

    /// Of two objects the first is the receiver: "gave Kyiv tanks", "Russland Drohnen geliefert".
    fn second_object(&self, predicate: &mut Predicate, doubts: &mut Vec<String>) {
        let tree = self.tree;
        self.receiver_first(predicate);
        let objects = self.firsts(predicate, &Role::Object);
        let [one, other] = objects.as_slice() else { return };
        let has = |role: Role| predicate.arguments.iter().any(|argument| argument.role == role);
        // "die Panzer, die Jordanien kaufen will": one of the two is the subject.
        let relative =
            |at: &usize| predicate.arguments.get(*at).is_some_and(|argument| self.relative(argument));
        let finite = !has(Role::Subject) && predicate.form == Form::Finite;
        let subject = (finite && !has(Role::Dative) && relative(one) && !relative(other)).then_some(other);
        let agreeing = self.only_agreeing(predicate, *one, *other).filter(|_| finite);
        if let Some(subject) = subject.copied().or(agreeing) {
            doubts.push("two objects: one taken as subject".into());
            if let Some(argument) = predicate.arguments.get_mut(subject) {
                argument.role = Role::Subject;
            }
            return;
        }
        if has(Role::Dative) {
            return;
        }
        let case = |at: &usize| predicate.arguments.get(*at).and_then(|argument| tree.case(argument.head));
        let dative =
            if case(other) == Some(Case::Dat) && case(one) != Some(Case::Dat) { *other } else { *one };
        doubts.push("two objects: one taken as dative".into());
        if let Some(argument) = predicate.arguments.get_mut(dative) {
            argument.role = Role::Dative;
        }
    }

    /// "Ракеты поставил Иран": the one of two objects that agrees with the verb, in a language whose nouns show their case.
    fn only_agreeing(&self, predicate: &Predicate, one: usize, other: usize) -> Option<usize> {
        let agrees = |at: usize| self.agrees(predicate, predicate.arguments.get(at)?.head);
        let cased = self.tree.lexicon.has(Property::CaseEndings) && predicate.voice == Voice::Active;
        match (agrees(one), agrees(other)) {
            (Some(true), Some(false)) if cased => Some(one),
            (Some(false), Some(true)) if cased => Some(other),
            _ => None,
        }
    }

    /// True for a relative pronoun.
    fn relative(&self, argument: &Argument) -> bool {
        argument.how.iter().any(|how| self.antecedents.contains_key(how))
    }

    /// The receiver before the thing: "send it soldiers".
    fn receiver_first(&self, predicate: &mut Predicate) {
        let bare = |role: Role| predicate.arguments.iter().position(|argument| argument.role == role);
        let (Some(object), Some(dative)) = (bare(Role::Object), bare(Role::Dative)) else { return };
        let head = |at: usize| predicate.arguments.get(at).map(|argument| argument.head);
        let relative = predicate
            .arguments
            .get(object)
            .is_some_and(|argument| argument.how.iter().any(|how| self.antecedents.contains_key(how)));
        let ordered = self.tree.lexicon.has(Property::ReceiverFirst);
        if ordered && head(object) < head(dative) && !relative {
            for (at, role) in [(object, Role::Dative), (dative, Role::Object)] {
                if let Some(argument) = predicate.arguments.get_mut(at) {
                    argument.role = role;
                }
            }
        }
    }

    /// Arguments in this role that are no further members of a row.
    fn firsts(&self, predicate: &Predicate, role: &Role) -> Vec<usize> {
        let first = |argument: &Argument| {
            argument.how.iter().any(|how| self.antecedents.contains_key(how))
                || self.tree.rel(argument.head) != "conj"
        };
        let all = predicate.arguments.iter().enumerate();
        all.filter(|(_, argument)| argument.role == *role && first(argument)).map(|(at, _)| at).collect()
    }
}

/// An article that stands for a dative and no accusative.
pub(crate) fn only_dative(open: &[Case]) -> bool {
    open.contains(&Case::Dat) && !open.contains(&Case::Acc)
}
