//! From the frames of all sentences to the transfers of a document.

use crate::confidence::{Found, Support, least};
use crate::contradict::{contradicted, disputed};
use crate::find::{Candidate, Teller, candidates};
use crate::frames::Frames;
use crate::headline::told_below;
use crate::item::{Item, Sort};
use crate::lists::{Listed, listed};
use crate::merge::{Draft, once};
use crate::model::{Status, Transfer, TransferId};
use crate::quantity::quantity;
use crate::scene::{Party, Scene, Setting, holding};
use crate::status::Told;
use crate::words::ReferentWords;
use lagebild_document::{Block, BlockKind, in_block};
use lagebild_entities::{Entities, EntityId, EntityKind};
use lagebild_goods::Goods;
use lagebild_grammar::Token;
use lagebild_page::Page;
use lagebild_predicates::{Argument, Clauses};
use lagebild_span::Span;
use lagebild_statements::{Act, Certainty, Statement, StatementId, Within};
use std::collections::{BTreeMap, BTreeSet};

/// What a document says to go from whom to whom, each transfer once, at its most specific mention, in text order.
///
/// `clauses` are the predicates of each sentence of the page. A side is the phrase that syntax puts there; one that the
/// sentence does not name stays unnamed. What names neither side, or one side and nothing in particular that goes, is
/// left out. A language without frames gives nothing.
pub fn transfers(
    page: &Page,
    clauses: &[Clauses],
    entities: &Entities,
    statements: &[Statement],
    goods: &Goods,
) -> Vec<Transfer> {
    let Some((frames, words)) = page.lexicon::<Frames>().zip(page.lexicon::<ReferentWords>()) else {
        return Vec::new();
    };
    let found = goods.find(&page.words, Some(page.code()));
    let setting = Setting {
        text: page.text(),
        entities,
        catalogue: goods,
        goods: &found,
        dates: page.dates(),
        words,
        lexicon: lagebild_predicates::of(page.code()),
    };
    let blocks = &page.document.blocks;
    let mut scenes: Vec<Scene> = Vec::new();
    for (sentence, clauses) in page.sentences().iter().zip(clauses) {
        if !in_block(blocks, sentence.span, BlockKind::Boilerplate) {
            let before = scenes.last().map(|last| (last.sentence, last.clauses));
            scenes.push(Scene { setting, sentence, clauses, before });
        }
    }
    let mut candidates: Vec<(&Scene, Candidate)> = scenes
        .iter()
        .flat_map(|scene| candidates(scene, frames).into_iter().map(move |candidate| (scene, candidate)))
        .collect();
    crate::later::complete(&scenes, &mut candidates);
    crate::learned::add(&page.analysis.anchors, &scenes, &mut candidates);
    let listed = listed(blocks, &scenes, &candidates);
    let desk = Desk::new(setting, statements, blocks);
    let lead_ins: BTreeSet<Span> = listed.iter().map(|row| row.lead_in).collect();
    let told = candidates.iter().filter(|(scene, _)| !lead_ins.contains(&scene.sentence.span));
    let mut drafts: Vec<Draft> = told.filter_map(|(scene, candidate)| desk.told(scene, candidate)).collect();
    drafts.extend(listed.iter().map(|row| desk.listed(row)));
    drafts.retain(|draft| draft.transfer.confidence >= least());
    let drafts = told_below(drafts, entities, goods);
    contradicted(exchanged(numbered(once(disputed(drafts, goods), goods)), &scenes), goods)
}

/// What is needed to write a transfer down.
struct Desk<'a> {
    setting: Setting<'a>,
    statements: Within<'a>,
    blocks: &'a [Block],
    /// The first statement whose scope each list item is in, by where it begins.
    scopes: BTreeMap<u32, (Span, &'a Statement)>,
}

impl<'a> Desk<'a> {
    fn new(setting: Setting<'a>, statements: &'a [Statement], blocks: &'a [Block]) -> Self {
        let mut scopes = BTreeMap::new();
        for (block, statement) in
            statements.iter().flat_map(|one| one.scope.iter().map(move |block| (block, one)))
        {
            scopes.entry(block.start()).or_insert((*block, statement));
        }
        Self { setting, statements: Within::new(statements), blocks, scopes }
    }

