//! Folding: the same word in another case, width, accent or vowelling becomes the same string.

use unicode_normalization::UnicodeNormalization;

/// Lower case, compatibility forms resolved, marks taken off where they don't make another letter, Latin
/// letters outside ASCII written with ASCII ones.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.nfkc().flat_map(char::to_lowercase) {
        match c {
            c if is_mark(c) => {}
            'a'..='z' | '0'..='9' | ' ' => folded.push(c),
            '\u{660}'..='\u{669}' => folded.push(char::from(b'0' + (c as u32 - 0x660) as u8)),
            '\u{6f0}'..='\u{6f9}' => folded.push(char::from(b'0' + (c as u32 - 0x6f0) as u8)),
            'š' | 'ş' | 'ș' => folded.push_str("sh"),
            'č' | 'ć' | 'ĉ' => folded.push_str("ch"),
            'ž' | 'ż' => folded.push_str("zh"),
            'đ' => folded.push_str("dj"),
            'ß' => folded.push_str("ss"),
            'ø' | 'œ' | 'ö' => folded.push('o'),
            'ü' => folded.push('u'),
            'ł' => folded.push('l'),
            'þ' => folded.push_str("th"),
            'ð' => folded.push('d'),
            'ı' => folded.push('i'),
            'æ' | 'ä' | 'ə' | 'ǝ' => folded.push('a'),
            c if c < '\u{250}' || ('\u{1e00}'..'\u{1f00}').contains(&c) => {
                let base = c.nfd().next().unwrap_or(c);
                if base.is_alphanumeric() {
                    folded.push(base);
                }
            }
            'ά'..='ώ' => folded.extend(c.nfd().next()),
            c => folded.push(c),
        }
    }
    folded
}

/// Marks that do not make another letter: accents, vowel points, joiners.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}'
        | '\u{640}' | '\u{670}' | '\u{200b}'..='\u{200f}' | '\u{6d6}'..='\u{6ed}')
}
