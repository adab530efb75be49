//! `lagebild screen` as a whole process: a name, a record, a table.

#![expect(clippy::unwrap_used, reason = "tests")]

use std::path::{Path, PathBuf};
use std::process::Command;

const LIST: &str = r#"{"id":"a","schema":"Person","caption":"Dmitri Muster","properties":{"name":["Дмитрий Мустеров","Dmitri Musterow"],"birthDate":["1967-10-17"],"nationality":["ru"]}}
{"id":"b","schema":"Company","caption":"OOO Romaschka","properties":{"name":["ООО Ромашка"],"innCode":["7707083893"]}}
{"id":"c","schema":"Vessel","caption":"BLAUE MOEWE","properties":{"name":["BLAUE MOEWE"],"imoNumber":["9161003"]}}
"#;

/// A folder of its own with one stored list.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("lagebild-screen-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("list.jsonl"), LIST).unwrap();
        let list = folder.join("list.jsonl");
        let (_, error, code) = lagebild(&folder, &["lists", "add", "test", list.to_str().unwrap()]);
        assert_eq!(code, 0, "{error}");
        Self(folder)
    }

    fn file(&self, name: &str) -> String {
        self.0.join(name).display().to_string()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Standard output, standard error, exit code; the lists are those in the folder.
fn lagebild(folder: &Path, args: &[&str]) -> (String, String, i32) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lagebild"));
    let output = command.args(args).env("LAGEBILD_LISTS", folder.join("lists")).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (text(&output.stdout), text(&output.stderr), output.status.code().unwrap())
}

#[test]
fn a_name_is_answered_and_its_score_taken_apart() {
    let folder = Folder::new("name");
    let (text, _, code) =
        lagebild(&folder.0, &["screen", "Dmitrij", "Musterov", "--explain", "--fail-on-match"]);
    assert_eq!(code, 1);
    assert!(text.contains("test:a · Person · match"), "{text}");
    assert!(text.contains("Musterov = ") && text.contains("(sound"), "{text}");
    let (text, _, code) = lagebild(&folder.0, &["screen", "Anton Beispiel", "--fail-on-match"]);
    assert!(code == 0 && text.contains("no listed party is like it"), "{text}");
}

#[test]
fn a_record_is_answered_as_json_with_lists_and_hashes() {
    let folder = Folder::new("record");
    let args = ["screen", "--id", "imoNumber=IMO 9161003", "--format", "json"];
    let (json, _, code) = lagebild(&folder.0, &args);
    assert_eq!(code, 0);
    let answer: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(answer["hits"][0]["party"], "test:c");
    assert_eq!(answer["lists"][0]["name"], "test");
    assert_eq!(answer["index"].as_str().unwrap().len(), 64);
    assert_eq!(lagebild(&folder.0, &args).0, json, "the same answer again, from the compiled index");
}

#[test]
fn a_table_is_screened_in_order_and_goes_on_where_it_stopped() {
    let folder = Folder::new("table");
    let table = folder.file("table.csv");
    let rows =
        "Kunde,Typ,Geburtsdatum\nDmitri Musterow,person,1967\nAnton Beispiel,person,\nRomashka LLC,firma,\n";
    std::fs::write(&table, rows).unwrap();
    let out = folder.file("hits.csv");
    let (_, error, code) = lagebild(&folder.0, &["screen", "--table", &table, "--out", &out]);
    assert_eq!(code, 0, "{error}");
    let whole = std::fs::read_to_string(&out).unwrap();
    let parties: Vec<&str> = whole.lines().skip(1).map(|line| line.split(',').nth(4).unwrap()).collect();
    assert_eq!(parties, ["test:a", "", "test:b"], "{whole}");
    let first: String = whole.split_inclusive('\n').take(2).collect();
    std::fs::write(&out, first).unwrap();
    lagebild(&folder.0, &["screen", "--table", &table, "--out", &out, "--resume"]);
    assert_eq!(std::fs::read_to_string(&out).unwrap(), whole);
}

#[test]
fn wrong_usage_says_what_to_do() {
    let folder = Folder::new("usage");
    let table = folder.file("odd.csv");
    std::fs::write(&table, "Wer,Was\nx,y\n").unwrap();
    let (_, error, code) = lagebild(&folder.0, &["screen", "--table", &table]);
    assert!(code != 0 && error.contains("name=Heading") && error.contains("Wer, Was"), "{error}");
    let (_, error, code) = lagebild(&folder.0, &["screen", "x", "--threshold", "7"]);
    assert!(code == 2 && error.contains("between 0 and 1"), "{error}");
    let (_, error, code) = lagebild(&folder.0, &["screen", "x", "--lists", "nope"]);
    assert!(code == 2 && error.contains("no list nope"), "{error}");
}

