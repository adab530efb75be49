//! The forms of other programs: each is whole in itself, and holds what the case does. `scripts/eval-exports` reads them with
//! those programs' own tools.

#![expect(clippy::unwrap_used, reason = "tests")]

use jiff::civil::date;
use lagebild_case::{Case, merge};
use lagebild_document::Options;
use lagebild_reading::{Knowledge, read};
use lagebild_views::{export, ftm};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

const TEXTS: [(&str, &str); 4] = [
    (
        "one.txt",
        "Spokesman John Marsh of the White House said that North Korea had sent 9,000 artillery shells to Russia.\n",
    ),
    (
        "two.txt",
        "North Korea has not sent any artillery shells to Russia, Foreign Ministry spokesman Pavel <Orlov> & Sons said. \
        The ministers of Russia and North Korea met in Vladivostok on 4 March 2024.\n",
    ),
    (
        "drei.txt",
        "Nordkorea hat Artilleriegranaten an Russland geliefert, sagte der Sprecher des Weißen Hauses, John Marsh.\n",
    ),
    (
        "=four\".txt",
        "Russia and North Korea held talks on 5 March 2024; \u{202e}the delegations spoke about trade, transport and tourism, \
        about visas for students, and about a bridge over the river that both sides want to build next year.\n",
    ),
];

static CASE: LazyLock<Case> = LazyLock::new(|| {
    let day = date(2024, 3, 6);
    let readings = TEXTS.iter().flat_map(|(name, text)| {
        let options = Options { published: Some(day), ..Options::default() };
        let documents = lagebild_document::read(name, text.as_bytes(), &options);
        documents.into_iter().map(move |document| read(document.unwrap(), Knowledge::built_in(), day))
    });
    merge(readings.collect())
});

/// The values of an attribute of a tag, in order.
fn attributes(xml: &str, tag: &str, name: &str) -> Vec<String> {
    let begin = format!("<{tag} ");
    let tags = xml.split(&begin).skip(1);
    let value = |tag: &str| {
        Some(tag.split('>').next()?.split(&format!("{name}=\"")).nth(1)?.split('"').next()?.to_owned())
    };
    tags.filter_map(value).collect()
}

#[test]
fn graphs_link_only_nodes_that_they_have_and_keep_each_claimed_transfer() {
    for xml in [export::gexf::text(&CASE), export::graphml::text(&CASE)] {
        let nodes: BTreeSet<String> = attributes(&xml, "node", "id").into_iter().collect();
        let ends: Vec<String> =
            [attributes(&xml, "edge", "source"), attributes(&xml, "edge", "target")].concat();
        assert!(!ends.is_empty() && ends.iter().all(|end| nodes.contains(end)), "{xml}");
        for claim in CASE.claims.iter().filter(|claim| claim.giver.is_some() && claim.receiver.is_some()) {
            assert!(ends.contains(&claim.giver.unwrap().to_string()));
        }
        assert!(!xml.contains("<Orlov>") && !xml.contains('\u{202e}'), "{xml}");
    }
}

