//! One sentence as frames see it: its predicates, and what each phrase denotes.

use crate::words::{ReferentWords, Sense};
use lagebild_entities::{Entities, EntityId, EntityKind, Mention};
use lagebild_goods::{Goods, GoodsMention};
use lagebild_grammar::{Sentence, Token, Upos};
use lagebild_page::DateRange;
use lagebild_predicates::{Argument, Clauses, Lexicon, Role};
use lagebild_span::Span;

/// What is the same for the whole document.
#[derive(Clone, Copy)]
pub(crate) struct Setting<'a> {
    pub(crate) text: &'a str,
    pub(crate) entities: &'a Entities,
    pub(crate) catalogue: &'a Goods,
    /// Goods in the text, in order.
    pub(crate) goods: &'a [GoodsMention],
    /// Dates in the text, in order.
    pub(crate) dates: &'a [DateRange],
    pub(crate) words: &'a ReferentWords,
    pub(crate) lexicon: &'a Lexicon,
}

/// A sentence.
#[derive(Clone, Copy)]
pub(crate) struct Scene<'a> {
    pub(crate) setting: Setting<'a>,
    pub(crate) sentence: &'a Sentence,
    pub(crate) clauses: &'a Clauses,
    /// The sentence before.
    pub(crate) before: Option<(&'a Sentence, &'a Clauses)>,
}

/// Who fills a slot: somebody named, or a phrase that names nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Party {
    /// None for "the militia", "he".
    pub(crate) entity: Option<EntityId>,
    /// The words.
    pub(crate) span: Span,
    /// The country in which the words place somebody unnamed: "a trader from Hamburg", "Chinese firms".
    pub(crate) country: Option<EntityId>,
}

impl Party {
    /// Whether both name the same one; what names nobody is never the same.
    pub(crate) fn names_the_same(&self, other: &Party) -> bool {
        self.entity.is_some() && self.entity == other.entity
    }

    /// Whether both mean the same one, by its name or by their words.
    pub(crate) fn means_the_same(&self, other: &Party) -> bool {
        self.span.overlaps(other.span) || self.names_the_same(other)
    }
}

