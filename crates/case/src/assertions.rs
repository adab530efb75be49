//! What documents assert: each transfer, and each statement that tells of none, with who says so and what it is about in terms
//! that do not depend on the language.

use crate::entities::{CaseEntity, CaseEntityId, Lookup};
use crate::sayings::{Saying, sayings};
use crate::text;
use crate::ties::Ties;
use jiff::civil::Date;
use lagebild_entities::{EntityId, EntityKind};
use lagebild_goods::{Confidence, Goods};
use lagebild_reading::Reading;
use lagebild_span::Span;
use lagebild_statements::{Act, Certainty, StatementId};
use lagebild_transfers::{Standing, Status, Transfer, TransferId};
use std::collections::BTreeSet;

/// Who takes part: a state in all its names, or somebody else.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Party {
    State(String),
    Ship(CaseEntityId),
    Other(CaseEntityId),
}

/// What an assertion is about.
#[derive(Clone, Debug, Default)]
pub(crate) struct Matter {
    pub(crate) giver: Option<Party>,
    pub(crate) receiver: Option<Party>,
    pub(crate) parties: BTreeSet<Party>,
    pub(crate) classes: BTreeSet<String>,
    pub(crate) numbers: BTreeSet<u64>,
    pub(crate) words: BTreeSet<String>,
}

/// Something that a document tells.
#[derive(Clone, Debug)]
pub(crate) struct Assertion {
    pub(crate) document: usize,
    pub(crate) published: Option<Date>,
    pub(crate) words: Span,
    pub(crate) statement: Option<StatementId>,
    pub(crate) transfer: Option<TransferId>,
    pub(crate) speaker: Option<CaseEntityId>,
    pub(crate) speaker_words: Option<Span>,
    pub(crate) channel: Option<CaseEntityId>,
    pub(crate) certainty: Certainty,
    pub(crate) standing: Standing,
    pub(crate) matter: Matter,
    /// The transfer of this document that it denies.
    pub(crate) denied: Option<TransferId>,
}

impl Assertion {
    /// True where it is said not to be so, or doubted.
    pub(crate) fn denies(&self) -> bool {
        matches!(self.standing, Standing::Denied | Standing::Doubted)
    }
}

/// The assertions of a document.
pub(crate) fn assertions(document: usize, reading: &Reading, ties: &Ties, lookup: &Lookup) -> Vec<Assertion> {
    let scene = Scene { document, reading, lookup };
    let sayings = sayings(reading, ties);
    let mut found: Vec<Assertion> = Vec::new();
    for transfer in &reading.transfers {
        let saying = sayings.iter().find(|saying| {
            transfer.statement.map_or_else(|| saying.content.contains(transfer.item), |id| saying.covers(id))
        });
        found.push(scene.transfer(transfer, saying));
        let denials = transfer.disputed_by.iter().filter_map(|id| sayings.iter().find(|one| one.covers(*id)));
        found.extend(denials.map(|saying| scene.denial(transfer, saying)));
    }
    let told: Vec<Option<StatementId>> = found.iter().map(|one| one.statement).collect();
    let silent = sayings.iter().filter(|saying| !told.contains(&Some(saying.id)));
    found.extend(silent.map(|saying| scene.statement(saying)));
    found
}

struct Scene<'a> {
    document: usize,
    reading: &'a Reading,
    lookup: &'a Lookup<'a>,
}

