//! Keys under which spellings of one name part meet: Peskow, Peskov, Песков, Peszkow.
//!
//! A key is the word in rough Latin letters, with the spelling habits of English, German, French, Polish and
//! Swedish transliteration folded together. Equal keys are a plausible match, never proof; how well two whole
//! names fit is for `lagebild-names` to say.

use lagebild_names::{news_sound, romanise};

/// The key of a name part as a list has it; empty when its script has no reading here.
pub(crate) fn key(word: &str) -> String {
    romanise(word).map(|latin| fold(&latin)).unwrap_or_default()
}

/// The keys that a word in a text may stand for: its own, and that of a German "J…" for "Ye…" (Jewgeni).
pub(crate) fn text_keys(word: &str) -> Vec<String> {
    let Some(latin) = romanise(word) else { return Vec::new() };
    let mut keys = vec![fold(&latin)];
    if let Some(rest) = latin.strip_prefix('j')
        && vowel_groups(rest) > 1
    {
        keys.push(fold(&format!("y{rest}")));
    }
    if let Some(romance) = romance(&latin) {
        keys.push(fold(&romance));
    }
    if latin.contains("ch") {
        keys.push(fold(&latin.replace("sch", "sh").replace("tch", "c").replace("ch", "kh")));
    }
    keys.retain(|key| !key.is_empty());
    keys.dedup();
    keys
}

/// Habits of French, Spanish and Italian: "gue" for "ge", "ch" for "sh", "j" for "zh", a silent last "e".
fn romance(latin: &str) -> Option<String> {
    let touched =
        latin.contains('j') || latin.contains("gu") || latin.contains("ch") || latin.ends_with("ine");
    if !touched {
        return None;
    }
    let romance = latin.replace("gue", "ge").replace("gui", "gi").replace("ch", "sh").replace('j', "zh");
    let romance = romance.strip_suffix("ine").map_or(romance.clone(), |stem| format!("{stem}in"));
    (romance != latin).then_some(romance)
}

fn fold(latin: &str) -> String {
    let mut sounds = String::with_capacity(latin.len());
    let mut at = 0;
    while let Some(rest) = latin.get(at..).filter(|rest| !rest.is_empty()) {
        let length = match news_sound(rest) {
            // "j" is a sound of its own at the beginning only.
            Some((length, "j")) if !sounds.is_empty() => {
                sounds.push('i');
                length
            }
            Some((length, sound)) => {
                sounds.push_str(sound);
                length
            }
            None => {
                let length = rest.chars().next().map_or(1, char::len_utf8);
                sounds.push_str(rest.get(..length).unwrap_or_default());
                length
            }
        };
        at += length;
    }
    drop_glides(&sounds)
}

/// Leaves out doubled letters, and an "i" before a vowel ("Sergeyevich", "Sergeevich"); a first "io" stays,
/// for Korean Yong is not Ong.
fn drop_glides(sounds: &str) -> String {
    let letters: Vec<char> = sounds.chars().collect();
    let mut out = String::with_capacity(sounds.len());
    for (at, &letter) in letters.iter().enumerate() {
        let next = letters.get(at + 1).copied();
        let glide = letter == 'i' && next.is_some_and(is_vowel) && !(at == 0 && next == Some('o'));
        if !glide && !out.ends_with(letter) {
            out.push(letter);
        }
    }
    out
}

fn is_vowel(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u')
}

fn vowel_groups(word: &str) -> usize {
    let vowels: Vec<bool> = word.chars().map(is_vowel).collect();
    vowels
        .iter()
        .enumerate()
        .filter(|&(at, &v)| v && (at == 0 || !vowels.get(at - 1).copied().unwrap_or(false)))
        .count()
}

#[cfg(test)]
mod tests {
    use super::{key, text_keys};

    fn meets(listed: &str, text: &str) -> bool {
        text_keys(text).contains(&key(listed))
    }

    #[test]
    fn spellings_of_one_name_meet() {
        let pairs = [
            ("Peskov", "Peskow"),
            ("Dmitriy", "Dmitri"),
            ("Dmitry", "Дмитрий"),
            ("Vladimir", "Wladimir"),
            ("Shoigu", "Schoigu"),
            ("Choïgou", "Choïgou"),
            ("Sergeevich", "Sergejewitsch"),
            ("Sergei", "Sergej"),
            ("Yevgeniy", "Jewgeni"),
            ("Markov", "Markow"),
            ("Серге́й", "Sergej"),
            ("Lavrov", "Lawrow"),
            ("Akhmatovich", "Achmatowitsch"),
            ("Jong", "Jong"),
            ("Bashar", "Baschar"),
            ("Putin", "Путин"),
            ("Patrushev", "Patruschew"),
            ("Khamenei", "Chamenei"),
        ];
        for (listed, text) in pairs {
            assert!(meets(listed, text), "{listed} {text}: {} {:?}", key(listed), text_keys(text));
        }
    }

    #[test]
    fn different_names_do_not() {
        for (listed, text) in [("Yong", "Jong"), ("Putin", "Potanin"), ("Kim", "Kimchi"), ("Ri", "Riga")] {
            assert!(!meets(listed, text), "{listed} {text}");
        }
    }
}
