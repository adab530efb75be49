//! How long merging takes: `many [DOCUMENTS]` makes so many readings of invented reports (5,000), always the same ones, merges them and prints
//! seconds and memory. The readings are built, not read: what is measured is the merging alone (`scripts/bench-case`).

mod reports;

use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let wanted: usize = std::env::args().nth(1).map_or(Ok(5_000), |number| number.parse())?;
    let started = Instant::now();
    let readings = reports::readings(wanted)?;
    println!("{} readings built in {:.1?}, {} MB", readings.len(), started.elapsed(), memory("VmRSS:"));
    let started = Instant::now();
    let case = lagebild_case::merge(readings);
    println!(
        "merged in {:.1?}: {} entities, {} origins, {} claims; most memory {} MB",
        started.elapsed(),
        case.entities.len(),
        case.origins.len(),
        case.claims.len(),
        memory("VmHWM:")
    );
    Ok(())
}

/// Megabytes of this process, as the kernel counts them; 0 where it does not tell.
fn memory(field: &str) -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(field));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<usize>().ok());
    kilobytes.unwrap_or_default() / 1024
}
