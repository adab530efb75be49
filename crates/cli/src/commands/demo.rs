//! `lagebild demo`: three built-in articles on one affair, read against the built-in data.

use super::read::Shown;
use crate::exit::Exit;
use anyhow::Result;
use lagebild_document::Options;
use lagebild_watchlist::Watchlist;

/// Arguments of `lagebild demo`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Print the whole case file, not only its short form
    #[arg(long, help_heading = "Output")]
    full: bool,
    #[command(flatten)]
    shown: Shown,
}

const ARTICLES: [(&str, &[u8]); 3] = [
    ("gipfel-2023-09-14.de.txt", include_bytes!("../../../../data/demo/gipfel-2023-09-14.de.txt")),
    ("containers-2023-10-14.en.html", include_bytes!("../../../../data/demo/containers-2023-10-14.en.html")),
    ("vizit-2023-10-19.ru.json", include_bytes!("../../../../data/demo/vizit-2023-10-19.ru.json")),
];

/// What to try next, after the short form.
const NEXT: &str = "
Next:
  lagebild demo --full --explain                   the whole case file, with reasons
  lagebild demo --format html --out case.html      the same to click through
  lagebild lists update && lagebild read FILE      your own article, against the real lists
";

/// Reads the articles.
pub(crate) fn run(args: &Args) -> Result<Exit> {
    eprintln!(
        "Demonstration: articles written for it, a starter watchlist of some dozens of parties. Not for compliance."
    );
    let options = Options::default();
    let documents = ARTICLES.iter().flat_map(|(name, bytes)| lagebild_document::read(name, bytes, &options));
    let short = !args.full && args.shown.is_plain_text();
    let sink = args.shown.sink(true, short)?;
    args.shown.read(documents, sink, Watchlist::starter())?;
    if short {
        crate::print::print(NEXT)?;
    }
    Ok(Exit::Done)
}
