//! Who takes part in a verb, as the tree has it: roles before the passive is undone.

use crate::cases::{Preposition, may_be_dative, preposition, shown, sure};
use crate::model::{Argument, Case, Predicate, Role};
use crate::properties::Property;
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
                // "북한으로부터": a noun with a particle that the tree takes for an adverb.
                "advmod" if tree.lexicon.words.morphemes.is_some() && preposition(tree, child).is_some() => {
                    let role = self.role(child, child, head);
                    predicate.arguments.push(self.argument(child, child, role));
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
            "nsubj" => Role::Subject,
            relation => match found {
                Some(found) if self.approximate(&found, member) && relation == "obl" => Role::Object,
                Some(found) if relation != "obj" || self.prepositional_object(&found) => {
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
            ("obj", _) if self.feminine_dative(member) => Role::Dative,
            ("obj", _) => Role::Object,
            (_, Some(Case::Dat)) => Role::Dative,
            // "liefert der Ukraine": the article leaves nothing else open at a verb.
            ("obl" | "iobj", _) if crate::repairs::only_dative(&sure(tree, member)) => Role::Dative,
            ("iobj", None | Some(Case::Acc | Case::Nom)) => Role::Dative,
            ("obl", None) if partitive => Role::Object,
            (_, case) => Role::Bare(case),
        }
    }

    /// "Sanktionen gegen Firmen": with a preposition it is no plain object, but for languages that mark objects so.
    fn prepositional_object(&self, found: &Preposition) -> bool {
        !self.tree.lexicon.has(Property::MarkedObjects)
            && !self.tree.lexicon.words.approximate.contains(&found.plain)
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
                    if known.contains(&member)
                        || tree.before_hyphen(member)
                        || self.antecedents.contains_key(&member)
                    {
                        continue;
                    }
                    known.push(member);
                    open.push(member);
                    let found = preposition(tree, member).or_else(|| preposition(tree, child));
                    let role = match found {
                        Some(found) => Role::Marked(found.plain, found.case),
                        None if shown(tree, member) == Some(Case::Dat) || may_be_dative(tree, member) => {
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
