//! Prints the entities and mentions of an article as JSON, in the shape of a reading:
//! `cargo run -p lagebild-entities --example mentions -- FILE`.

use lagebild_grammar::Encoder;
use lagebild_span::Span;
use lagebild_watchlist::Watchlist;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    for path in std::env::args().skip(1) {
        let bytes = std::fs::read(&path)?;
        for document in lagebild_document::read(&path, &bytes, &lagebild_document::Options::default()) {
            let document = document?;
            let language = document.language.as_deref();
            let blocks: Vec<Span> = document.blocks.iter().map(|block| block.span).collect();
            let analysis =
                lagebild_grammar::analyse(&document.text, &blocks, language, Encoder::shipped().ok());
            let found = lagebild_entities::resolve(&document, &analysis, Watchlist::starter());
            println!("{}", serde_json::to_string(&found)?);
        }
    }
    Ok(())
}
