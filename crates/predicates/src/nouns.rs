//! Who takes part in a noun: owners, genitives, adjectives, compounds, prepositions.

use crate::arguments::Arguments;
use crate::cases::{genitive_mark, may_be_dative, preposition, shown};
use crate::model::{Argument, Case, Predicate, Role};
use crate::properties::Property;
use crate::tree::Tree;
use lagebild_grammar::Upos;

impl Arguments<'_> {
    /// The arguments of a noun.
    pub(crate) fn of_noun(&self, predicate: &mut Predicate) {
        let tree = self.tree;
        let noun = predicate.head;
        for child in tree.children(noun).iter().copied() {
            let Some(role) = role(tree, noun, child) else { continue };
            for member in tree.row(child) {
                // Each member of a row may have a preposition of its own: "from Iran and to Syria".
                let role = match (&role, preposition(tree, member)) {
                    (Role::Marked(..), Some(own)) => Role::Marked(own.plain, own.case),
                    _ => role.clone(),
                };
                predicate.arguments.push(self.argument(member, child, role));
            }
        }
        self.hanging_on_noun(predicate);
    }

    /// Phrases that hang on a phrase of the noun: "deliveries of drones to Russia".
    fn hanging_on_noun(&self, predicate: &mut Predicate) {
        let tree = self.tree;
        let mut open: Vec<usize> = predicate.arguments.iter().map(|argument| argument.head).collect();
        while let Some(at) = open.pop() {
            // "launchers worth 300 million to Estonia": an adjective behind a noun holds phrases of it too.
            open.extend(
                tree.by(at, &["acl", "amod"]).filter(|child| *child > at && tree.is(*child, &[Upos::Adj])),
            );
            for child in tree.by(at, &["nmod", "obl"]).filter(|child| *child > predicate.head) {
                let Some(found) = preposition(tree, child) else { continue };
                if predicate.arguments.iter().any(|argument| argument.head == child) {
                    continue;
                }
                open.push(child);
                for member in tree.row(child) {
                    let role = Role::Marked(found.plain.clone(), found.case);
                    let argument = self.argument(member, child, role);
                    predicate.arguments.push(Argument { through: Some(at), ..argument });
                }
            }
        }
        predicate.arguments.sort_by_key(|argument| argument.head);
    }
}

fn role(tree: &Tree, noun: usize, child: usize) -> Option<Role> {
    let owner = tree.by(child, &["case"]).any(|mark| genitive_mark(tree, mark));
    let possessive = tree.has(child, "Poss", "Yes") || tree.is(child, &[Upos::Pron]) && child < noun;
    Some(match tree.rel(child) {
        "nmod" | "obl" | "det" | "iobj" if owner || possessive => Role::Possessor,
        "nmod" | "obl" | "iobj" => match (preposition(tree, child), shown(tree, child)) {
            (Some(found), _) => Role::Marked(found.plain, found.case),
            (None, Some(case)) if tree.lexicon.has(Property::HeadFinalNouns) => before_noun(case),
            (None, Some(Case::Gen)) if child < noun => Role::Possessor,
            // "dostarczenia Ukrainie czołgów": a verbal noun keeps the dative of its verb.
            (None, Some(Case::Gen)) if tree.has(noun, "VerbForm", "Vnoun") && may_be_dative(tree, child) => {
                Role::Dative
            }
            (None, Some(Case::Dat)) => Role::Dative,
            (None, Some(Case::Nom | Case::Acc) | None) if child < noun => Role::Compound,
            (None, Some(Case::Nom | Case::Acc | Case::Gen) | None) => Role::Genitive,
            (None, case) => Role::Bare(case),
        },
        "det" if tree.is(child, &[Upos::Propn, Upos::Noun]) => Role::Possessor,
        "amod" if crate::verbs::draft(tree, child).is_some() => return None,
        "amod" => Role::Adjective,
        "compound" if tree.is(child, &[Upos::Noun, Upos::Propn, Upos::X, Upos::Adj]) => Role::Compound,
        "flat" if child < noun && tree.nominal(child) => Role::Compound,
        "appos" => Role::Apposition,
        _ => return None,
    })
}

/// A bare noun before a noun is the first part of a compound, in the genitive its owner.
fn before_noun(case: Case) -> Role {
    match case {
        Case::Gen => Role::Possessor,
        Case::Dat => Role::Dative,
        Case::Nom => Role::Compound,
        other => Role::Bare(Some(other)),
    }
}
