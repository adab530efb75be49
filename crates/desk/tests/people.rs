//! People who sign in.

#![expect(clippy::unwrap_used, reason = "tests")]

mod support;

use lagebild_desk::{DeskError, PersonRole, SessionLimits, Store, Vouched};
use std::time::Instant;
use support::*;

const GOOD: &str = "nine lives of a cat";
const LIMITS: SessionLimits = SessionLimits { whole: 1000, idle: 100 };

fn store() -> Store {
    let mut store = Store::in_memory().unwrap();
    store.add_person("anna", PersonRole::Screener, GOOD, &by("root", 0)).unwrap();
    store
}

#[test]
fn people_are_added_listed_and_changed() {
    let mut store = store();
    store.add_person("Berta Müller", PersonRole::Admin, GOOD, &by("root", 1)).unwrap();
    let names: Vec<_> = store.people().unwrap().into_iter().map(|it| (it.name, it.role)).collect();
    assert_eq!(names, [("Berta Müller".into(), PersonRole::Admin), ("anna".into(), PersonRole::Screener)]);
    let again = store.add_person("anna", PersonRole::Admin, GOOD, &by("root", 2));
    assert!(matches!(again, Err(DeskError::PersonExists(_))));
    for name in ["", " anna", "a\nb", "<b>"] {
        let refused = store.add_person(name, PersonRole::Reader, GOOD, &by("root", 2));
        assert!(matches!(refused, Err(DeskError::PersonName(_))), "{name}");
    }
    let short = store.add_person("carl", PersonRole::Reader, "short", &by("root", 2));
    assert!(matches!(short, Err(DeskError::Password(_))));
    store.set_role("anna", PersonRole::Reviewer).unwrap();
    assert!(matches!(store.set_role("nobody", PersonRole::Admin), Err(DeskError::NoPerson(_))));
    assert!(matches!(store.disable_person("nobody", true), Err(DeskError::NoPerson(_))));
}

#[test]
fn a_session_ends_by_its_age_by_idleness_and_by_signing_out() {
    let mut store = store();
    let token = store.sign_in("anna", GOOD, at(0)).unwrap().unwrap();
    assert_eq!(token.len(), 64);
    let known = |store: &Store, second| store.signed_in(&token, at(second), LIMITS).unwrap().is_some();
    assert!(known(&store, 99) && known(&store, 190), "each request keeps it alive");
    assert!(!known(&store, 300), "idle");
    for second in (200..1000).step_by(60) {
        known(&store, second);
    }
    assert!(known(&store, 999) && !known(&store, 1001), "old");
    let other = store.sign_in("anna", GOOD, at(0)).unwrap().unwrap();
    assert!(store.signed_in(&other, at(1), LIMITS).unwrap().is_some() && other != token);
    store.sign_out(&other, at(1), LIMITS).unwrap();
    assert!(store.signed_in(&other, at(1), LIMITS).unwrap().is_none());
    assert!(store.signed_in("", at(1), LIMITS).unwrap().is_none());
}

#[test]
fn a_disabled_persons_sessions_end_at_once_and_so_do_those_of_an_old_password() {
    let mut store = store();
    let token = store.sign_in("anna", GOOD, at(0)).unwrap().unwrap();
    store.disable_person("anna", true).unwrap();
    assert!(store.signed_in(&token, at(1), LIMITS).unwrap().is_none());
    assert_eq!(store.sign_in("anna", GOOD, at(1)).unwrap(), None);
    store.disable_person("anna", false).unwrap();
    assert!(store.signed_in(&token, at(1), LIMITS).unwrap().is_none(), "it does not come back");
    let token = store.sign_in("anna", GOOD, at(2)).unwrap().unwrap();
    store.set_password("anna", "another good one").unwrap();
    assert!(store.signed_in(&token, at(3), LIMITS).unwrap().is_none());
    assert_eq!(store.sign_in("anna", GOOD, at(3)).unwrap(), None);
    assert!(store.sign_in("anna", "another good one", at(3)).unwrap().is_some());
}

#[test]
fn a_name_that_nobody_has_takes_as_long() {
    let mut store = store();
    let mut took = |name: &str| {
        let least = (0..3).map(|_| {
            let began = Instant::now();
            assert_eq!(store.sign_in(name, "not the password", at(0)).unwrap(), None);
            began.elapsed()
        });
        least.min().unwrap().as_secs_f64()
    };
    let (known, unknown) = (took("anna"), took("nobody"));
    assert!(unknown > known * 0.5 && unknown < known * 2.0, "{known} {unknown}");
}

/// A file of the first layout, with a case in it, goes on working.
#[test]
fn a_store_of_the_first_layout_is_brought_up() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("old.db");
    let db = rusqlite::Connection::open(&file).unwrap();
    db.execute_batch(include_str!("../src/store/layout1.sql")).unwrap();
    db.execute_batch(
        "INSERT INTO cases VALUES ('old', 'An old case', 0, '2026-01-01T00:00:00Z', 0, '', 0, 0, 0); \
         PRAGMA user_version = 1;",
    )
    .unwrap();
    drop(db);
    let mut store = Store::open(&file).unwrap();
    assert_eq!(store.case("old").unwrap().title, "An old case");
    store.add_person("anna", PersonRole::Admin, GOOD, &by("root", 0)).unwrap();
    let lists = lists();
    store.add("old", &[read("a.txt", ARTICLE, &lists)], &lists, &by("anna", 1)).unwrap();
    assert_eq!(Store::open(&file).unwrap().search("shells", None, 5).unwrap().len(), 1);
}

#[test]
fn who_is_vouched_for_is_signed_in_if_they_are_known_and_may() {
    let mut store = store();
    let Vouched::SignedIn(token) = store.sign_in_vouched("anna", at(0)).unwrap() else {
        panic!("anna is known")
    };
    assert_eq!(store.signed_in(&token, at(1), LIMITS).unwrap().unwrap().name, "anna");
    assert_eq!(store.sign_in_vouched("Anna", at(0)).unwrap(), Vouched::Unknown);
    store.disable_person("anna", true).unwrap();
    assert!(store.signed_in(&token, at(1), LIMITS).unwrap().is_none());
    assert_eq!(store.sign_in_vouched("anna", at(2)).unwrap(), Vouched::Disabled);
}
