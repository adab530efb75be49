//! The desk as it is worked at: what lies on it, deciding, taking back, two people, remembering.

#![expect(clippy::unwrap_used, reason = "tests")]

mod support;

use lagebild_desk::bundle::Bundle;
use lagebild_desk::{Choice, DeskError, Filter, ItemKind, State, Store};
use support::*;

#[test]
fn one_person_on_two_lists_in_two_copies_is_one_item() {
    let mut store = Store::in_memory().unwrap();
    store.open_case("one", opened(false), &by("anna", 0)).unwrap();
    let lists = lists();
    let copy = format!("{ARTICLE}(agency)\n");
    let added = store
        .add("one", &[read("a.txt", ARTICLE, &lists), read("b.txt", &copy, &lists)], &lists, &by("anna", 1))
        .unwrap();
    assert!(added.iter().all(|it| it.found >= 2 && !it.known), "{added:?}");
    let again = store.add("one", &[read("a.txt", ARTICLE, &lists)], &lists, &by("anna", 2)).unwrap();
    assert!(again[0].known);
    let hits = hits(&store, "one");
    let person = hits.iter().find(|item| item.shown.name == "Anton Beispielow").unwrap();
    let parties: Vec<&str> = person.shown.parties.iter().map(|party| party.party.as_str()).collect();
    assert_eq!((parties, person.documents), (vec!["alpha:1", "beta:77"], 2));
    assert!(person.shown.places[0].words.contains("Anton Beispielow arrived"));
    assert_eq!(hits.iter().filter(|item| item.shown.name == "Anton Beispielow").count(), 1);
    let all = store.queue(&Filter { limit: 100, ..Filter::default() }).unwrap();
    assert!(all.windows(2).all(|pair| pair[0].rank >= pair[1].rank));
    assert!(all.iter().any(|item| item.shown.kind == ItemKind::Flow && item.documents == 2), "{all:#?}");
    assert_eq!(store.counts(None).unwrap().pending, all.len() as u64);
}

#[test]
fn what_was_taken_back_is_open_again_and_nothing_is_lost() {
    let store = small(None);
    let case = store.case("one").unwrap();
    let chain = store.chain("one").unwrap();
    assert_eq!((case.entries, chain.len(), case.head == chain[5].hash()), (6, 6, true));
    let decided =
        store.queue(&Filter { state: Some(State::Decided), limit: 9, ..Filter::default() }).unwrap();
    let [item] = decided.as_slice() else { panic!("{decided:#?}") };
    assert_eq!((item.choice, item.by.as_deref(), item.version), (Some(Choice::Another), Some("ben"), 4));
    assert_eq!(case.pending + 1, case.items);
}

#[test]
fn two_people_on_one_item_lose_nothing() {
    let mut store = small(None);
    let item = hits(&store, "one").into_iter().find(|item| item.shown.name.starts_with("Lunara")).unwrap();
    let first = store.decide(&item.item, Some(item.version), verdict(Choice::Same), &by("anna", 10)).unwrap();
    let late = store.decide(&item.item, Some(item.version), verdict(Choice::Another), &by("ben", 11));
    assert!(
        matches!(&late, Err(DeskError::Conflict { version, what, .. }) if *version == first.version && what.contains("same by anna")),
        "{late:?}"
    );
    let blind = store.decide(&item.item, None, verdict(Choice::Another), &by("ben", 12));
    assert!(matches!(blind, Err(DeskError::Conflict { .. })));
    let seen =
        store.decide(&item.item, Some(first.version), verdict(Choice::Another), &by("ben", 13)).unwrap();
    assert_eq!((seen.choice, seen.by.as_deref()), (Some(Choice::Another), Some("ben")));
    assert!(matches!(
        store.decide(&item.item, Some(seen.version), verdict(Choice::Relevant), &by("ben", 14)),
        Err(DeskError::Choice { .. })
    ));
}

