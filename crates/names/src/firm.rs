//! Names of firms in scripts that write no spaces between words.

use crate::{lexicon::LEXICON, readings::unified, script::Script, token::Token};

/// Cuts the words that such names are made of off the names proper: the legal form, the trade.
pub(crate) fn words(tokens: Vec<Token<'_>>) -> Vec<Token<'_>> {
    tokens.into_iter().flat_map(cut).collect()
}

fn cut(token: Token<'_>) -> Vec<Token<'_>> {
    if !matches!(token.script, Script::Han | Script::Hangul) {
        return vec![token];
    }
    let mut found = Vec::new();
    let mut name = 0;
    let mut at = 0;
    let piece = |from: usize, to: usize| {
        let text = token.text.get(from..to).filter(|text| !text.is_empty());
        text.map(|text| Token { text, start: token.start + from as u32, ..token.clone() })
    };
    while let Some(rest) = token.text.get(at..).filter(|rest| !rest.is_empty()) {
        if let Some(length) = known(rest, token.script) {
            found.extend(piece(name, at));
            found.extend(piece(at, at + length));
            (name, at) = (at + length, at + length);
        } else {
            at += rest.chars().next().map_or(rest.len(), char::len_utf8);
        }
    }
    found.extend(piece(name, at));
    found
}

/// Bytes of the longest known word of two characters or more with which the text begins.
fn known(text: &str, script: Script) -> Option<usize> {
    /// Characters of the longest such word.
    const LONGEST: usize = 7;
    let ends: Vec<usize> =
        text.char_indices().map(|(at, _)| at).chain([text.len()]).skip(2).take(LONGEST).collect();
    let is_known = |word: &str| {
        let same = unified(word.into(), script);
        [word, &same]
            .iter()
            .any(|word| LEXICON.legal.contains_key(*word) || LEXICON.terms.contains_key(*word))
    };
    ends.into_iter().rev().find(|&end| text.get(..end).is_some_and(is_known))
}
