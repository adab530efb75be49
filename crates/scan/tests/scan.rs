//! Batches of documents: what comes out is what each document alone would give, row for row.

#![expect(clippy::unwrap_used, reason = "tests")]

mod support;

use arrow_array::{ArrayRef, Date32Array, Int64Array, RecordBatch, StringArray};
use arrow_schema::{DataType, Schema};
use lagebild_reading::Knowledge;
use lagebild_scan::{Reader, ScanError, scan, scan_schema};
use serde_json::Value;
use std::sync::Arc;
use support::{batch, rows, words};

const TEXT: &str = "Officials in Seoul said that North Korea had delivered artillery shells to Russia. \
    “Nothing of this is true”, said Dmitry Peskov. Kim Jong Un met Vladimir Putin on 13 September 2023.";

fn reader() -> Reader<'static> {
    Reader::new(Knowledge::built_in(), "2023-10-01".parse().unwrap())
}

fn read(batch: &RecordBatch) -> Vec<Value> {
    rows(&scan(batch, &reader()).unwrap())
}

#[test]
fn a_row_holds_what_the_reading_of_its_text_holds() {
    let published = Date32Array::from(vec![Some(19613)]);
    let given = batch(vec![("text", words(&[Some(TEXT)])), ("published", Arc::new(published))]);
    let row = &read(&given)[0];
    let document = lagebild_document::read("text", TEXT.as_bytes(), &lagebild_document::Options::default());
    let mut document = document.into_iter().next().unwrap().unwrap();
    document.published = Some("2023-09-13".parse().unwrap());
    // As written: a share in hundredths is one in JSON, and none as an f64.
    let reading = serde_json::to_string(&reader().read(document)).unwrap();
    let reading: Value = serde_json::from_str(&reading).unwrap();

    assert_eq!(row["published"], "2023-09-13");
    assert_eq!((&row["as_of"], &row["language"]), (&reading["stamp"]["as_of"], &"en".into()));
    for (what, fields) in [
        ("statements", ["id", "content", "certainty", "manner", "act", "confidence"].as_slice()),
        ("transfers", &["id", "item", "class", "certainty", "status", "confidence"]),
        ("findings", &["transfer", "standing", "measure", "regime", "verdict", "why", "missing", "source"]),
    ] {
        let (row, reading) = (row[what].as_array().unwrap(), reading[what].as_array().unwrap());
        assert!(!row.is_empty(), "{what}");
        assert_eq!(row.len(), reading.len(), "{what}");
        for (one, other) in row.iter().zip(reading) {
            for field in fields.iter().filter(|field| !other[*field].is_null()) {
                assert_eq!(one[field], other[field], "{what}.{field}");
            }
        }
    }
    let from = &row["transfers"][0]["giver"];
    assert_eq!((&from["country"], from["start"].is_u64()), (&"kp".into(), true));
    assert_eq!(row["findings"][0]["item"], row["transfers"][0]["item"]);
}

#[test]
fn a_hit_holds_its_words_and_its_parties() {
    let row = &read(&batch(vec![("text", words(&[Some(TEXT)]))]))[0];
    let of = |hit: &Value| {
        let at = |side: &str| usize::try_from(hit[side].as_u64().unwrap()).unwrap();
        TEXT[at("start")..at("end")].to_owned()
    };
    let hits: Vec<String> = row["hits"].as_array().unwrap().iter().map(of).collect();
    assert!(hits.contains(&"Kim Jong Un".into()) && hits.contains(&"Dmitry Peskov".into()), "{hits:?}");
    let kim = row["hits"].as_array().unwrap().iter().find(|hit| of(hit) == "Kim Jong Un").unwrap();
    assert_eq!(kim["parties"][0]["party"], "ofac-sdn:20157");
}

#[test]
fn a_row_that_cannot_be_read_says_why_and_stops_no_other() {
    let long = "word ".repeat(30);
    let given = batch(vec![
        ("id", Arc::new(Int64Array::from(vec![5, 6, 7, 8, 9]))),
        ("text", words(&[Some("Kim Jong Un spoke."), None, Some(" \n"), Some(&long), Some("A text.")])),
        ("published", words(&[None, None, None, None, Some("last week")])),
    ]);
    let reader = Reader { max_bytes: 100, quick: true, ..reader() };
    let made = rows(&scan(&given, &reader).unwrap());
    let ids: Vec<&Value> = made.iter().map(|row| &row["id"]).collect();
    assert_eq!(ids, [5, 6, 7, 8, 9]);
    assert_eq!(made[0]["hits"].as_array().unwrap().len(), 1);
    for row in &made[1..] {
        assert!(row["error"].is_string() && row.get("hits").is_none(), "{row}");
    }
    assert_eq!(made[4]["error"], "published: `last week` is no day such as 2023-09-12");
}

#[test]
fn words_may_come_in_any_kind_of_column() {
    let plain: ArrayRef = words(&[Some("Kim Jong Un met Wladimir Putin.")]);
    let expected = read(&batch(vec![("text", plain.clone())]));
    let dictionary = DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8));
    for kind in [DataType::LargeUtf8, DataType::Utf8View, dictionary] {
        let text = arrow_cast::cast(&plain, &kind).unwrap();
        assert_eq!(read(&batch(vec![("text", text)])), expected, "{kind}");
    }
}

#[test]
fn a_batch_gives_what_its_pieces_give() {
    let texts = ["Kim Jong Un met Vladimir Putin.", TEXT, "Nothing happened.", "Peskow sagte nichts."];
    let texts: ArrayRef = words(&texts.map(Some));
    let given = batch(vec![("text", texts)]);
    let mut pieces = read(&given.slice(0, 1));
    pieces.extend(read(&given.slice(1, 3)));
    assert_eq!(read(&given), pieces);
}

#[test]
fn what_is_given_beside_the_text_counts() {
    let given = batch(vec![
        ("text", words(&[Some("Kim Jong Un reiste ab."), Some("Kim Jong Un reiste ab.")])),
        ("language", words(&[Some("de"), Some("Klingon")])),
        ("title", words(&[Some("Abreise"), Some(" ")])),
        ("published", words(&[Some("2023-09-12T08:00:00Z"), None])),
    ]);
    let made = read(&given);
    assert_eq!((&made[0]["title"], &made[0]["as_of"]), (&"Abreise".into(), &"2023-09-12".into()));
    assert_eq!((&made[1]["language"], &made[1]["as_of"]), (&"de".into(), &"2023-10-01".into()));
    assert!(made[1]["warnings"].to_string().contains("`Klingon` is no language"));
}

#[test]
fn no_rows_give_the_columns_alone_and_no_text_gives_an_error() {
    let none = batch(vec![("text", Arc::new(StringArray::from(Vec::<&str>::new())))]);
    let made = scan(&none, &reader()).unwrap();
    assert_eq!((made.num_rows(), made.schema().as_ref()), (0, &scan_schema(&none.schema())));
    let other = batch(vec![("body", words(&[Some("x")]))]);
    let error = scan(&other, &reader()).unwrap_err();
    assert!(matches!(error, ScanError::NoColumn { .. }));
    assert_eq!(error.to_string(), "there is no column `text`; the columns are body");
    assert_eq!(scan_schema(&Schema::empty()).field(0).name(), "sha256");
}
