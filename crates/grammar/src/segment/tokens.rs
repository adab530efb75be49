//! Tokens: words, numbers and marks, each with its bytes.

use super::lexicon::Lexicon;
use super::scan;
use lagebild_span::Span;
use std::collections::HashSet;

/// The tokens of one block, in order.
pub(crate) fn tokenise(text: &str, block: Span, lexicon: &Lexicon) -> Vec<Span> {
    let end = block.end() as usize;
    let text = text.get(..end).unwrap_or_default();
    let mut at = block.start() as usize;
    let mut tokens = Vec::with_capacity(block.len() / 6 + 1);
    let mut chunk = Chunk::default();
    while let Some(c) = scan::at(text, at) {
        if is_blank(c) {
            at += c.len_utf8();
            continue;
        }
        let next = chunk.address_end(text, at).unwrap_or_else(|| token_end(text, at, c, lexicon, &tokens));
        push(text, Span::new(at, next), lexicon, &mut tokens);
        at = next;
    }
    tokens
}

/// White space, and characters that are not seen (soft hyphens stay inside words).
fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{200B}' | '\u{FEFF}' | '\u{2060}' | '\u{200E}' | '\u{200F}')
}

/// A stretch without white space, read once for all tokens in it: where it ends, and where in it stands what makes an
/// address of a word.
#[derive(Default)]
struct Chunk {
    end: usize,
    scheme: Option<usize>,
    at_signs: [Option<usize>; 2],
    point: Option<usize>,
}

impl Chunk {
    fn new(text: &str, at: usize) -> Self {
        let rest = text.get(at..).unwrap_or_default();
        let length = rest
            .find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '“' | '„' | ')' | '»'))
            .unwrap_or(rest.len());
        let chunk = rest.get(..length).unwrap_or_default();
        let mut signs = chunk.rmatch_indices('@').map(|(sign, _)| at + sign);
        Self {
            end: at + length,
            scheme: chunk.rfind("://").map(|found| at + found),
            at_signs: [signs.next(), signs.next()],
            point: chunk.rfind('.').map(|found| at + found),
        }
    }

    /// The end of a web or mail address that starts here.
    fn address_end(&mut self, text: &str, at: usize) -> Option<usize> {
        let rest = text.get(at..)?;
        if !rest.as_bytes().first()?.is_ascii_alphanumeric() {
            return None;
        }
        if at >= self.end {
            *self = Self::new(text, at);
        }
        let address =
            self.scheme.is_some_and(|scheme| scheme >= at) || rest.starts_with("www.") || self.is_mail(at);
        let chunk = address.then(|| text.get(at..self.end)).flatten()?;
        Some(at + chunk.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'']).len())
    }

    /// From here to the end there is one sign for "at", with something before it and a point behind it.
    fn is_mail(&self, at: usize) -> bool {
        let [last, before] = self.at_signs;
        let only = before.is_none_or(|before| before < at);
        last.is_some_and(|last| last > at && only && self.point.is_some_and(|point| point > last))
    }
}

/// The end of the token that starts at `at` with `c`.
fn token_end(text: &str, at: usize, c: char, lexicon: &Lexicon, before: &[Span]) -> usize {
    if scan::is_unspaced(c) {
        return run_end(text, at, |next| is_same_kana(c, next));
    }
    if !scan::is_word(c) {
        return mark_end(text, at, c, lexicon);
    }
    let end = word_end(text, at, lexicon);
    if scan::at(text, end) == Some('.') && keeps_full_stop(text, at, end, lexicon, before) {
        end + 1
    } else {
        end
    }
}

/// Katakana words run together; every other character of an unspaced script stands alone.
fn is_same_kana(first: char, next: char) -> bool {
    let katakana = |c: char| matches!(u32::from(c), 0x30A0..=0x30FF);
    katakana(first) && katakana(next)
}

