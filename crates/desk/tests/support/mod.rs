//! What the tests of the desk share. Names and sentences are our own.

#![allow(dead_code, reason = "each test uses some of it")]

use jiff::Timestamp;
use lagebild_desk::sign::Signer;
use lagebild_desk::{Archived, Choice, Doing, Filter, Item, ItemKind, Opened, Store, Verdict};
use lagebild_document::Document;
use lagebild_reading::{Knowledge, Reading};
use lagebild_watchlist::{Party, PartyName, Watchlist};

pub(crate) const DAY: &str = "2026-11-20";

pub(crate) const ARTICLE: &str = "Foreign Ministry of Northland announced a meeting.\n\n\
    Anton Beispielow arrived in the capital on Monday, officials said. North Korea delivered artillery shells to \
    Russia, the ministry said on Tuesday. Berta Musterfrau, who runs Lunara Handels GmbH, denied any part in it.\n";

pub(crate) fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000 + second).unwrap()
}

pub(crate) fn by(name: &str, second: i64) -> Doing<'_> {
    Doing { by: name, at: at(second), signer: None }
}

pub(crate) fn signed<'a>(name: &'a str, second: i64, signer: &'a Signer) -> Doing<'a> {
    Doing { signer: Some(signer), ..by(name, second) }
}

pub(crate) fn party(id: &str, schema: &str, names: &[&str], birth: &str) -> Party {
    let mut party = Party { id: id.into(), schema: schema.into(), ..Party::default() };
    for name in names {
        party.add_name(PartyName { full: (*name).into(), ..PartyName::default() });
    }
    party.add("birthDate", birth);
    party.add("program", "TEST");
    party
}

/// Two lists that both list one person, and a body on one of them.
pub(crate) fn lists() -> Watchlist {
    list_of(
        &[
            party("alpha:1", "Person", &["Anton Beispielow", "Anton Beispjelow"], "1961-02-03"),
            party("alpha:2", "Company", &["Lunara Handels GmbH"], ""),
            party("beta:77", "Person", &["Anton Beispielow"], "1961"),
        ],
        DAY,
    )
}

/// A watchlist whose lists are told by the parties' ids.
pub(crate) fn list_of(parties: &[Party], date: &str) -> Watchlist {
    let names: std::collections::BTreeSet<&str> = parties.iter().map(Party::list).collect();
    let stamps = names.iter().map(|name| {
        let own: Vec<Party> = parties.iter().filter(|party| party.list() == *name).cloned().collect();
        Watchlist::new(name, date, &own).stamp().clone()
    });
    let name = names.iter().copied().collect::<Vec<_>>().join("+");
    let parties: Vec<Party> = names
        .iter()
        .flat_map(|name| parties.iter().filter(move |party| party.list() == *name))
        .cloned()
        .collect();
    Watchlist::new(&name, date, &parties).of_lists(stamps.collect())
}

pub(crate) fn document(source: &str, text: &str) -> Document {
    let options = lagebild_document::Options {
        format: None,
        language: Some("en".into()),
        published: Some(DAY.parse().unwrap()),
        max_bytes: 1 << 20,
        ..lagebild_document::Options::default()
    };
    lagebild_document::read(source, text.as_bytes(), &options).remove(0).unwrap()
}

pub(crate) fn read(source: &str, text: &str, watchlist: &Watchlist) -> (Archived, Reading) {
    let document = document(source, text);
    let archived = Archived::from(document.clone());
    let knowledge = Knowledge { watchlist, ..Knowledge::built_in() };
    (archived, lagebild_reading::read(document, knowledge, DAY.parse().unwrap()))
}

pub(crate) fn opened(four_eyes: bool) -> Opened {
    Opened { title: "A case".into(), four_eyes }
}

pub(crate) fn hits(store: &Store, case: &str) -> Vec<Item> {
    let filter =
        Filter { case: Some(case.into()), kind: Some(ItemKind::Hit), limit: 100, ..Filter::default() };
    store.queue(&filter).unwrap()
}

pub(crate) fn verdict(choice: Choice) -> Verdict<'static> {
    Verdict { choice, reason: "the day of birth", note: None }
}

/// A store with a case of one article and a decision in it.
pub(crate) fn small(signer: Option<&Signer>) -> Store {
    let mut store = Store::in_memory().unwrap();
    let doing = |name, second| Doing { signer, ..by(name, second) };
    store.open_case("one", opened(false), &doing("anna", 0)).unwrap();
    let lists = lists();
    store.add("one", &[read("a.txt", ARTICLE, &lists)], &lists, &doing("anna", 1)).unwrap();
    let item = hits(&store, "one").remove(0).item;
    store.decide(&item, None, verdict(Choice::Same), &doing("anna", 2)).unwrap();
    store.undo(&item, None, "a slip", &doing("anna", 3)).unwrap();
    store.decide(&item, None, verdict(Choice::Another), &doing("ben", 4)).unwrap();
    store.note("one", Some(item.number), "asked the registry", &doing("ben", 5)).unwrap();
    store
}
