//! One sentence with everything that frames look at.

use crate::clause::{Clause, Phrase, clauses};
use crate::lexicon::Indexed;
use crate::words::{Word, words};
use lagebild_entities::{Entities, EntityId, EntityKind};
use lagebild_goods::{Goods, GoodsMention};
use lagebild_grammar::Sentence;
use lagebild_page::DateRange;
use lagebild_span::Span;
use lagebild_statements::Statement;

/// What is the same for the whole document.
#[derive(Clone, Copy)]
pub(crate) struct Setting<'a> {
    pub(crate) text: &'a str,
    pub(crate) lexicon: &'a Indexed,
    pub(crate) entities: &'a Entities,
    pub(crate) catalogue: &'a Goods,
    /// Goods in the text, in order.
    pub(crate) goods: &'a [GoodsMention],
    /// Dates in the text, in order.
    pub(crate) dates: &'a [DateRange],
}

/// A sentence.
pub(crate) struct View<'a> {
    pub(crate) setting: Setting<'a>,
    pub(crate) span: Span,
    pub(crate) words: Vec<Word<'a>>,
    pub(crate) clauses: Vec<Clause>,
    /// The words that name who says something in this sentence, and what is said.
    pub(crate) sources: Vec<(Span, Span)>,
}

impl<'a> View<'a> {
    pub(crate) fn new(setting: Setting<'a>, sentence: &'a Sentence, statements: &[Statement]) -> Self {
        let words = words(&setting, sentence);
        let clauses = clauses(&words, setting.lexicon);
        let source = |statement: &Statement| Some((statement.speaker_words?, statement.content));
        let here =
            |(words, content): &(Span, Span)| sentence.span.overlaps(*words) && !content.contains(*words);
        let sources = statements.iter().filter_map(source).filter(here).collect();
        Self { setting, span: sentence.span, words, clauses, sources }
    }

    /// Goods that lie in a stretch of the text.
    pub(crate) fn goods_in(&self, span: Span) -> impl Iterator<Item = &'a GoodsMention> {
        self.setting
            .goods
            .iter()
            .filter(move |goods| span.overlaps(goods.span) && span.start <= goods.span.start)
    }

    /// Dates that touch a stretch of the text.
    pub(crate) fn dates_in(&self, span: Span) -> impl Iterator<Item = &'a DateRange> {
        self.setting.dates.iter().filter(move |date| span.overlaps(date.words))
    }

    /// The entity that a phrase makes a side of a transfer.
    pub(crate) fn side(&self, phrase: &Phrase) -> Option<EntityId> {
        side(self.setting.entities, self.setting.lexicon, self.setting.text, phrase.party()?)
    }
}

/// The entity that gives or receives when this one is named: a state's person or body stands for the state.
/// None for what can be no side: an outlet, an event, a treaty.
pub(crate) fn side(entities: &Entities, lexicon: &Indexed, text: &str, id: EntityId) -> Option<EntityId> {
    let entity = entities.get(id)?;
    let country = || {
        let code = entity.country.as_ref()?;
        let same = |other: &&lagebild_entities::Entity| {
            other.kind == EntityKind::Country && other.country.as_ref() == Some(code)
        };
        entities.entities.iter().find(same).map(|country| country.id)
    };
    let private = entity.role.is_some_and(|role| {
        let role = role.of(text).to_lowercase();
        lexicon.data.private_roles.iter().any(|word| role.contains(word.as_str()))
    });
    match entity.kind {
        EntityKind::Country => Some(id),
        _ if entity.is_media => None,
        EntityKind::Person if private => Some(id),
        EntityKind::Person => country().or(Some(id)),
        // A town stands for its country, also where the text names that nowhere else.
        EntityKind::Place => country().or(entity.country.as_ref().map(|_| id)),
        EntityKind::Organisation if entity.is_state => country().or(Some(id)),
        EntityKind::Organisation => Some(id),
        EntityKind::Vessel | EntityKind::Instrument | EntityKind::Event | EntityKind::Other => None,
    }
}
