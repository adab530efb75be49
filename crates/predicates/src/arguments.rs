//! Who takes part in a verb, as the tree has it: roles before the passive is undone.

use crate::cases::{Preposition, preposition, shown, sure};
use crate::model::{Argument, Case, Predicate, Role};
use crate::tree::Tree;
use crate::verbs::{particle, reflexive};
use lagebild_grammar::Upos;
use std::collections::BTreeMap;

/// Relative pronouns and the nouns that they stand for.
pub(crate) type Antecedents = BTreeMap<usize, usize>;

/// What the words below a predicate are to it.
pub(crate) struct Arguments<'t> {
    pub(crate) tree: &'t Tree<'t>,
    pub(crate) antecedents: &'t Antecedents,
}

impl Arguments<'_> {
    /// The arguments of a verb or of a predicate with a copula.
    pub(crate) fn of_verb(&self, predicate: &mut Predicate) {
        let tree = self.tree;
        let head = predicate.head;
        let serving = [reflexive(tree, head), particle(tree, head)];
        for child in tree.children(head).iter().copied().filter(|child| !serving.contains(&Some(*child))) {
            match tree.rel(child) {
                "compound" if tree.is(child, &[Upos::Noun]) && preposition(tree, child).is_some() => {
                    let role = self.role(child, child, head);
                    predicate.arguments.push(self.argument(child, child, role));
                }
                "nsubj" | "obj" | "iobj" | "obl" | "nmod" | "dislocated"
                    if tree.by(child, &["cop"]).next().is_none() =>
                {
                    for member in tree.row(child) {
                        if member == child || tree.nominal(member) {
                            let role = self.role(child, member, head);
                            predicate.arguments.push(self.argument(member, child, role));
                        }
                    }
                }
                "ccomp" | "xcomp" | "csubj" => {
                    let role = Role::Complement;
                    predicate
                        .arguments
                        .push(Argument { tokens: vec![child], ..self.argument(child, child, role) });
                }
                _ => {}
            }
        }
        self.repair(predicate);
        self.hanging(predicate);
        self.juxtaposed(predicate);
        self.glued(predicate);
    }

    /// The role of a member of a row, from the relation of its first member.
    fn role(&self, first: usize, member: usize, verb: usize) -> Role {
        let tree = self.tree;
        let particle = particle(tree, verb);
        let found = preposition(tree, member).or_else(|| preposition(tree, first));
        let found = found.filter(|found| particle.is_none_or(|particle| !found.tokens.contains(&particle)));
        let taken = particle.is_some_and(|particle| tree.head(particle) == Some(first));
        match tree.rel(first) {
            _ if taken => Role::Object,
            "nsubj" if tree.lexicon.code != "ko" => Role::Subject,
            "nsubj" => Role::Subject,
            relation => match found {
                Some(found) if self.approximate(&found, member) && relation == "obl" => Role::Object,
                Some(found) if relation != "obj" || tree.lexicon.code == "ko" => {
                    Role::Marked(found.plain, found.case)
                }
                _ => self.bare(first, member, relation),
            },
        }
    }

    fn bare(&self, first: usize, member: usize, relation: &str) -> Role {
        let tree = self.tree;
        let case = shown(tree, first).or_else(|| shown(tree, member));
        let partitive = tree.by(member, &["det"]).any(|at| tree.listed(at, &tree.lexicon.words.partitives));
        match (relation, case) {
            ("obj", _) => Role::Object,
            (_, Some(Case::Dat)) => Role::Dative,
            // "liefert der Ukraine": the article leaves nothing else open at a verb.
            ("obl" | "iobj", _) if only_dative(&sure(tree, member)) => Role::Dative,
            ("iobj", None | Some(Case::Acc | Case::Nom)) => Role::Dative,
            ("obl", None) if partitive => Role::Object,
            (_, case) => Role::Bare(case),
        }
    }

    /// "up to 500 shells": no preposition of the verb.
    fn approximate(&self, found: &Preposition, head: usize) -> bool {
        let listed = self.tree.lexicon.words.approximate.contains(&found.plain);
        listed && self.tree.by(head, &["nummod"]).next().is_some()
    }

    /// An argument with this head; `first` is the first member of its row.
    pub(crate) fn argument(&self, at: usize, first: usize, role: Role) -> Argument {
        let tree = self.tree;
        let mut how = preposition(tree, at)
            .or_else(|| preposition(tree, first))
            .map(|found| found.tokens)
            .unwrap_or_default();
        let head = self.antecedents.get(&at).copied().unwrap_or(at);
        if head != at {
            how.push(at);
        }
        Argument {
            head,
            tokens: phrase(tree, head),
            role,
            how,
            alias: alias(tree, head),
            through: None,
            shared: false,
            negated: false,
        }
    }

    /// Trusts case and agreement where the tree cannot be right.
    fn repair(&self, predicate: &mut Predicate) {
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
            let open = sure(tree, place);
            let role = match argument.role {
                Role::Subject if !open.is_empty() && !open.contains(&Case::Nom) => {
                    if shown(tree, place) == Some(Case::Dat) { Role::Dative } else { Role::Object }
                }
                Role::Subject
                    if tree.is(place, &[Upos::Pron])
                        && tree.case(place) == Some(Case::Acc)
                        && open.is_empty() =>
                {
                    Role::Object
                }
                Role::Subject if self.oblique_pronoun(place, argument.head) => Role::Object,
                Role::Object if only_dative(&open) => Role::Dative,
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
        if let (Some(subject), Some(object)) = (subject, object) {
            if self.swapped(predicate, subject, object) {
                doubts.push("subject and object: by case or agreement".into());
                for (at, role) in [(subject, Role::Object), (object, Role::Subject)] {
                    if let Some(argument) = predicate.arguments.get_mut(at) {
                        argument.role = role;
                    }
                }
            }
        }
        self.second_subject(predicate, &mut doubts);
        self.second_object(predicate, &mut doubts);
        predicate.doubts = doubts;
    }

    /// Russian "солдат, которых обучали": no subject stands in this case.
    fn oblique_pronoun(&self, place: usize, head: usize) -> bool {
        let slavic = matches!(self.tree.lexicon.code.as_str(), "ru" | "uk" | "pl");
        slavic && place != head && matches!(self.tree.case(place), Some(Case::Gen | Case::Acc))
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
        let inflected =
            !tree.lexicon.words.cases.is_empty() || matches!(tree.lexicon.code.as_str(), "ru" | "uk" | "pl");
        if !inflected || subject < object && tree.lexicon.code == "pl" {
            return false;
        }
        if tree.lexicon.code != "de" {
            return cases == (Some(Case::Acc), Some(Case::Nom));
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
        // The ending of a German verb is surer than its features.
        if tree.lexicon.code == "de"
            && (verb == "Plur") != (tree.form(*finite).ends_with('n') || tree.form(*finite) == "sind")
        {
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
        let misfit = self.agrees(predicate, head(one)) == Some(false)
            && self.agrees(predicate, head(other)) == Some(true);
        let wrong = if misfit { *one } else { *other };
        let place = head(&wrong);
        let object = predicate.arguments.iter().any(|argument| argument.role == Role::Object);
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
        self.english_order(predicate);
        let objects = self.firsts(predicate, &Role::Object);
        let [one, other] = objects.as_slice() else { return };
        if predicate.arguments.iter().any(|argument| argument.role == Role::Dative) {
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

    /// English has the receiver before the thing: "send it soldiers".
    fn english_order(&self, predicate: &mut Predicate) {
        let bare = |role: Role| predicate.arguments.iter().position(|argument| argument.role == role);
        let (Some(object), Some(dative)) = (bare(Role::Object), bare(Role::Dative)) else { return };
        let head = |at: usize| predicate.arguments.get(at).map(|argument| argument.head);
        let relative = predicate
            .arguments
            .get(object)
            .is_some_and(|argument| argument.how.iter().any(|how| self.antecedents.contains_key(how)));
        if self.tree.lexicon.code == "en" && head(object) < head(dative) && !relative {
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

    /// Phrases with a preposition that hang on an argument and may belong to the verb: "sold the parts to Iran".
    fn hanging(&self, predicate: &mut Predicate) {
        let tree = self.tree;
        let mut open: Vec<usize> = predicate
            .arguments
            .iter()
            .filter(|argument| argument.role != Role::Complement)
            .map(|argument| argument.head)
            .collect();
        let mut known: Vec<usize> = predicate.arguments.iter().map(|argument| argument.head).collect();
        while let Some(noun) = open.pop() {
            for child in tree.by(noun, &["nmod", "obl", "iobj"]) {
                for member in
                    tree.row(child).into_iter().filter(|member| *member == child || tree.nominal(*member))
                {
                    if known.contains(&member) || self.antecedents.contains_key(&member) {
                        continue;
                    }
                    known.push(member);
                    open.push(member);
                    let found = preposition(tree, member).or_else(|| preposition(tree, child));
                    let role = match found {
                        Some(found) => Role::Marked(found.plain, found.case),
                        None if shown(tree, member) == Some(Case::Dat) || self.may_be_dative(member) => {
                            Role::Dative
                        }
                        None => continue,
                    };
                    let argument = self.argument(member, child, role);
                    predicate.arguments.push(Argument { through: Some(noun), ..argument });
                }
            }
        }
        predicate.arguments.sort_by_key(|argument| argument.head);
    }
}

/// An article that stands for a dative and no accusative.
fn only_dative(open: &[Case]) -> bool {
    open.contains(&Case::Dat) && !open.contains(&Case::Acc)
}

impl Arguments<'_> {
    /// Russian "ракеты Украине": a name that the tree takes for an owner, in a form that can be the dative.
    fn may_be_dative(&self, at: usize) -> bool {
        let tree = self.tree;
        let ends = &tree.lexicon.words.dative_ends;
        tree.is(at, &[Upos::Propn]) && ends.iter().any(|end| tree.form(at).ends_with(end.as_str()))
    }

    /// "Möglicherweise hat die Reederei Öl transportiert": a bare noun behind the subject is the object.
    fn juxtaposed(&self, predicate: &mut Predicate) {
        let tree = self.tree;
        let object = predicate
            .arguments
            .iter()
            .any(|argument| matches!(argument.role, Role::Object | Role::Complement));
        if object || tree.lexicon.code != "de" || predicate.voice != crate::model::Voice::Active {
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

    /// "gave Kyiv tanks", "Kiew Panzer zu überlassen": a name that the tree takes for the first part of a compound may be
    /// the receiver.
    fn glued(&self, predicate: &mut Predicate) {
        let tree = self.tree;
        let dative = predicate.arguments.iter().any(|argument| argument.role == Role::Dative);
        if dative || !matches!(tree.lexicon.code.as_str(), "de" | "en") {
            return;
        }
        let objects: Vec<usize> = predicate
            .arguments
            .iter()
            .filter(|argument| argument.role == Role::Object)
            .map(|argument| argument.head)
            .collect();
        for object in objects {
            let determined = tree.by(object, &["det"]).any(|det| det < object);
            let name = tree.by(object, &["compound", "flat", "nmod"]).find(|child| {
                let loose = !tree.is(child + 1, &[Upos::Punct, Upos::Part])
                    && tree.by(*child, &["case"]).next().is_none();
                *child < object && tree.is(*child, &[Upos::Propn]) && loose
            });
            if let Some(name) =
                name.filter(|name| !determined && (*name > predicate.head || tree.lexicon.code == "de"))
            {
                let argument = self.argument(name, name, Role::Dative);
                predicate.arguments.push(Argument { through: Some(object), ..argument });
            }
        }
    }
}

/// A phrase without preposition, clauses at it, apposed names and further members of a row.
pub(crate) fn phrase(tree: &Tree, head: usize) -> Vec<usize> {
    let apart = [
        "case",
        "acl",
        "appos",
        "conj",
        "cc",
        "parataxis",
        "nsubj",
        "cop",
        "aux",
        "mark",
        "advcl",
        "ccomp",
        "expl",
    ];
    let mut tokens = tree.below(head, |at| {
        let top = tree.head(at) == Some(head);
        let genitive = tree.rel(at) == "case" && !top;
        !(top && apart.contains(&tree.rel(at))
            || !genitive && matches!(tree.rel(at), "acl" | "parataxis" | "advcl"))
    });
    let edge = |at: &usize| tree.is(*at, &[Upos::Punct]);
    while tokens.last().is_some_and(edge) {
        tokens.pop();
    }
    let skip = tokens.iter().take_while(|at| edge(at)).count();
    tokens.drain(..skip);
    tokens
}

/// The name beside a noun.
fn alias(tree: &Tree, head: usize) -> Option<usize> {
    let names = |at: usize| {
        tree.by(at, &["appos", "flat", "compound", "nmod"]).find(|child| {
            let bare = tree.by(*child, &["case"]).next().is_none();
            let behind = *child > head && bare && tree.case(*child) != Some(Case::Gen);
            tree.is(*child, &[Upos::Propn]) && (tree.rel(*child) == "appos" || behind)
        })
    };
    let noun = tree.is(head, &[Upos::Noun]);
    names(head)
        .filter(|child| noun || tree.rel(*child) == "appos")
        .or_else(|| tree.by(head, &["appos"]).next())
}