fn run_end(text: &str, at: usize, mut same: impl FnMut(char) -> bool) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    let mut chars = rest.char_indices();
    let first = chars.next().map_or(0, |(_, c)| c.len_utf8());
    at + chars.find(|(_, c)| !same(*c)).map_or(rest.len(), |(index, _)| index).max(first)
}

/// Marks stand alone; dots, dashes and the like in a row are one token, and faces made of marks, and what else the language
/// joins ([`Lexicon::mark_runs`]).
fn mark_end(text: &str, at: usize, c: char, lexicon: &Lexicon) -> usize {
    if let Some(end) = face_end(text, at, c) {
        return end;
    }
    if lexicon.mark_runs.contains(c) {
        return run_end(text, at, |next| lexicon.mark_runs.contains(next));
    }
    match c {
        '.' | '-' | '–' | '—' | '*' | '=' | '~' | '`' | '\'' | '_' => run_end(text, at, |next| next == c),
        _ => at + c.len_utf8(),
    }
}

/// The end of ":)", ";-(" and the like, where no word stands directly behind.
fn face_end(text: &str, at: usize, c: char) -> Option<usize> {
    if !matches!(c, ':' | ';') {
        return None;
    }
    let mouth = if scan::at(text, at + 1) == Some('-') { at + 2 } else { at + 1 };
    let end = run_end(text, mouth, |next| matches!(next, ')' | '('));
    let mouths = text.get(mouth..end)?;
    let ends = scan::at(text, end).is_none_or(|next| !next.is_alphanumeric());
    (ends && mouths.starts_with([')', '('])).then_some(end)
}

/// The end of a word with what joins its parts: hyphens, apostrophes, points in numbers and abbreviations.
fn word_end(text: &str, start: usize, lexicon: &Lexicon) -> usize {
    let mut end = start;
    let mut last = '\0';
    while let Some(c) = scan::at(text, end) {
        let joined = || {
            let next = scan::at(text, end + c.len_utf8()).unwrap_or(' ');
            joins(c, last, next, text.get(start..end).unwrap_or_default(), lexicon)
        };
        if is_apostrophe(c) && elides(text.get(start..end).unwrap_or_default(), lexicon) {
            return end + c.len_utf8();
        }
        if scan::is_unspaced(c) || !(scan::is_word(c) || c == '\u{AD}' || joined()) {
            break;
        }
        last = c;
        end += c.len_utf8();
    }
    end
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’')
}

/// "l'" and "qu'": words that end in their apostrophe.
fn elides(word: &str, lexicon: &Lexicon) -> bool {
    is_one_of(word, &lexicon.elisions)
}

/// True for a word of a list, in small or large letters. Only as many letters are looked at as the list's longest has: it
/// is asked again at each hyphen and apostrophe of a word.
fn is_one_of(word: &str, list: &HashSet<String>) -> bool {
    let longest = list.iter().map(|one| one.chars().count()).max().unwrap_or_default();
    word.chars().nth(longest).is_none() && list.contains(&word.to_lowercase())
}

/// True when `c` between `last` and `next` is inside a word.
fn joins(c: char, last: char, next: char, so_far: &str, lexicon: &Lexicon) -> bool {
    let letters = last.is_alphabetic() && next.is_alphabetic();
    match c {
        '-' | '‑' => scan::is_word(next) && scan::is_word(last) && !splits_hyphen(next, so_far, lexicon),
        '\'' | '’' => letters,
        '.' => last.is_numeric() && next.is_numeric() || letters && short_part(so_far),
        ',' | ':' | '/' => last.is_numeric() && next.is_numeric(),
        '&' => last.is_uppercase() && next.is_uppercase(),
        _ => false,
    }
}

/// "z.B." and "U.S.": the part since the last point is at most two letters ("d.h.", "St.Pölten" is left whole).
fn short_part(so_far: &str) -> bool {
    so_far.rsplit('.').next().is_some_and(|part| part.chars().count() <= 2)
}

