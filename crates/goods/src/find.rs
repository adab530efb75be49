//! From a text to the goods that it names.

use crate::catalogue::Goods;
use crate::join::Joiner;
use crate::mention::GoodsMention;
use crate::spot;
use lagebild_page::Words;
use std::collections::BTreeMap;

impl Goods {
    /// The goods and services that a text names, as [`Self::find`] gives them for a text that is cut already.
    pub fn find_in(&self, text: &str, language: Option<&str>) -> Vec<GoodsMention> {
        self.find(&Words::new(text), language)
    }

    /// The goods and services that a text names, in its order, none overlapping. Spans are bytes of the text.
    ///
    /// `language` is a BCP 47 code (`de`, `de-AT`); without one, or with one that has no words here, the words of
    /// all languages are tried and the longest naming wins.
    pub fn find(&self, words: &Words<'_>, language: Option<&str>) -> Vec<GoodsMention> {
        let primary = language.map(|code| code.split(['-', '_']).next().unwrap_or(code));
        let known = self.languages.iter().filter(|l| Some(l.file.language.as_str()) == primary).count() > 0;
        let chosen = self.languages.iter().filter(|l| !known || Some(l.file.language.as_str()) == primary);
        let mut mentions: Vec<GoodsMention> = chosen
            .flat_map(|language| {
                let lexicon = self.lexicon(language);
                let hits = spot::spot(lexicon, words);
                Joiner { goods: self, lexicon, words }.join(&hits)
            })
            .collect();
        if !known {
            keep_longest(&mut mentions);
        }
        mentions
    }
}

/// Of overlapping mentions the longest stays; of equal ones the surest.
fn keep_longest(mentions: &mut Vec<GoodsMention>) {
    mentions.sort_by_key(|m| (std::cmp::Reverse(m.span.len()), std::cmp::Reverse(m.confidence), m.span));
    let mut kept: BTreeMap<u32, GoodsMention> = BTreeMap::new();
    for mention in mentions.drain(..) {
        let before = kept.range(..mention.span.end()).next_back();
        if before.is_none_or(|(_, other)| !other.span.overlaps(mention.span)) {
            kept.insert(mention.span.start(), mention);
        }
    }
    mentions.extend(kept.into_values());
}
