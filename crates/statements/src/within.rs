//! Which statement a word is part of.

use crate::model::{Act, Statement};
use lagebild_span::Span;

/// The statements of a document, to be asked what they hold.
#[derive(Clone, Copy, Debug)]
pub struct Within<'a> {
    /// In order of the text.
    statements: &'a [Statement],
    /// Bytes of the longest content: how far back one that holds a word may begin.
    longest: u32,
}

impl<'a> Within<'a> {
    /// Statements in order of the text, as [`crate::attribute`] gives them.
    pub fn new(statements: &'a [Statement]) -> Self {
        let longest = statements.iter().map(|statement| statement.content.len()).max().unwrap_or_default();
        Self { statements, longest: longest as u32 }
    }

    /// All statements, in order.
    pub fn all(&self) -> &'a [Statement] {
        self.statements
    }

    /// Statements whose content holds a span, in order.
    pub fn holding(&self, span: Span) -> impl Iterator<Item = &'a Statement> + use<'a> {
        let reach = span.end().saturating_sub(self.longest);
        let first = self.statements.partition_point(|statement| statement.content.start() < reach);
        let near = self.statements.iter().skip(first);
        near.take_while(move |one| one.content.start() <= span.start())
            .filter(move |one| one.content.contains(span))
    }

    /// The innermost statement whose content holds a span; one that only denies what is said there comes last. Nobody is made the
    /// source of anything by what is not likely and follows no rule.
    pub fn innermost(&self, span: Span) -> Option<&'a Statement> {
        let told = self.holding(span).filter(|statement| statement.support.rule || statement.is_sure());
        told.min_by_key(|statement| (statement.act == Act::Deny, statement.content.len()))
    }
}
