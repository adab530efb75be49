//! The statements of a document, each once: an agency that passes on what somebody says is a channel and no second mouth.

use crate::ties::Ties;
use lagebild_document::BlockKind;
use lagebild_entities::EntityId;
use lagebild_reading::Reading;
use lagebild_span::Span;
use lagebild_statements::{Act, Certainty, Statement, StatementId};

/// A statement with who makes it and through whom it came.
#[derive(Clone, Debug)]
pub(crate) struct Saying {
    pub(crate) id: StatementId,
    /// Statements that render the same words.
    same: Vec<StatementId>,
    pub(crate) content: Span,
    pub(crate) speaker: Option<EntityId>,
    pub(crate) speaker_words: Option<Span>,
    pub(crate) channel: Option<EntityId>,
    pub(crate) certainty: Certainty,
    pub(crate) act: Act,
}

impl Saying {
    /// True for the statement, and for those that render the same words.
    pub(crate) fn covers(&self, id: StatementId) -> bool {
        self.id == id || self.same.contains(&id)
    }

    fn new(reading: &Reading, ties: &Ties, statement: &Statement) -> Self {
        let outlet = |id: Option<EntityId>| id.filter(|id| is_media(reading, *id));
        Self {
            id: statement.id,
            same: Vec::new(),
            content: statement.content,
            speaker: ties.speaks(statement),
            speaker_words: statement.speaker_words,
            channel: outlet(statement.channel).or_else(|| outlet(statement.addressee)),
            certainty: statement.certainty,
            act: statement.act,
        }
    }

    /// Takes up another rendering of the same words: who passes on, and who speaks.
    fn join(&mut self, reading: &Reading, other: Self) {
        let outlet = |saying: &Self| saying.speaker.filter(|id| is_media(reading, *id));
        match (outlet(self), outlet(&other)) {
            (Some(mine), None) if other.speaker.is_some() => {
                self.channel = Some(mine);
                (self.speaker, self.speaker_words) = (other.speaker, other.speaker_words);
                (self.act, self.certainty) = (other.act, other.certainty);
            }
            (None, Some(theirs)) => self.channel = self.channel.or(Some(theirs)),
            _ => {}
        }
        self.channel = self.channel.or(other.channel);
        self.speaker = self.speaker.or(other.speaker);
        self.same.push(other.id);
        self.same.extend(other.same);
    }
}

/// The sayings of a document, in the order of its statements.
pub(crate) fn sayings(reading: &Reading, ties: &Ties) -> Vec<Saying> {
    let mut found: Vec<Saying> = Vec::new();
    // The innermost first: what holds another statement says nothing of its own.
    let mut statements: Vec<&Statement> = reading.statements.iter().collect();
    statements.sort_by_key(|statement| (statement.content.len(), statement.id));
    for statement in statements {
        let saying = Saying::new(reading, ties, statement);
        let alike = found.iter_mut().find(|known| {
            let nested = reading
                .statements
                .iter()
                .any(|inner| inner.within == Some(saying.id) && known.covers(inner.id));
            nested || (same_words(known.content, saying.content) && one_mouth(reading, known, &saying))
        });
        match alike {
            Some(known) => known.join(reading, saying),
            None => found.push(saying),
        }
    }
    let credit = credit(reading);
    for saying in &mut found {
        saying.channel = saying.channel.or(credit);
    }
    found.sort_by_key(|saying| saying.id);
    found
}

/// True unless two people say the same.
fn one_mouth(reading: &Reading, one: &Saying, other: &Saying) -> bool {
    let named = |saying: &Saying| saying.speaker.filter(|id| !is_media(reading, *id));
    named(one).is_none() || named(other).is_none() || named(one) == named(other)
}

fn same_words(one: Span, other: Span) -> bool {
    let shared = one.end().min(other.end()).saturating_sub(one.start().max(other.start()));
    f64::from(shared) >= 0.7 * one.len().max(other.len()) as f64
}

pub(crate) fn is_media(reading: &Reading, id: EntityId) -> bool {
    reading.entities.iter().any(|entity| entity.id == id && entity.is_media)
}

/// The agency that an article is credited to: in its dateline or credit, or alone in brackets.
pub(crate) fn credit(reading: &Reading) -> Option<EntityId> {
    let lines = |kind| matches!(kind, BlockKind::Dateline | BlockKind::Byline | BlockKind::Credit);
    let lines: Vec<Span> =
        reading.document.blocks.iter().filter(|block| lines(block.kind)).map(|block| block.span).collect();
    let credits = |span: Span| {
        let before = reading.text.get(..span.start() as usize).unwrap_or_default();
        let after = reading.text.get(span.end() as usize..).unwrap_or_default();
        let alone = before.ends_with('(') && after.starts_with(')');
        alone || lines.iter().any(|line| line.contains(span))
    };
    let mentions = reading.mentions.iter().filter(|mention| is_media(reading, mention.entity));
    mentions.into_iter().find(|mention| credits(mention.span)).map(|mention| mention.entity)
}
