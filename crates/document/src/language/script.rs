//! The script that a text is written in, and its words.

/// Scripts that matter for telling languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Script {
    Latin,
    Cyrillic,
    Arabic,
    Hebrew,
    Hangul,
    /// Japanese syllables, with or without Chinese characters.
    Kana,
    Han,
    /// A script that, but for a few, belongs to one language.
    Other,
}

/// Chinese characters for one kana from which a text is Japanese.
const HAN_PER_KANA: usize = 10;

/// The script of a text's running words; `None` where it has no letters.
///
/// Names of firms and systems are in Latin letters in texts of every script, so a Latin word with a capital counts a
/// quarter; a sign that writes a syllable or a word counts for three letters.
pub(super) fn of(text: &str) -> Option<Script> {
    const ALL: [Script; 8] = [
        Script::Latin,
        Script::Cyrillic,
        Script::Arabic,
        Script::Hebrew,
        Script::Hangul,
        Script::Kana,
        Script::Han,
        Script::Other,
    ];
    let mut quarters = [0_usize; ALL.len()];
    for word in text.split(|letter: char| !letter.is_alphabetic()) {
        let weight = if word.chars().any(char::is_uppercase) { 1 } else { 4 };
        for script in word.chars().filter_map(script) {
            quarters[script as usize] += match script {
                Script::Latin => weight,
                Script::Hangul | Script::Kana | Script::Han => 12,
                _ => 4,
            };
        }
    }
    let [kana, han] = [Script::Kana, Script::Han].map(|script| quarters[script as usize]);
    quarters[Script::Han as usize] = 0;
    quarters[Script::Kana as usize] = kana + han;
    let most = ALL.into_iter().rev().max_by_key(|&script| quarters[script as usize])?;
    match most {
        _ if quarters[most as usize] == 0 => None,
        Script::Kana if kana * HAN_PER_KANA < han => Some(Script::Han),
        most => Some(most),
    }
}

/// The script of a letter; `None` for what is no letter.
fn script(letter: char) -> Option<Script> {
    let script = match letter {
        'A'..='Z' | 'a'..='z' | '\u{AA}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' => Script::Latin,
        '\u{400}'..='\u{52F}' => Script::Cyrillic,
        '\u{5D0}'..='\u{5F2}' => Script::Hebrew,
        '\u{600}'..='\u{6FF}' | '\u{750}'..='\u{77F}' | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}' => {
            Script::Arabic
        }
        '\u{1100}'..='\u{11FF}' | '\u{3130}'..='\u{318F}' | '\u{AC00}'..='\u{D7AF}' => Script::Hangul,
        '\u{3040}'..='\u{30FF}' | '\u{FF66}'..='\u{FF9F}' => Script::Kana,
        '\u{2E80}'..='\u{2FDF}'
        | '\u{3400}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{323AF}' => Script::Han,
        _ => Script::Other,
    };
    letter.is_alphabetic().then_some(script)
}

/// The words in a script, in lower case, an apostrophe within a word kept. A word ends where the script does.
pub(super) fn words(text: &str, wanted: Script) -> Vec<String> {
    let mut words = vec![String::new()];
    for letter in text.chars() {
        match letter {
            // Turkish: its lower case is one letter here.
            'İ' if wanted == Script::Latin => push(&mut words, "i"),
            // Accents on their own, marks of short vowels, a stroke that only widens: the lists of words have none.
            '\u{300}'..='\u{36F}' | '\u{640}' | '\u{64B}'..='\u{65F}' | '\u{670}' => {}
            '\'' | '’' | 'ʼ' => push(&mut words, "'"),
            letter if script(letter) == Some(wanted) => push(&mut words, &letter.to_lowercase().to_string()),
            _ => words.push(String::new()),
        }
    }
    words.iter().map(|word| word.trim_matches('\'').to_owned()).filter(|word| !word.is_empty()).collect()
}

fn push(words: &mut [String], letters: &str) {
    if let Some(word) = words.last_mut() {
        word.push_str(letters);
    }
}