    fn told(&self, scene: &Scene, candidate: &Candidate) -> Option<Draft> {
        let item = candidate.item.as_ref().filter(|item| !item.open && !candidate.continues)?;
        let named = |party: Option<Party>| party.is_some_and(|party| party.entity.is_some());
        let (giver, receiver) = (named(candidate.giver), named(candidate.receiver));
        let placed = |party: Option<Party>| party.is_some_and(|party| party.country.is_some());
        let known = giver || receiver || placed(candidate.giver) || placed(candidate.receiver);
        // "gave him his hand": of persons anything can be told.
        let person = |party: Option<Party>| {
            let entity = party.and_then(|party| self.setting.entities.get(party.entity?));
            entity.is_some_and(|entity| entity.kind == EntityKind::Person)
        };
        let sides = usize::from(candidate.giver.is_some()) + usize::from(candidate.receiver.is_some());
        // "Germany sends help" says too little to be looked up anywhere; what is no known good needs both of its sides.
        let enough = match item.sort {
            Sort::Goods | Sort::Money if item.span == candidate.trigger => sides == 2 && known,
            Sort::Goods | Sort::Money => sides == 2 || sides == 1 && known,
            // Who bans exports to somebody speaks of goods, whatever they are called.
            _ if candidate.told.status == Status::Banned && !candidate.frame.is_empty() => known,
            Sort::Generic => sides == 2 && known,
            Sort::Plain => {
                giver && receiver && ![candidate.giver, candidate.receiver].into_iter().all(person)
            }
        };
        if !enough {
            return None;
        }
        let statement =
            self.statements.innermost(candidate.trigger).or_else(|| self.statements.innermost(item.span));
        let evidence = vec![candidate.trigger, item.span];
        Some(self.draft(scene, item, candidate, statement, evidence, candidate.support))
    }

    fn listed(&self, row: &Listed) -> Draft {
        let statement = self.governing(row);
        let evidence = vec![row.lead_in, row.item.span];
        let (giver, receiver) = (row.candidate.giver.is_some(), row.candidate.receiver.is_some());
        let support = Support {
            frame: true,
            listed: true,
            giver_by: Found::by_syntax(giver),
            receiver_by: Found::by_syntax(receiver),
            ..Support::default()
        };
        self.draft(row.scene, &row.item, &row.candidate, statement, evidence, support)
    }

    fn draft(
        &self,
        scene: &Scene,
        item: &Item,
        candidate: &Candidate,
        statement: Option<&Statement>,
        evidence: Vec<Span>,
        support: Support,
    ) -> Draft {
        let text = self.setting.text;
        let heads = [BlockKind::Headline, BlockKind::Lead, BlockKind::Subheading, BlockKind::Caption];
        let announced = heads.iter().any(|kind| in_block(self.blocks, candidate.trigger, *kind));
        let dates = self.setting.dates;
        let first = dates.partition_point(|date| date.words.start() < candidate.clause.start());
        let time = dates.get(first).filter(|date| candidate.clause.contains(date.words));
        let entity = |party: Option<Party>| {
            party.and_then(|party| party.entity.or_else(|| self.we(scene, party, statement)))
        };
        let words = |party: Option<Party>| party.map(|party| party.span);
        let (certainty, status) = settled(candidate, statement);
        let (source, source_words) = source(scene, candidate, statement);
        let transfer = Transfer {
            id: TransferId(0),
            giver: entity(candidate.giver),
            receiver: entity(candidate.receiver),
            giver_words: words(candidate.giver),
            receiver_words: words(candidate.receiver),
            giver_country: candidate.giver.and_then(|party| party.country),
            receiver_country: candidate.receiver.and_then(|party| party.country),
            item: item.span,
            class: item.class.clone(),
            quantity: quantity(text, item.span, self.setting.words),
            time: time.cloned(),
            certainty,
            status,
            source,
            source_words,
            statement: statement.map(|statement| statement.id),
            carrier: entity(candidate.carrier),
            via: candidate.route.iter().find_map(|party| party.entity),
            end_user: entity(candidate.end_user),
            in_exchange_for: None,
            disputed_by: self.denials(candidate),
            contradicted_by: Vec::new(),
            evidence,
            confidence: support.confidence(),
            support,
            explanation: explanation(scene, candidate),
        };
        Draft { transfer, announced }
    }

    /// "We supplied …", said by a firm or a state: that one. A person may speak for many.
    fn we(&self, scene: &Scene, party: Party, statement: Option<&Statement>) -> Option<EntityId> {
        let first = |token: &&Token| token.span == party.span && token.feat("Person") == Some("1");
        scene.sentence.tokens.iter().find(first)?;
        let speaker = self.setting.entities.get(statement?.speaker?)?;
        matches!(speaker.kind, EntityKind::Country | EntityKind::Organisation).then_some(speaker.id)
    }

    /// The statement that hands its attribution to a list item: by its scope, or because it is what leads in.
    fn governing(&self, row: &Listed) -> Option<&Statement> {
        let scoped = self.scopes.range(..=row.item.span.start()).next_back().map(|(_, scope)| scope);
        let all = self.statements.all();
        let first = all.partition_point(|one| one.content.start() < row.lead_in.start());
        let leads_in = || {
            let begins = all.iter().skip(first).take_while(|one| one.content.start() <= row.lead_in.end());
            begins.into_iter().find(|one| row.lead_in.contains(one.content))
        };
        scoped
            .filter(|(block, _)| block.contains(row.item.span))
            .map(|(_, statement)| *statement)
            .or_else(leads_in)
    }

