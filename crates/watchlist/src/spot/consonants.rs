//! The consonants of a name in rough classes, in which transcriptions into any script meet: Putin, بوتين, プーチン, 푸틴.
//!
//! Arabic has no p and v, Japanese no l, v and ti, Chinese writes syllables: so p, b, f and v are one class, l and r
//! one, t and d one, all hissing and rushing sounds one. Vowels are left out.

/// Spellings of more than one letter, tried first.
const GROUPS: [(&str, &str); 18] = [
    ("shch", "S"),
    ("tsch", "S"),
    ("tsh", "S"),
    ("sch", "S"),
    ("sh", "S"),
    ("zh", "S"),
    ("ch", "S"),
    ("ts", "S"),
    ("tz", "S"),
    ("cz", "S"),
    ("dj", "S"),
    ("dz", "S"),
    ("ks", "S"),
    ("kh", "H"),
    ("gh", "K"),
    ("ph", "P"),
    ("th", "T"),
    ("dh", "T"),
];

/// The classes of the consonants of a Latin spelling in lower case; repeated ones once, without an h at the end.
pub(super) fn consonants(latin: &str) -> String {
    let mut classes = String::new();
    let mut rest = latin;
    while let Some(letter) = rest.chars().next() {
        let group = GROUPS.iter().find(|(from, _)| rest.starts_with(from));
        let (length, class) =
            group.map_or((letter.len_utf8(), class_of(letter)), |(from, to)| (from.len(), *to));
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

fn class_of(letter: char) -> &'static str {
    match letter {
        'b' | 'f' | 'p' | 'v' | 'w' => "P",
        't' | 'd' => "T",
        's' | 'z' | 'j' | 'x' => "S",
        'k' | 'g' | 'q' | 'c' => "K",
        'l' | 'r' => "L",
        'm' => "M",
        'n' => "N",
        'h' => "H",
        _ => "",
    }
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
