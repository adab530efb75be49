//! What is listed is found, whatever else is listed: properties on invented lists.
#![expect(clippy::unwrap_used, reason = "tests")]

use lagebild_screen::{Index, List, ListStamp, Options, Query};
use lagebild_watchlist::{Party, PartyName};
use proptest::prelude::*;
use std::collections::BTreeSet;

const SCHEMATA: [&str; 6] = ["Person", "Company", "LegalEntity", "Vessel", "Airplane", "Organization"];

fn party(id: &str, schema: &str, names: &[&str]) -> Party {
    let mut party = Party { id: id.into(), schema: schema.into(), ..Party::default() };
    for name in names {
        party.add_name(PartyName { full: (*name).into(), ..PartyName::default() });
    }
    party
}

fn index(lists: &[&[Party]]) -> Index {
    let list = |parties: &&[Party]| {
        let stamp = ListStamp { name: "x".into(), parties: parties.len(), ..ListStamp::default() };
        List { stamp, parties: parties.to_vec() }
    };
    Index::of_lists(&lists.iter().map(list).collect::<Vec<_>>()).unwrap()
}

fn matches(index: &Index, query: &Query, limit: usize) -> BTreeSet<String> {
    let options = Options { cutoff: lagebild_names::THRESHOLD, limit, ..Options::default() };
    index.screen(query, &options).into_iter().map(|hit| hit.party).collect()
}

