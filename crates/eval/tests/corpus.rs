//! The packed halves of the corpus, read whole: sums that may only get better.

use lagebild_eval::corpus::{CorpusScores, Passage, packed, read, score};
use lagebild_reading::Knowledge;
use std::collections::BTreeMap;

const FLOORS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/corpus.yaml");
const PACKED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../corpus/test.md.xz");

/// Halves whose languages are summed up together: the key, and the file.
const WHOLE: [(&str, &str); 2] = [
    ("plain", concat!(env!("CARGO_MANIFEST_DIR"), "/../../corpus/plain.md.xz")),
    ("articles", concat!(env!("CARGO_MANIFEST_DIR"), "/../../corpus/articles.md.xz")),
];

/// Key of all languages without floors of their own.
const OTHERS: &str = "others";

/// What a language's sums must reach.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Floors {
    /// F1 of statements by their content.
    statements: f64,
    /// Share of matched statements whose speaker is right.
    speaker: f64,
    /// F1 of transfers by item, giver and receiver.
    transfers: f64,
    /// Largest share of shown transfers with a party where it does not belong.
    wrong: f64,
    /// Largest share of uncertain transfers that are shown as certain.
    overstated: f64,
}

/// The sums of each language with floors of its own, and of the others; two threads, for a machine of CI has two cores.
fn sums(floors: &BTreeMap<String, Floors>) -> BTreeMap<String, CorpusScores> {
    let read_packed = |path: &str| packed(path, &std::fs::read(path).expect(path)).expect(path);
    let keyed = |path, key| read_packed(path).into_iter().map(move |passage| (key, passage));
    let mut passages: Vec<(Option<&str>, Passage)> = keyed(PACKED, None).collect();
    passages.extend(WHOLE.into_iter().flat_map(|(key, path)| keyed(path, Some(key))));
    let (first, second) = passages.split_at(passages.len() / 2);
    let readings: Vec<_> = std::thread::scope(|scope| {
        let part = |part| {
            let all = move || {
                <[_]>::iter(part)
                    .map(|(key, passage)| (*key, passage, read(passage, Knowledge::built_in())))
                    .collect::<Vec<_>>()
            };
            scope.spawn(all)
        };
        [part(first), part(second)]
            .into_iter()
            .flat_map(|thread| thread.join().expect("no reading panics"))
            .collect()
    });
    let mut sums: BTreeMap<String, CorpusScores> = BTreeMap::new();
    for (key, passage, reading) in readings {
        let reading = reading.expect(&passage.id);
        let language = Some(passage.language()).filter(|code| floors.contains_key(*code)).unwrap_or(OTHERS);
        score(passage, &reading, sums.entry(key.unwrap_or(language).to_owned()).or_default());
    }
    sums
}

#[test]
fn unseen_passages_are_read_as_well_as_they_were() {
    let floors = std::fs::read_to_string(FLOORS).unwrap();
    let floors: BTreeMap<String, Floors> = lagebild_data::parse("corpus.yaml", &floors).unwrap();
    let sums = sums(&floors);
    assert!(sums.keys().eq(floors.keys()), "{:?}", sums.keys());
    for (language, floor) in floors {
        let sums = &sums[&language];
        println!("{language}: {sums}");
        assert!(
            sums.statements.f1() >= floor.statements,
            "{language} statements {:.3}",
            sums.statements.f1()
        );
        assert!(sums.speaker.share() >= floor.speaker, "{language} speaker {:.3}", sums.speaker.share());
        assert!(sums.transfers.f1() >= floor.transfers, "{language} transfers {:.3}", sums.transfers.f1());
        assert!(sums.wrong.share() <= floor.wrong, "{language} wrong party {:.3}", sums.wrong.share());
        assert!(sums.overstated.share() <= floor.overstated, "{language} {:.3}", sums.overstated.share());
    }
}
