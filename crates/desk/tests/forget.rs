//! What is removed is nowhere left, and the chain says so and still verifies. Names and sentences are our own.

#![expect(clippy::unwrap_used, reason = "tests")]

mod support;

use jiff::ToSpan;
use lagebild_desk::bundle::Bundle;
use lagebild_desk::verify::{Report, Trust, check, replay};
use lagebild_desk::{Act, Choice, DeskError, Doing, Store, Watched, Whom};
use support::*;

const OTHER: &str =
    "The port of Northland was closed on Friday. Lunara Handels GmbH said that it had not been told.\n";
const WHY: &str = "asked to, file 12";

/// A store in a file, with a case of two documents, decisions, notes, a watched name and a log of accesses.
fn store(folder: &std::path::Path) -> Store {
    let mut store = Store::open(&folder.join("desk.db")).unwrap();
    let lists = lists();
    store.open_case("one", opened(true), &by("anna", 0)).unwrap();
    store.add("one", &[read("a.txt", ARTICLE, &lists)], &lists, &by("anna", 1)).unwrap();
    store.add("one", &[read("b.txt", OTHER, &lists)], &lists, &by("anna", 2)).unwrap();
    for item in hits(&store, "one") {
        store.decide(&item.item, None, verdict(Choice::Another), &by("anna", 3)).unwrap();
        let item = store.item(&item.item).unwrap();
        store.confirm(&item.item, Some(item.version), &by("ben", 4)).unwrap();
    }
    let beispielow = hits_named(&store, "Anton Beispielow").unwrap();
    store.note("one", Some(beispielow), "he moved in spring", &by("ben", 5)).unwrap();
    store.note("one", None, "rang Anton Beispielow's office", &by("ben", 6)).unwrap();
    store.note("one", None, "rang the port", &by("ben", 7)).unwrap();
    let watched = Watched { name: "Anton BEISPIELOW".into(), schema: None, source: "file 3".into() };
    store.watch(&[watched], &by("anna", 8)).unwrap();
    let address = "/desk/search?q=anton+Beispielow";
    store.log_access("anna", "search", &["one".into()], address, at(9)).unwrap();
    store
}

fn hits_named(store: &Store, name: &str) -> Option<u64> {
    let filter = lagebild_desk::Filter {
        case: Some("one".into()),
        state: Some(lagebild_desk::State::Decided),
        limit: 100,
        ..lagebild_desk::Filter::default()
    };
    store.queue(&filter).unwrap().into_iter().find(|it| it.shown.name == name).map(|it| it.item.number)
}

fn verified(store: &Store) -> Report {
    let bundle = Bundle::parse(&store.export("one").unwrap().to_bytes(None).unwrap()).unwrap();
    let report = replay(&bundle, &Trust::default());
    assert_eq!(report.problems, []);
    report
}

/// Whether a file of the folder holds a text, in any case of letters.
fn holds(folder: &std::path::Path, text: &str) -> bool {
    let text = text.to_lowercase();
    std::fs::read_dir(folder).unwrap().any(|file| {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        String::from_utf8_lossy(&bytes).to_lowercase().contains(&text)
    })
}