#[test]
fn who_proposed_cannot_confirm() {
    let mut store = Store::in_memory().unwrap();
    store.open_case("two", opened(true), &by("anna", 0)).unwrap();
    let lists = lists();
    store.add("two", &[read("a.txt", ARTICLE, &lists)], &lists, &by("anna", 1)).unwrap();
    let item = hits(&store, "two").remove(0);
    let proposed = store.decide(&item.item, None, verdict(Choice::Same), &by("anna", 2)).unwrap();
    assert_eq!(proposed.state, State::Proposed);
    let own = store.confirm(&item.item, Some(proposed.version), &by("anna", 3));
    assert!(matches!(own, Err(DeskError::OwnProposal { .. })), "{own:?}");
    assert!(store.confirm(&item.item, None, &by("ben", 3)).is_err(), "ben did not say what he saw");
    let confirmed = store.confirm(&item.item, Some(proposed.version), &by("ben", 4)).unwrap();
    assert_eq!((confirmed.state, confirmed.confirmed_by.as_deref()), (State::Decided, Some("ben")));
    let given = store
        .assign(&item.item, None, (Some("cleo"), Some("2026-12-01".parse().unwrap())), &by("ben", 5))
        .unwrap();
    assert_eq!(
        (given.assigned.as_deref(), given.due.map(|due| due.to_string())),
        (Some("cleo"), Some("2026-12-01".into()))
    );
}

#[test]
fn a_decision_is_remembered_in_later_texts_until_it_is_taken_back() {
    let mut store = small(None);
    let lists = lists();
    store.open_case("later", opened(false), &by("cleo", 20)).unwrap();
    let text = "ANTON BEISPIELOW was seen in Northland again, the paper wrote.\n";
    store.add("later", &[read("c.txt", text, &lists)], &lists, &by("cleo", 21)).unwrap();
    let filter =
        Filter { case: Some("later".into()), state: Some(State::Remembered), limit: 9, ..Filter::default() };
    let remembered = store.queue(&filter).unwrap().remove(0);
    let from = remembered.shown.remembered.clone().unwrap();
    assert_eq!((from.case.as_str(), from.choice, from.by.as_str()), ("one", Choice::Another, "ben"));
    assert_eq!(hits(&store, "later").len(), 0, "nobody has to decide it again");
    let source = store
        .queue(&Filter { state: Some(State::Decided), limit: 9, ..Filter::default() })
        .unwrap()
        .remove(0);
    store.undo(&source.item, None, "the wrong register", &by("ben", 22)).unwrap();
    let open = hits(&store, "later").remove(0);
    assert_eq!((open.state, open.shown.remembered), (State::Open, None));
}

#[test]
fn a_bundle_gives_the_same_desk_elsewhere() {
    let store = small(None);
    let bytes = store.export("one").unwrap().to_bytes(None).unwrap();
    let mut other = Store::in_memory().unwrap();
    let bundle = Bundle::parse(&bytes).unwrap();
    other.import(&bundle).unwrap();
    let all = Filter { limit: 100, ..Filter::default() };
    assert_eq!(store.queue(&all).unwrap(), other.queue(&all).unwrap());
    assert_eq!(store.case("one").unwrap(), other.case("one").unwrap());
    assert_eq!(other.export("one").unwrap().to_bytes(None).unwrap(), bytes);
    assert!(matches!(other.import(&bundle), Err(DeskError::CaseExists(_))));
    assert_eq!(other.search("capital monday", None, 10).unwrap().len(), 1);
    assert_eq!(other.search("\"odd\" signs ( NEAR", None, 10).unwrap().len(), 0);
}

#[test]
fn a_backup_is_the_store() {
    let folder = tempfile::tempdir().unwrap();
    let (file, backup, back) =
        (folder.path().join("desk.db"), folder.path().join("backup.db"), folder.path().join("back.db"));
    let mut store = Store::open(&file).unwrap();
    let bundle = small(None).export("one").unwrap();
    store.import(&bundle).unwrap();
    store.backup(&backup).unwrap();
    assert!(store.backup(&backup).is_err(), "it would be written over");
    store.open_case("after", opened(false), &by("anna", 50)).unwrap();
    Store::restore(&backup, &back, false).unwrap();
    let restored = Store::open_existing(&back).unwrap();
    assert_eq!(restored.cases().unwrap().len(), 1);
    assert_eq!(restored.export("one").unwrap(), bundle);
    drop(store);
    Store::restore(&backup, &file, true).unwrap();
    assert_eq!(Store::open(&file).unwrap().cases().unwrap().len(), 1);
    std::fs::write(&backup, b"no database at all").unwrap();
    assert!(Store::restore(&backup, &file, true).is_err());
    assert!(Store::open_existing(&folder.path().join("none.db")).is_err());
}
