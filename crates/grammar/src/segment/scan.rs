//! Questions to the characters of a text.

/// The character at `at`.
pub(crate) fn at(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

/// The word that starts at or after white space from `at` on; empty where something else comes first.
pub(crate) fn next_word(text: &str, at: usize) -> &str {
    let rest = text.get(at..).unwrap_or_default().trim_start();
    let end = rest.find(|c: char| !c.is_alphanumeric() && c != '-').unwrap_or(rest.len());
    rest.get(..end).unwrap_or_default()
}

/// True for scripts written without spaces between words.
pub(crate) fn is_unspaced(c: char) -> bool {
    matches!(u32::from(c),
        0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1780..=0x17FF | 0x3040..=0x30FF
        | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF)
}

/// A character of a word: letters, digits and the marks that combine with them.
pub(crate) fn is_word(c: char) -> bool {
    c.is_alphanumeric()
        || c == '_'
        || matches!(u32::from(c), 0x0300..=0x036F | 0x0591..=0x05C7 | 0x064B..=0x065F | 0x200C..=0x200D)
}

/// Quotation marks and brackets that may close a sentence after its full stop.
pub(crate) fn is_closing(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '’' | '\'' | '»' | '«' | '‹' | '›' | ')' | ']' | '」' | '』' | '）' | '‘')
}

/// Marks that open something.
pub(crate) fn is_opening(c: char) -> bool {
    matches!(
        c,
        '`' | '"'
            | '„'
            | '“'
            | '‚'
            | '‘'
            | '«'
            | '»'
            | '‹'
            | '›'
            | '('
            | '['
            | '「'
            | '『'
            | '（'
            | '\''
            | '¿'
            | '¡'
    )
}

/// Full stops of any script, and what else ends a sentence.
pub(crate) fn is_final(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？' | '؟' | '।' | '۔' | '․')
}
