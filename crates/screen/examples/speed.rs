//! How long screening takes, name by name, and what it finds:
//! `cargo run --profile fast -p lagebild-screen --example speed -- STORE FILE CUTOFF [SCHEMA [OUT]]`. The file has a name on each
//! line; the hits go to OUT, one line for each name, so that two programs can be compared.

use lagebild_screen::{Options, Query, stored};
use lagebild_watchlist::store::Store;
use std::fmt::Write as _;
use std::time::{Duration, Instant};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, file, cutoff, rest @ ..] = arguments.as_slice() else {
        return Err("STORE FILE CUTOFF [SCHEMA [OUT]]".into());
    };
    let store = Store::new(folder);
    let index = stored(&store, &store.entries()?)?.ok_or("no lists")?;
    let schema = rest.first().map(String::as_str).filter(|schema| !schema.is_empty());
    let options = Options { cutoff: cutoff.parse()?, limit: 1000, ..Options::default() };
    let (mut took, mut found, mut compared, mut hits) = (Vec::new(), String::new(), 0, 0);
    for name in std::fs::read_to_string(file)?.lines().skip(1) {
        let name = name.trim_matches('"');
        let query = Query::name(name, schema);
        let started = Instant::now();
        let all = index.screen(&query, &options);
        took.push((started.elapsed(), name.to_owned()));
        hits += all.len();
        writeln!(found, "{name}\t{}", serde_json::to_string(&all)?)?;
        if std::env::var_os("COMPARED").is_some() {
            compared += index.compared(&query, &options);
        }
    }
    if let Some(out) = rest.get(1) {
        std::fs::write(out, found)?;
    }
    took.sort();
    let at = |percent: usize| took.get(took.len() * percent / 100).map(|(time, _)| *time).unwrap_or_default();
    let all: Duration = took.iter().map(|(time, _)| *time).sum();
    println!(
        "{} names, {hits} hits, {compared} compared, {all:.2?}: p50 {:.2?}, p99 {:.2?}",
        took.len(),
        at(50),
        at(99)
    );
    for (time, name) in took.iter().rev().take(5) {
        println!("{time:.2?}  {name}");
    }
    Ok(())
}
