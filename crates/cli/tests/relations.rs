//! Relations that lists state, from the file of a list to hits and cases.
#![expect(clippy::unwrap_used, reason = "tests")]

use serde_json::Value;
use std::path::PathBuf;
use std::process::Command;

const LIST: &str = r#"{"id":"w","schema":"Company","caption":"Bromelko Werke","target":true,"properties":{"program":["XX-1"],"topics":["sanction"]}}
{"id":"h","schema":"Company","caption":"Tarvanis Holding","target":true,"properties":{"topics":["sanction"]}}
{"id":"p","schema":"Person","caption":"Oskar Wendelmut","target":true,"properties":{"topics":["sanction","role.pep"],"weakAlias":["Wendel Oskarin"]}}
{"id":"1","schema":"Ownership","properties":{"owner":["h"],"asset":["w"],"percentage":["51"],"role":["majority shareholder"]}}
{"id":"2","schema":"Ownership","properties":{"owner":["p"],"asset":["h"]}}
{"id":"3","schema":"Directorship","properties":{"director":["p"],"organization":["w"]}}
{"id":"4","schema":"Ownership","properties":{"owner":["nobody"],"asset":["w"]}}
"#;

/// A folder of its own with one stored list.
struct Folder(PathBuf, String);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("lagebild-relations-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        let mut folder = Self(path, String::new());
        folder.write("list.jsonl", LIST);
        folder.1 = folder.run(&["lists", "add", "test", "list.jsonl"]).1;
        folder
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.0.join(name), text).unwrap();
    }

    /// Standard output and standard error.
    fn run(&self, args: &[&str]) -> (String, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_lagebild"));
        let command = command.args(args).current_dir(&self.0).env("LAGEBILD_LISTS", self.0.join("lists"));
        let output = command.output().unwrap();
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        (text(&output.stdout), text(&output.stderr))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[test]
fn a_hit_shows_its_owners_in_every_format() {
    let folder = Folder::new("hit");
    assert!(folder.1.contains("1 relations to parties that are not in the file"), "{}", folder.1);
    let (status, _) = folder.run(&["lists", "status"]);
    assert!(status.contains("3 relations (1 lead to nobody on it)"), "{status}");
    let (text, _) = folder.run(&["screen", "Bromelko Werke"]);
    assert!(text.contains("owned by the listed party Tarvanis Holding (test:h)"), "{text}");
    assert!(text.contains("share 51 %") && text.contains("share not stated"), "{text}");
    let (text, _) = folder.run(&["screen", "Wendel Oskarin"]);
    assert!(text.contains("(weak alias)") && text.contains("PEP"), "{text}");
    let (json, _) = folder.run(&["screen", "Bromelko Werke", "--format", "json"]);
    let hit = &serde_json::from_str::<Value>(&json).unwrap()["hits"][0];
    let above: Vec<(&str, &Value)> = hit["owners"]["above"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["party"].as_str().unwrap(), &one["share"]))
        .collect();
    assert_eq!(above, [("test:h", &Value::from(51.0)), ("test:p", &Value::Null)]);
    assert_eq!((hit["relations"].as_array().unwrap().len(), &hit["programme"][0]), (2, &Value::from("XX-1")));
    let (lines, _) = folder.run(&["screen", "Bromelko Werke", "--format", "ftm"]);
    let shares = lines.lines().filter(|line| line.contains(r#""schema":"Ownership""#)).count();
    assert_eq!(shares, 2, "{lines}");
    folder.write("table.csv", "name\nBromelko Werke\n");
    let (csv, _) = folder.run(&["screen", "--table", "table.csv"]);
    assert!(csv.contains("owned_by") && csv.contains("majority shareholder"), "{csv}");
}

#[test]
fn a_case_tells_what_the_lists_state_apart_from_the_reports() {
    let folder = Folder::new("case");
    folder.write("a.txt", "The company Bromelko Werke opened an office in Vienna on Monday.\n");
    folder.write("b.txt", "Tarvanis Holding will hold its meeting in Bern next week.\n");
    let (json, _) = folder.run(&["read", "--case", "a.txt", "b.txt", "--format", "json"]);
    let case: Value = serde_json::from_str(&json).unwrap();
    let listed = case["listed"].as_array().unwrap();
    assert_eq!(listed.len(), 1, "{listed:?}");
    assert_eq!((&listed[0]["list"], &listed[0]["said"]), (&"test".into(), &"owned by".into()));
    assert_eq!(listed[0]["link"]["share"], Value::from(51.0));
    assert!(case["relations"].as_array().unwrap().is_empty());
    let (text, _) = folder.run(&["read", "--case", "a.txt", "b.txt", "--width", "160"]);
    assert!(text.contains("RELATIONS THAT THE LISTS STATE"), "{text}");
    assert!(text.contains("by the list test, version "), "{text}");
    let (lines, _) = folder.run(&["read", "--case", "a.txt", "b.txt", "--format", "ftm"]);
    assert!(lines.contains("by the list test"), "{lines}");
}