#[test]
fn a_document_goes_with_what_rests_on_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = store(folder.path());
    assert_eq!(verified(&store).documents, 2);
    let dry = store.forget("one", Whom::Document(1), WHY, true, &by("carl", 20)).unwrap();
    assert!(store.search("artillery", None, 9).unwrap().len() == 1 && verified(&store).taken_away == 0);
    let forgotten = store.forget("one", Whom::Document(1), WHY, false, &by("carl", 20)).unwrap();
    assert_eq!((&forgotten.entries, &forgotten.documents), (&dry.entries, &vec![1]));
    assert!(forgotten.entries.contains(&2) && !forgotten.in_journal, "{forgotten:?}");
    assert!(store.search("artillery", None, 9).unwrap().is_empty());
    assert_eq!(store.search("port", None, 9).unwrap().len(), 1);
    let gone = store.document("one", 1).unwrap_err();
    assert!(matches!(&gone, DeskError::Removed { by, why, .. } if by == "carl" && why == WHY), "{gone}");
    assert!(store.document("one", 2).is_ok());
    // The item that stands in both documents stays, without its place in the first.
    let lunara = store
        .item(&lagebild_desk::ItemRef {
            case: "one".into(),
            number: hits_named(&store, "Lunara Handels GmbH").unwrap(),
        })
        .unwrap();
    assert!(lunara.documents == 1 && lunara.shown.places.iter().all(|place| place.document == 2));
    assert!(hits_named(&store, "Anton Beispielow").is_none());
    let case = store.case("one").unwrap();
    assert_eq!((case.documents, case.removed), (2, 1));
    assert_eq!(case.items, store_items(&store));
    let report = verified(&store);
    assert_eq!((report.documents, report.taken_away), (1, forgotten.entries.len() as u64));
    assert_eq!(report.removed.len() as u64, report.taken_away);
    assert!(report.removed.iter().all(|it| it.by == "carl" && it.why == WHY && it.at == at(20)));
    for words in ["artillery shells", "Musterfrau", "he moved in spring"] {
        assert!(!holds(folder.path(), words), "{words} is still in the file");
    }
    assert!(holds(folder.path(), "port of Northland"));
    // Work goes on: numbers count on, and the same article may come again.
    let lists = lists();
    let added = store.add("one", &[read("a.txt", ARTICLE, &lists)], &lists, &by("anna", 30)).unwrap();
    assert!(added[0].number == 3 && !added[0].known);
    assert_eq!(verified(&store).documents, 2);
    assert!(matches!(
        store.forget("one", Whom::Document(1), WHY, false, &by("carl", 31)),
        Err(DeskError::Removed { .. })
    ));
    assert!(store.forget("one", Whom::Document(9), WHY, false, &by("carl", 31)).is_err());
    assert!(matches!(
        store.forget("one", Whom::Document(2), " ", false, &by("carl", 31)),
        Err(DeskError::NoReason)
    ));
}

fn store_items(store: &Store) -> u64 {
    let states = [
        lagebild_desk::State::Open,
        lagebild_desk::State::Decided,
        lagebild_desk::State::Proposed,
        lagebild_desk::State::Remembered,
    ];
    let count = |state| {
        let filter = lagebild_desk::Filter {
            case: Some("one".into()),
            state: Some(state),
            limit: 1000,
            ..lagebild_desk::Filter::default()
        };
        store.queue(&filter).unwrap().len() as u64
    };
    states.into_iter().map(count).sum()
}

#[test]
fn a_person_is_forgotten_wherever_they_stand() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = store(folder.path());
    let lists = lists();
    store.open_case("two", opened(false), &by("anna", 10)).unwrap();
    store
        .add(
            "two",
            &[read("c.txt", "Berta Musterfrau resigned on Monday.\n", &lists)],
            &lists,
            &by("anna", 11),
        )
        .unwrap();
    let named = store.forget(
        "one",
        Whom::Person(&["anton beispielow"]),
        "Anton Beispielow asked",
        false,
        &by("carl", 20),
    );
    assert!(matches!(named, Err(DeskError::Unnamed)), "the reason stays");
    let forgotten =
        store.forget("one", Whom::Person(&["anton  BEISPIELOW"]), WHY, false, &by("carl", 20)).unwrap();
    assert_eq!((forgotten.documents.as_slice(), forgotten.watched, forgotten.addresses), (&[1][..], 1, 1));
    assert!(!forgotten.in_title && forgotten.elsewhere.is_empty(), "{forgotten:?}");
    assert!(store.watched().unwrap().is_empty());
    assert_eq!(store.accesses(None, 0, 9).unwrap()[0].address, "/desk/search");
    assert!(store.search("Beispielow", None, 9).unwrap().is_empty());
    let report = verified(&store);
    assert!(report.removed.len() as u64 == report.taken_away && report.taken_away > 0);
    let acts: Vec<Act> = store.chain("one").unwrap().iter().filter_map(|it| it.act().unwrap()).collect();
    let notes: Vec<&Act> = acts.iter().filter(|act| matches!(act, Act::Note { .. })).collect();
    assert_eq!(notes.len(), 1, "what names nobody stays: {notes:?}");
    // The lists that documents were read with are published, and stay packed; nothing else says the name.
    for words in ["beispielow", "he moved in spring"] {
        assert!(!holds(folder.path(), words), "{words} is still in the file");
    }
    let again =
        store.forget("one", Whom::Person(&["Anton Beispielow"]), WHY, false, &by("carl", 21)).unwrap();
    assert!(again.is_empty());
    let other = store.forget("one", Whom::Person(&["Berta Musterfrau"]), WHY, true, &by("carl", 21)).unwrap();
    assert_eq!(other.elsewhere, ["two"]);
}

