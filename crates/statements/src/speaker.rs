//! Who speaks, and through which outlet: mentions around a cue.

use crate::cues::{Cue, Kind, apposition, clause, is_break};
use crate::lexicon::Lexicon;
use crate::units::Unit;
use lagebild_entities::{Entities, EntityId, EntityKind, Form, Mention};
use lagebild_span::Span;
use std::ops::Range;

/// Who says something, as far as the words tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Source {
    pub(crate) speaker: Option<EntityId>,
    pub(crate) words: Option<Span>,
    pub(crate) channel: Option<EntityId>,
    pub(crate) addressee: Option<EntityId>,
    /// The words name nobody in particular ("Experten"), so nobody must be put in.
    pub(crate) anonymous: bool,
    /// The words are a pronoun, so the one who spoke before may be meant.
    pub(crate) pronoun: bool,
}

/// Words after a preposition in which its source must stand.
const REACH: usize = 14;

/// The source of a cue. `content` is not searched.
pub(crate) fn source(
    unit: &Unit,
    cue: &Cue,
    contents: &[Span],
    entities: &Entities,
    lexicon: &Lexicon,
) -> Source {
    let finder = Finder { unit, contents, entities, lexicon };
    let mut source = match cue.kind {
        Kind::Verb { verb, .. } if verb.quoted => finder.quoted(cue),
        Kind::Verb { .. } => finder.subject(cue),
        Kind::Before { .. } => {
            finder.right(cue.words.end..(cue.words.end + REACH).min(unit.words.len()), false)
        }
        Kind::After => finder.left(clause(unit, cue.words.start).start..cue.words.start),
        Kind::Tail => finder.right(cue.words.end..unit.words.len(), false),
        Kind::Hearsay | Kind::Label => Source::default(),
    };
    finder.channel(cue, &mut source);
    source
}

struct Finder<'a> {
    unit: &'a Unit,
    contents: &'a [Span],
    entities: &'a Entities,
    lexicon: &'a Lexicon,
}

