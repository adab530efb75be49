//! Who looked at what: kept for a time of its own.

#![expect(clippy::unwrap_used, reason = "tests")]

mod support;

use jiff::ToSpan;
use support::*;

#[test]
fn lines_are_shown_by_case_and_go_by_their_age() {
    let mut store = small(None);
    store.open_case("two", opened(false), &by("anna", 6)).unwrap();
    let cases = ["one".to_owned(), "two".to_owned()];
    store.log_access("anna", "queue", &cases, "/desk", at(10)).unwrap();
    store.log_access("ben", "document", &cases[..1], "/desk/cases/one/documents/1", at(20)).unwrap();
    let lines = store.accesses(Some("one"), 0, 10).unwrap();
    assert_eq!(lines.len(), 2);
    assert_eq!((lines[0].who.as_str(), lines[0].what.as_str(), lines[0].at), ("ben", "document", at(20)));
    assert_eq!(store.accesses(None, 0, 10).unwrap().len(), 3);
    assert_eq!(store.accesses(None, 2, 10).unwrap().len(), 1);
    assert!(store.accesses(Some("three"), 0, 10).is_err());
    assert_eq!(store.access_days().unwrap(), 180);
    store.keep_accesses(30).unwrap();
    let later = |days: i64| at(15) + (days * 24).hours();
    assert_eq!(store.sweep_accesses(later(29)).unwrap(), 0);
    assert_eq!(store.sweep_accesses(later(30)).unwrap(), 2, "a time of their own");
    assert_eq!(store.accesses(None, 0, 10).unwrap().len(), 1);
    assert_eq!(store.chain("one").unwrap().len(), 6, "the chain knows nothing of it");
}
