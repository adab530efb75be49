//! Every command of the guide and the README that stands in a block marked `console` is run, page by page, in a folder with
//! the example data. What the page shows must come out; `…` stands for anything.

#![expect(clippy::unwrap_used, reason = "tests")]

mod support;

use std::path::{Path, PathBuf};
use std::process::Command;
use support::{folder, stderr, stdout};

/// A command with what the page shows of its output.
#[derive(Debug, Default, PartialEq)]
struct Example {
    command: String,
    shown: String,
}

/// The examples of a page, in order. A command goes on in the next line after a backslash.
fn examples(page: &str) -> Vec<Example> {
    let mut found: Vec<Example> = Vec::new();
    for block in page.split("```console\n").skip(1) {
        let block = block.split("\n```").next().unwrap();
        let mut goes_on = false;
        for line in block.lines() {
            if let Some(command) = line.strip_prefix("$ ") {
                found.push(Example { command: command.to_owned(), shown: String::new() });
            } else if let Some(last) = found.last_mut() {
                let text = if goes_on { &mut last.command } else { &mut last.shown };
                text.push('\n');
                text.push_str(line);
            }
            goes_on = (goes_on || line.starts_with("$ ")) && line.ends_with('\\');
        }
    }
    found
}

/// Words one space apart, rules of one stroke: how wide a page is does not count.
fn words(text: &str) -> String {
    let mut words: Vec<&str> = text.split_whitespace().collect();
    words.iter_mut().filter(|word| word.chars().all(|letter| letter == '─')).for_each(|word| *word = "─");
    words.join(" ")
}

/// The first part of what is shown that does not come out, in order.
fn missing(shown: &str, output: &str) -> Option<String> {
    let output = words(output);
    let mut rest = output.as_str();
    for part in shown.split('…').map(words).filter(|part| !part.is_empty()) {
        match rest.find(&part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return Some(part),
        }
    }
    None
}

/// Runs the examples of a page; what is wrong.
fn wrong(name: &str, page: &str) -> Vec<String> {
    let folder = folder(&format!("guide-{name}"));
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/demo");
    for entry in std::fs::read_dir(demo).unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, folder.join(path.file_name().unwrap())).unwrap();
    }
    std::fs::copy(folder.join("containers-2023-10-14.en.html"), folder.join("report.html")).unwrap();
    let program = Path::new(env!("CARGO_BIN_EXE_lagebild")).parent().unwrap();
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
    let mut wrong = Vec::new();
    for Example { command, shown } in examples(page) {
        let output = Command::new("sh")
            .args(["-euc", &command])
            .current_dir(&folder)
            .env("PATH", &path)
            .env("LAGEBILD_LISTS", folder.join("lists"))
            .env("LAGEBILD_DESK", folder.join("desk.db"))
            .env("LAGEBILD_USER", "cleo")
            .env_remove("COLUMNS")
            .output()
            .unwrap();
        let came = stdout(&output) + &stderr(&output);
        if !output.status.success() {
            wrong.push(format!("{name}: `{command}` ended with {}: {came}", output.status));
        } else if let Some(part) = missing(&shown, &came) {
            wrong.push(format!("{name}: `{command}` does not print `{part}` but\n{came}"));
        }
    }
    wrong
}

#[test]
fn the_commands_of_the_guide_do_what_it_shows() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut pages: Vec<PathBuf> =
        std::fs::read_dir(root.join("docs")).unwrap().map(|entry| entry.unwrap().path()).collect();
    pages.retain(|path| path.extension().is_some_and(|ending| ending == "md"));
    pages.push(root.join("README.md"));
    pages.sort();
    let (mut all, mut count) = (Vec::new(), 0);
    for path in pages {
        let page = std::fs::read_to_string(&path).unwrap();
        count += examples(&page).len();
        all.extend(wrong(&path.file_stem().unwrap().to_string_lossy(), &page));
    }
    assert!(count > 15, "only {count} commands were found");
    assert!(all.is_empty(), "{}", all.join("\n"));
}

#[test]
fn the_table_of_contents_holds_every_page() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs");
    let contents = std::fs::read_to_string(docs.join("SUMMARY.md")).unwrap();
    for entry in std::fs::read_dir(docs).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        let is_page = Path::new(&name).extension().is_some_and(|end| end == "md") && name != "SUMMARY.md";
        assert!(!is_page || contents.contains(&format!("({name})")), "{name}");
    }
}

#[test]
fn what_does_not_come_out_is_found() {
    let page = "```console\n$ a \\\n  b\nout …\nend\n$ c\n```\n";
    let [first, second] = &examples(page)[..] else { unreachable!() };
    assert_eq!((first.command.as_str(), second.command.as_str()), ("a \\\n  b", "c"));
    assert_eq!(missing(&first.shown, "out  x\n  end"), None);
    assert_eq!(missing(&first.shown, "end out"), Some("end".into()));
}
