//! Comparisons per second on the names of a pair file: `speed FILE.csv`.

use lagebild_names::{Name, Options, eval, score};
use std::time::Instant;

fn main() -> std::io::Result<()> {
    let path = std::env::args().nth(1).unwrap_or_default();
    let cases = eval::read_bench(&std::fs::read_to_string(path)?);
    let start = Instant::now();
    let names: Vec<(Name, Name)> = cases
        .iter()
        .map(|case| (Name::parse(&case.query, case.kind), Name::parse(&case.candidate, case.kind)))
        .collect();
    println!("{:.0} names prepared per second", 2.0 * names.len() as f64 / start.elapsed().as_secs_f64());
    let start = Instant::now();
    let rounds = 20;
    let mut sum = 0.0;
    for _ in 0..rounds {
        sum += names.iter().map(|(q, c)| score(q, c, Options::default())).sum::<f64>();
    }
    let pairs = f64::from(rounds) * names.len() as f64;
    println!("{:.0} pairs per second (mean {:.3})", pairs / start.elapsed().as_secs_f64(), sum / pairs);
    Ok(())
}
