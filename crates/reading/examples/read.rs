//! The smallest program that reads an article: `cargo run --example read -- FILE [PUBLISHED]` prints its reading.

use lagebild_document::Options;
use lagebild_reading::{Knowledge, read};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().ok_or("which file?")?;
    let published = arguments.next().map(|day| day.parse()).transpose()?;
    let options = Options { published, ..Options::default() };
    for document in lagebild_document::read(&path, &std::fs::read(&path)?, &options) {
        let document = document?;
        let as_of = document.published.unwrap_or(jiff::civil::date(2024, 1, 1));
        println!("{}", serde_json::to_string(&read(document, Knowledge::built_in(), as_of))?);
    }
    Ok(())
}
