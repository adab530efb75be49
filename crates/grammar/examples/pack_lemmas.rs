//! Packs the keys that `training/lemmas.py` wrote (hexadecimal bytes, tab, value; sorted) into `data/models/lemmas.fst`.
//!
//! `cargo run -p lagebild-grammar --example pack_lemmas KEYS data/models/lemmas.fst`; with `--unpack` the other way round.

use fst::Streamer;
use std::error::Error;
use std::io::{BufRead, BufReader, BufWriter, Write};

fn main() -> Result<(), Box<dyn Error>> {
    let mut paths = std::env::args().skip(1);
    let first = paths.next();
    if first.as_deref() == Some("--unpack") {
        let (Some(keys), Some(map)) = (paths.next(), paths.next()) else {
            return Err("--unpack KEYS MAP".into());
        };
        return unpack(&keys, &map);
    }
    let (Some(keys), Some(map)) = (first, paths.next()) else { return Err("KEYS MAP".into()) };
    let mut builder = fst::MapBuilder::new(BufWriter::new(std::fs::File::create(map)?))?;
    for line in BufReader::new(std::fs::File::open(keys)?).lines() {
        let line = line?;
        let (key, value) = line.split_once('\t').ok_or("no tab")?;
        builder.insert(bytes(key)?, value.parse()?)?;
    }
    Ok(builder.finish()?)
}

fn unpack(keys: &str, map: &str) -> Result<(), Box<dyn Error>> {
    let map = fst::Map::new(std::fs::read(map)?)?;
    let mut out = BufWriter::new(std::fs::File::create(keys)?);
    let mut stream = map.stream();
    while let Some((key, value)) = stream.next() {
        for byte in key {
            write!(out, "{byte:02x}")?;
        }
        writeln!(out, "\t{value}")?;
    }
    Ok(())
}

fn bytes(hex: &str) -> Result<Vec<u8>, Box<dyn Error>> {
    let digits: Vec<u8> = hex
        .chars()
        .map(|digit| digit.to_digit(16).map(|digit| digit as u8))
        .collect::<Option<_>>()
        .ok_or("no digit")?;
    Ok(digits.chunks(2).map(|pair| pair.iter().fold(0, |byte, digit| byte << 4 | digit)).collect())
}
