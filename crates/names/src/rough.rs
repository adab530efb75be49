//! Sounds told apart less finely than the comparison does, to look names up: as the news of several languages spells one sound, and
//! by consonants alone (`data/names/sounds.yaml`).

use crate::{sound::SoundFile, spellings::Spellings};
use std::sync::LazyLock;

/// Spellings of one sound in the news, and of the consonants that transcriptions keep.
struct Rough {
    news: Spellings<String>,
    transcribed: Spellings<String>,
}

static ROUGH: LazyLock<Rough> = LazyLock::new(|| {
    let file = SoundFile::embedded();
    let of = |rows: std::collections::BTreeMap<String, Vec<String>>| {
        Spellings::new(rows.into_iter().flat_map(|(sound, spellings)| {
            spellings.into_iter().map(move |spelling| (spelling, sound.clone()))
        }))
    };
    Rough { news: of(file.news), transcribed: of(file.transcribed) }
});

/// The sound that a Latin spelling in lower case begins with, as the news of English, German, French, Polish and Swedish write it:
/// bytes of the spelling, and the letter for the sound. None for a letter that stands for itself.
pub fn news_sound(spelling: &str) -> Option<(usize, &'static str)> {
    ROUGH.news.at(spelling).map(|(length, sound)| (length, sound.as_str()))
}

/// The consonants of a Latin spelling in lower case, in the rough classes in which transcriptions into any script meet (Putin,
/// بوتين, プーチン, 푸틴): a letter for each; repeated ones once, without an h at the end.
pub fn consonants(latin: &str) -> String {
    let mut classes = String::new();
    let mut rest = latin;
    while let Some(letter) = rest.chars().next() {
        let (length, class) =
            ROUGH.transcribed.at(rest).map_or((letter.len_utf8(), ""), |(n, class)| (n, class));
        rest = rest.get(length..).unwrap_or_default();
        // "ng" is one sound, unless a vowel follows.
        let nasal = classes.ends_with('N') && letter == 'g' && !rest.starts_with(['a', 'e', 'i', 'o', 'u']);
        if !nasal && !classes.ends_with(class) {
            classes.push_str(class);
        }
    }
    if classes.len() > 1 && classes.ends_with('H') {
        classes.pop();
    }
    classes
}

#[cfg(test)]
mod tests {
    use super::consonants;

    #[test]
    fn transcriptions_meet() {
        for (listed, written) in
            [("putin", "bwtyn"), ("peskov", "peisikefu"), ("lavrov", "rabulofu"), ("maduro", "maduluo")]
        {
            assert_eq!(consonants(listed), consonants(written), "{listed} {written}");
        }
        assert_eq!(consonants("jong"), "SN");
        assert_eq!(consonants("angela"), "NKL");
    }
}
