//! Lists under a lead-in ("Weapons that Russia may want:"): every item is a transfer of its own.

use crate::find::Candidate;
use crate::item::{Item, item_at};
use crate::view::View;
use crate::words::Kind;
use lagebild_document::{Block, BlockKind};
use lagebild_span::Span;

/// An item of a list with what its lead-in says.
#[derive(Clone, Debug)]
pub(crate) struct Listed {
    pub(crate) item: Item,
    /// The sentence that leads in.
    pub(crate) lead_in: Span,
    /// The lead-in's frame: the sides of each item are those that it names.
    pub(crate) candidate: Candidate,
}

/// The items of all lists in a document.
pub(crate) fn listed(blocks: &[Block], views: &[View], candidates: &[Candidate]) -> Vec<Listed> {
    let mut found = Vec::new();
    for (at, block) in blocks.iter().enumerate() {
        let Some(lead_in) = last_sentence(*block, views).filter(|view| ends_open(view)) else { continue };
        let candidate = candidates.iter().rev().find(|candidate| candidate.sentence == lead_in.span);
        let Some(candidate) = candidate else { continue };
        for block in blocks.iter().skip(at + 1).take_while(|next| next.kind != BlockKind::Headline) {
            let Some(item) = first_item(*block, views) else { break };
            found.push(Listed { item, lead_in: lead_in.span, candidate: candidate.clone() });
        }
    }
    found
}

fn last_sentence<'v, 'a>(block: Block, views: &'v [View<'a>]) -> Option<&'v View<'a>> {
    views.iter().rev().find(|view| block.span.contains(view.span))
}

fn ends_open(view: &View) -> bool {
    view.words.last().is_some_and(|last| last.lower == ":")
}

/// The noun phrase that opens a list item: without a verb up to the first dash or the end.
fn first_item(block: Block, views: &[View]) -> Option<Item> {
    let view = views.iter().find(|view| block.span.contains(view.span))?;
    let label = |word: &&crate::words::Word| !(word.kind == Kind::Stop && word.lower != ".");
    let words: Vec<&crate::words::Word> =
        view.words.iter().skip_while(|word| word.kind == Kind::Stop).take_while(label).collect();
    if words.iter().any(|word| matches!(word.kind, Kind::Verb | Kind::Auxiliary)) {
        return None;
    }
    let (first, last) = words
        .iter()
        .find(|word| word.kind != Kind::Mark)
        .zip(words.iter().rev().find(|word| word.lower != "." && word.kind != Kind::Comma))?;
    let clause = view.clauses.iter().find(|clause| !clause.phrases.is_empty())?;
    let item = (0..clause.phrases.len()).find_map(|at| item_at(view, clause, at))?;
    let span = first.span.cover(last.span);
    Some(Item { span: if span.is_empty() { item.span } else { span }, ..item })
}
