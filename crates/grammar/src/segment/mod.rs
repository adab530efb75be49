//! Tokens and sentences with exact byte offsets, by the conventions of Universal Dependencies.
//!
//! Contractions ("im", "zum") stay one token; abbreviations and ordinals keep their full stop; a sentence
//! never crosses a block. What is particular to a language is data ([`lexicon`]).

mod lexicon;
mod scan;
mod sentences;
mod tokens;

use crate::{Sentence, Token, Upos};
use lagebild_span::Span;

/// Splits a text into sentences of tokens.
///
/// `blocks` are the paragraphs, headings and list items of the text; none means the text as a whole, where blank
/// lines part blocks. Blocks that do not fit the text are passed over. `language` is an ISO 639-1 code; an
/// unknown one is split by punctuation alone. A run of more than 500 tokens without an end is parted at a comma. Every token carries itself as head and its form as lemma.
pub fn segment(text: &str, blocks: &[Span], language: Option<&str>) -> Vec<Sentence> {
    let lexicon = lexicon::of(language);
    let whole = [Span::new(0, text.len())];
    let blocks = if blocks.is_empty() { &whole[..] } else { blocks };
    let mut found = Vec::new();
    for block in blocks.iter().filter(|block| block.fits(text)) {
        for part in sentences::paragraphs(text, *block) {
            let tokens = tokens::tokenise(text, part, lexicon);
            for range in sentences::split(text, &tokens, lexicon) {
                found.extend(tokens.get(range).and_then(|tokens| sentence(text, tokens)));
            }
        }
    }
    found
}

fn sentence(text: &str, spans: &[Span]) -> Option<Sentence> {
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
