//! Prints the entities and mentions of an article as JSON, in the shape of a reading:
//! `cargo run -p lagebild-entities --example mentions -- FILE`.

use lagebild_grammar::Encoder;
use lagebild_language::Languages;
use lagebild_page::Page;
use lagebild_watchlist::Watchlist;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    for path in std::env::args().skip(1) {
        let bytes = std::fs::read(&path)?;
        for document in lagebild_document::read(&path, &bytes, &lagebild_document::Options::default()) {
            let document = document?;
            let page = Page::new(&document, Languages::shipped(), Encoder::shipped().ok());
            let found = lagebild_entities::resolve(&page, Watchlist::starter());
            println!("{}", serde_json::to_string(&found)?);
        }
    }
    Ok(())
}