#[test]
fn without_lists_the_starter_list_is_asked_and_that_is_said() {
    let empty = std::env::temp_dir().join(format!("lagebild-screen-empty-{}", std::process::id()));
    let (text, error, code) = lagebild(&empty, &["screen", "Ким Чен Ын", "--schema", "person"]);
    assert!(code == 0 && error.contains("only the built-in starter list"), "{error}");
    assert!(text.contains("Kim"), "{text}");
    let (chosen, error, code) = lagebild(&empty, &["screen", "Ким Чен Ын", "--lists", "starter"]);
    assert!(code == 0 && error.is_empty() && chosen.contains("Kim"), "{error}{chosen}");
    // Who counts on stored lists is not answered from others.
    let (text, error, code) = lagebild(&empty, &["screen", "Ким Чен Ын", "--lists", "stored"]);
    assert!(code == 2 && text.is_empty() && error.contains("lagebild lists update"), "{error}");
    let (report, _, code) = lagebild(&empty, &["eval", "self", "--lists", "starter"]);
    assert!(code == 0 && report.contains("the goals are reached"), "{report}");
}

/// A table of two columns of text, as data engineers keep them.
fn parquet(path: &Path, rows: &[[&str; 2]]) {
    use parquet::data_type::{ByteArray, ByteArrayType};
    use parquet::file::{properties::WriterProperties, writer::SerializedFileWriter};
    let schema = "message table { REQUIRED BYTE_ARRAY name (UTF8); REQUIRED BYTE_ARRAY dob (UTF8); }";
    let schema = parquet::schema::parser::parse_message_type(schema).unwrap();
    let file = std::fs::File::create(path).unwrap();
    let properties = WriterProperties::builder().build();
    let mut writer = SerializedFileWriter::new(file, schema.into(), properties.into()).unwrap();
    let mut group = writer.next_row_group().unwrap();
    for column in 0..2 {
        let values: Vec<ByteArray> = rows.iter().map(|row| row[column].into()).collect();
        let mut out = group.next_column().unwrap().unwrap();
        out.typed::<ByteArrayType>().write_batch(&values, None, None).unwrap();
        out.close().unwrap();
    }
    group.close().unwrap();
    writer.close().unwrap();
}

#[test]
fn tables_of_json_lines_and_parquet_are_read_and_broken_lines_named() {
    let folder = Folder::new("formats");
    let (lines, packed) = (folder.file("in.jsonl"), folder.file("in.parquet"));
    let rows =
        "{\"name\":\"Dmitri Musterov\",\"dob\":\"1967-10-17\"}\n{broken\n{\"name\":[\"Blaue Möwe\",\"X\"]}\n";
    std::fs::write(&lines, rows).unwrap();
    parquet(Path::new(&packed), &[["Dmitri Musterov", "1967-10-17"], ["Niemand Hier", ""]]);
    let (text, error, code) = lagebild(&folder.0, &["screen", "--table", &lines]);
    assert_eq!(code, 3, "{error}");
    assert!(error.contains("name = name") && error.contains("birthDate = dob"), "{error}");
    assert!(error.contains("row 2 (line 2):"), "{error}");
    assert!(text.contains("test:a") && text.contains("test:c"), "{text}");
    let (text, error, code) = lagebild(&folder.0, &["screen", "--table", &packed]);
    assert_eq!(code, 0, "{error}");
    assert!(text.contains("test:a,Person,Dmitri Muster"), "{text}");
    assert!(text.contains("2,Niemand Hier,,"), "{text}");
}

