//! Lists under a lead-in ("Weapons that Russia may want:"): every item is a transfer of its own.

use crate::find::Candidate;
use crate::item::{Item, Sort};
use crate::scene::{Scene, within};
use lagebild_document::{Block, BlockKind};
use lagebild_grammar::Upos;
use lagebild_span::Span;
use std::collections::BTreeMap;

/// An item of a list with what its lead-in says.
#[derive(Clone)]
pub(crate) struct Listed<'a, 's> {
    pub(crate) item: Item,
    /// The sentence that leads in.
    pub(crate) lead_in: Span,
    pub(crate) scene: &'s Scene<'a>,
    /// The lead-in's frame: the sides of each item are those that it names.
    pub(crate) candidate: Candidate,
}

/// The items of all lists in a document.
pub(crate) fn listed<'a, 's>(
    blocks: &[Block],
    scenes: &'s [Scene<'a>],
    candidates: &[(&'s Scene<'a>, Candidate)],
) -> Vec<Listed<'a, 's>> {
    let mut found = Vec::new();
    // The last candidate of each sentence.
    let last: BTreeMap<Span, &Candidate> =
        candidates.iter().map(|(scene, candidate)| (scene.sentence.span, candidate)).collect();
    let lead = |block: &Block| {
        let lead_in = within(scenes, block.span).last().filter(|scene| ends_open(scene))?;
        Some((lead_in, *last.get(&lead_in.sentence.span)?))
    };
    for (at, block) in blocks.iter().enumerate() {
        let Some((lead_in, candidate)) = lead(block) else { continue };
        let items = blocks.iter().skip(at + 1).take_while(|next| next.kind != BlockKind::Headline);
        // What follows an item that leads in itself is that one's.
        for block in items.take_while(|next| lead(next).is_none()) {
            let Some(item) = first_item(*block, scenes) else { break };
            let lead_in_span = lead_in.sentence.span;
            found.push(Listed { item, lead_in: lead_in_span, scene: lead_in, candidate: candidate.clone() });
        }
    }
    found
}

fn ends_open(scene: &Scene) -> bool {
    scene.sentence.tokens.len().checked_sub(1).is_some_and(|last| scene.written(last) == ":")
}

/// The noun phrase that opens a list item: without a verb up to the first dash, colon or the end.
fn first_item(block: Block, scenes: &[Scene]) -> Option<Item> {
    let scene = within(scenes, block.span).first()?;
    let mark = |at: &usize| scene.token(*at).is_some_and(|token| token.upos == Upos::Punct);
    let stops = |at: &usize| matches!(scene.written(*at), "–" | "—" | ":" | ";");
    let all = 0..scene.sentence.tokens.len();
    let tokens: Vec<usize> = all.skip_while(|at| mark(at)).take_while(|at| !stops(at)).collect();
    let verb =
        |at: &usize| scene.token(*at).is_some_and(|token| matches!(token.upos, Upos::Verb | Upos::Aux));
    if tokens.iter().any(verb) {
        return None;
    }
    let words: Vec<usize> = tokens.into_iter().filter(|at| !mark(at)).collect();
    let goods = words.iter().find_map(|at| scene.goods(*at))?;
    Some(Item::new(scene.span(&words), goods.span, Some(goods.class.clone()), Sort::Goods))
}
