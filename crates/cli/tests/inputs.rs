//! What becomes of every input of `lagebild read`, and what is refused, as whole processes.

#![expect(clippy::unwrap_used, reason = "tests")]

mod support;

use serde_json::Value;
use std::path::Path;
use support::{folder, lagebild, run, stderr, stdout};

const ARTICLE: &str = "Kreml: Keine Lieferungen geplant\n\nMoskau – Nordkorea könnte Russland Artilleriegeschosse \
    liefern, sagte Kremlsprecher Dmitri Peskow am Montag. „Ich bestätige das nicht.“\n";

/// A folder with two articles and what else may lie about.
fn mixed(folder: &Path) {
    let files: [(&str, &[u8]); 9] = [
        ("a.txt", ARTICLE.as_bytes()),
        ("b.pdf", b"%PDF-1.7 \0\0"),
        ("c.docx", b"PK\x03\x04"),
        ("d.png", b"\x89PNG"),
        ("e-empty.txt", b""),
        ("f-binary.txt", b"%PDF-1.7"),
        (
            "g.html",
            b"<html><body><p>Der Zoll hat die Maschinen beschlagnahmt, sagte der Minister.</p></body></html>",
        ),
        (".hidden", b"x"),
        ("sub/h.jpg", b"\xFF\xD8\xFF"),
    ];
    std::fs::create_dir_all(folder.join("sub")).unwrap();
    for (name, content) in files {
        std::fs::write(folder.join(name), content).unwrap();
    }
}

/// Name and state of each input.
fn states(account: &Value) -> Vec<(String, String)> {
    let one = |input: &Value| {
        let unread = input["state"] == "skipped" || input["state"] == "failed";
        assert_eq!(input["reason"].is_string(), unread, "{input}");
        let name = input["input"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
        (name, input["state"].as_str().unwrap().to_owned())
    };
    account["inputs"].as_array().unwrap().iter().map(one).collect()
}

const WANTED: [(&str, &str); 9] = [
    (".hidden", "skipped"),
    ("a.txt", "read"),
    ("b.pdf", "failed"),
    ("c.docx", "failed"),
    ("d.png", "skipped"),
    ("e-empty.txt", "failed"),
    ("f-binary.txt", "failed"),
    ("g.html", "read"),
    ("h.jpg", "skipped"),
];

fn wanted() -> Vec<(String, String)> {
    WANTED.iter().map(|(name, state)| ((*name).to_owned(), (*state).to_owned())).collect()
}

#[test]
fn every_file_of_a_folder_is_accounted_for_in_every_form() {
    let folder = folder("account");
    mixed(&folder);
    let path = folder.to_str().unwrap();
    let read = |more: &[&str]| run(&[&["read", path, "--as-of", "2026-05-01"][..], more].concat());

    let text = read(&[]);
    assert_eq!(text.status.code(), Some(3));
    let summary = stderr(&text);
    assert!(summary.contains("9 inputs: 2 read, 3 skipped, 4 failed"), "{summary}");
    for (name, reason) in
        [("b.pdf", "a PDF that is broken"), ("e-empty.txt", "empty"), ("f-binary.txt", "a PDF")]
    {
        let told = summary.lines().any(|line| line.contains(name) && line.contains(reason));
        assert!(told, "{name}: {summary}");
    }

    let json = read(&["--format", "json"]);
    assert_eq!(json.status.code(), Some(3));
    let lines: Vec<Value> = stdout(&json).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 3);
    assert!(lines[..2].iter().all(|line| line["schema"] == "lagebild.reading/1"));
    assert_eq!(lines[2]["schema"], "lagebild.inputs/1");
    assert_eq!(states(&lines[2]), wanted());

    let case: Value = serde_json::from_str(&stdout(&read(&["--format", "json", "--case"]))).unwrap();
    assert_eq!(case["schema"], "lagebild.case/1");
    assert_eq!(states(&case["inputs"]), wanted());
}

#[test]
fn one_file_prints_one_object() {
    let folder = folder("account-one");
    let file = folder.join("a.txt");
    std::fs::write(&file, ARTICLE).unwrap();
    let output = run(&["read", "--format", "json", file.to_str().unwrap()]);
    assert_eq!((stdout(&output).lines().count(), stderr(&output).contains("inputs:")), (1, false));
    assert_eq!(output.status.code(), Some(0));
    // Hidden files alone are no reason to worry anybody.
    std::fs::write(folder.join(".DS_Store"), "x").unwrap();
    let output = run(&["read", "--format", "json", folder.to_str().unwrap()]);
    assert_eq!((stdout(&output).lines().count(), output.status.code()), (2, Some(0)));
}

