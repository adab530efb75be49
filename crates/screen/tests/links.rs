//! Relations that lists state: from both ends, as chains of owners, and without any weight in screening.
#![expect(clippy::unwrap_used, reason = "tests")]

use lagebild_screen::{Index, List, ListStamp, Options, Owners, Query};
use lagebild_watchlist::readers::{Format, read_list};
use lagebild_watchlist::{End, Hold, Link, Party, PartyName};

fn party(number: u32, name: &str, links: Vec<Link>) -> Party {
    let mut party = Party { id: format!("x:{number}"), schema: "Company".into(), links, ..Party::default() };
    party.add_name(PartyName { full: name.into(), ..PartyName::default() });
    party
}

fn end(number: u32) -> End {
    End::Party(format!("x:{number}"))
}

fn link(kind: &str, from: u32, to: u32) -> Link {
    Link { kind: kind.into(), from: end(from), to: end(to), ..Link::default() }
}

fn owned(from: u32, to: u32, share: f64) -> Link {
    Link { share: Some(share), ..link("Ownership", from, to) }
}

fn index(parties: Vec<Party>) -> Index {
    let other = List { stamp: ListStamp::default(), parties: vec![party(900, "Ganz Andere", Vec::new())] };
    Index::of_lists(&[other, List { stamp: ListStamp::default(), parties }]).unwrap()
}

fn steps(owners: &Owners) -> Vec<(u32, &str, &str)> {
    owners.above.iter().map(|one| (one.step, one.below_name.as_str(), one.name.as_str())).collect()
}

#[test]
fn a_link_is_found_from_both_ends_and_a_name_stays_a_name() {
    let named = Link { from: End::Name("Niemand".into()), ..link("Directorship", 0, 1) };
    let index = index(vec![
        party(1, "Muster Werke", vec![owned(2, 1, 51.0), named]),
        party(2, "Muster Holding", Vec::new()),
    ]);
    let below: Vec<(&str, String)> = index.links(1).into_iter().map(|one| (one.said, one.name)).collect();
    assert_eq!(below, [("owned by", "Muster Holding".into()), ("led by", "Niemand".into())]);
    let above = index.links(2);
    let [one] = above.as_slice() else { unreachable!("one link") };
    assert_eq!((one.said, one.name.as_str(), one.listed), ("owner of", "Muster Werke", true));
    assert_eq!((one.link.share, one.list.as_str()), (Some(51.0), "x"));
    assert!(index.links(0).is_empty());
}

#[test]
fn a_chain_goes_up_through_owners_and_tells_ownership_from_acting_for() {
    let index = index(vec![
        party(1, "Schiff", vec![owned(2, 1, 60.0), owned(3, 1, 20.5)]),
        party(2, "Reederei", vec![link("Representation", 2, 4)]),
        party(3, "Teilhaber", Vec::new()),
        party(4, "Auftraggeber", vec![link("Membership", 4, 3)]),
    ]);
    let owners = index.owners(1);
    let expected = [(1, "Schiff", "Reederei"), (1, "Schiff", "Teilhaber"), (2, "Reederei", "Auftraggeber")];
    assert_eq!(steps(&owners), expected);
    assert_eq!(owners.above[2].hold, Hold::ActsFor);
    let direct = owners.direct.unwrap();
    assert_eq!((direct.owners, direct.stated, direct.sum), (2, 2, Some(80.5)));
    assert!(index.owners(3).above.is_empty());
}

#[test]
fn shares_are_summed_only_where_all_are_stated_and_stand_for_listed_owners() {
    let former = Link { ended: true, ..owned(4, 1, 30.0) };
    let mut unlisted = party(5, "Ungelistet", Vec::new());
    unlisted.only_named = true;
    let links = vec![owned(2, 1, 51.0), link("Ownership", 3, 1), former, owned(5, 1, 10.0)];
    let index = index(vec![
        party(1, "Werke", links),
        party(2, "A", Vec::new()),
        party(3, "B", Vec::new()),
        party(4, "C", Vec::new()),
        unlisted,
    ]);
    let direct = index.owners(1).direct.unwrap();
    assert_eq!((direct.owners, direct.stated, direct.sum), (2, 1, None));
}

#[test]
fn a_circle_ends_and_a_long_chain_says_where_it_was_cut() {
    let index_of_circle =
        index(vec![party(1, "A", vec![owned(2, 1, 50.0)]), party(2, "B", vec![owned(1, 2, 50.0)])]);
    let circle = index_of_circle.owners(1);
    assert_eq!(steps(&circle), [(1, "A", "B"), (2, "B", "A")]);
    assert!(circle.above[1].met_before && circle.cut_after.is_none());
    let long = |length: u32| {
        let chain = (1..=length).map(|at| {
            let links = if at < length { vec![owned(at + 1, at, 100.0)] } else { Vec::new() };
            party(at, &format!("Stufe {at}"), links)
        });
        index(chain.collect()).owners(1)
    };
    assert_eq!((long(9).above.len(), long(9).cut_after), (8, None));
    assert_eq!((long(10).above.len(), long(10).cut_after), (8, Some(8)));
}

#[test]
fn links_change_no_hit() {
    let lines = r#"{"id":"1","schema":"Company","caption":"Muster Werke","properties":{"name":["Muster Works"]}}
{"id":"2","schema":"Person","caption":"Anna Muster","properties":{"birthDate":["1961"]}}
{"id":"3","schema":"Vessel","caption":"Blaue Moewe","properties":{"imoNumber":["9161003"]}}
"#;
    let stated = r#"{"id":"4","schema":"Ownership","properties":{"owner":["2"],"asset":["1"],"percentage":["51"]}}
{"id":"5","schema":"Ownership","properties":{"owner":["1"],"asset":["3"],"role":["Anna Muster"]}}
{"id":"6","schema":"Family","properties":{"person":["2"],"relative":["gone"]}}
"#;
    let compiled = |lines: &str| {
        let parties = read_list(lines.as_bytes(), Format::FollowTheMoney, "x").parties;
        Index::of_lists(&[List { stamp: ListStamp::default(), parties }]).unwrap()
    };
    let (without, with) = (compiled(lines), compiled(&format!("{lines}{stated}")));
    assert_eq!((without.links(0).len(), with.links(0).len()), (0, 2));
    let all = Options { cutoff: 0.0, limit: 100, ..Options::default() };
    for name in ["Anna Muster", "Muster", "Muster Werke", "Blaue Möwe", "Anne Muster Works", "9161003"] {
        let query = Query::name(name, None);
        let answer = |index: &Index| serde_json::to_value(index.screen(&query, &all)).unwrap();
        assert_eq!(answer(&without), answer(&with), "{name}");
    }
}
