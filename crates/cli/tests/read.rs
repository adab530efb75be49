//! `lagebild read` and `lagebild demo` as whole processes: forms, exit codes, faults, determinism.

mod support;

use serde_json::Value;
use std::io::Write;
use std::process::Stdio;
use support::{folder, lagebild, run, stderr, stdout};

const ARTICLE: &str = "Kreml: Keine Lieferungen geplant\n\nMoskau – Nordkorea könnte Russland Artilleriegeschosse \
    liefern, sagte Kremlsprecher Dmitri Peskow am Montag. „Ich bestätige das nicht.“\n";

#[test]
fn the_demo_prints_a_case_of_three_documents() {
    let output = run(&["demo", "--full", "--width", "80"]);
    assert!(output.status.success(), "{}", stderr(&output));
    let text = stdout(&output);
    assert!(stderr(&output).contains("Not for compliance"));
    for section in
        ["NAMES THAT MAY BE LISTED", "WHAT IS SAID TO GO", "WHICH PROVISIONS", "WHO SAYS WHAT", "THE CASE"]
    {
        assert!(text.contains(section), "{section} is missing");
    }
    assert!(text.contains("S/RES/1874 (2009)"), "arms from the DPRK touch resolution 1874");
    assert!(!text.contains('\u{1b}'), "no colour where the output is not a terminal");
    for (number, line) in text.lines().enumerate() {
        assert!(unicode_width(line) <= 80, "line {number} is wider than 80 columns: {line}");
    }
}

/// The whole reading of the three articles in its short form, read line by line against them by people. Whoever changes
/// it has to do so again.
#[test]
fn the_demo_reads_its_articles_as_a_careful_reader_would() {
    let text = stdout(&run(&["demo", "--width", "100"]));
    assert_eq!(text, include_str!("expected/demo.txt"));
}

#[test]
fn the_demo_fits_two_screens_and_says_what_comes_next() {
    let text = stdout(&run(&["demo", "--width", "100"]));
    assert!(text.lines().count() <= 48, "{} lines:\n{text}", text.lines().count());
    assert!(text.lines().all(|line| unicode_width(line) <= 100), "{text}");
    let end: Vec<&str> = text.lines().rev().take(4).collect();
    assert!(
        end[..3].iter().all(|line| line.trim_start().starts_with("lagebild ")) && end[3] == "Next:",
        "{text}"
    );
}

#[test]
fn the_order_is_listed_names_then_transfers_then_provisions() {
    let text = stdout(&run(&["demo", "--full", "--width", "100"]));
    let at = |heading: &str| text.find(heading).unwrap();
    assert!(at("NAMES THAT MAY BE LISTED") < at("WHAT IS SAID TO GO"));
    assert!(
        at("WHAT IS SAID TO GO") < at("WHICH PROVISIONS") && at("WHICH PROVISIONS") < at("WHO SAYS WHAT")
    );
    assert!(text.contains("--explain opens each entry") && !text.contains("born "), "folded");
    let open = stdout(&run(&["demo", "--explain", "--width", "100"]));
    assert!(open.contains("born 1984") && open.contains("listed 2016-07-06"), "opened: {open}");
}

#[test]
fn what_is_denied_is_told_apart_and_does_not_fail_as_certain() {
    let folder = folder("denied");
    let fails = |name: &str, text: &str, what: &str| {
        let file = folder.join(name);
        std::fs::write(&file, text).unwrap();
        run(&["read", file.to_str().unwrap(), "--language", "en", "--as-of", "2023-09-12", "--fail-on", what])
            .status
            .code()
            == Some(1)
    };
    let (claim, denial, maybe) = (
        "North Korea has supplied Russia with artillery shells.\n",
        "North Korea has not supplied Russia with artillery shells.\n",
        "North Korea may supply Russia with artillery shells.\n",
    );
    let levels = ["touched", "touched:possible", "touched:probable", "touched:certain"];
    assert_eq!(levels.map(|level| fails("claim.txt", claim, level)), [true; 4]);
    assert_eq!(levels.map(|level| fails("maybe.txt", maybe, level)), [true, true, false, false]);
    assert_eq!(levels.map(|level| fails("denial.txt", denial, level)), [true, false, false, false]);
    let file = folder.join("denial.txt");
    let text = stdout(&run(&["read", file.to_str().unwrap(), "--language", "en", "--as-of", "2023-09-12"]));
    assert!(text.contains("✗ denied") && text.contains("touched, if true: denied"), "{text}");
}

