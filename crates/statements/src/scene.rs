//! One sentence as this stage sees it: tree, predicates, names, quotations.

use crate::lexicon::Words;
use crate::marks::{Quote, trimmed};
use lagebild_entities::{Entities, EntityId, EntityKind, Form, Mention};
use lagebild_grammar::{Sentence, Token, Upos};
use lagebild_predicates::{Clauses, Kind, Lexicon, Predicate};
use lagebild_span::Span;
use std::collections::BTreeSet;

/// A sentence with what is known of it.
pub(crate) struct Scene<'a> {
    pub(crate) text: &'a str,
    pub(crate) sentence: &'a Sentence,
    pub(crate) clauses: &'a Clauses,
    pub(crate) lexicon: &'a Lexicon,
    pub(crate) words: &'a Words,
    pub(crate) entities: &'a Entities,
    /// Quotations that touch the sentence.
    pub(crate) quotes: Vec<Quote>,
    children: Vec<Vec<usize>>,
}

impl<'a> Scene<'a> {
    pub(crate) fn new(
        text: &'a str,
        sentence: &'a Sentence,
        clauses: &'a Clauses,
        lexicon: &'a Lexicon,
        words: &'a Words,
        entities: &'a Entities,
        quotes: &[Quote],
    ) -> Self {
        let mut children = vec![Vec::new(); sentence.tokens.len()];
        for (at, token) in sentence.tokens.iter().enumerate() {
            let head = token.head as usize;
            if let Some(list) = children.get_mut(head).filter(|_| head != at) {
                list.push(at);
            }
        }
        // "…," said X: the sentence may begin behind the quotation that it belongs to.
        let before = |quote: &Quote| {
            let gap = text.get(quote.outer.end() as usize..sentence.span.start() as usize);
            let first = sentence.span.of(text).chars().next();
            let open = text
                .get(quote.inner.end() as usize..quote.outer.end() as usize)
                .is_some_and(|end| end.starts_with(','));
            gap.is_some_and(|gap| gap.trim().is_empty()) && (open || first.is_some_and(char::is_lowercase))
        };
        let touches = |quote: &Quote| quote.outer.overlaps(sentence.span) || before(quote);
        // Quotations stand in the order of the text, none in another; one that ends before the last one before the sentence is
        // too far away.
        let near =
            quotes.partition_point(|quote| quote.outer.end() <= sentence.span.start()).saturating_sub(1);
        let here = quotes.iter().skip(near).take_while(|quote| quote.outer.start() < sentence.span.end());
        let quotes = here.copied().filter(touches).collect();
        Self { text, sentence, clauses, lexicon, words, entities, quotes, children }
    }

