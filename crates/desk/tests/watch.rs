//! Watching: a new version of a list says what it changed, and nothing else.

#![expect(clippy::unwrap_used, reason = "tests")]

mod support;

use lagebild_desk::verify::{Trust, check};
use lagebild_desk::{Choice, Detail, Filter, State, Store, Target, Watched, Whom};
use support::*;

fn watched(name: &str, source: &str) -> Watched {
    Watched { name: name.into(), schema: None, source: source.into() }
}

#[test]
fn a_new_version_tells_who_came_changed_and_went() {
    let mut store = small(None);
    assert!(
        store.watch_lists(&lists(), &[], &by("anna", 40)).unwrap().items.is_empty(),
        "all of that was found by reading"
    );
    assert!(store.watch_lists(&lists(), &[], &by("anna", 41)).unwrap().lists.is_empty(), "nothing changed");
    store
        .watch(&[watched("Berta Musterfrau", "customer 17"), watched("beta:77", "file 3")], &by("anna", 42))
        .unwrap();

    let new = list_of(
        &[
            party("alpha:1", "Person", &["Anton Beispielow", "Anton Beispjelow", "Toni B"], "1961-02-03"),
            party("alpha:3", "Person", &["Berta Musterfrau"], ""),
        ],
        "2026-12-01",
    );
    // The list beta is gone as a whole; it is not asked, and nothing is said of it.
    let changes = store.watch_lists(&new, &[], &by("anna", 43)).unwrap();
    assert_eq!(changes.parties, [1, 1, 1]);
    let said: Vec<(String, &str)> = changes
        .items
        .iter()
        .map(|(item, words)| (store.item(item).unwrap().shown.name, words.as_str()))
        .collect();
    let has = |name: &str, words: &str| said.iter().any(|(one, other)| one == name && other.contains(words));
    assert!(has("Anton Beispielow", "new alias: Toni B"), "{said:?}");
    assert!(has("Berta Musterfrau", "listed since 2026-12-01 (alpha)"), "{said:?}");
    assert!(has("Lunara Handels GmbH", "removed from alpha"), "{said:?}");
    assert_eq!(said.len(), 3);
    let customer: Vec<(&str, &str)> =
        changes.watched.iter().map(|it| (it.watched.source.as_str(), it.party.as_str())).collect();
    assert_eq!(customer, [("customer 17", "alpha:3")]);

    // What was decided lies on the desk again, with its news, until somebody decides.
    let again = store
        .queue(&Filter { party: Some("alpha:1".into()), limit: 9, ..Filter::default() })
        .unwrap()
        .remove(0);
    assert!(again.state == State::Decided && again.shown.news.is_some());
    assert!(hits(&store, "one").iter().any(|item| item.item == again.item));
    let seen =
        store.decide(&again.item, Some(again.version), verdict(Choice::Another), &by("ben", 44)).unwrap();
    assert_eq!(seen.shown.news, None);
    assert!(!hits(&store, "one").iter().any(|item| item.item == again.item));
    let report = check(&store.export("one").unwrap(), &Trust::default());
    assert!(report.is_whole(), "{report:#?}");
}

#[test]
fn a_new_document_tells_of_a_watched_party() {
    let mut store = Store::in_memory().unwrap();
    store.watch(&[watched("beta:77", "file 3")], &by("anna", 0)).unwrap();
    store.open_case("one", opened(false), &by("anna", 1)).unwrap();
    let lists = lists();
    store.add("one", &[read("a.txt", ARTICLE, &lists)], &lists, &by("anna", 2)).unwrap();
    let first = store.queue(&Filter { limit: 1, ..Filter::default() }).unwrap().remove(0);
    assert_eq!((first.shown.name.as_str(), first.rank), ("Anton Beispielow", 1000));
    assert!(first.shown.details.contains(&"beta:77 is watched: file 3".to_owned()), "{first:#?}");
    assert_eq!(store.watched().unwrap().len(), 1);
    assert_eq!(store.unwatch("beta:77").unwrap(), 1);
}

#[test]
#[ignore = "a measurement: 100,000 watched names against a changed list"]
fn many_names_against_a_changed_list() {
    let mut store = Store::in_memory().unwrap();
    let name = |at: usize| {
        let syllables = ["ba", "ro", "mi", "ket", "sul", "dan", "vor", "lin", "tas", "gor"];
        let word =
            |n: usize| format!("{}{}{}", syllables[n % 10], syllables[n / 10 % 10], syllables[n / 100 % 10]);
        format!("{} {}", word(at % 997), word(at / 97 % 1000))
    };
    let rows: Vec<Watched> = (0..100_000)
        .map(|at| Watched { schema: Some("Person".into()), ..watched(&name(at), &format!("row {at}")) })
        .collect();
    store.watch(&rows, &by("anna", 0)).unwrap();
    let parties = |from: usize| {
        let one = |at: usize| party(&format!("alpha:{at}"), "Person", &[&name(at * 7919 % 100_000)], "");
        list_of(&(from..from + 5000).map(one).collect::<Vec<_>>(), DAY)
    };
    store.watch_lists(&parties(0), &[], &by("anna", 1)).unwrap();
    let from = std::time::Instant::now();
    let changes = store.watch_lists(&parties(100), &[], &by("anna", 2)).unwrap();
    println!(
        "{:?} for 100,000 names and {:?} parties: {} told",
        from.elapsed(),
        changes.parties,
        changes.watched.len()
    );
    assert!(from.elapsed().as_secs() < 10);
}

#[test]
fn a_notice_is_made_with_the_news_taken_once_and_forgotten_with_whom_it_names() {
    let mut store = small(None);
    store.watch_lists(&lists(), &[], &by("anna", 40)).unwrap();
    let target = |name: &str, detail| Target { name: name.into(), detail };
    let targets = [target("ids", Detail::Ids), target("names", Detail::Names)];
    let new = list_of(&[party("alpha:3", "Person", &["Berta Musterfrau"], "")], "2026-12-01");
    store.watch_lists(&new, &targets, &by("anna", 43)).unwrap();
    store.watch_lists(&new, &targets, &by("anna", 44)).unwrap();
    assert_eq!(store.notices().unwrap().len(), 2, "the same version tells nobody again");

    let first = store.take_notice(at(50), at(60), 2).unwrap().unwrap();
    assert!(first.target == "ids" && first.tries == 1 && !first.body.contains("Berta"), "{first:?}");
    assert_eq!(store.take_notice(at(50), at(60), 2).unwrap().unwrap().target, "names");
    assert_eq!(store.take_notice(at(59), at(70), 2).unwrap(), None, "others are at it");
    // Neither said how it ended: each is taken once more, then given up.
    assert_eq!(store.take_notice(at(60), at(70), 2).unwrap().unwrap().tries, 2);
    store.notice_sent(first.number).unwrap();
    assert_eq!(store.take_notice(at(60), at(70), 1).unwrap(), None);
    let kept = store.notices().unwrap();
    assert_eq!((kept[0].state.as_str(), kept[1].state.as_str()), ("dead", "sent"));
    assert!(kept[1].notice.is_none() && kept[0].notice.is_some());

    let gone =
        store.forget("one", Whom::Person(&["Berta Musterfrau"]), "file 3", false, &by("carl", 80)).unwrap();
    assert!(gone.notices == 1 && store.notices().unwrap().len() == 1, "{gone:?}");
}
