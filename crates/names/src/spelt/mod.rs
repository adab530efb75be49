//! Names of a few syllables that Latin letters spell in several ways: Korean of the North and of the South, Chinese in
//! Wade-Giles beside pinyin, and as Hong Kong spells it.
//!
//! A name that is one of the language syllable by syllable, with one of its family names at the front or the end, is given a
//! key for every name that its letters may stand for. Two names are the same where they share one: nothing is weighed, so that
//! one wrong syllable is another name. All of the name must be told, and one side must say of which language it is.

mod table;

use crate::{
    hash::stored_hash,
    part::{Part, PartKind},
    script::Script,
};
use serde::{Deserialize, Serialize};
use std::ops::Range;
use table::{CANTONESE, KOREAN, MANDARIN, Table, one_form};

/// Keys of a name: more is no name of few syllables.
const MOST_KEYS: usize = 128;

/// What a name is when it is read as one of a language.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Spelt {
    /// The names that it may stand for.
    pub(crate) keys: Vec<u64>,
    proof: Proof,
}

/// How far a name tells its language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum Proof {
    /// Its letters may be another's, or are spelled so in several.
    None,
    /// No other language that is known here has such syllables.
    Spelling,
    /// It is written in characters that stand for several names of one sound: they say nothing of one another.
    Han,
    /// It is written in Hangul.
    Hangul,
}

impl Spelt {
    /// Every way to read the parts of a person's name so. `text` is the name as it stands.
    pub(crate) fn all(text: &str, parts: &[Part]) -> Vec<Self> {
        let named = named(parts);
        let parts = parts.get(named).unwrap_or_default();
        let only = |script: Script| !parts.is_empty() && parts.iter().all(|part| part.script == script);
        let found = if only(Script::Latin) {
            latin(text, parts)
        } else if only(Script::Hangul) {
            vec![hangul(parts)]
        } else if only(Script::Han) {
            vec![han(&MANDARIN, parts), han(&CANTONESE, parts)]
        } else {
            Vec::new()
        };
        found.into_iter().filter(|spelt| !spelt.keys.is_empty()).collect()
    }

    fn new(mut keys: Vec<u64>, proof: Proof) -> Self {
        keys.sort_unstable();
        keys.dedup();
        keys.truncate(MOST_KEYS);
        Self { keys, proof }
    }

    fn same(&self, other: &Self) -> bool {
        let told =
            !matches!((self.proof, other.proof), (Proof::None, Proof::None) | (Proof::Han, Proof::Han));
        told && self.keys.iter().any(|key| other.keys.binary_search(key).is_ok())
    }
}

/// Whether two names may be spellings of one.
pub(crate) fn same(one: &[Spelt], other: &[Spelt]) -> bool {
    one.iter().any(|spelt| other.iter().any(|second| spelt.same(second)))
}

/// The run of parts that are the name, without what stands before and after it: titles, words in brackets.
pub(crate) fn named(parts: &[Part]) -> Range<usize> {
    let beside = |part: &Part| matches!(part.kind, PartKind::Title | PartKind::Aside | PartKind::Legal(_));
    let from = parts.iter().position(|part| !beside(part)).unwrap_or(parts.len());
    let to = parts.iter().rposition(|part| !beside(part)).map_or(from, |at| at + 1);
    from..to
}

/// The syllables that each place of a name may be, the family name first.
type Places<'a> = Vec<Vec<&'a str>>;

/// The keys of all names of these syllables.
fn keys(table: &Table, places: &Places<'_>) -> Vec<u64> {
    let mut names = vec![String::new()];
    for place in places {
        let longer =
            names.iter().flat_map(|name| place.iter().map(move |syllable| format!("{name} {syllable}")));
        names = longer.take(MOST_KEYS).collect();
    }
    names.iter().map(|name| stored_hash(table.name, &[name.as_bytes()])).collect()
}

fn hangul(parts: &[Part]) -> Spelt {
    let syllables: Vec<String> = parts.iter().flat_map(|part| part.folded.chars()).map(one_form).collect();
    let places: Places<'_> = syllables.iter().map(|syllable| vec![syllable.as_str()]).collect();
    Spelt::new(
        if (2..=4).contains(&places.len()) { keys(&KOREAN, &places) } else { Vec::new() },
        Proof::Hangul,
    )
}

fn han(table: &Table, parts: &[Part]) -> Spelt {
    let characters = || parts.iter().flat_map(|part| part.folded.chars());
    let places: Places<'_> = characters().map(|c| table.syllables_of(c)).collect();
    let told = (2..=4).contains(&places.len()) && places.iter().all(|place| !place.is_empty());
    Spelt::new(if told { keys(table, &places) } else { Vec::new() }, Proof::Han)
}

/// A name in Latin letters.
fn latin(text: &str, parts: &[Part]) -> Vec<Spelt> {
    if parts.len() > 4 || !parts.iter().all(|part| part.folded.is_ascii()) {
        return Vec::new();
    }
    let words: Vec<&str> = parts.iter().map(|part| &*part.folded).collect();
    let hyphen = |at: usize| {
        let between = parts.get(at).zip(parts.get(at + 1));
        between
            .and_then(|(one, next)| text.get(one.end as usize..next.start as usize))
            .is_some_and(|s| s == "-")
    };
    let orders = orders(&words, hyphen(0), hyphen(words.len().saturating_sub(2)));
    [&*KOREAN, &*MANDARIN, &*CANTONESE].map(|table| in_language(table, &orders)).into()
}

