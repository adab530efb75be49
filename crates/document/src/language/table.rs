//! How likely a word or a sequence of letters is in each language.

use super::grams::{Kind, MOST_LETTERS, NO_SEQUENCE, STEPS, key, sequences};
use super::script::Script;

/// Records of key (32 bits, little-endian), language (its place in `languages.yaml`), cost; in order of the keys.
static TABLE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/language.bin"));

/// Most languages that the table may hold.
pub(super) const MOST_LANGUAGES: usize = 40;
/// Costs by language.
pub(super) type Costs = [f64; MOST_LANGUAGES];

/// The cost of a word in a language that does not have it among its frequent ones, while another has. Found on
/// treebanks (`lagebild eval language`), as the other costs.
const NO_WORD: f64 = 6.0;
/// A letter that costs more than this is foreign to a language,
const FOREIGN: f64 = 4.5;
/// and adds this much.
const FOREIGN_COST: f64 = 1.0;

/// What the words of a text cost in each language; `None` where the table knows nothing of them.
pub(super) fn costs<'a>(words: impl Iterator<Item = &'a str>) -> Option<Costs> {
    let mut total = [0.0; MOST_LANGUAGES];
    let mut some = false;
    for word in words {
        let parts: Vec<&str> =
            if found(Kind::Word, word).next().is_some() { vec![word] } else { word.split('\'').collect() };
        for part in parts.into_iter().filter(|part| !part.is_empty()) {
            some |= add_word(&mut total, part);
        }
    }
    some.then_some(total)
}

fn add_word(total: &mut Costs, word: &str) -> bool {
    for letter in word.chars() {
        let own = cost_of(Kind::Letters, letter.encode_utf8(&mut [0; 4]), FOREIGN + 1.0);
        total
            .iter_mut()
            .zip(own)
            .filter(|(_, cost)| *cost > FOREIGN)
            .for_each(|(sum, _)| *sum += FOREIGN_COST);
    }
    if found(Kind::Word, word).next().is_some() {
        add(total, &cost_of(Kind::Word, word, NO_WORD), 1.0);
        return true;
    }
    add_sequences(total, word)
}

/// The longest sequences of which the table knows every second one, their costs on average.
fn add_sequences(total: &mut Costs, word: &str) -> bool {
    for letters in (1..=MOST_LETTERS).rev() {
        let all = sequences(word, letters);
        let known = all.iter().filter(|one| found(Kind::Letters, one).next().is_some()).count();
        if known > 0 && known * 2 >= all.len() {
            let share = 1.0 / all.len() as f64;
            for one in &all {
                add(total, &cost_of(Kind::Letters, one, NO_SEQUENCE), share);
            }
            return true;
        }
    }
    false
}

fn add(total: &mut Costs, costs: &Costs, share: f64) {
    total.iter_mut().zip(costs).for_each(|(sum, cost)| *sum += cost * share);
}

/// The cost of a text in each language, `missing` where it has none.
fn cost_of(kind: Kind, text: &str, missing: f64) -> Costs {
    let mut costs = [missing; MOST_LANGUAGES];
    for (language, cost) in found(kind, text) {
        if let Some(place) = costs.get_mut(usize::from(language)) {
            *place = (f64::from(cost) / STEPS).min(missing);
        }
    }
    costs
}

/// The languages that have a word or sequence, with its cost there.
fn found(kind: Kind, text: &str) -> impl Iterator<Item = (u8, u8)> {
    let (records, _) = TABLE.as_chunks::<6>();
    let wanted = key(kind, text);
    let key_of = |record: &[u8; 6]| u32::from_le_bytes([record[0], record[1], record[2], record[3]]);
    let first = records.partition_point(|record| key_of(record) < wanted);
    let rest = records.get(first..).unwrap_or_default().iter();
    rest.take_while(move |record| key_of(record) == wanted).map(|record| (record[4], record[5]))
}

/// True when the table has words of this language in this script.
pub(super) fn has(language: usize, script: Script) -> bool {
    // A letter that every language of the script writes.
    let letter = match script {
        Script::Latin => "a",
        Script::Cyrillic => "а",
        Script::Arabic => "ا",
        _ => return false,
    };
    found(Kind::Letters, letter).any(|(known, _)| usize::from(known) == language)
}