#[test]
fn the_same_input_gives_the_same_bytes_on_any_number_of_threads() {
    let folder = folder("determinism");
    for n in 0..20 {
        std::fs::write(
            folder.join(format!("{n:02}.txt")),
            ARTICLE.replace("Montag", &format!("{n}. Mai 2023")),
        )
        .unwrap();
    }
    let path = folder.to_str().unwrap();
    for format in ["json", "csv", "ftm", "html", "text"] {
        let read = |threads| {
            run(&["read", path, "--format", format, "--as-of", "2023-09-12", "--threads", threads]).stdout
        };
        let one = read("1");
        assert!(!one.is_empty());
        assert!(one == read("1") && one == read("2") && one == read("7"), "{format} differs");
    }
}

#[test]
fn json_follows_the_contract() {
    let folder = folder("contract");
    let file = folder.join("article.txt");
    std::fs::write(&file, ARTICLE).unwrap();
    let output = run(&["read", "--format", "json", "--as-of", "2023-09-12", file.to_str().unwrap()]);
    let reading: Value = serde_json::from_slice(&output.stdout).expect("one object");
    assert_eq!(reading["schema"], "lagebild.reading/1");
    assert_eq!(reading["text"], ARTICLE);
    assert_eq!(reading["stamp"]["as_of"], "2023-09-12");
    for field in ["lagebild", "models", "watchlist", "measures"] {
        assert!(!reading["stamp"][field].is_null(), "stamp.{field}");
    }
    for list in ["entities", "mentions", "statements", "transfers", "events", "findings"] {
        assert!(reading[list].is_array(), "{list}");
    }
    assert!(reading["entities"].as_array().unwrap().iter().any(|entity| entity["country"] == "kp"));
    assert!(
        reading["entities"]
            .as_array()
            .unwrap()
            .iter()
            .any(|entity| !entity["matches"].as_array().unwrap().is_empty())
    );
    assert!(support_spans_fit(&reading, ARTICLE));
}

#[test]
fn broken_inputs_are_named_and_the_others_are_read() {
    let folder = folder("faults");
    std::fs::write(folder.join("a-good.txt"), ARTICLE).unwrap();
    std::fs::write(folder.join("b-empty.txt"), "").unwrap();
    std::fs::write(folder.join("c-binary.txt"), [0_u8, 159, 146, 150, 0, 1, 2, 255, 254, 0, 7].repeat(100))
        .unwrap();
    std::fs::write(
        folder.join("d-latin1.txt"),
        b"Au\xdfenminister reist nach M\xfcnchen\n\nBerlin. Er kommt.",
    )
    .unwrap();
    std::fs::write(folder.join("e-broken.html"), "<html><body><p>Offen <b>und <div>nie zu").unwrap();
    std::fs::write(folder.join("f-lines.jsonl"), "{\"title\":\"A\",\"text\":\"Eine Meldung.\"}\n{broken\n")
        .unwrap();
    let output = run(&[
        "read",
        "--format",
        "json",
        "--as-of",
        "2023-09-12",
        folder.to_str().unwrap(),
        "/nicht/da.txt",
    ]);
    assert_eq!(output.status.code(), Some(3));
    let errors = stderr(&output);
    for name in ["b-empty.txt", "c-binary.txt", "f-lines.jsonl", "/nicht/da.txt"] {
        assert!(errors.contains(name), "{name} is not named in: {errors}");
    }
    let lines = stdout(&output).lines().count();
    assert!(lines >= 4, "the four readable documents are read, got {lines}: {errors}");
}

