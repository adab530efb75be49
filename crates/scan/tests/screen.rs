//! Batches of names, and where lists come from.

#![expect(clippy::unwrap_used, reason = "tests")]

mod support;

use lagebild_scan::{Lists, ListsError, screen, screen_schema};
use lagebild_screen::{Options, Query};
use lagebild_watchlist::store::{Addition, Care, Store};
use std::path::{Path, PathBuf};
use support::{batch, rows, words};

#[test]
fn a_row_holds_what_screening_its_name_alone_gives() {
    let lists = Lists::starter();
    let names = [Some("Kim Chong-un"), Some("Erika Mustermann"), None, Some("Dmitri Peskow")];
    let given = batch(vec![
        ("id", words(&[Some("a"), Some("b"), Some("c"), Some("d")])),
        ("name", words(&names)),
        ("schema", words(&[Some("Person"), None, None, Some("Person")])),
        ("birth_date", words(&[None, None, None, Some("1967-10-17")])),
    ]);
    let options = Options::default();
    let made = screen(&given, lists.index().unwrap(), &options).unwrap();
    assert_eq!(made.schema().as_ref(), &screen_schema(&given.schema()));
    let made = rows(&made);
    assert_eq!((made.len(), &made[2]["error"], &made[3]["id"]), (4, &"there is no name".into(), &"d".into()));
    let mut query = Query::name("Dmitri Peskow", Some("Person"));
    query.properties.insert("birthDate".into(), vec!["1967-10-17".into()]);
    let alone = lists.index().unwrap().screen(&query, &options);
    let hits = made[3]["hits"].as_array().unwrap();
    assert!(hits.len() > 1 && hits.len() == alone.len());
    for (hit, alone) in hits.iter().zip(alone) {
        assert_eq!(hit["party"], alone.party);
        // JSON is read back to within the last digit.
        assert!((hit["score"].as_f64().unwrap() - alone.score).abs() < 1e-12);
        assert_eq!(hit["listed"], alone.name.unwrap().listed);
        assert_eq!(hit["reasons"].as_array().unwrap().len(), alone.reasons.len());
    }
}

/// A file of a list with one party, in a folder of its own.
fn list(folder: &Path) -> PathBuf {
    let file = folder.join("own.jsonl");
    let line =
        r#"{"id":"1","schema":"Person","caption":"Anna Muster","properties":{"name":["Anna Muster"]}}"#;
    std::fs::write(&file, line).unwrap();
    file
}

fn finds(lists: &Lists) -> String {
    let spotted = lists.watchlist().unwrap().spot("Gestern sprach Anna Muster.", Some("de"));
    let hits = lists.index().unwrap().screen(&Query::name("Anna Muster", None), &Options::default());
    assert_eq!(spotted[0].candidates[0].party, hits[0].party);
    hits[0].party.clone()
}

#[test]
fn lists_come_from_files_and_from_a_store() {
    let folder = tempfile::tempdir().unwrap();
    let file = list(folder.path());
    let lists = Lists::files(&[("own".into(), vec![file.clone()])]).unwrap();
    assert_eq!((finds(&lists).as_str(), lists.parties(), lists.is_starter()), ("own:1", 1, false));

    let stored = folder.path().join("lists");
    let today = "2026-01-01".parse().unwrap();
    let addition = Addition { name: "kept", files: &[file], source: "", today, care: Care::File };
    Store::new(&stored).add(&addition).unwrap();
    let lists = Lists::stored(&stored, &[], None).unwrap();
    assert_eq!((finds(&lists).as_str(), lists.parties()), ("kept:1", 1));
    assert!(matches!(Lists::stored(&stored, &["no".into()], None), Err(ListsError::Store(_))));
}

#[test]
fn what_is_no_list_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    assert!(matches!(Lists::stored(folder.path(), &[], None), Err(ListsError::Empty(_))));
    let file = folder.path().join("notes.txt");
    std::fs::write(&file, "Notes of mine.").unwrap();
    assert!(matches!(Lists::files(&[("own".into(), vec![file])]), Err(ListsError::File(_))));
    let torn = folder.path().join("torn.xml");
    std::fs::write(&torn, "<CONSOLIDATED_LIST dateGenerated=\"2026-01-01\"><INDIVIDUALS><INDIVIDUAL>")
        .unwrap();
    let torn = Lists::files(&[("un-sc".into(), vec![torn])]);
    assert!(matches!(torn, Err(ListsError::Torn(..))), "{torn:?}");
}