/// "US-Präsident" parts, "F-16" does not.
fn splits_hyphen(next: char, so_far: &str, lexicon: &Lexicon) -> bool {
    lexicon.hyphens.as_ref().is_some_and(|hyphens| {
        let long = so_far.chars().take(hyphens.shortest).count() >= hyphens.shortest;
        next.is_alphabetic() && long && !is_one_of(so_far, &hyphens.keep_after)
    })
}

/// True when the full stop after the word `start..end` belongs to it.
fn keeps_full_stop(text: &str, start: usize, end: usize, lexicon: &Lexicon, before: &[Span]) -> bool {
    let word = text.get(start..end).unwrap_or_default();
    if scan::at(text, end + 1).is_some_and(|next| next == '.' || next.is_alphanumeric()) {
        return false;
    }
    if word.bytes().all(|b| b.is_ascii_digit()) {
        return is_ordinal(text, word, end + 1, lexicon, before);
    }
    is_abbreviation(word, lexicon) || is_roman_before_lowercase(text, word, end + 1)
}

/// A listed abbreviation, letters with points between ("U.S", "z.B"), or an initial.
fn is_abbreviation(word: &str, lexicon: &Lexicon) -> bool {
    let initial = || {
        let mut letters = word.chars();
        letters.next().is_some_and(char::is_uppercase) && letters.next().is_none()
    };
    let dotted = || {
        word.contains('.')
            && word.split('.').all(|part| part.chars().count() <= 2 && part.chars().all(char::is_alphabetic))
    };
    let listed = |list: &HashSet<String>| list.contains(word) || list.contains(&word.to_lowercase());
    initial()
        || dotted()
        || word.len() <= 10 && (listed(&lexicon.abbreviations) || listed(&lexicon.final_abbreviations))
}

/// "12. September", "am 3. in Wien", "der 2. Senat": a number before such words is an ordinal.
fn is_ordinal(text: &str, digits: &str, end: usize, lexicon: &Lexicon, before: &[Span]) -> bool {
    let Some(ordinals) = &lexicon.ordinals else { return false };
    let next = scan::next_word(text, end);
    let Some(first) = next.chars().next() else { return false };
    let previous = || before.last().map(|span| span.of(text).to_lowercase()).unwrap_or_default();
    digits.len() <= 3 && (ordinals.after.contains(next) || first.is_lowercase())
        || digits.len() <= 2 && ordinals.before.contains(&previous())
}

/// "Heinrich IV. war": a Roman numeral followed by a word in lower case.
fn is_roman_before_lowercase(text: &str, word: &str, end: usize) -> bool {
    word.len() >= 2
        && word.bytes().all(|b| matches!(b, b'I' | b'V' | b'X'))
        && scan::next_word(text, end).starts_with(char::is_lowercase)
}

/// Adds a token, split where the language writes two words as one ("don't", "cannot").
fn push(text: &str, span: Span, lexicon: &Lexicon, tokens: &mut Vec<Span>) {
    match split_point(span.of(text), lexicon) {
        Some(at) => {
            tokens.push(Span::new(span.start() as usize, span.start() as usize + at));
            tokens.push(Span::new(span.start() as usize + at, span.end() as usize));
        }
        None => tokens.push(span),
    }
}

/// Where a written word falls into two tokens, in bytes.
fn split_point(word: &str, lexicon: &Lexicon) -> Option<usize> {
    if lexicon.clitics.is_empty() && lexicon.split_words.is_empty() {
        return None;
    }
    let lower = word.to_lowercase().replace('’', "'");
    let whole = lexicon.split_words.iter().find(|split| split.word == lower);
    if let Some(split) = whole {
        return word.char_indices().nth(split.at).map(|(at, _)| at);
    }
    let clitic = lexicon
        .clitics
        .iter()
        .find(|clitic| lower.len() > clitic.len() && lower.ends_with(clitic.as_str()))?;
    let letters = word.chars().count() - clitic.chars().count();
    word.char_indices().nth(letters).map(|(at, _)| at)
}
