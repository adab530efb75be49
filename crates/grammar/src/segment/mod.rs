//! Tokens and sentences with exact byte offsets, by the conventions of Universal Dependencies.
//!
//! Contractions ("im", "zum") stay one token; abbreviations and ordinals keep their full stop; a sentence
//! never crosses a block. What is particular to a language is data ([`lexicon`]).

pub(crate) mod lexicon;
mod scan;
mod sentences;
mod tokens;

use crate::{Sentence, Token, Upos};
use lagebild_language::Language;
use lagebild_span::Span;

/// Splits a text into sentences of tokens.
///
/// `blocks` are the paragraphs, headings and list items of the text; none means the text as a whole, where blank
/// lines part blocks. Blocks that do not fit the text are passed over. A language without
/// a lexicon is split by punctuation alone. A run of more than 500 tokens without an end is parted at a comma. Every token carries itself as head and its form as lemma.
pub fn segment(text: &str, blocks: &[Span], language: Option<&Language>) -> Vec<Sentence> {
    let mut found = Vec::new();
    for run in runs(text, blocks, language) {
        let mut first = 0;
        for end in run.ends {
            found.extend(run.tokens.get(first..end).and_then(|tokens| sentence(text, tokens)));
            first = end;
        }
    }
    found
}

/// A run of text that no sentence crosses: a paragraph, a heading, an item of a list.
pub(crate) struct Run {
    /// Its tokens.
    pub(crate) tokens: Vec<Span>,
    /// Where its sentences end by punctuation alone, as indices of tokens; the last is the number of tokens.
    pub(crate) ends: Vec<usize>,
}

/// The runs of a text; arguments as for [`segment`].
pub(crate) fn runs(text: &str, blocks: &[Span], language: Option<&Language>) -> Vec<Run> {
    let lexicon = lexicon::of(language);
    let whole = [Span::new(0, text.len())];
    let blocks = if blocks.is_empty() { &whole[..] } else { blocks };
    let parts =
        blocks.iter().filter(|block| block.fits(text)).flat_map(|block| sentences::paragraphs(text, *block));
    parts
        .map(|part| {
            let tokens = tokens::tokenise(text, part, lexicon);
            let ends = sentences::split(text, &tokens, lexicon).into_iter().map(|range| range.end).collect();
            Run { tokens, ends }
        })
        .collect()
}

/// A sentence of untagged tokens; none without tokens.
pub(crate) fn sentence(text: &str, spans: &[Span]) -> Option<Sentence> {
    let span = spans.first()?.cover(*spans.last()?);
    let tokens = spans.iter().zip(0..).map(|(span, index)| untagged(text, *span, index)).collect();
    Some(Sentence { span, tokens })
}

/// A token before tagging: only what its characters say.
fn untagged(text: &str, span: Span, index: u32) -> Token {
    let form = span.of(text);
    let upos = if !form.chars().any(char::is_alphanumeric) {
        Upos::Punct
    } else if form.starts_with(|c: char| c.is_numeric()) {
        Upos::Num
    } else {
        Upos::X
    };
    Token { span, upos, lemma: form.into(), head: index, ..Token::default() }
}

#[cfg(test)]
mod tests;