#[test]
fn exit_codes_are_as_documented() {
    let folder = folder("exit-codes");
    let file = folder.join("article.txt");
    std::fs::write(&file, ARTICLE).unwrap();
    let path = file.to_str().unwrap();
    assert_eq!(run(&["read", path, "--fail-on", "listed"]).status.code(), Some(1));
    assert_eq!(run(&["read", path, "--fail-on", "touched"]).status.code(), Some(1));
    assert_eq!(run(&["read", path]).status.code(), Some(0));
    assert_eq!(run(&["read"]).status.code(), Some(2));
    assert_eq!(run(&["read", path, "--published", "gestern"]).status.code(), Some(2));
    assert_eq!(run(&["read", path, "--width", "10"]).status.code(), Some(2));
    let nothing = folder.join("empty");
    std::fs::create_dir(&nothing).unwrap();
    assert_eq!(run(&["read", nothing.to_str().unwrap()]).status.code(), Some(3));
}

#[test]
fn standard_input_is_read() {
    let mut child = lagebild()
        .args(["read", "-", "--format", "csv", "--as-of", "2023-09-12"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(ARTICLE.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(stdout(&output).starts_with("source,published,row,"));
    assert!(stdout(&output).contains("finding"));
}

#[test]
fn a_folder_of_readings_can_be_resumed() {
    let folder = folder("resume");
    let (articles, readings) = (folder.join("in"), folder.join("out"));
    std::fs::create_dir(&articles).unwrap();
    std::fs::write(articles.join("one.txt"), ARTICLE).unwrap();
    let arguments = [
        "read",
        articles.to_str().unwrap(),
        "--format",
        "json",
        "--as-of",
        "2023-09-12",
        "--out-dir",
        readings.to_str().unwrap(),
        "--resume",
    ];
    assert!(run(&arguments).status.success());
    let first = std::fs::metadata(readings.join("one.json")).unwrap().modified().unwrap();
    std::fs::write(articles.join("two.txt"), ARTICLE.replace("Montag", "Dienstag")).unwrap();
    let second = run(&arguments);
    assert!(stderr(&second).contains("2 inputs: 1 read, 1 already read"), "{}", stderr(&second));
    assert!(readings.join("two.json").exists());
    assert_eq!(first, std::fs::metadata(readings.join("one.json")).unwrap().modified().unwrap());
}

#[test]
fn words_of_the_article_cannot_drive_a_terminal_browser_or_spreadsheet() {
    let folder = folder("hostile");
    let file = folder.join("hostile.txt");
    let text = "<script>alert(1)</script> Überschrift\n\nMoskau – „=cmd|' /C calc'!A0 \u{1b}[31m Nordkorea liefert \
        Waffen an Russland \u{202e}“, sagte Kremlsprecher Dmitri Peskow.\n";
    std::fs::write(&file, text).unwrap();
    let path = file.to_str().unwrap();
    let plain = stdout(&run(&["read", path, "--as-of", "2023-09-12"]));
    assert!(!plain.contains('\u{1b}') && !plain.contains('\u{202e}'));
    let html = stdout(&run(&["read", path, "--format", "html", "--as-of", "2023-09-12"]));
    assert!(!html.contains("<script>alert") && html.contains("&lt;script&gt;alert"));
    let csv = stdout(&run(&["read", path, "--format", "csv", "--as-of", "2023-09-12"]));
    assert!(
        csv.lines()
            .flat_map(|line| line.split(','))
            .all(|cell| !cell.trim_start_matches('"').starts_with('='))
    );
}

/// Every `{start, end}` anywhere in the reading lies on character boundaries inside the text.
fn support_spans_fit(value: &Value, text: &str) -> bool {
    let here = match (value["start"].as_u64(), value["end"].as_u64()) {
        (Some(start), Some(end)) => text.get(start as usize..end as usize).is_some(),
        _ => true,
    };
    let below = match value {
        Value::Array(items) => items.iter().all(|item| support_spans_fit(item, text)),
        Value::Object(fields) => fields.values().all(|field| support_spans_fit(field, text)),
        _ => true,
    };
    here && below
}

fn unicode_width(line: &str) -> usize {
    unicode_width::UnicodeWidthStr::width(line)
}

#[test]
fn quick_reading_names_and_says_that_nothing_else_was_looked_for() {
    let text =
        "Kim Jong Un besuchte Wladimir Putin. Nordkorea liefert Russland Granaten, sagte ein Sprecher.";
    let file = folder("quick").join("article.txt");
    std::fs::write(&file, text).unwrap();
    let read = |more: &[&str]| -> Value {
        let file = file.to_str().unwrap();
        let output = run(&[&["read", "--format", "json", "--lists", "starter", file], more].concat());
        serde_json::from_str(&stdout(&output)).unwrap()
    };
    let (quick, whole) = (read(&["--quick"]), read(&[]));
    let listed = |reading: &Value| {
        let entities = reading["entities"].as_array().unwrap();
        entities.iter().filter(|entity| !entity["matches"].as_array().unwrap().is_empty()).count()
    };
    assert_eq!((listed(&quick), listed(&whole)), (2, 2));
    assert_eq!(quick["transfers"].as_array().unwrap().len(), 0);
    assert!(!whole["transfers"].as_array().unwrap().is_empty());
    assert!(quick["warnings"].to_string().contains("names alone"));
    assert!(quick["stamp"]["models"].as_object().unwrap().is_empty());
}

#[test]
fn less_sure_transfers_can_be_left_out() {
    let flows = |border: &str| {
        let text = stdout(&run(&["demo", "--format", "json", "--min-confidence", border]));
        let case: serde_json::Value = serde_json::from_str(&text).unwrap();
        let readings = case["readings"].as_array().unwrap().clone();
        let all = readings.iter().flat_map(|reading| reading["transfers"].as_array().unwrap().clone());
        all.map(|transfer| transfer["confidence"].as_f64().unwrap()).collect::<Vec<_>>()
    };
    let (all, sure) = (flows("0"), flows("0.6"));
    assert!(!sure.is_empty() && sure.len() < all.len(), "{} of {}", sure.len(), all.len());
    assert!(sure.iter().all(|confidence| *confidence >= 0.6), "{sure:?}");
    let wrong = run(&["demo", "--min-confidence", "7"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("from 0 to 1"));
}

/// The rows of a table as maps from column to value.
#[cfg(feature = "parquet")]
#[expect(clippy::unwrap_used, reason = "tests")]
fn rows(
    folder: &std::path::Path,
    table: &str,
) -> Vec<std::collections::BTreeMap<String, parquet::record::Field>> {
    use parquet::file::reader::SerializedFileReader;
    let file = std::fs::File::open(folder.join(format!("{table}.parquet"))).unwrap();
    let rows = SerializedFileReader::new(file).unwrap().into_iter();
    rows.map(|row| row.unwrap().into_columns().into_iter().collect()).collect()
}

#[test]
#[cfg(feature = "parquet")]
fn tables_hold_what_the_readings_hold() {
    use parquet::record::Field;
    let folder = folder("tables");
    let (one, two, out) = (folder.join("a.txt"), folder.join("b.txt"), folder.join("out"));
    std::fs::write(&one, ARTICLE).unwrap();
    std::fs::write(&two, ARTICLE).unwrap();
    let inputs = [one.to_str().unwrap(), two.to_str().unwrap()];
    let read =
        |more: &[&str]| run(&[&["read", inputs[0], inputs[1], "--as-of", "2023-09-12"], more].concat());
    let json = stdout(&read(&["--format", "json"]));
    let readings: Vec<Value> = json.lines().take(2).map(|line| serde_json::from_str(line).unwrap()).collect();
    let written = read(&["--format", "parquet", "--out", out.to_str().unwrap()]);
    assert_eq!(written.status.code(), Some(0), "{}", stderr(&written));

    let text = |field: &Field| if let Field::Str(text) = field { Some(text.clone()) } else { None };
    let documents = rows(&out, "documents");
    assert_eq!(documents.len(), 2);
    for (row, reading) in documents.iter().zip(&readings) {
        assert_eq!(text(&row["text"]).as_deref(), reading["text"].as_str());
        assert_eq!(text(&row["sha256"]).as_deref(), reading["document"]["sha256"].as_str());
        assert_eq!(text(&row["measures_hash"]).as_deref(), reading["stamp"]["measures"]["hash"].as_str());
        assert!(matches!(row["as_of"], Field::Date(_)), "{:?}", row["as_of"]);
    }
    assert_ne!(documents[0]["document"], documents[1]["document"], "the same bytes under another name");
    for table in ["entities", "statements", "transfers"] {
        let all = rows(&out, table);
        let wanted: Vec<&Value> =
            readings.iter().flat_map(|reading| reading[table].as_array().unwrap()).collect();
        assert_eq!(all.len(), wanted.len(), "{table}");
        assert!(!all.is_empty(), "{table}");
        for (row, wanted) in all.iter().zip(wanted) {
            assert_eq!(text(&row["id"]).as_deref(), wanted["id"].as_str());
            assert!(documents.iter().any(|document| document["document"] == row["document"]));
        }
    }
    for row in rows(&out, "transfers") {
        let (Field::Long(start), Field::Long(end)) = (&row["item_start"], &row["item_end"]) else {
            panic!("{row:?}")
        };
        let words = ARTICLE.get(usize::try_from(*start).unwrap()..usize::try_from(*end).unwrap());
        assert_eq!(text(&row["item"]).as_deref(), words);
        assert!(text(&row["status"]).is_some() && text(&row["certainty"]).is_some(), "{row:?}");
        assert!(matches!(row["confidence"], Field::Double(share) if (0.0..=1.0).contains(&share)), "{row:?}");
    }
    let told: usize = readings.iter().map(|reading| reading["findings"].as_array().unwrap().len()).sum();
    let findings = rows(&out, "findings");
    assert_eq!(findings.iter().filter(|row| row["beside"] == Field::Null).count(), told);
    let names: Vec<String> = std::fs::read_dir(&out)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    assert!(names.len() == 6 && !names.iter().any(|name| name.contains(".part")), "{names:?}");
}

#[test]
#[cfg(feature = "parquet")]
fn tables_refuse_what_does_not_go_with_them() {
    let folder = folder("tables-refused");
    let file = folder.join("a.txt");
    std::fs::write(&file, ARTICLE).unwrap();
    let (path, out) = (file.to_str().unwrap(), folder.join("out"));
    let out = out.to_str().unwrap();
    let refused: [(&[&str], &str); 5] = [
        (&[], "name it with --out"),
        (&["--out", path], "wants a folder"),
        (&["--out", out, "--case"], "leave --case out"),
        (&["--out", out, "--resume"], "instead of --resume"),
        (&["--out-dir", out, "--resume"], "instead of --resume"),
    ];
    for (more, reason) in refused {
        let output = run(&[&["read", path, "--format", "parquet"], more].concat());
        assert_eq!(output.status.code(), Some(2), "{more:?}: {}", stderr(&output));
        assert!(stderr(&output).contains(reason), "{more:?}: {}", stderr(&output));
    }
    let output = run(&["read", path, "--resume"]);
    assert_eq!((output.status.code(), stderr(&output).contains("--out-dir")), (Some(2), true));
}
