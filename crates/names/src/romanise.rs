//! A word of the news in rough Latin letters: enough to look it up, not to publish.

use crate::{
    fold::{LETTERS, fold},
    readings::spelling,
    script::Script,
};
use unicode_normalization::UnicodeNormalization;

/// The word in lower-case Latin letters without marks, as the news would write it (`data/names/letters.yaml`, then
/// `data/names/scripts`). None when a letter is neither Latin nor Cyrillic nor Greek: other scripts tell too little letter by
/// letter.
pub fn romanise(word: &str) -> Option<String> {
    let mut letters = String::with_capacity(word.len());
    for letter in word.nfkc().flat_map(char::to_lowercase) {
        if letter.is_ascii_lowercase() || letter.is_ascii_digit() {
            letters.push(letter);
        } else if let Some(written) = LETTERS.news.get(&letter) {
            letters.push_str(written);
        } else if !(matches!(letter, '\u{300}'..='\u{36f}') || is_apostrophe(letter)) {
            match Script::of(letter)? {
                Script::Latin => letters.push_str(&fold(letter.encode_utf8(&mut [0; 4]))),
                Script::Cyrillic | Script::Greek => letters.push(letter),
                _ => return None,
            }
        }
    }
    Some(if letters.is_ascii() { letters } else { spelling(&fold(&letters), Script::Cyrillic) })
}

/// Whether [`romanise`] has Latin letters for a letter.
pub fn is_romanised(letter: char) -> bool {
    matches!(Script::of(letter), Some(Script::Latin | Script::Cyrillic | Script::Greek))
        || is_apostrophe(letter)
}

/// Marks that are written as a part of a word and say nothing about its letters.
pub const fn is_apostrophe(mark: char) -> bool {
    matches!(mark, '\'' | '’' | '‘' | 'ʼ' | 'ʻ' | 'ʿ' | 'ʾ' | '`')
}

#[cfg(test)]
mod tests {
    use super::romanise;

    #[test]
    fn words_of_three_alphabets_are_written_as_the_news_does() {
        for (word, latin) in [
            ("Пу́тин", "putin"),
            ("Королёв", "korolev"),
            ("Šojgu", "shojgu"),
            ("Müller", "mueller"),
            ("Nguyễn", "nguyen"),
            ("Παπαδοπούλου", "papadopulu"),
            ("О'Нил", "onil"),
        ] {
            assert_eq!(romanise(word).as_deref(), Some(latin), "{word}");
        }
        assert_eq!((romanise("安倍"), romanise("김정은"), romanise("بوتين")), (None, None, None));
    }
}
