//! Korean, Chinese, Japanese, Persian and Hebrew names against Latin spellings: half the pairs are the same person.
#![expect(clippy::unwrap_used, reason = "tests")]

use lagebild_names::{NameKind, eval};
use std::collections::BTreeMap;

/// Language to names in their own script and in Latin letters.
type People = BTreeMap<String, BTreeMap<String, String>>;

fn cases() -> Vec<eval::Case> {
    let people: People = lagebild_data::parse("asian_names.yaml", include_str!("asian_names.yaml")).unwrap();
    let mut cases = Vec::new();
    for (language, names) in people {
        let latin: Vec<&String> = names.values().collect();
        for (i, native) in names.keys().enumerate() {
            for (other, same) in [(i, true), ((i + 1) % names.len(), false)] {
                cases.push(eval::Case {
                    group: language.clone(),
                    quality: String::new(),
                    kind: NameKind::Person,
                    query: native.clone(),
                    candidate: latin[other].clone(),
                    same,
                });
            }
        }
    }
    cases
}

#[test]
fn own_scripts_find_latin_spellings() {
    let cases = cases();
    let report = eval::run(&cases);
    assert!(cases.len() >= 300, "{} pairs", cases.len());
    assert!(report.all.f1() >= 0.9, "{}", report.text(60));
    for (language, tally) in &report.groups {
        assert!(tally.f1() >= 0.85, "{language}: {}", report.text(60));
    }
}
