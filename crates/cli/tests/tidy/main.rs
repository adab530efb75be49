//! House rules as tests: what CONTRIBUTING.md asks for and a compiler does not check.

#![expect(clippy::unwrap_used, reason = "tests")]

mod dead;
mod docs;
mod features;
mod words;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap().to_owned()
}

fn files(folder: &Path, endings: &[&str], found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() && !name.starts_with('.') && name != "target" {
            files(&path, endings, found);
        } else if endings.iter().any(|ending| name.ends_with(ending)) {
            found.push(path);
        }
    }
}

fn all(endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    files(&root(), endings, &mut found);
    found.sort();
    assert!(!found.is_empty());
    found
}

#[test]
fn no_source_file_is_too_long_to_read() {
    let long: Vec<String> = all(&[".rs", ".js"])
        .into_iter()
        .filter_map(|path| {
            let lines = std::fs::read_to_string(&path).ok()?.lines().count();
            (lines > 500).then(|| format!("{} has {lines} lines", path.display()))
        })
        .collect();
    assert!(long.is_empty(), "split these: {long:#?}");
}

#[test]
fn nothing_is_left_unfinished() {
    let marks = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("unimple", "mented!")];
    let found: Vec<String> = all(&[".rs", ".js", ".css"])
        .into_iter()
        .filter(|path| {
            std::fs::read_to_string(path).is_ok_and(|text| marks.iter().any(|mark| text.contains(mark)))
        })
        .map(|path| path.display().to_string())
        .collect();
    assert!(found.is_empty(), "finish or file an issue: {found:#?}");
}

#[test]
fn the_map_names_every_crate_and_no_other() {
    let map = std::fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let named: BTreeSet<String> = map
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split_once('`'))
        .map(|(name, _)| name.to_owned())
        .collect();
    let entries = std::fs::read_dir(root().join("crates")).unwrap();
    let there: BTreeSet<String> =
        entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    assert_eq!(named, there);
}

#[test]
fn crates_depend_only_on_crates_before_them() {
    let map = std::fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let order: Vec<&str> = map
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split_once('`'))
        .map(|(name, _)| name)
        .collect();
    for (at, name) in order.iter().enumerate() {
        let manifest = std::fs::read_to_string(root().join("crates").join(name).join("Cargo.toml")).unwrap();
        let dependencies = manifest.split("[dev-dependencies]").next().unwrap_or_default();
        for later in &order[at + 1..] {
            let line = format!("\nlagebild-{later}.workspace");
            assert!(!dependencies.contains(&line), "{name} depends on {later}, which comes after it");
        }
    }
}
