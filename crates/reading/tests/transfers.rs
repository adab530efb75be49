//! Transfers in short passages, from the words to giver, receiver, class of goods and certainty, with floors that may only rise.
//! `transfers/` is about what is found, `sides/` about who is no side and what is not certain.

#![expect(clippy::unwrap_used, reason = "a test stops at what it cannot read")]

use lagebild_document::Options;
use lagebild_entities::EntityId;
use lagebild_reading::{Knowledge, Reading};
use std::collections::BTreeMap;

/// A passage and the transfers that it tells of.
struct Passage {
    text: String,
    transfers: Vec<Gold>,
}

/// From whom, to whom, class, certainty: each with all answers that are right.
struct Gold {
    answers: [Vec<String>; 4],
    /// It may be found and need not be.
    optional: bool,
}

#[derive(Default)]
struct Counts {
    right: usize,
    extra: usize,
    /// A side left unnamed that the text names, the rest right: counted as missing, not as wrong.
    partial: usize,
    missing: usize,
    /// Right ones whose certainty is right too.
    certainty: usize,
    /// Right ones that the text denies or leaves open, shown as certain.
    overstated: usize,
    /// Named sides that some transfer of the passage has in that role, and those that none has.
    sides: [usize; 2],
    /// Passages without a transfer, and those in which one was found.
    empty: [usize; 2],
}

impl Counts {
    fn f1(&self) -> f64 {
        2.0 * self.right as f64 / (2 * self.right + self.extra + self.missing).max(1) as f64
    }

    fn side_precision(&self) -> f64 {
        self.sides[0] as f64 / (self.sides[0] + self.sides[1]).max(1) as f64
    }
}

fn passages(folder: &str, half: &str, language: &str) -> Vec<Passage> {
    let text = std::fs::read_to_string(format!("tests/{folder}/{half}/{language}.txt")).unwrap();
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
    let words: Vec<&str> = line.split_whitespace().filter(|word| !matches!(*word, ">" | "?")).collect();
    assert_eq!(words.len(), 4, "FROM > TO CLASS CERTAINTY: {line}");
    let answers = [answers(words[0]), answers(words[1]), answers(words[2]), answers(words[3])];
    Gold { answers, optional: line.trim_start().starts_with('?') }
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
        let giver = transfer.giver.or(transfer.giver_country);
        let receiver = transfer.receiver.or(transfer.receiver_country);
        [country(giver), country(receiver), class, transfer.certainty.code().into()]
    };
    reading.transfers.iter().map(words).collect()
}

fn measure(folder: &str, half: &str, language: &str) -> Counts {
    let mut counts = Counts::default();
    for passage in passages(folder, half, language) {
        let mut free = found(&read(&passage.text, language));
        for one in &free {
            for at in (0..2).filter(|at| one[*at] != "-") {
                let right = passage.transfers.iter().any(|gold| gold.answers[at].contains(&one[at]));
                counts.sides[usize::from(!right)] += 1;
            }
        }
        counts.empty[0] += usize::from(passage.transfers.is_empty());
        counts.empty[1] += usize::from(passage.transfers.is_empty() && !free.is_empty());
        let mut missed: Vec<&[Vec<String>; 4]> = Vec::new();
        for Gold { answers: gold, optional } in &passage.transfers {
            let same = |one: &[String; 4]| (0..3).all(|at| gold[at].contains(&one[at]));
            let sure = |one: &[String; 4]| gold[3].contains(&one[3]);
            let at =
                free.iter().position(|one| same(one) && sure(one)).or_else(|| free.iter().position(same));
            let Some(at) = at else {
                if *optional {
                    continue;
                }
                counts.missing += 1;
                missed.push(gold);
                println!("{language} missing {gold:?}, found {free:?}: {}", passage.text);
                continue;
            };
            let one = free.remove(at);
            counts.right += usize::from(!*optional);
            counts.certainty += usize::from(sure(&one));
            counts.overstated += usize::from(!sure(&one) && one[3] == "CT+");
            if !sure(&one) {
                println!("{language} certainty {} for {:?}: {}", one[3], gold[3], passage.text);
            }
        }
        for one in free {
            let open = |gold: &&[Vec<String>; 4]| {
                (0..2).all(|at| one[at] == "-" || gold[at].contains(&one[at])) && gold[2].contains(&one[2])
            };
            if missed.iter().copied().any(|gold| open(&gold)) {
                counts.partial += 1;
                continue;
            }
            counts.extra += 1;
            println!("{language} extra {one:?}: {}", passage.text);
        }
    }
    println!(
        "{folder} {half} {language}: F1 {:.3}, sides {:.3} (right {}, extra {}, missing {} of which partial {}, sides {:?}), certainty right {}, overstated {}, found in {} of {} without",
        counts.f1(),
        counts.side_precision(),
        counts.right,
        counts.extra,
        counts.missing,
        counts.partial,
        counts.sides,
        counts.certainty,
        counts.overstated,
        counts.empty[1],
        counts.empty[0]
    );
    counts
}

/// Floors of F1, of the share of named sides that are right, and the most that may be shown as certain and is not.
#[derive(serde::Deserialize)]
struct Floor {
    f1: f64,
    sides: f64,
    overstated: usize,
}

#[test]
fn transfers_are_found_as_well_as_they_were() {
    let mut below = Vec::new();
    for folder in ["transfers", "sides"] {
        let floors = std::fs::read_to_string(format!("tests/{folder}/floors.yaml")).unwrap();
        let floors: BTreeMap<String, BTreeMap<String, Floor>> =
            lagebild_data::parse("floors.yaml", &floors).unwrap();
        for (language, halves) in &floors {
            for (half, floor) in halves {
                let counts = measure(folder, half, language);
                let fits = counts.f1() >= floor.f1
                    && counts.side_precision() >= floor.sides
                    && counts.overstated <= floor.overstated;
                below.extend((!fits).then(|| format!("{folder} {half} {language}")));
            }
        }
    }
    assert!(below.is_empty(), "below the floors: {below:?}");
}
