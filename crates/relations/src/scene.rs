//! One sentence as relations see it: its predicates, and who is named where.

use crate::lexicon::Words;
use lagebild_entities::{Entities, EntityId, Form, Mention};
use lagebild_grammar::{Sentence, Token};
use lagebild_predicates::{Argument, Clauses, Lexicon};
use lagebild_span::Span;

/// A sentence.
#[derive(Clone, Copy)]
pub(crate) struct Scene<'a> {
    pub(crate) text: &'a str,
    pub(crate) entities: &'a Entities,
    pub(crate) words: &'a Words,
    pub(crate) lexicon: &'a Lexicon,
    pub(crate) sentence: &'a Sentence,
    pub(crate) clauses: &'a Clauses,
}

/// Somebody named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Side {
    pub(crate) entity: EntityId,
    /// The words.
    pub(crate) span: Span,
}

/// Letters that an ending adds to a name at most.
const ENDING: usize = 3;

impl<'a> Scene<'a> {
    pub(crate) fn token(&self, at: usize) -> Option<&'a Token> {
        self.sentence.tokens.get(at)
    }

    /// A token as it is written, in small letters.
    pub(crate) fn written(&self, at: usize) -> String {
        self.token(at).map_or("", |token| token.span.of(self.text)).to_lowercase()
    }

    /// A token's dictionary form in small letters.
    pub(crate) fn lemma(&self, at: usize) -> String {
        self.token(at).map_or_else(String::new, |token| token.lemma.to_lowercase())
    }

    /// True where a token's lemma or the word itself is one of some words.
    pub(crate) fn is_one_of(&self, at: usize, words: &std::collections::BTreeSet<String>) -> bool {
        words.contains(&self.lemma(at)) || words.contains(&self.written(at))
    }

    /// Tokens that hang on a token.
    pub(crate) fn children(&self, at: usize) -> impl Iterator<Item = usize> + use<'a> {
        let tokens = self.sentence.tokens.iter().enumerate();
        tokens.filter(move |(child, token)| token.head as usize == at && *child != at).map(|(child, _)| child)
    }

    /// The longest mention that covers a token or begins it.
    pub(crate) fn mention(&self, at: usize) -> Option<&'a Mention> {
        self.entities.naming(self.token(at)?.span)
    }

    /// Who a token names as a whole, but for an ending; a compound is about it and does not name it.
    pub(crate) fn named(&self, at: usize) -> Option<Side> {
        let (token, mention) = (self.token(at)?, self.mention(at)?);
        let ending = token.span.end().saturating_sub(mention.span.end()) as usize <= ENDING;
        let inflected = mention.form == Form::Inflected && ending && !self.written(at).contains('-');
        let whole = mention.span.contains(token.span) || inflected;
        whole.then_some(Side { entity: mention.entity, span: mention.span })
    }

    /// Who a hyphenated word names in its first part: "Nato-Mitglied".
    pub(crate) fn named_first(&self, at: usize) -> Option<Side> {
        let span = self.token(at)?.span;
        let rest = |mention: &&Mention| {
            let rest = Span::between(mention.span.end(), span.end());
            mention.span.start() == span.start()
                && mention.span.end() < span.end()
                && rest.of(self.text).starts_with('-')
        };
        let found = self.entities.within(span).find(rest)?;
        Some(Side { entity: found.entity, span: found.span })
    }

    /// Who a phrase names, by its head or the name beside it.
    pub(crate) fn side(&self, argument: &Argument) -> Option<Side> {
        argument.heads().find_map(|at| self.named(at))
    }

    /// Who a noun's phrase is also called: "the head of the bank, X".
    pub(crate) fn alias(&self, at: usize) -> Option<Side> {
        let phrase = lagebild_predicates::phrase(self.sentence, self.text, self.lexicon, at);
        phrase.alias.and_then(|alias| self.named(alias))
    }
}
