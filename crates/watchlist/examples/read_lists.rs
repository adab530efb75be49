//! Reads every list file in the given folders and prints what is in it beside what is expected
//! (`list-counts.yaml`): `cargo run -p lagebild-watchlist --example read_lists -- FOLDER...`. Takes `.xz`.

use lagebild_watchlist::NameQuality;
use lagebild_watchlist::readers::{
    Format, ListReading, OfacCsv, UkTables, read_list, read_ofac_csv, read_uk_tables,
};
use std::collections::BTreeMap;
use std::io::Result;
use std::path::{Path, PathBuf};
use std::time::Instant;

fn main() -> Result<()> {
    for folder in std::env::args().skip(1).map(PathBuf::from) {
        let mut files: Vec<PathBuf> =
            std::fs::read_dir(&folder)?.flatten().map(|entry| entry.path()).collect();
        files.sort();
        for file in files.iter().filter(|file| file.is_file()) {
            let bytes = bytes(file)?;
            let head =
                String::from_utf8_lossy(bytes.get(..1000.min(bytes.len())).unwrap_or_default()).into_owned();
            let start = Instant::now();
            if let Some(format) = Format::guess(&head) {
                report(file, start, &read_list(bytes.as_slice(), format, "list"));
            }
        }
        tables(&folder)?;
    }
    Ok(())
}

/// The formats of several files.
fn tables(folder: &Path) -> Result<()> {
    let find = |part: &str| -> Result<Vec<u8>> {
        let found = std::fs::read_dir(folder)?.flatten().map(|entry| entry.path());
        let name =
            |file: &PathBuf| file.file_name().is_some_and(|name| name.to_string_lossy().contains(part));
        found.into_iter().find(name).map_or(Ok(Vec::new()), |file| bytes(&file))
    };
    let start = Instant::now();
    let sdn = find("sdn_2024-05-03.csv")?;
    if !sdn.is_empty() {
        let files = OfacCsv {
            parties: sdn,
            aliases: find("alt_2025")?,
            addresses: find("add_2025")?,
            comments: find("sdn_comments")?,
        };
        let slices = OfacCsv {
            parties: files.parties.as_slice(),
            aliases: &files.aliases,
            addresses: &files.addresses,
            comments: &files.comments,
        };
        report(Path::new("sdn_2024-05-03.csv"), start, &read_ofac_csv(slices, "list"));
    }
    let subjects = find("_subjects.csv")?;
    if !subjects.is_empty() {
        let [names, births, identifiers, countries] = [
            find("subject_names")?,
            find("subject_dobs")?,
            find("subject_identifiers")?,
            find("subject_countries")?,
        ];
        let tables = UkTables {
            subjects: subjects.as_slice(),
            names: &names,
            births: &births,
            identifiers: &identifiers,
            countries: &countries,
        };
        report(Path::new("usl_2026-05 tables"), start, &read_uk_tables(tables, "list"));
    }
    Ok(())
}

fn bytes(file: &Path) -> Result<Vec<u8>> {
    let raw = std::fs::read(file)?;
    if file.extension().is_none_or(|extension| extension != "xz") {
        return Ok(raw);
    }
    let mut plain = Vec::new();
    lzma_rs::xz_decompress(&mut raw.as_slice(), &mut plain)
        .map_err(|error| std::io::Error::other(format!("{error:?}")))?;
    Ok(plain)
}

fn report(file: &Path, start: Instant, reading: &ListReading) {
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let got = counts(reading);
    let expected: Vec<BTreeMap<String, serde_json::Value>> =
        lagebild_data::parse("list-counts.yaml", include_str!("list-counts.yaml")).unwrap_or_default();
    println!(
        "{name}: {:?} of {} in {:.1} s",
        got,
        reading.date.as_deref().unwrap_or("?"),
        start.elapsed().as_secs_f64()
    );
    let rows = expected
        .iter()
        .filter(|row| row.get("file").and_then(|v| v.as_str()).is_some_and(|v| name.starts_with(v)));
    for (what, number) in rows.flatten().filter(|(what, _)| *what != "file") {
        let same = match number.as_bool() {
            Some(mended) => mended != reading.problems.is_empty(),
            None => got.get(what.as_str()).copied() == number.as_u64(),
        };
        println!("  {} {what}: expected {number}", if same { "ok" } else { "DIFFERS" });
    }
    for problem in reading.problems.iter().take(3) {
        println!("  {}: {}", problem.place, problem.reason);
    }
}

fn counts(reading: &ListReading) -> BTreeMap<&str, u64> {
    let mut counts = BTreeMap::from([
        ("parties", reading.parties.len() as u64),
        ("problems", reading.problems.len() as u64),
    ]);
    for party in &reading.parties {
        *counts.entry(party.schema.as_str()).or_default() += 1;
        *counts.entry("names").or_default() += party.names.len() as u64;
        *counts.entry("aliases").or_default() += party.names.len() as u64 - 1;
        *counts.entry("weak").or_default() +=
            party.names.iter().filter(|n| n.quality == NameQuality::Weak).count() as u64;
        let native = party.names.iter().any(|n| n.script.as_deref().is_some_and(|script| script != "Latn"));
        *counts.entry("native").or_default() += u64::from(native);
    }
    counts
}
