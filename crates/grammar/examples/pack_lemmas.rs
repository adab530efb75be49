//! Packs the keys that `training/lemmas.py` wrote (hexadecimal bytes, tab, value; sorted) into `data/models/lemmas.fst`.
//!
//! `cargo run -p lagebild-grammar --example pack_lemmas KEYS data/models/lemmas.fst`

use std::error::Error;
use std::io::{BufRead, BufReader, BufWriter};

fn main() -> Result<(), Box<dyn Error>> {
    let mut paths = std::env::args().skip(1);
    let (Some(keys), Some(map)) = (paths.next(), paths.next()) else { return Err("KEYS MAP".into()) };
    let mut builder = fst::MapBuilder::new(BufWriter::new(std::fs::File::create(map)?))?;
    for line in BufReader::new(std::fs::File::open(keys)?).lines() {
        let line = line?;
        let (key, value) = line.split_once('\t').ok_or("no tab")?;
        builder.insert(bytes(key)?, value.parse()?)?;
    }
    Ok(builder.finish()?)
}

fn bytes(hex: &str) -> Result<Vec<u8>, Box<dyn Error>> {
    let digits: Vec<u8> = hex
        .chars()
        .map(|digit| digit.to_digit(16).map(|digit| digit as u8))
        .collect::<Option<_>>()
        .ok_or("no digit")?;
    Ok(digits.chunks(2).map(|pair| pair.iter().fold(0, |byte, digit| byte << 4 | digit)).collect())
}
