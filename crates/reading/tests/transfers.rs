//! Transfers in short passages, from the words to giver, receiver, class of goods and certainty: each by itself, and sums with
//! floors that may only rise.
//! `transfers/` is about what is found, `sides/` about who is no side and what is not certain, `constructions/` about how a transfer stands in
//! one construction after another.

#![expect(clippy::unwrap_used, reason = "a test stops at what it cannot read")]

use lagebild_document::Options;
use lagebild_entities::EntityId;
use lagebild_passages::{Many, Outcome, Passage, Suite};
use lagebild_reading::{Knowledge, Reading};
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    transfers: Vec<Gold>,
}

/// Each with all answers that are right; none, or `-` beside others: nobody is named; `*`: anything is.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Gold {
    #[serde(default)]
    giver: Many,
    #[serde(default)]
    receiver: Many,
    #[serde(default)]
    class: Many,
    certainty: Many,
    /// None: it is not asked about.
    #[serde(default)]
    status: Many,
    /// It may be found and need not be.
    #[serde(default)]
    optional: bool,
}

/// Giver, receiver, class, certainty and status of what was found; `-` where there is none.
type Found = [String; 5];

impl Gold {
    fn has(&self, at: usize, answer: &str) -> bool {
        let answers = &[&self.giver, &self.receiver, &self.class, &self.certainty][at].0;
        answers.iter().any(|one| one == answer || one == "*") || answers.is_empty() && answer == "-"
    }

    fn stands(&self, found: &Found) -> bool {
        self.status.0.is_empty() || self.status.0.contains(&found[4])
    }

    fn is_same(&self, found: &Found) -> bool {
        (0..3).all(|at| self.has(at, &found[at]))
    }

    /// It is the same but for sides that are left unnamed.
    fn is_partly(&self, found: &Found) -> bool {
        (0..2).all(|at| found[at] == "-" || self.has(at, &found[at])) && self.has(2, &found[2])
    }
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

fn read(text: &str, language: &str) -> Reading {
    let published = "2024-03-15".parse().ok();
    let options = Options { language: Some(language.into()), published, ..Options::default() };
    let document = lagebild_document::read("passage.txt", text.as_bytes(), &options).remove(0).unwrap();
    lagebild_reading::read(document, Knowledge::built_in(), published.unwrap())
}

/// What was found, in the words of a [`Gold`].
fn found(reading: &Reading) -> Vec<Found> {
    let country = |id: Option<EntityId>| {
        let entity = id.and_then(|id| reading.entities.iter().find(|entity| entity.id == id));
        entity.map_or_else(|| "-".into(), |e| e.country.as_ref().map_or(e.name.clone(), |c| c.to_uppercase()))
    };
    let words = |transfer: &lagebild_transfers::Transfer| {
        let class = transfer.class.clone().unwrap_or_else(|| "-".into());
        let giver = transfer.giver.or(transfer.giver_country);
        let receiver = transfer.receiver.or(transfer.receiver_country);
        [
            country(giver),
            country(receiver),
            class,
            transfer.certainty.code().into(),
            serde_json::to_value(transfer.status).unwrap().as_str().unwrap().into(),
        ]
    };
    reading.transfers.iter().map(words).collect()
}

/// How many named sides are those of some transfer of the passage.
fn count_sides(found: &[Found], gold: &[Gold], counts: &mut Counts) {
    for one in found {
        for at in (0..2).filter(|at| one[*at] != "-") {
            let right = gold.iter().any(|gold| gold.has(at, &one[at]));
            counts.sides[usize::from(!right)] += 1;
        }
    }
}

fn outcomes(passage: &Passage<Expected>, counts: &mut Counts) -> Vec<Outcome> {
    let golds = &passage.expected.transfers;
    let mut free = found(&read(&passage.text, passage.language()));
    count_sides(&free, golds, counts);
    counts.empty[0] += usize::from(golds.is_empty());
    counts.empty[1] += usize::from(golds.is_empty() && !free.is_empty());
    let shown = |found: &[Found]| found.iter().map(|one| one.join(" ")).collect::<Vec<_>>();
    let mut outcomes = Vec::new();
    let mut missed: Vec<&Gold> = Vec::new();
    for (number, gold) in (1..).zip(golds) {
        let sure = |one: &Found| gold.has(3, &one[3]);
        let at = free.iter().position(|one| gold.is_same(one) && sure(one));
        let at = at.or_else(|| free.iter().position(|one| gold.is_same(one)));
        let met = at.is_some() || gold.optional;
        outcomes.push(Outcome::new(format!("transfer {number}"), met, shown(&free).join("; ")));
        missed.extend((!met).then_some(gold));
        let Some(one) = at.map(|at| free.remove(at)) else { continue };
        counts.right += usize::from(!gold.optional);
        counts.certainty += usize::from(sure(&one));
        counts.overstated += usize::from(!sure(&one) && one[3] == "CT+");
        outcomes.push(Outcome::new(format!("transfer {number} certainty"), sure(&one), one[3].as_str()));
        if !gold.status.0.is_empty() {
            outcomes.push(Outcome::new(
                format!("transfer {number} status"),
                gold.stands(&one),
                one[4].as_str(),
            ));
        }
    }
    let partial = free.iter().filter(|one| missed.iter().any(|gold| gold.is_partly(one))).count();
    counts.missing += missed.len();
    counts.partial += partial;
    counts.extra += free.len() - partial;
    outcomes.push(Outcome::nothing_else(&shown(&free)));
    outcomes
}

fn measure(suite: &mut Suite, folder: &str, half: &str, language: &str) -> Counts {
    let mut counts = Counts::default();
    suite.check(&format!("tests/{folder}/{half}/{language}.md"), |passage| outcomes(passage, &mut counts));
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
    let mut suite = Suite::default();
    for folder in ["transfers", "sides", "constructions"] {
        let floors = std::fs::read_to_string(format!("tests/{folder}/floors.yaml")).unwrap();
        let floors: BTreeMap<String, BTreeMap<String, Floor>> =
            lagebild_data::parse("floors.yaml", &floors).unwrap();
        for (language, halves) in &floors {
            for (half, floor) in halves {
                let counts = measure(&mut suite, folder, half, language);
                let fits = counts.f1() >= floor.f1
                    && counts.side_precision() >= floor.sides
                    && counts.overstated <= floor.overstated;
                below.extend((!fits).then(|| format!("{folder} {half} {language}")));
            }
        }
    }
    suite.finish();
    assert!(below.is_empty(), "below the floors: {below:?}");
}
