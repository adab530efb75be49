//! Turns the lists of frequent words into one table.

use std::collections::BTreeMap;
use std::path::Path;

#[path = "src/language/grams.rs"]
mod grams;

const DATA: &str = "../../data";

fn main() {
    lagebild_data::embed(DATA, &["language/languages"]);
    println!("cargo::rerun-if-changed={DATA}/language");
    println!("cargo::rerun-if-changed=src/language/grams.rs");
    let mut table = BTreeMap::new();
    for (language, code) in (0..).zip(codes()) {
        // A language that is told by its marks has no words.
        if let Ok(words) = std::fs::read_to_string(format!("{DATA}/language/{code}.txt")) {
            add(&mut table, language, &words);
        }
    }
    let bytes: Vec<u8> = table
        .iter()
        .flat_map(|((key, language), cost)| [&key.to_le_bytes()[..], &[*language, *cost]].concat())
        .collect();
    let out = std::env::var_os("OUT_DIR").expect("cargo sets OUT_DIR");
    std::fs::write(Path::new(&out).join("language.bin"), bytes).expect("the table can be written");
}

/// The codes of the languages, in the order of `languages.yaml`.
fn codes() -> Vec<String> {
    let yaml = std::fs::read_to_string(format!("{DATA}/language/languages.yaml"))
        .expect("languages.yaml can be read");
    let code =
        |line: &str| Some(line.split_once("code:")?.1.trim().split([',', '}', ' ']).next()?.to_owned());
    yaml.lines().filter(|line| line.starts_with('-')).filter_map(code).collect()
}

/// Adds the words of a language, and the sequences of letters in them. A frequent word counts less for its sequences
/// than it occurs (to the power of 0.75): they are for words that are not in the list.
fn add(table: &mut BTreeMap<(u32, u8), u8>, language: u8, lines: &str) {
    let line = |line: &'_ str| -> Option<(f64, Vec<String>)> {
        let (log, words) = line.split_once(' ')?;
        Some((10_f64.powf(log.parse::<f64>().ok()? - 9.0), words.split(' ').map(str::to_owned).collect()))
    };
    let words: Vec<(f64, String)> = lines
        .lines()
        .filter_map(line)
        .flat_map(|(frequency, words)| words.into_iter().map(move |word| (frequency, word)))
        .collect();
    let all: f64 = words.iter().map(|(frequency, _)| frequency).sum();
    #[expect(clippy::cast_sign_loss, reason = "clamped")]
    let cost = |share: f64| (-share.log10() * grams::STEPS).round().clamp(0.0, 255.0) as u8;
    for (frequency, word) in &words {
        table.insert((grams::key(grams::Kind::Word, word), language), cost(frequency / all));
    }
    for letters in 1..=grams::MOST_LETTERS {
        let mut counts: BTreeMap<String, f64> = BTreeMap::new();
        for (frequency, word) in &words {
            for sequence in grams::sequences(word, letters) {
                *counts.entry(sequence).or_default() += (frequency / all).powf(0.75);
            }
        }
        let all: f64 = counts.values().sum();
        for (sequence, count) in counts {
            let cost = cost(count / all);
            // One that costs as much as a missing one says nothing.
            if f64::from(cost) < grams::NO_SEQUENCE * grams::STEPS {
                table.insert((grams::key(grams::Kind::Letters, &sequence), language), cost);
            }
        }
    }
}
