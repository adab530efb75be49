//! What the documents promise: their links lead somewhere, their commands and flags exist.

use super::{all, root};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Words that stand where a command takes a value; no command is named so.
fn is_value(word: &str) -> bool {
    !word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')
}

/// A command's own commands and flags, as its `--help` lists them.
#[derive(Default)]
struct Help {
    commands: BTreeSet<String>,
    flags: BTreeSet<String>,
}

/// Every command by its path ("lists add"), asked of the program itself.
fn commands() -> BTreeMap<String, Help> {
    let mut known = BTreeMap::new();
    let mut open = vec![String::new()];
    while let Some(path) = open.pop() {
        let output = Command::new(env!("CARGO_BIN_EXE_lagebild"))
            .args(path.split_whitespace())
            .arg("--help")
            .output()
            .expect("the command starts");
        let help = help(&String::from_utf8_lossy(&output.stdout));
        open.extend(help.commands.iter().map(|name| format!("{path} {name}").trim().to_owned()));
        known.insert(path, help);
    }
    known
}

fn help(text: &str) -> Help {
    let mut help = Help::default();
    let mut section = "";
    for line in text.lines() {
        if line.ends_with(':') && !line.starts_with(' ') {
            section = line;
        }
        let entry = line.strip_prefix("  ").filter(|rest| !rest.starts_with(' '));
        if let Some(name) = entry.and_then(|entry| entry.split_whitespace().next())
            && section == "Commands:"
            && name != "help"
        {
            help.commands.insert(name.to_owned());
        }
        help.flags.extend(flags(line));
    }
    help
}

/// The long flags in a line.
fn flags(line: &str) -> BTreeSet<String> {
    let ends = |c: char| !(c.is_ascii_alphanumeric() || c == '-');
    line.split(ends).filter(|word| word.len() > 3 && word.starts_with("--")).map(str::to_owned).collect()
}

/// What a document shows as typed: code between back quotes, and the lines of code blocks, cut at `&&` and comments.
fn typed(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut block = false;
    for line in text.lines() {
        if line.starts_with("```") {
            block = !block;
        } else if block {
            let code = line.split(" #").next().unwrap_or_default().trim_start_matches("$ ");
            found.extend(code.split("&&").map(|part| part.trim().to_owned()));
        } else {
            found.extend(line.split('`').skip(1).step_by(2).map(|code| code.replace("\\|", "|")));
        }
    }
    found
}

/// What of a typed command does not exist.
fn wrong(code: &str, known: &BTreeMap<String, Help>) -> Option<String> {
    let flags = flags(code);
    let Some(rest) = code.strip_prefix("lagebild ") else {
        let lost = flags.into_iter().find(|flag| !known.values().any(|help| help.flags.contains(flag)));
        return lost.filter(|_| code.starts_with("--"));
    };
    let mut path = String::new();
    for word in rest.split_whitespace() {
        let here = &known[&path];
        if here.commands.is_empty() || is_value(word.split('|').next().unwrap_or_default()) {
            break;
        }
        if let Some(unknown) = word.split('|').find(|name| !here.commands.contains(*name)) {
            return Some(format!("{path} {unknown}"));
        }
        if word.contains('|') {
            return None;
        }
        let separator = if path.is_empty() { "" } else { " " };
        path = format!("{path}{separator}{word}");
    }
    flags.into_iter().find(|flag| !known[&path].flags.contains(flag))
}

#[test]
fn commands_and_flags_in_documents_exist() {
    let known = commands();
    assert!(known.len() > 10, "help is not understood: {:?}", known.keys());
    let mut documents: Vec<PathBuf> = all(&[".md"]);
    documents.retain(|path| path.parent().is_some_and(|folder| folder.ends_with("docs")));
    documents.extend([root().join("README.md"), root().join("CONTRIBUTING.md")]);
    let mut lost = Vec::new();
    for path in documents {
        for code in typed(&std::fs::read_to_string(&path).unwrap()) {
            if let Some(what) = wrong(&code, &known) {
                lost.push(format!("{}: `{code}`: {what}", path.display()));
            }
        }
    }
    assert!(lost.is_empty(), "these do not exist: {lost:#?}");
}

#[test]
fn links_between_documents_lead_somewhere() {
    let mut dead = Vec::new();
    // The corpus of cases marks its words as links.
    for path in all(&[".md"]).into_iter().filter(|path| !path.starts_with(root().join("corpus/case"))) {
        let text = std::fs::read_to_string(&path).unwrap();
        for target in
            text.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(target, _)| target)
        {
            let target = target.split('#').next().unwrap_or_default();
            if target.is_empty() || target.contains("://") || target.contains(' ') {
                continue;
            }
            if !path.parent().unwrap_or(Path::new("")).join(target).exists() {
                dead.push(format!("{}: {target}", path.display()));
            }
        }
    }
    assert!(dead.is_empty(), "{dead:#?}");
}
