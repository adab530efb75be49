//! How long the desk takes with many documents.

#![expect(clippy::unwrap_used, reason = "tests")]

mod support;

use lagebild_desk::{Choice, Filter, Store};
use lagebild_reading::Reading;
use std::time::{Duration, Instant};
use support::*;

const WORDS: [&str; 40] = [
    "harbour",
    "minister",
    "convoy",
    "report",
    "border",
    "cargo",
    "vessel",
    "agency",
    "winter",
    "letter",
    "railway",
    "council",
    "morning",
    "engine",
    "factory",
    "market",
    "river",
    "spokesman",
    "invoice",
    "container",
    "bridge",
    "embassy",
    "warehouse",
    "signal",
    "delegation",
    "contract",
    "customs",
    "broker",
    "island",
    "captain",
    "protest",
    "budget",
    "satellite",
    "pipeline",
    "turbine",
    "archive",
    "hearing",
    "ferry",
    "pilot",
    "summit",
];

/// Documents that differ in their words and, each tenth, in whom they name.
fn vary(reading: &Reading, at: usize) -> (String, Reading) {
    let mut seed = at as u64 * 2_862_933_555_777_941_757 + 3;
    let mut next = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize
    };
    let words: Vec<String> = (0..250)
        .map(|_| format!("{}{}", WORDS[next() % 40], if next() % 3 == 0 { next() % 500 } else { 0 }))
        .collect();
    let mut reading = reading.clone();
    for entity in &mut reading.entities {
        entity.name = format!("{} {}", entity.name, at / 10);
    }
    let text = format!("{ARTICLE}{}\n", words.join(" "));
    reading.text.clone_from(&text);
    (text, reading)
}

/// Time of the processor that this thread took so far (Linux; nothing elsewhere): the machine may be busy with other things.
fn processor() -> Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    Duration::from_nanos(told.split(' ').next().and_then(|nanos| nanos.parse().ok()).unwrap_or_default())
}

fn p99(what: &str, times: &[[Duration; 2]]) {
    let sorted = |which: usize| {
        let mut times: Vec<Duration> = times.iter().map(|both| both[which]).collect();
        times.sort();
        times
    };
    let (clock, processor) = (sorted(0), sorted(1));
    let at = |share: usize| clock[(clock.len() * share / 100).min(clock.len() - 1)];
    let busy = processor[(processor.len() * 99 / 100).min(processor.len() - 1)];
    println!(
        "{what}: median {:.1?}, 99th percentile {:.1?}, worst {:.1?}; of the processor 99th {busy:.1?}",
        at(50),
        at(99),
        at(100)
    );
    if at(99) >= Duration::from_millis(150) {
        println!("  too slow: 150 ms is the goal");
    }
}

fn timed(times: usize, mut each: impl FnMut(usize)) -> Vec<[Duration; 2]> {
    let one = |at| {
        let (from, busy) = (Instant::now(), processor());
        each(at);
        [from.elapsed(), processor().saturating_sub(busy)]
    };
    (0..times).map(one).collect()
}

/// A store of so many documents in ten cases.
fn filled(store: &mut Store, count: usize) {
    let lists = lists();
    let (archived, reading) = read("a.txt", ARTICLE, &lists);
    for case in 0..10 {
        let name = format!("case-{case}");
        store.open_case(&name, opened(false), &by("anna", 0)).unwrap();
        for batch in 0..count / 640 {
            let documents: Vec<_> = (0..64)
                .map(|at| {
                    let at = (case * count / 640 + batch) * 64 + at;
                    let (text, reading) = vary(&reading, at);
                    let mut archived = archived.clone();
                    archived.text = text;
                    archived.document.source = format!("{at}.txt");
                    archived.document.sha256 = format!("{at:064}");
                    (archived, reading)
                })
                .collect();
            store.add(&name, &documents, &lists, &by("anna", 1)).unwrap();
        }
    }
}

/// `DOCUMENTS` says how many; in the file `STORE` they are kept for the next time.
#[test]
#[ignore = "a measurement: minutes and some gigabytes"]
fn a_hundred_thousand_documents() {
    let count: usize = std::env::var("DOCUMENTS").map_or(100_000, |count| count.parse().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let file = std::env::var_os("STORE").map_or_else(|| folder.path().join("desk.db"), Into::into);
    let from = Instant::now();
    let mut store = Store::open(&file).unwrap();
    println!("opened in {:?}", from.elapsed());
    let from = Instant::now();
    if store.cases().unwrap().is_empty() {
        filled(&mut store, count);
    }
    let cases = store.cases().unwrap();
    let (documents, items): (u64, u64) =
        (cases.iter().map(|case| case.documents).sum(), cases.iter().map(|case| case.items).sum());
    let size = std::fs::metadata(&file).unwrap().len() >> 20;
    println!("{documents} documents, {items} items, {size} MiB, stored in {:?}", from.elapsed());
    let filter = Filter { limit: 50, ..Filter::default() };
    p99(
        "queue of all",
        &timed(300, |at| drop(store.queue(&Filter { skip: at as u64, ..filter.clone() }).unwrap())),
    );
    let case = |at: usize| Some(format!("case-{}", at % 10));
    p99(
        "queue of a case",
        &timed(300, |at| drop(store.queue(&Filter { case: case(at), ..filter.clone() }).unwrap())),
    );
    let party = Some("alpha:1".to_owned());
    p99(
        "items of a party",
        &timed(300, |_| drop(store.queue(&Filter { party: party.clone(), ..filter.clone() }).unwrap())),
    );
    p99("counts", &timed(300, |_| assert!(store.counts(None).unwrap().items > 0)));
    p99(
        "search, a rare word",
        &timed(300, |at| drop(store.search(&format!("customs{}", at % 500), None, 20).unwrap())),
    );
    p99(
        "search, two words",
        &timed(300, |at| {
            drop(store.search(&format!("{}0 {}7", WORDS[at % 40], WORDS[at / 7 % 40]), None, 20).unwrap());
        }),
    );
    p99(
        "search, a word of every document",
        &timed(300, |_| drop(store.search("artillery shells", None, 20).unwrap())),
    );
    p99(
        "search in a case",
        &timed(300, |at| {
            drop(store.search(&format!("{}0", WORDS[at % 40]), case(at).as_deref(), 20).unwrap());
        }),
    );
    p99(
        "deciding",
        &timed(300, |_| {
            let item = store
                .queue(&Filter { kind: Some(lagebild_desk::ItemKind::Hit), limit: 1, ..Filter::default() })
                .unwrap()
                .remove(0);
            store.decide(&item.item, Some(item.version), verdict(Choice::Another), &by("anna", 3)).unwrap();
        }),
    );
    p99("a document", &timed(300, |at| drop(store.document("case-1", 1 + at as u64).unwrap())));
}
