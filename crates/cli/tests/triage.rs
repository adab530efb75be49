//! `lagebild triage` as a whole process: the order, the copies, the filters, the forms.

#![expect(clippy::unwrap_used, reason = "tests")]

mod support;

use serde_json::Value;
use std::path::Path;
use support::{folder, run, stdout};

const FLOW: &str = "Lieferung bestätigt\n\nNordkorea hat Russland Artilleriegeschosse geliefert, sagte der Minister in Seoul. \
    Die Geschosse kamen mit drei Schiffen im Hafen von Rason an und wurden dort in der Nacht auf einen Zug nach Norden verladen. \
    Zwei Fahrer aus dem Ort sahen die Kisten, deren Aufschrift sie nicht lesen konnten, und erzählten davon.\n";
const HARVEST: &str = "Wenig Weizen\n\nIm Norden haben die Bauern in diesem Jahr so wenig Weizen geerntet wie lange nicht. Der \
    Verband will nun mit den Händlern reden.\n";

fn written(folder: &Path) {
    let copy = FLOW.replace("Lieferung bestätigt", "Was der Minister weiß");
    for (name, text) in [("a.txt", HARVEST), ("b.txt", FLOW), ("c.txt", &copy)] {
        std::fs::write(folder.join(name), text).unwrap();
    }
}

fn list(folder: &Path, more: &[&str]) -> Value {
    let path = folder.to_str().unwrap();
    let args = ["triage", path, "--lists", "starter", "--as-of", "2024-05-01", "--format", "json"];
    serde_json::from_str(&stdout(&run(&[&args[..], more].concat()))).unwrap()
}

#[test]
fn what_touches_a_provision_stands_first_and_copies_are_one_line() {
    let folder = folder("triage");
    written(&folder);
    let all = list(&folder, &[]);
    let lines = all["lines"].as_array().unwrap();
    assert_eq!((lines.len(), &all["totals"]["documents"]), (2, &Value::from(3)), "{all}");
    assert!(lines[0]["source"].as_str().unwrap().ends_with("b.txt"), "{all}");
    assert!(lines[0]["copies"][0].as_str().unwrap().ends_with("c.txt"), "{all}");
    assert!(lines[0]["reason"].as_str().unwrap().contains("Artilleriegeschosse"), "{all}");
    assert!(lines[0]["score"].as_f64() > lines[1]["score"].as_f64(), "{all}");
}

#[test]
fn filters_leave_lines_out_and_weights_can_be_changed() {
    let folder = folder("triage-filter");
    written(&folder);
    assert_eq!(list(&folder, &["--regime", "UN-1718"])["totals"]["shown"], 1);
    assert_eq!(list(&folder, &["--country", "ir"])["totals"]["shown"], 0);
    assert_eq!(list(&folder, &["--since", "2024-01-01"])["totals"]["shown"], 0, "no day is known");
    let yaml =
        std::fs::read_to_string("../../data/triage.yaml").unwrap().replace("touched: 40", "touched: 400");
    let weights = support::folder("triage-weights").join("weights.yaml");
    std::fs::write(&weights, yaml).unwrap();
    let score = |more: &[&str]| list(&folder, more)["lines"][0]["score"].as_f64().unwrap();
    assert!(score(&["--weights", weights.to_str().unwrap()]) > score(&[]));
}
