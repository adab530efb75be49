//! Prints the listed names in text files: `cargo run -p lagebild-watchlist --example spot [--store FOLDER] FILE...`.

use lagebild_watchlist::Watchlist;
use lagebild_watchlist::store::Store;
use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut files: Vec<String> = std::env::args().skip(1).collect();
    let start = Instant::now();
    let stored = match files.as_slice() {
        [flag, folder, ..] if flag == "--store" => Some(Store::new(folder).watchlist()?),
        _ => None,
    };
    if stored.is_some() {
        files.drain(..2);
    }
    let list = stored.as_ref().unwrap_or_else(|| Watchlist::starter());
    eprintln!("{} parties, ready in {:.0?}", list.parties().len(), start.elapsed());
    for file in files {
        let text = std::fs::read_to_string(&file)?;
        let start = Instant::now();
        let spotted = list.spot(&text);
        eprintln!("{file}: {} bytes in {:.1?}, {} names", text.len(), start.elapsed(), spotted.len());
        for found in spotted {
            let best = found.candidates.first().map(|c| format!("{} {:.2} {}", c.party, c.score, c.name));
            let partial = if found.partial { "partial" } else { "" };
            println!(
                "{}\t{}\t{partial}\t{}",
                found.span.start,
                found.span.of(&text),
                best.unwrap_or_default()
            );
        }
    }
    Ok(())
}
