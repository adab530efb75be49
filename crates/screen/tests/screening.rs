//! Screening end to end on a small list of invented and public names.
#![expect(clippy::unwrap_used, reason = "tests")]

use lagebild_screen::{Index, IndexError, List, ListStamp, Options, Query, compile, write};
use lagebild_watchlist::{Party, PartyName};
use proptest::prelude::*;

/// Id, schema, names separated by `|`, then properties.
fn party(id: &str, schema: &str, names: &str, properties: &[(&str, &str)]) -> Party {
    let mut party = Party { id: id.into(), schema: schema.into(), ..Party::default() };
    for name in names.split('|') {
        party.add_name(PartyName { full: name.into(), ..PartyName::default() });
    }
    for (property, value) in properties {
        party.add(property, value);
    }
    party
}

fn lists() -> Vec<List> {
    let parties = vec![
        party(
            "x:1",
            "Person",
            "Dmitri Sergejewitsch Peskow|Дмитрий Сергеевич Песков",
            &[("birthDate", "1967-10-17"), ("nationality", "Russia"), ("gender", "M")],
        ),
        party(
            "x:2",
            "Person",
            "KIM Jong Un",
            &[("birthDate", "1984-01-08"), ("nationality", "Korea, North")],
        ),
        party(
            "x:3",
            "Organization",
            "Обшество с ограниченной ответственностью \"Ромашка\"|OOO Romashka",
            &[("taxNumber", "7707083893")],
        ),
        party("x:4", "Vessel", "LADY R", &[("imoNumber", "IMO 9161003")]),
        party("x:5", "Person", "SHAIKH KHAIRULLAH KHAIRKHWAH", &[]),
    ];
    let stamp = |name: &str, parties: &[Party]| ListStamp {
        name: name.into(),
        parties: parties.len(),
        ..ListStamp::default()
    };
    let other = vec![party("y:1", "Person", "Anna Muster", &[])];
    vec![List { stamp: stamp("x", &parties), parties }, List { stamp: stamp("y", &other), parties: other }]
}

fn index() -> Index {
    Index::of_lists(&lists()).unwrap()
}

fn found(index: &Index, query: &Query) -> Vec<String> {
    let hits = index.screen(query, &Options { cutoff: 0.7, ..Options::default() });
    hits.into_iter().map(|hit| hit.party).collect()
}

#[test]
fn a_name_is_found_in_every_spelling_and_script() {
    let index = index();
    for name in
        ["Dmitry Peskov", "Dmitri Peskow", "Песков Дмитрий", "PESKOV, Dmitriy Sergeyevich", "Dmitrij Peskow"]
    {
        assert_eq!(found(&index, &Query::name(name, Some("Person"))), ["x:1"], "{name}");
    }
    assert_eq!(found(&index, &Query::name("김정은", Some("Person"))), ["x:2"]);
    assert_eq!(found(&index, &Query::name("Khair Ullah Khairkhwah", Some("Person"))), ["x:5"]);
    assert_eq!(found(&index, &Query::name("ROMASHKA LLC", None)), ["x:3"]);
    for stranger in ["Dmitri Iwanow", "Peter Peskow", "Kim Jong Hyun", "Anna", "", "1234", "🙂"] {
        assert!(found(&index, &Query::name(stranger, Some("Person"))).is_empty(), "{stranger}");
    }
}

#[test]
fn other_fields_confirm_and_contradict() {
    let index = index();
    let asked = |property: &str, value: &str| {
        let mut query = Query::name("Dmitry Peskov", Some("Person"));
        query.properties.insert(property.into(), vec![value.into()]);
        index.screen(&query, &Options::default()).first().map_or(0.0, |hit| hit.score)
    };
    let alone = index.screen(&Query::name("Dmitry Peskov", Some("Person")), &Options::default())[0].score;
    assert!(asked("birthDate", "1967-10-17") > alone);
    assert!(asked("birthDate", "1941") < alone);
    assert!(asked("nationality", "Russian Federation") > alone);
    assert!(asked("country", "fr") < alone);
    assert!(asked("gender", "female") < alone);
}

#[test]
fn an_identifier_finds_a_party_under_another_name() {
    let index = index();
    let mut query = Query::name("Quite another ship", Some("Vessel"));
    query.properties.insert("imoNumber".into(), vec!["9161003".into()]);
    let hits = index.screen(&query, &Options::default());
    assert_eq!((hits[0].party.as_str(), hits[0].matched), ("x:4", true));
    assert!(hits[0].reasons.iter().any(|reason| reason.field == "identifier"));
    let mut firm = Query { schema: Some("Company".into()), ..Query::default() };
    firm.properties.insert("innCode".into(), vec!["7707083893".into()]);
    assert_eq!(found(&index, &firm), ["x:3"]);
}

#[test]
fn a_hit_is_taken_apart_and_its_spans_hold() {
    let index = index();
    let hit = index.screen(&Query::name("Peskow, Dmitri", Some("Person")), &Options::default()).remove(0);
    let name = hit.name.unwrap();
    assert_eq!(name.parts.len(), 2);
    for part in &name.parts {
        assert_eq!(&name.query[part.query.start as usize..part.query.end as usize], part.query.text);
        assert_eq!(&name.listed[part.listed.start as usize..part.listed.end as usize], part.listed.text);
    }
    let unmatched: Vec<&str> = name.listed_unmatched.iter().map(|words| words.text.as_str()).collect();
    assert_eq!(unmatched.len(), 1);
}

#[test]
fn options_choose_lists_and_leave_parties_out() {
    let index = index();
    let query = Query::name("Anna Muster", None);
    let hits = |options: Options| index.screen(&query, &options).len();
    assert_eq!(hits(Options::default()), 1);
    assert_eq!(hits(Options { lists: vec!["x".into()], ..Options::default() }), 0);
    assert_eq!(hits(Options { exclude: vec!["y:1".into()], ..Options::default() }), 0);
    assert_eq!(hits(Options { limit: 0, ..Options::default() }), 0);
}

#[test]
fn the_file_is_the_same_for_the_same_lists_and_damage_is_noticed() {
    let bytes = compile(&lists());
    assert_eq!(bytes, compile(&lists()));
    let folder = std::env::temp_dir().join(format!("lagebild-index-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("lists.index");
    write(&path, &bytes).unwrap();
    let opened = Index::open(&path).unwrap();
    assert_eq!((opened.parties(), opened.stamp().lists.len()), (6, 2));
    // Replaced while it is open: the open one goes on answering.
    write(&path, &compile(&lists()[..1])).unwrap();
    assert_eq!(found(&opened, &Query::name("Anna Muster", None)), ["y:1"]);
    assert_eq!(Index::open(&path).unwrap().parties(), 5);
    std::fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
    assert!(matches!(Index::open(&path), Err(IndexError::Damaged(_))));
    std::fs::write(&path, "no index").unwrap();
    assert!(matches!(Index::open(&path), Err(IndexError::Layout(_))));
    std::fs::remove_dir_all(&folder).unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Any name may be asked for, and spans always lie in the names.
    #[test]
    fn any_name_may_be_asked(name in "\\PC{0,60}") {
        let index = index();
        for hit in index.screen(&Query::name(&name, None), &Options { cutoff: 0.0, ..Options::default() }) {
            prop_assert!((0.0..=1.0).contains(&hit.score));
            for part in hit.name.iter().flat_map(|name| &name.parts) {
                prop_assert!(name.get(part.query.start as usize..part.query.end as usize).is_some());
            }
        }
    }
}