#[test]
fn a_resumed_folder_accounts_for_every_file_again() {
    let folder = folder("account-resume");
    let (articles, readings) = (folder.join("in"), folder.join("out"));
    mixed(&articles);
    // More articles in one file than are read side by side: all come from the same bytes.
    let many: Vec<String> = (0..70)
        .map(|n| format!("{{\"title\": \"Nr. {n}\", \"text\": \"Der Zoll meldet {n} Kisten.\"}}"))
        .collect();
    std::fs::write(articles.join("many.json"), format!("[{}]", many.join(","))).unwrap();
    let arguments = [
        "read",
        articles.to_str().unwrap(),
        "--format",
        "json",
        "--as-of",
        "2026-05-01",
        "--out-dir",
        readings.to_str().unwrap(),
        "--resume",
    ];
    let account = || -> Value {
        let output = run(&arguments);
        assert_eq!(output.status.code(), Some(3), "{}", stderr(&output));
        serde_json::from_slice(&std::fs::read(readings.join("inputs.json")).unwrap()).unwrap()
    };
    let first = account();
    assert_eq!((&first["read"], &first["already_read"]), (&72.into(), &0.into()));
    let files = std::fs::read_dir(&readings).unwrap().count();
    assert_eq!(files, 72 + 2, "each document has its file; the log and the account stand beside them");
    std::fs::write(articles.join("new.txt"), ARTICLE).unwrap();
    let second = account();
    assert_eq!(
        (&second["read"], &second["already_read"]),
        (&1.into(), &72.into()),
        "the same words under another name"
    );
    assert_eq!((&second["skipped"], &second["failed"]), (&3.into(), &4.into()));
}

#[test]
fn what_cannot_be_is_refused_with_what_is_allowed() {
    let folder = folder("refused");
    let file = folder.join("a.txt");
    std::fs::write(&file, ARTICLE).unwrap();
    let (path, out) = (file.to_str().unwrap(), folder.join("x.foo"));
    let page = folder.join("x.html");
    let (out, page) = (out.to_str().unwrap(), page.to_str().unwrap());
    let refused: [(&[&str], &str); 9] = [
        (&["read", path, "--language", "xx"], "de, el, en"),
        (&["read", path, "--as-of", "2023-02-30"], "2023-02-30"),
        (&["read", path, "--published", "2023-13-01"], "2023-13-01"),
        (&["read", path, "--out", out], ".html"),
        (&["read", path, "--format", "html", "--out", out], ".html"),
        (&["read", path, "--format", "csv", "--out", page], ".csv"),
        (&["read", path, "--lists", "stored"], "lagebild lists update"),
        (&["check", "--from", "XX", "--to", "RU", "--goods", "coal", "--on", "2023-09-13"], "ISO 3166-1"),
        (&["check", "--from", "KP", "--to", "RU", "--goods", "coal", "--on", "2023-02-30"], "2023-02-30"),
    ];
    for (arguments, allowed) in refused {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", stderr(&output));
        assert!(stderr(&output).contains(allowed), "{arguments:?}: {}", stderr(&output));
    }
    assert!(!Path::new(out).exists() && !Path::new(page).exists());
    // What is right is taken: the ending gives the form.
    assert_eq!(run(&["read", path, "--out", page]).status.code(), Some(0));
    assert!(std::fs::read_to_string(page).unwrap().starts_with("<!DOCTYPE html>"));
    assert_eq!(run(&["read", path, "--language", "de-AT"]).status.code(), Some(0));
    let named =
        run(&["check", "--from", "North Korea", "--to", "RU", "--goods", "coal", "--on", "2023-09-13"]);
    assert_eq!(
        named.status.code(),
        run(&["check", "--from", "KP", "--to", "RU", "--goods", "coal", "--on", "2023-09-13"]).status.code()
    );
}

#[test]
fn every_view_names_each_list_with_its_day_and_warns() {
    let folder = folder("list-days");
    let list = |date: &str, name: &str| {
        format!(
            "<CONSOLIDATED_LIST dateGenerated='{date}T00:00:00Z'><ENTITY><REFERENCE_NUMBER>{name}</REFERENCE_NUMBER>\
             <FIRST_NAME>{name} Trading</FIRST_NAME></ENTITY></CONSOLIDATED_LIST>"
        )
    };
    let store = folder.join("store");
    for (name, date) in [("un-sc", "2024-05-07"), ("mine", "2023-08-01")] {
        let file = folder.join("list.xml");
        std::fs::write(&file, list(date, "Alder")).unwrap();
        let added = lagebild()
            .env("LAGEBILD_LISTS", &store)
            .args(["lists", "add", name, file.to_str().unwrap()])
            .output()
            .unwrap();
        assert!(added.status.success(), "{}", stderr(&added));
    }
    let article = folder.join("a.txt");
    std::fs::write(&article, ARTICLE).unwrap();
    let read = |format: &str| {
        let arguments = [
            "read",
            article.to_str().unwrap(),
            "--published",
            "2023-09-12",
            "--format",
            format,
            "--width",
            "300",
        ];
        stdout(&lagebild().env("LAGEBILD_LISTS", &store).args(arguments).output().unwrap())
    };
    for format in ["text", "html", "ftm"] {
        let shown = read(format);
        assert!(shown.contains("mine of 2023-08-01, un-sc of 2024-05-07"), "{format}: {shown}");
        assert!(
            shown.contains("un-sc of 2024-05-07: younger than the day that counts (2023-09-12)"),
            "{format}"
        );
        assert!(shown.contains("mine of 2023-08-01: stale"), "{format}");
        assert!(!shown.contains("lists and measures as of"), "{format}");
    }
    let csv = read("csv");
    let row = |words: &[&str]| csv.lines().any(|line| words.iter().all(|word| line.contains(word)));
    assert!(row(&[",list,un-sc,", "2024-05-07"]) && row(&[",list,mine,", "2023-08-01"]), "{csv}");
    assert!(row(&[",warning,", "un-sc of 2024-05-07: younger"]) && row(&[",warning,", "stale"]), "{csv}");
    let json: Value = serde_json::from_str(&read("json")).unwrap();
    let dates: Vec<&Value> =
        json["stamp"]["watchlist"]["lists"].as_array().unwrap().iter().map(|list| &list["date"]).collect();
    assert_eq!(dates, ["2023-08-01", "2024-05-07"]);
    assert_eq!(json["warnings"].as_array().unwrap().len(), 2, "{}", json["warnings"]);
}