    /// Statements that deny what a transfer tells as so.
    fn denials(&self, candidate: &Candidate) -> Vec<StatementId> {
        if candidate.told.certainty.is_negative() {
            return Vec::new();
        }
        let about = self.statements.holding(candidate.trigger);
        let denies =
            about.filter(|statement| statement.act == Act::Deny && statement.certainty.is_negative());
        denies.map(|statement| statement.id).collect()
    }
}

/// How sure a transfer is and how far it has come. What the reader alone tells is no surer than the statement around it.
fn settled(candidate: &Candidate, statement: Option<&Statement>) -> (Certainty, Status) {
    let Told { certainty, status, .. } = candidate.told;
    let said = statement.map(|statement| statement.certainty).filter(|said| *said != Certainty::CertainPlus);
    match said.filter(|_| candidate.frame.is_empty() && certainty == Certainty::CertainPlus) {
        None => (certainty, status),
        Some(said) => match said {
            Certainty::CertainMinus | Certainty::ProbableMinus | Certainty::PossibleMinus => {
                (said, Status::Denied)
            }
            Certainty::PossiblePlus => (said, Status::Possible),
            Certainty::Unknown => (said, Status::Wished),
            Certainty::CertainPlus | Certainty::ProbablePlus => (said, status),
        },
    }
}

/// Who says so, by name and words: by the sentence, by the statement around it, by the reader. A name goes before words alone.
fn source(scene: &Scene, candidate: &Candidate, statement: Option<&Statement>) -> Teller {
    let phrase = |argument: &Argument| (speaker(scene, argument), Some(scene.span(&argument.tokens)));
    let said = statement.map(|one| (one.speaker.or(one.channel), one.speaker_words));
    let all = [candidate.told.source.as_ref().map(phrase), said, candidate.source];
    let told: Vec<Teller> = all.into_iter().flatten().collect();
    let (named, worded) = (|one: &&Teller| one.0.is_some(), |one: &&Teller| one.1.is_some());
    told.iter().find(named).or_else(|| told.iter().find(worded)).copied().unwrap_or_default()
}

/// Who a phrase names as the one who says something: an outlet too.
pub(crate) fn speaker(scene: &Scene, argument: &Argument) -> Option<EntityId> {
    argument.heads().filter_map(|at| scene.mention(at)).map(|mention| mention.entity).next()
}

fn explanation(scene: &Scene, candidate: &Candidate) -> Vec<String> {
    let text = scene.setting.text;
    let mut lines = Vec::new();
    if !candidate.frame.is_empty() {
        let (frame, lemma) = (candidate.frame, &candidate.lemma);
        lines.push(format!("frame `{frame}` ({lemma}): “{}”", candidate.trigger.of(text)));
    }
    let by: Vec<&str> = candidate.told.by.iter().map(|at| scene.written(*at)).collect();
    if !by.is_empty() {
        lines.push(format!("{} by “{}”", candidate.told.certainty, by.join("”, “")));
    }
    let support = &candidate.support;
    if let (Some(item), Some(giver), Some(receiver)) = (support.item, support.giver, support.receiver) {
        lines.push(format!("reader: item {item:.2}, giver {giver:.2}, receiver {receiver:.2}"));
    }
    lines
}

/// Ties what is told as given in return to what it is for: a transfer the other way between the same two.
fn exchanged(mut transfers: Vec<Transfer>, scenes: &[Scene]) -> Vec<Transfer> {
    let returned = |transfer: &Transfer| {
        let trigger = transfer.evidence.first()?;
        let scene = holding(scenes, *trigger)?;
        let words = scene.sentence.span.of(scene.setting.text).to_lowercase();
        Some(scene.setting.words.exchange.iter().any(|phrase| words.contains(phrase.as_str())))
    };
    let mut between: BTreeMap<(EntityId, EntityId), Vec<TransferId>> = BTreeMap::new();
    for transfer in &transfers {
        if let Some(sides) = transfer.giver.zip(transfer.receiver) {
            between.entry(sides).or_default().push(transfer.id);
        }
    }
    for transfer in &mut transfers {
        let back = transfer.receiver.zip(transfer.giver).and_then(|sides| between.get(&sides));
        let Some(opposite) = back.filter(|_| returned(transfer).unwrap_or_default()) else { continue };
        // The last one before it, else the first behind it. They stand in order.
        let at = opposite.partition_point(|id| *id < transfer.id);
        let before = at.checked_sub(1).and_then(|at| opposite.get(at));
        let other = opposite.iter().find(|id| **id != transfer.id);
        transfer.in_exchange_for = before.or(other).copied();
    }
    transfers
}

fn numbered(mut transfers: Vec<Transfer>) -> Vec<Transfer> {
    for (number, transfer) in (1..).zip(&mut transfers) {
        transfer.id = TransferId(number);
    }
    transfers
}
