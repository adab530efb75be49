//! How long it takes to open an index: `cargo run --release -p lagebild-eval --example open -- MEGABYTES`, or `-- FILE`. An
//! index of this size is compiled of invented parties first.

use lagebild_screen::{Index, List, ListStamp, compile, write};
use lagebild_watchlist::{Party, PartyName};
use std::path::PathBuf;
use std::time::Instant;

/// Bytes of the index for each invented party, about.
const OF_A_PARTY: usize = 5_760;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let wanted = std::env::args().nth(1).unwrap_or_else(|| "300".into());
    let path = match wanted.parse::<usize>() {
        Ok(megabytes) => {
            let path = std::env::temp_dir().join(format!("lagebild-open-{}.index", std::process::id()));
            let parties = (0..megabytes * 1_000_000 / OF_A_PARTY).map(invented).collect();
            write(&path, &compile(&[List { stamp: ListStamp::default(), parties }]))?;
            path
        }
        Err(_) => PathBuf::from(&wanted),
    };
    for _ in 0..10 {
        let started = Instant::now();
        let index = Index::open(&path)?;
        let took = started.elapsed();
        println!("{} parties, {} bytes: {took:.1?}", index.parties(), std::fs::metadata(&path)?.len());
    }
    if wanted.parse::<usize>().is_ok() {
        std::fs::remove_file(&path)?;
    }
    Ok(())
}

/// A party with a few names and much to say.
fn invented(number: usize) -> Party {
    let mut party = Party { id: format!("x:{number}"), schema: "Person".into(), ..Party::default() };
    for name in ["Anna Muster", "Annette Maria Musterova", "Анна Мустерова"] {
        party.add_name(PartyName { full: format!("{name} {number}"), ..PartyName::default() });
    }
    party.add("notes", &"an invented remark ".repeat(250));
    party
}