    pub(crate) fn token(&self, at: usize) -> Option<&'a Token> {
        self.sentence.tokens.get(at)
    }

    pub(crate) fn len(&self) -> usize {
        self.sentence.tokens.len()
    }

    pub(crate) fn predicate(&self, index: usize) -> Option<&'a Predicate> {
        self.clauses.predicates.get(index)
    }

    /// As it is written, in small letters.
    pub(crate) fn form(&self, at: usize) -> String {
        self.token(at).map(|token| token.span.of(self.text).to_lowercase()).unwrap_or_default()
    }

    pub(crate) fn lemma(&self, at: usize) -> String {
        self.token(at).map(|token| token.lemma.to_lowercase()).unwrap_or_default()
    }

    /// True when the word, as it is written or by its lemma, stands in a list.
    pub(crate) fn listed(&self, at: usize, list: &[String]) -> bool {
        Words::holds(list, &self.form(at)) || Words::holds(list, &self.lemma(at))
    }

    pub(crate) fn rel(&self, at: usize) -> &'a str {
        self.token(at).map_or("", |token| token.deprel.as_str())
    }

    pub(crate) fn is(&self, at: usize, tags: &[Upos]) -> bool {
        self.token(at).is_some_and(|token| tags.contains(&token.upos))
    }

    pub(crate) fn has(&self, at: usize, name: &str, value: &str) -> bool {
        self.token(at).is_some_and(|token| token.feat(name) == Some(value))
    }

    pub(crate) fn head(&self, at: usize) -> Option<usize> {
        let head = self.token(at)?.head as usize;
        (head != at && head < self.len()).then_some(head)
    }

    pub(crate) fn children(&self, at: usize) -> &[usize] {
        self.children.get(at).map_or(&[], Vec::as_slice)
    }

    /// A word with all that hangs on it, but without the words in `skip` and what hangs on them.
    pub(crate) fn below(&self, at: usize, skip: &[usize]) -> BTreeSet<usize> {
        let mut found = BTreeSet::from([at]);
        let mut open = vec![at];
        while let Some(next) = open.pop() {
            let fresh = self.children(next).iter().copied().filter(|child| !skip.contains(child));
            for child in fresh {
                if found.insert(child) {
                    open.push(child);
                }
            }
        }
        found
    }

    /// The words above one, nearest first.
    pub(crate) fn above(&self, at: usize) -> Vec<usize> {
        let mut found = Vec::new();
        let mut next = at;
        while let Some(head) = self.head(next).filter(|head| !found.contains(head)) {
            found.push(head);
            next = head;
        }
        found
    }

    pub(crate) fn span(&self, tokens: impl IntoIterator<Item = usize>) -> Option<Span> {
        let spans = tokens.into_iter().filter_map(|at| self.token(at)).map(|token| token.span);
        spans.reduce(Span::cover)
    }

    /// The span of some words, without marks at its edges; none where nothing remains.
    pub(crate) fn stretch(&self, tokens: impl IntoIterator<Item = usize>) -> Option<Span> {
        let words = tokens.into_iter().filter(|at| !self.is(*at, &[Upos::Punct]));
        let span = trimmed(self.text, self.span(words)?);
        (!span.is_empty()).then_some(span)
    }

    /// The tokens within a span.
    pub(crate) fn within(&self, span: Span) -> impl Iterator<Item = usize> + '_ {
        let inside = move |(at, token): (usize, &Token)| span.contains(token.span).then_some(at);
        self.sentence.tokens.iter().enumerate().filter_map(inside)
    }

    /// The quotation that a token stands in.
    pub(crate) fn quote(&self, at: usize) -> Option<Quote> {
        let span = self.token(at)?.span;
        self.quotes.iter().copied().find(|quote| quote.outer.contains(span))
    }

    /// True for a word of somebody's direct speech.
    pub(crate) fn is_spoken(&self, at: usize) -> bool {
        self.quote(at).is_some_and(|quote| crate::quoted::is_speech(self, &quote))
    }

    /// The longest mention that covers a token.
    pub(crate) fn mention(&self, at: usize) -> Option<&'a Mention> {
        let span = self.token(at)?.span;
        self.entities.holding(span).max_by_key(|mention| mention.span.len())
    }

    /// Somebody who can speak named by a token: a person, a body, a country or its capital.
    pub(crate) fn named(&self, at: usize) -> Option<EntityId> {
        let mention = self.mention(at).filter(|mention| mention.form != Form::Pronoun)?;
        let kind = self.kind(mention.entity)?;
        matches!(
            kind,
            EntityKind::Person | EntityKind::Organisation | EntityKind::Country | EntityKind::Place
        )
        .then_some(mention.entity)
    }

    pub(crate) fn kind(&self, id: EntityId) -> Option<EntityKind> {
        self.entities.get(id).map(|entity| entity.kind)
    }

    pub(crate) fn is_media(&self, id: EntityId) -> bool {
        self.entities.get(id).is_some_and(|entity| entity.is_media)
    }

    /// A verb, or a noun or adjective with a copula: what can be a whole sentence.
    pub(crate) fn is_clause(predicate: &Predicate) -> bool {
        predicate.kind != Kind::Noun || predicate.form != lagebild_predicates::Form::Nominal
    }

    /// The main predicate of the sentence.
    pub(crate) fn root(&self) -> Option<usize> {
        let root = (0..self.len()).find(|at| self.head(*at).is_none())?;
        self.clauses.headed(root)
    }
}
