//! Adds list files to a store: `cargo run -p lagebild-watchlist --example add_lists STORE NAME=FILE...`.

use lagebild_watchlist::store::Store;
use std::path::Path;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let store = Store::new(arguments.next().unwrap_or_default());
    for argument in arguments {
        let Some((name, file)) = argument.split_once('=') else { continue };
        let (entry, _) = store.add(name, Path::new(file), false)?;
        println!("{name}: {} parties of {}", entry.parties, entry.date);
    }
    Ok(())
}
