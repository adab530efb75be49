//! `lagebild licences`: whose data is in the program, under which licence.

use crate::exit::Exit;
use crate::print::{Format, print, print_json};
use anyhow::Result;
use serde::{Deserialize, Serialize};
use std::fmt::Write;

/// Arguments of `lagebild licences`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// `data/licences.yaml`; its head says what the fields mean.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Licences {
    sources: Vec<Source>,
    texts: Vec<Text>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Source {
    name: String,
    authors: String,
    licence: String,
    url: String,
    used_in: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    notes: Option<String>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Text {
    licence: String,
    text: String,
}

const HEAD: &str = "\
Lagebild is licensed under MIT or Apache-2.0, at your choice. It contains, or learned from, data of others, named below with
its licence. The files under data/models are derived from treebanks and dictionaries and go under CC BY-SA 4.0
(https://creativecommons.org/licenses/by-sa/4.0/); data was selected and changed. The Rust crates it is built from and
their licences: `cargo deny list` in the source tree (policy: deny.toml).
";

/// Prints the list.
pub(crate) fn run(args: &Args) -> Result<Exit> {
    let licences = shipped()?;
    match args.format {
        Format::Json => print_json(&licences),
        Format::Text => print(&notice(&licences)),
    }
}

fn shipped() -> Result<Licences> {
    let json = include_str!(concat!(env!("OUT_DIR"), "/licences.json"));
    Ok(lagebild_data::embedded("data/licences.yaml", json)?)
}

/// The text of the file NOTICE.
fn notice(licences: &Licences) -> String {
    let mut text = String::from(HEAD);
    for source in &licences.sources {
        let Source { name, authors, licence, url, used_in, notes } = source;
        let used_in = used_in.join(", ");
        let _ = write!(text, "\n{name}\n  by {authors}\n  {licence}, {url}\n  used in {used_in}\n");
        if let Some(notes) = notes {
            let _ = writeln!(text, "  {notes}");
        }
    }
    for Text { licence, text: words } in &licences.texts {
        let _ = write!(text, "\n---- {licence}\n\n{words}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

    #[test]
    fn the_notice_is_not_stale() {
        let file = std::fs::read_to_string(Path::new(ROOT).join("NOTICE")).unwrap_or_default();
        let stale = file != notice(&shipped().unwrap());
        assert!(!stale, "NOTICE is stale: cargo run -p lagebild-cli -- licences > NOTICE");
    }

    #[test]
    fn every_model_has_a_source() {
        let sources = shipped().unwrap().sources;
        for entry in std::fs::read_dir(Path::new(ROOT).join("data/models")).unwrap() {
            let name = format!("data/models/{}", entry.unwrap().file_name().display());
            let before = [".model", ".md", "de-names.yaml"]; // Of the perceptrons, which go when the encoder comes.
            let known = sources.iter().flat_map(|source| &source.used_in).any(|used| name.starts_with(used));
            assert!(
                known || before.iter().any(|end| name.ends_with(end)),
                "{name} is not in data/licences.yaml"
            );
        }
    }

    #[test]
    fn what_is_used_exists_and_may_be() {
        for source in shipped().unwrap().sources {
            for used in source.used_in.iter().filter(|used| !used.starts_with("data/models/")) {
                assert!(Path::new(ROOT).join(used).exists(), "{}: {used}", source.name);
            }
            assert!(!forbidden(&source.licence), "{}: {}", source.name, source.licence);
            assert!(source.url.starts_with("http"), "{}", source.name);
        }
        assert!(forbidden("CC-BY-NC-SA-4.0") && forbidden("GPL-3.0-only") && forbidden("ODbL-1.0"));
    }

    /// Non-commercial, or not to be mixed with CC BY-SA.
    fn forbidden(licence: &str) -> bool {
        licence.contains("-NC") || licence.contains("GPL") || licence.starts_with("ODbL")
    }
}
