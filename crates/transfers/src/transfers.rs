//! From the frames of all sentences to the transfers of a document.

use crate::contradict::contradicted;
use crate::find::{Candidate, candidates};
use crate::item::Item;
use crate::lexicon::Indexed;
use crate::lists::{Listed, listed};
use crate::merge::{Draft, once};
use crate::model::{Status, Transfer, TransferId};
use crate::quantity::quantity;
use crate::view::{Setting, View};
use lagebild_document::{Block, BlockKind};
use lagebild_entities::{Entities, EntityId, EntityKind};
use lagebild_goods::Goods;
use lagebild_page::Page;
use lagebild_span::Span;
use lagebild_statements::{Certainty, Statement};

/// What a document says to go from whom to whom, each transfer once, at its most specific mention, in text order.
///
/// A side that the sentence does not name stays unnamed: it is never taken from another sentence. What names neither side,
/// or one side and nothing in particular that goes, is left out.
/// A language without a lexicon gives nothing.
pub fn transfers(page: &Page, entities: &Entities, statements: &[Statement], goods: &Goods) -> Vec<Transfer> {
    let Some(lexicon) = page.lexicon::<Indexed>() else { return Vec::new() };
    let document = page.document;
    let text = page.text();
    let found = goods.find(&page.words, Some(page.code()));
    let setting = Setting { text, lexicon, entities, catalogue: goods, goods: &found, dates: page.dates() };
    let views: Vec<View> = page
        .sentences()
        .iter()
        .filter(|sentence| !in_block(&document.blocks, sentence.span, BlockKind::Boilerplate))
        .map(|sentence| View::new(setting, sentence, statements))
        .collect();
    let candidates: Vec<Candidate> = views.iter().flat_map(candidates).collect();
    let listed = listed(&document.blocks, &views, &candidates);
    let desk = Desk { setting, statements, blocks: &document.blocks, views: &views };
    let told =
        candidates.iter().filter(|candidate| !listed.iter().any(|row| row.lead_in == candidate.sentence));
    let mut drafts: Vec<Draft> = told.filter_map(|candidate| desk.told(candidate)).collect();
    drafts.extend(listed.iter().map(|row| desk.listed(row)));
    contradicted(exchanged(once(drafts, goods), &candidates), goods)
}

fn in_block(blocks: &[Block], span: Span, kind: BlockKind) -> bool {
    blocks.iter().any(|block| block.kind == kind && block.span.overlaps(span))
}

/// What is needed to write a transfer down.
struct Desk<'a> {
    setting: Setting<'a>,
    statements: &'a [Statement],
    blocks: &'a [Block],
    views: &'a [View<'a>],
}