#[test]
fn what_is_said_to_be_removed_must_be_gone() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = store(folder.path());
    let before = store.export("one").unwrap();
    let forgotten = store.forget("one", Whom::Document(1), WHY, false, &by("carl", 20)).unwrap();
    let mut bundle = store.export("one").unwrap();
    assert!(check(&bundle, &Trust::default()).is_whole());
    for entry in &forgotten.entries {
        let at = *entry as usize - 1;
        assert_eq!(bundle.entries[at].head, before.entries[at].head, "the head stays");
    }
    let at = forgotten.entries[0] as usize - 1;
    bundle.entries[at].body.clone_from(&before.entries[at].body);
    assert!(!check(&bundle, &Trust::default()).is_whole());
    assert!(Store::in_memory().unwrap().import(&store.export("one").unwrap()).is_err());
}

#[test]
fn cases_are_swept_by_their_period() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = store(folder.path());
    let later = |days: i64| at(0) + (days * 24).hours();
    let doing = |days| Doing { by: "cron", at: later(days), signer: None };
    let lists = lists();
    store.add("one", &[read("c.txt", "Lunara Handels GmbH moved.\n", &lists)], &lists, &doing(20)).unwrap();
    assert!(store.sweep(&doing(1000)).unwrap().is_empty(), "no period is set");
    store.retain("one", Some(30), &doing(21)).unwrap();
    assert_eq!(store.case("one").unwrap().keep_days, Some(30));
    assert!(store.sweep(&doing(29)).unwrap().is_empty());
    let swept = store.sweep(&doing(31)).unwrap();
    assert_eq!(swept[0].documents, [1, 2]);
    let report = verified(&store);
    assert!(report.documents == 1 && report.removed.iter().all(|it| it.why == "kept for 30 days"));
    let acts: Vec<Act> = store.chain("one").unwrap().iter().filter_map(|it| it.act().unwrap()).collect();
    assert!(!acts.iter().any(|act| matches!(act, Act::Note { .. })), "notes go too");
    assert!(store.sweep(&doing(31)).unwrap().is_empty(), "once");
    store.retain("one", None, &doing(32)).unwrap();
    assert!(store.sweep(&doing(1000)).unwrap().is_empty());
}

#[test]
fn signed_entries_stay_signed() {
    let (secret, _) = lagebild_desk::sign::new_keys(None).unwrap();
    let anna = lagebild_desk::sign::Signer::new(&secret, None).unwrap();
    let mut store = small(Some(&anna));
    store.forget("one", Whom::Document(1), WHY, false, &signed("anna", 20, &anna)).unwrap();
    let mut bundle = store.export("one").unwrap();
    bundle.key = Some(anna.public());
    let trust = Trust { keys: vec![anna.public()], head: None };
    let report = check(&bundle, &trust);
    assert!(report.is_whole() && report.unsigned == 0, "{report:?}");
}

#[test]
fn other_spellings_of_a_name_are_found_and_go_where_that_is_asked_for() {
    let mut store = Store::in_memory().unwrap();
    let lists = lists();
    store.open_case("one", opened(false), &by("anna", 0)).unwrap();
    let texts = [
        ("a.txt", ARTICLE),
        ("b.txt", "Anton Beispelov arrived in the capital on Monday, officials said.\n"),
        ("c.txt", "Министр Антон Бейспилов прибыл в столицу в понедельник, сообщили чиновники.\n"),
    ];
    for (source, text) in texts {
        store.add("one", &[read(source, text, &lists)], &lists, &by("anna", 1)).unwrap();
    }
    let spellings = store.spellings("one", "Anton Beispielow").unwrap();
    let found: Vec<&str> = spellings.iter().map(|it| it.name.as_str()).collect();
    assert!(found.contains(&"Anton Beispelov") && found.contains(&"Антон Бейспилов"), "{spellings:?}");
    assert!(!found.iter().any(|name| name.contains("Berta") || *name == "Anton Beispielow"), "{spellings:?}");
    let all: Vec<&str> = std::iter::once("Anton Beispielow").chain(found).collect();
    let one = store.forget("one", Whom::Person(&all[..1]), WHY, true, &by("carl", 2)).unwrap();
    let forgotten = store.forget("one", Whom::Person(&all), WHY, false, &by("carl", 2)).unwrap();
    assert!(one.documents.len() < 3 && forgotten.documents == [1, 2, 3], "{one:?} {forgotten:?}");
    assert!(store.spellings("one", "Anton Beispielow").unwrap().is_empty());
    verified(&store);
}
