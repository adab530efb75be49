//! Prepositions in their plain form, and the case that a phrase shows.

use crate::forms::ends;
use crate::model::Case;
use crate::properties::Property;
use crate::tree::Tree;
use lagebild_grammar::Upos;

/// The preposition of a phrase.
pub(crate) struct Preposition {
    pub(crate) plain: String,
    pub(crate) case: Option<Case>,
    pub(crate) tokens: Vec<usize>,
}

/// The preposition (or postposition) of the phrase with this head.
pub(crate) fn preposition(tree: &Tree, head: usize) -> Option<Preposition> {
    let mut own: Vec<usize> = tree.by(head, &["case"]).filter(|at| !genitive_mark(tree, *at)).collect();
    if own.is_empty() {
        // "gegen vier Firmen": the tree may hang the preposition on the number.
        let numbers = tree.by(head, &["nummod"]).filter(|number| *number < head);
        own.extend(numbers.flat_map(|number| tree.by(number, &["case"])));
    }
    // "bis nach Russland": the one next to the noun.
    let at = own.iter().copied().filter(|at| *at < head).max().or_else(|| own.iter().copied().min());
    let Some(at) = at else { return particle(tree, head) };
    let mut tokens = vec![at];
    tokens.extend(tree.by(at, &["fixed"]));
    tokens.sort_unstable();
    let written = tokens.iter().map(|at| tree.form(*at)).collect::<Vec<_>>().join(" ");
    let bare = tree.lexicon.has(Property::BareNounsWithoutCase) && sure(tree, head).is_empty();
    let case = shown(tree, head).filter(|_| !bare);
    if let Some(plain) = tree.lexicon.words.contractions.get(&written) {
        let (plain, shows) = plain.split_once('+').unwrap_or((plain, ""));
        return Some(Preposition { plain: plain.into(), case: Case::named(shows).or(case), tokens });
    }
    let plain = if tokens.len() == 1 { tree.lemma(at).to_owned() } else { joined(tree, &tokens) };
    Some(Preposition { plain, case, tokens })
}

/// Russian "ракеты Украине": a name that the tree takes for an owner, in a form that can be the dative.
pub(crate) fn may_be_dative(tree: &Tree, at: usize) -> bool {
    tree.is(at, &[Upos::Propn]) && ends(tree.form(at), &tree.lexicon.words.dative_ends)
}

/// A preposition of several words, its last one without the article: "auprès du" is "auprès de".
fn joined(tree: &Tree, tokens: &[usize]) -> String {
    let contractions = &tree.lexicon.words.contractions;
    let plain = |at: &usize| {
        let form = tree.form(*at);
        let plain = contractions.get(form).filter(|_| tokens.last() == Some(at));
        plain.map_or(form, |plain| plain.split('+').next().unwrap_or_default()).to_owned()
    };
    tokens.iter().map(plain).collect::<Vec<_>>().join(" ")
}

/// A particle that stands in the lemma or is written as one with the noun.
fn particle(tree: &Tree, head: usize) -> Option<Preposition> {
    if let Some(proclitic) = tree.proclitic(head) {
        return Some(Preposition { plain: proclitic.into(), case: None, tokens: Vec::new() });
    }
    let plain = tree.lexicon.words.morphemes.as_ref()?.preposition(tree.lemma(head))?;
    Some(Preposition { plain, case: None, tokens: Vec::new() })
}

/// What number and gender of the noun leave of an article: German "den" is accusative in the singular, dative in the plural;
/// "der" before a feminine is no nominative, before a masculine in the singular nothing else.
fn narrow(tree: &Tree, noun: usize, open: &mut Vec<Case>) {
    let plural = tree.has(noun, "Number", "Plur");
    match open.as_slice() {
        [Case::Acc, Case::Dat] if plural => *open = vec![Case::Dat],
        [Case::Acc, Case::Dat] if tree.has(noun, "Number", "Sing") => *open = vec![Case::Acc],
        [Case::Nom, Case::Gen, Case::Dat] if plural => *open = vec![Case::Gen],
        [Case::Nom, Case::Gen, Case::Dat] if tree.has(noun, "Gender", "Fem") => {
            *open = vec![Case::Gen, Case::Dat];
        }
        // "der Iran", "der Zoll".
        [Case::Nom, Case::Gen, Case::Dat]
            if tree.has(noun, "Gender", "Masc") && tree.has(noun, "Number", "Sing") =>
        {
            *open = vec![Case::Nom];
        }
        _ => {}
    }
}

/// A mark of the owner before it: "'s".
pub(crate) fn genitive_mark(tree: &Tree, at: usize) -> bool {
    tree.is(at, &[Upos::Part]) && tree.stands_in(at, &tree.lexicon.words.genitive_marks)
}

/// The case of a phrase: what its article leaves open, of that what the noun's features say.
pub(crate) fn shown(tree: &Tree, head: usize) -> Option<Case> {
    let open = sure(tree, head);
    let told = tree.case(head).and_then(|case| possible(tree, head, case));
    if open.is_empty() {
        return told;
    }
    let article = tree.by(head, &["det"]).find_map(|at| tree.case(at));
    [told, article].into_iter().flatten().find(|case| open.contains(case)).or(open.first().copied())
}

/// The case that the tree tells, where the ending allows it: where an instrumental shows by its ending, a form without it that may be
/// a dative is one.
fn possible(tree: &Tree, at: usize, case: Case) -> Option<Case> {
    if tree.lexicon.has(Property::AcronymsWithoutCase) && tree.is_letters(at) {
        return None;
    }
    let (form, words) = (tree.form(at), &tree.lexicon.words);
    let may_be = |endings: &[String]| endings.is_empty() || ends(form, endings);
    match case {
        Case::Ins if ends(form, &words.dative_ends) && !may_be(&words.instrumental_ends) => Some(Case::Dat),
        // What has no ending of the locative is another case, and the tree does not know which.
        Case::Loc if !may_be(&words.locative_ends) => None,
        case => Some(case),
    }
}

/// The cases that article or pronoun leave open; none where they say nothing.
pub(crate) fn sure(tree: &Tree, head: usize) -> Vec<Case> {
    let table = &tree.lexicon.words.cases;
    let pronoun = tree.is(head, &[Upos::Pron]).then(|| table.get(tree.form(head))).flatten();
    let article = || tree.by(head, &["det"]).find_map(|at| table.get(tree.form(at)));
    let names = pronoun.or_else(article);
    let mut open: Vec<Case> = names.into_iter().flatten().filter_map(|name| Case::named(name)).collect();
    if pronoun.is_none() {
        narrow(tree, head, &mut open);
    }
    open
}
