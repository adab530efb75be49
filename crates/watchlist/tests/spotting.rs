//! Runs `tests/spotting.md`.

use lagebild_passages::{Marked, Outcome, Passage, Suite};
use lagebild_watchlist::{Spotted, Watchlist};
use serde::Deserialize;

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    finds: Vec<Marked>,
}

fn matches(found: &Spotted, text: &str, expected: &Marked) -> bool {
    let plain = expected.words.trim_start_matches(['+', '~']);
    found.span.of(text) == plain
        && found.partial == expected.words.contains('~')
        && found.inflected == expected.words.starts_with('+')
        && found.candidates.iter().any(|candidate| candidate.party == expected.what)
}

fn shown(found: &Spotted, text: &str) -> String {
    let marks = format!("{}{}", if found.inflected { "+" } else { "" }, if found.partial { "~" } else { "" });
    let party = found.candidates.first().map(|one| one.party.clone()).unwrap_or_default();
    format!("{marks}{} = {party}", found.span.of(text))
}

fn outcomes(passage: &Passage<Expected>) -> Vec<Outcome> {
    let text = &passage.text;
    let mut found = Watchlist::starter().spot(text, None);
    let all = found.iter().map(|one| shown(one, text)).collect::<Vec<_>>().join("; ");
    let mut outcomes = Vec::new();
    for one in &passage.expected.finds {
        let at = found.iter().position(|found| matches(found, text, one));
        at.map(|at| found.remove(at));
        outcomes.push(Outcome::new(one.to_string(), at.is_some(), all.as_str()));
    }
    outcomes.push(Outcome::nothing_else(&found.iter().map(|one| shown(one, text)).collect::<Vec<_>>()));
    outcomes
}

#[test]
fn listed_names_are_found_and_nothing_else() {
    let mut suite = Suite::default();
    suite.check("tests/spotting.md", outcomes);
    suite.finish();
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