impl Finder<'_> {
    /// The subject of a verb of saying: right of it after a comma or quotation, else left of it.
    fn subject(&self, cue: &Cue) -> Source {
        let around = clause(self.unit, cue.words.start);
        let at = cue.words.start;
        if apposition(self.unit, cue, &around, self.lexicon) {
            return self.left(0..at);
        }
        let first = self.unit.lower(around.start);
        let auxiliary = self.lexicon.reporting.auxiliaries.iter().any(|word| word == first);
        let left = self.left(around.start..at);
        let right = || self.right(cue.words.end..self.unit.words.len(), true);
        if around.start == at || auxiliary { right() } else { left.or_else(right) }
    }

    /// "wurde der Sprecher von Tass zitiert": the one quoted is the subject, the outlet stands after "von".
    fn quoted(&self, cue: &Cue) -> Source {
        let around = clause(self.unit, cue.words.start);
        let mut source = self.best(around.clone(), false);
        source.pronoun |= source.speaker.is_none();
        let people =
            self.mentions(around).find(|mention| self.kind(mention.entity) == Some(EntityKind::Person));
        source.speaker =
            people.map(|mention| mention.entity).or(source.speaker.filter(|id| !self.is_media(*id)));
        source
    }

    fn left(&self, range: Range<usize>) -> Source {
        self.best(range, true)
    }

    /// To the right the source may go on over one apposition ("der Sprecher des Ministeriums, Matthew Miller").
    fn right(&self, range: Range<usize>, subject: bool) -> Source {
        let breaks: Vec<usize> = range.clone().filter(|at| is_break(self.unit.lower(*at))).collect();
        let first = range.start..breaks.first().copied().unwrap_or(range.end);
        let second = range.start..breaks.get(1).copied().unwrap_or(range.end);
        let near = self.best(first.clone(), subject);
        let person =
            |source: &Source| source.speaker.is_some_and(|id| self.kind(id) == Some(EntityKind::Person));
        if person(&near) || breaks.is_empty() || near.anonymous {
            return near;
        }
        let far = self.best(first.end..second.end, subject);
        let short = second.end.saturating_sub(first.end) <= 6;
        if person(&far) && short && near.speaker.is_some_and(|id| !self.is_media(id)) {
            far
        } else {
            near.or_else(|| far)
        }
    }

    /// The best mention in a range: a person, then a body, then a country, then an outlet; then a pronoun or a word
    /// for nobody in particular.
    fn best(&self, range: Range<usize>, subject: bool) -> Source {
        let rank = |mention: &&Mention| match self.kind(mention.entity) {
            Some(EntityKind::Person) => 0,
            Some(EntityKind::Organisation) if !self.is_media(mention.entity) => 1,
            Some(EntityKind::Country) => 2,
            Some(EntityKind::Organisation) => 3,
            _ => 9,
        };
        let anonymous = self.anonymous(range.clone());
        let free = |mention: &&Mention| !subject || !self.is_governed(mention);
        let outermost = |mention: &&Mention| {
            !self
                .mentions(range.clone())
                .any(|other| other.span != mention.span && other.span.contains(mention.span))
        };
        let candidates = self.mentions(range.clone()).filter(|mention| rank(mention) < 9).filter(outermost);
        let best = candidates.filter(free).min_by_key(|mention| (rank(mention), mention.span.start));
        let before_nobody = anonymous
            .is_some_and(|span| best.is_none_or(|best| rank(&best) > 0 || span.start < best.span.start));
        if let Some(span) = anonymous.filter(|_| before_nobody) {
            return Source { words: Some(span), anonymous: true, ..Source::default() };
        }
        if let Some(mention) = best {
            return Source { speaker: Some(mention.entity), words: Some(mention.span), ..Source::default() };
        }
        self.pronoun(range)
    }

    fn pronoun(&self, range: Range<usize>) -> Source {
        let pronoun = range
            .filter_map(|at| self.unit.words.get(at))
            .find(|word| word.quote.is_none() && self.lexicon.reporting.pronouns.contains(&word.lower));
        pronoun.map_or_else(Source::default, |word| Source {
            words: Some(word.span),
            pronoun: true,
            ..Source::default()
        })
    }

    fn anonymous(&self, range: Range<usize>) -> Option<Span> {
        let words = range.filter_map(|at| self.unit.words.get(at)).filter(|word| word.quote.is_none());
        let known = &self.lexicon.reporting.anonymous;
        let nobody = |lower: &str| known.iter().any(|word| lower == word.to_lowercase());
        words
            .filter(|word| !self.in_content(word.span))
            .find(|word| nobody(&word.lower))
            .map(|word| word.span)
    }

    /// True when a preposition stands before the mention's phrase, so that it is not the subject.
    fn is_governed(&self, mention: &Mention) -> bool {
        let Some(at) = self.unit.words.iter().position(|word| word.span.end > mention.span.start) else {
            return false;
        };
        let reporting = &self.lexicon.reporting;
        (at.saturating_sub(3)..at).any(|before| {
            let word = self.unit.lower(before);
            let governs = reporting.not_speaker_before.iter().any(|entry| entry == word);
            let between = (before + 1..at).all(|between| !is_break(self.unit.lower(between)));
            let other = self.mentions(before + 1..at).next().is_some();
            governs && between && !other
        })
    }

    /// Outlets in the unit, outside what is said, that are not the speaker: the last one is the channel.
    fn channel(&self, cue: &Cue, source: &mut Source) {
        let outlet =
            |mention: &&Mention| self.is_media(mention.entity) && Some(mention.entity) != source.speaker;
        let whole = 0..self.unit.words.len();
        let outlets: Vec<EntityId> =
            self.mentions(whole.clone()).filter(outlet).map(|mention| mention.entity).collect();
        source.channel =
            outlets.last().copied().filter(|_| !matches!(cue.kind, Kind::After) || source.speaker.is_some());
        if source.speaker.is_some_and(|id| self.is_media(id)) {
            source.channel = source.channel.filter(|_| false);
            if source.anonymous || self.cites() {
                source.channel = source.speaker.take();
            }
        }
        if !source.anonymous && source.speaker.is_none() && !source.pronoun && source.words.is_none() {
            source.speaker = source.channel.filter(|_| matches!(cue.kind, Kind::Before { .. } | Kind::Tail));
            source.channel = source.channel.filter(|_| source.speaker.is_none());
        }
        source.addressee = self.addressee(whole, source);
    }

    /// "unter Berufung auf", "citing": the outlet passes on what somebody else says.
    fn cites(&self) -> bool {
        let text: Vec<&str> = self.unit.outside().map(|(_, word)| word.lower.as_str()).collect();
        let text = format!(" {} ", text.join(" "));
        self.lexicon
            .reporting
            .citing
            .iter()
            .any(|phrase| text.contains(&format!(" {} ", phrase.to_lowercase())))
    }

    fn addressee(&self, range: Range<usize>, source: &Source) -> Option<EntityId> {
        let told = |mention: &&Mention| {
            let at = self.unit.words.iter().position(|word| word.span.end > mention.span.start);
            at.is_some_and(|at| {
                (at.saturating_sub(2)..at).any(|at| matches!(self.unit.lower(at), "gegenüber" | "told"))
            })
        };
        let other = |mention: &&Mention| {
            Some(mention.entity) != source.speaker && Some(mention.entity) != source.channel
        };
        self.mentions(range).filter(other).find(told).map(|mention| mention.entity)
    }

    /// Mentions among these words, outside what is said and outside quotations.
    fn mentions(&self, range: Range<usize>) -> impl Iterator<Item = &Mention> {
        let words =
            self.unit.words.get(range.start..range.end.min(self.unit.words.len())).unwrap_or_default();
        let span = words.first().zip(words.last()).map(|(first, last)| first.span.cover(last.span));
        let span = span.unwrap_or_default();
        self.entities.mentions.iter().filter(move |mention| {
            span.overlaps(mention.span) && mention.form != Form::Pronoun && !self.in_content(mention.span)
                || span.contains(mention.span)
                    && mention.form == Form::Pronoun
                    && !self.in_content(mention.span)
        })
    }

    fn in_content(&self, span: Span) -> bool {
        let fragment = |content: &&Span| content.contains(span);
        self.contents.iter().any(|content| fragment(&content))
    }

    fn kind(&self, id: EntityId) -> Option<EntityKind> {
        self.entities.get(id).map(|entity| entity.kind)
    }

    fn is_media(&self, id: EntityId) -> bool {
        self.entities.get(id).is_some_and(|entity| entity.is_media)
    }
}

impl Source {
    /// True when nothing was found.
    fn is_empty(&self) -> bool {
        self.speaker.is_none() && self.words.is_none()
    }

    fn or_else(self, other: impl FnOnce() -> Source) -> Source {
        if self.is_empty() { other() } else { self }
    }
}
