//! Completions, manual pages, and the doctor.

#![expect(clippy::unwrap_used, reason = "tests")]

mod support;

use std::net::TcpListener;
use std::process::Command;
use support::{folder, lagebild, run, stderr, stdout};

/// The commands below one, as its help lists them.
fn below(path: &[String]) -> Vec<Vec<String>> {
    let output = lagebild().args(path).arg("--help").output().unwrap();
    let help = stdout(&output);
    let Some((_, listed)) = help.split_once("\nCommands:\n") else { return Vec::new() };
    let lines = listed.lines().take_while(|line| !line.is_empty());
    let names = lines.filter_map(|line| line.strip_prefix("  ").filter(|rest| !rest.starts_with(' ')));
    let names = names.filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help");
    names.map(|name| path.iter().cloned().chain([name.to_owned()]).collect()).collect()
}

#[test]
fn every_command_has_a_page() {
    let folder = folder("man");
    let pages = folder.join("pages");
    assert!(run(&["man", pages.to_str().unwrap()]).status.success());
    let (mut open, mut count) = (vec![Vec::new()], 0);
    while let Some(path) = open.pop() {
        let name = ["lagebild".to_owned()].into_iter().chain(path.clone()).collect::<Vec<_>>().join("-");
        let page = std::fs::read_to_string(pages.join(format!("{name}.1")));
        assert!(page.is_ok_and(|text| text.contains(".TH")), "{name}");
        count += 1;
        open.extend(below(&path));
    }
    assert!(count > 20, "{count}");
    assert!(stdout(&run(&["man"])).contains(".TH lagebild"));
}

#[test]
fn completions_parse() {
    let folder = folder("completions");
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = stdout(&run(&["completions", shell]));
        assert!(script.contains("triage"), "{shell}");
        std::fs::write(folder.join(shell), script).unwrap();
    }
    let parsed = Command::new("bash").arg("-n").arg(folder.join("bash")).output();
    assert!(parsed.is_ok_and(|output| output.status.success()));
    assert_eq!(run(&["completions", "dos"]).status.code(), Some(2));
}

#[test]
fn the_doctor_says_what_is_missing_and_what_is_wrong() {
    let folder = folder("doctor");
    let doctor = |more: &[&str]| {
        let lists = folder.join("lists");
        let desk = folder.join("desk.db");
        let mut command = lagebild();
        command.arg("doctor").arg("--lists").arg(lists).arg("--store").arg(desk);
        command.args(more).output().unwrap()
    };
    let output = doctor(&["--listen", "127.0.0.1:0"]);
    let text = stdout(&output);
    assert_eq!(output.status.code(), Some(0), "{text}{}", stderr(&output));
    assert!(text.contains("lacking  lists: none yet") && text.contains("lagebild lists update"), "{text}");
    assert!(text.contains("ok       models") && text.contains("MiB free"), "{text}");

    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    std::fs::write(folder.join("wrong.yaml"), "datasets: 7\n").unwrap();
    let config = folder.join("wrong.yaml");
    std::fs::write(
        folder.join("desk.db"),
        "no database at all, but a text that is long enough to be looked at",
    )
    .unwrap();
    let output = doctor(&["--listen", &address, "--config", config.to_str().unwrap()]);
    let text = stdout(&output);
    assert_eq!(output.status.code(), Some(4), "{text}");
    assert!(text.contains("WRONG    config") && text.contains("WRONG    desk"), "{text}");
    assert!(text.contains(&format!("lacking  address: {address}")), "{text}");
}