impl<'a> Scene<'a> {
    pub(crate) fn token(&self, at: usize) -> Option<&'a Token> {
        self.sentence.tokens.get(at)
    }

    /// A token as it is written.
    pub(crate) fn written(&self, at: usize) -> &'a str {
        self.token(at).map_or("", |token| token.span.of(self.setting.text))
    }

    /// What a noun can be, by its lemma or by the word as it is written.
    pub(crate) fn sense(&self, at: usize) -> Option<Sense> {
        let words = self.setting.words;
        words.sense(&self.token(at)?.lemma).or_else(|| words.sense(self.written(at)))
    }

    /// From the first to the last of some tokens.
    pub(crate) fn span(&self, tokens: &[usize]) -> Span {
        let span = |at: &usize| self.token(*at).map(|token| token.span);
        let ends = tokens.iter().min().and_then(span).zip(tokens.iter().max().and_then(span));
        ends.map_or_else(Span::default, |(first, last)| first.cover(last))
    }

    /// The longest mention that covers a token; of a hyphenated or written-together word also a name that begins it.
    pub(crate) fn mention(&self, at: usize) -> Option<&'a Mention> {
        self.setting.entities.naming(self.token(at)?.span)
    }

    /// Goods whose words cover a token, or lie in it.
    pub(crate) fn goods(&self, at: usize) -> Option<&'a GoodsMention> {
        let span = self.token(at)?.span;
        let goods = self.setting.goods;
        let first = goods.partition_point(|goods| goods.span.end() <= span.start());
        goods.get(first).filter(|goods| goods.span.overlaps(span))
    }

    /// Who a phrase denotes, when it can be a side. In an `open` place any noun that is no good, measure, place or time counts
    /// as somebody unnamed; elsewhere only nouns for people, bodies and states.
    pub(crate) fn party(&self, argument: &Argument, open: bool) -> Option<Party> {
        if let Some(named) = argument.heads().find_map(|at| self.named(at)) {
            return Some(named);
        }
        let head = self.token(argument.head)?;
        let words = self.span(&argument.tokens);
        let unnamed = Party { entity: None, span: words, country: self.country_in(argument) };
        if head.feat("Poss") == Some("Yes") {
            return crate::pronoun::owner(self, argument.head);
        }
        if head.upos == Upos::Pron {
            let written = self.written(argument.head).to_lowercase();
            let known = self.setting.words.is_pronoun(&written);
            let antecedent = || crate::pronoun::antecedent(self, argument.head);
            return known.then(|| Party { span: words, ..antecedent().unwrap_or(unnamed) });
        }
        if !matches!(head.upos, Upos::Noun | Upos::Propn) || self.is_date(head.span) {
            return None;
        }
        match self.sense(argument.head) {
            Some(Sense::Party) => {
                let found = crate::pronoun::described(self, argument);
                Some(found.or_else(|| crate::pronoun::home(self, argument)).unwrap_or(unnamed))
            }
            // "to the port of Nampo": the place that it is named after.
            Some(Sense::Place) => self.place_in(argument),
            Some(_) => None,
            None => (open && self.goods(argument.head).is_none()).then_some(unnamed),
        }
    }

    /// The entity named by a token, when it can be a side.
    pub(crate) fn named(&self, at: usize) -> Option<Party> {
        let mention = self.mention(at)?;
        let entity = self.setting.entities.get(mention.entity)?;
        let acts = matches!(
            entity.kind,
            EntityKind::Person | EntityKind::Organisation | EntityKind::Country | EntityKind::Place
        );
        // "Russlandgeschäft", "Ukraine-Krieg": the word is about it and does not name it.
        let whole = self.token(at).is_some_and(|token| {
            // "Fransa'nın": the name with an ending behind an apostrophe.
            let rest = token.span.starting(mention.span.end()).of(self.setting.text);
            let begins = mention.span.start() <= token.span.start();
            mention.span.contains(token.span) || begins && rest.starts_with(['\'', '’'])
        });
        let whole = whole
            || mention.form == lagebild_entities::Form::Inflected
                && !self.written(at).contains('-')
                && self.sense(at).is_none();
        (acts && whole && !entity.is_media).then_some(Party {
            entity: Some(mention.entity),
            span: mention.span,
            country: None,
        })
    }

    /// The only country that the words of a phrase name, by itself, an adjective, or a town of it.
    fn country_in(&self, argument: &Argument) -> Option<EntityId> {
        let words = self.span(&argument.tokens);
        let entities = self.setting.entities;
        let places = entities.within(words).filter_map(|mention| entities.get(mention.entity));
        let places = places.filter(|entity| matches!(entity.kind, EntityKind::Country | EntityKind::Place));
        let mut found: Vec<EntityId> = places.map(|entity| entity.id).collect();
        found.dedup();
        match found.as_slice() {
            [only] => Some(*only),
            _ => None,
        }
    }

    fn place_in(&self, argument: &Argument) -> Option<Party> {
        let inner = argument.tokens.iter().filter(|at| **at != argument.head);
        inner.filter_map(|at| self.named(*at)).find(|party| {
            let entity = party.entity.and_then(|id| self.setting.entities.get(id));
            entity.is_some_and(|entity| matches!(entity.kind, EntityKind::Country | EntityKind::Place))
        })
    }

    pub(crate) fn is_date(&self, span: Span) -> bool {
        let dates = self.setting.dates;
        let first = dates.partition_point(|date| date.words.end() <= span.start());
        dates.get(first).is_some_and(|date| date.words.overlaps(span))
    }
}

/// The scenes whose sentences lie within a span.
pub(crate) fn within<'s, 'a>(scenes: &'s [Scene<'a>], span: Span) -> &'s [Scene<'a>] {
    let from = scenes.partition_point(|scene| scene.sentence.span.start() < span.start());
    let to = scenes.partition_point(|scene| scene.sentence.span.end() <= span.end());
    scenes.get(from..to).unwrap_or_default()
}

/// The scene whose sentence holds a span.
pub(crate) fn holding<'s, 'a>(scenes: &'s [Scene<'a>], span: Span) -> Option<&'s Scene<'a>> {
    let first = scenes.partition_point(|scene| scene.sentence.span.end() < span.end());
    scenes.get(first).filter(|scene| scene.sentence.span.contains(span))
}

/// Places that syntax reserves for whoever acts or gets: any noun there is somebody.
pub(crate) fn is_open(role: &Role) -> bool {
    matches!(role, Role::Subject | Role::Dative | Role::Possessor)
}
