//! What the trees of sentences say: predicates with their arguments, and whether they are said to hold.
//!
//! [`predicates`] undoes what grammar does to a plain statement: passives, relative clauses, infinitives, rows, support verbs.
//! [`holds`] tells by the words around a predicate how sure it is and who says so. Nothing here knows goods, lists or law.

mod arguments;
mod cases;
mod certainty;
mod clauses;
mod cues;
mod factuality;
mod forms;
mod governors;
mod inflection;
mod joined;
mod lexicon;
mod mended;
mod model;
mod negation;
mod neighbours;
mod nouns;
mod properties;
mod repairs;
mod tree;
mod undo;
mod values;
mod verbs;
mod words;

pub use factuality::{class_of, embeds, holds};
pub use forms::{AdjectivalParticiples, Morphemes};
pub use lexicon::{Class, Complement, Embedding, Factuality, Lexicon, Member, Members, of};
pub use model::{
    Argument, Case, Certainty, Clauses, Cue, Form, Governor, Held, Kind, Link, Marker, Predicate, Role,
    Status, Voice,
};
pub use properties::Property;
pub use words::{Adverbs, Control, Governs, Modal, Negated, Place, Placed, Words};

use arguments::Arguments;
use lagebild_grammar::Sentence;
use tree::Tree;

/// The predicates of a sentence. `text` is the text in which the spans of its tokens lie.
pub fn predicates(sentence: &Sentence, text: &str, lexicon: &Lexicon) -> Clauses {
    let tree = Tree::new(sentence, text, lexicon);
    let antecedents = clauses::antecedents(&tree);
    let reader = Arguments { tree: &tree, antecedents: &antecedents };
    let mut found =
        Clauses { predicates: (0..tree.len()).filter_map(|at| verbs::draft(&tree, at)).collect() };
    for predicate in &mut found.predicates {
        if predicate.kind == Kind::Noun && predicate.form == Form::Nominal {
            reader.of_noun(predicate);
        } else {
            reader.of_verb(predicate);
        }
    }
    complete(&tree, &mut found, &antecedents);
    clauses::share_back(&tree, &mut found.predicates);
    undo::support(&tree, &mut found.predicates);
    governors::link(&tree, &mut found);
    cues::set(&reader, &mut found);
    found
}

/// The phrase around a word, as if the word took part in something.
pub fn phrase(sentence: &Sentence, text: &str, lexicon: &Lexicon, head: usize) -> Argument {
    let tree = Tree::new(sentence, text, lexicon);
    let antecedents = clauses::antecedents(&tree);
    Arguments { tree: &tree, antecedents: &antecedents }.argument(head, head, Role::Apposition)
}

/// Shares what stands elsewhere and undoes the passive, from the top of the tree down.
fn complete(tree: &Tree, found: &mut Clauses, antecedents: &arguments::Antecedents) {
    let mut order: Vec<(usize, usize)> = (0..found.predicates.len())
        .map(|index| (depth(tree, found.predicates.get(index).map_or(0, |predicate| predicate.head)), index))
        .collect();
    order.sort_unstable();
    let mut surface: Vec<Vec<Argument>> = vec![Vec::new(); found.predicates.len()];
    for (_, index) in order {
        let Some(mut own) = found.predicates.get(index).cloned() else { continue };
        let parent = governors::above(tree, found, own.head).map(|(parent, _)| parent);
        let around =
            parent.and_then(|parent| Some((found.predicates.get(parent)?, surface.get(parent)?.as_slice())));
        clauses::share(tree, &mut own, around, antecedents);
        let subjects = own
            .arguments
            .iter()
            .filter(|argument| argument.role == Role::Subject)
            .cloned()
            .collect::<Vec<_>>();
        let nominal = own.kind == Kind::Noun && own.form == Form::Nominal;
        // "hat die Absicht, … abzugeben": what a noun announces is done by its owner, else by the subject of its verb.
        let governed = matches!(tree.rel(own.head), "obj" | "obl");
        let lent = parent.filter(|_| nominal && governed).and_then(|parent| surface.get(parent).cloned());
        let owner = nominal.then(|| clauses::owner_of(Some(&own), tree, own.head)).flatten();
        let subjects: Vec<Argument> =
            if nominal { owner.map_or(lent.unwrap_or_default(), |owner| vec![owner]) } else { subjects };
        if let Some(place) = surface.get_mut(index) {
            *place = subjects;
        }
        undo::voice(tree, &mut own);
        if let Some(place) = found.predicates.get_mut(index) {
            *place = own;
        }
    }
}

fn depth(tree: &Tree, at: usize) -> usize {
    std::iter::successors(Some(at), |at| tree.head(*at)).count()
}
