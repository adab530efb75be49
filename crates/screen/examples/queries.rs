//! What screening costs in processor time, with a fingerprint of all that is answered, so that two programs can be compared:
//! `cargo run --profile fast -p lagebild-screen --example queries -- STORE [NAMES.csv [CUTOFF [OUT]]]`.
//!
//! Asked for are names drawn from the lists and altered (a typing error, a word left out, turned round, parts of two
//! parties), and the first column of a table of people on no list.

use lagebild_screen::{Index, Options, Query, stored};
use lagebild_watchlist::store::Store;
use std::fmt::Write as _;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::time::Instant;

/// Names drawn from the lists, and as many of the table.
const DRAWN: usize = 400;
const OF_TABLE: usize = 200;
/// How often all are asked.
const PASSES: usize = 4;

/// Numbers drawn by a fixed rule (Knuth's MMIX), the same in every run.
struct Draw(u64);

impl Draw {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end.max(1)
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, rest @ ..] = arguments.as_slice() else {
        return Err("STORE [NAMES.csv [CUTOFF [OUT]]]".into());
    };
    let store = Store::new(folder);
    let index = stored(&store, &store.entries()?)?.ok_or("no lists")?;
    let mut queries = drawn(&index);
    if let Some(file) = rest.first() {
        queries.extend(of_table(&std::fs::read_to_string(file)?));
    }
    let cutoff = rest.get(1).map_or(Ok(Options::default().cutoff), |cutoff| cutoff.parse())?;
    let options = Options { cutoff, limit: 500, ..Options::default() };
    // Once before: what is made only once is not measured.
    for query in queries.iter().take(20) {
        index.screen(query, &options);
    }
    let (mut took, mut hits, mut compared) = (vec![u64::MAX; queries.len()], 0, 0);
    let mut hash = DefaultHasher::new();
    let (mut answers, mut memory) = (String::new(), Vec::new());
    let before = processor_time();
    for pass in 0..PASSES {
        for (query, took) in queries.iter().zip(&mut took) {
            let started = Instant::now();
            let found = index.screen(query, &options);
            *took = u64::try_from(started.elapsed().as_nanos())?.min(*took);
            if pass == 0 {
                hits += found.len();
                let answer = serde_json::to_string(&found)?;
                answer.hash(&mut hash);
                writeln!(answers, "{:?} {:?}\t{answer}", query.schema, query.names)?;
            }
        }
        memory.push(resident());
    }
    let all = processor_time() - before;
    println!("memory after each pass: {memory:?} kB");
    for query in &queries {
        compared += index.compared(query, &options);
    }
    let rate = PASSES as u64 * queries.len() as u64 * 1_000_000_000 / all.max(1);
    println!("{} queries, {compared} compared, {rate} a second of processor time", queries.len());
    tell(took.into_iter().zip(&queries).collect());
    if let Some(out) = rest.get(2) {
        std::fs::write(out, answers)?;
    }
    println!("{hits} hits, answers {:016x}", hash.finish());
    Ok(())
}

/// The least of several passes is told: what else runs on the machine adds to the others.
fn tell(mut took: Vec<(u64, &Query)>) {
    took.sort_by_key(|(time, _)| *time);
    let at = |percent: usize| took.get(took.len() * percent / 100).map_or(0, |(time, _)| time / 1000);
    let [p50, p90, p99] = [50, 90, 99].map(at);
    println!("p50 {p50} µs, p90 {p90} µs, p99 {p99} µs");
    for (time, query) in took.iter().rev().take(5) {
        println!("{} µs  {:?} {:?}", time / 1000, query.schema.as_deref().unwrap_or_default(), query.names);
    }
}

/// Names of listed parties, altered.
fn drawn(index: &Index) -> Vec<Query> {
    let mut draw = Draw(7);
    let party = |draw: &mut Draw| index.party(draw.below(index.parties() as usize) as u32);
    let mut queries = Vec::new();
    while queries.len() < DRAWN {
        let (Some(one), Some(other)) = (party(&mut draw), party(&mut draw)) else { continue };
        let Some(name) = one.names.get(draw.below(one.names.len())).map(|name| name.full.clone()) else {
            continue;
        };
        let mut words: Vec<&str> = name.split_whitespace().collect();
        let name = match queries.len() % 6 {
            1 => typing_error(&name, &mut draw),
            2 if words.len() > 2 => {
                words.remove(1 + draw.below(words.len() - 2));
                words.join(" ")
            }
            3 => {
                words.reverse();
                words.join(" ")
            }
            4 | 5 => {
                let last = other.names.first().and_then(|name| name.full.split_whitespace().last());
                format!("{} {}", words.first().copied().unwrap_or_default(), last.unwrap_or_default())
            }
            _ => name.clone(),
        };
        // One in twenty asks for every kind of party.
        let schema = (draw.below(20) > 0).then_some(one.schema.as_str());
        queries.push(Query::name(&name, schema));
    }
    queries
}

/// A letter left out.
fn typing_error(name: &str, draw: &mut Draw) -> String {
    let at = draw.below(name.chars().count());
    name.chars().enumerate().filter(|(place, _)| *place != at).map(|(_, letter)| letter).collect()
}

/// People of a table, by their first column.
fn of_table(table: &str) -> impl Iterator<Item = Query> {
    let names =
        table.lines().skip(1).filter_map(|line| line.split(',').next()).map(|name| name.trim_matches('"'));
    names.take(OF_TABLE).map(|name| Query::name(name, Some("Person"))).collect::<Vec<_>>().into_iter()
}

/// Nanoseconds that this thread ran, as Linux counts them; by the clock where it does not tell.
fn processor_time() -> u64 {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    told.and_then(|told| told.split_whitespace().next()?.parse().ok()).unwrap_or_default()
}

/// Kilobytes that the program has in memory, as Linux tells them.
fn resident() -> u64 {
    let told = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = told.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or_default()
}
