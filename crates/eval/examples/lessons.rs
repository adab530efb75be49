//! Writes passages of the corpus as `training/` learns from them, one JSON value a line:
//! `cargo run -p lagebild-eval --example lessons -- corpus/dev/*.md > LESSONS.jsonl`.

use lagebild_eval::corpus::{lesson, passages};
use lagebild_grammar::Encoder;
use std::error::Error;
use std::io::Write;

fn main() -> Result<(), Box<dyn Error>> {
    let encoder = Encoder::shipped().map_err(ToString::to_string)?;
    let mut out = std::io::stdout().lock();
    for path in std::env::args().skip(1) {
        for passage in passages(&path, &std::fs::read_to_string(&path)?)? {
            if let Some(lesson) = lesson(&passage, encoder) {
                serde_json::to_writer(&mut out, &lesson)?;
                writeln!(out)?;
            }
        }
    }
    Ok(())
}