#[test]
fn one_thing_is_one_entity_of_follow_the_money_and_every_reference_leads_somewhere() {
    let entities = ftm::case(&CASE);
    let ids: BTreeSet<&str> = entities.iter().map(|entity| entity["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), entities.len(), "ids are given once");
    let countries: Vec<&Value> = entities
        .iter()
        .filter(|entity| entity["schema"] == "PublicBody" && entity["properties"]["country"][0] == "ru")
        .collect();
    assert_eq!(countries.len(), 1, "{countries:#?}");
    assert_eq!(countries[0]["properties"]["proof"].as_array().unwrap().len(), CASE.readings.len());
    for entity in &entities {
        for (name, values) in entity["properties"].as_object().unwrap() {
            if ["proof", "entity", "subject", "object", "involved", "document", "resolved"]
                .contains(&name.as_str())
            {
                let known = values.as_array().unwrap().iter().all(|id| ids.contains(id.as_str().unwrap()));
                assert!(known, "{name}: {entity}");
            }
        }
    }
}

#[test]
fn annotations_quote_the_characters_at_their_positions() {
    let page: Value = serde_json::from_str(&export::annotations::text(&CASE)).unwrap();
    let texts: BTreeMap<String, Vec<char>> = CASE
        .readings
        .iter()
        .map(|reading| (format!("urn:sha256:{}", reading.document.sha256), reading.text.chars().collect()))
        .collect();
    let items = page["items"].as_array().unwrap();
    let mentions: usize = CASE.readings.iter().map(|reading| reading.mentions.len()).sum();
    assert!(items.len() >= mentions && mentions > 5);
    for item in items {
        let [quote, position] = item["target"]["selector"].as_array().unwrap().as_slice() else {
            panic!("{item}")
        };
        let text = &texts[item["target"]["source"].as_str().unwrap()];
        let at = |name: &str| usize::try_from(position[name].as_u64().unwrap()).unwrap();
        let words: String = text[at("start")..at("end")].iter().collect();
        assert_eq!(quote["exact"], words.as_str());
    }
}

#[test]
fn a_bundle_of_stix_holds_whatever_it_refers_to() {
    let bundle: Value = serde_json::from_str(&export::stix::text(&CASE)).unwrap();
    let objects = bundle["objects"].as_array().unwrap();
    let ids: BTreeSet<&str> = objects.iter().map(|object| object["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), objects.len());
    let mut seen = BTreeSet::new();
    for object in objects {
        seen.insert(object["type"].as_str().unwrap());
        let single = ["source_ref", "target_ref"].into_iter().filter_map(|name| object[name].as_str());
        let many = object["object_refs"].as_array().into_iter().flatten().filter_map(Value::as_str);
        assert!(single.chain(many).all(|id| ids.contains(id)), "{object}");
    }
    assert!(
        ["identity", "location", "note", "relationship", "report"].iter().all(|kind| seen.contains(kind)),
        "{seen:?}"
    );
}

#[test]
fn a_calendar_has_short_lines_and_closes_what_it_opens() {
    let calendar = export::calendar::text(&CASE);
    assert!(calendar.split("\r\n").all(|line| line.len() <= 75 && !line.contains('\n')), "{calendar}");
    let count = |word: &str| calendar.matches(word).count();
    assert_eq!(count("BEGIN:VEVENT"), count("END:VEVENT"));
    let dated = CASE.readings.iter().flat_map(|reading| &reading.events).filter(|event| event.date.is_some());
    assert_eq!(count("BEGIN:VEVENT"), dated.count());
    assert!(count("BEGIN:VEVENT") > 0 && count("DTSTART;VALUE=DATE:20240305") == 1, "{calendar}");
}

#[test]
fn places_provenance_and_links_are_told() {
    let places: Value = serde_json::from_str(&export::geojson::text(&CASE)).unwrap();
    let features = places["features"].as_array().unwrap();
    let vladivostok = features.iter().find(|feature| feature["properties"]["name"] == "Vladivostok").unwrap();
    assert_eq!(vladivostok["properties"]["country"], "ru");
    assert_eq!(vladivostok["geometry"]["coordinates"], serde_json::json!([131.87, 43.11]));
    let russia = features.iter().find(|feature| feature["properties"]["kind"] == "country").unwrap();
    assert_eq!(russia["properties"]["located"], "a point within the country");

    let turtle = export::provenance::text(&CASE);
    let tellings =
        CASE.claims.iter().flat_map(|claim| &claim.voices).map(|voice| voice.tellings.len()).sum::<usize>();
    assert_eq!(turtle.matches("prov:wasQuotedFrom").count(), tellings);
    assert!(tellings > 0);

    let table = export::links::text(&CASE).unwrap();
    let mut rows = csv::Reader::from_reader(table.as_bytes());
    let rows: Vec<csv::StringRecord> = rows.records().map(Result::unwrap).collect();
    assert!(rows.iter().any(|row| &row[6] == "transfer" && &row[1] == "North Korea"), "{table}");
    assert!(rows.iter().flatten().all(|cell| !cell.starts_with(['=', '+', '-', '@'])), "{table}");
}

#[test]
fn who_may_be_listed_says_on_which_list_since_when() {
    let day = date(2026, 5, 1);
    let readings =
        ["Kim Jong Un travelled to Pyongyang.\n", "Kim Jong Un spoke in Pyongyang.\n"].map(|text| {
            let documents = lagebild_document::read("kim.txt", text.as_bytes(), &Options::default());
            read(documents.into_iter().next().unwrap().unwrap(), Knowledge::built_in(), day)
        });
    let case = merge(readings.into());
    for text in [export::gexf::text(&case), export::graphml::text(&case), lagebild_views::html::case(&case)] {
        assert!(text.contains("ofac-sdn since 2016-07-06"), "{text}");
    }
}