impl Scene<'_> {
    fn transfer(&self, transfer: &Transfer, saying: Option<&Saying>) -> Assertion {
        let sides = [transfer.giver_words, transfer.receiver_words].into_iter().flatten();
        let all = sides.chain(transfer.evidence.iter().copied());
        let words = saying.map_or_else(|| all.fold(transfer.item, Span::cover), |saying| saying.content);
        let party = |id: Option<EntityId>| id.and_then(|id| self.party(id));
        let giver = party(transfer.giver).or_else(|| party(transfer.giver_country));
        let receiver = party(transfer.receiver).or_else(|| party(transfer.receiver_country));
        // The ship or firm beside a transfer often stands elsewhere in the sentence.
        let around = saying.map_or_else(|| self.sentence(transfer.item), |saying| saying.content);
        let mut matter = self.matter(around, saying, transfer.class.as_deref());
        let others = [transfer.carrier, transfer.end_user, transfer.via].into_iter().filter_map(party);
        matter.parties.extend(giver.iter().chain(&receiver).cloned().chain(others));
        (matter.giver, matter.receiver) = (giver, receiver);
        let standing = denied_or(saying, transfer.standing());
        let mut assertion = self.assertion(words, saying, transfer.certainty, standing, matter);
        assertion.transfer = Some(transfer.id);
        assertion.speaker = assertion.speaker.or_else(|| self.id(transfer.source?));
        assertion
    }

    fn statement(&self, saying: &Saying) -> Assertion {
        let standing = denied_or(Some(saying), Standing::of(Status::Done, saying.certainty));
        let matter = self.matter(saying.content, Some(saying), None);
        self.assertion(saying.content, Some(saying), saying.certainty, standing, matter)
    }

    /// "Teheran rejected this": a denial whose own words do not say what is denied.
    fn denial(&self, transfer: &Transfer, saying: &Saying) -> Assertion {
        let certainty = Certainty::CertainMinus;
        let words = saying.content;
        let mut denial = self.assertion(words, Some(saying), certainty, Standing::Denied, Matter::default());
        denial.denied = Some(transfer.id);
        denial
    }

    fn assertion(
        &self,
        words: Span,
        saying: Option<&Saying>,
        certainty: Certainty,
        standing: Standing,
        matter: Matter,
    ) -> Assertion {
        Assertion {
            document: self.document,
            published: self.reading.document.published,
            words,
            statement: saying.map(|saying| saying.id),
            transfer: None,
            speaker: saying.and_then(|saying| self.id(saying.speaker?)),
            speaker_words: saying.and_then(|saying| saying.speaker_words),
            channel: saying.and_then(|saying| self.id(saying.channel?)),
            certainty,
            standing,
            matter,
            denied: None,
        }
    }

    fn sentence(&self, words: Span) -> Span {
        let sentences = text::sentences(self.reading);
        sentences.into_iter().find(|sentence| sentence.contains(words)).unwrap_or(words)
    }

    fn id(&self, entity: EntityId) -> Option<CaseEntityId> {
        self.lookup.find(self.document, entity).map(|entity| entity.id)
    }

    fn party(&self, entity: EntityId) -> Option<Party> {
        self.lookup.find(self.document, entity).and_then(party)
    }

    fn is_place(&self, entity: EntityId) -> bool {
        self.lookup.find(self.document, entity).is_some_and(|entity| entity.kind == EntityKind::Place)
    }

    fn matter(&self, words: Span, saying: Option<&Saying>, class: Option<&str>) -> Matter {
        let reading = self.reading;
        let speaker = saying.and_then(|saying| saying.speaker);
        let inside = reading.mentions.iter().filter(|mention| words.contains(mention.span));
        let named = inside.map(|mention| mention.entity).filter(|entity| Some(*entity) != speaker);
        let text = words.of(&reading.text);
        let classes = match class {
            Some(class) => [class.to_owned()].into(),
            None => goods(text, reading.document.language.as_deref()),
        };
        Matter {
            giver: None,
            receiver: None,
            // A place stands for its country where something goes to it, not where it is only named.
            parties: named
                .filter(|entity| !self.is_place(*entity))
                .filter_map(|entity| self.party(entity))
                .collect(),
            classes,
            numbers: text::numbers(text),
            words: text::words(text),
        }
    }
}

/// Somebody who can take part in what is told; outlets and treaties do not.
fn party(entity: &CaseEntity) -> Option<Party> {
    let of_state = entity.is_state || matches!(entity.kind, EntityKind::Country | EntityKind::Place);
    match (entity.kind, &entity.country) {
        _ if entity.is_media => None,
        (_, Some(country)) if of_state => Some(Party::State(country.clone())),
        (EntityKind::Vessel, _) => Some(Party::Ship(entity.id)),
        (EntityKind::Person | EntityKind::Organisation | EntityKind::Country, _) => {
            Some(Party::Other(entity.id))
        }
        _ => None,
    }
}

fn goods(text: &str, language: Option<&str>) -> BTreeSet<String> {
    let found = Goods::shipped().find_in(text, language).into_iter();
    found.filter(|goods| goods.confidence >= Confidence::Medium).map(|goods| goods.class).collect()
}

/// Denied where the act is a denial, whatever the certainty of the words.
fn denied_or(saying: Option<&Saying>, standing: Standing) -> Standing {
    let denies = saying.is_some_and(|saying| saying.act == Act::Deny);
    if denies && standing != Standing::Doubted { Standing::Denied } else { standing }
}
