//! Articles of many houses, formats and languages, each with the blocks that a reader sees: `tests/articles/NAME` and
//! `NAME.blocks`. A line of expectation is a block's kind and its first words; `…` stands for the rest.
#![expect(clippy::unwrap_used, reason = "tests")]

use lagebild_document::{BlockKind, Document, DocumentError, Options, read};
use std::fmt::Write;
use std::path::Path;

/// Words of a block that are shown.
const WORDS: usize = 6;

fn kind(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::Headline => "headline",
        BlockKind::Lead => "lead",
        BlockKind::Byline => "byline",
        BlockKind::Dateline => "dateline",
        BlockKind::Paragraph => "paragraph",
        BlockKind::Subheading => "subheading",
        BlockKind::ListItem => "item",
        BlockKind::Caption => "caption",
        BlockKind::Credit => "credit",
        BlockKind::Boilerplate => "boilerplate",
    }
}

fn shown(outcome: &Result<Document, DocumentError>) -> String {
    let document = match outcome {
        Ok(document) => document,
        Err(error) => return format!("error: {error}\n"),
    };
    let mut shown = String::new();
    let language = document.language.as_deref().unwrap_or("unknown");
    let published = document.published.map_or("unknown".to_string(), |date| date.to_string());
    writeln!(shown, "language {language}, published {published}").unwrap();
    document.warnings.iter().for_each(|warning| writeln!(shown, "warning: {warning}").unwrap());
    for block in &document.blocks {
        let words: Vec<&str> = block.span.of(&document.text).split_whitespace().collect();
        let rest = if words.len() > WORDS { " …" } else { "" };
        writeln!(
            shown,
            "{}: {}{rest}",
            kind(block.kind),
            words.iter().take(WORDS).copied().collect::<Vec<_>>().join(" ")
        )
        .unwrap();
    }
    shown
}

#[test]
fn every_article_has_the_blocks_that_a_reader_sees() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/articles");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let mut wrong = String::new();
    for path in paths.iter().filter(|path| path.extension().is_some_and(|ending| ending != "blocks")) {
        let name = path.file_name().unwrap().to_string_lossy().to_string();
        let bytes = std::fs::read(path).unwrap();
        let found: Vec<String> = read(&name, &bytes, &Options::default()).iter().map(shown).collect();
        let expected =
            std::fs::read_to_string(path.with_file_name(format!("{name}.blocks"))).unwrap_or_default();
        if found.join("\n") != expected {
            write!(wrong, "== {name}: found\n{}", found.join("\n")).unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
