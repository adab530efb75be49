//! Prints the texts in a file: `cargo run -p lagebild-formats --example texts -- FILE`.

use lagebild_formats::{Content, Limits, Recogniser, open};

fn main() -> std::io::Result<()> {
    for name in std::env::args().skip(1) {
        let file = std::fs::File::open(&name)?;
        for found in open(name, file, Limits::default(), Recogniser::default()) {
            match found {
                Ok(found) => match found.content {
                    Content::Raw(bytes) => println!("{}", String::from_utf8_lossy(&bytes)),
                    Content::Written { written, .. } => {
                        written.warnings.iter().for_each(|warning| eprintln!("{}: {warning}", found.name));
                        written.pieces.iter().for_each(|piece| println!("{}\n", piece.text));
                    }
                },
                Err(refusal) => eprintln!("{refusal}"),
            }
        }
    }
    Ok(())
}