/// The family name, and the words of the given name.
type Order<'a> = (&'a str, Vec<&'a str>);

/// The ways in which a name may stand: the family name first, then last. A hyphen joins the words of the given name.
fn orders<'a>(words: &[&'a str], first_joined: bool, last_joined: bool) -> Vec<Order<'a>> {
    let (Some((first, after)), Some((last, before))) = (words.split_first(), words.split_last()) else {
        return Vec::new();
    };
    let front = (!first_joined && !after.is_empty()).then(|| (*first, after.to_vec()));
    let back = (!last_joined && !before.is_empty()).then(|| (*last, before.to_vec()));
    front.into_iter().chain(back).collect()
}

fn in_language(table: &Table, orders: &[Order<'_>]) -> Spelt {
    // Who writes the family name last has one there that is none in front.
    let read = orders.iter().find_map(|order| in_order(table, order));
    read.unwrap_or_else(|| Spelt::new(Vec::new(), Proof::None))
}

/// The name in this order, if it is one of the language.
fn in_order(table: &Table, (family, given): &Order<'_>) -> Option<Spelt> {
    let families = table.families.get(*family)?;
    let words = || std::iter::once(family).chain(given);
    let proved = if table.name == KOREAN.name {
        !chinese_family(family) || !given.iter().all(|word| chinese(word))
    } else {
        table.name == MANDARIN.name && !words().all(|word| pinyin(word))
    };
    let own = table.name == MANDARIN.name && !proved;
    let family: Vec<&str> = if own { vec![family] } else { families.iter().map(|s| &**s).collect() };
    let mut ways: Vec<Places<'_>> = vec![vec![family]];
    for word in given {
        let tails = table.ways(word, own);
        ways = ways.iter().flat_map(|way| tails.iter().map(|tail| [&way[..], tail].concat())).collect();
    }
    // A married woman's family name may stand before her father's.
    let two_families =
        table.name == CANTONESE.name && given.iter().take(1).all(|word| table.families.contains_key(*word));
    let syllables = |way: &&Places<'_>| match way.len() {
        2 => proved || own || table.name == CANTONESE.name,
        3 => true,
        4 => two_families,
        _ => false,
    };
    let keys: Vec<u64> = ways.iter().filter(syllables).flat_map(|way| keys(table, way)).collect();
    let proof = if proved { Proof::Spelling } else { Proof::None };
    (!keys.is_empty()).then(|| Spelt::new(keys, proof))
}

/// Whether a word is one that Chinese names are spelled with.
fn chinese(word: &str) -> bool {
    [&*MANDARIN, &*CANTONESE].iter().any(|table| !table.ways(word, false).is_empty())
}

fn chinese_family(word: &str) -> bool {
    [&*MANDARIN, &*CANTONESE].iter().any(|table| table.families.contains_key(word))
}

fn pinyin(word: &str) -> bool {
    !MANDARIN.ways(word, true).is_empty()
}

impl Table {
    /// The ways to read a word as one syllable or two. `own` admits only the syllables' own spellings.
    fn ways<'a>(&'a self, word: &'a str, own: bool) -> Vec<Places<'a>> {
        let syllables = |spelling: &'a str| -> Option<Vec<&'a str>> {
            if own {
                return self.own.contains(spelling).then(|| vec![spelling]);
            }
            Some(self.forms.get(spelling)?.iter().map(|syllable| &**syllable).collect())
        };
        let two = |at: usize| {
            let (head, tail) = word.split_at_checked(at)?;
            Some(vec![syllables(head)?, syllables(tail)?])
        };
        let one = syllables(word).map(|syllable| vec![syllable]);
        one.into_iter().chain((1..word.len()).filter_map(two)).collect()
    }

    /// What a Chinese character is read as.
    fn syllables_of(&self, character: char) -> Vec<&str> {
        match self.native.get(&character) {
            Some(syllables) => syllables.iter().map(|syllable| &**syllable).collect(),
            None if self.name == MANDARIN.name => crate::readings::mandarin(character).into_iter().collect(),
            None => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::table::{HangulSurnames, ReadingFile, SyllableFile};

    #[test]
    fn the_data_files_are_well_formed() {
        for name in ["korean", "mandarin", "cantonese"] {
            let name = format!("spelt_{name}.yaml");
            let yaml = std::fs::read_to_string(format!("../../data/names/{name}")).unwrap();
            lagebild_data::parse::<SyllableFile>(&name, &yaml).unwrap();
        }
        let jyutping = include_str!("../../../../data/names/han_jyutping.yaml");
        lagebild_data::parse::<ReadingFile>("han_jyutping.yaml", jyutping).unwrap();
        let hangul = include_str!("../../../../data/names/hangul.yaml");
        lagebild_data::parse::<HangulSurnames>("hangul.yaml", hangul).unwrap();
    }
}
