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
            found.push(Token {
                text: text.get(start..at).unwrap_or_default(),
                start: start as u32,
                script: current,
                bracketed: depth > 0,
                dotted: c == '.',
            });
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
