//! Cuts a name into words with their place in the text.

use crate::script::Script;

/// A word as it stands in the name.
#[derive(Debug, Clone)]
pub(crate) struct Token<'a> {
    pub(crate) text: &'a str,
    pub(crate) start: u32,
    pub(crate) script: Script,
    /// Inside brackets: an abbreviation, a place, another name.
    pub(crate) bracketed: bool,
    /// A full stop follows.
    pub(crate) dotted: bool,
}

/// Words of a name: runs of letters or digits of one script. Apostrophes and the like stay inside a word.
pub(crate) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut found: Vec<Token<'_>> = Vec::new();
    let mut depth = 0usize;
    let mut open: Option<(usize, Script)> = None;
    let mut ends: Vec<(usize, char)> = text.char_indices().collect();
    ends.push((text.len(), ' '));
    for (at, c) in ends {
        let script = Script::of(c);
        let inside =
            matches!(c, '\'' | '’' | '‘' | 'ʼ' | '`' | 'ʻ' | 'ʿ' | 'ʾ' | '´' | '\u{200c}' | '׳' | '״')
                || is_mark(c);
        if let Some((start, current)) = open {
            let disguised =
                current == Script::Latin && script == Some(Script::Digit) && letter_follows(text, at);
            if script == Some(current) || disguised || (inside && at < text.len()) {
                continue;
            }
            let mut from = start;
            for syllable in burmese_syllables(text.get(start..at).unwrap_or_default()) {
                found.push(Token {
                    text: syllable,
                    start: from as u32,
                    script: current,
                    bracketed: depth > 0,
                    dotted: c == '.',
                });
                from += syllable.len();
            }
            open = None;
        }
        match c {
            '(' | '[' | '（' => depth += 1,
            ')' | ']' | '）' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if let Some(script) = script {
            open = Some((at, script));
        }
    }
    found
}

/// A word in Burmese letters syllable by syllable, for Burmese writes names without blanks and Latin letters with them; any other
/// word as it is. A letter begins a syllable unless it is silenced (်), or stacked on or over another (္).
fn burmese_syllables(word: &str) -> Vec<&str> {
    const DOT: char = '\u{1037}';
    const STACKED: char = '\u{1039}';
    const SILENT: char = '\u{103a}';
    let begins = |at: usize, c: char| {
        let letter = matches!(c, '\u{1000}'..='\u{102a}' | '\u{103f}');
        let mut after = word.get(at + c.len_utf8()..).unwrap_or_default().chars();
        let next = after.next();
        let ends =
            matches!(next, Some(SILENT | STACKED)) || next == Some(DOT) && after.next() == Some(SILENT);
        letter && !ends && !word.get(..at).unwrap_or_default().ends_with(STACKED)
    };
    let mut cuts: Vec<usize> =
        word.char_indices().filter(|&(at, c)| at > 0 && begins(at, c)).map(|(at, _)| at).collect();
    cuts.push(word.len());
    let mut from = 0;
    let pieces =
        cuts.into_iter().map(|to| word.get(std::mem::replace(&mut from, to)..to).unwrap_or_default());
    pieces.filter(|piece| !piece.is_empty()).collect()
}

/// Whether the next character is a letter: a digit before it stands for one ("Sech1n").
fn letter_follows(text: &str, at: usize) -> bool {
    text.get(at + 1..)
        .and_then(|rest| rest.chars().next())
        .is_some_and(|c| Script::of(c) == Some(Script::Latin))
}

/// Marks written over or under a letter, which never end a word.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}'
        | '\u{93c}' | '\u{94d}' | '\u{981}'..='\u{983}' | '\u{9bc}' | '\u{9cd}' | '\u{a3c}' | '\u{a4d}' | '\u{abc}'
        | '\u{acd}' | '\u{b4d}' | '\u{bcd}' | '\u{c4d}' | '\u{ccd}' | '\u{d4d}' | '\u{dca}' | '\u{ec8}'..='\u{ecd}'
        | '\u{102b}'..='\u{103e}' | '\u{640}' | '\u{670}' | '\u{200d}'..='\u{200f}' | '\u{e31}' | '\u{e34}'..='\u{e3a}' | '\u{e47}'..='\u{e4e}')
}