#[test]
fn a_language_without_words_says_so_in_every_view() {
    let folder = folder("languages");
    let file = folder.join("a.txt");
    std::fs::write(
        &file,
        "Minister odmietol obvinenia\n\nBratislava – Minister povedal, že na loď nenaložili žiadne zbrane.\n",
    )
    .unwrap();
    for format in ["text", "json", "html", "csv", "ftm"] {
        let arguments =
            ["read", file.to_str().unwrap(), "--format", format, "--as-of", "2026-05-01", "--width", "300"];
        let shown = stdout(&run(&arguments));
        assert!(
            shown.contains("the language sk: who says what, transfers and events are not read"),
            "{format}: {shown}"
        );
    }
}

/// A page as a scanner leaves it: one picture of black and white points, no words.
const SCAN: &[u8] = include_bytes!("scan.pdf");

#[test]
fn a_scanned_page_without_tesseract_says_what_to_install() {
    let folder = folder("scan-without");
    let file = folder.join("scan.pdf");
    std::fs::write(&file, SCAN).unwrap();
    let path = file.to_str().unwrap();
    let output = lagebild().env("PATH", &folder).args(["read", path]).output().unwrap();
    assert_eq!(output.status.code(), Some(3));
    assert!(stderr(&output).contains("apt install tesseract-ocr"), "{}", stderr(&output));
    let output = run(&["read", path, "--no-ocr"]);
    assert_eq!(output.status.code(), Some(3));
    assert!(stderr(&output).contains("its words are not recognised (--no-ocr)"), "{}", stderr(&output));
    let output = lagebild().env("PATH", &folder).args(["doctor"]).output().unwrap();
    assert!(
        stdout(&output).contains("lacking  scanned pages: not read: install tesseract"),
        "{}",
        stdout(&output)
    );
}

#[test]
fn a_scanned_page_is_read_and_every_view_says_so() {
    let langs = std::process::Command::new("tesseract").arg("--list-langs").output();
    let has_english = langs.is_ok_and(|told| {
        let told = [told.stdout, told.stderr].concat();
        String::from_utf8_lossy(&told).lines().any(|line| line == "eng")
    });
    if !has_english {
        eprintln!("NOT TESTED: tesseract with English is not installed, so no scanned page was read");
        return;
    }
    let folder = folder("scan");
    let file = folder.join("scan.pdf");
    std::fs::write(&file, SCAN).unwrap();
    let read = |more: &[&str]| {
        let output =
            run(&[&["read", file.to_str().unwrap(), "--language", "en", "--width", "200"], more].concat());
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        stdout(&output)
    };
    let json: Value = serde_json::from_str(&read(&["--format", "json"])).unwrap();
    let ocr = &json["document"]["origin"]["ocr"];
    assert!(ocr["program"].as_str().unwrap().starts_with("tesseract "), "{ocr}");
    assert_eq!((&ocr["languages"], &ocr["pages"]), (&serde_json::json!(["eng"]), &serde_json::json!([1])));
    assert!(ocr["confidence"].as_u64().unwrap() > 80, "{ocr}");
    let text = json["text"].as_str().unwrap();
    assert!(text.contains("North Korea has shipped artillery shells to Russia"), "{text}");
    assert_eq!(json["document"]["places"][0]["label"], "p. 1");
    for format in ["text", "html", "csv", "ftm"] {
        let shown = read(&["--format", format]);
        assert!(shown.contains("recognised in pictures by tesseract"), "{format}: {shown}");
    }
    // The same words by the same program are not read again.
    let out = folder.join("out");
    let resumed = || -> Value {
        let into = out.to_str().unwrap();
        run(&["read", file.to_str().unwrap(), "--language", "en", "--out-dir", into, "--resume"]);
        serde_json::from_slice(&std::fs::read(out.join("inputs.json")).unwrap()).unwrap()
    };
    assert_eq!(resumed()["read"], 1);
    assert_eq!(resumed()["already_read"], 1);
}