/// An invented word for a number; different numbers below 20,000 give different words.
fn word(mut number: usize) -> String {
    const HEADS: [&str; 12] = ["b", "d", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v"];
    const TAILS: [&str; 4] = ["a", "e", "o", "u"];
    let mut word = String::new();
    for _ in 0..4 {
        word += HEADS[number % 12];
        word += TAILS[number / 12 % 4];
        number = number / 48 + 7 * number % 31;
    }
    word[..1].to_uppercase() + &word[1..]
}

/// People of one given name, each with another father's name and surname.
fn crowd(given: &str, most: usize) -> Vec<Party> {
    let name = |n: usize| format!("{given} {}ovich {}", word(n * 7 + 3), word(n * 13 + 5));
    (0..most).map(|n| party(&format!("c:{n}"), "Person", &[&name(n)])).collect()
}

#[test]
fn a_given_name_and_a_surname_find_their_bearer_among_namesakes() {
    let crowd = crowd("Alexander", 3000);
    let index = index(&[&crowd]);
    for schema in [Some("Person"), Some("LegalEntity"), Some("Thing"), None] {
        for one in crowd.iter().step_by(100) {
            let words: Vec<&str> = one.caption.split(' ').collect();
            let asked = format!("{} {}", words[0], words[2]);
            let found = matches(&index, &Query::name(&asked, schema), 100);
            assert!(found.contains(&one.id), "{asked}, {schema:?}");
        }
    }
}

#[test]
fn what_costs_is_what_may_match_not_what_is_listed() {
    let (few, many) = (crowd("Alexander", 100), crowd("Alexander", 3000));
    let options = Options { cutoff: lagebild_names::THRESHOLD, ..Options::default() };
    let query = Query::name("Alexander Hirschbrunner", Some("Person"));
    let compared = |parties: &[Party]| index(&[parties]).compared(&query, &options);
    assert!(compared(&many) < 100, "{} compared", compared(&many));
    assert!(compared(&few) <= compared(&many));
}

#[test]
fn all_bearers_of_the_name_are_found_whatever_the_limit() {
    let mut parties: Vec<Party> =
        (0..30).map(|n| party(&format!("s:{n}"), "Person", &["Dmitri Sakopel"])).collect();
    parties.push(party("s:near", "Person", &["Dmitry Sakopelov"]));
    let index = index(&[&parties]);
    for schema in [Some("Person"), None] {
        let found = matches(&index, &Query::name("SAKOPEL, Dmitri", schema), 10);
        assert_eq!(found.len(), 30, "{schema:?}");
        assert!(!found.contains("s:near"));
    }
    assert!(matches(&index, &Query::name("Dmitri Sakopel", None), 0).is_empty());
}

#[test]
fn names_of_which_the_comparison_makes_nothing_are_found_as_they_are_written() {
    let long = "Lanepo ".repeat(500);
    let odd = ["7", "X", "GmbH", "The", "№ 5-5", "★", "(al)", "OOO", "747", "Dr.", "of the", &long];
    let parties: Vec<Party> = odd
        .iter()
        .enumerate()
        .map(|(n, name)| party(&format!("o:{n}"), SCHEMATA[n % SCHEMATA.len()], &["Zubrelin Hospakar", name]))
        .collect();
    let index = index(&[&parties]);
    for (one, name) in parties.iter().zip(odd) {
        for schema in [Some(one.schema.as_str()), None] {
            let options = Options { cutoff: lagebild_names::THRESHOLD, limit: 1, ..Options::default() };
            let hits = index.screen(&Query::name(name, schema), &options);
            let hit = hits.iter().find(|hit| hit.party == one.id);
            let hit = hit.unwrap_or_else(|| panic!("{name} {schema:?} is not found"));
            assert!(hit.matched && hit.reasons[0].words == "same name as listed", "{name}");
        }
    }
    for stranger in ["8", "Y", "AG", "☆", "748"] {
        assert!(matches(&index, &Query::name(stranger, None), 10).is_empty(), "{stranger}");
    }
}

#[test]
fn numbers_acronyms_and_what_is_behind_them_are_looked_up() {
    let mut parties: Vec<Party> =
        (0..400).map(|n| party(&format!("v:{n}"), "Vessel", &[&format!("HAI LONG {}", 5000 + n)])).collect();
    parties
        .extend((0..200).map(|n| party(&format!("a:{n}"), "Airplane", &[&format!("RB-{}", 60000 + 7 * n)])));
    parties
        .extend((0..200).map(|n| party(&format!("f:{n}"), "Company", &[&format!("OSAK {} LLC", word(n))])));
    parties.push(party("g", "Organization", &["Order of Silver Anvil Keepers", "Keepers"]));
    let index = index(&[&parties]);
    for schema in [Some("Vessel"), None] {
        let found = matches(&index, &Query::name("Hai Long 5123", schema), 10);
        assert_eq!(found.iter().map(String::as_str).collect::<Vec<_>>(), ["v:123"], "{schema:?}");
    }
    assert!(matches(&index, &Query::name("RB 60700", None), 10).contains("a:100"));
    assert!(!matches(&index, &Query::name("RB 60701", None), 10).contains("a:100"));
    assert!(matches(&index, &Query::name("OSAK", Some("Organization")), 10).contains("g"));
    assert!(!matches(&index, &Query::name("OSAL", Some("Organization")), 10).contains("g"));
}

#[test]
fn who_may_be_a_person_or_a_body_is_found_as_either() {
    let index = index(&[&[party("l", "LegalEntity", &["Grigori Pavelko"])]]);
    for schema in ["Person", "Company", "LegalEntity", "Thing"] {
        assert!(matches(&index, &Query::name("Grigory Pavelko", Some(schema)), 10).contains("l"), "{schema}");
    }
    assert!(matches(&index, &Query::name("Grigory Pavelko", Some("Vessel")), 10).is_empty());
}

/// Parties of any schema with one to three names of one to four invented or common words.
fn parties(id: &'static str, most: usize) -> impl Strategy<Value = Vec<Party>> {
    let common = prop::sample::select(vec![
        "Alexander",
        "Mohammed",
        "Bank",
        "Trading",
        "Ltd",
        "A.",
        "17",
        "Al",
        "Ким",
        "محمد",
    ]);
    let word = prop_oneof![common.prop_map(String::from), (0usize..300).prop_map(word)];
    let name = prop::collection::vec(word, 1..5).prop_map(|words| words.join(" "));
    let one = (prop::sample::select(SCHEMATA.to_vec()), prop::collection::vec(name, 1..4));
    prop::collection::vec(one, 1..most).prop_map(move |all| {
        let made = all.iter().enumerate().map(|(n, (schema, names))| {
            party(&format!("{id}:{n}"), schema, &names.iter().map(String::as_str).collect::<Vec<_>>())
        });
        made.collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// Every name finds its party, and everybody else who bears it.
    #[test]
    fn every_name_finds_its_party(parties in parties("p", 60)) {
        let index = index(&[&parties]);
        for one in &parties {
            for name in &one.names {
                for schema in [Some(one.schema.as_str()), None] {
                    let found = matches(&index, &Query::name(&name.full, schema), 1);
                    prop_assert!(found.contains(&one.id), "{} {:?}", name.full, schema);
                }
            }
        }
    }

    /// A list more, a spelling more, no schema: none of them loses a hit.
    #[test]
    fn more_never_loses_a_hit(first in parties("p", 60), second in parties("q", 60)) {
        let (small, large) = (index(&[&first]), index(&[&first, &second]));
        for (one, other) in first.iter().zip(second.iter().cycle()) {
            let query = Query::name(&one.names[0].full, Some(&one.schema));
            let found = matches(&small, &query, usize::MAX);
            prop_assert!(found.is_subset(&matches(&large, &query, usize::MAX)));
            let open = Query { schema: None, ..query.clone() };
            prop_assert!(found.is_subset(&matches(&small, &open, usize::MAX)));
            let names = vec![other.names[0].full.clone(), one.names[0].full.clone()];
            let both = Query { names, ..query };
            prop_assert!(found.is_subset(&matches(&small, &both, usize::MAX)));
        }
    }
}

/// Parts of a name may share keys with several of another's: whichever is looked up first, the others find theirs.
#[test]
fn a_hit_does_not_hang_on_the_order_of_keys() {
    const PARTS: [&str; 8] = ["Yong", "Jang", "John", "Wang", "Juan", "Jack", "Fang", "Jon"];
    let kind = lagebild_names::NameKind::Person;
    let of = |at: usize| [at % 8, at / 8 % 8, at / 64].map(|part| PARTS[part]).join(" ");
    let names: Vec<String> = (0..512).step_by(3).map(of).collect();
    let parsed: Vec<_> = names.iter().map(|name| lagebild_names::Name::parse(name, kind)).collect();
    let listed: Vec<Party> = names.iter().map(|name| party(name, "Person", &[name])).collect();
    let index = index(&[&listed]);
    for (asked, name) in names.iter().zip(&parsed) {
        let found = matches(&index, &Query::name(asked, Some("Person")), 1000);
        for (other, listed) in names.iter().zip(&parsed) {
            let score = lagebild_names::score(name, listed, lagebild_names::Options::default());
            assert!(score < lagebild_names::THRESHOLD || found.contains(other), "{asked} | {other}: {score}");
        }
    }
}
