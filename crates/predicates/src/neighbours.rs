//! Words that the tree joined to a neighbour although they take part in the verb themselves.

use crate::arguments::Arguments;
use crate::cases::{may_be_dative, sure};
use crate::forms::ends;
use crate::model::{Argument, Predicate, Role, Voice};
use crate::properties::Property;
use crate::repairs::only_dative;
use lagebild_grammar::Upos;

impl Arguments<'_> {
    /// "Möglicherweise hat die Reederei Öl transportiert": a bare noun behind the subject is the object.
    pub(crate) fn juxtaposed(&self, predicate: &mut Predicate) {
        let tree = self.tree;
        let object = predicate
            .arguments
            .iter()
            .any(|argument| matches!(argument.role, Role::Object | Role::Complement));
        let beside = tree.lexicon.has(Property::ObjectsBesideSubject);
        if object || !beside || predicate.voice != Voice::Active {
            return;
        }
        let Some(subject) = predicate
            .arguments
            .iter()
            .find(|argument| argument.role == Role::Subject)
            .map(|argument| argument.head)
        else {
            return;
        };
        let counted = tree.by(subject, &["nummod"]).next().is_some();
        let bare = tree.by(subject, &["nmod", "appos"]).find(|child| {
            let alone = tree.by(*child, &["case", "det"]).next().is_none();
            let joined = (subject + 1..*child).all(|at| !tree.is(at, &[Upos::Punct]));
            *child > subject && tree.is(*child, &[Upos::Noun]) && alone && joined
        });
        if let Some(noun) = bare.filter(|_| !counted) {
            let argument = self.argument(noun, noun, Role::Object);
            predicate
                .doubts
                .push(format!("{}: a bare noun behind the subject, taken as Object", tree.form(noun)));
            predicate.arguments.push(Argument { through: Some(subject), ..argument });
        }
    }

    /// Ukrainian "Росії" is no accusative, whatever its features say: that would be "Росію".
    pub(crate) fn feminine_dative(&self, at: usize) -> bool {
        let accusative = &self.tree.lexicon.words.feminine_accusative_ends;
        !accusative.is_empty()
            && self.tree.has(at, "Gender", "Fem")
            && self.tree.has(at, "Number", "Sing")
            && may_be_dative(self.tree, at)
            && !ends(self.tree.form(at), accusative)
    }

    /// A name before a noun that hangs on it like the first part of a compound.
    pub(crate) fn name_before(&self, noun: usize) -> Option<usize> {
        let tree = self.tree;
        tree.by(noun, &["compound", "flat", "nmod"]).find(|child| {
            let loose = !tree.is(child + 1, &[Upos::Punct, Upos::Part]);
            let bare = tree.by(*child, &["case"]).next().is_none();
            *child < noun && tree.is(*child, &[Upos::Propn]) && loose && bare
        })
    }

    /// "gave Kyiv tanks", "Kiew Panzer zu überlassen": a name that the tree takes for the first part of a compound may be
    /// the receiver.
    pub(crate) fn glued(&self, predicate: &mut Predicate) {
        let tree = self.tree;
        let dative = predicate.arguments.iter().any(|argument| argument.role == Role::Dative);
        if dative || !tree.lexicon.has(Property::DoubleObjects) {
            return;
        }
        let objects: Vec<usize> = predicate
            .arguments
            .iter()
            .filter(|argument| argument.role == Role::Object)
            .map(|argument| argument.head)
            .collect();
        for object in objects {
            if let Some(noun) = self.noun_behind(object) {
                self.part(predicate, object, noun);
                continue;
            }
            // "den Taliban Hubschrauber": the article is the name's.
            let determined =
                tree.by(object, &["det"]).any(|det| det < object) && !only_dative(&sure(tree, object));
            let name = self.name_before(object);
            if let Some(name) = name.filter(|name| {
                !determined && (*name > predicate.head || tree.lexicon.has(Property::VerbFinal))
            }) {
                let argument = self.argument(name, name, Role::Dative);
                predicate.arguments.push(Argument { through: Some(object), ..argument });
            }
        }
    }

    /// "stellt Nigeria Haubitzen zur Verfügung": a bare noun behind a name that is an object, which the tree takes for a part of the name.
    fn noun_behind(&self, name: usize) -> Option<usize> {
        let tree = self.tree;
        let fits = tree.is(name, &[Upos::Propn]) && tree.lexicon.has(Property::ObjectsBesideSubject);
        let joined = tree.by(name, &["flat", "nmod", "appos"]).find(|child| {
            let bare = tree.children(*child).iter().all(|below| !matches!(tree.rel(*below), "case" | "det"));
            let touching = (name + 1..*child).all(|at| tree.is(at, &[Upos::Num, Upos::Adj]));
            *child > name && tree.is(*child, &[Upos::Noun]) && bare && touching
        });
        joined.filter(|_| fits)
    }

    /// The name is the receiver, the noun the thing.
    fn part(&self, predicate: &mut Predicate, name: usize, noun: usize) {
        if let Some(argument) = predicate.arguments.iter_mut().find(|argument| argument.head == name) {
            argument.role = Role::Dative;
        }
        let argument = self.argument(noun, noun, Role::Object);
        predicate
            .doubts
            .push(format!("{}: a bare noun behind a name, taken as Object", self.tree.form(noun)));
        predicate.arguments.push(Argument { through: Some(name), ..argument });
    }
}
