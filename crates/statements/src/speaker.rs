//! Who speaks, and through which outlet: mentions around a cue.

use crate::cues::{Cue, Kind, apposition, clause, is_break};
use crate::lexicon::{Lexicon, Takes};
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
        Kind::Verb { verb, .. } if verb.takes == Some(Takes::Quoted) => finder.quoted(cue),
        Kind::Verb { .. } => finder.subject(cue),
        Kind::Before { .. } => {
            // The source ends where the sentence's own verb stands ("Laut Reuters könnte Indien …").
            let reach = cue.words.end..(cue.words.end + REACH).min(unit.words.len());
            let finite = |at: &usize| lexicon.reporting.finite.iter().any(|word| word == unit.lower(*at));
            let end = reach.clone().find(finite).unwrap_or(reach.end);
            finder.right(reach.start..end, false)
        }
        Kind::After => finder.left(clause(unit, cue.words.start).start..cue.words.start),
        Kind::Named => finder.best(0..cue.words.start, false),
        Kind::Tail => finder.right(cue.words.end..unit.words.len(), false),
        Kind::Noun { .. } => finder.owner(cue),
        Kind::Hearsay | Kind::Label | Kind::Anaphora => Source::default(),
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
        if let Some(source) = self.passive(cue, &around) {
            return source;
        }
        if apposition(self.unit, cue, &around, self.lexicon) {
            return self.left(0..at);
        }
        // "sagte er der Nachrichtenagentur Reuters", "she told the BBC": a pronoun beside the verb is its subject.
        for beside in [at.checked_sub(1), Some(cue.words.end)].into_iter().flatten() {
            let word = self
                .unit
                .words
                .get(beside)
                .filter(|word| self.lexicon.reporting.pronouns.contains(&word.lower));
            if word.is_some_and(|word| word.quote.is_none() && !self.in_content(word.span)) {
                return self.pronoun(beside..beside + 1);
            }
        }
        let first = self.unit.lower(around.start);
        let auxiliary = self.lexicon.reporting.auxiliaries.iter().any(|word| word == first);
        let left = self.left(around.start..at);
        // ", as they say in Washington, …": who stands behind the clause of manner is not who speaks.
        let manner = self.lexicon.reporting.manner.iter().any(|word| word == first);
        let end = if manner { around.end } else { self.unit.words.len() };
        let right = || self.right(cue.words.end..end, true);
        // "Der Kommissar warf Pjöngjang vor": the article shows that the subject stands before the verb, though nobody is named.
        let nominative = self.lexicon.reporting.subject_articles.iter().any(|word| word == first);
        if nominative && at > around.start + 1 && left.is_empty() && !auxiliary {
            return left;
        }
        if around.start == at || auxiliary { right() } else { left.or_else(right) }
    }

    /// "Wurde spekuliert, dass": nobody speaks, but whom "von" or "by" names.
    fn passive(&self, cue: &Cue, around: &Range<usize>) -> Option<Source> {
        let reporting = &self.lexicon.reporting;
        let in_list = |list: &[String], at: usize| list.iter().any(|word| word == self.unit.lower(at));
        let from =
            if reporting.commas { around.start } else { cue.words.start.saturating_sub(2).max(around.start) };
        let to = if reporting.commas { around.end } else { cue.words.start };
        (from..to).find(|at| in_list(&reporting.passive, *at))?;
        let agent = around.clone().find(|at| in_list(&reporting.agent, *at));
        Some(agent.map_or(Source { anonymous: true, ..Source::default() }, |at| {
            self.best(at + 1..around.end, false)
        }))
    }

    /// "Moskaus Behauptung, dass", "die Warnung der Nato, dass": next to the noun on either side.
    fn owner(&self, cue: &Cue) -> Source {
        let at = cue.words.start;
        let end = (at + 1..(at + 6).min(self.unit.words.len()))
            .find(|at| is_break(self.unit.lower(*at)))
            .unwrap_or(at + 1);
        let before = self.best(at.saturating_sub(2)..at, false);
        let after = self.best(at + 1..end, false);
        let found = after.or_else(|| before);
        if found.is_empty() { Source { anonymous: true, ..found } } else { found }
    }

    /// "wurde der Sprecher von Tass zitiert": the one quoted is the subject, the outlet stands after "von".
    fn quoted(&self, cue: &Cue) -> Source {
        let around = clause(self.unit, cue.words.start);
        let mut source = self.best(around.clone(), false);
        let people =
            self.mentions(around).find(|mention| self.kind(mention.entity) == Some(EntityKind::Person));
        source.speaker =
            people.map(|mention| mention.entity).or(source.speaker.filter(|id| !self.is_media(*id)));
        source.pronoun |= source.speaker.is_none();
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

    /// A pronoun or a title ("der Sprecher") that takes up somebody named before.
    fn pronoun(&self, range: Range<usize>) -> Source {
        let reporting = &self.lexicon.reporting;
        let pronoun = range.filter_map(|at| self.unit.words.get(at)).find(|word| {
            let known = reporting.pronouns.contains(&word.lower) || reporting.roles.contains(&word.lower);
            word.quote.is_none() && known && !self.in_content(word.span)
        });
        pronoun.map_or_else(Source::default, |word| Source {
            words: Some(word.span),
            pronoun: true,
            ..Source::default()
        })
    }

    fn anonymous(&self, range: Range<usize>) -> Option<Span> {
        let reporting = &self.lexicon.reporting;
        let listed = |list: &[String], lower: &str| list.iter().any(|word| lower == word.to_lowercase());
        // "A report" is nobody in particular, "a report by the Oslo Forum" is the Forum's.
        let owned = |at: usize| listed(&reporting.owners, self.unit.lower(at + 1));
        // "Des Analysten Piet Haan" is somebody.
        let named = |at: usize| {
            let next = self.unit.words.get(at + 1);
            next.is_some_and(|next| {
                let mut mentions = self.entities.within(self.unit.span);
                mentions.any(|mention| {
                    mention.span.start == next.span.start
                        && self.kind(mention.entity) == Some(EntityKind::Person)
                })
            })
        };
        let nobody = |at: &usize| {
            let lower = self.unit.lower(*at);
            listed(&reporting.anonymous, lower) && !named(*at)
                || listed(&reporting.documents, lower) && !owned(*at)
        };
        let words = range.filter(nobody).filter_map(|at| self.unit.words.get(at));
        words
            .filter(|word| word.quote.is_none())
            .find(|word| !self.in_content(word.span))
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
                (at.saturating_sub(2)..at).any(|at| {
                    self.lexicon.reporting.addressing.iter().any(|word| word == self.unit.lower(at))
                })
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
        // Sentences hold whole mentions, so those that touch the words begin within the unit.
        self.entities.within(self.unit.span).filter(move |mention| {
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