impl Desk<'_> {
    fn told(&self, candidate: &Candidate) -> Option<Draft> {
        let item = candidate.item.as_ref().filter(|_| candidate.asserted)?;
        let both = candidate.giver.is_some() && candidate.receiver.is_some();
        // "Germany sends help" says too little to be looked up anywhere.
        if !both && item.class.is_none() {
            return None;
        }
        let statement = self.statement(candidate.trigger).or_else(|| self.statement(item.span));
        let evidence = vec![candidate.trigger, item.span];
        Some(self.draft(item, candidate, statement, evidence))
    }

    fn listed(&self, row: &Listed) -> Draft {
        let statement = self.governing(row);
        let evidence = vec![row.lead_in, row.item.span];
        self.draft(&row.item, &row.candidate, statement, evidence)
    }

    fn draft(
        &self,
        item: &Item,
        candidate: &Candidate,
        statement: Option<&Statement>,
        evidence: Vec<Span>,
    ) -> Draft {
        let text = self.setting.text;
        let heads = [BlockKind::Headline, BlockKind::Lead, BlockKind::Subheading, BlockKind::Caption];
        let announced = heads.iter().any(|kind| in_block(self.blocks, candidate.trigger, *kind));
        let time = self.setting.dates.iter().find(|date| candidate.clause.contains(date.words));
        let transfer = Transfer {
            id: TransferId(0),
            giver: candidate.giver,
            receiver: candidate.receiver,
            item: item.span,
            class: item.class.clone(),
            quantity: quantity(text, item.span, &self.setting.lexicon.data),
            time: time.cloned(),
            certainty: certainty(candidate.certainty, statement),
            status: status(candidate.status, statement),
            source: statement.and_then(|statement| statement.speaker.or(statement.channel)),
            statement: statement.map(|statement| statement.id),
            via: self.via(candidate),
            in_exchange_for: None,
            contradicted_by: Vec::new(),
            evidence,
            explanation: vec![format!("frame `{}`: “{}”", candidate.frame, candidate.trigger.of(text))],
        };
        Draft { transfer, announced }
    }

    /// A ship named in the clause, or what stands behind "via" or "through" in the sentence.
    fn via(&self, candidate: &Candidate) -> Option<EntityId> {
        let entities = self.setting.entities;
        let ship = |id: EntityId| entities.get(id).is_some_and(|entity| entity.kind == EntityKind::Vessel);
        let aboard = entities.within(candidate.clause).map(|mention| mention.entity).find(|id| ship(*id));
        let view = self.views.iter().find(|view| view.span == candidate.sentence)?;
        let routes = &self.setting.lexicon.data.via;
        let phrases = view.clauses.iter().flat_map(|clause| &clause.phrases);
        let behind = phrases
            .filter(|phrase| phrase.preposition.as_ref().is_some_and(|word| routes.contains(word)))
            .find_map(|phrase| {
                phrase.head.filter(|id| candidate.giver != Some(*id) && candidate.receiver != Some(*id))
            });
        aboard.or(behind)
    }

    /// The statement that hands its attribution to a list item: by its scope, or because it is what leads in.
    fn governing(&self, row: &Listed) -> Option<&Statement> {
        let scoped =
            |statement: &&Statement| statement.scope.iter().any(|block| block.contains(row.item.span));
        let leads_in = |statement: &&Statement| row.lead_in.contains(statement.content);
        self.statements.iter().find(scoped).or_else(|| self.statements.iter().find(leads_in))
    }

    /// The innermost statement whose content holds a span.
    fn statement(&self, span: Span) -> Option<&Statement> {
        let holds = self
            .statements
            .iter()
            .filter(|statement| statement.content.contains(span) || statement.content == span);
        holds.min_by_key(|statement| statement.content.len())
    }
}

/// The source's certainty, unless the words around the trigger say something of their own.
fn certainty(own: Option<Certainty>, statement: Option<&Statement>) -> Certainty {
    let said = statement.map(|statement| statement.certainty);
    match (own, said) {
        (_, Some(Certainty::CertainMinus)) => Certainty::CertainMinus,
        (Some(own), _) => own,
        (None, said) => said.unwrap_or(Certainty::CertainPlus),
    }
}

fn status(own: Status, statement: Option<&Statement>) -> Status {
    let denied = statement.is_some_and(|statement| statement.certainty == Certainty::CertainMinus);
    if denied && own != Status::Cancelled { Status::Denied } else { own }
}

/// Numbers the transfers, and ties those that are told as given in return to what they are for.
fn exchanged(mut transfers: Vec<Transfer>, candidates: &[Candidate]) -> Vec<Transfer> {
    for (number, transfer) in (1..).zip(&mut transfers) {
        transfer.id = TransferId(number);
    }
    let before: Vec<(TransferId, Option<EntityId>, Option<EntityId>)> =
        transfers.iter().map(|transfer| (transfer.id, transfer.giver, transfer.receiver)).collect();
    for transfer in &mut transfers {
        let in_exchange = candidates
            .iter()
            .any(|candidate| candidate.in_exchange && transfer.evidence.first() == Some(&candidate.trigger));
        let opposite = || {
            let earlier = before.iter().filter(|(id, giver, receiver)| {
                let named = giver.is_some() && receiver.is_some();
                *id != transfer.id && named && *giver == transfer.receiver && *receiver == transfer.giver
            });
            let before = earlier.clone().rfind(|(id, ..)| *id < transfer.id);
            before.or(earlier.clone().next()).map(|(id, ..)| *id)
        };
        transfer.in_exchange_for = in_exchange.then(opposite).flatten();
    }
    transfers
}
