//! What goes: noun phrases with a class of goods, or with a word like "support" that leaves it open.

use crate::clause::{Clause, Phrase};
use crate::view::View;
use lagebild_entities::EntityId;
use lagebild_span::Span;

/// What a transfer is said to be of.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Item {
    pub(crate) span: Span,
    pub(crate) class: Option<String>,
    /// Whence it is by its adjective or possessor ("Iranian drones").
    pub(crate) origin: Option<EntityId>,
    /// Named as none in particular ("any weapons").
    pub(crate) generic: bool,
    /// Where its first phrase stands among those of its clause.
    pub(crate) phrase: usize,
    /// Further goods of its row that are of another class ("Munition und Diesel").
    pub(crate) others: Vec<(Span, Option<String>)>,
}

/// The item that begins with a phrase of a clause, with what belongs to it: its measure, and the rest of a row.
pub(crate) fn item_at(view: &View, clause: &Clause, at: usize) -> Option<Item> {
    let phrase = clause.phrases.get(at)?;
    let own = own_goods(view, phrase);
    let first = match own {
        Some((_, Some(_))) => own?,
        _ => linked_goods(view, clause, at).or(own)?,
    };
    let rest = clause.phrases.iter().skip(at + 1).take_while(|next| next.coordinated);
    let mut row = rows(view, first.clone(), rest.map_while(|next| own_goods(view, next)));
    let (span, class) = row.remove(0);
    let lexicon = &view.setting.lexicon.data;
    let generic = phrase
        .determiner
        .as_ref()
        .is_some_and(|word| lexicon.generic_determiners.contains(word) || lexicon.questions.contains(word));
    let linked = clause.phrases.get(at + 1).filter(|next| first.0.contains(next.span(&view.words)));
    let origin =
        phrase.adjective.or(phrase.possessor).or(linked.and_then(|next| next.adjective)).and_then(|id| {
            crate::view::side(view.setting.entities, view.setting.lexicon, view.setting.text, id)
        });
    Some(Item { span, class, origin, generic, phrase: at, others: row })
}

/// Goods in a row, those of one class together. What names no class, or only arms as such, goes with what stands beside it.
fn rows(
    view: &View,
    first: (Span, Option<String>),
    rest: impl Iterator<Item = (Span, Option<String>)>,
) -> Vec<(Span, Option<String>)> {
    let says_more =
        |class: &Option<String>| class.as_ref().is_some_and(|class| !is_broad(view.setting.catalogue, class));
    let mut rows = vec![first];
    for (span, class) in rest {
        let Some(last) = rows.last_mut() else { break };
        if says_more(&last.1) && says_more(&class) && last.1 != class {
            rows.push((span, class));
        } else {
            last.0 = last.0.cover(span);
            if says_more(&class) || last.1.is_none() {
                last.1 = class;
            }
        }
    }
    rows
}

/// True for the class of arms as such.
pub(crate) fn is_broad(_goods: &lagebild_goods::Goods, class: &str) -> bool {
    class == "arms_and_related_materiel"
}

/// The span and class of a phrase that names goods itself.
fn own_goods(view: &View, phrase: &Phrase) -> Option<(Span, Option<String>)> {
    let lexicon = &view.setting.lexicon.data;
    let words = view.words.get(phrase.words.clone())?;
    let last = words.iter().rev().find(|word| word.mention.is_none()).or(words.last())?;
    let blocked = lexicon.not_items.iter().any(|word| {
        *word == last.lower
            || (lexicon.words.capital_nouns && word.len() > 3 && last.lower.ends_with(word.as_str()))
    });
    if blocked {
        return None;
    }
    let span = without_owner(view, phrase);
    let goods = view.goods_in(span).last();
    if let Some(goods) = goods {
        let rest = words.iter().filter(|word| word.span.start >= goods.span.end);
        let names_it = rest.clone().all(|word| {
            !word.triggers.is_empty() || word.mention.is_some() || lexicon.generic_items.contains(&word.lower)
        });
        if names_it || !lexicon.words.head_final {
            return Some((span.cover(goods.span), Some(goods.class.clone())));
        }
    }
    let open = lexicon.generic_items.contains(&last.lower) && phrase.head.is_none();
    open.then_some((span, None))
}

/// "1.000 Container mit Munition", "millions of shells": the measure with the goods behind it.
fn linked_goods(view: &View, clause: &Clause, at: usize) -> Option<(Span, Option<String>)> {
    let (phrase, next) = (clause.phrases.get(at)?, clause.phrases.get(at + 1)?);
    let links = &view.setting.lexicon.data.words.item_links;
    let linked = next.preposition.as_ref().is_some_and(|word| links.contains(word));
    let close = view
        .words
        .get(phrase.words.end..next.words.start)
        .is_some_and(|between| between.len() <= 2 && between.iter().all(|word| word.triggers.is_empty()));
    if !linked || !close || phrase.head.is_some() || next.head.is_some() {
        return None;
    }
    let (goods, class) = own_goods(view, next)?;
    Some((without_owner(view, phrase).cover(goods), class))
}

/// The words of a phrase after "Nordkoreas" or "Russia's".
fn without_owner(view: &View, phrase: &Phrase) -> Span {
    let span = phrase.span(&view.words);
    let owner = |word: &&crate::words::Word| {
        phrase.possessor.is_some()
            && word.mention.is_some_and(|mention| Some(mention.entity) == phrase.possessor)
    };
    let mark = |word: &crate::words::Word| crate::words::is_genitive_mark(word, view.setting.lexicon);
    let Some(words) = view.words.get(phrase.words.clone()) else { return span };
    let Some(last) = words.iter().rposition(|word| owner(&word)) else { return span };
    let rest = words.iter().skip(last + 1).find(|word| !mark(word));
    rest.map_or(span, |word| Span { start: word.span.start, end: span.end })
}
