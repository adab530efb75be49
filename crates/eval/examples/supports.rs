//! Writes what speaks for each transfer and each statement shown in passages, and whether its sides (its speaker) are right, one
//! JSON value a line, for
//! `training/confidence.py`: `cargo run -p lagebild-eval --example supports -- PASSAGES.md… > SUPPORTS.jsonl`.

use lagebild_eval::corpus::{CorpusScores, passages, read, score};
use lagebild_reading::Knowledge;
use std::error::Error;
use std::io::Write;

fn main() -> Result<(), Box<dyn Error>> {
    let mut scores = CorpusScores::default();
    for path in std::env::args().skip(1) {
        for passage in passages(&path, &std::fs::read_to_string(&path)?)? {
            if let Some(reading) = read(&passage, Knowledge::built_in()) {
                score(&passage, &reading, &mut scores);
            }
        }
    }
    let mut out = std::io::stdout().lock();
    let transfers = scores.shown.iter().map(serde_json::to_value);
    let said = scores.said.iter();
    let statements =
        said.map(|(support, right)| Ok(serde_json::json!({ "support": support, "right": right })));
    for row in transfers.chain(statements) {
        writeln!(out, "{}", row?)?;
    }
    Ok(())
}
