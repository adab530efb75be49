//! `lagebild demo`: three built-in articles on one affair, read against the built-in data.

use super::read::Shown;
use crate::exit::Exit;
use anyhow::Result;
use lagebild_document::Options;
use lagebild_watchlist::Watchlist;

/// Arguments of `lagebild demo`.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    shown: Shown,
}

const ARTICLES: [(&str, &[u8]); 3] = [
    ("gipfel-2023-09-14.de.txt", include_bytes!("../../../../data/demo/gipfel-2023-09-14.de.txt")),
    ("containers-2023-10-14.en.html", include_bytes!("../../../../data/demo/containers-2023-10-14.en.html")),
    ("vizit-2023-10-19.ru.json", include_bytes!("../../../../data/demo/vizit-2023-10-19.ru.json")),
];

/// Reads the articles.
pub(crate) fn run(args: &Args) -> Result<Exit> {
    eprintln!(
        "Demonstration: articles written for it, a starter watchlist of some dozens of parties. Not for compliance."
    );
    let options = Options::default();
    let documents = ARTICLES.iter().flat_map(|(name, bytes)| lagebild_document::read(name, bytes, &options));
    let sink = args.shown.sink(true)?;
    args.shown.read(documents, sink, Watchlist::starter())?;
    Ok(Exit::Done)
}
