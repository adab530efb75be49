//! How words are compared.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{compose, is_combining_mark};

/// The folded form: lower case, `ß` as `ss`, `ё` as `е`, letters composed with their marks, other marks of the Latin,
/// Greek and Cyrillic scripts (the stress of a Russian dictionary) and soft hyphens left out. Words keep their marks:
/// *Läufe* are barrels, *im Laufe* is a course of time.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    text.chars().for_each(|c| fold_into(c, &mut folded));
    folded
}

/// The bare form, by which names are compared: the folded one without any marks, so that *Türkei* and *Turkei* are one.
pub fn bare(text: &str) -> String {
    let mut bare = String::with_capacity(text.len());
    bare_into(&fold(text), &mut bare);
    bare
}

pub(super) fn fold_into(c: char, folded: &mut String) {
    match c {
        _ if c.is_ascii() => folded.push(c.to_ascii_lowercase()),
        'ß' | 'ẞ' => folded.push_str("ss"),
        'ё' | 'Ё' => folded.push('е'),
        'İ' => folded.push('i'),
        '\u{ad}' => {}
        '\u{300}'..='\u{36f}' => {
            let letter = folded.chars().next_back().and_then(|before| compose(before, c));
            if let Some(letter) = letter {
                folded.pop();
                // Composed, `ё` still is `е`.
                folded.push(if letter == 'ё' { 'е' } else { letter });
            }
        }
        _ => folded.extend(c.to_lowercase()),
    }
}

/// Scripts from here on keep their marks: what stands on their letters is no accent, and Hangul stays in syllables.
const UNMARKED: char = '\u{2000}';

pub(super) fn bare_into(folded: &str, bare: &mut String) {
    if folded.is_ascii() {
        return bare.push_str(folded);
    }
    for c in folded.chars() {
        if c.is_ascii() || c > UNMARKED {
            bare.push(c);
        } else {
            bare.extend(c.nfd().filter(|c| !is_combining_mark(*c)));
        }
    }
}

/// Marks and the soft hyphen belong to the word that they stand in.
pub(super) fn is_joined(c: char) -> bool {
    !c.is_ascii() && (c == '\u{ad}' || is_combining_mark(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_sharp_s_yo_and_marks() {
        assert_eq!(fold("Geschoß шёл Scha\u{308}den"), "geschoss шел schäden");
        assert_eq!(fold("Росси\u{301}я Кие\u{308}в франc\u{327}"), "россия киев франç");
    }

    #[test]
    fn bare_names_have_no_marks() {
        assert_eq!(bare("Türkei Ёлка Größe Erdoğan"), "turkei елка grosse erdogan");
        assert_eq!(bare("북한이 ガザ"), "북한이 ガザ");
    }
}