#[test]
fn own_columns_come_through_bad_rows_go_to_a_file_and_doubts_are_asked_about() {
    let folder = Folder::new("own");
    let (table, out) = (folder.file("in.csv"), folder.file("out.csv"));
    std::fs::write(&table, "Nr;score;Nom;Prénom\n7;x;Musterow;Dmitri\n8;y;A;B;C;D\n").unwrap();
    let (_, error, code) = lagebild(&folder.0, &["screen", "--table", &table, "--out", &out]);
    assert!(code == 3 && error.contains("lastName = Nom"), "{code} {error}");
    let text = std::fs::read_to_string(&out).unwrap();
    assert!(text.starts_with("row,asked,") && text.contains(",Nr,score (table),Nom,Prénom"), "{text}");
    assert!(text.contains("test:a") && text.contains(",test,,,alias,,,7,x,Musterow,Dmitri"), "{text}");
    let unread = std::fs::read_to_string(folder.file("out.unread.csv")).unwrap();
    assert!(unread.contains("2,3,6 cells under 4 headings,8 | y | A | B | C | D"), "{unread}");
    let (_, error, code) =
        lagebild(&folder.0, &["screen", "--table", &table, "--out", &folder.file("out.xlsx")]);
    assert!(code == 2 && error.contains(".csv, .tsv or .jsonl"), "{error}");
    std::fs::write(&table, "Company,Client\nRomaschka,Otto\n").unwrap();
    let (_, error, code) = lagebild(&folder.0, &["screen", "--table", &table]);
    assert!(code == 2 && error.contains("--yes") && error.contains("--column name=HEADING"), "{error}");
    assert_eq!(lagebild(&folder.0, &["screen", "--table", &table, "--yes"]).2, 0);
}

#[test]
fn a_torn_line_is_mended_and_another_table_or_threshold_refused() {
    let folder = Folder::new("resume");
    let (table, out) = (folder.file("in.csv"), folder.file("out.csv"));
    std::fs::write(&table, "Name\nDmitri Musterow\nRomashka LLC\nBlaue Moewe\n").unwrap();
    let run = |more: &[&str]| {
        let mut args = vec!["screen", "--table", &table, "--out", &out];
        args.extend(more);
        let (_, error, code) = lagebild(&folder.0, &args);
        (error, code)
    };
    assert_eq!(run(&[]).1, 0);
    let whole = std::fs::read_to_string(&out).unwrap();
    for torn in [whole.len() - 1, whole.len() - 30, whole.len() - 120, 40] {
        std::fs::write(&out, &whole[..torn]).unwrap();
        assert_eq!(run(&["--resume"]).1, 0);
        assert_eq!(std::fs::read_to_string(&out).unwrap(), whole, "torn at {torn}");
    }
    let (error, code) = run(&["--resume", "--threshold", "0.8"]);
    assert!(code == 2 && error.contains("threshold"), "{error}");
    std::fs::write(&table, "Name\nOtto Beispiel\n").unwrap();
    let (error, code) = run(&["--resume"]);
    assert!(code == 2 && error.contains("the table is another one"), "{error}");
    assert_eq!(std::fs::read_to_string(&out).unwrap(), whole, "nothing is written over");
}

#[test]
fn what_is_written_is_told_by_the_ending_and_lines_are_resumed_too() {
    let folder = Folder::new("endings");
    let (table, lines, tabs) = (folder.file("in.csv"), folder.file("out.jsonl"), folder.file("out.tsv"));
    std::fs::write(&table, "Name;Kundennummer\nDmitri Musterow;7\nRomashka LLC;8\n").unwrap();
    for out in [&lines, &tabs] {
        assert_eq!(lagebild(&folder.0, &["screen", "--table", &table, "--out", out]).2, 0);
    }
    let text = std::fs::read_to_string(&tabs).unwrap();
    assert!(text.starts_with("row\tasked\t") && text.contains("\tDmitri Musterow\t7\n"), "{text}");
    let whole = std::fs::read_to_string(&lines).unwrap();
    let first: serde_json::Value = serde_json::from_str(whole.lines().next().unwrap()).unwrap();
    assert_eq!((&first["row"], &first["table"]["Kundennummer"]), (&1.into(), &"7".into()));
    assert_eq!((&first["hits"][0]["list"], &first["hits"][0]["party"]), (&"test".into(), &"test:a".into()));
    std::fs::write(&lines, &whole[..whole.len() - 20]).unwrap();
    assert_eq!(lagebild(&folder.0, &["screen", "--table", &table, "--out", &lines, "--resume"]).2, 0);
    assert_eq!(std::fs::read_to_string(&lines).unwrap(), whole);
}

#[test]
fn the_lists_of_a_day_are_screened() {
    let folder = Folder::new("day");
    let (_, error, code) = lagebild(&folder.0, &["screen", "Dmitri Musterov", "--as-of", "2001-02-03"]);
    assert!(code == 0 && error.contains("test: no version that old"), "{error}");
}
