//! How far what was said reaches.

use lagebild_span::Span;
use std::collections::BTreeMap;

/// How far spans reach: asked for each saying, whether one of them holds it or touches it.
#[derive(Default)]
pub(crate) struct Reach {
    /// Ends by where they begin; one that ends no later than an earlier one is left out.
    ends: BTreeMap<u32, u32>,
}

impl Reach {
    pub(crate) fn add(&mut self, span: Span) {
        if self.ends.range(..=span.start()).next_back().is_some_and(|(_, end)| *end >= span.end()) {
            return;
        }
        while let Some((start, _)) =
            self.ends.range(span.start()..).next().filter(|(_, end)| **end <= span.end())
        {
            let start = *start;
            self.ends.remove(&start);
        }
        self.ends.insert(span.start(), span.end());
    }

    /// True when one span holds this one.
    pub(crate) fn holds(&self, span: Span) -> bool {
        self.ends.range(..=span.start()).next_back().is_some_and(|(_, end)| *end >= span.end())
    }

    /// True when one span shares bytes with this one.
    pub(crate) fn touches(&self, span: Span) -> bool {
        self.ends.range(..span.end()).next_back().is_some_and(|(_, end)| *end > span.start())
    }
}
