//! Transfers in short passages, from the words to giver, receiver, class of goods and certainty, with floors that may only rise.

#![expect(clippy::unwrap_used, reason = "a test stops at what it cannot read")]

use lagebild_document::Options;
use lagebild_entities::EntityId;
use lagebild_reading::{Knowledge, Reading};
use std::collections::BTreeMap;

const FOLDER: &str = "tests/transfers";

/// A passage and the transfers that it tells of.
struct Passage {
    text: String,
    transfers: Vec<Gold>,
}

/// From whom, to whom, class, certainty: each with all answers that are right.
struct Gold([Vec<String>; 4]);

#[derive(Default)]
struct Counts {
    right: usize,
    extra: usize,
    missing: usize,
    /// Right ones whose certainty is right too.
    certainty: usize,
    /// Right ones that the text denies or leaves open, shown as certain.
    overstated: usize,
    /// Passages without a transfer, and those in which one was found.
    empty: [usize; 2],
}

impl Counts {
    fn f1(&self) -> f64 {
        2.0 * self.right as f64 / (2 * self.right + self.extra + self.missing).max(1) as f64
    }
}

fn passages(half: &str, language: &str) -> Vec<Passage> {
    let text = std::fs::read_to_string(format!("{FOLDER}/{half}/{language}.txt")).unwrap();
    let mut passages: Vec<Passage> = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
        if line.starts_with(' ') {
            passages.last_mut().unwrap().transfers.push(gold(line));
        } else {
            passages.push(Passage { text: line.into(), transfers: Vec::new() });
        }
    }
    passages
}

fn gold(line: &str) -> Gold {
    let answers = |word: &str| word.split('/').map(String::from).collect();
    let words: Vec<&str> = line.split_whitespace().filter(|word| *word != ">").collect();
    assert_eq!(words.len(), 4, "FROM > TO CLASS CERTAINTY: {line}");
    Gold([answers(words[0]), answers(words[1]), answers(words[2]), answers(words[3])])
}

fn read(text: &str, language: &str) -> Reading {
    let published = "2024-03-15".parse().ok();
    let options = Options { language: Some(language.into()), published, ..Options::default() };
    let document = lagebild_document::read("passage.txt", text.as_bytes(), &options).remove(0).unwrap();
    lagebild_reading::read(document, Knowledge::built_in(), published.unwrap())
}

/// What was found, as words like those of a [`Gold`].
fn found(reading: &Reading) -> Vec<[String; 4]> {
    let country = |id: Option<EntityId>| {
        let entity = id.and_then(|id| reading.entities.iter().find(|entity| entity.id == id));
        entity.map_or_else(|| "-".into(), |e| e.country.as_ref().map_or(e.name.clone(), |c| c.to_uppercase()))
    };
    let words = |transfer: &lagebild_transfers::Transfer| {
        let class = transfer.class.clone().unwrap_or_else(|| "-".into());
        [country(transfer.giver), country(transfer.receiver), class, transfer.certainty.code().into()]
    };
    reading.transfers.iter().map(words).collect()
}

fn measure(half: &str, language: &str) -> Counts {
    let mut counts = Counts::default();
    for passage in passages(half, language) {
        let mut free = found(&read(&passage.text, language));
        counts.empty[0] += usize::from(passage.transfers.is_empty());
        counts.empty[1] += usize::from(passage.transfers.is_empty() && !free.is_empty());
        for Gold(gold) in &passage.transfers {
            let same = |one: &[String; 4]| (0..3).all(|at| gold[at].contains(&one[at]));
            let sure = |one: &[String; 4]| gold[3].contains(&one[3]);
            let at =
                free.iter().position(|one| same(one) && sure(one)).or_else(|| free.iter().position(same));
            let Some(at) = at else {
                counts.missing += 1;
                println!("{language} missing {gold:?}, found {free:?}: {}", passage.text);
                continue;
            };
            let one = free.remove(at);
            counts.right += 1;
            counts.certainty += usize::from(sure(&one));
            counts.overstated += usize::from(!sure(&one) && one[3] == "CT+");
            if !sure(&one) {
                println!("{language} certainty {} for {:?}: {}", one[3], gold[3], passage.text);
            }
        }
        counts.extra += free.len();
        for one in free {
            println!("{language} extra {one:?}: {}", passage.text);
        }
    }
    println!(
        "{half} {language}: F1 {:.3} (right {}, extra {}, missing {}), certainty right {}, overstated {}, found in {} of {} without",
        counts.f1(),
        counts.right,
        counts.extra,
        counts.missing,
        counts.certainty,
        counts.overstated,
        counts.empty[1],
        counts.empty[0]
    );
    counts
}

#[test]
fn transfers_are_found_as_well_as_they_were() {
    let floors = std::fs::read_to_string(format!("{FOLDER}/floors.yaml")).unwrap();
    let floors: BTreeMap<String, BTreeMap<String, f64>> =
        lagebild_data::parse("floors.yaml", &floors).unwrap();
    for (language, halves) in &floors {
        for (half, floor) in halves {
            let f1 = measure(half, language).f1();
            assert!(f1 >= *floor, "{half} {language}: F1 {f1:.3} is below the floor {floor}");
        }
    }
}
