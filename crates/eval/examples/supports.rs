//! Writes what speaks for each transfer shown in passages, and whether its sides are right, one JSON value a line, for
//! `training/confidence.py`: `cargo run -p lagebild-eval --example supports -- PASSAGES.md… > SUPPORTS.jsonl`.

use lagebild_eval::corpus::{CorpusScores, passages, read, score};
use lagebild_reading::Knowledge;
use std::error::Error;
use std::io::Write;

fn main() -> Result<(), Box<dyn Error>> {
    let mut scores = CorpusScores::default();
    for path in std::env::args().skip(1) {
        for passage in passages(&std::fs::read_to_string(path)?)? {
            if let Some(reading) = read(&passage, Knowledge::built_in()) {
                score(&passage, &reading, &mut scores);
            }
        }
    }
    let mut out = std::io::stdout().lock();
    for shown in &scores.shown {
        serde_json::to_writer(&mut out, shown)?;
        writeln!(out)?;
    }
    Ok(())
}
