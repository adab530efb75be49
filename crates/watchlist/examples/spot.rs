//! Prints the listed names in a text file: `cargo run -p lagebild-watchlist --example spot FILE`.

use lagebild_watchlist::Watchlist;

fn main() -> std::io::Result<()> {
    for file in std::env::args().skip(1) {
        let text = std::fs::read_to_string(&file)?;
        for found in Watchlist::starter().spot(&text) {
            let best = found.candidates.first().map(|c| format!("{} {:.2}", c.party, c.score));
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
