//! Runs `tests/spotting.yaml`.
#![expect(clippy::unwrap_used, reason = "tests")]

use lagebild_watchlist::{Spotted, Watchlist};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    why: String,
    text: String,
    finds: Vec<String>,
}

fn matches(found: &Spotted, text: &str, expected: &str) -> bool {
    let (words, party) = expected.split_once(" = ").unwrap();
    let plain = words.trim_start_matches(['+', '~']);
    found.span.of(text) == plain
        && found.partial == words.contains('~')
        && found.inflected == words.starts_with('+')
        && found.candidates.iter().any(|candidate| candidate.party == party)
}

#[test]
fn listed_names_are_found_and_nothing_else() {
    let cases: Vec<Case> = lagebild_data::parse("spotting.yaml", include_str!("spotting.yaml")).unwrap();
    let mut wrong = Vec::new();
    for case in &cases {
        let found = Watchlist::starter().spot(&case.text, None);
        let same = found.len() == case.finds.len()
            && found.iter().zip(&case.finds).all(|(found, expected)| matches(found, &case.text, expected));
        if !same {
            let mark = |s: &Spotted| {
                let marks =
                    format!("{}{}", if s.inflected { "+" } else { "" }, if s.partial { "~" } else { "" });
                let party = s.candidates.first().map(|c| c.party.clone()).unwrap_or_default();
                format!("{marks}{} = {party}", s.span.of(&case.text))
            };
            wrong.push(format!(
                "{}: {:?}, expected {:?}",
                case.why,
                found.iter().map(mark).collect::<Vec<_>>(),
                case.finds
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn any_text_is_taken() {
    for text in
        ["", " ", "-", "''", "K", "Kim-", "김", "\u{301}", "A.\u{a0}B", "Kim\0Jong\u{200d}Un", "🚢 Maria 🚢"]
    {
        for found in Watchlist::starter().spot(text, None) {
            assert!(found.span.fits(text));
        }
    }
}
