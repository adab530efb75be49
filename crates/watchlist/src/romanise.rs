//! Words of other alphabets in rough Latin letters: enough to compare, not to publish.
//!
//! Cyrillic follows the common English usage (BGN/PCGN without its marks), Hangul the DPRK's own habit
//! (정 "jong", 은 "un"), Greek ELOT 743. Scripts without a rule here give nothing.

/// The word in lower-case Latin letters without marks; `None` when a letter has no rule.
pub(crate) fn romanise(word: &str) -> Option<String> {
    let mut out = String::with_capacity(word.len());
    for letter in word.chars().flat_map(char::to_lowercase) {
        match letter {
            'a'..='z' | '0'..='9' => out.push(letter),
            '\u{300}'..='\u{36f}' | '\'' | '’' | '‘' | 'ʼ' | '`' | 'ъ' | 'ь' => {}
            'ㄱ'..='힣' => hangul(letter, &mut out)?,
            _ => out.push_str(latin(letter).or_else(|| cyrillic(letter)).or_else(|| greek(letter))?),
        }
    }
    Some(out)
}

fn latin(letter: char) -> Option<&'static str> {
    Some(match letter {
        'à'..='ã' | 'å' | 'ā' | 'ă' | 'ą' | 'ǎ' | 'ạ' => "a",
        'ä' | 'æ' => "ae",
        'ß' => "ss",
        'ç' => "s",
        'ć' | 'č' | 'ĉ' | 'ċ' => "ch",
        'ď' | 'đ' | 'ð' => "d",
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' | 'ə' => "e",
        'ğ' | 'ĝ' | 'ġ' | 'ģ' => "g",
        'ì'..='ï' | 'ī' | 'ĭ' | 'į' | 'ı' => "i",
        'ķ' => "k",
        'ł' | 'ľ' | 'ļ' | 'ĺ' => "l",
        'ñ' | 'ń' | 'ň' | 'ņ' => "n",
        'ò'..='õ' | 'ō' | 'ŏ' | 'ő' | 'ø' => "o",
        'ö' | 'œ' => "oe",
        'ř' | 'ŕ' => "r",
        'š' | 'ś' | 'ş' | 'ș' | 'ŝ' => "sh",
        'ť' | 'ț' | 'ţ' => "t",
        'ù'..='û' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' => "u",
        'ü' => "ue",
        'ý' | 'ÿ' => "y",
        'ž' | 'ź' | 'ż' => "zh",
        _ => return None,
    })
}

fn cyrillic(letter: char) -> Option<&'static str> {
    Some(match letter {
        'а' => "a",
        'б' => "b",
        'в' | 'ў' => "v",
        'г' | 'ґ' | 'ѓ' => "g",
        'д' => "d",
        'е' | 'ё' | 'э' => "e",
        'є' => "ie",
        'ж' => "zh",
        'з' => "z",
        'и' | 'і' | 'ї' | 'й' => "i",
        'к' => "k",
        'л' => "l",
        'м' => "m",
        'н' => "n",
        'о' => "o",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' => "t",
        'у' => "u",
        'ф' => "f",
        'х' => "kh",
        'ц' => "ts",
        'ч' | 'ћ' => "ch",
        'ш' => "sh",
        'щ' => "shch",
        'ы' => "y",
        'ю' => "yu",
        'я' => "ya",
        'ј' => "j",
        'љ' => "lj",
        'њ' => "nj",
        'ђ' => "dj",
        'џ' => "dzh",
        _ => return None,
    })
}

fn greek(letter: char) -> Option<&'static str> {
    Some(match letter {
        'α' | 'ά' => "a",
        'β' => "v",
        'γ' => "g",
        'δ' => "d",
        'ε' | 'έ' => "e",
        'ζ' => "z",
        'η' | 'ή' | 'ι' | 'ί' => "i",
        'θ' => "th",
        'κ' => "k",
        'λ' => "l",
        'μ' => "m",
        'ν' => "n",
        'ξ' => "x",
        'ο' | 'ό' | 'ω' | 'ώ' => "o",
        'π' => "p",
        'ρ' => "r",
        'σ' | 'ς' => "s",
        'τ' => "t",
        'υ' | 'ύ' => "y",
        'φ' => "f",
        'χ' => "ch",
        'ψ' => "ps",
        _ => return None,
    })
}

/// A Hangul syllable from its Unicode composition (Unicode Standard, section 3.12).
fn hangul(letter: char, out: &mut String) -> Option<()> {
    const INITIALS: [&str; 19] =
        ["k", "kk", "n", "t", "tt", "r", "m", "p", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h"];
    const VOWELS: [&str; 21] = [
        "a", "ae", "ya", "yae", "o", "e", "yo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi",
        "yu", "u", "ui", "i",
    ];
    const FINALS: [&str; 28] = [
        "", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m", "p", "p", "t",
        "t", "ng", "t", "t", "k", "t", "p", "t",
    ];
    let index = (letter as usize).checked_sub(0xAC00)?;
    out.push_str(INITIALS.get(index / 588)?);
    out.push_str(VOWELS.get(index % 588 / 28)?);
    out.push_str(FINALS.get(index % 28)?);
    Some(())
}

#[cfg(test)]
mod tests {
    use super::romanise;

    #[test]
    fn three_alphabets() {
        assert_eq!(romanise("Пу́тин").as_deref(), Some("putin"));
        assert_eq!(romanise("김정은").as_deref(), Some("kimjongun"));
        assert_eq!(romanise("Šojgu").as_deref(), Some("shojgu"));
        assert_eq!(romanise("安倍"), None);
    }
}
